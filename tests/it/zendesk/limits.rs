//! Within what an account allows.

use super::desk::{Desk, JSON, http, ok, whole};
use guichet::client::{Client, ListAsk, Source};
use guichet::domain::id::TicketId;
use serde_json::json;

#[tokio::test]
async fn who_is_told_to_wait_waits_and_asks_again_and_says_why() {
    let desk = Desk::open().await;
    let client = desk.client();
    client.session().await.expect("a session");
    let mut waiting = client.waiting().expect("one who knows");
    let slow = http(
        "429 Too Many Requests",
        "content-type: text/plain\r\nretry-after: 1\r\nx-rate-limit: 700\r\n",
        "Number of allowed API requests per minute exceeded",
    );
    desk.says("GET tickets/35436?", [slow]);
    let (thread, ()) = tokio::join!(client.ticket(TicketId(35_436), 5), async {
        waiting.changed().await.expect("it is told");
        let told = waiting.borrow_and_update().expect("somebody waits");
        assert_eq!(told.allowed, Some(700));
    });
    assert_eq!(thread.expect("a ticket").item.id, TicketId(35_436));
    assert_eq!(desk.asked("GET tickets/35436?").len(), 2);
    waiting.changed().await.ok();
    assert_eq!(*waiting.borrow(), None);
}

/// What has not changed is not sent a second time, and is there all the same.
#[tokio::test]
async fn what_has_not_changed_is_asked_for_by_its_tag() {
    let desk = Desk::open().await;
    let body = json!({ "ticket": super::desk::ticket(), "users": super::desk::people() }).to_string();
    let first = http("200 OK", &format!("{JSON}etag: W/\"abc\"\r\n"), &body);
    desk.says("GET tickets/35436?", [first, http("304 Not Modified", "etag: W/\"abc\"\r\n", "")]);
    let client = desk.client();
    let one = client.ticket(TicketId(35_436), 5).await.expect("a ticket");
    let two = client.ticket(TicketId(35_436), 5).await.expect("a ticket");
    assert_eq!(one, two);
    assert!(desk.asked("GET tickets/35436?")[1].head.contains("if-none-match: w/\"abc\""));
}

#[tokio::test]
async fn the_same_question_is_asked_once_while_it_is_under_way() {
    let desk = Desk::open().await;
    let client = desk.client();
    client.session().await.expect("a session");
    let (one, two, three) =
        tokio::join!(client.ticket(TicketId(35_436), 5), client.ticket(TicketId(35_436), 5), client.session());
    assert_eq!(one.expect("a ticket"), two.expect("a ticket"));
    three.expect("a session");
    assert_eq!(desk.asked("GET tickets/35436?").len(), 1);
    assert_eq!(desk.asked("GET users/me").len(), 1, "and what one knows of the account is good for a while");
}

/// Views are counted six times a minute at most, twenty at once.
#[tokio::test]
async fn many_views_are_counted_by_one_question() {
    let desk = Desk::open().await;
    let view = |id: i64| json!({ "id": id, "title": format!("View {id}"), "active": true });
    desk.says("GET views/active", [ok(&whole("views", &(1..=25).map(view).collect()))]);
    let count = |id: i64| json!({ "view_id": id, "value": id, "pretty": id.to_string(), "fresh": true });
    let mut late = vec![json!({ "view_id": 21, "value": null, "pretty": "...", "fresh": false })];
    late.push(json!({ "view_id": 22, "value": 700, "pretty": "~700" }));
    desk.says(
        "GET views/count_many",
        [ok(&whole("view_counts", &(1..=20).map(count).collect())), ok(&whole("view_counts", &late.into()))],
    );
    let client = desk.client();
    let views = client.session().await.expect("a session").views;
    let sources: Vec<Source> = views.iter().map(|view| Source::View(view.slug.clone())).collect();
    let counts = client.counts(sources.clone()).await.expect("counts");
    assert_eq!((counts[6].value, counts[20].or_more, counts[21].value, counts[21].or_more), (7, true, 700, true));
    assert_eq!(client.counts(sources).await.expect("counts"), counts);
    assert_eq!(desk.asked("GET views/count_many").len(), 2, "twenty at once, and not again at once");
}

/// A search ends after a thousand rows: nobody is sent on to where the account refuses.
#[tokio::test]
async fn a_search_is_not_asked_beyond_its_end() {
    let desk = Desk::open().await;
    let page = json!({ "results": [], "count": 4_000, "next_page": "https://acme.zendesk.com/api/v2/search.json?page=11", "facets": null });
    desk.says("GET search?", vec![ok(&page); 10]);
    let client = desk.client();
    let mut ask = ListAsk::first(Source::Search("bell".to_owned()));
    let mut pages = 0;
    loop {
        let page = client.tickets(ask.clone()).await.expect("a page");
        pages += 1;
        let Some(next) = page.next else { break };
        ask.after = Some(next);
    }
    assert_eq!((pages, desk.asked("GET search?").len()), (10, 10));
}
