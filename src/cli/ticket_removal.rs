//! Tickets that go and come back, and what was said that is blackened.

use super::account::Account;
use super::context::Context;
use super::pages::{self, Part};
use super::read;
use super::show;
use super::table::Table;
use super::ticket::done;
use crate::client::{Cursor, Error};
use crate::domain::act::Deed;
use crate::domain::comment::Comment;
use crate::domain::id::{AttachmentId, CommentId, TicketId};
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::removal::{DeletedTicket, Removal};
use crate::language::args;
use crate::report::Failure;
use crate::wire;
use crate::words;
use clap::Args;
use serde_json::json;

/// Some tickets.
#[derive(Args, Debug)]
pub struct Tickets {
    /// Their numbers
    #[arg(value_parser = read::ticket, required = true, value_name = "TICKET")]
    tickets: Vec<TicketId>,
}

/// What is to be blackened.
#[derive(Args, Debug)]
pub struct Redact {
    /// The ticket's number
    #[arg(value_parser = read::ticket)]
    ticket: TicketId,
    /// In which comment; all when not given
    #[arg(long, value_name = "NUMBER")]
    comment: Option<i64>,
    /// The piece, as it stands there
    #[arg(long, value_name = "TEXT", required_unless_present = "file", conflicts_with = "file")]
    text: Option<String>,
    /// A file to take off instead, by its number
    #[arg(long, value_name = "NUMBER")]
    file: Option<i64>,
}

/// What is done with a ticket as a whole, and what is said of it afterwards.
type How = (fn(TicketId) -> Removal, &'static str);

impl Tickets {
    pub(super) async fn delete(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        self.each(cx, account, (Removal::Delete, "cli-ticket-deleted")).await
    }

    pub(super) async fn spam(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        self.each(cx, account, (Removal::Spam, "cli-ticket-spam")).await
    }

    pub(super) async fn purge(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        self.each(cx, account, (Removal::Purge, "cli-ticket-purged")).await
    }

    pub(super) async fn restore(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        for ticket in self.tickets {
            account.act(Deed::Removal(Removal::Restore(ticket))).await?;
            done(cx, account, ticket, "cli-ticket-restored").await?;
        }
        Ok(())
    }

    async fn each(self, cx: &mut Context, account: &Account, (removal, key): How) -> Result<(), Failure> {
        for ticket in self.tickets {
            account.act(Deed::Removal(removal(ticket))).await?;
            if cx.out.is_json() {
                cx.out.object("ticket", json!({ "id": ticket.0 }))?;
            } else {
                let text = cx.say(key, args![number = ticket.to_string()]);
                cx.out.done(&text, &ticket.to_string())?;
            }
        }
        Ok(())
    }
}

impl Redact {
    pub(super) async fn run(self, cx: &mut Context, account: &Account) -> Result<(), Failure> {
        let ticket = self.ticket;
        let mut thread = account.client.ticket(ticket, show::COMMENTS).await?;
        show::all_comments(account, ticket, &mut thread).await?;
        let deeds = self.deeds(&thread.comments)?;
        for deed in deeds {
            account.act(Deed::Removal(deed)).await?;
        }
        done(cx, account, ticket, "cli-ticket-redacted").await
    }

    fn deeds(&self, comments: &[Comment]) -> Result<Vec<Removal>, Error> {
        let ticket = self.ticket;
        let missing = |thing| Error::Refused(Refusal::NotFound(thing));
        if let Some(file) = self.file.map(AttachmentId) {
            let comment = comments.iter().find(|one| one.attachments.iter().any(|there| there.id == file));
            let comment = comment.ok_or_else(|| missing(Thing::File))?.id;
            return Ok(vec![Removal::RedactFile { ticket, comment, file }]);
        }
        let text = self.text.clone().unwrap_or_default();
        let redact = |comment| Removal::Redact { ticket, comment, text: text.clone() };
        if let Some(comment) = self.comment.map(CommentId) {
            return Ok(vec![redact(comment)]);
        }
        let all = comments.iter().filter(|one| one.body.contains(&text));
        let all: Vec<Removal> = all.map(|one| redact(one.id)).collect();
        if all.is_empty() { Err(missing(Thing::Text)) } else { Ok(all) }
    }
}

/// The tickets that can be brought back.
pub async fn deleted(cx: &mut Context, account: &Account, part: &Part) -> Result<(), Failure> {
    let page = account.client.deleted_tickets(part.after.clone().map(Cursor), part.limit).await?;
    if cx.out.is_json() {
        let name = |one: &DeletedTicket| one.by.and_then(|id| page.names.people.get(&id)).cloned();
        let rows: Vec<_> = page.rows.iter().map(|one| wire::DeletedTicket::of(one, name(one))).collect();
        return cx.out.list("deleted_tickets", rows, pages::meta(page.next.as_ref())?);
    }
    let headings = ["cli-number", "field-subject", "field-status", "cli-deleted-by", "cli-deleted-at"];
    let mut table = Table::new(&cx.headings(&headings), 1).number(0);
    for one in &page.rows {
        table.row(&[
            one.id.to_string(),
            one.subject.clone(),
            words::status(&cx.words, one.status),
            super::account::person_name(&page.names, one.by),
            cx.time(one.at),
        ]);
    }
    cx.rows(&table, page.rows.is_empty(), page.next.is_some())
}
