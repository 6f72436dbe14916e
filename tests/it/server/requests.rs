//! Requests over HTTP: what end users see and say.

use crate::support::served::{Answer, Served};
use crate::support::town::changes;
use guichet::domain::act::Change;
use guichet::domain::person::PersonRef;
use reqwest::Method;
use serde_json::{Value, json};

fn ids(body: &Value, key: &str) -> Vec<i64> {
    body[key].as_array().expect(key).iter().map(|one| one["id"].as_i64().expect("a number")).collect()
}

/// Security #13: names that are not theirs to say are passed over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_made_and_answered_by_whose_it_is() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let sent = json!({ "request": { "subject": "Lamp", "comment": { "body": "It is dark", "public": false },
        "ticket_form_id": 4, "requester_id": town.ben.0, "status": "solved", "priority": "urgent", "assignee_id": town.agent.0,
        "tags": ["vip"], "is_public": false, "created_at": "2001-01-01T00:00:00Z", "collaborators": ["cc@else.example"] } });
    let made = served.send(town.ana, Method::POST, "requests.json", &sent).await;
    let location = made.headers["location"].to_str().expect("text").to_owned();
    let made = made.with(201);
    let id = made["request"]["id"].as_i64().expect("a number");
    assert_eq!(location, format!("{}/api/v2/requests/{id}.json", served.base));
    assert_eq!(made["request"]["description"], "It is dark");
    assert_eq!((&made["request"]["status"], &made["request"]["requester_id"]), (&json!("open"), &json!(town.ana.0)));
    let ticket = served.get(town.agent, &format!("tickets/{id}")).await.with(200);
    let ticket = &ticket["ticket"];
    assert_eq!(
        (&ticket["is_public"], &ticket["tags"], &ticket["assignee_id"]),
        (&json!(true), &json!([]), &Value::Null)
    );
    assert_eq!(ticket["requester_id"], town.ana.0);
    let path = format!("requests/{id}");
    let not_yet = served.send(town.ana, Method::PUT, &path, &json!({ "request": { "solved": true } })).await.with(422);
    assert_eq!(not_yet["error"], "RecordInvalid");
    town.change(guichet::domain::id::TicketId(id), Change { assignee: Some(Some(town.agent)), ..Change::default() })
        .await;
    assert_eq!(served.get(town.ana, &path).await.with(200)["request"]["can_be_solved_by_me"], true);
    let answer = json!({ "request": { "comment": { "body": "Bright again" }, "solved": true, "subject": "Mine", "group_id": 1,
        "additional_collaborators": [{ "name": "Dora", "email": "dora@else.example" }] } });
    let solved = served.send(town.ana, Method::PUT, &path, &answer).await.with(200);
    assert_eq!((&solved["request"]["solved"], &solved["request"]["subject"]), (&json!(true), &json!("Lamp")));
    served.send(town.cleo, Method::PUT, &path, &answer).await.with(404);
    served.get(town.cleo, &path).await.with(404);
    for sent in [json!({}), json!({ "request": [] }), json!({ "request": { "comment": { "body": {} } } })] {
        served.send(town.ana, Method::POST, "requests", &sent).await.with(400);
    }
    let nobody = served.nobody(Method::POST, "requests").json(&sent).send().await.expect("an answer");
    Answer::of(nobody).await.with(401);
}

/// Security #1, #5: what is internal shows in no list, no count, no search and no comment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_internal_is_in_any_answer() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let id = town.ticket(town.ana, "Lamp", "It is dark").await;
    town.note(id, "CANARY in a note").await;
    town.reply(town.agent, id, "We come").await;
    town.does(
        town.agent,
        changes(
            id,
            Change {
                add_tags: [guichet::domain::tag::Tag::parse("canary").expect("a tag")].into(),
                ..Change::default()
            },
        ),
    )
    .await;
    for path in [
        "requests".to_owned(),
        "requests/open".to_owned(),
        "requests/search?query=lamp".to_owned(),
        format!("requests/{id}"),
        format!("requests/{id}/comments?include=users"),
        format!("users/{}/requests", town.ana),
        format!("organizations/{}/requests", town.station),
        "requests/search?query=canary".to_owned(),
    ] {
        for person in [town.ana, town.ben] {
            let answer = served.get(person, &path).await;
            assert!(!answer.body.to_string().to_lowercase().contains("canary"), "{path}: {:?}", answer.body);
        }
    }
    let none = served.get(town.ana, "requests/search?query=canary").await.with(200);
    assert_eq!((&none["requests"], &none["count"]), (&json!([]), &json!(0)));
    served.get(town.ana, "requests/search?query=tags:canary").await.with(422);
    let thread = served.get(town.ana, &format!("requests/{id}/comments?include=users")).await.with(200);
    assert_eq!(thread["count"], 2);
    let agents: Vec<&Value> = thread["users"].as_array().expect("users").iter().map(|one| &one["agent"]).collect();
    assert_eq!(agents, [&json!(true), &json!(false)]);
    let by_agents = served.get(town.ana, &format!("requests/{id}/comments?role=agent")).await.with(200);
    assert_eq!(ids(&by_agents, "comments"), ids(&thread, "comments")[1..]);
    let internal =
        served.get(town.agent, &format!("tickets/{id}/comments")).await.with(200)["comments"][1]["id"].clone();
    served.get(town.ana, &format!("requests/{id}/comments/{internal}")).await.with(404);
    // An agent is an end user here: somebody else's request is not theirs.
    served.get(town.agent, &format!("requests/{id}")).await.with(404);
    assert_eq!(ids(&served.get(town.agent, "requests").await.with(200), "requests"), Vec::<i64>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_list_of_requests_holds_what_it_says() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let lamp = town.ticket(town.ana, "Lamp", "x").await;
    let lock = town.ticket(town.ben, "Lock", "x").await;
    let card = town.ticket(town.cleo, "Card", "x").await;
    let change = Change { add_ccs: vec![PersonRef::Id(town.ana)], ..Change::default() };
    town.change(card, change).await;
    let list = async |path: &str| ids(&served.get(town.ana, path).await.with(200), "requests");
    assert_eq!(list("requests").await, [lamp.0]);
    assert_eq!(list("requests/ccd").await, [card.0]);
    assert_eq!(list("requests/solved").await, Vec::<i64>::new());
    assert_eq!(list("requests/open?page[size]=1").await, [lamp.0]);
    assert_eq!(list("requests?status=open,hold").await, [lamp.0]);
    assert_eq!(list("requests?status=solved").await, Vec::<i64>::new());
    assert_eq!(
        list(&format!("organizations/{}/requests?sort_by=created_at&sort_order=desc", town.station)).await,
        [lock.0, lamp.0]
    );
    assert_eq!(list("requests/search?query=lock").await, [lock.0]);
    served.get(town.ana, "requests?status=done").await.with(400);
    served.get(town.ana, &format!("users/{}/requests", town.ben)).await.with(403);
    served.get(town.cleo, &format!("organizations/{}/requests", town.station)).await.with(403);
    served.get(town.ana, "requests/search?query=x&page[size]=5").await.with(400);
    assert_eq!(served.get(town.ana, "requests/search?query=x&page=11").await.with(422)["error"], "invalid");
}
