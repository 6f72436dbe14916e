//! What it costs to know how many tickets fifty views have: at first, and after a change.

use crate::stand::Stand;
use crate::table::{Table, Times};
use guichet::client::{Client, Key, Source};
use guichet::domain::act::{Change, Deed};
use guichet::domain::id::TicketId;
use guichet::domain::setup::{Document, Item, ItemKind, Mentions};
use guichet::domain::status::{Priority, Status};
use std::time::Instant;

const VIEWS: usize = 50;
const ROUNDS: u32 = 200;

pub async fn measure(stand: &Stand, table: &mut Table) {
    let made = make(stand).await;
    let session = stand.agent.session().await.expect("the session comes");
    let sources: Vec<Source> = session.views.iter().map(|view| Source::View(view.slug.clone())).take(VIEWS).collect();
    let began = Instant::now();
    stand.agent.counts(sources.clone()).await.expect("the counts come");
    table.note(format!("the counts of {} views at first", sources.len()), format!("{:.1} ms", ms(began)));
    let mut times = Times::default();
    for round in 0..ROUNDS {
        act(stand, &format!("change-{round}"), changed(stand, round)).await;
        let began = Instant::now();
        stand.agent.counts(sources.clone()).await.expect("the counts come");
        times.push(began.elapsed());
    }
    let figure = format!("{:.2} ms, p99 {:.2} ms", times.at(50), times.at(99));
    table.add("the counts of 50 views after a change", figure, "at most 50 ms", times.at(99) <= 50.0);
    for (at, key) in made.into_iter().enumerate() {
        act(stand, &format!("gone-{at}"), Deed::DeleteItem(key)).await;
    }
}

fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

/// Tickets go from status to status and from priority to priority: each change enters and leaves views.
fn changed(stand: &Stand, round: u32) -> Deed {
    let status = [Status::Open, Status::Pending, Status::Hold][round as usize % 3];
    let priority = [Priority::High, Priority::Low, Priority::Urgent, Priority::Normal][round as usize % 4];
    let change = Change { priority: Some(Some(priority)), ..Change::status(status) };
    let ticket = TicketId(stand.open_ticket(round / 2));
    Deed::UpdateTicket { ticket, change: Box::new(change), comment: None, expect: None }
}

async fn act(stand: &Stand, key: &str, deed: Deed) {
    let key = Key(format!("{}-views-{key}", stand.run));
    Client::act(&stand.admin, key, deed).await.expect("it is done");
}

/// Views as teams have them: queues by group and status, by priority and kind, by age, by tags and channel.
async fn make(stand: &Stand) -> Vec<guichet::domain::setup::ItemKey> {
    let session = stand.admin.session().await.expect("the session comes");
    let directory = stand.admin.directory(Mentions::default()).await.expect("the names come");
    let mut all: Vec<String> = Vec::new();
    for group in &session.groups {
        let of = |status: &str| format!("group is \"{}\" and status is {status}", group.name);
        all.extend(["new", "open", "pending", "hold", "solved"].map(of));
    }
    for priority in ["urgent", "high", "normal", "low"] {
        all.push(format!("priority is {priority} and status < solved"));
        all.push(format!("priority is {priority} and status < solved and assignee is none"));
    }
    all.extend(session.kinds.iter().map(|kind| format!("kind is {} and status < solved", kind.slug)));
    let others = [
        "status < solved and updated more than 3 days ago",
        "created less than 1 days ago",
        "assignee is me and status is pending",
        "ticket is private and status < solved",
        "tags include vpn and status < solved",
        "channel is email and status < solved",
        "channel is not email and status < solved and priority is not none",
        "due in less than 2 days and status < solved",
        "tags include printer",
        "(status is open or status is pending) and (priority is urgent or priority is high) and tags do not include vip",
    ];
    all.extend(others.map(str::to_owned));
    all.extend((4..20).map(|days| format!("status is hold and updated more than {days} days ago")));
    let mut made = Vec::new();
    for (at, when) in all.into_iter().take(VIEWS - session.views.len().min(VIEWS)).enumerate() {
        let document = Document::default().with("slug", format!("v{at}")).with("when", when);
        let view = Item::read(ItemKind::View, 0, &document, &directory).expect("a view");
        let key = Key(format!("{}-views-{at}", stand.run));
        let receipt = Client::act(&stand.admin, key, Deed::SetItem(Box::new(view))).await.expect("it is made");
        made.extend(receipt.outcome.item);
    }
    made
}
