//! Changing tickets. A change holds only for the ticket as it was seen, and bears its key with it, so that whoever did not
//! hear an answer finds in the ticket's history whether it was done before doing it again.

use super::Zendesk;
use super::api::Write;
use super::body::{changed, comment, copied, new_ticket};
use super::known::Known;
use super::shelf::Alone;
use super::ticket::{request, stamp, ticket};
use crate::client::remote::transport::Again;
use crate::client::{Capability, Error, Key, Receipt};
use crate::domain::act::{Change, NewTicket};
use crate::domain::comment::NewComment;
use crate::domain::decide::Outcome;
use crate::domain::id::{CommentId, TicketId};
use crate::domain::person::Restriction;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::ticket::Ticket;
use crate::domain::time::{Span, Timestamp};
use crate::wire::Time;
use crate::wire::received::{Row, said};
use reqwest::Method;
use serde_json::{Value as Json, json};

/// Under what a change's key stands in the history.
const MARK: &str = "guichet_key";
/// How often a change is made anew when others change the ticket meanwhile.
const TRIES: u32 = 12;
/// So many of the last changes of a ticket are looked through.
const LOOKED_THROUGH: u32 = 30;
/// By how much clocks may differ.
const SLACK: Span = Span::minutes(5);

/// What is wanted of a ticket.
pub(super) struct Wanted<'a> {
    pub(super) ticket: TicketId,
    pub(super) change: &'a Change,
    pub(super) comment: Option<&'a NewComment>,
    pub(super) expect: Option<i64>,
}

