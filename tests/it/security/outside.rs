//! Who comes from outside with bad intentions: other people's pages, made-up sign-ins, headers of no proxy, places of lists
//! that nobody was told.

use crate::support::served::{Answer, Served};
use crate::support::town::Town;
use guichet::domain::act::{Change, Deed, PersonChange};
use guichet::domain::person::Restriction;
use guichet::server::Limits;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::num::NonZeroU32;

async fn answer(asked: RequestBuilder) -> Answer {
    Answer::of(asked.send().await.expect("an answer")).await
}

/// A browser adds what its reader once typed to whatever any page sends (CSRF): a page of somebody else changes nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_somebody_else_changes_nothing() {
    let served = Served::sqlite().await;
    let ana = served.town.ana;
    let body = json!({ "request": { "subject": "Lamp", "comment": { "body": "dark" } } });
    let own = served.base.clone();
    let post = async |headers: &[(&'static str, &str)]| {
        let mut asked = served.ask(ana, Method::POST, "requests").await.header("content-type", "text/plain");
        for (name, value) in headers {
            asked = asked.header(*name, *value);
        }
        answer(asked.body(body.to_string())).await
    };
    for page in [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
        &[("sec-fetch-site", "same-site"), ("origin", &own)],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "")],
    ] {
        post(page).await.with(403);
    }
    assert_eq!(served.get(ana, "requests").await.with(200)["count"], 0);
    for page in [&[][..], &[("sec-fetch-site", "same-origin"), ("origin", &own)], &[("origin", &own)]] {
        post(page).await.with(201);
    }
    let read = served.ask(ana, Method::GET, "requests").await.header("origin", "https://evil.example");
    let read = answer(read).await;
    assert!(read.headers.keys().all(|name| !name.as_str().starts_with("access-control")), "{:?}", read.headers);
}

/// Another sign-in for each request, all of them made up, are one address that asks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_makes_up_sign_ins_is_one_address() {
    let limits = Limits { per_minute: NonZeroU32::MIN, ..Limits::default() };
    let served = Served::of(Town::sqlite().await, &limits).await;
    let ask = async |n: u32| answer(served.nobody(Method::GET, "tickets").bearer_auth(format!("{n:043}"))).await;
    let mut asked = 0;
    while ask(asked).await.status != 429 {
        asked += 1;
        assert!(asked < 100, "nobody says stop");
    }
    assert!(asked >= 10, "{asked} people at one address are not many");
}

/// Whoever tries others for somebody's address does not shut them out: theirs is good all the same, and no guess of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_guesses_shuts_nobody_out() {
    let served = Served::sqlite().await;
    let (email, _) = served.token(served.town.agent).await;
    let guess = async |n: u32| {
        let asked = served.nobody(Method::GET, "users/me").basic_auth(format!("{email}/token"), Some(n.to_string()));
        answer(asked).await.status.as_u16()
    };
    for n in 0..40 {
        assert!([401, 429].contains(&guess(n).await));
    }
    assert_eq!(guess(99).await, 429);
    served.get(served.town.agent, "tickets").await.with(200);
}

/// What a proxy would say is believed behind one alone: no host, no scheme, no address comes from it otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_a_proxy_by_saying_so() {
    let served = Served::sqlite().await;
    let asked = served.ask(served.town.agent, Method::GET, "users/me").await;
    let asked = asked.header("x-forwarded-host", "evil.example").header("x-forwarded-proto", "https");
    let me = answer(asked.header("forwarded", "host=evil.example;proto=https")).await.with(200);
    assert_eq!(me["user"]["url"], format!("{}/api/v2/users/{}.json", served.base, served.town.agent));

    let limits = Limits { per_minute: NonZeroU32::MIN, ..Limits::default() };
    let served = Served::of(Town::sqlite().await, &limits).await;
    let from = async |address: &str| {
        let asked = served.nobody(Method::GET, "locales").header("x-forwarded-for", address);
        answer(asked.header("x-real-ip", address)).await.status.as_u16()
    };
    assert_eq!((from("10.0.0.1").await, from("10.0.0.2").await), (200, 429));
}

/// A host that is none, or two of them, is no question: links would lead where nobody knows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_is_one_name() {
    let served = Served::sqlite().await;
    for host in ["", "a b", "evil.example/x", "evil.example?x", "a@evil.example", "a,b", "\"><script>"] {
        let asked = answer(served.nobody(Method::GET, "locales").header("host", host)).await;
        assert_eq!(asked.status.as_u16(), 400, "{host}: {asked:?}");
    }
}

/// A place of somebody else's list, or one that nobody was told, leads to no row that whoever asks may not see.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_of_another_list_tells_nothing() {
    let served = Served::sqlite().await;
    let town = &served.town;
    let mut own = None;
    for n in 0..6 {
        let id = town.ticket(town.ana, &format!("mk{n}"), "mktext").await;
        own = Some(id);
    }
    let own = own.expect("a ticket");
    town.change(own, Change { assignee: Some(Some(town.agent)), ..Change::default() }).await;
    let change = PersonChange { restriction: Some(Restriction::Assigned), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
    for list in ["tickets", "tickets?sort=-updated_at", "search/export?query=mktext&filter[type]=ticket"] {
        let path = format!("{list}{}page[size]=2", if list.contains('?') { "&" } else { "?" });
        let page = served.get(town.admin, &path).await.with(200);
        let place = page["meta"]["after_cursor"].as_str().expect("a place").to_owned();
        let mut tried =
            vec![place.clone(), place.to_uppercase(), format!("{place}="), String::from("AAAA"), "%00".into()];
        for at in 0..place.len() {
            let mut other = place.clone().into_bytes();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            tried.push(String::from_utf8(other).expect("letters"));
        }
        for place in tried {
            let got = served.get(town.agent, &format!("{path}&page[after]={place}")).await;
            assert!(got.status.as_u16() < 500, "{path} {place}: {got:?}");
            let rows = got.body["tickets"].as_array().or_else(|| got.body["results"].as_array());
            let seen = rows.into_iter().flatten().filter_map(|row| row["id"].as_i64());
            assert!(seen.into_iter().all(|id| id == own.0), "{path} {place}: {:?}", got.body);
        }
    }
}

/// The pages of signing in are kept, framed and run by nobody, and say what they were sent as text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_page_was_sent_is_text_on_it() {
    let served = Served::sqlite().await;
    let evil = "\"><script>alert(1)</script>\r\nSet-Cookie: x=1";
    let page = format!("{}/oauth/authorizations/new", served.base);
    let challenge = "a".repeat(43);
    let mut asked = vec![
        ("response_type", "code"),
        ("client_id", "guichet"),
        ("redirect_uri", "http://127.0.0.1:9/x"),
        ("scope", evil),
        ("state", evil),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let http = crate::support::served::http();
    let got = answer(http.get(&page).query(&asked)).await;
    let headers = format!("{:?}", got.headers);
    let shown = Value::to_string(&got.body);
    assert!(!shown.contains("<script") && !headers.contains("set-cookie"), "{shown} {headers}");
    for kept in ["frame-ancestors 'none'", "default-src 'none'", "no-store", "no-referrer", "nosniff", "DENY"] {
        assert!(headers.contains(kept), "{kept}: {headers}");
    }
    // A way that is weaker than what is asked for is none.
    asked.retain(|(name, _)| *name != "code_challenge_method");
    for method in ["plain", "", "s256"] {
        let weaker = [&asked[..], &[("code_challenge_method", method)]].concat();
        assert_eq!(answer(http.get(&page).query(&weaker)).await.status, 400, "{method}");
    }
}
