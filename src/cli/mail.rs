use super::context::Context;
use super::pages;
use super::table::Table;
use crate::client::Cursor;
use crate::domain::act::Deed;
use crate::domain::id::TicketId;
use crate::domain::mailroom::MailDeed;
use crate::domain::person::EmailAddress;
use crate::domain::suspended::Suspended;
use crate::language::args;
use crate::mail::incoming::Limits;
use crate::post::receiving::{self, Received};
use crate::post::suspended;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use crate::wire;
use clap::Subcommand;
use serde_json::{Map, Value, json};
use std::io::Read as _;
use std::path::PathBuf;

/// Mail that comes in.
#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Take a mail in, from a file or by - from standard input; what waits in the configured folder when not given
    Receive {
        /// A file with one message, or -
        file: Option<PathBuf>,
    },
    /// Mails that are nobody's; for agents who work with all tickets
    #[command(subcommand)]
    Suspended(Suspension),
}

/// Mails that are nobody's.
#[derive(Debug, Subcommand)]
pub enum Suspension {
    /// List them, the newest first
    List {
        /// How many at most
        #[arg(long, value_name = "N", default_value_t = 100)]
        limit: u32,
        /// Where the page before ended
        #[arg(long, value_name = "CURSOR")]
        after: Option<String>,
    },
    /// Show one
    Show {
        /// Its number
        number: i64,
    },
    /// Make a ticket of one for its sender, or a note on a ticket
    Take {
        /// Its number
        number: i64,
        /// The ticket on which it becomes a note
        #[arg(long, value_name = "NUMBER")]
        ticket: Option<i64>,
    },
    /// Throw one away
    Drop {
        /// Its number
        number: i64,
    },
}

impl Mail {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Receive { file } => receive(cx, file).await,
            Self::Suspended(Suspension::List { limit, after }) => list(cx, limit, after).await,
            Self::Suspended(Suspension::Show { number }) => show(cx, number).await,
            Self::Suspended(Suspension::Take { number, ticket }) => take(cx, number, ticket).await,
            Self::Suspended(Suspension::Drop { number }) => {
                let account = cx.account().await?;
                account.act(Deed::Mail(MailDeed::DropMail(number))).await?;
                told(cx, "mail-dropped", number, None)
            }
        }
    }
}

async fn receive(cx: &mut Context, file: Option<PathBuf>) -> Result<(), Failure> {
    let own = cx.config.mail.from.as_deref().and_then(|from| EmailAddress::parse(from).ok());
    let post = cx.post().await?;
    let received = match file {
        None => {
            let none = Failure::said("mail-no-folder", Status::Usage);
            let folder = cx.config.mail.receive.clone().ok_or(none)?;
            receiving::poll(&post, &folder, own.as_ref()).await?
        }
        Some(path) => {
            let mut bytes = Vec::new();
            // A byte more than may be tells that there is more.
            let most = Limits::default().bytes as u64 + 1;
            if path.as_os_str() == "-" {
                (&mut cx.around.stdin).take(most).read_to_end(&mut bytes)?;
            } else {
                let file = std::fs::File::open(&path).map_err(|error| Failure::file(&path, error))?;
                file.take(most).read_to_end(&mut bytes).map_err(|error| Failure::file(&path, error))?;
            }
            let over = bytes.len() as u64 == most;
            let received = receiving::receive(&post, bytes, own.as_ref()).await?;
            if over && path.as_os_str() == "-" {
                // Whoever hands it over is the only one who has all of it, and must not think that it was taken.
                return Err(Failure::said("mail-not-taken", Status::Failed));
            }
            vec![received]
        }
    };
    if cx.out.is_json() {
        let rows = received.iter().map(|one| match one {
            Received::Comment(ticket) => json!({ "became": "comment", "ticket_id": ticket.0 }),
            Received::Request(ticket) => json!({ "became": "request", "ticket_id": ticket.0 }),
            Received::Suspended(id, why) => json!({ "became": "suspended", "id": id, "why": why }),
        });
        let rows = Value::Array(rows.collect());
        return cx.out.whole(Map::from_iter([("received".to_owned(), rows)]));
    }
    for one in &received {
        let said = match one {
            Received::Comment(ticket) => cx.say("mail-commented", args![number = ticket.to_string()]),
            Received::Request(ticket) => cx.say("mail-opened", args![number = ticket.to_string()]),
            Received::Suspended(_, why) => {
                let why = cx.word(&format!("mail-why-{why}"));
                cx.say("mail-suspended", args![why = why])
            }
        };
        cx.out.done(&said, "")?;
    }
    Ok(())
}

