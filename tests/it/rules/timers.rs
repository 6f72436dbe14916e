//! What happens by itself: never early, once, and never against an answer.

use crate::support::world::*;
use guichet::domain::account::PendingEnd;
use guichet::domain::act::{Change, Deed, Setting};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::person::Role;
use guichet::domain::refusal::Refusal;
use guichet::domain::status::Status;
use guichet::domain::time::{Span, Timestamp};
use guichet::domain::timer::Does;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const SECOND: Span = Span(1000);

fn pending() -> World {
    a_ticket().status(Status::Pending).world()
}

fn at(mut world: World, at: Timestamp) -> World {
    world.now = at;
    world
}

fn before(moment: Timestamp) -> Timestamp {
    moment + Span(-SECOND.0)
}

fn set_waits(world: &mut World, remind: Option<Span>, end: Option<Span>, close: Option<Span>) {
    for setting in [Setting::RemindAfter(remind), Setting::EndAfter(end), Setting::CloseAfter(close)] {
        world.set(setting);
    }
}

fn run(world: &mut World, timer: Timer) -> Result<String, Refusal> {
    world.run(timer, T).map(|decision| told(&decision))
}

/// R172: one reminder after 3 days, not two, and none early.
#[test]
fn the_requester_is_reminded_once_after_three_days() {
    let due = NOW + Span::days(3);
    assert_eq!(run(&mut at(pending(), before(due)), Timer::Remind), Err(Refusal::NotDue));
    let mut world = at(pending(), due);
    assert_eq!(run(&mut world, Timer::Remind).as_deref(), Ok("automation remind, told Lea, once"));
    assert_eq!(world.status(T), Status::Pending);
    for days in [0, 1, 30] {
        assert_eq!(run(&mut world.clone().after(Span::days(days)), Timer::Remind), Err(Refusal::NotDue));
    }
}

/// R173, D9: after 5 days it ends, Closed or Solved as the account chose.
#[test]
fn a_pending_ticket_ends_after_five_days() {
    let due = NOW + Span::days(5);
    assert_eq!(run(&mut at(pending(), before(due)), Timer::End), Err(Refusal::NotDue));
    assert_eq!(run(&mut at(pending(), due), Timer::End).as_deref(), Ok("automation end, pending→closed, told Lea"));
    let mut world = at(pending(), due).but(|world| world.set(Setting::PendingEnd(PendingEnd::Solved)));
    assert_eq!(run(&mut world, Timer::End).as_deref(), Ok("automation end, pending→solved, told Lea"));
    assert_eq!(world.act(LEA, &reply(T)).map(|decision| told(&decision)).as_deref(), Ok("said public, solved→open"));
    let mut reminded = at(pending(), NOW + Span::days(3));
    run(&mut reminded, Timer::Remind).unwrap();
    assert_eq!(
        run(&mut at(reminded, due), Timer::End).as_deref(),
        Ok("automation end, pending→closed, told Lea"),
        "D9: counted from the entry"
    );
}

/// R174: an answer a second before wins; a new Pending starts at zero, with a reminder of its own.
#[test]
fn an_answer_one_second_before_wins() {
    let due = NOW + Span::days(5);
    let mut world = at(pending(), NOW + Span::days(3));
    run(&mut world, Timer::Remind).unwrap();
    world = at(world, before(due));
    world.act(LEA, &reply(T)).unwrap();
    assert_eq!(world.status(T), Status::Open);
    world = at(world, due);
    for timer in Timer::ALL {
        assert_eq!(run(&mut world, timer), Err(Refusal::NotDue));
    }
    world.act(MARC, &set(T, Status::Pending)).unwrap();
    assert_eq!(
        run(&mut world.clone().after(Span::days(3)), Timer::Remind).as_deref(),
        Ok("automation remind, told Lea, once")
    );
    assert_eq!(run(&mut at(world.clone(), before(due + Span::days(5))), Timer::End), Err(Refusal::NotDue));
    assert!(run(&mut world.after(Span::days(5)), Timer::End).is_ok());
}

/// R177, D10: Solved becomes Closed after 4 days, or what the account chose; a reopening restarts the count.
#[test]
fn a_solved_ticket_closes_by_itself() {
    let solved = || a_ticket().status(Status::Solved).assigned(MARC).world();
    let due = NOW + Span::days(4);
    assert_eq!(run(&mut at(solved(), before(due)), Timer::Close), Err(Refusal::NotDue));
    assert_eq!(run(&mut at(solved(), due), Timer::Close).as_deref(), Ok("automation close, solved→closed"));
    let mut world = at(solved(), before(due));
    world.act(LEA, &reply(T)).unwrap();
    assert_eq!(run(&mut at(world.clone(), due), Timer::Close), Err(Refusal::NotDue));
    world.act(MARC, &set(T, Status::Solved)).unwrap();
    assert_eq!(run(&mut world.clone().after(Span(Span::days(4).0 - 1)), Timer::Close), Err(Refusal::NotDue));
    assert!(run(&mut world.after(Span::days(4)), Timer::Close).is_ok());
    let hourly = |world: &mut World| world.set(Setting::CloseAfter(Some(Span::hours(1))));
    assert!(run(&mut solved().but(hourly).after(Span::hours(1)), Timer::Close).is_ok(), "D10");
}

