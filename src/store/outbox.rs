//! What waits to leave the account, and what became of it.

use super::Store;
use super::comment::{CommentRow, comment_columns};
use super::dialect::{Batch, Conn, Dialect, Value, read_row};
use super::fault::{Error, Fault};
use super::person::{PersonRow, person_columns};
use super::ticket::{TicketRow, damaged, json_numbers, ticket_columns};
use crate::domain::comment::Comment;
use crate::domain::id::{CommentId, PersonId, RuleId, TextId, TicketId, WebhookId};
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{EmailAddress, Person};
use crate::domain::ticket::Ticket;
use crate::domain::time::{Span, Timestamp};
use sqlx::Row;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const COLUMNS: &str = "id, person_id, address, webhook_id, ticket_id, rule_id, text_id, comment_id, at, state, \
     next_try_at, tries, first_try_at, done_at, error";

read_row!(Outgoing, |row| {
    let id = |at: usize| row.try_get::<Option<i64>, _>(at);
    let address: Option<String> = row.try_get(2)?;
    Ok(Self {
        id: row.try_get(0)?,
        person: id(1)?.map(PersonId),
        address: address.and_then(|text| EmailAddress::parse(&text).ok()),
        webhook: id(3)?.map(WebhookId),
        ticket: id(4)?.map(TicketId),
        rule: id(5)?.map(RuleId),
        text: id(6)?.map(TextId),
        comment: id(7)?.map(CommentId),
        at: Timestamp(row.try_get(8)?),
        standing: standing(row.try_get(9)?)?,
        next_try_at: Timestamp(row.try_get(10)?),
        tries: u32::try_from(row.try_get::<i64, _>(11)?).unwrap_or(u32::MAX),
        first_try_at: id(12)?.map(Timestamp),
        done_at: id(13)?.map(Timestamp),
        error: row.try_get(14)?,
    })
});

/// Where something stands, by its number in the store.
pub(super) fn standing(number: i64) -> sqlx::Result<Delivery> {
    let standing = usize::try_from(number).ok().and_then(|at| Delivery::ALL.get(at).copied());
    standing.ok_or_else(|| damaged("something leaves in no known way"))
}

pub(super) fn number(standing: Delivery) -> i64 {
    Delivery::ALL.iter().zip(0..).find(|(one, _)| **one == standing).map_or(0, |(_, number)| number)
}

struct Count(i64);

read_row!(Count, |row| Ok(Self(row.try_get(0)?)));

/// Nothing waits for longer than this, however often it was tried.
pub(super) const AHEAD: Span = Span::days(1);

/// What notices are about.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    /// Tickets.
    pub tickets: BTreeMap<TicketId, Ticket>,
    /// What was said.
    pub comments: BTreeMap<CommentId, Comment>,
    /// People.
    pub people: BTreeMap<PersonId, Person>,
}

