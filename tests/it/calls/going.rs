//! How calls go: taken, tried again, given up, left alone; on both databases.

use super::{allow, caller, flushed, hook, log, outbox, sent, standing, with};
use crate::support::receiver::{Got, Habit, Receiver};
use crate::support::town::{Ground, Town};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::future::join_all;
use guichet::client::post::Post;
use guichet::domain::act::Deed;
use guichet::domain::mailroom::MailDeed;
use guichet::domain::outgoing::Delivery;
use guichet::domain::time::Span;
use guichet::post::courier::Carried;
use hmac::{Hmac, KeyInit as _, Mac as _};
use std::collections::BTreeSet;

const GOOD: Habit = Habit::Answers(200, "", "ok");

/// As whoever takes them checks: `base64(HMAC-SHA256(secret, timestamp + body))`.
fn is_signed(got: &Got, secret: &str) -> bool {
    let mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    let signed = format!("{}{}", got.header("x-zendesk-webhook-signature-timestamp"), got.body);
    let expected = STANDARD.encode(mac.chain_update(signed.as_bytes()).finalize().into_bytes());
    got.header("x-zendesk-webhook-signature") == expected
}

async fn secret(town: &Town, id: guichet::domain::id::WebhookId) -> String {
    town.as_(town.admin).webhook_keys(id).await.expect("its keys").signing.expose().to_owned()
}

/// What a trigger calls for is called for once, signed as Zendesk signs, and says what an admin may know.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trigger_calls_once_and_signs() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let server = Receiver::new(GOOD).await;
        let (town, id) = with(&server, ground).await;
        let ticket = town.ticket(town.ana, "the chat is down", "It says nothing.").await;
        assert_eq!(flushed(&town).await, sent(1));
        assert_eq!(flushed(&town).await, sent(0));
        let got = server.got();
        assert_eq!(got.len(), 1);
        assert!(is_signed(&got[0], &secret(&town, id).await), "{got:?}");
        assert!(!is_signed(&got[0], "another"));
        assert_eq!(got[0].line, "POST /in HTTP/1.1");
        assert_eq!(got[0].header("x-zendesk-webhook-id"), id.to_string());
        assert_eq!(got[0].header("x-zendesk-webhook-signature-timestamp"), "2026-11-22T08:00:00Z");
        assert!(got[0].header("x-zendesk-account-id").parse::<u64>().is_ok());
        assert_eq!(got[0].header("content-type"), "application/json");
        let body: serde_json::Value = serde_json::from_str(&got[0].body).expect("JSON");
        assert_eq!(body["id"].as_str(), Some(got[0].header("x-zendesk-webhook-invocation-id")));
        assert_eq!((&body["ticket"]["id"], &body["ticket"]["subject"]), (&ticket.0.into(), &"the chat is down".into()));
        assert_eq!(body["comment"]["body"], "It says nothing.");
        assert_eq!(
            (&body["requester"]["email"], &body["rule"]["title"]),
            (&"ana@gare.example".into(), &"Calls chat".into())
        );
        assert_eq!((&body["webhook"]["name"], &body["account"]["name"]), (&"chat".into(), &"Vélo Métropole".into()));
        let log = log(&town, id).await;
        assert_eq!(log.len(), 1);
        assert_eq!(
            (log[0].status, &log[0].reason, &log[0].said, log[0].ticket),
            (Some(200), &None, &None, Some(ticket))
        );
        assert_eq!(standing(&town).await, [(Delivery::Sent, None)]);
        town.verified().await;
        town.store.close().await;
    }
}

/// Whoever is killed between the yes and the commit has made a call that is made again: under the same number, by
/// whoever comes when the lease is over, and not before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_was_cut_off_is_made_again_under_its_number() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        // The first says yes so late that the caller is gone.
        let server = Receiver::new(Habit::InTurn(vec![Habit::Stalls(""), GOOD])).await;
        let (town, _) = with(&server, ground).await;
        town.ticket(town.ana, "chat", "a").await;
        {
            let caller = caller(&town);
            let cut = caller.flush();
            tokio::pin!(cut);
            while server.got().is_empty() {
                tokio::select! { _ = &mut cut => panic!("it ended"), () = tokio::task::yield_now() => {} }
            }
        }
        town.wait(Span(30_000));
        assert_eq!(flushed(&town).await, sent(0), "somebody has it");
        town.wait(Span(20_000));
        assert_eq!(flushed(&town).await, sent(1));
        let numbers: BTreeSet<String> =
            server.got().iter().map(|got| got.header("x-zendesk-webhook-invocation-id").to_owned()).collect();
        assert_eq!((server.got().len(), numbers.len()), (2, 1));
        town.store.close().await;
    }
}

