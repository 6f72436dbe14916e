//! Mails that came in and are nobody's, until somebody has looked at them.

use super::Store;
use super::dialect::{Batch, Value, read_row};
use super::fault::{Error, Fault};
use crate::domain::id::{TextId, TicketId};
use crate::domain::person::EmailAddress;
use crate::domain::suspended::Suspended;
use crate::domain::time::{Span, Timestamp};
use sqlx::Row;
use std::sync::Arc;

/// So many are kept; the oldest go first.
const MOST: i64 = 1_000;
/// So many bytes of all together.
const MOST_BYTES: i64 = 256 * 1024 * 1024;
/// So many of one sender, so that nobody drives out what others wrote.
const MOST_OF_ONE: i64 = 50;
/// So many bytes of one sender.
const MOST_BYTES_OF_ONE: i64 = 64 * 1024 * 1024;
/// So many strangers are answered within an hour.
const MOST_ANSWERS: i64 = 100;

/// A mail that is to be suspended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspending {
    /// What tells that it came before.
    pub digest: [u8; 32],
    /// See [`Suspended::sender`].
    pub sender: Option<String>,
    /// See [`Suspended::sender_name`].
    pub sender_name: Option<String>,
    /// See [`Suspended::subject`].
    pub subject: String,
    /// See [`Suspended::why`].
    pub why: &'static str,
    /// See [`Suspended::ticket`].
    pub ticket: Option<TicketId>,
    /// The mail.
    pub raw: Vec<u8>,
}

const COLUMNS: &str = "id, sender, sender_name, subject, at, why, ticket_id, size";

read_row!(Suspended, |row| Ok(Self {
    id: row.try_get(0)?,
    sender: row.try_get(1)?,
    sender_name: row.try_get(2)?,
    subject: row.try_get(3)?,
    at: Timestamp(row.try_get(4)?),
    why: row.try_get(5)?,
    ticket: row.try_get::<Option<i64>, _>(6)?.map(TicketId),
    size: row.try_get::<i64, _>(7)?.unsigned_abs(),
}));

struct Raw(Vec<u8>);

read_row!(Raw, |row| Ok(Self(row.try_get(0)?)));

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));

/// Keeps a mail, unless it is there already.
fn inserted(mail: &Suspending, now: Timestamp) -> (String, Vec<Value>) {
    let storable = |text: &str| text.replace('\0', "\u{2400}");
    let size = i64::try_from(mail.raw.len()).unwrap_or(i64::MAX);
    let values = vec![
        Value::from(mail.digest.as_slice()),
        mail.sender.as_deref().map(storable).into(),
        mail.sender_name.as_deref().map(storable).into(),
        storable(&mail.subject).into(),
        now.0.into(),
        mail.why.into(),
        mail.ticket.map(|id| id.0).into(),
        size.into(),
        Value::from(mail.raw.as_slice()),
    ];
    let sql = "INSERT INTO suspended_mails (digest, sender, sender_name, subject, at, why, ticket_id, size, raw) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (digest) DO NOTHING";
    (sql.to_owned(), values)
}

/// Lets go what is more than is kept, of a sender and of all.
fn bounds(sender: Option<String>) -> Vec<(String, Vec<Value>)> {
    // What somebody wrote with a token of ours goes last: a stranger can be anybody, and as many as they like.
    let order = "ORDER BY CASE WHEN why IN ('closed', 'too-big', 'refused') AND ticket_id IS NOT NULL \
         THEN 0 ELSE 1 END, id DESC";
    let beyond = |whose: &str, (bytes, mails): (&str, &str)| {
        format!(
            "DELETE FROM suspended_mails WHERE id IN (SELECT id FROM (SELECT id, \
             sum(size) OVER ({order}) AS total, row_number() OVER ({order}) AS place \
             FROM suspended_mails{whose}) AS kept WHERE total > {bytes} OR place > {mails})"
        )
    };
    vec![
        (beyond(" WHERE sender = $1", ("$2", "$3")), vec![sender.into(), MOST_BYTES_OF_ONE.into(), MOST_OF_ONE.into()]),
        (beyond("", ("$1", "$2")), vec![MOST_BYTES.into(), MOST.into()]),
    ]
}

/// The same, to be written with something else.
pub(super) fn push(then: &mut Batch, mail: Suspending, now: Timestamp) {
    let (sql, values) = inserted(&mail, now);
    then.push(sql, values);
    for (sql, values) in bounds(mail.sender) {
        then.push(sql, values);
    }
}

impl Store {
    /// Keeps a mail for somebody to look at, and its number; none when it came before.
    pub async fn suspend(&self, mail: Suspending, now: Timestamp) -> Result<Option<i64>, Error> {
        let sender = mail.sender.clone();
        let mail = Arc::new(mail);
        let done: Vec<Number> = self
            .returning(Arc::new(move |_| {
                let (sql, values) = inserted(&mail, now);
                (format!("{sql} RETURNING id"), values)
            }))
            .await?;
        self.batch(bounds(sender)).await?;
        Ok(done.first().map(|row| row.0))
    }

    /// The newest, before a number.
    pub async fn suspended(&self, before: Option<i64>, limit: u32) -> Result<Vec<Suspended>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM suspended_mails WHERE id < $1 ORDER BY id DESC LIMIT $2");
        self.db().read(sql, vec![before.unwrap_or(i64::MAX).into(), i64::from(limit).into()]).await
    }

    /// One with all that it says.
    pub async fn suspended_mail(&self, id: i64) -> Result<Option<(Suspended, Vec<u8>)>, Fault> {
        let about: Vec<Suspended> =
            self.db().read(format!("SELECT {COLUMNS} FROM suspended_mails WHERE id = $1"), vec![id.into()]).await?;
        let raw: Vec<Raw> =
            self.db().read("SELECT raw FROM suspended_mails WHERE id = $1".to_owned(), vec![id.into()]).await?;
        Ok(about.into_iter().next().zip(raw.into_iter().next().map(|raw| raw.0)))
    }

    /// Answers a stranger once within a day; whether they are answered (D32).
    pub async fn answer_stranger(&self, address: &EmailAddress, text: TextId, now: Timestamp) -> Result<bool, Error> {
        let address = address.folded();
        let done: Vec<Number> = self
            .returning(Arc::new(move |_| {
                let sql = "INSERT INTO outbox (kind, address, text_id, at, next_try_at) \
                     SELECT 0, CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT) \
                     WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE address = $5 AND ticket_id IS NULL AND at > $6) \
                     AND (SELECT count(*) FROM outbox WHERE address IS NOT NULL AND ticket_id IS NULL AND at > $7) < $8 \
                     RETURNING id";
                let values: Vec<Value> = vec![
                    address.as_str().into(),
                    text.0.into(),
                    now.0.into(),
                    now.0.into(),
                    address.as_str().into(),
                    (now.0 - Span::days(1).0).into(),
                    (now.0 - Span::hours(1).0).into(),
                    MOST_ANSWERS.into(),
                ];
                (sql.to_owned(), values)
            }))
            .await?;
        Ok(!done.is_empty())
    }
}
