//! The secrets of webhooks: admins only, and history tells that they changed, never what they are.

use super::work::Work;
use super::{Decision, Facts};
use crate::domain::act::Act;
use crate::domain::event::{Chain, Event};
use crate::domain::id::WebhookId;
use crate::domain::life::Record;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::setup::{ItemKey, ItemKind};
use crate::domain::time::Timestamp;
use crate::domain::webhook::{SignIn, WebhookDeed};
use std::collections::BTreeSet;

/// A signing secret has at least so many characters.
const LEAST_CHARS: usize = 32;

pub(super) fn decide(
    facts: &Facts,
    act: &Act,
    (webhook, deed): (WebhookId, &WebhookDeed),
    now: Timestamp,
) -> Result<Decision, Refusal> {
    facts.admin()?;
    let missing = Refusal::NotFound(Thing::Item(ItemKind::Webhook));
    let known = facts.setup.webhooks.get(&webhook).ok_or(missing)?;
    match deed {
        WebhookDeed::Renew(secret) => {
            let text = secret.expose();
            if text.len() < LEAST_CHARS || !text.chars().all(|c| c.is_ascii_graphic()) {
                return Err(Refusal::Malformed(Field::Token));
            }
        }
        WebhookDeed::SignIn(sign_in) => sign_in.as_ref().map_or(Ok(()), SignIn::check)?,
    }
    let mut work = Work::new(facts, act, now);
    let item = ItemKey { kind: ItemKind::Webhook, id: webhook.0 };
    let keys = BTreeSet::from([deed.key().to_owned()]);
    work.write(Chain::Account, vec![Event::ItemSet { item, name: known.name.clone(), keys }]);
    work.decision.records.push(Record::Webhook { webhook, deed: deed.clone() });
    work.decision.outcome.item = Some(item);
    Ok(work.decision)
}
