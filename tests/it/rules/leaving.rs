//! How people become one with others and leave the account, and what is kept (D35).

use crate::support::world::*;
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::comment::Channel;
use guichet::domain::id::{GroupId, PersonId, TicketId};
use guichet::domain::life::PersonDeed;
use guichet::domain::person::{PersonRef, Restriction, Role, Standing};
use guichet::domain::refusal::{Refusal, Thing};
use guichet::domain::status::Status;
use guichet::domain::time::Span;

fn merge(source: PersonId, target: PersonId) -> Deed {
    Deed::Person(PersonDeed::Merge { source, target })
}

fn delete(person: PersonId) -> Deed {
    Deed::Person(PersonDeed::Delete(person))
}

fn erase(person: PersonId, texts: bool) -> Deed {
    Deed::Person(PersonDeed::Erase { person, texts })
}

fn needs(role: Role) -> Result<&'static str, Refusal> {
    Err(Refusal::Role { needs: role })
}

fn missing() -> Result<&'static str, Refusal> {
    Err(Refusal::NotFound(Thing::Person))
}

#[test]
fn end_users_are_merged_into_others() {
    let gone = |standing| World::new().but(|world| world.people.get_mut(&TOM).unwrap().standing = standing);
    check([
        row("agents", World::new(), MARC, merge(LEA, TOM), Ok("account: merged Lea into Tom")),
        row("into the team only admins", World::new(), MARC, merge(LEA, INES), needs(Role::Admin)),
        row("into the team only admins", World::new(), ANA, merge(LEA, INES), Ok("account: merged Lea into Ines")),
        row("not end users", World::new(), LEA, merge(LEA, TOM), needs(Role::Agent)),
        row("not themselves", World::new(), ANA, merge(LEA, LEA), Err(Refusal::SamePerson)),
        row("not agents", World::new(), ANA, merge(MARC, TOM), Err(Refusal::StaffStays)),
        row("not the last admin", World::new(), ANA, merge(ANA, TOM), Err(Refusal::StaffStays)),
        row("not into the suspended", World::new(), ANA, merge(LEA, SAM), Err(Refusal::MergeIntoShutOut)),
        row("a suspended one", World::new(), ANA, merge(SAM, LEA), Ok("account: merged Sam into Lea")),
        row("nobody", World::new(), ANA, merge(NOBODY, LEA), missing()),
        row("nor into nobody", World::new(), ANA, merge(LEA, NOBODY), missing()),
        row("nor who is gone", gone(Standing::Deleted), ANA, merge(LEA, TOM), missing()),
        row("nor who is gone", gone(Standing::Merged(NIL)), ANA, merge(TOM, LEA), missing()),
        row(
            "not into who has no password",
            gone(Standing::Pending),
            ANA,
            merge(LEA, TOM),
            Err(Refusal::MergeIntoShutOut),
        ),
        row("but who has none", gone(Standing::Pending), ANA, merge(TOM, LEA), Ok("account: merged Tom into Lea")),
    ]);
    let restricted = World::new().but(|world| {
        world.people.get_mut(&MARC).unwrap().restriction = guichet::domain::person::Restriction::Groups;
    });
    check([row("all tickets change by it", restricted, MARC, merge(LEA, TOM), needs(Role::Admin))]);
}