impl Zendesk {
    pub(super) async fn update_ticket(&self, key: &Key, wanted: &Wanted<'_>) -> Result<Receipt, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return self.answer_request(key, wanted, &known).await;
        }
        let turn = self.shelf.turn(Alone::Ticket(wanted.ticket));
        let _turn = turn.lock().await;
        if let Some(sent) = self.shelf.journal.sent(key)
            && let Some(receipt) = self.done_before(key, wanted, sent, &known).await?
        {
            self.shelf.journal.end(key).await;
            return Ok(receipt);
        }
        let mut tried = 1;
        loop {
            let before = self.show(wanted.ticket, &known).await?;
            if let Some(expected) = wanted.expect.filter(|expected| *expected != before.version) {
                // Perhaps it is one's own, of which no answer came.
                let now = self.api.transport().now();
                return match self.done_before(key, wanted, now, &known).await? {
                    Some(receipt) => Ok(receipt),
                    None => Err(Refusal::Conflict { expected, actual: before.version }.into()),
                };
            }
            match self.send_change(key, wanted, &before, &known).await {
                Err(Error::Conflict { .. }) if tried < TRIES => tried += 1,
                Err(Error::Conflict { .. }) => {
                    return Err(Error::Conflict { theirs: self.show(wanted.ticket, &known).await?.version });
                }
                other => return other,
            }
        }
    }

    async fn send_change(
        &self,
        key: &Key,
        wanted: &Wanted<'_>,
        before: &Ticket,
        known: &Known,
    ) -> Result<Receipt, Error> {
        let mut body = changed(wanted.change, wanted.comment, before, known);
        body.insert("safe_update".to_owned(), true.into());
        body.insert("updated_stamp".to_owned(), Time(stamp(before.version)).text().into());
        body.insert("metadata".to_owned(), json!({ MARK: key.0 }));
        let path = format!("tickets/{}", wanted.ticket);
        let mut asked = 1;
        let now = self.api.transport().now();
        self.shelf.journal.begin(key, now).await?;
        loop {
            let write = Write::new(Method::PUT, path.clone(), Some(json!({ "ticket": body })));
            match self.api.write(write).await {
                Ok(answer) => {
                    self.shelf.journal.end(key).await;
                    return Self::changed_to(&answer.body, wanted, before, known);
                }
                Err(error @ (Error::Unreachable(_) | Error::Garbled(_))) => {
                    let done = self.done_before(key, wanted, now, known).await;
                    if let Ok(Some(receipt)) = done {
                        self.shelf.journal.end(key).await;
                        return Ok(receipt);
                    }
                    // That it is not there is known: once more.
                    if done.is_err() || asked > 1 {
                        return Err(error);
                    }
                    asked += 1;
                }
                Err(error) => {
                    self.shelf.journal.end(key).await;
                    if error == Error::NotFound && self.handed_away(wanted, known).await {
                        let outcome = Outcome { ticket: Some(wanted.ticket), ..Outcome::default() };
                        return Ok(Receipt { outcome, repeated: false, versions: 0 });
                    }
                    return Err(Self::explained(error, before, known));
                }
            }
        }
    }

    /// Whether a ticket is out of sight because it was given to somebody else, so that nobody can be shown what became of it.
    async fn handed_away(&self, wanted: &Wanted<'_>, known: &Known) -> bool {
        let gives = wanted.change.assignee.is_some() || wanted.change.group.is_some();
        let restricted = known.session.me.restriction != Restriction::None;
        gives && restricted && self.show(wanted.ticket, known).await == Err(Error::NotFound)
    }

    fn changed_to(answer: &Json, wanted: &Wanted<'_>, before: &Ticket, known: &Known) -> Result<Receipt, Error> {
        let row = Row(answer);
        let after = ticket(row.get("ticket"), known).ok_or_else(super::api::no_account)?;
        // An account keeps some values although it was told to take them away.
        let kept = wanted.change.priority == Some(None) && after.priority.is_some();
        let bare = wanted.comment.is_none();
        if kept && bare {
            return Err(Error::NotHere(Capability::Emptying));
        }
        let comment = comment_of(row.get("audit"));
        let versions = (after.version - before.version).max(0);
        let outcome = Outcome { ticket: Some(wanted.ticket), comment, ..Outcome::default() };
        Ok(Receipt { outcome, repeated: false, versions })
    }

    /// What stands against it, with what the account calls by number called by its name.
    fn explained(error: Error, before: &Ticket, known: &Known) -> Error {
        match error {
            Error::Said(_) | Error::Refused(_) if before.is_closed() => Refusal::Closed(before.id).into(),
            Error::Refused(Refusal::Required { fields }) => {
                let title = |text: String| {
                    let id = text.parse().ok().map(crate::domain::id::FieldId);
                    let field = id.and_then(|id| known.session.fields.get(&id));
                    field.map_or(text, |field| field.title.clone())
                };
                Refusal::Required { fields: fields.into_iter().map(title).collect() }.into()
            }
            other => other,
        }
    }

    /// Whether the history has it: by its key, or where the account keeps no keys by who said the same since it was sent.
    async fn done_before(
        &self,
        key: &Key,
        wanted: &Wanted<'_>,
        sent: Timestamp,
        known: &Known,
    ) -> Result<Option<Receipt>, Error> {
        let path = format!(
            "tickets/{}/audits?sort_order=desc&sort=-created_at&page%5Bsize%5D={LOOKED_THROUGH}",
            wanted.ticket
        );
        let body = self.api.get(&path).await?;
        let since = Timestamp(sent.0 - SLACK.0);
        let is_it = |audit: &Row<'_>| {
            let marked = audit.get("metadata").get("custom").text(MARK).or_else(|| audit.get("metadata").text(MARK));
            match (marked, wanted.comment) {
                (Some(mark), _) => mark == key.0,
                (None, Some(comment)) => {
                    let mine = audit.int("author_id") == Some(known.session.me.id.0);
                    let now = audit.time("created_at").is_some_and(|at| at >= since);
                    let says =
                        |event: Row<'_>| event.text("type") == Some("Comment") && same(&said(event), &comment.body);
                    mine && now && audit.list("events").any(says)
                }
                (None, None) => false,
            }
        };
        let found = Row(&body).list("audits").find(is_it);
        Ok(found.map(|audit| {
            let outcome = Outcome { ticket: Some(wanted.ticket), comment: comment_of(audit), ..Outcome::default() };
            Receipt { outcome, repeated: true, versions: 0 }
        }))
    }

    /// What an end user can do with a request: answer, solve, and bring others in.
    async fn answer_request(&self, key: &Key, wanted: &Wanted<'_>, known: &Known) -> Result<Receipt, Error> {
        let turn = self.shelf.turn(Alone::Ticket(wanted.ticket));
        let _turn = turn.lock().await;
        if let Some(sent) = self.shelf.journal.sent(key)
            && let Some(receipt) = self.answered_before(wanted, sent, known).await?
        {
            self.shelf.journal.end(key).await;
            return Ok(receipt);
        }
        let mut body = serde_json::Map::new();
        body.extend(wanted.comment.map(|said| ("comment".to_owned(), comment(said))));
        if wanted.change.status == Some(Status::Solved) {
            body.insert("solved".to_owned(), true.into());
        }
        if !wanted.change.add_ccs.is_empty() {
            body.insert("email_ccs".to_owned(), wanted.change.add_ccs.iter().map(copied).collect());
        }
        let now = self.api.transport().now();
        self.shelf.journal.begin(key, now).await?;
        let write = Write::new(Method::PUT, format!("requests/{}", wanted.ticket), Some(json!({ "request": body })));
        match self.api.write(write).await {
            Ok(answer) => {
                self.shelf.journal.end(key).await;
                let after = request(Row(&answer.body).get("request"), known).ok_or_else(super::api::no_account)?;
                let outcome = Outcome { ticket: Some(after.id), ..Outcome::default() };
                Ok(Receipt { outcome, repeated: false, versions: 0 })
            }
            Err(error @ (Error::Unreachable(_) | Error::Garbled(_))) => {
                match self.answered_before(wanted, now, known).await {
                    Ok(Some(receipt)) => {
                        self.shelf.journal.end(key).await;
                        Ok(receipt)
                    }
                    _ => Err(error),
                }
            }
            Err(error) => {
                self.shelf.journal.end(key).await;
                Err(self.explained_to_requester(error, wanted.ticket).await)
            }
        }
    }

    /// An account refuses in words of its own; that a request is closed is something that one can do something about.
    async fn explained_to_requester(&self, error: Error, id: TicketId) -> Error {
        let is_closed = async || {
            let request = self.read_request(id, 0).await.ok()?;
            (request.item.status() == Status::Closed).then_some(())
        };
        match error {
            Error::Said(_) if is_closed().await.is_some() => Refusal::Closed(id).into(),
            other => other,
        }
    }

    async fn answered_before(
        &self,
        wanted: &Wanted<'_>,
        sent: Timestamp,
        known: &Known,
    ) -> Result<Option<Receipt>, Error> {
        let Some(comment) = wanted.comment else { return Ok(None) };
        let thread = self.read_request(wanted.ticket, 20).await?;
        let since = Timestamp(sent.0 - SLACK.0);
        let me = known.session.me.id;
        let mine = thread
            .comments
            .iter()
            .rev()
            .find(|one| one.author == me && one.created_at >= since && same(&one.body, &comment.body));
        Ok(mine.map(|one| Receipt {
            outcome: Outcome { ticket: Some(wanted.ticket), comment: Some(one.id), ..Outcome::default() },
            repeated: true,
            versions: 0,
        }))
    }

    /// A new ticket. An account does it once under its key, for as long as it keeps that; of requests it does not say so, and
    /// they are looked for.
    pub(super) async fn create_ticket(&self, key: &Key, new: &NewTicket) -> Result<Receipt, Error> {
        let known = self.known().await?;
        let staff = known.is_staff();
        let (family, name) = if staff { ("tickets", "ticket") } else { ("requests", "request") };
        if !staff
            && let Some(sent) = self.shelf.journal.sent(key)
            && let Some(receipt) = self.submitted_before(new, sent, &known).await?
        {
            self.shelf.journal.end(key).await;
            return Ok(receipt);
        }
        let now = self.api.transport().now();
        if !staff {
            self.shelf.journal.begin(key, now).await?;
        }
        let body = json!({ name: new_ticket(new, &known, staff) });
        let again = if staff { Again::Keyed } else { Again::Never };
        let write = Write { key: Some(&key.0), again, ..Write::new(Method::POST, family.to_owned(), Some(body)) };
        let answer = self.api.write(write).await;
        if let Err(error @ (Error::Unreachable(_) | Error::Garbled(_))) = answer {
            let done = if staff { Ok(None) } else { self.submitted_before(new, now, &known).await };
            let Ok(Some(receipt)) = done else { return Err(error) };
            self.shelf.journal.end(key).await;
            return Ok(receipt);
        }
        self.shelf.journal.end(key).await;
        let answer = answer?;
        let row = Row(&answer.body);
        let id = row.get(name).int("id").map(TicketId).ok_or_else(super::api::no_account)?;
        let comment = comment_of(row.get("audit"));
        self.shelf.forget_counts();
        let outcome = Outcome { ticket: Some(id), comment, ..Outcome::default() };
        let versions = i64::from(staff && !answer.repeated);
        Ok(Receipt { outcome, repeated: answer.repeated, versions })
    }

    async fn submitted_before(
        &self,
        new: &NewTicket,
        sent: Timestamp,
        known: &Known,
    ) -> Result<Option<Receipt>, Error> {
        let body = self.api.get("requests?sort_by=created_at&sort_order=desc&page=1&per_page=30").await?;
        let since = Timestamp(sent.0 - SLACK.0);
        let is_it = |row: &Row<'_>| {
            let now = row.time("created_at").is_some_and(|at| at >= since);
            now && same(&row.words("subject"), &new.subject) && same(&row.words("description"), &new.comment.body)
        };
        let found = Row(&body).list("requests").find(is_it).and_then(|row| request(row, known));
        Ok(found.map(|one| Receipt {
            outcome: Outcome { ticket: Some(one.id), ..Outcome::default() },
            repeated: true,
            versions: 0,
        }))
    }
}

/// The comment that an audit tells of.
fn comment_of(audit: Row<'_>) -> Option<CommentId> {
    let said = audit.list("events").find(|event| event.text("type") == Some("Comment"));
    said.and_then(|event| event.int("id")).map(CommentId)
}

/// The same but for spaces, of which an account keeps not all.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
