//! What anybody can send: no answer but an error, and nothing breaks.

use crate::support::served::{Answer, Served};
use guichet::client::native::METHODS;
use reqwest::Method;
use serde_json::{Value, json};

async fn post(served: &Served, method: &str, body: Vec<u8>) -> Answer {
    let person = served.town.admin;
    let request = served.ask(person, Method::POST, &format!("../guichet/v1/{method}")).await;
    Answer::of(request.header("idempotency-key", "k").body(body).send().await.expect("an answer")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_is_told_so_by_every_method() {
    let served = Served::sqlite().await;
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let wide = format!("[{}1]", "[],".repeat(200_000));
    for method in METHODS {
        for body in ["", "{", "[]", "\u{0}", "{\"a\":1}{", &deep, &wide, "\"\\ud800\""] {
            let answer = post(&served, method.name, body.as_bytes().to_vec()).await;
            assert!(!answer.status.is_server_error(), "{}: {body:.20}: {answer:?}", method.name);
        }
        let answer = post(&served, method.name, b"\xff\xfe".to_vec()).await;
        assert!(!answer.status.is_server_error(), "{}: {answer:?}", method.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_understood_is_said_with_its_place() {
    let served = Served::sqlite().await;
    let answer = post(&served, "act", json!({ "deed": { "explode": {} } }).to_string().into_bytes()).await;
    assert_eq!(answer.with(400)["guichet"]["garbled"], ".deed has a name that is not known here");
    let deep = (0..60).fold(json!({ "text": "x" }), |inner, _| json!({ "not": inner }));
    let answer = post(&served, "matching", json!({ "when": deep, "limit": 1 }).to_string().into_bytes()).await;
    assert_eq!(answer.with(400)["guichet"]["garbled"], ".when is no text");
    let long = "not ".repeat(100_000);
    let answer = post(&served, "matching", json!({ "when": long, "limit": 1 }).to_string().into_bytes()).await;
    assert_eq!(answer.with(400)["guichet"]["garbled"], ".when is no condition");
}

/// Who asks is known as everywhere: nobody, a wrong token, and who was suspended since get nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_an_answer() {
    let served = Served::sqlite().await;
    for method in METHODS {
        let asked = served.nobody(Method::POST, &format!("../guichet/v1/{}", method.name));
        let answer = Answer::of(asked.body("{}").send().await.expect("an answer")).await;
        assert_eq!(answer.status.as_u16(), 401, "{}", method.name);
    }
    let ana = served.town.ana;
    let ask = served.ask(ana, Method::POST, "../guichet/v1/session").await.body("{}");
    let again = ask.try_clone().expect("a question");
    assert_eq!(Answer::of(ask.send().await.expect("an answer")).await.with(200)["me"]["id"], ana.0);
    let change = guichet::domain::act::PersonChange { suspended: Some(true), ..Default::default() };
    let deed = guichet::domain::act::Deed::UpdatePerson { person: ana, change };
    served.town.does(served.town.admin, deed).await;
    let _: Value = Answer::of(again.send().await.expect("an answer")).await.with(401);
}
