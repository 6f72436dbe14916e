//! The one way in: gathers the facts, asks the rules, writes what follows, all in one transaction.

pub(super) mod digest;

use super::dialect::{Batch, Conn, Dialect, Rows, read_row};
use super::facts::{Gathered, Memory, gather, key_owner};
use super::fault::{Error, Fault};
use super::write::{Chance, Writing, salts_for};
use super::{Inner, Store};
use crate::domain::act::Act;
use crate::domain::decide::{Decision, Outcome, admit, decide};
use crate::domain::id::{CommentId, GroupId, OrganizationId, PersonId, TicketId};
use crate::domain::time::Timestamp;
use digest::digest;
use sqlx::Row;
use std::sync::Arc;

/// A clock: tests and the demo bring their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What an act led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was made or touched.
    pub outcome: Outcome,
    /// Whether it had been done before under the same key.
    pub repeated: bool,
}

impl Store {
    /// Does something, or says why not. The answer comes after the commit. With a key it is done only once.
    ///
    /// # Errors
    /// [`Error::Refused`] when a rule stands against it; nothing is written then.
    pub async fn act(&self, act: Act, key: Option<String>, clock: &Clock) -> Result<Done, Error> {
        let order = Arc::new(Order { inner: Arc::clone(&self.inner), act, key, clock: Arc::clone(clock) });
        self.inner
            .writer
            .write(Arc::new(move |conn| {
                let order = Arc::clone(&order);
                Box::pin(async move { order.perform(conn).await })
            }))
            .await
    }
}

struct Order {
    inner: Arc<Inner>,
    act: Act,
    key: Option<String>,
    clock: Clock,
}

impl Order {
    async fn perform(&self, conn: &mut Conn<'_>) -> Result<Done, Error> {
        let mut gathered = gather(conn, &*self.inner, &self.act, self.key.as_deref()).await?;
        admit(&gathered.facts, &self.act.deed)?;
        if let Some((before, outcome)) = gathered.before.take() {
            return repeat(&digest(&self.act.deed, &gathered.files), &before, &outcome);
        }
        let now = (self.clock)();
        let decision = decide(&gathered.facts, &self.act, now)?;
        self.write(conn, gathered, &decision, now).await?;
        Ok(Done { outcome: decision.outcome, repeated: false })
    }

    async fn write(
        &self,
        conn: &mut Conn<'_>,
        mut gathered: Gathered,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let audits = audit_numbers(conn, gathered.next_audit, decision.entries.len()).await?;
        let mut writing = Writing::new(conn.dialect(), Chance::new(salts_for(decision))?, audits.into_iter());
        writing.take(decision, &mut gathered.heads)?;
        if let Some(key) = &self.key {
            let digest = digest(&self.act.deed, &gathered.files);
            writing.act(vec![
                key_owner(&self.act).into(),
                key.as_str().into(),
                digest.as_slice().into(),
                write_outcome(&decision.outcome).into(),
                now.0.into(),
            ]);
        }
        writing.finish().run(conn).await
    }
}

/// Numbers for so many audits.
pub(super) async fn audit_numbers(conn: &mut Conn<'_>, next: Option<i64>, count: usize) -> Result<Vec<i64>, Fault> {
    if let (Dialect::Sqlite, Some(next)) = (conn.dialect(), next) {
        return Ok((next..).take(count).collect());
    }
    let mut batch = Batch::default();
    let many = i64::try_from(count).unwrap_or(i64::MAX);
    batch.push("SELECT nextval('audits_numbers') FROM generate_series(1, $1)", vec![many.into()]);
    let rows = batch.rows(conn).await?;
    let numbers: Option<Vec<Number>> = rows.first().map(Rows::read).transpose()?;
    Ok(numbers.unwrap_or_default().into_iter().map(|row| row.0).collect())
}

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));

/// The answer to an act that was done before.
fn repeat(digest: &[u8; 32], before: &[u8], outcome: &str) -> Result<Done, Error> {
    if before == digest { Ok(Done { outcome: read_outcome(outcome), repeated: true }) } else { Err(Error::KeyReused) }
}

fn write_outcome(outcome: &Outcome) -> String {
    serde_json::json!({
        "ticket": outcome.ticket.map(|id| id.0),
        "comment": outcome.comment.map(|id| id.0),
        "person": outcome.person.map(|id| id.0),
        "organization": outcome.organization.map(|id| id.0),
        "group": outcome.group.map(|id| id.0),
    })
    .to_string()
}

fn read_outcome(text: &str) -> Outcome {
    let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let id = |name: &str| json[name].as_i64();
    Outcome {
        ticket: id("ticket").map(TicketId),
        comment: id("comment").map(CommentId),
        person: id("person").map(PersonId),
        organization: id("organization").map(OrganizationId),
        group: id("group").map(GroupId),
    }
}

impl Memory for Inner {
    fn known(&self, revision: i64) -> Option<Arc<super::account::Common>> {
        self.known_common(revision)
    }

    fn keep(&self, common: super::account::Common) -> Arc<super::account::Common> {
        self.keep_common(common)
    }
}
