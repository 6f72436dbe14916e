//! What comes beside a question: headers that others believe, addresses that lead elsewhere, bodies without end.

use crate::server::matrix::asks::{Asked, routes};
use crate::server::matrix::people::Everybody;
use crate::support::served::{Answer, Served};
use reqwest::Method;
use serde_json::json;

/// What a proxy or a sign-in elsewhere would say of who asks.
const CLAIMS: [(&str, &str); 12] = [
    ("x-forwarded-user", "olga@velo.example"),
    ("x-forwarded-for", "127.0.0.1"),
    ("x-real-ip", "127.0.0.1"),
    ("x-remote-user", "olga@velo.example"),
    ("remote-user", "olga@velo.example"),
    ("remote_user", "olga@velo.example"),
    ("x-authenticated-user", "olga@velo.example"),
    ("x-on-behalf-of", "olga@velo.example"),
    ("x-original-url", "/api/v2/users/me"),
    ("x-http-method-override", "GET"),
    ("x-csrf-token", "x"),
    ("cookie", "_zendesk_session=x; user=1"),
];

/// Nobody becomes somebody by a header, on any route.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2020_26030_nobody_is_somebody_by_a_header() {
    let everybody = Everybody::make().await;
    for route in routes().iter().filter(|route| route.method == "GET") {
        let path =
            route.path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect::<Vec<_>>();
        let path = path.join("1");
        let plain = Asked { method: "GET".into(), path: path.clone(), kind: "", body: String::new() };
        let plain = everybody.ask("nobody", &plain).await.status;
        let mut request = axum::http::Request::builder().uri(&path).header("host", "desk");
        for (name, value) in CLAIMS {
            request = request.header(name, value);
        }
        let claimed = everybody.send(request.body(axum::body::Body::empty()).expect("a request")).await;
        assert_eq!(claimed.status, plain, "{path}: {}", claimed.body);
    }
}

/// Only who was let act for others does, whatever they sign in with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cve_2020_26029_a_token_acts_for_nobody_else() {
    let served = Served::sqlite().await;
    for person in [served.town.ana, served.town.agent, served.town.admin] {
        for other in ["olga@velo.example", "ana@gare.example", "", "nobody"] {
            let asked = served.ask(person, Method::GET, "users/me").await.header("x-on-behalf-of", other);
            let answer = Answer::of(asked.send().await.expect("an answer")).await;
            assert_eq!(answer.status.as_u16(), 403, "{other}: {answer:?}");
        }
    }
}

/// Another way to write a path leads to the same thing or to nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_spelling_of_a_path_leads_past_a_check() {
    let everybody = Everybody::make().await;
    for path in [
        "/api/v2//tickets/1",
        "/api/v2/./tickets/1",
        "/api/v2/users/../tickets/1",
        "/api/v2/%74ickets/1",
        "/api/v2/tickets%2f1",
        "/api/v2/tickets/1%00",
        "/api/v2/tickets/%31",
        "/api/v2/tickets/1.json",
        "/api/v2/tickets/1.json/",
        "/api/v2/tickets/1.json.json",
        "/api/v2/tickets/1;.json",
        "/api/v2/tickets/+1",
        "/api/v2/tickets/01",
        "/api/v2/tickets/1e0",
        "/API/V2/tickets/1",
        "/api/v2/tickets/99999999999999999999",
        "/api/v2/tickets/-1",
        "/api/v2/tickets/9223372036854775807",
        "/api/v2/tickets?page[size]=0",
        "/api/v2/tickets?page[size]=-1",
        "/api/v2/tickets?page[size]=99999999999999999999",
        "/api/v2/tickets?page[size][]=1&page[after]=%00",
        "/api/v2/tickets?page=18446744073709551615&per_page=4294967295",
        "/api/v2/tickets/show_many?ids=,,,&ids[]=1",
        "/api/v2/search?query=%ff%fe%00",
        "/api/v2/tickets?token=x&access_token=x&api_token=x",
    ] {
        for who in ["nobody", "the requester", "an agent's program for people alone", "an admin"] {
            let asked = Asked { method: "GET".into(), path: path.into(), kind: "", body: String::new() };
            let got = everybody.ask(who, &asked).await;
            assert!(got.status < 500, "{who} by {path}: {} {}", got.status, got.body);
            assert!(who == "an admin" || got.status >= 400, "{who} by {path}: {} {}", got.status, got.body);
        }
    }
}