/// Several callers at once share them: none is made twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_callers_make_each_call_once() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let server = Receiver::new(GOOD).await;
        let (town, _) = with(&server, ground).await;
        for n in 0..20 {
            town.ticket(town.ana, &format!("chat {n}"), "a").await;
        }
        let all = join_all((0..4).map(|_| flushed(&town))).await;
        assert_eq!(all.into_iter().fold(Carried::default(), Carried::and), sent(20));
        let numbers: BTreeSet<String> =
            server.got().iter().map(|got| got.header("x-zendesk-webhook-invocation-id").to_owned()).collect();
        assert_eq!((server.got().len(), numbers.len()), (20, 20));
        town.store.close().await;
    }
}

/// A server that is away, hangs, hangs up or is to blame itself: nothing is lost, and it comes when it is well again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_does_not_take_is_tried_again() {
    let bad = [
        (Habit::Answers(500, "", "oops"), "status 500"),
        (Habit::Answers(429, "", ""), "status 429"),
        (Habit::Answers(409, "", ""), "status 409"),
        (Habit::HangsUp, "broken_answer"),
        (Habit::Stalls(""), "timeout"),
        (Habit::Writes("HTTP/1.1 20"), "broken_answer"),
    ];
    for (habit, reason) in bad {
        let server = Receiver::new(Habit::InTurn(vec![habit.clone(), GOOD])).await;
        let (town, id) = with(&server, Ground::sqlite()).await;
        town.ticket(town.ana, "chat", "a").await;
        assert_eq!(flushed(&town).await, Carried { later: 1, ..sent(0) }, "{habit:?}");
        assert_eq!(standing(&town).await, [(Delivery::Waiting, Some(reason.to_owned()))], "{habit:?}");
        assert_eq!(flushed(&town).await, sent(0), "not before its time: {habit:?}");
        town.wait(Span(10_000));
        assert_eq!(flushed(&town).await, sent(1), "{habit:?}");
        let met: Vec<Option<u16>> = log(&town, id).await.iter().map(|call| call.status).collect();
        assert_eq!((met.len(), met[0]), (2, Some(200)), "{habit:?}");
        // One that hung up has read nothing; the others know the call again.
        let numbers: BTreeSet<String> =
            server.got().iter().map(|got| got.header("x-zendesk-webhook-invocation-id").to_owned()).collect();
        assert_eq!(numbers.len(), 1, "{habit:?}");
    }
}

/// A call is tried for a day, and then it has failed; a server that says when to come again is not visited before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_given_up_after_a_day() {
    let server = Receiver::new(Habit::Answers(503, "retry-after: 7200\r\n", "")).await;
    let (town, _) = with(&server, Ground::sqlite()).await;
    town.ticket(town.ana, "chat", "a").await;
    assert_eq!(flushed(&town).await.later, 1);
    town.wait(Span::minutes(119));
    assert_eq!(flushed(&town).await, sent(0));
    let mut tries = 1;
    while outbox(&town).await[0].standing == Delivery::Waiting {
        town.wait(Span::hours(2));
        flushed(&town).await;
        tries += 1;
        assert!(tries < 20, "it never ends");
    }
    assert_eq!(standing(&town).await, [(Delivery::Failed, Some("status 503".to_owned()))]);
    assert!((12..=13).contains(&server.got().len()), "{}", server.got().len());
}

/// A no is a no: it is not asked again, and the reason stands there; an admin can let it be tried again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_no_is_final_and_says_why() {
    for (habit, error) in [
        (Habit::Answers(410, "", "gone \u{1b}[2Jfor good"), "status 410"),
        (Habit::Answers(302, "location: http://169.254.169.254/\r\n", ""), "redirect 302"),
    ] {
        let server = Receiver::new(Habit::InTurn(vec![habit, GOOD])).await;
        let (town, id) = with(&server, Ground::sqlite()).await;
        town.ticket(town.ana, "chat", "a").await;
        assert_eq!(flushed(&town).await, Carried { failed: 1, ..sent(0) });
        assert_eq!(standing(&town).await, [(Delivery::Failed, Some(error.to_owned()))]);
        town.wait(Span::days(2));
        assert_eq!(flushed(&town).await, sent(0));
        let said = log(&town, id).await[0].said.clone();
        assert!(said.is_none_or(|said| said.starts_with("gone")), "what it said");
        let number = outbox(&town).await[0].id;
        town.tries(town.admin, Deed::Mail(MailDeed::PutBack(number))).await.expect("put back");
        assert_eq!(flushed(&town).await, sent(1));
    }
}

