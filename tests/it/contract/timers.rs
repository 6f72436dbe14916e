use super::rules::rule;
use crate::support::town::Town;
use crate::support::world::Timer;
use futures::StreamExt;
use guichet::client::{Error, Ran};
use guichet::domain::act::{Change, Deed, NewTicket, Who};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::TicketId;
use guichet::domain::setup::ItemKind;
use guichet::domain::status::{State, Status};
use guichet::domain::time::Span;
use guichet::domain::timer::Due;
use std::collections::BTreeSet;

async fn run(town: &Town) -> Vec<(TicketId, Timer)> {
    let ran = town.office().run_timers(None, false, None).await.expect("run").rows;
    ran.iter().map(|one: &Ran| (one.ticket, Timer::of(&one.rule.title))).collect()
}

async fn status(town: &Town, id: TicketId) -> Status {
    town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item.status()
}

/// R172, R173
pub async fn a_pending_ticket_is_reminded_and_ends(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Pending)).await;
    town.wait(Span(Span::days(3).0 - 1));
    assert_eq!(run(town).await, []);
    town.wait(Span(1));
    assert_eq!(run(town).await, [(id, Timer::Remind)]);
    assert_eq!(run(town).await, [], "once per Pending");
    town.wait(Span::days(2));
    assert_eq!(run(town).await, [(id, Timer::End)]);
    assert_eq!(status(town, id).await, Status::Closed);
}

/// R177
pub async fn a_solved_ticket_closes_after_four_days(town: &Town) {
    let mut all = Vec::new();
    for n in 0..5 {
        let id = town.ticket(town.ana, &format!("Ticket {n}"), "a").await;
        town.change(id, Change::status(Status::Solved)).await;
        all.push((id, Timer::Close));
    }
    town.wait(Span(Span::days(4).0 - 1));
    assert_eq!(run(town).await, []);
    town.wait(Span(1));
    assert_eq!(run(town).await, all);
    assert!(matches!(town.as_(town.agent).ticket(all[0].0, 1).await.expect("it").item.state, State::Closed { .. }));
}

/// R174, R168
pub async fn an_answer_starts_the_count_again(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Pending)).await;
    town.wait(Span::days(4));
    assert_eq!(run(town).await, [(id, Timer::Remind)]);
    town.reply(town.ana, id, "Here I am.").await;
    assert_eq!(status(town, id).await, Status::Open);
    town.wait(Span::days(2));
    assert_eq!(run(town).await, []);
    town.change(id, Change::status(Status::Pending)).await;
    town.wait(Span::days(3));
    assert_eq!(run(town).await, [(id, Timer::Remind)]);
}

pub async fn a_clock_that_jumps_back_closes_nothing(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Solved)).await;
    town.wait(Span::days(-30));
    assert_eq!(run(town).await, []);
    town.wait(Span::days(30));
    assert_eq!((run(town).await, status(town, id).await), (vec![], Status::Solved));
}

/// R172, R173, R177: a clock that runs a year ahead for a while makes everything due happen once; when it is right again
/// nothing happens a second time, and what begins then waits as long as ever.
pub async fn a_clock_that_jumps_ahead_does_each_thing_once(town: &Town) {
    let year = Span::days(366);
    let pending = town.ticket(town.ana, "Printer", "a").await;
    town.change(pending, Change::status(Status::Pending)).await;
    let solved = town.ticket(town.ana, "Lock", "a").await;
    town.change(solved, Change::status(Status::Solved)).await;
    let open = town.ticket(town.ana, "Bell", "a").await;
    town.wait(year);
    let all = [(pending, Timer::Remind), (pending, Timer::End), (solved, Timer::Close)];
    assert_eq!((run(town).await, run(town).await), (all.to_vec(), vec![]));
    town.wait(Span(-year.0));
    assert_eq!(run(town).await, []);
    town.change(open, Change::status(Status::Pending)).await;
    town.wait(Span(Span::days(3).0 - 1));
    assert_eq!(run(town).await, []);
    town.wait(Span(1));
    assert_eq!((run(town).await, run(town).await), (vec![(open, Timer::Remind)], vec![]));
}

/// A server whose clock ran years ahead takes what it thinks is due and ends before it did anything: the others do it, in
/// time.
pub async fn what_a_wrong_clock_took_is_not_lost(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Pending)).await;
    let far = town.now() + Span::days(3_650);
    let taken = town.store.claim_overdue((far, far), 10).await.expect("what is due");
    assert_eq!(taken.len(), 1);
    town.wait(Span(Span::days(3).0 - 1));
    assert_eq!(run(town).await, []);
    town.wait(Span(1));
    assert_eq!(run(town).await, [(id, Timer::Remind)]);
}

