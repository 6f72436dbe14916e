//! What every request and every answer has in common.

use crate::support::served::{Answer, Served};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_is_known_by_a_token() {
    let served = Served::sqlite().await;
    let me = served.get(served.town.agent, "users/me").await.with(200);
    assert_eq!((me["user"]["id"].as_i64(), &me["user"]["role"]), (Some(served.town.agent.0), &json!("agent")));
    let own = served.get(served.town.ana, "users/me.json").await.with(200);
    assert_eq!((own["user"]["id"].as_i64(), &own["user"]["role"]), (Some(served.town.ana.0), &json!("end-user")));
    assert_eq!(own["user"]["url"], json!(format!("{}/api/v2/users/{}.json", served.base, served.town.ana)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_say_who_they_are_is_nobody() {
    let served = Served::sqlite().await;
    let nobody = Answer::of(served.nobody(Method::GET, "users/me").send().await.expect("an answer")).await.with(200);
    assert_eq!(nobody["user"]["id"], Value::Null);
    let wrong = served.nobody(Method::GET, "users/me").basic_auth("marc@velo.example/token", Some("guessed"));
    let wrong = Answer::of(wrong.send().await.expect("an answer")).await.with(401);
    assert_eq!(wrong, json!({ "error": "Couldn't authenticate you" }));
    let ticket = Answer::of(served.nobody(Method::GET, "tickets/1").send().await.expect("an answer")).await.with(401);
    assert_eq!(ticket, json!({ "error": "Couldn't authenticate you" }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_told_from_what_has_no_route() {
    let served = Served::sqlite().await;
    let missing = served.get(served.town.agent, "tickets/4711.json").await.with(404);
    assert_eq!(missing["error"], "RecordNotFound");
    let nowhere = served.get(served.town.agent, "no_such_thing").await.with(404);
    assert_eq!(nowhere["error"], "InvalidEndpoint");
    let end_user = served.get(served.town.ana, "tickets/4711").await.with(403);
    assert_eq!(end_user["error"]["title"], "Forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_knows_an_answer_gets_no_body() {
    let served = Served::sqlite().await;
    let id = served.town.ticket(served.town.ana, "Printer", "It jams").await;
    let first = served.get(served.town.agent, &format!("tickets/{id}")).await;
    let tag = first.headers["etag"].clone();
    assert_eq!(first.with(200)["ticket"]["subject"], "Printer");
    let again =
        served.ask(served.town.agent, Method::GET, &format!("tickets/{id}")).await.header("if-none-match", &tag);
    let again = Answer::of(again.send().await.expect("an answer")).await;
    assert_eq!((again.headers["etag"].clone(), again.with(304)), (tag.clone(), Value::Null));
    served.town.reply(served.town.agent, id, "On it").await;
    let changed =
        served.ask(served.town.agent, Method::GET, &format!("tickets/{id}")).await.header("if-none-match", tag);
    Answer::of(changed.send().await.expect("an answer")).await.with(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_too_much_waits() {
    use guichet::server::Limits;
    let limits = Limits { per_minute: std::num::NonZeroU32::MIN, ..Limits::default() };
    let served = Served::of(crate::support::town::Town::sqlite().await, &limits).await;
    let first = served.get(served.town.agent, "users/me").await;
    assert!(!first.headers.contains_key("retry-after"));
    assert_eq!(first.headers["x-rate-limit-remaining"], "0");
    let second = served.get(served.town.agent, "users/me").await;
    let wait: u64 = second.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(second.with(429)["error"], "APIRateLimitExceeded");
    served.get(served.town.admin, "users/me").await.with(200);
}

/// Every route tells in the document of refusals too.
#[test]
fn every_route_tells_how_it_refuses() {
    let document = serde_json::to_value(guichet::server::document()).expect("a document");
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, route) in methods.as_object().expect("methods").iter().filter(|(_, one)| one.is_object()) {
            let said = route["responses"].as_object().expect("answers");
            let refused = said.contains_key("default") || (said.contains_key("4XX") && said.contains_key("503"));
            assert!(refused, "{method} {path}");
        }
    }
}
