//! Fields: who sees and edits them, what they take, what they put on tickets.

use crate::support::world::*;
use guichet::domain::act::{Change, Deed, NewTicket, OrganizationChange, PersonChange};
use guichet::domain::comment::Channel;
use guichet::domain::decide::masked;
use guichet::domain::field::{Access, BadValue, Field, FieldType, Holder, Pattern, Value};
use guichet::domain::form::Reader;
use guichet::domain::id::FieldId;
use guichet::domain::life::PersonDeed;
use guichet::domain::refusal::{Holders, Refusal, Thing, Users};
use guichet::domain::setup::{Item, ItemKind};
use guichet::domain::status::Status;
use std::collections::BTreeMap;

fn text(id: FieldId, title: &str) -> Field {
    field(id, title, FieldType::Text)
}

fn fill<const N: usize>(fields: [(FieldId, &str); N]) -> Deed {
    change(T, Change { fields: filled(fields), ..Change::default() })
}

fn software() -> Given {
    a_ticket().assigned(MARC).status(Status::Open).but(|ticket| ticket.kind = Some(SOFTWARE))
}

/// A field that requesters fill in, one that they see, one that is the team's.
fn desk() -> World {
    World::new()
        .with_field(text(MODEL, "Model"))
        .with_field(Field { access: Access::RequestersSee, ..text(PART, "Part") })
        .with_field(Field { access: Access::Agents, ..text(COST, "Cost") })
}

/// R149: requesters fill in what is theirs, at submission and afterwards; what they see they do not change; of what is the
/// team's they learn nothing, not even that it is there.
#[test]
fn requesters_fill_in_what_is_theirs() {
    let none = || Err(Refusal::NotFound(Thing::Item(ItemKind::Field)));
    let teams = || Err(Refusal::TeamsField { field: "Part".to_owned() });
    let new = |id: FieldId| create(NewTicket { fields: filled([(id, "x")]), ..new_request() });
    for via in [Channel::Web, Channel::Api, Channel::Mail] {
        let given = || desk().and(software());
        check([
            row("R149", given(), LEA, fill([(MODEL, "x")]), Ok("field 51: nothing to x")).by(via),
            row("R149", given(), LEA, fill([(PART, "x")]), teams()).by(via),
            row("R149", given(), LEA, fill([(COST, "x")]), none()).by(via),
            row("R149", given(), LEA, fill([(FieldId(99), "x")]), none()).by(via),
            row("R149", desk(), LEA, new(MODEL), Ok("opened public new in 1 for Lea by Lea, said public")).by(via),
            row("R149", desk(), LEA, new(PART), teams()).by(via),
            row("R149", desk(), LEA, new(COST), none()).by(via),
        ]);
    }
    let ccd = desk().and(software().cc(NIL));
    check([
        row("R165: who is in copy answers only", ccd, NIL, fill([(MODEL, "x")]), Err(Refusal::ReadOnly)),
        row(
            "of another kind",
            desk().and(a_ticket()),
            LEA,
            fill([(MODEL, "x")]),
            Err(Refusal::NotOnForm { field: "Model".to_owned() }),
        ),
        row("agents fill in all", desk().and(a_ticket()), MARC, fill([(COST, "3")]), Ok("field 52: nothing to 3")),
    ]);
}

/// R149: a request has what its requester sees, and nothing of the rest.
#[test]
fn a_request_holds_what_its_requester_sees() {
    const CANARY: &str = "canary";
    let ticket = software().but(|ticket| {
        for (id, text) in [(MODEL, "x100"), (PART, "lid"), (COST, CANARY), (FieldId(98), CANARY)] {
            ticket.fields.insert(id, Value::Text(text.to_owned()));
        }
    });
    let world = desk().and(ticket);
    let request = world.request(T);
    assert_eq!(request.fields.keys().copied().collect::<Vec<_>>(), [MODEL, PART]);
    assert!(!format!("{request:?}").contains(CANARY));
    let told = world.setup().fields_for(Reader::Requester);
    assert!(!told.contains_key(&COST), "{told:?}");
    let kinds = format!("{:?}", world.setup().kinds_for(Reader::Requester));
    assert!(!kinds.contains("FieldId(52)"), "{kinds}");
    let off = world.with(Item::Field(Field { active: false, ..text(MODEL, "Model") }));
    assert_eq!(off.request(T).fields.len(), 1, "what is switched off is not shown");
    assert!(off.ticket(T).fields.contains_key(&MODEL), "but kept");
}

/// A field that is switched off keeps what it holds, and takes nothing.
#[test]
fn a_field_that_is_switched_off_keeps_its_values() {
    let world = desk().with(Item::Field(Field { active: false, ..text(MODEL, "Model") })).and(software());
    check([row("off", world, MARC, fill([(MODEL, "x")]), Err(Refusal::SwitchedOff(ItemKind::Field)))]);
}

