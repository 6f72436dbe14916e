//! What people are told in the program.

use super::dialect::read_row;
use super::fault::{Error, Fault};
use super::ticket::json_numbers;
use super::visible::{Bound, known, worked};
use super::{Reader, Store};
use crate::domain::audience::Viewer;
use crate::domain::id::{CommentId, RuleId, TextId, TicketId};
use crate::domain::time::Timestamp;
use sqlx::Row;

/// A notice in somebody's inbox. What it says is made when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its number.
    pub id: i64,
    /// About which ticket.
    pub ticket: TicketId,
    /// By which rule.
    pub rule: RuleId,
    /// With which text.
    pub text: TextId,
    /// What was said.
    pub comment: Option<CommentId>,
    /// When.
    pub at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

read_row!(Received, |row| Ok(Self {
    id: row.try_get(0)?,
    ticket: TicketId(row.try_get(1)?),
    rule: RuleId(row.try_get(2)?),
    text: TextId(row.try_get(3)?),
    comment: row.try_get::<Option<i64>, _>(4)?.map(CommentId),
    at: Timestamp(row.try_get(5)?),
    read_at: row.try_get::<Option<i64>, _>(6)?.map(Timestamp),
}));

/// Nobody counts past this.
const COUNTED: i64 = 1_000;

struct Count(i64);

read_row!(Count, |row| Ok(Self(row.try_get(0)?)));

/// True of the notices `inbox i` about `tickets t` that are somebody's to read now: of tickets of which they may know, and
/// not of what was said internally where they are no more than a requester by now (R126).
fn told(viewer: &Viewer, bound: &mut Bound) -> String {
    let (known, works) = (known(viewer, bound), worked(viewer, bound));
    format!(
        "{known} AND ({works} OR i.comment_id IS NULL \
         OR EXISTS (SELECT 1 FROM comments c WHERE c.id = i.comment_id AND c.public))"
    )
}

/// The newest of what somebody was told, before a number.
pub(super) fn page(
    viewer: &Viewer,
    unread_only: bool,
    (before, limit): (Option<i64>, u32),
    bound: &mut Bound,
) -> String {
    let person = bound.put(viewer.person.0);
    let before = bound.put(before.unwrap_or(i64::MAX));
    // Said in so many words, or the index of what is unread does not serve.
    let unread = if unread_only { "AND i.read_at IS NULL " } else { "" };
    let theirs = told(viewer, bound);
    let limit = bound.put(i64::from(limit));
    format!(
        "SELECT i.id, i.ticket_id, i.rule_id, i.text_id, i.comment_id, i.at, i.read_at \
         FROM inbox i JOIN tickets t ON t.id = i.ticket_id \
         WHERE i.person_id = {person} AND i.id < {before} {unread}AND {theirs} ORDER BY i.id DESC LIMIT {limit}"
    )
}

impl Store {
    /// What somebody was told of tickets of which they may still know, the newest first, before a number.
    pub async fn inbox(
        &self,
        reader: &Reader,
        unread_only: bool,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Received>, Fault> {
        let mut bound = Bound::default();
        let sql = page(&reader.viewer, unread_only, (before, limit), &mut bound);
        self.db().read(sql, bound.values()).await
    }

    /// How much of it is unread, and whether it is more than that.
    pub async fn unread(&self, reader: &Reader) -> Result<(u64, bool), Fault> {
        let mut bound = Bound::default();
        let person = bound.put(reader.viewer.person.0);
        let theirs = told(&reader.viewer, &mut bound);
        let most = bound.put(COUNTED + 1);
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM inbox i JOIN tickets t ON t.id = i.ticket_id \
             WHERE i.person_id = {person} AND i.read_at IS NULL AND {theirs} LIMIT {most}) AS counted"
        );
        let rows: Vec<Count> = self.db().read(sql, bound.values()).await?;
        let count = rows.first().map_or(0, |row| row.0);
        Ok((count.min(COUNTED).unsigned_abs(), count > COUNTED))
    }

    /// Marks notices of somebody's as read; all when none are named.
    pub async fn mark_read(&self, reader: &Reader, ids: Option<Vec<i64>>) -> Result<(), Error> {
        let (person, now) = (reader.viewer.person.0, reader.now.0);
        let statement = match ids {
            None => (
                "UPDATE inbox SET read_at = $1 WHERE person_id = $2 AND read_at IS NULL".to_owned(),
                vec![now.into(), person.into()],
            ),
            Some(ids) => (
                format!(
                    "UPDATE inbox SET read_at = $2 WHERE person_id = $3 AND read_at IS NULL AND id IN {}",
                    self.db().dialect().numbers(1)
                ),
                vec![json_numbers(ids).into(), now.into(), person.into()],
            ),
        };
        // Always later than before, for that it is another is what tells.
        let heard = "INSERT INTO readings (person_id, at) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE \
             SET at = CASE WHEN excluded.at > readings.at THEN excluded.at ELSE readings.at + 1 END";
        let heard = (heard.to_owned(), vec![person.into(), now.into()]);
        let done = self.batch(vec![statement, heard]).await;
        self.told(done)
    }
}
