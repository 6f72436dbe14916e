//! What calls say.

use super::digest;
use crate::client::Error;
use crate::client::post::Post;
use crate::domain::account::{Account, Kind};
use crate::domain::id::PersonId;
use crate::domain::outgoing::Outgoing;
use crate::domain::setup::Setup;
use crate::domain::text::hex;
use crate::domain::time::Timestamp;
use crate::domain::webhook::Webhook;
use crate::store::Matter;
use crate::wire::{Comment, Place, Ticket, Time, User};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// The number under which a call is made, however often; nobody guesses another's.
pub(super) fn invocation(identity: &str, one: &Outgoing) -> String {
    hex(&digest(&["invocation", identity, &one.id.to_string(), &one.at.0.to_string()])[..16])
}

/// A number of the account, for servers that take calls of several.
pub(super) fn account_number(identity: &str) -> String {
    let digest = digest(&["account", identity]);
    // Below 2^48: it fits wherever numbers are kept.
    digest[..6].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)).to_string()
}

/// What each of several calls says; none for what is gone.
pub(super) async fn bodies(post: &Post, identity: &str, taken: &[Outgoing]) -> Result<BTreeMap<i64, Vec<u8>>, Error> {
    let common = post.store().common().await?;
    let tickets = taken.iter().filter_map(|one| one.ticket);
    let matter = post.store().matter(tickets, taken.iter().filter_map(|one| one.comment), []).await?;
    let on_them = |one: &crate::domain::ticket::Ticket| [Some(one.requester), one.assignee];
    let mut people: BTreeSet<PersonId> = matter.tickets.values().flat_map(on_them).flatten().collect();
    people.extend(matter.comments.values().map(|one| one.author));
    let known = post.store().matter([], [], people).await?;
    let matter = Matter { people: known.people, ..matter };
    let kinds: Vec<Kind> = common.setup.kinds.values().cloned().collect();
    let place = Place::new(common.account.url.as_deref(), &kinds).with_fields(common.setup.fields.values());
    let body = |one: &Outgoing| {
        let said = of(one, &matter, &place)?;
        let whole = whole(&common.account, one, &common.setup, (invocation(identity, one), said));
        Some((one.id, whole.to_string().into_bytes()))
    };
    Ok(taken.iter().filter_map(body).collect())
}

fn whole(account: &Account, one: &Outgoing, setup: &Setup, (id, mut said): (String, Json)) -> Json {
    let webhook = one.webhook.and_then(|id| setup.webhooks.get(&id));
    let rule = one.rule.and_then(|id| {
        let trigger = setup.triggers.iter().find(|rule| rule.id == id).map(|rule| ("trigger", rule.title.as_str()));
        let automation =
            || setup.automations.iter().find(|rule| rule.id == id).map(|rule| ("automation", rule.slug.as_str()));
        trigger.or_else(automation).map(|(kind, title)| json!({ "id": id.0, "type": kind, "title": title }))
    });
    said["id"] = id.into();
    said["time"] = Time(one.at).text().into();
    said["account"] = json!({ "name": account.name, "url": account.url });
    said["webhook"] = json!({ "id": one.webhook.map(|id| id.0), "name": webhook.map(|one| one.name.as_str()) });
    said["rule"] = rule.unwrap_or(Json::Null);
    said
}

/// The ticket as agents get it, with everybody that it names and what was said.
fn of(one: &Outgoing, matter: &Matter, place: &Place) -> Option<Json> {
    let ticket = matter.tickets.get(&one.ticket?)?;
    let comment = match one.comment {
        Some(id) => Some(matter.comments.get(&id).filter(|one| one.ticket == ticket.id)?),
        None => None,
    };
    let person = |id: Option<PersonId>| matter.people.get(&id?).map(|person| User::of(person, place));
    Some(json!({
        "ticket": Ticket::of(ticket, place),
        "comment": comment.map(|one| Comment::of(one, place)),
        "requester": person(Some(ticket.requester)),
        "assignee": person(ticket.assignee),
        "author": person(comment.map(|one| one.author)),
    }))
}

/// What a test says.
pub(super) fn test(account: &Account, webhook: &Webhook, invocation: &str, now: Timestamp) -> Vec<u8> {
    let whole = json!({
        "id": invocation,
        "time": Time(now).text(),
        "test": true,
        "account": { "name": account.name, "url": account.url },
        "webhook": { "id": webhook.id.0, "name": webhook.name },
    });
    whole.to_string().into_bytes()
}
