//! Searches that find more than an account tells of one.

use super::desk::{Desk, ok};
use crate::support::town::Town;
use guichet::client::remote::Zendesk;
use guichet::client::{Client, Cursor, ListAsk, Source};
use guichet::domain::id::TicketId;
use guichet::domain::time::Timestamp;
use guichet::domain::view::{Sort, SortKey};
use guichet::wire::Time;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// When the newest of many tickets changed, in seconds.
const NEWEST: i64 = 1_795_334_400;

fn at(second: i64) -> String {
    Time(Timestamp(second * 1_000)).text()
}

/// A ticket that changed so many seconds before the newest.
fn row(id: i64, before: i64) -> Value {
    let mut row = super::desk::ticket();
    let id_and_time = json!({ "id": id, "updated_at": at(NEWEST - before), "created_at": at(NEWEST - before), "result_type": "ticket" });
    row.as_object_mut().expect("an object").extend(id_and_time.as_object().expect("an object").clone());
    row
}

fn page(rows: &[Value], more: bool) -> String {
    let next = more.then_some("https://acme.zendesk.com/api/v2/search.json?page=2");
    ok(&json!({ "results": rows, "count": 4_000, "next_page": next, "previous_page": null, "facets": null }))
}

/// All that a list tells, page by page.
async fn all(client: &Zendesk, mut ask: ListAsk) -> Vec<i64> {
    let mut found = Vec::new();
    for _ in 0..30 {
        let page = client.tickets(ask.clone()).await.expect("a page");
        found.extend(page.rows.iter().map(|ticket| ticket.id.0));
        let Some(next) = page.next else { return found };
        ask.after = Some(next);
    }
    panic!("it does not end: {}", found.len());
}

/// An account tells a thousand rows of a search; the rest is searched for from the moment at which those end, and whatever
/// changed in that second is told once.
#[tokio::test]
async fn a_search_goes_on_behind_its_first_thousand_rows() {
    let desk = Desk::open().await;
    let mut pages: Vec<String> = Vec::new();
    for n in 0..10 {
        // The last two of them changed in the same second.
        let rows: Vec<Value> = (n * 100 + 1..=n * 100 + 100).map(|id| row(id, id.min(999))).collect();
        pages.push(page(&rows, true));
    }
    pages.push(page(&[row(999, 999), row(1_000, 999), row(1_001, 999), row(1_002, 1_500)], false));
    desk.says("GET search?", pages);
    let ask = ListAsk { sort: Some(Sort::LATEST), ..ListAsk::first(Source::Search("bell".to_owned())) };
    assert_eq!(all(&desk.client(), ask).await, (1..=1_002).collect::<Vec<_>>());
    let asked = desk.asked("GET search?");
    assert_eq!(asked.len(), 11);
    let bound = format!("updated%3C{}", at(NEWEST - 998).replace(':', "%3A"));
    assert!(asked[9].line.contains("page=10") && !asked[9].line.contains("updated%3C"), "{}", asked[9].line);
    assert!(asked[10].line.contains(&bound) && asked[10].line.contains("page=1&"), "{} {bound}", asked[10].line);
}

/// A thousand rows of one second lead nowhere: it ends, and does not go round.
#[tokio::test]
async fn a_search_that_gets_no_further_ends() {
    let desk = Desk::open().await;
    let full = |from: i64| page(&(from..from + 100).map(|id| row(id, 5)).collect::<Vec<_>>(), true);
    desk.says("GET search?", (0..20).map(|n| full(n * 100 + 1)));
    let ask = ListAsk { sort: Some(Sort::LATEST), ..ListAsk::first(Source::Search("bell".to_owned())) };
    let found = all(&desk.client(), ask).await;
    assert_eq!(found.len(), found.iter().collect::<BTreeSet<_>>().len());
    assert_eq!(desk.asked("GET search?").len(), 20);
}

/// What was found by words is in the order of its making, and goes on by that.
#[tokio::test]
async fn in_the_order_of_numbers_a_search_goes_on_by_the_moment_of_making() {
    let desk = Desk::open().await;
    let pages = (0..10).map(|n| page(&(n * 100 + 1..=n * 100 + 100).map(|id| row(id, id)).collect::<Vec<_>>(), true));
    desk.says("GET search?", pages.chain([page(&[row(1_000, 1_000), row(1_001, 1_001)], false)]));
    let found = all(&desk.client(), ListAsk::first(Source::Search("bell".to_owned()))).await;
    assert_eq!(found, (1..=1_001).collect::<Vec<_>>());
    let last = desk.asked("GET search?")[10].line.clone();
    assert!(last.contains("created%3C") && last.contains("sort_by=created_at"), "{last}");
    // In an order that has no moment it ends, as the account does.
    desk.says(
        "GET search?",
        (0..10).map(|n| page(&(n * 100 + 1..=n * 100 + 100).map(|id| row(id, id)).collect::<Vec<_>>(), true)),
    );
    let sort = Some(Sort::URGENT);
    let ask = ListAsk { sort, ..ListAsk::first(Source::Search("bell".to_owned())) };
    assert_eq!(all(&desk.client(), ask).await.len(), 1_000);
}

/// Our own server understands that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_ours_goes_on_in_the_same_way() {
    let town = Town::zendesk().await;
    let mut ids: Vec<i64> = Vec::new();
    for subject in ["Printer one", "Printer two", "Printer three"] {
        ids.push(town.ticket(town.ana, subject, "It prints nothing.").await.0);
    }
    let agent = town.as_(town.agent);
    let found = async |ask: ListAsk| {
        let page = agent.tickets(ask).await.expect("a page");
        page.rows.iter().map(|ticket| ticket.id.0).collect::<BTreeSet<_>>()
    };
    let search = ListAsk::first(Source::Search("printer".to_owned()));
    let sort = Some(Sort { by: SortKey::Id, descending: true });
    assert_eq!(found(ListAsk { sort, ..search.clone() }).await, ids.iter().copied().collect());
    let newest = agent.ticket(TicketId(ids[2]), 0).await.expect("a ticket").item.updated_at.0.div_euclid(1_000);
    for (descending, second, expected) in [(true, newest, 2), (true, newest - 100_000, 0), (false, newest - 100_000, 2)]
    {
        let sort = Some(Sort { by: SortKey::Updated, descending });
        let after = Some(Cursor(format!("w{second}.0.100.{}", ids[0])));
        let found = found(ListAsk { sort, after, ..search.clone() }).await;
        assert_eq!(found.len(), expected, "{found:?}");
        assert!(!found.contains(&ids[0]), "it was told already");
    }
}
