//! Webhooks' calls, from the act that they tell of to servers that take them, hang, or mean no good.

mod account;
mod going;

use crate::support::receiver::Receiver;
use crate::support::town::{Ground, Town};
use guichet::client::post::Post;
use guichet::domain::act::{Deed, Setting};
use guichet::domain::hosts::Hosts;
use guichet::domain::id::WebhookId;
use guichet::domain::outgoing::{Delivery, Outgoing};
use guichet::domain::setup::{Directory, Document, Item, ItemKind};
use guichet::domain::webhook::Called;
use guichet::fetch::{Means, System};
use guichet::post::caller::Caller;
use guichet::post::courier::Carried;
use std::sync::Arc;
use std::time::Duration;

async fn directory(town: &Town) -> Directory {
    town.as_(town.admin).directory(guichet::domain::setup::Mentions::default()).await.expect("the names")
}

async fn set(town: &Town, kind: ItemKind, document: Document) -> i64 {
    let item = Item::read(kind, 0, &document, &directory(town).await).expect("a thing of the set-up");
    let receipt = town.does(town.admin, Deed::SetItem(Box::new(item))).await;
    receipt.outcome.item.expect("its number").id
}

/// A webhook at an address, and a trigger that calls it whenever a ticket's subject has its name.
pub async fn hook(town: &Town, name: &str, url: &str) -> WebhookId {
    let id = set(town, ItemKind::Webhook, Document::default().with("name", name).with("url", url)).await;
    let when = format!("subject has \"{name}\"");
    let trigger = Document::default().with("title", format!("Calls {name}")).with("when", when.as_str());
    set(town, ItemKind::Trigger, trigger.with("actions", vec![format!("webhook: {name}")])).await;
    WebhookId(id)
}

pub async fn allow(town: &Town, hosts: &str) {
    let hosts = Hosts::read(hosts).expect("hosts");
    town.does(town.admin, Deed::Set(Setting::WebhookHosts(hosts))).await;
}

/// An account that may call this machine, with a webhook there.
pub async fn with(server: &Receiver, ground: Ground) -> (Town, WebhookId) {
    let town = Town::on(ground).await;
    allow(&town, "127.0.0.1").await;
    let id = hook(&town, "chat", &server.url("/in")).await;
    (town, id)
}

pub fn caller(town: &Town) -> Caller {
    let post = Post::new(town.store.clone(), town.clock());
    let time = Duration::from_secs(2);
    Caller::new(post, Means { connect: time, whole: time, names: Arc::new(System), roots: Vec::new() })
}

pub async fn flushed(town: &Town) -> Carried {
    caller(town).flush().await.expect("an answer")
}

pub async fn outbox(town: &Town) -> Vec<Outgoing> {
    let all = town.as_(town.admin).outbox(None, None, 100).await.expect("the outbox").rows;
    all.into_iter().filter(|one| one.webhook.is_some()).collect()
}

pub async fn standing(town: &Town) -> Vec<(Delivery, Option<String>)> {
    outbox(town).await.into_iter().map(|one| (one.standing, one.error)).collect()
}

pub async fn log(town: &Town, id: WebhookId) -> Vec<Called> {
    town.as_(town.admin).webhook_calls(id, None, 100).await.expect("the log").rows
}

pub const fn sent(sent: u64) -> Carried {
    Carried { sent, later: 0, failed: 0, held: 0 }
}