/// R135, R147: where nobody chose, a field takes its default; a needed one even where somebody emptied it.
#[test]
fn a_field_takes_its_default() {
    let default = |field: Field| Field { default: Some(Value::Text("-".to_owned())), ..field };
    let world = World::new()
        .with_field(default(Field { required_to_submit: true, access: Access::Agents, ..text(COST, "Tag") }))
        .with_field(default(text(MODEL, "Model")));
    let opened = |who, fields| {
        let mut world = world.clone();
        let new = if who == LEA { new_request() } else { NewTicket { kind: Some(SOFTWARE), ..new_ticket(LEA) } };
        world.act(who, &create(NewTicket { fields, ..new })).expect("a ticket");
        let held = |id| world.ticket(T).fields.get(&id).map(Value::written);
        (held(COST), held(MODEL))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(opened(LEA, filled([])), (some("-"), some("-")), "R147");
    assert_eq!(opened(MARC, filled([(COST, "refund")])), (some("refund"), some("-")), "R147");
    assert_eq!(opened(MARC, filled([(COST, ""), (MODEL, "")])), (some("-"), None), "R135");
    let mut kindless = world.clone();
    kindless.act(MARC, &create(new_ticket(LEA))).expect("a ticket");
    assert!(kindless.ticket(T).fields.is_empty(), "a ticket without a kind has no form");
}

/// Options bring their tags and take them away; what is tagged by hand leaves fields alone; a tag of two options stays
/// until neither is chosen.
#[test]
fn options_bring_their_tags() {
    let world = World::new()
        .with_field(field(MODEL, "Model", FieldType::Choice(options(&["x100", "x200"]))))
        .with_field(field(PART, "Parts", FieldType::Choices(options(&["lid", "x200"]))))
        .with_field(field(SINCE, "Broken", FieldType::Checkbox { tag: tags(&["broken"]).pop_first() }));
    let mut world = world;
    let new = NewTicket { fields: filled([(MODEL, "X100"), (SINCE, "yes")]), ..new_request() };
    world.act(LEA, &create(new)).expect("a ticket");
    assert_eq!(world.ticket(T).tags, tags(&["broken", "x100"]));
    world.act(MARC, &fill([(MODEL, "x200"), (PART, "lid, x200"), (SINCE, "no")])).expect("changed");
    assert_eq!(world.ticket(T).tags, tags(&["lid", "x200"]));
    world.act(MARC, &fill([(MODEL, "")])).expect("emptied");
    assert_eq!(world.ticket(T).tags, tags(&["lid", "x200"]), "another option puts it there");
    world.act(MARC, &change(T, Change { add_tags: tags(&["x100"]), ..Change::default() })).expect("tagged");
    assert!(!world.ticket(T).fields.contains_key(&MODEL), "by hand");
}

/// An option goes once nobody has it; closed tickets, which nobody could change, keep it. Nobody chooses it again.
#[test]
fn an_option_that_is_gone_stays_where_it_is() {
    let mut world = World::new().with_field(field(MODEL, "Model", FieldType::Choice(options(&["x100", "x200"]))));
    world.act(LEA, &create(NewTicket { fields: filled([(MODEL, "x100")]), ..new_request() })).expect("a ticket");
    let other = || Item::Field(field(MODEL, "Model", FieldType::Choice(options(&["x200"]))));
    let holders = Holders { tickets: 1, ..Holders::default() };
    let (of, option) = (Some(ItemKind::Field), Some("X100".to_owned()));
    let used = Refusal::InUse(Box::new(Users { of, option, holders, ..Users::default() }));
    assert_eq!(world.save(other()).map(|_| ()), Err(used));
    world.act(MARC, &change(T, Change::status(Status::Closed))).expect("closed");
    world.save(other()).expect("saved");
    assert_eq!(world.ticket(T).fields[&MODEL].written(), "x100");
    let gone = Refusal::BadValue { field: "Model".to_owned(), bad: BadValue::Option("x100".to_owned()) };
    let again = create(NewTicket { fields: filled([(MODEL, "x100")]), ..new_request() });
    assert_eq!(world.act(LEA, &again).map(|_| ()), Err(gone));
}

/// What fields take, and what they do not.
#[test]
fn fields_take_what_they_can_hold() {
    let long = "a".repeat(FieldType::MAX_CHARS + 1);
    let pattern = || FieldType::Pattern(Pattern::new("[A-Z]{2}-[0-9]+"));
    let rows: Vec<(FieldType, &str, Option<&str>)> = vec![
        (FieldType::Text, "two\nlines", Some("two lines")),
        (FieldType::Text, " \n", None),
        (FieldType::Text, &long, None),
        (FieldType::Integer, "-12", Some("-12")),
        (FieldType::Integer, "1.5", None),
        (FieldType::Decimal, "1,50", Some("1.5")),
        (FieldType::Decimal, "1e9", None),
        (FieldType::Date, "2026-02-29", None),
        (FieldType::Date, "2028-02-29", Some("2028-02-29")),
        (FieldType::Checkbox { tag: None }, "maybe", None),
        (FieldType::Choice(options(&["x100"])), "X100", Some("x100")),
        (FieldType::Choice(options(&["x100"])), "x1", None),
        (pattern(), "AB-12", Some("AB-12")),
        (pattern(), "AB-12 and more", None),
        (FieldType::Masked, "4242 4242 4242 4242", Some("XXXXXXXXXXXX4242")),
        (FieldType::Masked, "4242", None),
    ];
    for (kind, typed, held) in rows {
        let read = kind.read(typed).ok().flatten().map(|value| value.written());
        assert_eq!(read.as_deref(), held, "{kind:?} {typed:.40}");
    }
}

/// A number of which only the last digits are kept stands whole nowhere: not in what happened, not in the ticket, and not
/// in what is remembered of the act.
#[test]
fn a_masked_number_is_never_kept_whole() {
    const WHOLE: &str = "4111111111111112";
    let world = World::new().with_field(field(MODEL, "Card", FieldType::Masked)).and(software());
    let setup = world.setup();
    for deed in [fill([(MODEL, WHOLE)]), create(NewTicket { fields: filled([(MODEL, WHOLE)]), ..new_request() })] {
        let mut after = world.clone();
        let decision = after.act(LEA, &deed).expect("done");
        assert!(!format!("{decision:?}").contains("41111"), "{decision:?}");
        assert!(!format!("{:?}", after.tickets).contains("41111"));
        let kept = masked(&deed, &setup);
        assert!(!format!("{kept:?}").contains("41111"), "{kept:?}");
        assert!(format!("{kept:?}").contains("XXXXXXXXXXXX1112"));
    }
    let wrong = fill([(MODEL, "4111 1111 eleven")]);
    let refused = world.decide(LEA, Channel::Web, &wrong).expect_err("no number");
    assert!(!format!("{refused:?}").contains("4111"), "{refused:?}");
}

/// Requesters change nothing of what they had to fill in to nothing.
#[test]
fn what_was_needed_to_submit_is_not_emptied_by_its_requester() {
    let needed = Field { required_to_submit: true, ..text(MODEL, "Model") };
    let ticket = software().but(|ticket| {
        ticket.fields = BTreeMap::from([(MODEL, Value::Text("x100".to_owned()))]);
    });
    let world = World::new().with_field(needed).and(ticket);
    let missing = Refusal::Required { fields: vec!["Model".to_owned()] };
    check([
        row("D19", world.clone(), LEA, fill([(MODEL, "")]), Err(missing)),
        row("agents may", world, MARC, fill([(MODEL, "")]), Ok("field 51: x100 to nothing")),
    ]);
}

/// Fields of people and organizations: agents fill in all of them, end users what is theirs of themselves; the history
/// says that they changed, and not how.
#[test]
fn people_and_organizations_have_fields() {
    let of = |of, field: Field| Item::Field(Field { of, ..field });
    let world = World::new()
        .with(of(Holder::Person, text(MODEL, "Shoe size")))
        .with(of(Holder::Person, Field { access: Access::Agents, ..field(COST, "Worth", FieldType::Decimal) }))
        .with(of(Holder::Organization, Field { access: Access::Agents, ..text(PART, "Contract") }));
    let person =
        |person, fields| Deed::UpdatePerson { person, change: PersonChange { fields, ..PersonChange::default() } };
    let organization = |fields| Deed::UpdateOrganization {
        organization: SHOP,
        change: OrganizationChange { fields, ..OrganizationChange::default() },
    };
    let none = || Err(Refusal::NotFound(Thing::Item(ItemKind::Field)));
    let changed = || Ok("account: person Lea: fields");
    check([
        row("agents", world.clone(), MARC, person(LEA, filled([(COST, "12.5")])), changed()),
        row("their own", world.clone(), LEA, person(LEA, filled([(MODEL, "38")])), changed()),
        row("R149", world.clone(), LEA, person(LEA, filled([(COST, "1")])), none()),
        row("not a person's", world.clone(), MARC, person(LEA, filled([(PART, "1")])), none()),
        row(
            "agents",
            world.clone(),
            MARC,
            organization(filled([(PART, "Gold")])),
            Ok("account: organization 1: fields"),
        ),
        row("no number", world.clone(), MARC, person(LEA, filled([(COST, "much")])), {
            Err(Refusal::BadValue { field: "Worth".to_owned(), bad: BadValue::Form("decimal") })
        }),
    ]);
    let mut world = world;
    world.act(MARC, &person(LEA, filled([(COST, "12.5")]))).expect("filled in");
    assert_eq!(world.people[&LEA].fields[&COST].written(), "12.5");
    world.act(ANA, &Deed::Person(PersonDeed::Erase { person: LEA, texts: false })).expect("erased");
    assert!(world.people[&LEA].fields.is_empty(), "D35");
}