/// Tickets, copies and what comes for the address later go to the other.
#[test]
fn everything_of_who_was_merged_is_the_others() {
    let (second, third, fourth) = (TicketId(2), TicketId(3), TicketId(4));
    let mut world = a_ticket()
        .cc(TOM)
        .world()
        .and(a_ticket().numbered(second).of(NIL).cc(LEA))
        .and(a_ticket().numbered(third).of(TOM).cc(LEA))
        .and(a_ticket().numbered(fourth).status(Status::Closed));
    world.act(ANA, &merge(LEA, TOM)).unwrap();
    assert_eq!(world.people[&LEA].standing, Standing::Merged(TOM));
    let settle = |ticket| PersonDeed::Settle { ticket, person: LEA };
    assert_eq!(told(&world.by_itself(settle(T)).unwrap()), "requester→Tom, ccs-Tom");
    assert_eq!(told(&world.by_itself(settle(second)).unwrap()), "#2: ccs+Tom-Lea");
    assert_eq!(told(&world.by_itself(settle(third)).unwrap()), "#3: ccs-Lea");
    assert_eq!(told(&world.by_itself(settle(fourth)).unwrap()), "#4: requester→Tom", "closed ones too");
    assert_eq!(told(&world.by_itself(settle(T)).unwrap()), "", "once");
    let answer = create(guichet::domain::act::NewTicket {
        requester: Some(PersonRef::Address(email("lea@mail.example"))),
        ..new_ticket(LEA)
    });
    let opened = world.act(MARC, &answer).unwrap().outcome.ticket.unwrap();
    assert_eq!(world.ticket(opened).requester, TOM, "the address is theirs now");
    assert_eq!(
        world.act(MARC, &create(new_ticket(LEA))),
        Err(Refusal::NotFound(Thing::Person)),
        "the number is nobody's"
    );
    assert!(world.decide(LEA, Channel::Web, &create(new_request())).is_err());
    let mut moved = a_ticket().world();
    moved.act(ANA, &merge(LEA, NIL)).unwrap();
    assert_eq!(told(&moved.by_itself(settle(T)).unwrap()), "requester→Nil, organization→2");
}

/// An address that the other lacks becomes theirs.
#[test]
fn who_has_no_address_gets_that_of_the_other() {
    let mut world = World::new().but(|world| world.people.get_mut(&TOM).unwrap().email = None);
    world.act(ANA, &merge(LEA, TOM)).unwrap();
    assert_eq!(world.people[&TOM].email, Some(email("lea@mail.example")));
    assert_eq!(world.people[&LEA].email, None);
}

/// Whose requests are open stays; the last admin stays; nobody removes themselves.
#[test]
fn who_may_be_taken_out_of_the_account() {
    let second = |world: &mut World| world.people.get_mut(&INES).unwrap().role = Role::Admin;
    let open = Err(Refusal::HasUnsolved { count: 1 });
    let solved = || a_ticket().status(Status::Solved).world();
    for texts in [None, Some(false), Some(true)] {
        let leave = |id| texts.map_or_else(|| delete(id), |texts| erase(id, texts));
        let (lea, marc) = match texts {
            None => ("account: deleted Lea", "account: deleted Marc"),
            Some(false) => ("account: erased Lea", "account: erased Marc"),
            Some(true) => ("account: erased Lea and texts", "account: erased Marc and texts"),
        };
        check([
            row("an end user", World::new(), ANA, leave(LEA), Ok(lea)),
            row("an agent", World::new(), ANA, leave(MARC), Ok(marc)),
            row("with open requests", a_ticket(), ANA, leave(LEA), open.clone()),
            row("with private ones", a_ticket().private(), ANA, leave(LEA), open.clone()),
            row("with solved ones", solved(), ANA, leave(LEA), Ok(lea)),
            row("not by agents", World::new(), MARC, leave(LEA), needs(Role::Admin)),
            row(
                "not by end users",
                World::new(),
                LEA,
                leave(LEA),
                if texts.is_none() { needs(Role::Agent) } else { needs(Role::Admin) },
            ),
            row("the last admin", World::new(), ANA, leave(ANA), Err(Refusal::LastAdmin)),
            row("oneself", World::new().but(second), ANA, leave(ANA), Err(Refusal::OwnRole)),
            row("nobody", World::new(), ANA, leave(NOBODY), missing()),
        ]);
        assert!(World::new().but(second).decide(INES, Channel::Web, &leave(ANA)).is_ok());
    }
    check([
        row(
            "deleted once",
            World::new().but(|w| w.people.get_mut(&LEA).unwrap().standing = Standing::Deleted),
            ANA,
            delete(LEA),
            missing(),
        ),
        row(
            "erased after",
            World::new().but(|w| w.people.get_mut(&LEA).unwrap().standing = Standing::Deleted),
            ANA,
            erase(LEA, false),
            Ok("account: erased Lea"),
        ),
        row(
            "who was merged is the other",
            World::new().but(|w| w.people.get_mut(&LEA).unwrap().standing = Standing::Merged(TOM)),
            ANA,
            erase(LEA, false),
            missing(),
        ),
    ]);
}

