//! Numbers and orders that clients of the API count on.

use crate::support::served::Served;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_event_of_a_history_has_a_number() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    town.reply(town.agent, id, "On it").await;
    let audits = served.get(town.agent, &format!("tickets/{id}/audits")).await.with(200);
    let audits = audits["audits"].as_array().expect("audits");
    let mut numbers: Vec<i64> = Vec::new();
    for event in audits.iter().flat_map(|audit| audit["events"].as_array().expect("events")) {
        numbers.push(event["id"].as_i64().expect("a number"));
    }
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert!(all > 3 && numbers.len() == all);
    // An old name of an order that there is not is passed over; a new one is told.
    served.get(town.ana, "requests?sort_by=subject").await.with(200);
    served.get(town.ana, "requests?page[size]=2&sort=subject").await.with(400);
}
