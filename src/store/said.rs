//! What was said on a ticket in pages, from either end.

use super::comment::{AttachmentRow, CommentRow, attachment_columns, comment_columns};
use super::dialect::{Batch, Rows, read_row};
use super::event;
use super::fault::{Fault, FaultKind};
use super::thread::attach;
use super::ticket::{TicketRow, json_numbers, ticket_columns};
use super::visible::Bound;
use super::{Reader, Store};
use crate::domain::comment::Comment;
use crate::domain::id::{AuditId, CommentId, TicketId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use sqlx::Row;
use std::collections::BTreeMap;

/// Which comments of a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaidAsk {
    /// Whether the newest come first.
    pub newest_first: bool,
    /// Those after this one, in that order.
    pub after: Option<CommentId>,
    /// Or those before this one.
    pub before: Option<CommentId>,
    /// How many are passed over.
    pub skip: u64,
    /// How many at most.
    pub limit: u32,
    /// Those said since.
    pub since: Option<Timestamp>,
    /// Those of the team, or those of everybody else.
    pub by_staff: Option<bool>,
    /// That one alone.
    pub only: Option<CommentId>,
}

/// What was said on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidPage {
    /// The ticket: for an end user it must become a request before it is shown.
    pub ticket: Ticket,
    /// The comments, in the order that was asked for.
    pub comments: Vec<Comment>,
    /// Whether there are more in the direction that was asked.
    pub more: bool,
}

struct First {
    ticket: TicketId,
    body: String,
}

read_row!(First, |row| Ok(Self { ticket: TicketId(row.try_get(0)?), body: row.try_get(1)? }));

struct Done {
    id: i64,
    number: i64,
    events: String,
}

read_row!(Done, |row| Ok(Self { id: row.try_get(0)?, number: row.try_get(1)?, events: row.try_get(2)? }));

impl SaidAsk {
    fn is_backward(&self) -> bool {
        self.before.is_some() && self.after.is_none()
    }

    fn statement(&self, reader: &Reader, id: TicketId, bound: &mut Bound) -> String {
        let mut tests = vec![format!("c.ticket_id = {}", bound.put(id.0))];
        if !reader.reads_notes() {
            tests.push("c.public".to_owned());
        }
        let descending = self.newest_first != self.is_backward();
        if let Some(place) = self.after.or(self.before) {
            let sign = if descending { "<" } else { ">" };
            tests.push(format!("c.id {sign} {}", bound.put(place.0)));
        }
        if let Some(since) = self.since {
            tests.push(format!("c.created_at >= {}", bound.put(since.0)));
        }
        if let Some(staff) = self.by_staff {
            let not = if staff { "" } else { "NOT " };
            tests.push(format!("c.author_id {not}IN (SELECT p.id FROM people p WHERE p.role > 0)"));
        }
        if let Some(only) = self.only {
            tests.push(format!("c.id = {}", bound.put(only.0)));
        }
        let limit = bound.put(i64::from(self.limit) + 1);
        let skip = bound.put(i64::try_from(self.skip).unwrap_or(i64::MAX));
        let (columns, way) = (comment_columns!(), if descending { "DESC" } else { "ASC" });
        let tests = tests.join(" AND ");
        format!("SELECT {columns} FROM comments c WHERE {tests} ORDER BY c.id {way} LIMIT {limit} OFFSET {skip}")
    }
}

impl Store {
    /// Comments of a ticket; none when there is no such ticket or they may not know of it, or as the team and it is only
    /// their own request.
    pub async fn said_on(&self, reader: &Reader, id: TicketId, ask: &SaidAsk) -> Result<Option<SaidPage>, Fault> {
        let mut bound = Bound::default();
        let sql = ask.statement(reader, id, &mut bound);
        let mut batch = Batch::default();
        batch.push(sql, bound.values());
        // Last, as for a thread: who may know of the ticket now might read all that was said before.
        batch.push(concat!("SELECT ", ticket_columns!(), " FROM tickets t WHERE t.id = $1"), vec![id.0.into()]);
        let rows = self.read(batch).await?;
        let [said, ticket] = &rows[..] else { return Err(Fault::new(FaultKind::Other, "no answer")) };
        let Some(TicketRow(ticket)) = ticket.first()? else { return Ok(None) };
        if !reader.may_know(&ticket) || reader.only_as_requester(&ticket).is_some() {
            return Ok(None);
        }
        let mut comments: Vec<Comment> = said.read::<CommentRow>()?.into_iter().map(|row| row.comment).collect();
        let limit = usize::try_from(ask.limit).unwrap_or(usize::MAX);
        let more = comments.len() > limit;
        comments.truncate(limit);
        comments.sort_by_key(|comment| comment.id);
        let files = self.files_of(&comments).await?;
        attach(&mut comments, files);
        if ask.newest_first {
            comments.reverse();
        }
        Ok(Some(SaidPage { ticket, comments, more }))
    }

    async fn files_of(&self, comments: &[Comment]) -> Result<Vec<AttachmentRow>, Fault> {
        let sql = format!(
            concat!("SELECT ", attachment_columns!(), " FROM attachments a WHERE a.comment_id IN {} ORDER BY a.id"),
            self.dialect().numbers(1)
        );
        self.db().read(sql, vec![json_numbers(comments.iter().map(|comment| comment.id.0)).into()]).await
    }

    /// What tickets were opened with, as far as they may read it. That they may know of the tickets is for the caller to
    /// have seen.
    pub async fn opened_with(
        &self,
        reader: &Reader,
        tickets: impl IntoIterator<Item = TicketId>,
    ) -> Result<BTreeMap<TicketId, String>, Fault> {
        let sql = format!(
            "SELECT c.ticket_id, c.body FROM {} AS n JOIN comments c ON c.id = (SELECT d.id FROM comments d \
             WHERE d.ticket_id = n.value AND (d.public OR $2) ORDER BY d.id LIMIT 1)",
            self.dialect().numbers(1)
        );
        let tickets = json_numbers(tickets.into_iter().map(|id| id.0));
        let rows: Vec<First> = self.db().read(sql, vec![tickets.into(), reader.reads_notes().into()]).await?;
        Ok(rows.into_iter().map(|row| (row.ticket, row.body)).collect())
    }

    /// The numbers within its history of what was done to a ticket, and what was said by it. That they may read the
    /// history is for the caller to have seen.
    pub async fn done_on(&self, id: TicketId) -> Result<Vec<(AuditId, i64, Vec<CommentId>)>, Fault> {
        let mut batch = Batch::default();
        batch.push("SELECT id, number, events FROM audits WHERE ticket_id = $1 ORDER BY number", vec![id.0.into()]);
        let rows = self.read(batch).await?;
        let done: Vec<Done> = rows.first().map(Rows::read).transpose()?.unwrap_or_default();
        let one = |row: Done| {
            let said = event::comments_of(&row.events)?.into_iter().map(CommentId).collect();
            Ok((AuditId(row.id), row.number, said))
        };
        done.into_iter().map(one).collect()
    }
}
