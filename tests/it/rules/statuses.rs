//! Statuses of the account's own, within their categories.

use crate::support::world::*;
use guichet::domain::account::OnHold;
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::Channel;
use guichet::domain::form::Reader;
use guichet::domain::id::StatusId;
use guichet::domain::refusal::{Field, Holders, Refusal, Users};
use guichet::domain::setup::{Item, ItemKind};
use guichet::domain::status::{CustomStatus, Status};

const WORKSHOP: StatusId = StatusId(81);
const SUPPLIER: StatusId = StatusId(82);
const UNREAD: StatusId = StatusId(83);
const REPAIRED: StatusId = StatusId(84);

/// Open: in the workshop. On-hold: at the supplier. New: unread. Solved: repaired, as usual there.
fn desk() -> World {
    let named = |status: CustomStatus, name: &str| CustomStatus { requester_name: Some(name.to_owned()), ..status };
    let repaired = CustomStatus { default: true, ..status(REPAIRED, "Repaired CANARY", Status::Solved) };
    World::new()
        .with(Item::Status(named(status(WORKSHOP, "Workshop CANARY", Status::Open), "Being repaired")))
        .with(Item::Status(named(status(SUPPLIER, "Supplier CANARY", Status::Hold), "Waiting for parts")))
        .with(Item::Status(named(status(UNREAD, "Unread CANARY", Status::New), "Unread")))
        .with(Item::Status(repaired))
}

fn to(status: StatusId) -> Deed {
    change(T, Change { custom_status: Some(status), ..Change::default() })
}

fn open() -> Given {
    a_ticket().assigned(MARC).status(Status::Open)
}

/// A status of the account's own brings its category, on a new ticket and on an old one.
#[test]
fn a_status_brings_its_category() {
    let desk = || desk().and(open());
    check([
        row("another category", desk(), MARC, to(SUPPLIER), Ok("open→hold, custom status Some(StatusId(82))")),
        row("the same category", desk(), MARC, to(WORKSHOP), Ok("custom status Some(StatusId(81))")),
        row("D11", desk(), MARC, to(UNREAD), Err(Refusal::BackToNew)),
        row("R157", desk(), LEA, to(WORKSHOP), Err(Refusal::AgentsOnly(Field::Status))),
        row("D12", desk(), LEA, to(REPAIRED), Err(Refusal::AgentsOnly(Field::Status))),
    ]);
    for (chosen, category) in [(WORKSHOP, Status::Open), (UNREAD, Status::New), (REPAIRED, Status::Solved)] {
        let mut world = desk();
        world.act(MARC, &create(NewTicket { custom_status: Some(chosen), ..new_ticket(LEA) })).expect("a ticket");
        let ticket = world.tickets.values().last().expect("the new one");
        assert_eq!((ticket.status(), ticket.custom_status), (category, Some(chosen)), "R108");
        assert_eq!(ticket.assignee.is_some(), category == Status::Solved, "who solves has worked on it");
    }
    let theirs = create(NewTicket { custom_status: Some(WORKSHOP), ..new_request() });
    check([row("R157", desk(), LEA, theirs, Err(Refusal::AgentsOnly(Field::Status)))]);
}

/// Without a choice it is the usual one of the category: for new tickets, and when a status follows from something.
#[test]
fn a_category_has_its_usual_status() {
    let usual = CustomStatus { default: true, ..status(StatusId(85), "Unassigned", Status::New) };
    let opened = CustomStatus { default: true, ..status(StatusId(86), "At work", Status::Open) };
    let mut world = desk().with(Item::Status(usual)).with(Item::Status(opened));
    world.act(LEA, &create(new_request())).expect("a ticket");
    let custom = |world: &World| world.ticket(T).custom_status;
    assert_eq!(custom(&world), Some(StatusId(85)));
    world.act(MARC, &assign(T, Some(MARC))).expect("taken");
    assert_eq!((world.status(T), custom(&world)), (Status::Open, Some(StatusId(86))), "implied");
    world.act(MARC, &to(WORKSHOP)).expect("chosen");
    world.act(MARC, &set(T, Status::Open)).expect("the category itself");
    assert_eq!(custom(&world), Some(StatusId(86)), "whoever chooses a category chooses what is usual in it");
    world.act(LEA, &set(T, Status::Solved)).expect("D12");
    assert_eq!(custom(&world), Some(REPAIRED));
    world.act(LEA, &reply(T)).expect("R168");
    assert_eq!((world.status(T), custom(&world)), (Status::Open, Some(StatusId(86))), "reopened");
}

