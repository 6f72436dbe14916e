//! Every person by every way tries every deed on every ticket of a small world; the laws of [`super::step`] hold.
//! R109, R125, R126, R127, D11, D13, D17, D19

use super::step::{try_deed, try_timer};
use crate::support::world::*;
use guichet::domain::audience::{self, Viewer};
use guichet::domain::comment::{Channel, Visibility};
use guichet::domain::id::TicketId;
use guichet::domain::refusal::{Refusal, Thing};
use guichet::domain::status::Status;
use guichet::domain::time::Span;

const OTHER: TicketId = TicketId(2);

/// Tickets of every status, with every mix of comments that matters, in several hands, of several people.
fn every_ticket() -> Vec<Given> {
    let mut all = Vec::new();
    for status in Status::ALL {
        for given in [a_ticket(), a_ticket().reply(MARC), a_ticket().note(MARC), a_ticket().private()] {
            for requester in [LEA, NIL, MARC] {
                for assignee in [None, Some(MARC)] {
                    let given = given.clone().status(status).of(requester).cc(ZOE);
                    all.push(assignee.into_iter().fold(given, Given::assigned));
                }
            }
        }
    }
    all
}

#[test]
fn every_deed_by_everybody_on_every_ticket_keeps_the_laws() {
    let deeds = every_deed(T, OTHER);
    let mut allowed = 0;
    for given in every_ticket() {
        let world = given.world().and(a_ticket().numbered(OTHER).status(Status::Open));
        for who in EVERYBODY {
            for via in [Channel::Web, Channel::Mail] {
                for deed in &deeds {
                    allowed += usize::from(try_deed(&world, who, via, deed).unwrap().is_some());
                }
            }
        }
        for timer in Timer::ALL {
            let later = world.clone().after(Span::days(6));
            try_timer(&later, timer, T).unwrap();
        }
    }
    assert!(allowed > 10_000, "only {allowed} steps were allowed: the world is too small to show anything");
}

/// R109: whoever may not see a ticket is told what they are told of a number that was never used.
#[test]
fn what_one_may_not_see_is_not_there() {
    let deeds = every_deed(T, OTHER);
    let mut hidden = 0;
    for given in every_ticket() {
        let world = given.world().and(a_ticket().numbered(OTHER).status(Status::Open));
        for who in END_USERS {
            let person = &world.people[&who];
            let shares = person.organization.is_some_and(|id| world.organizations[&id].shared_tickets);
            let viewer = Viewer::of(person, shares);
            if audience::may_see(&viewer, world.ticket(T)) {
                continue;
            }
            hidden += 1;
            for deed in &deeds {
                let answer = world.decide(who, Channel::Web, deed);
                let missing = matches!(answer, Err(Refusal::NotFound(Thing::Ticket(_)) | Refusal::Role { .. }));
                assert!(missing, "{}: {deed:?}: {answer:?}", name(who));
                let without = World { tickets: [(OTHER, world.ticket(OTHER).clone())].into(), ..world.clone() };
                assert_eq!(answer, without.decide(who, Channel::Web, deed), "{}: {deed:?}", name(who));
            }
        }
    }
    assert!(hidden > 100);
}

/// R126: nothing that is said or done among agents changes one thing that a requester sees.
#[test]
fn notes_and_housekeeping_are_invisible() {
    for status in [Status::New, Status::Open, Status::Pending, Status::Hold, Status::Solved] {
        let world = a_ticket().status(status).assigned(MARC).world();
        let seen = world.request(T);
        for deed in [
            note(T),
            change(T, guichet::domain::act::Change { add_tags: tags(&["vip"]), ..Default::default() }),
            add_follower(T, INES),
        ] {
            let mut after = world.clone().after(Span::hours(1));
            after.act(MARC, &deed).unwrap();
            assert_eq!(after.request(T), seen, "{status:?}: {deed:?}");
            assert!(after.ticket(T).updated_at > world.ticket(T).updated_at);
        }
    }
    let world = a_ticket().assigned(MARC).world();
    let mut opened = world.clone().after(Span::hours(1));
    opened.act(MARC, &set(T, Status::Open)).unwrap();
    assert_eq!(opened.request(T), world.request(T), "D11: New and Open are the same to a requester");
    opened.settings.portal_on_hold = guichet::domain::account::OnHold::AsOpen;
    opened.act(MARC, &set(T, Status::Hold)).unwrap();
    assert_eq!(opened.request(T), world.request(T), "D8: and On-hold where it is shown as Open");
}

/// What a requester sees changed is changed for them, and so at the top of their list.
#[test]
fn what_a_requester_sees_changed_is_news_to_them() {
    use guichet::domain::act::Change;
    let world = a_ticket().status(Status::Open).assigned(MARC).world();
    for wanted in [
        Change { assignee: Some(None), ..Change::default() },
        Change { due_at: Some(Some(NOW)), ..Change::default() },
        Change { status: Some(Status::Hold), ..Change::default() },
    ] {
        let mut after = world.clone().after(Span::hours(1));
        after.act(MARC, &change(T, wanted.clone())).unwrap();
        assert!(after.request(T).updated_at > world.request(T).updated_at, "{wanted:?}");
    }
}

/// R096, R109, R124, R126, R164-R166: the table of who sees what, written out.
#[test]
fn who_sees_what() {
    for visibility in [Visibility::Public, Visibility::Internal] {
        let given = if visibility == Visibility::Public { a_ticket() } else { a_ticket().private() };
        let world = given.cc(UMA).world();
        for who in EVERYBODY {
            let person = &world.people[&who];
            let shares = person.organization.is_some_and(|id| world.organizations[&id].shared_tickets);
            let viewer = Viewer::of(person, shares);
            let staff = person.role.is_staff();
            let near = [LEA, TOM, SAM, UMA].contains(&who);
            let public = visibility == Visibility::Public;
            assert_eq!(audience::may_see(&viewer, world.ticket(T)), staff || (public && near), "{}", name(who));
            let reads = audience::may_read(&viewer, world.ticket(T), visibility);
            assert_eq!(reads, staff || (public && near), "{}", name(who));
        }
    }
}