/// A secret belongs in a header: one in an address, which is kept in many places, opens nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_in_an_address_opens_nothing() {
    let everybody = Everybody::make().await;
    let program = everybody.program(everybody.scene.agent, "read write").await;
    let token = program.strip_prefix("Bearer ").expect("a token");
    for name in ["access_token", "token", "api_token", "oauth_token"] {
        let path = format!("/api/v2/tickets?{name}={token}");
        let got = everybody.ask("nobody", &Asked { method: "GET".into(), path, kind: "", body: String::new() }).await;
        assert_eq!(got.status, 401);
    }
}

/// Bodies that are no body, to every route that takes one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_body_makes_a_route_fail() {
    let everybody = Everybody::make().await;
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let bodies = [
        deep,
        "{\"a\":".repeat(20_000),
        "null".into(),
        "[]".into(),
        "\"\\ud800\"".into(),
        "{\"ticket\":[],\"user\":[],\"request\":[],\"organization\":[],\"group\":[]}".into(),
        "{\"ticket\":{\"subject\":{\"a\":1},\"comment\":{\"body\":\"\\ud800\"}},\"user\":{\"name\":\"\\udfff\"}}"
            .into(),
        "{\"ticket\":{\"id\":1e400},\"user\":{\"id\":99999999999999999999}}".into(),
        "{\"ticket\":{},\"ticket\":{},\"user\":{},\"user\":{\"role\":\"admin\"}}".into(),
    ];
    for route in routes().into_iter().filter(|route| route.is_change() && !route.takes_away()) {
        let path = route.path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        let path = path.collect::<Vec<_>>().join("999999");
        for who in ["nobody", "the requester", "an admin"] {
            for body in &bodies {
                let asked = Asked {
                    method: route.method.clone(),
                    path: path.clone(),
                    kind: "application/json",
                    body: body.clone(),
                };
                let got = everybody.ask(who, &asked).await;
                assert!(got.status < 500, "{who} by {}: {} {} of {:.80}", route.name(), got.status, got.body, body);
            }
        }
    }
}

/// A key is its sender's own: with somebody else's nothing is told of what was done by it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_somebody_else_tells_nothing() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let body = json!({ "request": { "subject": "mksubject", "comment": { "body": "mkbody" } } });
    let post = async |person, body: &serde_json::Value| {
        let asked = served.ask(person, Method::POST, "requests").await.header("idempotency-key", "the same").json(body);
        Answer::of(asked.send().await.expect("an answer")).await
    };
    let first = post(town.ana, &body).await.with(201)["request"]["id"].clone();
    assert_eq!(post(town.ana, &body).await.with(201)["request"]["id"], first);
    let other = post(town.cleo, &json!({ "request": { "subject": "b", "comment": { "body": "b" } } })).await.with(201);
    assert_ne!(other["request"]["id"], first);
    assert!(!other.to_string().contains("mk"), "{other}");
}

/// Who may not read something is not told either that it is as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_known_tag_opens_nothing() {
    let served = Served::sqlite().await;
    let id = served.town.ticket(served.town.ana, "Printer", "a").await;
    let path = format!("requests/{id}");
    let tag = served.get(served.town.ana, &path).await.headers["etag"].clone();
    for tag in [tag, reqwest::header::HeaderValue::from_static("*")] {
        let asked = served.ask(served.town.cleo, Method::GET, &path).await.header("if-none-match", tag.clone());
        Answer::of(asked.send().await.expect("an answer")).await.with(404);
        let asked = served.nobody(Method::GET, &path).header("if-none-match", tag);
        Answer::of(asked.send().await.expect("an answer")).await.with(401);
    }
}

/// Nobody in particular says much: what is taken of them is little, so that many of them fill no memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_nobody_hands_in_no_more_than_a_form() {
    let everybody = Everybody::make().await;
    for path in ["/access", "/access/x", "/oauth/tokens", "/oauth/authorizations/new"] {
        let body = format!("email={}", "a".repeat(100_000));
        let kind = "application/x-www-form-urlencoded";
        let got = everybody.ask("nobody", &Asked { method: "POST".into(), path: path.into(), kind, body }).await;
        assert_eq!(got.status, 413, "{path}: {}", got.body);
    }
}

/// A program that was let read people reads no tickets, by no way round.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_program_was_let_do_is_looked_at_along_the_whole_path() {
    let everybody = Everybody::make().await;
    let who = "an agent's program for people alone";
    for path in
        ["users/1/tickets/requested", "users/1/requests", "organizations/1/tickets", "tickets", "search?query=a"]
    {
        let path = format!("/api/v2/{path}");
        let got = everybody.ask(who, &Asked { method: "GET".into(), path, kind: "", body: String::new() }).await;
        assert_eq!(got.status, 403, "{}", got.body);
    }
}
