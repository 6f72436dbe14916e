//! What programs that others wrote for Zendesk send and follow, each a little differently.

use crate::support::served::{Answer, Served};
use guichet::domain::time::Span;
use guichet::server::Limits;
use reqwest::Method;
use std::num::NonZeroU32;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_may_have_a_slash_more() {
    let served = Served::sqlite().await;
    let admin = served.town.admin;
    for path in ["/tickets.json", "/tickets.json?page[size]=1", "tickets/", "tickets.json/", "//tickets"] {
        served.get(admin, path).await.with(200);
    }
    served.get(admin, "nothing//here").await.with(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_begins_at_a_fraction_or_a_date_and_its_links_keep_what_was_asked() {
    let served = Served::sqlite().await;
    let (town, admin) = (&served.town, served.town.admin);
    for subject in ["One", "Two", "Three"] {
        town.ticket(town.ana, subject, "text").await;
        town.wait(Span::minutes(2));
    }
    for start in ["1577836800", "1577836800.0", "2020-01-01T00:00:00Z", "2020-01-01"] {
        let path = format!("incremental/tickets/cursor.json?start_time={start}");
        assert_eq!(served.get(admin, &path).await.with(200)["tickets"].as_array().map(Vec::len), Some(3), "{start}");
    }
    for start in ["yesterday", "", "1e9", "1.x"] {
        served.get(admin, &format!("incremental/tickets/cursor?start_time={start}")).await.with(400);
    }
    let mut path = "incremental/tickets/cursor.json?start_time=1&include=users&per_page=1".to_owned();
    for _ in 0..3 {
        let page = served.get(admin, &path).await.with(200);
        assert_eq!((page["tickets"].as_array().map(Vec::len), page["users"].is_array()), (Some(1), true), "{path}");
        let after = page["after_url"].as_str().expect("a link");
        assert!(!after.contains("start_time"), "{after}");
        path = after.strip_prefix(&format!("{}/api/v2/", served.base)).expect("our own link").to_owned();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_word_with_a_colon_is_a_word_and_a_keyword_that_is_none_finds_nobody() {
    let served = Served::sqlite().await;
    let (town, admin) = (&served.town, served.town.admin);
    let id = town.ticket(town.ana, "Error: lamp E42", "it says error: lamp").await;
    for query in ["Error: lamp", "re:lamp%20lamp", "type:ticket%20error:%20lamp"] {
        let found = served.get(admin, &format!("search?query={query}")).await;
        let found = found.with(200);
        let ids: Vec<i64> =
            found["results"].as_array().expect("results").iter().filter_map(|one| one["id"].as_i64()).collect();
        assert!(query.starts_with("re:") || ids.contains(&id.0), "{query}: {found}");
    }
    for query in ["type:organization%20tags:none", "type:organization%20created<2000-01-01", "type:group%20x:y"] {
        let found = served.get(admin, &format!("search?query={query}")).await.with(200);
        assert_eq!(found["count"], 0, "{query}: who changes all that is found must not find all: {found}");
    }
    served.get(admin, "search?query=updated>never").await.with(422);
    let exported = served.get(admin, "search/export?query=lamp").await.with(200);
    assert_eq!(exported["results"][0]["id"], id.0);
    served.get(admin, "search/export?query=lamp&filter[type]=topic").await.with(400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_too_much_is_told_how_much_is_too_much() {
    let limits = Limits { per_minute: NonZeroU32::new(2).expect("more than none"), ..Limits::default() };
    let served = Served::of(crate::support::town::Town::sqlite().await, &limits).await;
    for _ in 0..2 {
        served.nobody(Method::GET, "locales").send().await.expect("an answer");
    }
    let refused = Answer::of(served.nobody(Method::GET, "locales").send().await.expect("an answer")).await;
    for (name, value) in [("x-rate-limit", "2"), ("x-rate-limit-remaining", "0"), ("ratelimit-remaining", "0")] {
        assert_eq!(refused.headers[name], value, "{name}");
    }
    assert!(refused.headers.contains_key("retry-after"));
    refused.with(429);
}
