//! When a condition becomes true by itself (Z10, R172, R173, R177), and why it is or is not (Z09).

use super::chance::condition;
use super::sentence::directory;
use super::{agent, facts, leas, read};
use crate::support::world::NOW;
use chrono::DateTime;
use guichet::domain::act::Who;
use guichet::domain::comment::Channel;
use guichet::domain::condition::{
    Actual, Around, Asker, Condition, Moment, Op, OpenUnit, Test, Text, Unit, Update, When,
};
use guichet::domain::id::ScheduleId;
use guichet::domain::schedule::{OpenHours, Schedule};
use guichet::domain::status::{State, Status};
use guichet::domain::ticket::Ticket;
use guichet::domain::time::{Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

fn at(text: &str) -> Timestamp {
    Timestamp(DateTime::parse_from_rfc3339(text).expect("a moment").timestamp_millis())
}

/// Two schedules: an office in Paris, nights in New York.
fn around() -> Around {
    let week = |texts: &[&str]| -> [Vec<String>; 7] {
        std::array::from_fn(|_| texts.iter().map(ToString::to_string).collect())
    };
    let schedule = |id, zone, texts: &[&str]| {
        let hours = OpenHours::read(zone, &week(texts), &["2026-03-30".to_owned()]).expect("hours");
        (ScheduleId(id), Schedule { id: ScheduleId(id), name: zone.to_owned(), hours })
    };
    let schedules = [
        schedule(1, "Europe/Paris", &["09:00-12:00", "13:00-17:00"]),
        schedule(2, "America/New_York", &["00:00-04:00", "22:00-24:00"]),
    ];
    Around { language: "en".into(), schedules: schedules.into() }
}

fn from(now: Timestamp) -> Asker {
    Asker { now, ..agent(around()) }
}

/// R172, R173, R177: at the moment, not a millisecond before.
#[test]
fn a_timer_is_true_at_its_moment_and_not_before() {
    let since = at("2026-03-27T17:00:00Z");
    let (mut ticket, text) = leas();
    ticket.state = State::entered(Status::Pending, since);
    ticket.status_at = since;
    ticket.due_at = Some(at("2026-04-01T12:00:00Z"));
    let rows = [
        ("pending at least 3 days ago", Some("2026-03-30T17:00:00Z")),
        ("pending more than 3 days ago", Some("2026-03-30T17:00:00.001Z")),
        ("solved at least 4 days ago", None),
        ("pending at least 3 days ago and pending less than 2 days ago", None),
        ("pending at least 3 days ago or due in at most 3 days", Some("2026-03-29T12:00:00Z")),
        ("due in less than 0 minutes", Some("2026-04-01T12:00:00.001Z")),
        // Friday 18:00 in Paris; Monday is a holiday, the hours are every day's.
        ("pending at least 1 business hour ago by schedule Paris", Some("2026-03-28T09:00:00Z")),
        ("pending at least 9 business hours ago by schedule Paris", Some("2026-03-29T09:00:00Z")),
        ("pending more than 14 business hours ago by schedule Paris", Some("2026-03-31T07:00:00.001Z")),
        ("pending at least 14 business hours ago by schedule Paris", Some("2026-03-29T15:00:00Z")),
        ("not pending less than 1 hour ago", Some("2026-03-27T18:00:00Z")),
        ("status is pending", Some("2026-03-27T17:00:00Z")),
        ("pending at least 1 business hour ago by schedule #9", None),
    ];
    for (sentence, expected) in rows {
        let condition = read(sentence, &directory());
        let found = condition.next_true(&facts(&ticket, &text), &from(since));
        assert_eq!(found, expected.map(at), "{sentence}");
        if let Some(found) = found.filter(|found| *found > since) {
            let early = from(found + Span(-1));
            assert!(!condition.holds(&facts(&ticket, &text), &early), "{sentence} is early");
        }
    }
}

/// Z09: each part with what the ticket has instead.
#[test]
fn a_reason_names_what_the_ticket_has() {
    let (ticket, text) = leas();
    let condition = read("status is solved and (group is \"Support Ops\" or not priority is none)", &directory());
    let why = condition.explain(&facts(&ticket, &text), &agent(Around::default()));
    assert!(!why.holds && !why.parts[0].holds && why.parts[1].holds);
    assert_eq!(why.parts[0].has, Some(Actual::Status(Status::New)));
    assert_eq!(why.parts[0].asked.sentence(&directory()), "status is solved");
    let group = &why.parts[1].parts[0];
    assert_eq!(group.has.as_ref().map(|has| has.sentence(&directory())).as_deref(), Some("\"Support Ops\""));
    let priority = &why.parts[1].parts[1];
    assert!(!priority.holds && priority.parts[0].holds, "{priority:?}");
    assert_eq!(priority.parts[0].has, Some(Actual::Nothing));
    let mut after = ticket.clone();
    after.state = State::Solved { since: NOW };
    let mut facts = facts(&after, &text);
    facts.update =
        Some(Update { before: Some(&ticket), comment: None, who: Who::System, role: None, via: Channel::Rule });
    let why = read("status changed to closed", &directory()).explain(&facts, &agent(Around::default()));
    assert_eq!(why.has.map(|has| has.sentence(&directory())).as_deref(), Some("new -> solved"));
}

const STEP: i64 = 15 * 60_000;

/// Moments on quarters of hours around a change of clocks.
fn quarter() -> impl Strategy<Value = Timestamp> {
    (select(vec!["2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z", "2028-02-28T00:00:00Z"]), 0..200_i64)
        .prop_map(|(day, quarter)| at(day) + Span(quarter * STEP))
}

fn timed() -> impl Strategy<Value = Condition> {
    let moments = vec![
        Moment::Created,
        Moment::Updated,
        Moment::Due,
        Moment::Entered(Status::Pending),
        Moment::Assigned,
        Moment::RequesterSaid,
        Moment::Solved,
    ];
    let away = prop_oneof![
        (0..60_u32, Just(Unit::Hours)).prop_map(|(count, unit)| When::Away(count, unit)),
        (0..4_u32, Just(Unit::Days)).prop_map(|(count, unit)| When::Away(count, unit)),
        (0..20_u32, 1..3_i64).prop_map(|(count, id)| When::Open(count, OpenUnit::Hours, ScheduleId(id))),
        quarter().prop_map(|at| When::At(at, guichet::domain::condition::Precision::Second)),
    ];
    let ops = Op::ALL.to_vec();
    let test = (select(moments), select(ops), away).prop_map(|(moment, op, when)| Test::Time(moment, op, when));
    let part = (any::<bool>(), test).prop_map(|(not, test)| {
        let part = Condition::Test(test);
        if not { Condition::Not(Box::new(part)) } else { part }
    });
    let any = prop::collection::vec(part, 1..3).prop_map(Condition::Any);
    prop::collection::vec(any, 1..4).prop_map(Condition::All)
}

fn waiting() -> impl Strategy<Value = Ticket> {
    (quarter(), quarter(), quarter(), any::<bool>()).prop_map(|(one, two, three, due)| {
        let (mut ticket, _) = leas();
        ticket.created_at = one.min(two);
        ticket.updated_at = one.max(two);
        ticket.status_at = two;
        ticket.state = State::entered(Status::Pending, two);
        ticket.assigned_at = Some(three);
        ticket.due_at = due.then_some(three + Span::hours(30));
        ticket
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_global_rejects: 10_000, ..ProptestConfig::default() })]

    /// The first moment is what trying every moment finds: over daylight saving, a leap day and business hours.
    #[test]
    fn a_forecast_is_what_waiting_finds(ticket in waiting(), condition in timed(), now in quarter()) {
        let text = Text::default();
        let facts = facts(&ticket, &text);
        let mut asker = from(now);
        let found = condition.next_true(&facts, &asker);
        // Everything lies on quarters, so truth turns on them or right after.
        let mut waited = None;
        'waiting: for step in 0..10 * 96 {
            for just_after in [0, 1] {
                asker.now = now + Span(step * STEP + just_after);
                if condition.holds(&facts, &asker) {
                    waited = Some(asker.now);
                    break 'waiting;
                }
            }
        }
        let end = now + Span(10 * 96 * STEP);
        prop_assert_eq!(found.filter(|at| *at < end), waited, "{}", condition.sentence(&directory()));
    }

    /// Z09: the reason and the answer are one evaluation.
    #[test]
    fn a_reason_says_what_holds(condition in condition(), ticket in waiting(), is_update in any::<bool>()) {
        let text = Text::of("Printer 42", ["a b"]);
        let mut facts = facts(&ticket, &text);
        if is_update {
            facts.update = Some(Update { before: None, comment: None, who: Who::System, role: None, via: Channel::Rule });
        }
        let asker = from(NOW);
        let why = condition.explain(&facts, &asker);
        prop_assert_eq!(why.holds, condition.holds(&facts, &asker));
        let mut parts = vec![&why];
        while let Some(part) = parts.pop() {
            prop_assert_eq!(part.holds, part.asked.holds(&facts, &asker));
            parts.extend(&part.parts);
        }
    }
}
