use super::account::person_name;
use super::context::Context;
use super::pages;
use super::read;
use super::table::Table;
use crate::client::{Cursor, Names};
use crate::domain::act::Deed;
use crate::domain::mailroom::MailDeed;
use crate::domain::outgoing::Delivery;
use crate::domain::time::Span;
use crate::fetch::Means;
use crate::language::args;
use crate::post::caller::Caller;
use crate::post::courier::{Carried, Courier};
use crate::report::{Failure, Status};
use clap::Subcommand;
use serde_json::{Map, json};
use std::time::Duration;

/// Letters on their way out of the account.
#[derive(Debug, Subcommand)]
pub enum Outbox {
    /// Send what is due
    Flush {
        /// Go on for so long, for what becomes due meanwhile: 30s, 5m
        #[arg(long, value_name = "SPAN", value_parser = read::wait)]
        wait: Option<Span>,
    },
    /// List what leaves or has left, the newest first; for admins
    List {
        /// Only what is waiting, sent, failed, held or dropped
        #[arg(long, value_name = "STATE", value_parser = state)]
        state: Option<Delivery>,
        /// How many at most
        #[arg(long, value_name = "N", default_value_t = 100)]
        limit: u32,
        /// Where the page before ended
        #[arg(long, value_name = "CURSOR")]
        after: Option<String>,
    },
    /// Let something that was not sent be tried again; for admins
    Retry {
        /// Its number
        number: i64,
    },
    /// Take something off that was not sent; for admins
    Drop {
        /// Its number
        number: i64,
    },
}

fn state(text: &str) -> Result<Delivery, String> {
    Delivery::parse(text).ok_or_else(|| Delivery::ALL.map(Delivery::name).join(", "))
}

/// Between two looks.
const LOOK: Duration = Duration::from_millis(500);

impl Outbox {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Flush { wait } => flush(cx, wait).await,
            Self::List { state, limit, after } => list(cx, state, limit, after).await,
            Self::Retry { number } => put_back(cx, number, false).await,
            Self::Drop { number } => put_back(cx, number, true).await,
        }
    }
}

async fn flush(cx: &mut Context, wait: Option<Span>) -> Result<(), Failure> {
    let post = cx.post().await?;
    let caller = Caller::new(post.clone(), Means::default());
    // Before mail is looked at: how that is set up is nothing to them.
    let mut calls = caller.flush().await?;
    let password = (cx.around.mail_password)(cx.config.mail.clone()).await?;
    let courier = Courier::new(post.clone(), &cx.config.mail, password).map_err(|error| no_courier(&error))?;
    let until =
        tokio::time::Instant::now() + wait.map_or(Duration::ZERO, |span| Duration::from_millis(span.0.unsigned_abs()));
    let mut letters = Carried::default();
    loop {
        letters = letters.and(courier.flush().await?);
        let goes_on = courier.leads_anywhere() || calls.later > 0;
        if tokio::time::Instant::now() >= until || !goes_on {
            break;
        }
        tokio::time::sleep(LOOK).await;
        calls = calls.and(caller.flush().await?);
    }
    courier.close().await;
    told(cx, &courier, letters, calls)
}

fn told(cx: &mut Context, courier: &Courier, letters: Carried, calls: Carried) -> Result<(), Failure> {
    if cx.out.is_json() {
        let Carried { sent, later, failed, held } = letters.and(calls);
        let counts = json!({ "sent": sent, "later": later, "failed": failed, "held": held });
        return cx.out.whole(Map::from_iter([("outbox".to_owned(), counts)]));
    }
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    if !calls.is_nothing() {
        let (sent, later, failed) = (count(calls.sent), count(calls.later), count(calls.failed));
        let said = cx.say("webhook-flushed", args![sent = sent, later = later, failed = failed]);
        cx.out.done(said.trim(), "")?;
    }
    let key = match (courier.leads_anywhere(), courier.holds()) {
        (true, _) => "outbox-flushed",
        (false, true) => "outbox-nowhere",
        (false, false) => "outbox-left",
    };
    let (sent, later, failed, held) =
        (count(letters.sent), count(letters.later), count(letters.failed), count(letters.held));
    let said = cx.say(key, args![sent = sent, later = later, failed = failed, held = held]);
    cx.out.done(&said, "")
}

/// Why no mail can be sent.
pub fn no_courier(why: &dyn std::fmt::Display) -> Failure {
    Failure::said("outbox-no-courier", Status::Failed).with("why", why.to_string())
}

async fn list(cx: &mut Context, state: Option<Delivery>, limit: u32, after: Option<String>) -> Result<(), Failure> {
    let account = cx.account().await?;
    let page = account.client.outbox(state, after.map(Cursor), limit).await?;
    if cx.out.is_json() {
        let rows = page.rows.iter().map(|one| {
            json!({
                "id": one.id,
                "state": one.standing.name(),
                "kind": if one.webhook.is_some() { "webhook" } else { "mail" },
                "recipient_id": one.person.map(|id| id.0),
                "recipient_address": one.address.as_ref().map(ToString::to_string),
                "webhook_id": one.webhook.map(|id| id.0),
                "ticket_id": one.ticket.map(|id| id.0),
                "rule_id": one.rule.map(|id| id.0),
                "text_id": one.text.map(|id| id.0),
                "comment_id": one.comment.map(|id| id.0),
                "created_at": crate::wire::Time(one.at).text(),
                "next_try_at": crate::wire::Time(one.next_try_at).text(),
                "tries": one.tries,
                "error": one.error,
            })
        });
        return cx.out.list("outbox", rows.collect::<Vec<_>>(), pages::meta(page.next.as_ref())?);
    }
    let headings = ["cli-number", "outbox-state", "outbox-to", "cli-ticket", "inbox-at", "outbox-error"];
    let mut table = Table::new(&cx.headings(&headings), 5).number(0);
    for one in &page.rows {
        table.row(&[
            one.id.to_string(),
            cx.word(&format!("outbox-is-{}", one.standing.name())),
            to(one, &page.names),
            one.ticket.map(|id| id.to_string()).unwrap_or_default(),
            cx.time(one.at),
            one.error.clone().unwrap_or_default(),
        ]);
    }
    cx.rows(&table, page.rows.is_empty(), page.next.is_some())
}

fn to(one: &crate::domain::outgoing::Outgoing, names: &Names) -> String {
    match (&one.address, one.webhook) {
        (Some(address), _) => address.to_string(),
        (None, Some(webhook)) => format!("webhook {webhook}"),
        (None, None) => person_name(names, one.person),
    }
}

async fn put_back(cx: &mut Context, number: i64, drop: bool) -> Result<(), Failure> {
    let account = cx.account().await?;
    let deed = if drop { MailDeed::DropLetter(number) } else { MailDeed::PutBack(number) };
    account.act(Deed::Mail(deed)).await?;
    if cx.out.is_json() {
        return cx.out.whole(Map::from_iter([("id".to_owned(), json!(number))]));
    }
    let key = if drop { "outbox-dropped" } else { "outbox-waits" };
    let said = cx.say(key, args![number = number.to_string()]);
    cx.out.done(&said, "")
}
