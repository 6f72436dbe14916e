//! Tickets over HTTP, as the reference has them.

use crate::support::served::{Answer, Served};
use guichet::domain::act::{Deed, PersonChange};
use guichet::domain::person::Restriction;
use reqwest::Method;
use serde_json::{Value, json};

fn ids(body: &Value, key: &str) -> Vec<i64> {
    body[key].as_array().expect(key).iter().map(|one| one["id"].as_i64().expect("a number")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_is_made_as_clients_send_it() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let sent = json!({ "ticket": {
        "subject": "Printer", "description": "It <b>jams</b>", "requester": { "name": "Nora New", "email": "nora@new.example" },
        "priority": "high", "tags": ["vip", "Paper"], "collaborators": [town.ben.0, "cc@else.example"],
        "external_id": "ext \"7\"", "ticket_form_id": "4", "id": 99, "created_at": "2001-01-01T00:00:00Z", "is_public": false,
        "unknown": { "what": "ever" }, "assignee_email": "marc@velo.example",
    }});
    let made = served.send(town.agent, Method::POST, "tickets.json", &sent).await;
    let location = made.headers["location"].to_str().expect("text").to_owned();
    let body = made.with(201);
    let ticket = &body["ticket"];
    let id = ticket["id"].as_i64().expect("a number");
    assert_eq!(location, format!("{}/api/v2/tickets/{id}.json", served.base));
    assert_eq!(ticket["url"], location);
    assert_ne!(id, 99);
    for (name, value) in [
        ("subject", json!("Printer")),
        ("description", json!("It <b>jams</b>")),
        ("priority", json!("high")),
        ("status", json!("open")),
        ("tags", json!(["paper", "vip"])),
        ("external_id", json!("ext \"7\"")),
        ("ticket_form_id", json!(4)),
        ("is_public", json!(true)),
        ("assignee_id", json!(town.agent.0)),
        ("submitter_id", json!(town.agent.0)),
        ("created_at", json!("2026-11-22T08:00:00Z")),
        ("brand_id", Value::Null),
        ("allow_attachments", json!(true)),
        ("generated_timestamp", json!(1_795_334_400)),
    ] {
        assert_eq!(ticket[name], value, "{name}");
    }
    assert_eq!(ticket["collaborator_ids"].as_array().map(Vec::len), Some(2));
    assert_eq!(body["audit"]["ticket_id"], id);
    assert!(body["audit"]["events"].as_array().is_some_and(|events| events.iter().any(|one| one["type"] == "Create")));
    let found = served.get(town.agent, "tickets?external_id=ext%20%227%22").await.with(200);
    assert_eq!(ids(&found, "tickets"), [id]);
    let shown =
        served.get(town.agent, &format!("tickets/{id}?include=users,groups,comment_count,nothing")).await.with(200);
    assert_eq!(shown["ticket"]["comment_count"], 1);
    assert!(ids(&shown, "users").contains(&town.ben.0));
    assert_eq!(shown["ticket"]["fields"], shown["ticket"]["custom_fields"]);
    // The name of a client's own makes it once.
    let once = json!({ "ticket": { "subject": "Once", "comment": { "body": "x", "public": false } } });
    let twice = async |body: &Value| {
        let ask = served.ask(town.agent, Method::POST, "tickets").await.header("Idempotency-Key", "k1").json(body);
        Answer::of(ask.send().await.expect("an answer")).await
    };
    let (first, second) = (twice(&once).await, twice(&once).await);
    assert_eq!(
        (&first.headers["x-idempotency-lookup"], &second.headers["x-idempotency-lookup"]),
        (&"miss".parse().expect("a value"), &"hit".parse().expect("a value"))
    );
    let first = first.with(201);
    assert_eq!(first["ticket"]["is_public"], false);
    assert_eq!(first["ticket"]["id"], second.with(201)["ticket"]["id"]);
    let other = json!({ "ticket": { "subject": "Other", "comment": { "body": "x" } } });
    assert_eq!(twice(&other).await.with(400)["error"], "IdempotencyKeyReused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_is_refused_with_an_envelope() {
    let served = Served::sqlite().await;
    let town = &served.town;
    for (sent, status) in [
        (json!({}), 400),
        (json!([1]), 400),
        (json!({ "ticket": 7 }), 400),
        (json!({ "ticket": { "subject": { "a": 1 } } }), 400),
        (json!({ "ticket": { "comment": { "body": [7] } } }), 400),
        (json!({ "ticket": { "comment": { "body": "x" }, "status": "done" } }), 422),
        (json!({ "ticket": { "comment": { "body": "x" }, "priority": "huge" } }), 422),
        (json!({ "ticket": { "comment": { "body": "x" }, "requester": { "email": "nobody" } } }), 422),
        (json!({ "ticket": { "comment": { "body": "x" }, "assignee_id": town.ana.0 } }), 422),
        (json!({ "ticket": { "comment": { "body": "x", "uploads": ["stolen"] } } }), 422),
        (json!({ "ticket": { "comment": { "body": "x" }, "custom_fields": [{ "id": 12345, "value": "x" }] } }), 422),
        (json!({ "ticket": { "comment": { "body": "" } } }), 422),
    ] {
        let answer = served.send(town.agent, Method::POST, "tickets", &sent).await;
        assert_eq!(answer.status.as_u16(), status, "{sent}: {:?}", answer.body);
        assert!(answer.body["error"].is_string(), "{sent}: {:?}", answer.body);
    }
    let end_user = json!({ "ticket": { "subject": "a", "comment": { "body": "x" } } });
    served.send(town.ana, Method::POST, "tickets", &end_user).await.with(403);
    let raw =
        served.ask(town.agent, Method::POST, "tickets").await.body("{\"ticket\":").send().await.expect("an answer");
    Answer::of(raw).await.with(400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_changes_as_clients_send_it() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    let path = format!("tickets/{id}");
    let update = async |ticket: Value| served.send(town.agent, Method::PUT, &path, &json!({ "ticket": ticket })).await;
    let done =
        update(json!({ "comment": { "html_body": "<p>On &amp; on</p><p>it</p>" }, "status": "pending", "tags": "a b",
        "email_ccs": [{ "user_id": town.ben.0.to_string() }], "followers": [{ "user_email": "lina@velo.example" }] }))
        .await
        .with(200);
    assert_eq!(done["ticket"]["status"], "pending");
    assert_eq!(done["ticket"]["tags"], json!(["a", "b"]));
    assert_eq!(done["ticket"]["email_cc_ids"], json!([town.ben.0]));
    assert_eq!(done["ticket"]["follower_ids"], json!([town.other_agent.0]));
    let events = done["audit"]["events"].as_array().expect("events");
    let said = events.iter().find(|event| event["type"] == "Comment").expect("a comment");
    assert_eq!((&said["body"], &said["public"]), (&json!("On & on\n\nit"), &json!(true)));
    assert!(
        events
            .iter()
            .any(|event| event["type"] == "Change" && event["field_name"] == "status" && event["value"] == "pending")
    );
    let done = update(json!({ "tags": ["b", "c"], "email_ccs": [{ "user_id": town.ben.0, "action": "delete" }],
        "collaborator_ids": [town.cleo.0], "followers": [{ "user_id": town.other_agent.0, "action": "delete" }],
        "comment": { "value": "for us", "public": false } }))
    .await
    .with(200);
    assert_eq!(done["ticket"]["tags"], json!(["b", "c"]));
    assert_eq!(done["ticket"]["email_cc_ids"], json!([town.cleo.0]));
    assert_eq!(done["ticket"]["follower_ids"], json!([]));
    // Nothing becomes different: the answer has both names all the same.
    let same = update(json!({ "subject": "Printer", "comment": { "body": "" } })).await.with(200);
    assert_eq!(same["audit"]["events"], json!([]));
    // A stamp that is not the last one is a conflict, whatever the switch says.
    let stamp = same["ticket"]["updated_at"].clone();
    town.wait(guichet::domain::time::Span::minutes(1));
    update(json!({ "priority": "low", "safe_update": true, "updated_stamp": stamp })).await.with(200);
    let late = update(json!({ "priority": "high", "safe_update": false, "updated_stamp": stamp })).await.with(409);
    assert_eq!(late["error"], "UpdateConflict");
    update(json!({ "priority": "high", "safe_update": false })).await.with(400);
    update(json!({ "priority": "high" })).await.with(200);
    // Closed tickets stay as they are.
    update(json!({ "status": "solved", "assignee_id": town.agent.0 })).await.with(200);
    town.wait(guichet::domain::time::Span::days(10));
    let closed = served.get(town.agent, &path).await.with(200);
    if closed["ticket"]["status"] == "closed" {
        assert!(update(json!({ "status": "open" })).await.with(422)["details"]["status"].is_array());
    }
    for person in [town.ana, town.cleo] {
        served.send(person, Method::PUT, &path, &json!({ "ticket": { "status": "solved" } })).await.with(403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_tickets_come_in_both_kinds_of_pages() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut all = Vec::new();
    for n in 0..5 {
        all.push(town.ticket(if n < 3 { town.ana } else { town.cleo }, &format!("T{n}"), "x").await.0);
    }
    let agent = town.agent;
    let numbered = served.get(agent, "tickets.json?per_page=2&page=2").await.with(200);
    assert_eq!(ids(&numbered, "tickets"), all[2..4]);
    assert_eq!((&numbered["count"], numbered["tickets"][0]["description"].as_str()), (&json!(5), Some("x")));
    let next = numbered["next_page"].as_str().expect("a link");
    assert!(next.starts_with(&format!("{}/api/v2/tickets?", served.base)), "{next}");
    let deep = served.get(agent, "tickets?page=101").await.with(400);
    assert_eq!(deep["errors"][0]["code"], "InvalidPaginationDepth");
    let sorted = served.get(agent, "tickets?sort_by=created_at&sort_order=desc").await.with(200);
    assert_eq!(ids(&sorted, "tickets"), all.iter().rev().copied().collect::<Vec<_>>());
    // By cursor: old names of orders are passed over, unknown new ones are not.
    let first = served.get(agent, "tickets?page%5Bsize%5D=2&sort_by=created_at&sort_order=desc").await.with(200);
    assert_eq!(ids(&first, "tickets"), all[..2]);
    assert!(first.get("count").is_none());
    served.get(agent, "tickets?page[size]=2&sort=created_at").await.with(400);
    served.get(agent, "tickets?page[size]=2&page[after]=elsewhere").await.with(400);
    let mut seen = ids(&first, "tickets");
    let mut page = first;
    while page["meta"]["has_more"] == true {
        let next = page["links"]["next"].as_str().expect("a link").to_owned();
        let path = next.strip_prefix(&format!("{}/api/v2/", served.base)).expect("our own link").to_owned();
        page = served.get(agent, &path).await.with(200);
        seen.extend(ids(&page, "tickets"));
    }
    assert_eq!(seen, all);
    // On the last page that has rows the links are there still; behind it nothing is.
    assert!(page["links"]["next"].is_string() && page["meta"]["after_cursor"].is_string());
    let after = page["meta"]["after_cursor"].as_str().expect("a place");
    let end = served.get(agent, &format!("tickets?page[size]=2&page[after]={after}")).await.with(200);
    let none = json!({ "has_more": false, "after_cursor": null, "before_cursor": null });
    assert_eq!(
        (&end["tickets"], &end["meta"], &end["links"]),
        (&json!([]), &none, &json!({ "prev": null, "next": null }))
    );
    let before = page["meta"]["before_cursor"].as_str().expect("a place");
    let back = served.get(agent, &format!("tickets?page[size]=3&page[before]={before}&sort=id")).await.with(200);
    assert_eq!((ids(&back, "tickets"), &back["meta"]["has_more"]), (all[1..4].to_vec(), &json!(true)));
    // Of somebody, and by their numbers.
    assert_eq!(served.get(agent, "tickets/count").await.with(200)["count"]["value"], 5);
    let of = async |path: String| ids(&served.get(agent, &path).await.with(200), "tickets");
    assert_eq!(of(format!("users/{}/tickets/requested", town.ana)).await, all[..3]);
    assert_eq!(of(format!("organizations/{}/tickets", town.station)).await, all[..3]);
    assert_eq!(of(format!("users/{}/tickets/assigned?page[size]=10", town.agent)).await, Vec::<i64>::new());
    served.get(agent, "users/4711/tickets/requested").await.with(404);
    let many =
        served.get(agent, &format!("tickets/show_many?ids={},4711,{}&include=users", all[3], all[0])).await.with(200);
    assert_eq!(
        (ids(&many, "tickets"), &many["count"], &many["next_page"]),
        (vec![all[3], all[0]], &json!(2), &Value::Null)
    );
    let hundreds: Vec<String> = (1..=101).map(|id: i64| id.to_string()).collect();
    let many = served.get(agent, &format!("tickets/show_many?ids={}", hundreds.join(","))).await.with(400);
    assert_eq!((&many["error"], &many["max_count"]), (&json!("TooManyValues"), &json!(100)));
    for path in [
        "tickets",
        "tickets/count",
        "tickets/show_many?ids=1",
        "tickets/recent",
        "users/1/tickets/requested",
        "tickets/1/tags",
        "tickets/1/comments",
        "tickets/1/audits",
    ] {
        served.get(town.ana, path).await.with(403);
        Answer::of(served.nobody(Method::GET, path).send().await.expect("an answer")).await.with(401);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn labels_are_added_set_and_taken_away() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    let path = format!("tickets/{id}/tags.json");
    let tags = json!({ "tags": ["b"] });
    let send = async |method, body: &Value| served.send(town.agent, method, &path, body).await;
    assert_eq!(send(Method::PUT, &json!({ "tags": ["a"] })).await.with(200), json!({ "tags": ["a"] }));
    assert_eq!(send(Method::PUT, &tags).await.with(200), json!({ "tags": ["a", "b"] }));
    assert_eq!(send(Method::POST, &tags).await.with(201), json!({ "tags": ["b"] }));
    let asked = served.ask(town.agent, Method::DELETE, &format!("tickets/{id}/tags?tags=b,z")).await;
    assert_eq!(Answer::of(asked.send().await.expect("an answer")).await.with(200), json!({ "tags": [] }));
    send(Method::PUT, &json!({ "tags": ["a"], "safe_update": true, "updated_stamp": "2001-01-01T00:00:00Z" }))
        .await
        .with(409);
    send(Method::PUT, &json!({ "tags": ["not a tag"] })).await.with(422);
    assert_eq!(served.get(town.agent, &path).await.with(200), json!({ "tags": [] }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_and_done_comes_in_pages() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    town.note(id, "She is right").await;
    for n in 0..3 {
        town.reply(town.ana, id, &format!("More {n}")).await;
    }
    let agent = town.agent;
    let texts = |page: &Value| -> Vec<String> {
        page["comments"]
            .as_array()
            .expect("comments")
            .iter()
            .map(|one| one["body"].as_str().expect("text").to_owned())
            .collect()
    };
    let all = served.get(agent, &format!("tickets/{id}/comments.json?include=users")).await.with(200);
    assert_eq!(texts(&all), ["It jams", "She is right", "More 0", "More 1", "More 2"]);
    assert_eq!(
        (&all["count"], &all["comments"][1]["public"], &all["comments"][0]["type"]),
        (&json!(5), &json!(false), &json!("Comment"))
    );
    assert_eq!(ids(&all, "users"), [town.agent.0, town.ana.0]);
    let audit = all["comments"][1]["audit_id"].as_i64().expect("an audit");
    let first = served.get(agent, &format!("tickets/{id}/comments?page[size]=2&sort=-created_at")).await.with(200);
    assert_eq!(
        (texts(&first), &first["meta"]["has_more"]),
        (vec!["More 2".to_owned(), "More 1".to_owned()], &json!(true))
    );
    let after = first["meta"]["after_cursor"].as_str().expect("a place");
    let next = served
        .get(agent, &format!("tickets/{id}/comments?page[size]=2&sort=-created_at&page[after]={after}"))
        .await
        .with(200);
    assert_eq!(texts(&next), ["More 0", "She is right"]);
    let before = next["meta"]["before_cursor"].as_str().expect("a place");
    let back = served
        .get(agent, &format!("tickets/{id}/comments?page[size]=1&sort=-created_at&page[before]={before}"))
        .await
        .with(200);
    assert_eq!(texts(&back), ["More 1"]);
    assert_eq!(served.get(agent, &format!("tickets/{id}/comments/count")).await.with(200)["count"]["value"], 5);
    let one = served.get(agent, &format!("tickets/{id}/audits/{audit}")).await.with(200);
    assert_eq!((&one["audit"]["id"], &one["audit"]["events"][0]["body"]), (&json!(audit), &json!("She is right")));
    served.get(agent, &format!("tickets/{id}/audits/4711")).await.with(404);
    let history = served.get(agent, &format!("tickets/{id}/audits?page[size]=2")).await.with(200);
    let numbers = ids(&history, "audits");
    let all = ids(&served.get(agent, &format!("tickets/{id}/audits")).await.with(200), "audits");
    assert_eq!(numbers, all[..2]);
    let after = history["meta"]["after_cursor"].as_str().expect("a place");
    let next = served.get(agent, &format!("tickets/{id}/audits?page[size]=2&page[after]={after}")).await.with(200);
    assert_eq!(ids(&next, "audits"), all[2..4]);
    let newest = served.get(agent, &format!("tickets/{id}/audits?per_page=2&page=2&sort_order=desc")).await.with(200);
    assert_eq!(ids(&newest, "audits"), all.iter().rev().skip(2).take(2).copied().collect::<Vec<_>>());
    assert_eq!(
        ids(&served.get(agent, &format!("tickets/{id}/audits?page=9")).await.with(200), "audits"),
        Vec::<i64>::new()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_works_with_some_tickets_is_told_of_no_others() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Printer", "It jams").await;
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.other_agent, change }).await;
    let agent = town.other_agent;
    assert_eq!(ids(&served.get(agent, "tickets").await.with(200), "tickets"), Vec::<i64>::new());
    assert_eq!(
        ids(&served.get(agent, &format!("tickets/show_many?ids={id}")).await.with(200), "tickets"),
        Vec::<i64>::new()
    );
    for path in [
        "",
        "/comments",
        "/comments/count",
        "/audits",
        "/audits/1",
        "/audits/count",
        "/tags",
        "/related",
        "/collaborators",
        "/followers",
        "/email_ccs",
    ] {
        served.get(agent, &format!("tickets/{id}{path}")).await.with(404);
    }
    let sent = json!({ "ticket": { "comment": { "body": "x" } }, "tags": ["a"] });
    for (method, path) in [
        (Method::PUT, ""),
        (Method::PUT, "/tags"),
        (Method::POST, "/tags"),
        (Method::PUT, "/comments/1/make_private"),
        (Method::PUT, "/audits/1/make_private"),
    ] {
        served.send(agent, method, &format!("tickets/{id}{path}"), &sent).await.with(404);
    }
    assert_eq!(served.get(agent, "tickets/count").await.with(200)["count"]["value"], 0);
}
