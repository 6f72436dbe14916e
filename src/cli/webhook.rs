//! Webhooks: what all things of the set-up have, and what only they have.

use super::account::Account;
use super::context::Context;
use super::pages::{self, Part};
use super::setup::{Setup, Things};
use super::table::Table;
use crate::client::Cursor;
use crate::client::calls::new_secret;
use crate::domain::act::Deed;
use crate::domain::id::WebhookId;
use crate::domain::setup::ItemKind;
use crate::domain::webhook::{Called, SignIn, WebhookDeed};
use crate::language::args;
use crate::report::{Failure, Status};
use crate::words;
use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};

/// What can be done with webhooks.
#[derive(Debug, Subcommand)]
pub enum Webhook {
    /// List the last calls of one, the newest first: when, how long, what came back
    Log {
        /// Its name, or # and its number
        name: String,
        #[command(flatten)]
        part: Part,
    },
    /// Call one now with a body that says that it is a test, and say what came back
    Test {
        /// Its name, or # and its number
        name: String,
    },
    /// Show the secret that one signs its calls with
    Secret {
        /// Its name, or # and its number
        name: String,
        /// Make another one first; what was signed with the old one is not good any more
        #[arg(long)]
        renew: bool,
    },
    /// Say how one signs in at its server, or show it; the secret is typed, or the first line of standard input
    SignIn {
        /// Its name, or # and its number
        name: String,
        /// By which way
        way: Option<Way>,
        /// The user of basic, or the header of header
        #[arg(long = "for", value_name = "NAME")]
        named: Option<String>,
    },
    #[command(flatten)]
    Setup(Setup),
}

/// By which way calls sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// Authorization: Bearer SECRET
    Bearer,
    /// Authorization: Basic, with a user
    Basic,
    /// A header of the server's own, such as X-Api-Key
    Header,
    /// Not at all
    None,
}

impl Webhook {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Log { name, part } => log(cx, &name, &part).await,
            Self::Test { name } => test(cx, &name).await,
            Self::Secret { name, renew } => secret(cx, &name, renew).await,
            Self::SignIn { name, way, named } => sign_in(cx, &name, way, named).await,
            Self::Setup(setup) => setup.run(ItemKind::Webhook, cx).await,
        }
    }
}

async fn found(cx: &mut Context, name: &str) -> Result<(Account, WebhookId, String), Failure> {
    let account = cx.account().await?;
    let things = Things::load(&account, ItemKind::Webhook).await?;
    let item = things.find(cx, name)?;
    let (id, name) = (WebhookId(item.key().id), item.name().to_owned());
    Ok((account, id, name))
}

async fn log(cx: &mut Context, name: &str, part: &Part) -> Result<(), Failure> {
    let (account, id, _) = found(cx, name).await?;
    let after = part.after.clone().map(Cursor);
    let page = account.client.webhook_calls(id, after, part.limit).await?;
    if cx.out.is_json() {
        return cx.out.list(
            "calls",
            page.rows.iter().map(object).collect::<Vec<_>>(),
            pages::meta(page.next.as_ref())?,
        );
    }
    let headings = ["inbox-at", "cli-ticket", "webhook-took", "webhook-came", "webhook-said"];
    let mut table = Table::new(&cx.headings(&headings), 4);
    for one in &page.rows {
        table.row(&[
            cx.time(one.at),
            one.ticket.map_or_else(|| cx.word("webhook-is-test"), |id| id.to_string()),
            cx.say("webhook-ms", args![ms = one.took.0]),
            words::call(&cx.words, one),
            one.said.clone().unwrap_or_default(),
        ]);
    }
    cx.rows(&table, page.rows.is_empty(), page.next.is_some())
}

fn object(one: &Called) -> Value {
    json!({
        "id": one.id,
        "outbox_id": one.outbox,
        "ticket_id": one.ticket.map(|id| id.0),
        "at": crate::wire::Time(one.at).text(),
        "took_ms": one.took.0,
        "status": one.status,
        "reason": one.reason,
        "said": one.said,
    })
}

async fn test(cx: &mut Context, name: &str) -> Result<(), Failure> {
    let (account, id, name) = found(cx, name).await?;
    let called = account.client.test_webhook(id).await?;
    let came = words::call(&cx.words, &called);
    if cx.out.is_json() {
        cx.out.object("call", object(&called))?;
    }
    if called.reason.is_some() {
        let failure = Failure::said("webhook-test-failed", Status::Failed).with("name", name).with("came", came);
        return Err(failure.with("said", called.said.unwrap_or_default()));
    }
    if cx.out.is_json() {
        return Ok(());
    }
    let text = cx.say("webhook-tested", args![name = name, came = came, ms = called.took.0]);
    cx.out.done(&text, "")
}

async fn secret(cx: &mut Context, name: &str, renew: bool) -> Result<(), Failure> {
    let (account, webhook, name) = found(cx, name).await?;
    if renew {
        let deed = WebhookDeed::Renew(new_secret()?);
        account.act(Deed::Webhook { webhook, deed }).await?;
    }
    let keys = account.client.webhook_keys(webhook).await?;
    let signing = keys.signing.expose();
    if cx.out.is_json() {
        return cx.out.object("signing_secret", json!({ "algorithm": "SHA256", "secret": signing }));
    }
    let note = cx.say("webhook-secret", args![name = name]);
    cx.out.note(&note);
    cx.out.done(signing, signing)
}

async fn sign_in(cx: &mut Context, name: &str, way: Option<Way>, named: Option<String>) -> Result<(), Failure> {
    let (account, webhook, name) = found(cx, name).await?;
    if let Some(way) = way {
        let named = |what: &'static str| named.clone().ok_or(Failure::said(what, Status::Usage));
        let sign_in = match way {
            Way::None => None,
            Way::Bearer => Some(SignIn::Bearer(cx.secret("webhook-type-secret")?)),
            Way::Basic => {
                let user = named("webhook-no-user")?;
                Some(SignIn::Basic { user, password: cx.secret("webhook-type-secret")? })
            }
            Way::Header => {
                let name = named("webhook-no-header")?;
                Some(SignIn::Header { name, value: cx.secret("webhook-type-secret")? })
            }
        };
        account.act(Deed::Webhook { webhook, deed: WebhookDeed::SignIn(sign_in) }).await?;
    }
    let keys = account.client.webhook_keys(webhook).await?;
    if cx.out.is_json() {
        return cx.out.object("authentication", json!({ "type": keys.way, "name": keys.name }));
    }
    let (way, named) = (keys.way.unwrap_or_else(|| "none".to_owned()), keys.name.unwrap_or_default());
    let text = cx.say("webhook-signs-in", args![name = name, way = way, named = named]);
    cx.out.done(&text, "")
}