impl Store {
    /// Takes letters that are due, the longest waiting first: nobody else takes them until a moment. Whoever comes to an
    /// end before that moment leaves them to the next. What waits for longer than anything can was put off by a clock
    /// that was wrong, and is due.
    pub async fn claim(
        &self,
        (now, due): (Timestamp, Timestamp),
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Outgoing>, Error> {
        self.returning(Arc::new(move |dialect| {
            let skip = if dialect == Dialect::Pg { " FOR UPDATE SKIP LOCKED" } else { "" };
            let sql = format!(
                "UPDATE outbox SET next_try_at = $1, tries = tries + 1, first_try_at = coalesce(first_try_at, $2) \
                 WHERE id IN (SELECT id FROM outbox WHERE state = 0 AND kind = 0 AND (next_try_at <= $3 OR next_try_at > $4) \
                 ORDER BY next_try_at, id LIMIT $5{skip}) RETURNING {COLUMNS}"
            );
            let ahead = (now + AHEAD).0;
            (sql, vec![until.0.into(), now.0.into(), due.0.into(), ahead.into(), i64::from(limit).into()])
        }))
        .await
        .map(|mut taken: Vec<Outgoing>| {
            taken.sort_by_key(|one| one.id);
            taken
        })
    }

    /// Keeps something that was taken for longer: whether it is still one's own.
    pub async fn keep_claim(&self, taken: &Outgoing, until: Timestamp) -> Result<bool, Error> {
        let (id, tries) = (taken.id, i64::from(taken.tries));
        let kept: Vec<Count> = self
            .returning(Arc::new(move |_| {
                let sql = "UPDATE outbox SET next_try_at = $1 WHERE id = $2 AND tries = $3 AND state = 0 RETURNING id";
                (sql.to_owned(), vec![until.0.into(), id.into(), tries.into()])
            }))
            .await?;
        Ok(!kept.is_empty())
    }

    /// Writes down what became of something that was taken, unless somebody else has taken it since.
    pub async fn settle(
        &self,
        taken: &Outgoing,
        standing: Delivery,
        (now, next): (Timestamp, Timestamp),
        error: Option<String>,
    ) -> Result<(), Error> {
        let done = (standing != Delivery::Waiting).then_some(now.0);
        let values = vec![
            number(standing).into(),
            next.0.into(),
            done.into(),
            error.into(),
            taken.id.into(),
            i64::from(taken.tries).into(),
        ];
        let sql = "UPDATE outbox SET state = $1, next_try_at = $2, done_at = $3, error = $4 \
             WHERE id = $5 AND tries = $6 AND state = 0";
        self.batch(vec![(sql.to_owned(), values)]).await
    }

    /// Holds all letters that were due by a moment.
    pub async fn hold_all(&self, by: Timestamp, now: Timestamp, why: &'static str) -> Result<(), Error> {
        let sql =
            "UPDATE outbox SET state = 3, done_at = $1, error = $2 WHERE state = 0 AND kind = 0 AND next_try_at <= $3";
        self.batch(vec![(sql.to_owned(), vec![now.0.into(), why.into(), by.0.into()])]).await
    }

    /// What leaves or has left, the newest first, before a number.
    pub async fn leaving(
        &self,
        standing: Option<Delivery>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Outgoing>, Fault> {
        let sql =
            format!("SELECT {COLUMNS} FROM outbox WHERE id < $1 AND ($2 < 0 OR state = $3) ORDER BY id DESC LIMIT $4");
        let number = standing.map_or(-1, number);
        let values = vec![before.unwrap_or(i64::MAX).into(), number.into(), number.into(), i64::from(limit).into()];
        self.db().read(sql, values).await
    }

    /// How many letters somebody got since a moment.
    pub async fn got(
        &self,
        person: Option<PersonId>,
        address: Option<&EmailAddress>,
        since: Timestamp,
    ) -> Result<u64, Fault> {
        let (sql, who): (&str, Value) = match (person, address) {
            (Some(id), _) => {
                ("SELECT count(*) FROM outbox WHERE person_id = $1 AND state = 1 AND done_at > $2", id.0.into())
            }
            (None, Some(address)) => (
                "SELECT count(*) FROM outbox WHERE address = $1 AND state = 1 AND done_at > $2",
                address.folded().into(),
            ),
            (None, None) => return Ok(0),
        };
        let rows: Vec<Count> = self.db().read(sql.to_owned(), vec![who, since.0.into()]).await?;
        Ok(rows.first().map_or(0, |row| row.0.unsigned_abs()))
    }

    /// Tickets, comments and people by their numbers, whoever asks: for what is decided with somebody's eyes afterwards.
    pub async fn matter(
        &self,
        tickets: impl IntoIterator<Item = TicketId>,
        comments: impl IntoIterator<Item = CommentId>,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<Matter, Fault> {
        let numbers = self.db().dialect().numbers(1);
        let mut batch = Batch::default();
        batch.push(
            format!(concat!("SELECT ", comment_columns!(), " FROM comments c WHERE c.id IN {}"), numbers),
            vec![json_numbers(comments.into_iter().map(|id| id.0)).into()],
        );
        batch.push(
            format!(concat!("SELECT ", person_columns!(), " FROM people p WHERE p.id IN {}"), numbers),
            vec![json_numbers(people.into_iter().map(|id| id.0)).into()],
        );
        // Last, for others may write in between: who may know of the ticket now might read all that was said before.
        batch.push(
            format!(concat!("SELECT ", ticket_columns!(), " FROM tickets t WHERE t.id IN {}"), numbers),
            vec![json_numbers(tickets.into_iter().map(|id| id.0)).into()],
        );
        let rows = self.read(batch).await?;
        let [said, known, about] = &rows[..] else { return Ok(Matter::default()) };
        Ok(Matter {
            comments: said.read::<CommentRow>()?.into_iter().map(|row| (row.comment.id, row.comment)).collect(),
            people: known.read::<PersonRow>()?.into_iter().map(|row| (row.0.id, row.0)).collect(),
            tickets: about.read::<TicketRow>()?.into_iter().map(|row| (row.0.id, row.0)).collect(),
        })
    }

    /// Runs one statement that writes and answers with rows.
    pub(super) async fn returning<T>(
        &self,
        statement: Arc<dyn Fn(Dialect) -> (String, Vec<Value>) + Send + Sync>,
    ) -> Result<Vec<T>, Error>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>
            + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
            + Send
            + 'static,
    {
        self.inner
            .writer
            .write(Arc::new(move |conn: &mut Conn<'_>| {
                let statement = Arc::clone(&statement);
                Box::pin(async move {
                    let mut batch = Batch::default();
                    let (sql, values) = statement(conn.dialect());
                    batch.push(super::open::LATEST, Vec::new());
                    batch.push(sql, values);
                    let rows = batch.rows(conn).await?;
                    let [tables, rows] = &rows[..] else { return Ok(Vec::new()) };
                    // Whoever was overtaken takes nothing upon them; what was done is taken back.
                    let tables: Option<Count> = tables.first()?;
                    super::open::may_write(conn.dialect(), tables.map_or(0, |tables| tables.0))?;
                    Ok(rows.read()?)
                })
            }))
            .await
    }
}
