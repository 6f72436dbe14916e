//! What the account's rules cost: triggers on an update, a look for what is due, and many tickets due at once.

use crate::stand::Stand;
use crate::table::{Table, Times};
use guichet::client::{Client, Key, ListAsk, Source};
use guichet::domain::act::{Change, Deed};
use guichet::domain::id::TicketId;
use guichet::domain::setup::{Datum, Directory, Document, Item, ItemKey, ItemKind};
use guichet::domain::status::Priority;
use guichet::domain::time::Timestamp;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 300;
const TRIGGERS: usize = 100;
const DUE: usize = 10_000;

pub async fn measure(stand: &Stand, table: &mut Table) {
    idle(stand, table).await;
    triggers(stand, table).await;
    many_due(stand, table).await;
}

/// Nothing is due: what a look for it costs.
async fn idle(stand: &Stand, table: &mut Table) {
    stand.admin.catch_up().await.expect("what is due is done");
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        stand.admin.catch_up().await.expect("nothing is due");
        times.push(began.elapsed());
    }
    let figure = format!("{:.3} ms, p99 {:.3} ms", times.at(50), times.at(99));
    table.add("the scheduler with nothing due", figure, "at most 50 ms", times.at(99) <= 50.0);
}

/// Updates without triggers beside updates with a hundred that are all tried and none of which has anything to do.
async fn triggers(stand: &Stand, table: &mut Table) {
    let before: Vec<ItemKey> = keys(stand).await;
    for key in &before {
        act(stand, &format!("off-{}", key.id), Deed::DeleteItem(*key)).await;
    }
    // The first ones read pages that the later ones find in memory.
    updates(stand, "first").await;
    let without = updates(stand, "without").await;
    for number in 0..TRIGGERS {
        act(stand, &format!("on-{number}"), Deed::SetItem(Box::new(trigger(number)))).await;
    }
    let with = updates(stand, "with").await;
    for key in keys(stand).await {
        act(stand, &format!("gone-{}", key.id), Deed::DeleteItem(key)).await;
    }
    let added = with.at(50) - without.at(50);
    let figure = format!("{added:.3} ms more than {:.3} ms", without.at(50));
    table.add("100 triggers on an update", figure, "at most 2 ms", added <= 2.0);
}

async fn keys(stand: &Stand) -> Vec<ItemKey> {
    let items = stand.admin.items(ItemKind::Trigger).await.expect("the triggers come");
    items.iter().map(Item::key).collect()
}

fn trigger(number: usize) -> Item {
    let when = [
        format!("status changed to solved and priority is urgent and tags include vip{number} and comment is public"),
        format!("ticket is created and channel is email and tags include part{number} and requester is not none"),
        format!("comment has \"refund {number}\" and update by end-user and status is pending"),
        format!("assignee changed and group is none and not (tags include a{number} or tags include b{number})"),
    ];
    let document = Document::default()
        .with("title", format!("Trigger {number}"))
        .with("when", when[number % when.len()].as_str())
        .with("actions", vec![Datum::from(format!("add tags: t{number}"))]);
    Item::read(ItemKind::Trigger, 0, &document, &Directory::default()).expect("a trigger")
}

async fn updates(stand: &Stand, name: &str) -> Times {
    let mut times = Times::default();
    for round in 0..ROUNDS {
        let priority = if round % 2 == 0 { Priority::High } else { Priority::Low };
        let change = Change { priority: Some(Some(priority)), ..Change::default() };
        let ticket = TicketId(stand.open_ticket(round / 2));
        let deed = Deed::UpdateTicket { ticket, change: Box::new(change), comment: None, expect: None };
        let began = Instant::now();
        act(stand, &format!("{name}-{round}"), deed).await;
        times.push(began.elapsed());
    }
    times
}

async fn act(stand: &Stand, key: &str, deed: Deed) {
    let key = Key(format!("{}-rules-{key}", stand.run));
    Client::act(&stand.admin, key, deed).await.expect("it is done");
}

/// Ten thousand tickets are due at one moment, and somebody reads lists meanwhile.
async fn many_due(stand: &Stand, table: &mut Table) {
    let Some(at) = stand.due_by(DUE).await else {
        table.note("many due at once", format!("fewer than {DUE} tickets will ever be due"));
        return;
    };
    let began = Instant::now();
    let (ran, read) = tokio::join!(run(stand, at), reading(stand, began));
    let (ran, took) = ran;
    let a_second = f64::from(u32::try_from(ran).expect("few")) / took.as_secs_f64();
    let figure = format!("{a_second:.0} a second ({ran} automations)");
    table.add("10,000 tickets due at once", figure, "at least 2,000 a second", a_second >= 2_000.0);
    let figure = format!("{:.1} ms, the longest {:.1} ms", read.at(50), read.at(100));
    table.add("a list meanwhile", figure, "at most 100 ms", read.at(100) <= 100.0);
}

async fn run(stand: &Stand, at: Timestamp) -> (usize, Duration) {
    let began = Instant::now();
    let (mut ran, mut after) = (0, None);
    loop {
        let page = stand.admin.run_timers(Some(at), false, after).await.expect("it is done");
        ran += page.rows.len();
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    stand.done.store(true, std::sync::atomic::Ordering::Relaxed);
    (ran, began.elapsed())
}

async fn reading(stand: &Stand, began: Instant) -> Times {
    let mut times = Times::default();
    let forever = Duration::from_mins(10);
    while !stand.done.load(std::sync::atomic::Ordering::Relaxed) && began.elapsed() < forever {
        let asked = Instant::now();
        let ask = ListAsk::first(Source::View("all-unsolved".to_owned()));
        stand.agent.tickets(ask).await.expect("the page comes");
        times.push(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    times
}