pub async fn a_forecast_says_what_comes_and_a_dry_run_does_nothing(town: &Town) {
    let pending = town.ticket(town.ana, "Printer", "a").await;
    town.change(pending, Change::status(Status::Pending)).await;
    town.wait(Span::hours(1));
    let solved = town.ticket(town.ana, "Lock", "a").await;
    town.change(solved, Change::status(Status::Solved)).await;
    let until = town.now() + Span::days(10);
    let due = town.as_(town.agent).forecast(until, 10).await.expect("a forecast");
    let due: Vec<_> = due.iter().map(|one| (one.ticket, Timer::of(&one.due.slug))).collect();
    assert_eq!(due, [(pending, Timer::Remind), (solved, Timer::Close), (pending, Timer::End)]);
    let dry = town.as_(town.admin).run_timers(Some(until), true, None).await.expect("a dry run").rows;
    assert_eq!(dry.len(), 3);
    assert_eq!((status(town, pending).await, status(town, solved).await), (Status::Pending, Status::Solved));
    let wet = town.as_(town.admin).run_timers(Some(until), false, None).await.expect("a run").rows;
    assert_eq!(wet.len(), 3);
    assert_eq!((status(town, pending).await, status(town, solved).await), (Status::Closed, Status::Closed));
}

/// R172, R173, R177: nobody has to ask for it: whoever has the program open, it is the account that acts, in time.
pub async fn what_is_due_happens_whoever_is_there(town: &Town) {
    let pending = town.ticket(town.ana, "Printer", "a").await;
    town.change(pending, Change::status(Status::Pending)).await;
    let solved = town.ticket(town.ben, "Lock", "a").await;
    town.change(solved, Change::status(Status::Solved)).await;
    let (cleo, ana) = (town.as_(town.cleo), town.as_(town.ana));
    town.wait(Span(Span::days(3).0 - 1));
    assert_eq!(ana.catch_up().await, Ok(0), "never early");
    town.wait(Span(1));
    assert_eq!((ana.catch_up().await, ana.catch_up().await), (Ok(1), Ok(0)), "the reminder, once");
    town.wait(Span::days(30));
    // R109: how much went on with tickets of others is not told.
    assert_eq!((cleo.catch_up().await, ana.catch_up().await), (Ok(0), Ok(0)), "after a pause");
    for id in [pending, solved] {
        assert_eq!(status(town, id).await, Status::Closed);
        let audit = town.as_(town.agent).audits(id, 0, 9).await.expect("the history").rows.pop().expect("an audit");
        assert_eq!((audit.who, audit.via), (Who::System, Channel::Rule));
    }
}

/// However much is due, it is told and done a part at a time: nothing twice, nothing left out.
pub async fn what_is_due_comes_in_pages(town: &Town) {
    let due = futures::stream::iter(0..1_010).map(|n| async move {
        let mut new = NewTicket::new(format!("Printer {n}"), NewComment::note("a"));
        new.status = Some(Status::Solved);
        town.does(town.agent, Deed::CreateTicket(Box::new(new))).await;
    });
    due.buffer_unordered(64).collect::<Vec<()>>().await;
    let at = Some(town.now() + Span::days(5));
    let admin = town.as_(town.admin);
    for dry_run in [true, false] {
        let (mut seen, mut pages, mut after) = (BTreeSet::new(), 0, None);
        loop {
            let page = admin.run_timers(at, dry_run, after).await.expect("a page");
            assert!(page.rows.len() <= 1_000, "dry: {dry_run}");
            pages += 1;
            assert!(page.rows.iter().all(|ran| seen.insert(ran.ticket)), "dry: {dry_run}");
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((seen.len(), pages), (1_010, 2), "dry: {dry_run}");
    }
    let garbled = Some(guichet::client::Cursor("nowhere".to_owned()));
    assert!(matches!(admin.run_timers(at, true, garbled).await, Err(Error::Garbled(_))));
}

pub async fn only_admins_run_timers(town: &Town) {
    assert_eq!(town.as_(town.agent).run_timers(None, true, None).await, Err(Error::Denied));
    assert_eq!(town.as_(town.ana).run_timers(None, false, None).await, Err(Error::Denied));
}

/// Z10, R126: what comes by itself is told beforehand to requesters too, but not what comes or does not by what only the team
/// sees, nor what it leaves of the rest: its moment would tell of a note.
pub async fn requesters_are_foretold_only_what_comes_by_what_they_see(town: &Town) {
    let when = "pending at least 1 hour ago and updated at least 4 days ago";
    rule(town, ItemKind::Automation, "stale", when, &["status: solved"]).await;
    let when = "pending at least 1 day ago and priority is none";
    rule(town, ItemKind::Automation, "raised", when, &["priority: high"]).await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Pending)).await;
    let slugs = |due: Vec<Due>| due.into_iter().map(|one| one.slug).collect::<Vec<_>>();
    let agents = async || slugs(town.as_(town.agent).ticket(id, 1).await.expect("the ticket").due);
    let requesters = async || slugs(town.as_(town.ana).request(id, 1).await.expect("the request").due);
    assert_eq!(agents().await, ["raised", "remind", "stale"]);
    assert_eq!(requesters().await, ["remind", "end"]);
    town.wait(Span::days(2));
    town.note(id, "Between us.").await;
    assert_eq!(agents().await, ["raised", "remind", "end"]);
    assert_eq!(requesters().await, ["remind", "end"], "a note changes nothing of theirs");
}
