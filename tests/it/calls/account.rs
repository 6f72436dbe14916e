//! What an account keeps of webhooks beside their documents, and who may have it.

use super::{allow, flushed, hook, log, sent, with};
use crate::support::receiver::{Habit, Receiver};
use crate::support::town::{Ground, Town};
use guichet::client::{Error, LogAsk};
use guichet::domain::act::Deed;
use guichet::domain::id::WebhookId;
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::secret::Secret;
use guichet::domain::setup::{ItemKey, ItemKind};
use guichet::domain::webhook::{SignIn, WebhookDeed};

const GOOD: Habit = Habit::Answers(200, "", "");

fn signs_in(webhook: WebhookId, sign_in: Option<SignIn>) -> Deed {
    Deed::Webhook { webhook, deed: WebhookDeed::SignIn(sign_in) }
}

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

async fn signing(town: &Town, id: WebhookId) -> String {
    town.as_(town.admin).webhook_keys(id).await.expect("its keys").signing.expose().to_owned()
}

/// A secret is made with the first call or look, stays, and becomes another when an admin wants; history says that much.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_signs_with_a_secret_of_its_own() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let (one, other) =
            (hook(&town, "chat", "https://a.example/").await, hook(&town, "lamp", "https://b.example/").await);
        let first = signing(&town, one).await;
        assert_eq!(first.len(), 64);
        assert_eq!(signing(&town, one).await, first);
        assert_ne!(signing(&town, other).await, first);
        let new = guichet::client::calls::new_secret().expect("chance");
        town.does(town.admin, Deed::Webhook { webhook: one, deed: WebhookDeed::Renew(new.clone()) }).await;
        assert_eq!(signing(&town, one).await, new.expose());
        let log = town.as_(town.admin).admin_log(LogAsk { newest_first: true, after: None, limit: 1 }).await;
        let log = format!("{:?}", log.expect("the log").rows);
        assert!(log.contains("signing_secret") && !log.contains(new.expose()), "{log}");
        town.verified().await;
        town.store.close().await;
    }
}

/// Nobody but admins, of nothing but what is there.
#[tokio::test]
async fn secrets_and_logs_are_the_admins() {
    let town = Town::sqlite().await;
    let id = hook(&town, "chat", "https://a.example/").await;
    for who in [town.agent, town.ana] {
        let client = town.as_(who);
        assert!(matches!(client.webhook_keys(id).await, Err(Error::Denied)));
        assert!(matches!(client.webhook_calls(id, None, 9).await, Err(Error::Denied)));
        assert!(matches!(client.test_webhook(id).await, Err(Error::Denied)));
        let refused = town.tries(who, signs_in(id, None)).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Role { .. }) | Error::Denied)), "{refused:?}");
    }
    let missing = Error::Refused(Refusal::NotFound(Thing::Item(ItemKind::Webhook)));
    let nothing = town.tries(town.admin, signs_in(WebhookId(9_999), None)).await.expect_err("nothing there");
    assert!(nothing == missing || nothing == Error::NotFound, "{nothing:?}");
    town.does(town.admin, Deed::Webhook { webhook: id, deed: WebhookDeed::SignIn(None) }).await;
}

/// What could not be sent, or would say something else than who calls, is refused when it is set.
#[tokio::test]
async fn how_one_signs_in_is_checked() {
    let town = Town::sqlite().await;
    let id = hook(&town, "chat", "https://a.example/").await;
    let header = |name: &str, value: &str| SignIn::Header { name: name.into(), value: secret(value) };
    let basic = |user: &str, password: &str| SignIn::Basic { user: user.into(), password: secret(password) };
    let refused = [
        (SignIn::Bearer(secret("")), Refusal::Empty(Field::Token)),
        (SignIn::Bearer(secret("a\r\nx: b")), Refusal::Malformed(Field::Token)),
        (SignIn::Bearer(secret("é")), Refusal::Malformed(Field::Token)),
        (SignIn::Bearer(secret(&"a".repeat(5_000))), Refusal::TooLong { field: Field::Token, max: 4_096 }),
        (basic("a:b", "c"), Refusal::Malformed(Field::Name)),
        (basic("", "c"), Refusal::Malformed(Field::Name)),
        (basic("a", "b\nc"), Refusal::Malformed(Field::Token)),
        (header("Host", "a"), Refusal::Malformed(Field::Name)),
        (header("content-Length", "1"), Refusal::Malformed(Field::Name)),
        (header("X-Zendesk-Webhook-Signature", "a"), Refusal::Malformed(Field::Name)),
        (header("a b", "c"), Refusal::Malformed(Field::Name)),
        (header("", "c"), Refusal::Malformed(Field::Name)),
        (header("x", " c"), Refusal::Malformed(Field::Token)),
    ];
    for (sign_in, why) in refused {
        let answer = town.tries(town.admin, signs_in(id, Some(sign_in.clone()))).await;
        assert_eq!(answer.err(), Some(Error::Refused(why)), "{} {:?}", sign_in.name(), sign_in.shown());
    }
}

