//! How long a ticket took, by its history.

use crate::support::world::*;
use guichet::domain::act::{Change, Deed};
use guichet::domain::comment::NewComment;
use guichet::domain::event::Audit;
use guichet::domain::id::{AuditId, PersonId};
use guichet::domain::metrics::{Metrics, Minutes, metrics};
use guichet::domain::schedule::OpenHours;
use guichet::domain::status::Status;
use guichet::domain::time::{Span, Timestamp};

/// Sunday 2026-11-22 10:42:30 UTC; the office opens on Monday at 9.
const HOURS: &str = "09:00-17:00";

fn office() -> OpenHours {
    let day = || vec![HOURS.to_owned()];
    let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
    OpenHours::read("Europe/London", &week, &[]).expect("hours")
}

/// A request of Lea's, and what was done to it since: who, so many minutes after its opening, what.
fn course(deeds: &[(PersonId, i64, Deed)]) -> Vec<Audit> {
    let mut world = World::new();
    let mut history = Vec::new();
    let opening = (LEA, 0, create(new_request()));
    for (who, minutes, deed) in std::iter::once(&opening).chain(deeds) {
        world.now = NOW + Span::minutes(*minutes);
        let decision = world.act(*who, deed).expect("it can be done");
        for entry in decision.entries {
            let number = i64::try_from(history.len()).unwrap_or_default() + 1;
            let (who, via, at, events) = (entry.who, entry.via, entry.at, entry.events);
            history.push(Audit { id: AuditId(number), chain: entry.chain, number, at, who, via, events });
        }
    }
    history
}

fn of(deeds: &[(PersonId, i64, Deed)]) -> Metrics {
    metrics(&course(deeds), None).expect("a ticket's history")
}

fn minutes(both: i64) -> Minutes {
    Minutes { calendar: both, business: both }
}

fn at(minutes: i64) -> Timestamp {
    NOW + Span::minutes(minutes)
}

#[test]
fn what_was_only_opened_has_taken_nothing_yet() {
    let metrics = of(&[]);
    assert_eq!((metrics.created_at, metrics.updated_at), (NOW, NOW));
    assert_eq!((metrics.replies, metrics.reopens, metrics.assignee_stations, metrics.group_stations), (0, 0, 0, 1));
    assert_eq!((metrics.reply_time, metrics.first_resolution_time, metrics.solved_at), (None, None, None));
    assert_eq!(metrics.requester_wait_time, minutes(0), "a stay counts when it ends");
    assert_eq!((metrics.latest_comment_added_at, metrics.requester_updated_at), (Some(NOW), Some(NOW)));
}

#[test]
fn each_time_is_counted_in_its_statuses() {
    let public = |text: &str| NewComment::public(text);
    let metrics = of(&[
        (MARC, 10, say(T, NewComment::note("Who?"), Change { assignee: Some(Some(MARC)), ..Change::default() })),
        (MARC, 30, say(T, public("Which printer?"), Change::status(Status::Pending))),
        (LEA, 90, reply(T)),
        (MARC, 100, set(T, Status::Hold)),
        (MARC, 160, say(T, public("Mended."), Change::status(Status::Solved))),
        (LEA, 200, reply(T)),
        (
            INES,
            230,
            say(
                T,
                public("Now?"),
                Change { group: Some(Some(FIELD)), assignee: Some(Some(INES)), ..Change::status(Status::Solved) },
            ),
        ),
    ]);
    assert_eq!((metrics.replies, metrics.reopens), (3, 1));
    assert_eq!((metrics.assignee_stations, metrics.group_stations), (2, 2));
    assert_eq!(metrics.reply_time, Some(minutes(30)), "a note is no answer");
    assert_eq!(metrics.first_resolution_time, Some(minutes(160)));
    assert_eq!(metrics.full_resolution_time, Some(minutes(230)));
    assert_eq!(metrics.agent_wait_time, minutes(60), "pending");
    assert_eq!(metrics.on_hold_time, minutes(60));
    assert_eq!(metrics.requester_wait_time, minutes(10 + 20 + 10 + 60 + 30), "new, open, open, on hold, open again");
    assert_eq!((metrics.initially_assigned_at, metrics.assigned_at), (Some(at(10)), Some(at(230))));
    assert_eq!((metrics.solved_at, metrics.status_updated_at), (Some(at(230)), at(230)));
    assert_eq!((metrics.assignee_updated_at, metrics.requester_updated_at), (Some(at(230)), Some(at(200))));
    assert_eq!(metrics.latest_comment_added_at, Some(at(230)));
}

#[test]
fn business_minutes_are_those_in_which_the_office_is_open() {
    let day = 24 * 60;
    let history = course(&[(MARC, day, say(T, NewComment::public("Done."), Change::status(Status::Solved)))]);
    let metrics = metrics(&history, Some(&office())).expect("a ticket's history");
    // Sunday 10:42:30 to Monday 10:42:30: open from 9.
    assert_eq!(metrics.reply_time, Some(Minutes { calendar: day, business: 102 }));
    assert_eq!(metrics.full_resolution_time, Some(Minutes { calendar: day, business: 102 }));
    assert_eq!(metrics.requester_wait_time, Minutes { calendar: day, business: 102 });
}

#[test]
fn what_is_no_ticket_has_no_metrics() {
    assert_eq!(metrics(&[], None), None);
}