/// D9: what does not answer does not count: notes, tags, an agent's reply leave the entry into Pending where it is.
#[test]
fn the_count_is_from_the_entry() {
    let mut world = pending().after(Span::days(2));
    for deed in
        [note(T), reply(T), set(T, Status::Pending), say(T, NewComment::public("?"), Change::status(Status::Pending))]
    {
        world.act(MARC, &deed).unwrap();
    }
    assert!(run(&mut at(world, NOW + Span::days(5)), Timer::End).is_ok());
}

/// D9: each timer can be switched off; then nothing is ever due.
#[test]
fn a_timer_that_is_off_does_nothing() {
    let off = |world: &mut World| set_waits(world, None, None, None);
    for status in Status::ALL {
        let mut world = a_ticket().status(status).world().but(off).after(Span::days(4000));
        for timer in Timer::ALL {
            assert_eq!(run(&mut world, timer), Err(Refusal::NotDue));
        }
        assert!(world.due(T).is_empty());
    }
}

/// Only the account itself runs timers: whoever else asks is refused, also an admin.
#[test]
fn nobody_plays_the_clock() {
    let due = pending().after(Span::days(5));
    let deed = Deed::RunAutomations { ticket: T };
    check(STAFF.map(|who| row("R173", due.clone(), who, deed.clone(), Err(Refusal::Role { needs: Role::Admin }))));
    assert!(due.decide(LEA, Channel::Web, &deed).is_err());
}

/// A clock that jumps back does nothing, and what was begun while it ran behind is not due once it is right again.
#[test]
fn a_clock_that_jumps_back_closes_nothing() {
    for days in [1, 100, 20_000] {
        let mut world = pending().after(Span::days(-days));
        for timer in Timer::ALL {
            assert_eq!(run(&mut world, timer), Err(Refusal::NotDue));
        }
    }
    let mut world = a_ticket().status(Status::Open).but(|t| t.updated_at = NOW).world().after(Span::days(-100));
    world.act(MARC, &set(T, Status::Pending)).unwrap();
    for timer in Timer::ALL {
        assert_eq!(run(&mut at(world.clone(), NOW + SECOND), timer), Err(Refusal::NotDue), "{timer:?}");
    }
    assert!(world.ticket(T).updated_at >= NOW, "and no time of the ticket runs backwards");
}

/// Z10: what is said to come is what comes, when it comes, and nothing else.
#[test]
fn the_forecast_comes_true() {
    for given in [a_ticket(), a_ticket().private()] {
        for status in Status::ALL {
            for end in [PendingEnd::Closed, PendingEnd::Solved] {
                for remind_after in [None, Some(Span::days(3)), Some(Span::days(5)), Some(Span::days(6))] {
                    let mut world = given.clone().status(status).world();
                    world.set(Setting::PendingEnd(end));
                    world.set(Setting::RemindAfter(remind_after));
                    comes_true(world);
                }
            }
        }
    }
}

fn comes_true(mut world: World) {
    let forecast = world.due(T);
    let starting = world.status(T);
    for due in &forecast {
        assert_eq!(run(&mut at(world.clone(), before(due.at)), Timer::of(&due.slug)), Err(Refusal::NotDue));
        world = at(world, due.at);
        run(&mut world, Timer::of(&due.slug)).unwrap();
        assert_eq!(world.status(T) == Status::Closed, due.does == Does::Closes, "{due:?}");
    }
    if world.status(T) == starting {
        let mut much_later = world.after(Span::days(4000));
        for timer in Timer::ALL {
            assert_eq!(run(&mut much_later, timer), Err(Refusal::NotDue), "{forecast:?}");
        }
    }
}

/// R109: of a private ticket nobody is reminded, and the forecast does not say so.
#[test]
fn nobody_is_reminded_of_a_private_ticket() {
    let mut world = a_ticket().private().status(Status::Pending).world().after(Span::days(4));
    assert_eq!(run(&mut world, Timer::Remind), Err(Refusal::NotDue));
    let coming = |world: &World| world.due(T).iter().map(|due| Timer::of(&due.slug)).collect::<Vec<_>>();
    assert_eq!(coming(&world), [Timer::End]);
    assert_eq!(coming(&pending()), [Timer::Remind, Timer::End]);
}

fn config() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(9), failure_persistence: None, ..ProptestConfig::with_cases(256) }
}

proptest! {
    #![proptest_config(config())]

    /// R172, R173, R177: whatever the waits and the moment, a timer runs from its moment on and never before.
    #[test]
    fn timers_are_never_early(
        waits in (0i64..50, 0i64..50, 1i64..28),
        moment in -10_000i64..6_000_000,
        status in proptest::sample::select(&Status::ALL[..]),
    ) {
        let mut world = a_ticket().status(status).world();
        let span = |days: i64| (days > 0).then(|| Span::days(days));
        set_waits(&mut world, span(waits.0), span(waits.1), span(waits.2));
        world.now = NOW + Span(moment * 1000);
        for timer in Timer::ALL {
            let begun = world.ticket(T).status_at;
            let (of, wait) = match timer {
                Timer::Remind => (Status::Pending, span(waits.0)),
                Timer::End => (Status::Pending, span(waits.1)),
                Timer::Close => (Status::Solved, span(waits.2)),
            };
            let due = wait.filter(|_| of == status).map(|wait| begun + wait);
            let ran = run(&mut world.clone(), timer).is_ok();
            prop_assert_eq!(ran, due.is_some_and(|due| due <= world.now));
        }
    }
}
