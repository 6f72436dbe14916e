//! Tickets with their past: admins only, each audit with its own time and person, and then a ticket like all others.

use super::step::is_past_sound;
use crate::support::world::*;
use guichet::domain::act::{Deed, ImportedComment, ImportedTicket, Who};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::{GroupId, KindId, PersonId};
use guichet::domain::person::Role;
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::status::{Priority, State, Status};
use guichet::domain::time::{Span, Timestamp};
use std::collections::BTreeSet;

fn ago(days: i64) -> Timestamp {
    NOW + Span::days(-days)
}

fn said(author: PersonId, comment: NewComment, days: i64) -> ImportedComment {
    ImportedComment { author: Some(author), comment, at: Some(ago(days)) }
}

pub fn past() -> ImportedTicket {
    ImportedTicket {
        subject: "Old matter".to_owned(),
        kind: Some(HARDWARE),
        ticket_type: None,
        problem: None,
        rating: None,
        status: Status::Solved,
        status_at: Some(ago(2)),
        priority: Some(Priority::High),
        requester: Some(LEA),
        submitter: None,
        assignee: Some(INES),
        group: Some(FIELD),
        tags: tags(&["old"]),
        ccs: BTreeSet::from([ZOE, LEA]),
        followers: BTreeSet::from([MARC]),
        due_at: None,
        fields: std::collections::BTreeMap::new(),
        external_id: Some("77".to_owned()),
        via: Channel::Mail,
        created_at: Some(ago(10)),
        comments: vec![
            said(LEA, NewComment::public("It broke"), 10),
            said(MARC, NewComment::note("Again"), 1),
            said(INES, NewComment::public("Mended"), 3),
        ],
    }
}

pub fn import(past: ImportedTicket) -> Deed {
    Deed::ImportTicket(Box::new(past))
}

#[test]
fn an_import_writes_the_past_in_order() {
    let mut world = World::new();
    let decision = world.act_by(ANA, Channel::Import, &import(past())).unwrap();
    assert_eq!(
        told(&decision),
        "opened public new in 2 for Lea by Lea, said public; said public; new→solved; said private"
    );
    let times: Vec<Timestamp> = decision.entries.iter().map(|entry| entry.at).collect();
    assert_eq!(times, [ago(10), ago(3), ago(2), ago(1)]);
    let people: Vec<Who> = decision.entries.iter().map(|entry| entry.who).collect();
    assert_eq!(people, [LEA, INES, INES, MARC].map(Who::Person));
    let ticket = world.ticket(T);
    assert_eq!(ticket.state, State::Solved { since: ago(2) });
    assert_eq!((ticket.created_at, ticket.updated_at, ticket.requester_updated_at), (ago(10), ago(1), ago(2)));
    assert_eq!((ticket.comments, ticket.public_comments, ticket.version), (3, 2, 4));
    assert_eq!((&ticket.ccs, ticket.via), (&BTreeSet::from([ZOE]), Channel::Mail), "R165: the requester is no CC");
    is_past_sound(&world).unwrap();
    world = world.after(Span::days(2));
    assert!(world.run(Timer::Close, T).is_ok(), "R177: the timers count from then");
}

/// R110: a first note makes a private ticket, a later public comment opens it.
#[test]
fn an_import_keeps_what_was_private() {
    let note = |days| said(MARC, NewComment::note("Psst"), days);
    let private = ImportedTicket { comments: vec![note(10)], ..past() };
    let opened = ImportedTicket { comments: vec![note(10), said(INES, NewComment::public("Hello"), 5)], ..past() };
    for (past, public) in [(private, false), (opened, true)] {
        let mut world = World::new();
        world.act_by(ANA, Channel::Import, &import(past)).unwrap();
        assert_eq!(world.ticket(T).is_public(), public);
        is_past_sound(&world).unwrap();
    }
}

#[test]
fn times_out_of_order_are_put_right() {
    let early = ImportedTicket { created_at: Some(ago(1)), status_at: Some(ago(20)), ..past() };
    let unknown = ImportedTicket { status_at: None, ..past() };
    for (past, since) in [(early, ago(1)), (unknown, ago(1))] {
        let mut world = World::new();
        let decision = world.act_by(ANA, Channel::Import, &import(past)).unwrap();
        assert_eq!(world.ticket(T).state, State::Solved { since });
        assert!(decision.entries.is_sorted_by_key(|entry| entry.at));
        is_past_sound(&world).unwrap();
    }
}

#[test]
fn an_import_is_refused_where_it_makes_no_sense() {
    let (group, kind) = (GroupId(9), KindId(9));
    let many = |n| (0..n).map(PersonId).collect();
    let import = |past| import(past);
    let missing = || Err(Refusal::NotFound(Thing::Person));
    for who in [LEA, MARC] {
        check([row("admins only", World::new(), who, import(past()), Err(Refusal::Role { needs: Role::Admin }))]);
    }
    let as_author = ImportedTicket { comments: vec![said(NOBODY, NewComment::public("x"), 1)], ..past() };
    let silent = ImportedTicket { comments: vec![said(LEA, NewComment::public(""), 1)], ..past() };
    check([
        row(
            "nothing said",
            World::new(),
            ANA,
            import(ImportedTicket { comments: vec![], ..past() }),
            Err(Refusal::Empty(Field::Comment)),
        ),
        row("nothing said", World::new(), ANA, import(silent), Err(Refusal::Empty(Field::Comment))),
        row(
            "no subject",
            World::new(),
            ANA,
            import(ImportedTicket { subject: " ".into(), ..past() }),
            Err(Refusal::Empty(Field::Subject)),
        ),
        row("nobody", World::new(), ANA, import(ImportedTicket { requester: Some(NOBODY), ..past() }), missing()),
        row("by nobody", World::new(), ANA, import(as_author), missing()),
        row(
            "no group",
            World::new(),
            ANA,
            import(ImportedTicket { group: Some(group), ..past() }),
            Err(Refusal::NotFound(Thing::Group)),
        ),
        row(
            "no kind",
            World::new(),
            ANA,
            import(ImportedTicket { kind: Some(kind), ..past() }),
            Err(Refusal::NotFound(Thing::Kind(kind))),
        ),
        row(
            "D17",
            World::new(),
            ANA,
            import(ImportedTicket { followers: BTreeSet::from([ZOE]), ..past() }),
            Err(Refusal::NotAnAgent(Field::Followers)),
        ),
        row(
            "an end user's work",
            World::new(),
            ANA,
            import(ImportedTicket { assignee: Some(ZOE), ..past() }),
            Err(Refusal::NotAnAgent(Field::Assignee)),
        ),
        row("nobody in copy", World::new(), ANA, import(ImportedTicket { ccs: many(49), ..past() }), missing()),
    ]);
    let mut crowd = World::new();
    for at in 200..249 {
        let person = guichet::domain::person::Person { id: PersonId(at), email: None, ..crowd.people[&ZOE].clone() };
        crowd.people.insert(person.id, person);
    }
    let ccs: BTreeSet<PersonId> = (200..249).map(PersonId).collect();
    let too_many = ImportedTicket { ccs, ..past() };
    check([row("D17", crowd, ANA, import(too_many), Err(Refusal::TooLong { field: Field::Ccs, max: 48 }))]);
}
