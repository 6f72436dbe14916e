//! E: an agent opens a public ticket for somebody else.

use crate::support::world::*;
use guichet::domain::act::{Deed, NewTicket};
use guichet::domain::audience::{self, Relation, Viewer};
use guichet::domain::comment::{Channel, NewComment, Visibility};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::status::Status;

fn for_address(address: &str) -> Deed {
    create(NewTicket { requester: Some(PersonRef::Address(email(address))), ..new_ticket(LEA) })
}

fn named(name: &str, address: &str) -> Deed {
    let requester = Some(PersonRef::Named { name: name.to_owned(), email: email(address) });
    create(NewTicket { requester, ..new_ticket(LEA) })
}

/// R094, R095, R101, R107, R108
#[test]
fn an_agent_opens_a_ticket_for_somebody_else() {
    let nobody = NewTicket::new("For myself", NewComment::public("Words"));
    check([
        row(
            "R094",
            World::new(),
            MARC,
            create(new_ticket(LEA)),
            Ok("opened public new in 1 for Lea by Marc, said public"),
        ),
        row(
            "R094 an admin too",
            World::new(),
            ANA,
            create(new_ticket(NIL)),
            Ok("opened public new in 1 for Nil by Ana, said public"),
        ),
        row(
            "R094 for an agent",
            World::new(),
            MARC,
            create(new_ticket(INES)),
            Ok("opened public new in 1 for Ines by Marc, said public"),
        ),
        row("R094 nobody known", World::new(), MARC, create(new_ticket(NOBODY)), Err(Refusal::NotFound(Thing::Person))),
        row(
            "R094 an end user never",
            World::new(),
            LEA,
            create(new_ticket(TOM)),
            Err(Refusal::AgentsOnly(Field::Requester)),
        ),
        row(
            "R094 nor for themselves by name",
            World::new(),
            LEA,
            create(new_ticket(LEA)),
            Err(Refusal::AgentsOnly(Field::Requester)),
        ),
        row("R094 a suspended agent", World::new(), EVE, create(new_ticket(LEA)), Err(Refusal::Suspended)),
        row("R095", World::new(), MARC, create(nobody), Ok("opened public new in 1 for Marc by Marc, said public")),
        row(
            "R107",
            World::new(),
            MARC,
            named("Jo", "jo@mail.example"),
            Ok("account: person 101 as end-user; opened public new in 1 for 101 by Marc, said public"),
        ),
        row(
            "R107 by address alone",
            World::new(),
            MARC,
            for_address("jo@mail.example"),
            Ok("account: person 101 as end-user; opened public new in 1 for 101 by Marc, said public"),
        ),
        row(
            "R107 known already",
            World::new(),
            MARC,
            named("Somebody", "LEA@mail.example"),
            Ok("opened public new in 1 for Lea by Marc, said public"),
        ),
    ]);
}

/// R107: whoever is made in passing gets a name, and an organization by mail domain.
#[test]
fn a_person_made_in_passing_has_a_name_and_an_organization() {
    let mut world = World::new();
    world.act(MARC, &named("Jo  Doe", "Jo@Shop.Example")).unwrap();
    world.act(MARC, &for_address("kim@elsewhere.example")).unwrap();
    let made: Vec<_> = world.people.values().filter(|one| one.id.0 > 100).collect();
    assert_eq!((made[0].name.as_str(), made[0].organization), ("Jo Doe", Some(SHOP)));
    assert_eq!((made[1].name.as_str(), made[1].organization), ("kim@elsewhere.example", None));
    assert_eq!(world.ticket(T).organization, Some(SHOP), "R122: the ticket is their organization's");
}

/// R108: the agent chooses the status; without a choice it is New, or Open when somebody has it.
#[test]
fn a_ticket_is_submitted_as_the_agent_says() {
    for status in Status::ALL {
        let mut world = World::new();
        world.act(MARC, &create(NewTicket { status: Some(status), ..new_ticket(LEA) })).unwrap();
        assert_eq!(world.status(T), status);
        let solved = !status.is_unsolved();
        assert_eq!(world.ticket(T).assignee, solved.then_some(MARC), "{status:?}: who solves at once worked on it");
    }
    let mut world = World::new();
    world.act(MARC, &create(NewTicket { assignee: Some(INES), ..new_ticket(LEA) })).unwrap();
    assert_eq!((world.status(T), world.ticket(T).group), (Status::Open, Some(FIELD)));
    let mut world = World::new();
    let as_new = NewTicket { assignee: Some(INES), status: Some(Status::New), ..new_ticket(LEA) };
    world.act(MARC, &create(as_new)).unwrap();
    assert_eq!(world.status(T), Status::New);
}

