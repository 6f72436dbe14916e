//! Tickets that go and come back over HTTP, and what was said blackened.

use crate::support::served::{Answer, Served};
use guichet::domain::act::{Deed, PersonChange, Setting};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::Restriction;
use guichet::domain::removal::RemovalSetting;
use reqwest::Method;
use serde_json::{Value, json};

async fn does(served: &Served, who: PersonId, method: Method, path: &str) -> Answer {
    Answer::of(served.ask(who, method, path).await.send().await.expect("an answer")).await
}

async fn agents_delete(served: &Served) {
    let town = &served.town;
    town.does(town.admin, Deed::Set(Setting::Removal(RemovalSetting::ByAgents(true)))).await;
}

fn ids(body: &Value) -> Vec<i64> {
    body["deleted_tickets"].as_array().expect("rows").iter().map(|row| row["id"].as_i64().expect("a number")).collect()
}

/// R109.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deleted_tickets_are_listed_and_come_back() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut all = Vec::new();
    for n in 0..5 {
        let id = town.ticket(town.ana, &format!("T{n}"), "x").await.0;
        town.wait(guichet::domain::time::Span::minutes(1));
        let gone = does(&served, town.admin, Method::DELETE, &format!("tickets/{id}.json")).await;
        assert_eq!(gone.with(204), Value::Null);
        served.get(town.admin, &format!("tickets/{id}")).await.with(404);
        all.insert(0, id);
    }
    let listed = served.get(town.admin, "deleted_tickets.json").await.with(200);
    assert_eq!((ids(&listed), &listed["count"], &listed["next_page"]), (all.clone(), &json!(5), &Value::Null));
    let row = &listed["deleted_tickets"][0];
    assert_eq!((&row["subject"], &row["previous_state"]), (&json!("T4"), &json!("new")));
    assert_eq!(row["actor"]["id"], town.admin.0);
    assert!(row["actor"]["name"].is_string());
    let page = served.get(town.admin, "deleted_tickets?page[size]=2").await.with(200);
    assert_eq!((ids(&page), &page["meta"]["has_more"]), (all[..2].to_vec(), &json!(true)));
    let after = page["meta"]["after_cursor"].as_str().expect("a place");
    let next = served.get(town.admin, &format!("deleted_tickets?page[size]=2&page[after]={after}")).await.with(200);
    assert_eq!(ids(&next), all[2..4]);
    let before = next["meta"]["before_cursor"].as_str().expect("a place");
    let back = served.get(town.admin, &format!("deleted_tickets?page[size]=1&page[before]={before}")).await.with(200);
    assert_eq!((ids(&back), &back["meta"]["has_more"]), (all[1..2].to_vec(), &json!(true)));
    assert_eq!(ids(&served.get(town.admin, "deleted_tickets?per_page=2&page=3").await.with(200)), all[4..]);
    assert_eq!(ids(&served.get(town.admin, "deleted_tickets?per_page=2&page=9").await.with(200)), Vec::<i64>::new());

    let path = format!("deleted_tickets/{}/restore", all[0]);
    does(&served, town.admin, Method::PUT, &path).await.with(200);
    does(&served, town.admin, Method::PUT, &path).await.with(404);
    served.get(town.agent, &format!("tickets/{}", all[0])).await.with(200);
    let path = format!("deleted_tickets/restore_many?ids={},4711,{}", all[1], all[2]);
    does(&served, town.admin, Method::PUT, &path).await.with(200);
    assert_eq!(ids(&served.get(town.admin, "deleted_tickets").await.with(200)), all[3..]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_delete_is_told_so_or_of_nothing() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "x").await;
    let private = town.ticket(town.cleo, "Other", "x").await;
    let gone = town.ticket(town.ana, "Gone", "x").await;
    does(&served, town.admin, Method::DELETE, &format!("tickets/{gone}")).await.with(204);
    let routes = [
        (Method::DELETE, format!("tickets/{id}")),
        (Method::PUT, format!("tickets/{id}/mark_as_spam")),
        (Method::GET, "deleted_tickets".to_owned()),
        (Method::PUT, format!("deleted_tickets/{gone}/restore")),
        (Method::PUT, format!("deleted_tickets/restore_many?ids={gone}")),
    ];
    // Agents only where the account says so, end users never, nobody without a name.
    for (method, path) in &routes {
        for who in [town.agent, town.ana, town.cleo] {
            does(&served, who, method.clone(), path).await.with(403);
        }
        let nobody = served.nobody(method.clone(), path).send().await.expect("an answer");
        Answer::of(nobody).await.with(401);
    }
    agents_delete(&served).await;
    // Who works with some tickets deletes none, and learns of no other.
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    does(&served, town.other_agent, Method::DELETE, &format!("tickets/{private}")).await.with(404);
    for (method, path) in &routes[2..] {
        does(&served, town.other_agent, method.clone(), path).await.with(403);
    }
    does(&served, town.agent, Method::PUT, &format!("tickets/{private}/mark_as_spam")).await.with(200);
    served.get(town.agent, &format!("tickets/{private}")).await.with(404);
    let shut = served.get(town.admin, &format!("users/{}", town.cleo)).await.with(200);
    assert_eq!(shut["user"]["suspended"], true);
}