async fn list(cx: &mut Context, limit: u32, after: Option<String>) -> Result<(), Failure> {
    let account = cx.account().await?;
    let page = account.client.suspended(after.map(Cursor), limit).await?;
    if cx.out.is_json() {
        let rows: Vec<Value> = page.rows.iter().map(object).collect();
        return cx.out.list("suspended_mails", rows, pages::meta(page.next.as_ref())?);
    }
    let headings = ["cli-number", "mail-from", "field-subject", "inbox-at", "mail-reason"];
    let mut table = Table::new(&cx.headings(&headings), 2).number(0);
    for one in &page.rows {
        let why = cx.word(&format!("mail-why-{}", one.why));
        let from = one.sender.clone().unwrap_or_default();
        table.row(&[one.id.to_string(), from, one.subject.clone(), cx.time(one.at), why]);
    }
    cx.rows(&table, page.rows.is_empty(), page.next.is_some())
}

fn object(one: &Suspended) -> Value {
    json!({
        "id": one.id,
        "author": { "email": one.sender, "name": one.sender_name },
        "subject": one.subject,
        "created_at": wire::Time(one.at).text(),
        "cause": one.why,
        "ticket_id": one.ticket.map(|id| id.0),
        "size": one.size,
    })
}

async fn show(cx: &mut Context, number: i64) -> Result<(), Failure> {
    let account = cx.account().await?;
    let (about, mail) = suspended::read(&*account.client, number).await?;
    let text = mail.as_ref().map(|mail| mail.whole_text.clone()).unwrap_or_default();
    let files: Vec<String> = mail.iter().flat_map(|mail| &mail.files).map(|file| file.name.clone()).collect();
    if cx.out.is_json() {
        let mut object = object(&about);
        object["content"] = text.into();
        object["attachments"] = files.into();
        return cx.out.whole(Map::from_iter([("suspended_mail".to_owned(), object)]));
    }
    let why = cx.word(&format!("mail-why-{}", about.why));
    let lines = [
        (cx.word("mail-from"), about.sender.unwrap_or_default()),
        (cx.word("field-subject"), about.subject),
        (cx.word("mail-reason"), why),
        (cx.word("mail-files"), files.join(", ")),
    ];
    for (name, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        cx.out.line(&Safe::line(&format!("{name}: {value}")))?;
    }
    cx.out.line(&Safe::default())?;
    for line in Safe::text(&text).lines() {
        cx.out.line(&line)?;
    }
    Ok(())
}

async fn take(cx: &mut Context, number: i64, ticket: Option<i64>) -> Result<(), Failure> {
    let account = cx.account().await?;
    let (about, mail) = suspended::read(&*account.client, number).await?;
    let mail = mail.ok_or(Failure::said("mail-unreadable", Status::Failed))?;
    let head = cx.say("mail-taken-from", args![from = mail.from.to_string()]);
    let (receipt, whole) = suspended::take(&*account.client, about, mail, ticket.map(TicketId), &head).await?;
    let key = if whole { "mail-taken" } else { "mail-taken-in-part" };
    told(cx, key, number, receipt.outcome.ticket)
}

fn told(cx: &mut Context, key: &str, number: i64, ticket: Option<TicketId>) -> Result<(), Failure> {
    if cx.out.is_json() {
        let object = json!({ "id": number, "ticket_id": ticket.map(|id| id.0) });
        return cx.out.whole(Map::from_iter([("suspended_mail".to_owned(), object)]));
    }
    let ticket = ticket.map(|id| id.to_string()).unwrap_or_default();
    let said = cx.say(key, args![number = number.to_string(), ticket = ticket]);
    cx.out.done(&said, "")
}