/// One that is switched off is not chosen, nor one that tickets of this kind do not have; it stays where it is.
#[test]
fn a_status_is_chosen_where_it_is_offered() {
    let off = || desk().with(Item::Status(CustomStatus { active: false, ..status(WORKSHOP, "W", Status::Open) }));
    let others = || desk().with_kind_of(HARDWARE, |kind| kind.statuses = only(SUPPLIER));
    let new = |kind| create(NewTicket { custom_status: Some(WORKSHOP), kind: Some(kind), ..new_ticket(LEA) });
    check([
        row("off", off().and(open()), MARC, to(WORKSHOP), Err(Refusal::SwitchedOff(ItemKind::Status))),
        row("off", off(), MARC, new(SOFTWARE), Err(Refusal::SwitchedOff(ItemKind::Status))),
        row("other kinds", others().and(open()), MARC, to(WORKSHOP), Err(Refusal::StatusOfOtherKinds)),
        row("other kinds", others(), MARC, new(HARDWARE), Err(Refusal::StatusOfOtherKinds)),
    ]);
    let mut world = others().and(open().but(|ticket| {
        ticket.kind = Some(SOFTWARE);
        ticket.custom_status = Some(WORKSHOP);
    }));
    let hardware = change(T, Change { kind: Some(HARDWARE), ..Change::default() });
    world.act(MARC, &hardware).expect("another kind");
    assert_eq!((world.status(T), world.ticket(T).custom_status), (Status::Open, None), "not of that kind");
}

/// D8, D11: requesters read the name for them, or the category; never New, never how agents call it.
#[test]
fn requesters_read_what_is_for_them() {
    let seen = |status: Status, custom: StatusId, portal_on_hold: OnHold| {
        let ticket = open().status(status).but(|ticket| ticket.custom_status = Some(custom));
        let world = desk().and(ticket).but(|world| world.settings.portal_on_hold = portal_on_hold);
        let request = world.request(T);
        let told = world.setup().statuses_for(Reader::Requester);
        assert!(!format!("{request:?} {told:?}").contains("CANARY"));
        let name = request.custom_status.and_then(|id| told.get(&id)).map(|one| one.name.clone());
        (request.status(), name)
    };
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(seen(Status::Open, WORKSHOP, OnHold::Show), (Status::Open, some("Being repaired")));
    assert_eq!(seen(Status::Hold, SUPPLIER, OnHold::Show), (Status::Hold, some("Waiting for parts")), "D8");
    assert_eq!(seen(Status::Hold, SUPPLIER, OnHold::AsOpen), (Status::Open, None), "D8");
    assert_eq!(seen(Status::New, UNREAD, OnHold::Show), (Status::Open, None), "D11");
    assert_eq!(seen(Status::Solved, REPAIRED, OnHold::Show), (Status::Solved, None), "no name for them");
}

/// A status stays in its category, none is closed, one of a category is the usual one, and one in use is not deleted.
#[test]
fn statuses_are_sound() {
    let mut world = desk().and(open().but(|ticket| ticket.custom_status = Some(WORKSHOP)));
    let save = |status: CustomStatus| world.clone().save(Item::Status(status)).map(|_| ());
    assert_eq!(save(status(WORKSHOP, "Workshop", Status::Pending)), Err(Refusal::Fixed("category")));
    assert_eq!(save(status(StatusId(0), "Over", Status::Closed)), Err(Refusal::Fixed("category")));
    let delete = Deed::DeleteItem(Item::Status(status(WORKSHOP, "", Status::Open)).key());
    let used = Refusal::InUse(Box::new(Users {
        of: Some(ItemKind::Status),
        holders: Holders { tickets: 1, ..Holders::default() },
        ..Users::default()
    }));
    assert_eq!(world.decide(ANA, Channel::Web, &delete), Err(used));
    let usual = CustomStatus { default: true, ..status(StatusId(0), "Given back", Status::Solved) };
    world.save(Item::Status(usual)).expect("saved");
    let setup = world.setup();
    let defaults = setup.statuses.values().filter(|one| one.default && one.category == Status::Solved);
    assert_eq!(defaults.count(), 1);
    assert_ne!(setup.default_status(Status::Solved, None), Some(REPAIRED));
}