/// A server that fails again and again is left alone for a while, and no call is counted for it; when it is back, all of
/// them come. Another webhook's calls go all the while.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_server_is_left_alone_and_keeps_no_other_waiting() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let mut habits = vec![Habit::Answers(500, "", ""); 7];
        habits.push(GOOD);
        let (server, other) = (Receiver::new(Habit::InTurn(habits)).await, Receiver::new(GOOD).await);
        let (town, _) = with(&server, ground).await;
        hook(&town, "lamp", &other.url("/")).await;
        for n in 0..12 {
            town.ticket(town.ana, &format!("chat lamp {n}"), "a").await;
        }
        // Four at once, then one by one: after the third failure in a row it is left alone.
        assert_eq!(flushed(&town).await, Carried { sent: 12, later: 6, ..sent(0) });
        assert_eq!(server.got().len(), 6);
        town.wait(Span(29_000));
        assert_eq!(flushed(&town).await, sent(0), "left alone");
        town.wait(Span(1_000));
        assert_eq!(flushed(&town).await, Carried { later: 1, ..sent(0) }, "one to see how it is");
        let untried = outbox(&town).await.iter().filter(|one| one.tries == 0).count();
        assert_eq!(untried, 5, "nobody is blamed for it");
        town.wait(Span::minutes(2));
        assert_eq!(flushed(&town).await, sent(12), "it is back");
        town.store.close().await;
    }
}

/// One host that hangs keeps nobody waiting for longer than its own time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_holds_up_only_its_own() {
    let (slow, other) = (Receiver::new(Habit::Stalls("")).await, Receiver::new(GOOD).await);
    let (town, _) = with(&slow, Ground::sqlite()).await;
    hook(&town, "lamp", &other.url("/")).await;
    town.ticket(town.ana, "chat lamp", "a").await;
    let caller = caller(&town);
    let flush = caller.flush();
    tokio::pin!(flush);
    while other.got().is_empty() {
        tokio::select! { _ = &mut flush => break, () = tokio::task::yield_now() => {} }
    }
    assert_eq!(other.got().len(), 1);
    assert_eq!(flush.await.expect("an answer"), Carried { later: 1, ..sent(1) });
}

/// What may not be called is not: an address of one's own that nobody allows, and what was switched off or is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_not_be_called_is_not() {
    let canary = Receiver::new(GOOD).await;
    let (town, id) = with(&canary, Ground::sqlite()).await;
    allow(&town, "none").await;
    town.ticket(town.ana, "chat", "a").await;
    assert_eq!(flushed(&town).await, Carried { failed: 1, ..sent(0) });
    let https = hook(&town, "inner", &canary.url("/").replace("http:", "https:")).await;
    town.ticket(town.ana, "inner", "a").await;
    assert_eq!(flushed(&town).await, Carried { failed: 1, ..sent(0) });
    let whys: Vec<Option<String>> = standing(&town).await.into_iter().map(|one| one.1).collect();
    assert_eq!(whys, [Some("private_address".to_owned()), Some("not_https".to_owned())]);
    assert_eq!(log(&town, https).await[0].reason.as_deref(), Some("private_address"));
    allow(&town, "127.0.0.1").await;
    town.ticket(town.ana, "chat", "a").await;
    let item = town.as_(town.admin).items(guichet::domain::setup::ItemKind::Webhook).await.expect("webhooks");
    let item =
        item.into_iter().find(|one| one.key().id == id.0).and_then(|one| one.switched(false)).expect("one to switch");
    town.does(town.admin, guichet::domain::act::Deed::SetItem(Box::new(item))).await;
    assert_eq!(flushed(&town).await, Carried { held: 1, ..sent(0) });
    assert_eq!(standing(&town).await[0], (Delivery::Dropped, Some("switched_off".to_owned())));
    assert_eq!(canary.met(), 0);
}

/// Calls that nobody was there to make for a week are held: whoever takes them would wonder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn late_calls_are_held() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let server = Receiver::new(GOOD).await;
        let (town, _) = with(&server, ground).await;
        town.ticket(town.ana, "chat", "a").await;
        town.wait(Span::days(8));
        assert_eq!(flushed(&town).await, sent(0));
        assert_eq!(standing(&town).await, [(Delivery::Held, Some("late".to_owned()))]);
        // Letters and calls leave each other alone.
        let post = Post::new(town.store.clone(), town.clock());
        assert!(!post.take(100).await.expect("letters").0.is_empty());
        assert_eq!(server.met(), 0);
        town.store.close().await;
    }
}