#[test]
fn who_is_deleted_works_on_nothing_and_keeps_their_name() {
    let solved = TicketId(2);
    let mut world = a_ticket()
        .assigned(MARC)
        .cc(MARC)
        .but(|ticket| _ = ticket.followers.insert(MARC))
        .world()
        .and(a_ticket().numbered(solved).assigned(MARC).status(Status::Solved));
    let address = world.people[&MARC].email.clone();
    world.act(ANA, &delete(MARC)).unwrap();
    let marc = &world.people[&MARC];
    assert_eq!((marc.name.as_str(), marc.standing, &marc.email), ("Marc", Standing::Deleted, &None));
    assert_eq!(
        told(&world.by_itself(PersonDeed::Settle { ticket: T, person: MARC }).unwrap()),
        "assignee→none, ccs-Marc, followers-Marc"
    );
    assert_eq!(
        told(&world.by_itself(PersonDeed::Settle { ticket: solved, person: MARC }).unwrap()),
        "",
        "what is solved stays solved by them"
    );
    assert!(world.act(ANA, &assign(T, Some(MARC))).is_err(), "nothing is given to them");
    assert!(world.decide(MARC, Channel::Web, &note(T)).is_err());
    let again = guichet::domain::act::NewPerson {
        name: "Marc".into(),
        email: address,
        phone: None,
        role: Role::EndUser,
        organization: None,
        groups: Vec::new(),
        language: None,
        external_id: None,
    };
    assert!(world.act(ANA, &Deed::CreatePerson(again)).is_ok(), "the address is free");
}

/// Who must be shut out is shut out at once; what they worked on is somebody else's to take, and says so.
#[test]
fn who_works_no_longer_is_on_nothing_that_is_open() {
    let (solved, closed) = (TicketId(2), TicketId(3));
    let given = || {
        a_ticket()
            .assigned(MARC)
            .cc(MARC)
            .but(|ticket| _ = ticket.followers.insert(MARC))
            .world()
            .and(a_ticket().numbered(solved).assigned(MARC).status(Status::Solved))
            .and(a_ticket().numbered(closed).assigned(MARC).status(Status::Closed))
    };
    let none = PersonChange::default;
    let settle = |ticket| PersonDeed::Settle { ticket, person: MARC };
    for change in
        [PersonChange { suspended: Some(true), ..none() }, PersonChange { role: Some(Role::EndUser), ..none() }]
    {
        let mut world = given();
        world.act(ANA, &Deed::UpdatePerson { person: MARC, change }).unwrap();
        assert_eq!(world.access.unsettled.get(&MARC), Some(&false));
        assert_eq!(told(&world.by_itself(settle(T)).unwrap()), "assignee→none, followers-Marc", "copies stay");
        assert_eq!(told(&world.by_itself(settle(T)).unwrap()), "", "once");
        assert_eq!(told(&world.by_itself(settle(closed)).unwrap()), "");
        assert_eq!(told(&world.by_itself(settle(solved)).unwrap()), "", "what is solved stays solved by them");
        let answer = world.act(LEA, &reply(solved)).unwrap();
        assert_eq!(told(&answer), "#2: said public, solved→open, assignee→none", "until it is open again");
    }
    for change in [
        PersonChange { role: Some(Role::Admin), ..none() },
        PersonChange { suspended: Some(false), ..none() },
        PersonChange { restriction: Some(Restriction::Groups), ..none() },
    ] {
        let mut world = given();
        world.act(ANA, &Deed::UpdatePerson { person: MARC, change }).unwrap();
        assert_eq!(world.access.unsettled.get(&MARC), None);
        assert_eq!(told(&world.by_itself(settle(T)).unwrap()), "");
    }
    let mut world = given();
    let suspend = PersonChange { suspended: Some(true), ..none() };
    world.act(ANA, &Deed::UpdatePerson { person: LEA, change: suspend }).unwrap();
    assert_eq!(world.access.unsettled.get(&LEA), None, "requesters stay requesters");
}

