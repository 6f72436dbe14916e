//! Exports of what changed, over HTTP.

use crate::support::served::{Answer, Served};
use guichet::domain::act::{Deed, NewOrganization, PersonChange};
use guichet::domain::time::Span;
use reqwest::Method;
use serde_json::Value;

fn ids(body: &Value, key: &str) -> Vec<i64> {
    body[key].as_array().expect(key).iter().map(|one| one["id"].as_i64().expect("a number")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_and_organizations_that_changed_are_exported() {
    let served = Served::sqlite().await;
    let town = &served.town;
    town.wait(Span::minutes(5));
    let begun = town.now().0 / 1000;
    let all = ids(&served.get(town.admin, "incremental/users.json?start_time=1").await.with(200), "users");
    town.wait(Span::minutes(1));
    assert!(all.contains(&town.ana.0) && all.contains(&town.admin.0), "{all:?}");
    let renamed = PersonChange { name: Some("Ben Bis".into()), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ben, change: renamed }).await;
    town.wait(Span::minutes(1));
    let role = guichet::domain::person::Role::EndUser;
    let nora = town.person("Nora", "nora@new.example", role, None).await;
    let new =
        NewOrganization { name: "Dock".into(), domains: Vec::new(), shared_tickets: false, shared_comments: false };
    let dock = town.does(town.admin, Deed::CreateOrganization(new)).await.outcome.organization.expect("made");
    town.wait(Span::minutes(5));
    let changed = served.get(town.admin, &format!("incremental/users?start_time={begun}")).await.with(200);
    assert_eq!(ids(&changed, "users"), [town.ben.0, nora.0]);
    assert_eq!(
        (changed["users"][0]["name"].as_str(), changed["end_of_stream"].as_bool()),
        (Some("Ben Bis"), Some(true))
    );
    // One at a time, by time and by cursor: each comes, and it ends.
    let first = served.get(town.admin, &format!("incremental/users?start_time={begun}&per_page=1")).await.with(200);
    assert_eq!((ids(&first, "users"), &first["end_of_stream"]), (vec![town.ben.0], &Value::Bool(false)));
    let next = first["next_page"].as_str().expect("a link").strip_prefix(&format!("{}/api/v2/", served.base));
    let next = served.get(town.admin, next.expect("our own link")).await.with(200);
    assert_eq!((ids(&next, "users").last(), &next["end_of_stream"]), (Some(&nora.0), &Value::Bool(true)));
    let mut path = format!("incremental/users/cursor?start_time={begun}&per_page=1");
    let mut seen = Vec::new();
    loop {
        let page = served.get(town.admin, &path).await.with(200);
        seen.extend(ids(&page, "users"));
        if page["end_of_stream"] == true {
            break;
        }
        path =
            format!("incremental/users/cursor?per_page=1&cursor={}", page["after_cursor"].as_str().expect("a place"));
    }
    assert_eq!(seen, [town.ben.0, nora.0]);
    let made = served.get(town.admin, &format!("incremental/organizations?start_time={begun}")).await.with(200);
    assert_eq!(ids(&made, "organizations"), [dock.0]);
    for resource in ["tickets", "users", "organizations"] {
        let path = format!("incremental/{resource}/sample?start_time=1");
        served.get(town.admin, &path).await.with(200);
        for who in [town.agent, town.ana] {
            served.get(who, &path).await.with(403);
            served.get(who, &format!("incremental/{resource}?start_time=1")).await.with(403);
        }
        Answer::of(served.nobody(Method::GET, &path).send().await.expect("an answer")).await.with(401);
    }
    served.get(town.admin, "incremental/users").await.with(400);
    served.get(town.admin, &format!("incremental/users?start_time={}", town.now().0 / 1000)).await.with(422);
    served.get(town.admin, "incremental/users/cursor?cursor=elsewhere").await.with(400);
}

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

/// What was done to tickets comes with every ticket that changed, each page from where the one before ended; what was said
/// only where it is asked for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_to_tickets_is_exported() {
    let served = Served::sqlite().await;
    let town = &served.town;
    town.wait(Span::minutes(1));
    let begun = town.now().0 / 1000;
    let first = town.ticket(town.ana, "Printer", "It jams").await;
    town.wait(Span::minutes(1));
    let second = town.ticket(town.ben, "Scanner", "It is slow").await;
    town.wait(Span::minutes(1));
    town.reply(town.agent, first, "On it").await;
    town.wait(Span::minutes(5));
    let path = format!("incremental/ticket_events?start_time={begun}");
    let all = served.get(town.admin, &path).await.with(200);
    let rows = all["ticket_events"].as_array().expect("events");
    let of = |row: &Value| row["ticket_id"].as_i64().expect("a ticket");
    // The one that was left alone the longest comes first, with all that was done to it.
    assert_eq!((of(&rows[0]), of(rows.last().expect("some"))), (second.0, first.0));
    assert_eq!(all["end_of_stream"], true);
    let children = |row: &Value| row["child_events"].as_array().expect("what happened").clone();
    let said = |rows: &[Value]| {
        let all = rows.iter().flat_map(children).filter(|one| one["event_type"] == "Comment");
        all.map(|one| one["body"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(said(rows), [None, None, None]);
    assert!(rows.iter().flat_map(children).any(|one| one["event_type"] == "Create" && one["subject"] == "Printer"));
    let with = served.get(town.admin, &format!("{path}&include=comment_events")).await.with(200);
    let texts = ["It is slow", "It jams", "On it"].map(|text| Some(text.to_owned()));
    assert_eq!(said(with["ticket_events"].as_array().expect("events")), texts);
    let later =
        served.get(town.admin, &format!("incremental/ticket_events?start_time={}", begun + 100)).await.with(200);
    assert!(later["ticket_events"].as_array().expect("events").iter().all(|row| of(row) == first.0));
    served.get(town.admin, "incremental/ticket_events/sample?start_time=1").await.with(200);
    for who in [town.agent, town.ana] {
        served.get(who, &path).await.with(403);
    }
}