/// R094: group and assignee named together belong together; who solves at once does it in a group of theirs.
#[test]
fn a_new_ticket_is_in_the_right_hands() {
    let with = |group, assignee, status| create(NewTicket { group, assignee, status, ..new_ticket(LEA) });
    check([
        row(
            "the assignee's group",
            World::new(),
            MARC,
            with(None, Some(INES), None),
            Ok("opened public open in 2 for Lea by Marc, said public"),
        ),
        row(
            "of no group: the account's",
            World::new(),
            MARC,
            with(None, Some(OTTO), None),
            Ok("opened public open in 1 for Lea by Marc, said public"),
        ),
        row("not in that group", World::new(), MARC, with(Some(OPS), Some(INES), None), Err(Refusal::NotInGroup)),
        row(
            "an end user as assignee",
            World::new(),
            MARC,
            with(None, Some(TOM), None),
            Err(Refusal::NotAnAgent(Field::Assignee)),
        ),
        row(
            "a suspended agent",
            World::new(),
            MARC,
            with(None, Some(EVE), None),
            Err(Refusal::NotAnAgent(Field::Assignee)),
        ),
        row(
            "no such group",
            World::new(),
            MARC,
            with(Some(guichet::domain::id::GroupId(9)), None, None),
            Err(Refusal::NotFound(Thing::Group)),
        ),
        row(
            "solved at once",
            World::new(),
            INES,
            with(None, None, Some(Status::Solved)),
            Ok("opened public solved in 2 for Lea by Ines, said public"),
        ),
    ]);
}

/// R096: a public ticket made in somebody's name is theirs, seen and answered; lists and searches ask the same (store).
#[test]
fn a_public_ticket_is_its_requesters() {
    for agent in STAFF {
        for requester in END_USERS {
            let mut world = World::new();
            world.act(agent, &create(new_ticket(requester))).unwrap();
            let viewer = Viewer::of(&world.people[&requester], false);
            assert!(audience::may_see(&viewer, world.ticket(T)));
            assert_eq!(audience::relation(&viewer, world.ticket(T)), Relation::Requester);
            assert_eq!((world.ticket(T).requester, world.ticket(T).submitter), (requester, agent));
            assert!(world.act(requester, &reply(T)).is_ok());
        }
    }
}

/// R100, R101, R113: with private creation off there is nothing to choose; an attempt is refused, never made public.
#[test]
fn without_the_setting_every_ticket_is_public() {
    let off = || World::new().but(|world| world.settings.private_tickets = false);
    for via in [Channel::Web, Channel::Api] {
        check([
            row("R101 a note first", off(), MARC, create(new_private(LEA)), Err(Refusal::PrivateOff)).by(via),
            row(
                "R101 public",
                off(),
                MARC,
                create(new_ticket(LEA)),
                Ok("opened public new in 1 for Lea by Marc, said public"),
            )
            .by(via),
            row(
                "R100",
                World::new(),
                MARC,
                create(new_private(LEA)),
                Ok("opened private new in 1 for Lea by Marc, said private"),
            )
            .by(via),
        ]);
    }
}

/// Subject and first comment are needed, whoever opens a ticket (D19).
#[test]
fn a_ticket_says_something() {
    let without_subject = NewTicket { subject: " \t\n".to_owned(), ..new_ticket(LEA) };
    let without_words = NewTicket { comment: NewComment::public(" \n "), ..new_ticket(LEA) };
    let long = NewTicket { subject: "é".repeat(401), ..new_ticket(LEA) };
    let comment =
        NewComment { visibility: Visibility::Public, body: "a".repeat(NewComment::MAX_BYTES + 1), uploads: vec![] };
    let endless = NewTicket { comment, ..new_ticket(LEA) };
    let max = NewComment::MAX_BYTES as u64;
    check([
        row("D19 subject", World::new(), MARC, create(without_subject), Err(Refusal::Empty(Field::Subject))),
        row("D19 comment", World::new(), MARC, create(without_words), Err(Refusal::Empty(Field::Comment))),
        row("subject", World::new(), MARC, create(long), Err(Refusal::TooLong { field: Field::Subject, max: 400 })),
        row("comment", World::new(), MARC, create(endless), Err(Refusal::TooLong { field: Field::Comment, max })),
    ]);
    let mut world = World::new();
    world.act(MARC, &create(NewTicket { subject: " a\n b\0 ".to_owned(), ..new_ticket(LEA) })).unwrap();
    assert_eq!(world.ticket(T).subject, "a b\u{2400}", "one line, and no NUL, which no database holds");
}