/// What is open goes back to the group that somebody leaves; what they have in other groups stays theirs.
#[test]
fn who_leaves_a_group_leaves_its_tickets() {
    let (solved, elsewhere, nowhere) = (TicketId(2), TicketId(3), TicketId(4));
    let given = || {
        a_ticket()
            .assigned(MARC)
            .but(|ticket| _ = ticket.followers.insert(MARC))
            .world()
            .but(|world| world.people.get_mut(&MARC).unwrap().groups = vec![OPS, FIELD])
            .and(a_ticket().numbered(solved).assigned(MARC).status(Status::Solved))
            .and(a_ticket().numbered(elsewhere).assigned(MARC).but(|ticket| ticket.group = Some(FIELD)))
            .and(a_ticket().numbered(nowhere).assigned(MARC).but(|ticket| ticket.group = None))
    };
    let groups = |groups: &[GroupId]| Deed::UpdatePerson {
        person: MARC,
        change: PersonChange { groups: Some(groups.to_vec()), ..PersonChange::default() },
    };
    let settle = |ticket| PersonDeed::Settle { ticket, person: MARC };
    let mut world = given();
    world.act(ANA, &groups(&[FIELD])).unwrap();
    assert_eq!(world.access.unsettled.get(&MARC), Some(&false));
    assert_eq!(told(&world.by_itself(settle(T)).unwrap()), "assignee→none", "they follow it still");
    for stays in [T, solved, elsewhere, nowhere] {
        assert_eq!(told(&world.by_itself(settle(stays)).unwrap()), "", "{stays}");
    }
    let answer = world.act(LEA, &reply(solved)).unwrap();
    assert_eq!(told(&answer), "#2: said public, solved→open, assignee→none", "until it is open again");
    for kept in [&[FIELD, OPS][..], &[]] {
        let mut world = given();
        world.act(ANA, &groups(kept)).unwrap();
        assert_eq!(told(&world.by_itself(settle(T)).unwrap()), "", "in all groups, or in none: who works on all");
    }
}

/// D35: of who is erased nothing is known; with their texts only what they wrote goes.
#[test]
fn who_is_erased_leaves_a_number() {
    let mut world = a_ticket().status(Status::Solved).reply(MARC).reply(LEA).world();
    {
        let lea = world.people.get_mut(&LEA).unwrap();
        lea.phone = Some("+33".into());
        lea.external_id = Some("42".into());
    }
    let forget = PersonDeed::Forget { ticket: T, whose: Some(LEA) };
    assert_eq!(world.by_itself(forget.clone()), Err(Refusal::NotDue), "not before");
    world.act(ANA, &erase(LEA, true)).unwrap();
    let lea = &world.people[&LEA];
    assert_eq!((lea.name.as_str(), &lea.email, &lea.phone, &lea.external_id), ("#1", &None, &None, &None));
    assert_eq!((lea.organization, lea.standing), (None, Standing::Erased));
    assert!(world.access.unsettled[&LEA]);
    assert_eq!(told(&world.by_itself(forget).unwrap()), "erased 2 texts, erased words");
}

/// D35: retention counts from the closing, in days, and never sooner.
#[test]
fn closed_tickets_are_forgotten_after_so_many_days() {
    let forget = || PersonDeed::Forget { ticket: T, whose: None };
    let kept = |days| {
        a_ticket().status(Status::Closed).note(MARC).world().but(|world| world.settings.people.retention_days = days)
    };
    let world = kept(Some(30));
    assert_eq!(world.clone().after(Span(Span::days(30).0 - 1)).by_itself(forget()), Err(Refusal::NotDue));
    let mut late = world.after(Span::days(30));
    let before = late.ticket(T).clone();
    assert_eq!(told(&late.by_itself(forget()).unwrap()), "erased 2 texts");
    assert!(late.access.forgotten.contains(&T));
    let now = late.ticket(T);
    assert_eq!((now.updated_at, now.requester_updated_at), (before.updated_at, before.requester_updated_at), "no news");
    assert_eq!(kept(None).after(Span::days(9999)).by_itself(forget()), Err(Refusal::NotDue), "switched off");
    let mut open = a_ticket().status(Status::Solved).world();
    open.settings.people.retention_days = Some(1);
    assert_eq!(open.after(Span::days(99)).by_itself(forget()), Err(Refusal::NotDue), "not closed");
}

/// What the account does by itself nobody else does.
#[test]
fn nobody_settles_or_forgets_by_hand() {
    for who in [LEA, MARC, ANA] {
        for deed in [PersonDeed::Settle { ticket: T, person: LEA }, PersonDeed::Forget { ticket: T, whose: None }] {
            let answer = a_ticket().world().decide(who, Channel::Web, &Deed::Person(deed));
            assert_eq!(answer, Err(Refusal::Role { needs: Role::Admin }));
        }
    }
}
