//! H: what end users do in the portal.

use crate::support::world::*;
use guichet::domain::account::OnHold;
use guichet::domain::act::{Change, NewTicket};
use guichet::domain::audience::{self, Relation, Viewer};
use guichet::domain::case::TicketType;
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::{KindId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::status::{Priority, Status};
use std::collections::BTreeSet;

const NEXT: TicketId = TicketId(2);

/// R157: a request goes to the team, to nobody in it.
#[test]
fn a_request_goes_to_the_team() {
    for who in END_USERS {
        let mut world = World::new();
        world.act(who, &create(new_request())).unwrap();
        let ticket = world.ticket(T);
        assert_eq!((ticket.group, ticket.assignee, ticket.status()), (Some(OPS), None, Status::New));
        assert_eq!((ticket.requester, ticket.submitter, ticket.is_public()), (who, who, true));
        assert_eq!(ticket.organization, world.people[&who].organization);
        assert_eq!(world.request(T).status(), Status::Open, "R170");
    }
}

/// R158-R162: four kinds, one is mandatory, and Critical is urgent.
#[test]
fn a_request_has_one_of_the_four_kinds() {
    let of = |kind| create(NewTicket { kind, ..new_request() });
    let unknown = KindId(9);
    check([
        row("R158", World::new(), LEA, of(None), Err(Refusal::KindMissing)),
        row("R158", World::new(), LEA, of(None), Err(Refusal::KindMissing)).by(Channel::Api),
        row("R158", World::new(), LEA, of(Some(unknown)), Err(Refusal::NotFound(Thing::Kind(unknown)))),
        row(
            "agents need none",
            World::new(),
            MARC,
            create(new_ticket(LEA)),
            Ok("opened public new in 1 for Lea by Marc, said public"),
        ),
    ]);
    for (line, kind, priority) in [
        ("R159", CRITICAL, Some(Priority::Urgent)),
        ("R160", FEATURE, None),
        ("R161", HARDWARE, None),
        ("R162", SOFTWARE, None),
    ] {
        for (who, deed) in [(LEA, of(Some(kind))), (MARC, create(NewTicket { kind: Some(kind), ..new_ticket(LEA) }))] {
            let mut world = World::new();
            world.act(who, &deed).unwrap();
            assert_eq!((world.ticket(T).kind, world.ticket(T).priority), (Some(kind), priority), "{line}");
        }
    }
}

/// R157: an end user names subject, kind, words, files and CCs; the rest is the team's to choose.
#[test]
fn the_teams_fields_are_not_the_requesters_to_choose() {
    let base = new_request;
    let chosen = [
        (NewTicket { requester: Some(PersonRef::Id(LEA)), ..base() }, Field::Requester),
        (NewTicket { status: Some(Status::New), ..base() }, Field::Status),
        (NewTicket { status: Some(Status::Solved), ..base() }, Field::Status),
        (NewTicket { priority: Some(Priority::Urgent), ..base() }, Field::Priority),
        (NewTicket { ticket_type: Some(TicketType::Task), ..base() }, Field::Type),
        (NewTicket { problem: Some(T), ..base() }, Field::Problem),
        (NewTicket { assignee: Some(MARC), ..base() }, Field::Assignee),
        (NewTicket { group: Some(OPS), ..base() }, Field::Group),
        (NewTicket { tags: tags(&["vip"]), ..base() }, Field::Tags),
        (NewTicket { followers: BTreeSet::from([MARC]), ..base() }, Field::Followers),
        (NewTicket { due_at: Some(NOW), ..base() }, Field::Due),
        (NewTicket { external_id: Some("7".to_owned()), ..base() }, Field::ExternalId),
    ];
    for via in [Channel::Web, Channel::Api, Channel::Mail] {
        check(
            chosen.clone().map(|(new, field)| {
                row("R157", World::new(), LEA, create(new), Err(Refusal::AgentsOnly(field))).by(via)
            }),
        );
    }
    let none = Change::default;
    let changed = [
        (Change { subject: Some("x".to_owned()), ..none() }, Field::Subject),
        (Change { priority: Some(None), ..none() }, Field::Priority),
        (Change { ticket_type: Some(None), ..none() }, Field::Type),
        (Change { problem: Some(None), ..none() }, Field::Problem),
        (Change { kind: Some(CRITICAL), ..none() }, Field::Kind),
        (Change { assignee: Some(None), ..none() }, Field::Assignee),
        (Change { group: Some(None), ..none() }, Field::Group),
        (Change { requester: Some(PersonRef::Id(TOM)), ..none() }, Field::Requester),
        (Change { add_tags: tags(&["vip"]), ..none() }, Field::Tags),
        (Change { remove_tags: tags(&["vip"]), ..none() }, Field::Tags),
        (Change { remove_ccs: BTreeSet::from([ZOE]), ..none() }, Field::Ccs),
        (Change { add_followers: BTreeSet::from([MARC]), ..none() }, Field::Followers),
        (Change { remove_followers: BTreeSet::from([MARC]), ..none() }, Field::Followers),
        (Change { due_at: Some(None), ..none() }, Field::Due),
        (Change::status(Status::Open), Field::Status),
        (Change::status(Status::Closed), Field::Status),
    ];
    for (one, field) in changed {
        let given = || a_ticket().assigned(MARC).cc(ZOE);
        check([
            row("R167 alone", given(), LEA, change(T, one.clone()), Err(Refusal::AgentsOnly(field))),
            row(
                "R167 with an answer",
                given(),
                LEA,
                say(T, NewComment::public("x"), one),
                Err(Refusal::AgentsOnly(field)),
            ),
        ]);
    }
    check([row("no notes", a_ticket(), LEA, note(T), Err(Refusal::NoteByEndUser))]);
}

/// R164, R165, R166: whose list a ticket is in.
#[test]
fn three_lists_hold_what_is_theirs() {
    let see = |who, world: &World| {
        let person = &world.people[&who];
        let shares = person.organization.is_some_and(|id| world.organizations[&id].shared_tickets);
        let viewer = Viewer::of(person, shares);
        (audience::relation(&viewer, world.ticket(T)), audience::may_see(&viewer, world.ticket(T)))
    };
    let leas = a_ticket().cc(ZOE).cc(UMA).world();
    let nils = a_ticket().of(NIL).world();
    for (line, world, who, relation) in [
        ("R164", &leas, LEA, Relation::Requester),
        ("R165", &leas, ZOE, Relation::Cc),
        ("R165", &leas, UMA, Relation::Cc),
        ("R166", &leas, TOM, Relation::Colleague),
        ("R166 another organization", &leas, NIL, Relation::None),
        ("R166 does not share", &nils, UMA, Relation::None),
        ("R164", &nils, NIL, Relation::Requester),
        ("R166 another organization", &nils, LEA, Relation::None),
        ("R166 none has none in common", &a_ticket().of(ZOE).world(), LEA, Relation::None),
        (
            "R166 none has none in common",
            &a_ticket().of(UMA).but(|t| t.organization = None).world(),
            ZOE,
            Relation::None,
        ),
    ] {
        assert_eq!(see(who, world), (relation, relation != Relation::None), "{line}: {}", name(who));
    }
    assert!(STAFF.iter().all(|who| see(*who, &leas).1 && see(*who, &a_ticket().private().world()).1));
}

/// R166: colleagues read; they answer only where the organization says so.
#[test]
fn a_colleague_reads_and_does_not_answer() {
    let answering = || {
        a_ticket()
            .status(Status::Solved)
            .world()
            .but(|w| w.organizations.get_mut(&SHOP).unwrap().shared_comments = true)
    };
    check([
        row("R166", a_ticket(), TOM, reply(T), Err(Refusal::ReadOnly)),
        row("R166", a_ticket(), TOM, add_cc(T, "zoe@mail.example"), Err(Refusal::ReadOnly)),
        row("R166 shared comments", answering(), TOM, reply(T), Ok("said public, solved→open")),
        row(
            "R166 their status is not",
            answering(),
            TOM,
            set(T, Status::Solved),
            Err(Refusal::AgentsOnly(Field::Status)),
        ),
        row("R165 a CC answers", a_ticket().cc(ZOE), ZOE, reply(T), Ok("said public")),
        row(
            "R165 and does not solve",
            a_ticket().cc(ZOE).assigned(MARC),
            ZOE,
            set(T, Status::Solved),
            Err(Refusal::AgentsOnly(Field::Status)),
        ),
        row("strangers", a_ticket(), NIL, reply(T), Err(Refusal::NotFound(Thing::Ticket(T)))),
        row("nobody there", a_ticket(), LEA, reply(MISSING), Err(Refusal::NotFound(Thing::Ticket(MISSING)))),
        row("suspended", a_ticket().of(SAM), SAM, reply(T), Err(Refusal::Suspended)),
    ]);
}

/// R167, R168, R174: an answer from the requester's side hands the ticket back to the team.
#[test]
fn an_answer_hands_the_ticket_back() {
    let in_status = |status| a_ticket().cc(ZOE).status(status).assigned(MARC);
    check([
        row("R167", in_status(Status::New), LEA, reply(T), Ok("said public")),
        row("R167", in_status(Status::Open), LEA, reply(T), Ok("said public")),
        row("R174", in_status(Status::Pending), LEA, reply(T), Ok("said public, pending→open")),
        row("R174 a CC's", in_status(Status::Pending), ZOE, reply(T), Ok("said public, pending→open")),
        row("R175", in_status(Status::Hold), LEA, reply(T), Ok("said public, hold→open")),
        row("R168", in_status(Status::Solved), LEA, reply(T), Ok("said public, solved→open")),
        row("R168 a CC's", in_status(Status::Solved), ZOE, reply(T), Ok("said public, solved→open")),
        row("R168 by mail", in_status(Status::Solved), LEA, reply(T), Ok("said public, solved→open")).by(Channel::Mail),
        row("R168 an agent's does not", in_status(Status::Solved), MARC, reply(T), Ok("said public")),
        row("R168 nor a note", in_status(Status::Solved), MARC, note(T), Ok("said private")),
        row("R174 an agent's does not", in_status(Status::Pending), MARC, reply(T), Ok("said public")),
        row(
            "R168 an agent's own request",
            in_status(Status::Solved).of(INES),
            INES,
            reply(T),
            Ok("said public, solved→open"),
        ),
        row("R174 no words", in_status(Status::Pending), LEA, change(T, Change::default()), Ok("")),
        row(
            "no words",
            in_status(Status::Pending),
            LEA,
            say(T, NewComment::public(" "), Change::default()),
            Err(Refusal::Empty(Field::Comment)),
        ),
    ]);
}

/// R169, R170, R175, R176, D8, D11: five labels; New is Open, On-hold as the account chose.
#[test]
fn the_portal_shows_five_statuses() {
    for (status, show, as_open) in [
        (Status::New, Status::Open, Status::Open),
        (Status::Open, Status::Open, Status::Open),
        (Status::Pending, Status::Pending, Status::Pending),
        (Status::Hold, Status::Hold, Status::Open),
        (Status::Solved, Status::Solved, Status::Solved),
        (Status::Closed, Status::Closed, Status::Closed),
    ] {
        let mut world = a_ticket().status(status).world();
        assert_eq!(world.settings.portal_on_hold, OnHold::Show, "D8: the default");
        assert_eq!(world.request(T).status(), show);
        world.settings.portal_on_hold = OnHold::AsOpen;
        assert_eq!(world.request(T).status(), as_open);
    }
}

/// R178, D13: a closed request takes no answer; a follow-up refers to it and keeps what it was about.
#[test]
fn a_closed_request_has_a_follow_up() {
    let closed = || a_ticket().cc(ZOE).status(Status::Closed).group(Some(FIELD)).but(|t| t.tags = tags(&["vip"]));
    let unclosed = Status::ALL.into_iter().filter(|status| *status != Status::Closed);
    check([
        row("R178", closed(), LEA, reply(T), Err(Refusal::Closed(T))),
        row("R178", closed(), LEA, reply(T), Err(Refusal::Closed(T))).by(Channel::Mail),
        row(
            "R178",
            closed(),
            LEA,
            follow_up(T),
            Ok("#2: opened public new in 2 for Lea by Lea, said public; followed by #2"),
        ),
        row(
            "R178 a CC's is the CC's",
            closed(),
            ZOE,
            follow_up(T),
            Ok("#2: opened public new in 2 for Zoe by Zoe, said public; followed by #2"),
        ),
        row(
            "R178 an agent's is the requester's",
            closed(),
            MARC,
            follow_up(T),
            Ok("#2: opened public new in 2 for Lea by Marc, said public; followed by #2"),
        ),
        row("R178 a stranger's", closed(), NIL, follow_up(T), Err(Refusal::NotFound(Thing::Ticket(T)))),
        row("R178 of nothing", closed(), LEA, follow_up(MISSING), Err(Refusal::NotFound(Thing::Ticket(MISSING)))),
    ]);
    check(
        unclosed.map(|status| {
            row("R178", a_ticket().status(status), LEA, follow_up(T), Err(Refusal::FollowUpOfUnclosed(T)))
        }),
    );
    let mut world = closed().world();
    world.act(LEA, &follow_up(T)).unwrap();
    let new = world.ticket(NEXT);
    assert_eq!((new.follow_up_of, new.kind, new.via), (Some(T), Some(HARDWARE), Channel::ClosedTicket));
    assert_eq!((&new.tags, new.assignee, new.ccs.len()), (&tags(&["vip"]), None, 0));
    assert_eq!(world.status(T), Status::Closed, "D13: the closed one stays as it was");
}