/// Each way arrives as it is meant; what a server repeats of it does not reach the log, nor does anything show it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_signs_in_with_goes_to_its_server_alone() {
    let ways = [
        (SignIn::Bearer(secret("canary-token-1")), "authorization", "Bearer canary-token-1"),
        (
            SignIn::Basic { user: "ana".into(), password: secret("canary-token-2") },
            "authorization",
            "Basic YW5hOmNhbmFyeS10b2tlbi0y",
        ),
        (SignIn::Header { name: "X-Api-Key".into(), value: secret("canary-token-3") }, "x-api-key", "canary-token-3"),
    ];
    for (sign_in, header, value) in ways {
        let server = Receiver::new(Habit::Echoes).await;
        let (town, id) = with(&server, Ground::sqlite()).await;
        town.does(town.admin, signs_in(id, Some(sign_in.clone()))).await;
        town.ticket(town.ana, "chat", "a").await;
        assert_eq!(flushed(&town).await.failed, 1);
        let got = server.got();
        assert_eq!(got[0].header(header), value);
        let admin = town.as_(town.admin);
        let keys = admin.webhook_keys(id).await.expect("its keys");
        assert_eq!((keys.way.as_deref(), keys.name.as_deref()), (Some(sign_in.name()), sign_in.shown()));
        let items = admin.items(ItemKind::Webhook).await.expect("webhooks");
        let shown = format!("{:?} {:?} {:?} {keys:?}", log(&town, id).await, items, super::outbox(&town).await);
        for hidden in ["canary-token", "YW5h", keys.signing.expose(), got[0].header("x-zendesk-webhook-signature")] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
    }
}

/// A test goes out at once, signed, whether the webhook is switched on or not, and stands in the log as one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_says_what_came() {
    let server = Receiver::new(Habit::InTurn(vec![GOOD, Habit::Answers(404, "", "no such hook")])).await;
    let (town, id) = with(&server, Ground::sqlite()).await;
    let admin = town.as_(town.admin);
    let called = admin.test_webhook(id).await.expect("a call");
    assert_eq!((called.status, called.reason), (Some(200), None));
    let body: serde_json::Value = serde_json::from_str(&server.got()[0].body).expect("JSON");
    assert_eq!(body["test"], true);
    let called = admin.test_webhook(id).await.expect("a call");
    assert_eq!(
        (called.status, called.reason.as_deref(), called.said.as_deref()),
        (Some(404), Some("status"), Some("no such hook"))
    );
    let log = log(&town, id).await;
    assert_eq!(log.iter().map(|call| call.outbox).collect::<Vec<_>>(), [None, None]);
    allow(&town, "none").await;
    assert_eq!(admin.test_webhook(id).await.expect("a call").reason.as_deref(), Some("not_https"));
    assert_eq!(server.got().len(), 2);
}

/// A log is of the last hundred calls, and of a month; nothing is left of a webhook that is deleted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_has_an_end() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let server = Receiver::new(GOOD).await;
        let (town, id) = with(&server, ground).await;
        let admin = town.as_(town.admin);
        for _ in 0..103 {
            admin.test_webhook(id).await.expect("a call");
        }
        assert_eq!(log(&town, id).await.len(), 100);
        let page = admin.webhook_calls(id, None, 40).await.expect("a page");
        let rest = admin.webhook_calls(id, page.next, 100).await.expect("a page");
        assert_eq!((page.rows.len(), rest.rows.len()), (40, 60));
        town.wait(guichet::domain::time::Span::days(31));
        admin.test_webhook(id).await.expect("a call");
        assert_eq!(log(&town, id).await.len(), 1);
        let free = hook(&town, "lamp", &server.url("/")).await;
        let triggers = admin.items(ItemKind::Trigger).await.expect("triggers");
        let trigger = triggers.iter().find(|one| one.name() == "Calls lamp").expect("the trigger").key();
        let before = signing(&town, free).await;
        for key in [trigger, ItemKey { kind: ItemKind::Webhook, id: free.0 }] {
            town.does(town.admin, Deed::DeleteItem(key)).await;
        }
        assert!(admin.webhook_keys(free).await.is_err());
        assert!(!before.is_empty());
        assert_eq!(flushed(&town).await, sent(0));
        town.store.close().await;
    }
}