async fn said(served: &Served, id: TicketId) -> i64 {
    let comments = served.get(served.town.admin, &format!("tickets/{id}/comments")).await.with(200);
    comments["comments"][0]["id"].as_i64().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_must_not_be_known_is_blackened() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let file =
        town.as_(town.ana).upload("plan.txt".into(), "text/plain".into(), b"secret".to_vec()).await.expect("kept");
    let comment =
        NewComment { uploads: vec![file.token], ..NewComment::public("My number is 847 & so <on>, 12 of it") };
    let kind = Some(guichet::domain::id::KindId(4));
    let new = guichet::domain::act::NewTicket { kind, ..guichet::domain::act::NewTicket::new("Heron", comment) };
    let id = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    let first = said(&served, id).await;
    let path = format!("tickets/{id}/comments/{first}/redact.json");
    let text = |text: &str| json!({ "text": text });
    let admin = town.admin;
    for who in [town.agent, town.ana] {
        served.send(who, Method::PUT, &path, &text("847")).await.with(403);
    }
    let done = served.send(admin, Method::PUT, &path, &text("847")).await.with(200);
    assert_eq!(done["comment"]["body"], "My number is ▇▇▇ & so <on>, 12 of it");
    served.send(admin, Method::PUT, &path, &text("847")).await.with(422);
    served.send(admin, Method::PUT, &path, &json!({})).await.with(400);
    served.send(admin, Method::PUT, &format!("tickets/{id}/comments/4711/redact"), &text("x")).await.with(404);
    // As it is marked, entities and all, with a file by its link.
    let shown = served.get(admin, &format!("tickets/{id}/comments")).await.with(200);
    let link = shown["comments"][0]["attachments"][0]["content_url"].as_str().expect("a link").to_owned();
    let marked = json!({ "ticket_id": id.0, "external_attachment_urls": [link],
        "html_body": "<div>My number is ▇▇▇ <redact>&amp; so &lt;on&gt;</redact>, <redact>12</redact> of it</div>" });
    let path = format!("comment_redactions/{first}");
    served.send(town.agent, Method::PUT, &path, &marked).await.with(403);
    let done = served.send(admin, Method::PUT, &path, &marked).await.with(200);
    assert_eq!(done["comment"]["body"], "My number is ▇▇▇ ▇▇▇▇▇▇▇▇▇, ▇▇ of it");
    assert_eq!(done["comment"]["attachments"][0]["file_name"], "redacted.txt");
    served.send(admin, Method::PUT, &path, &json!({ "ticket_id": id.0, "html_body": "nothing" })).await.with(422);
    served
        .send(admin, Method::PUT, &path, &json!({ "ticket_id": 4711, "html_body": "<redact>x</redact>" }))
        .await
        .with(404);
    town.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_taken_off_a_comment() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "x").await;
    let file =
        town.as_(town.agent).upload("a.txt".into(), "text/plain".into(), b"secret".to_vec()).await.expect("kept");
    let comment = NewComment { uploads: vec![file.token], ..NewComment::public("see") };
    town.does(town.agent, crate::support::town::says(id, comment)).await;
    let shown = served.get(town.agent, &format!("tickets/{id}/comments?sort_order=desc")).await.with(200);
    let (said, file) = (&shown["comments"][0]["id"], &shown["comments"][0]["attachments"][0]["id"]);
    let path = format!("tickets/{id}/comments/{said}/attachments/{file}/redact");
    does(&served, town.agent, Method::PUT, &path).await.with(403);
    agents_delete(&served).await;
    let done = does(&served, town.agent, Method::PUT, &path).await.with(200);
    assert_eq!((&done["attachment"]["file_name"], &done["attachment"]["size"]), (&json!("redacted.txt"), &json!(0)));
    does(&served, town.agent, Method::PUT, &format!("tickets/{id}/comments/{said}/attachments/999/redact"))
        .await
        .with(404);
    town.verified().await;
}
