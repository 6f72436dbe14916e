//! Who sends slowly, or very much, or many guesses at once.

use crate::support::served::{Answer, Served, http};
use guichet::domain::secret::Secret;
use guichet::server::Shares;
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Bodies of which half is sent take no place of those who are answered, and few of those who send.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_sent_bodies_keep_nobody_waiting() {
    let served = Served::sqlite().await;
    let host = served.base.strip_prefix("http://").expect("an address").to_owned();
    let half = format!("POST /oauth/tokens HTTP/1.1\r\nhost: {host}\r\ncontent-length: 100\r\n\r\n{{");
    let mut held = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(&host).await.expect("a connection");
        stream.write_all(half.as_bytes()).await.expect("half of it is sent");
        held.push(stream);
    }
    let soon = async |path: &str| {
        let asked = http().get(format!("{}{path}", served.base)).timeout(Duration::from_secs(5));
        asked.send().await.expect("an answer in time").status().as_u16()
    };
    assert_eq!(soon("/health").await, 200);
    assert_eq!(soon("/api/v2/users/me").await, 200);
    let ana = served.town.ana;
    served.get(ana, "requests").await.with(200);
    drop(held);
}

/// A few bytes can be a thousand values: what is sent is bounded by both.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_is_bounded_by_what_it_would_become() {
    let served = Served::sqlite().await;
    let many = format!(
        "{{\"request\":{{\"subject\":\"a\",\"comment\":{{\"body\":\"b\"}},\"x\":[{}0]}}}}",
        "0,".repeat(300_000)
    );
    for path in ["requests", "../guichet/v1/session"] {
        let asked = served.ask(served.town.ana, Method::POST, path).await.body(many.clone());
        let status = asked.send().await.expect("an answer").status().as_u16();
        assert!([400, 413].contains(&status), "{path}: {status}");
    }
    let long = json!({ "request": { "subject": "long", "comment": { "body": "[,{ ".repeat(1 << 20) } } });
    served.send(served.town.ana, Method::POST, "requests", &long).await.with(201);
}

/// Many guesses at once are no more guesses than one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guesses_at_once_are_counted_as_guesses() {
    let served = Served::sqlite().await;
    let (admin, ana) = (served.town.as_(served.town.admin), served.town.ana);
    admin.set_password(served.town.key(), ana, Secret::new("correct horse battery")).await.expect("a password");
    let mut guesses = JoinSet::new();
    for guess in 0..20 {
        let asked =
            served.nobody(Method::GET, "requests").basic_auth("ana@example.org", Some(format!("guess {guess}")));
        guesses.spawn(async move { asked.send().await.expect("an answer").status().as_u16() });
    }
    let mut by_status: BTreeMap<u16, usize> = BTreeMap::new();
    for status in guesses.join_all().await {
        *by_status.entry(status).or_default() += 1;
    }
    assert_eq!(by_status, BTreeMap::from([(401, 5), (429, 15)]));
    let right = served.nobody(Method::GET, "requests").basic_auth("ana@example.org", Some("correct horse battery"));
    Answer::of(right.send().await.expect("an answer")).await.with(429);
}

/// Whoever has one of the newer addresses has a whole network of them: that is one place.
#[test]
fn a_place_is_a_whole_network() {
    let of = |text: &str| guichet::server::place(text.parse().expect("an address"));
    assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
}

/// What each may have is given back, and nobody has more.
#[test]
fn shares_are_bounded_and_given_back() {
    let shares = Shares::new(2);
    let (first, second) = (shares.take("a"), shares.take("a"));
    assert!(first.is_some() && second.is_some() && shares.take("a").is_none());
    assert!(shares.take("b").is_some(), "another one has shares of their own");
    drop(first);
    assert!(shares.take("a").is_some());
}
