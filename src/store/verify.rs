//! Whether what a store holds agrees with itself: every chain is counted again, every ticket is made again from its
//! events, every text, file, lookup table and index entry is compared. A few tickets at a time, so that memory is bounded.

mod chain;
mod held;
mod index;
mod ticket;

use super::dialect::{Batch, Conn, Db, Dialect, Rows, Value, read_row};
use super::fault::{Error, Fault, FaultKind};
use super::{Store, account::AccountHead};
use crate::domain::id::{AttachmentId, CommentId, OrganizationId, PersonId, TicketId};
use chain::Chain;
use sqlx::{ConnectOptions, Connection, Row};

/// So many tickets are looked at together.
const TOGETHER: i64 = 200;
/// So many findings are kept.
const MOST_FINDINGS: usize = 1_000;

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Tickets looked at.
    pub tickets: u64,
    /// Audits looked at.
    pub audits: u64,
    /// What is wrong; at most a thousand are kept.
    pub faults: Vec<Finding>,
    /// How many are wrong.
    pub found: u64,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// On which ticket; none for the account itself.
    pub ticket: Option<TicketId>,
    /// What.
    pub flaw: Flaw,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The audit of that number is not what was written, or one is missing before it.
    Audit(i64),
    /// The chain ends elsewhere than the ticket says: its last audits are missing, or there are too many.
    Head,
    /// A text of the audit of that number is not what was written.
    Text(i64),
    /// A comment is not what was written.
    Comment(CommentId),
    /// A file is missing or not what was handed in.
    File(AttachmentId),
    /// The ticket is not what its events make of it.
    State,
    /// It is not found by its tags, people or fields as it should be.
    Lookup,
    /// Tickets are not found as they should be by what a person's fields hold.
    PersonLookup(PersonId),
    /// Tickets are not found as they should be by what an organization's fields hold.
    OrganizationLookup(OrganizationId),
    /// A search would not find what it should, or more.
    Index,
    /// A history without its ticket.
    NoTicket,
    /// The database's own complaint.
    Database(String),
}

impl Verified {
    fn add(&mut self, ticket: Option<TicketId>, flaw: Flaw) {
        self.found += 1;
        if self.faults.len() < MOST_FINDINGS {
            self.faults.push(Finding { ticket, flaw });
        }
    }

    /// What cannot be read for it is damaged is something that was found, not a reason to say nothing.
    fn admit(&mut self, looked: Result<(), Error>) -> Result<(), Error> {
        match looked {
            Err(Error::Fault(Fault { kind: FaultKind::Damaged, detail })) => {
                self.add(None, Flaw::Database(detail));
                Ok(())
            }
            other => other,
        }
    }

    /// Of a store that cannot even be opened.
    pub(crate) fn unreadable(detail: String) -> Self {
        let mut verified = Self::default();
        verified.add(None, Flaw::Database(detail));
        verified
    }
}

impl Store {
    /// Checks everything. `progress` is told how many tickets were looked at so far.
    pub async fn verify(&self, progress: impl FnMut(u64) + Send) -> Result<Verified, Error> {
        let mut verified = Verified::default();
        let rows = self.verify_rows(&mut verified, progress).await;
        verified.admit(rows)?;
        let database = self.verify_database(&mut verified).await;
        verified.admit(database)?;
        Ok(verified)
    }

    async fn verify_rows(&self, verified: &mut Verified, mut progress: impl FnMut(u64) + Send) -> Result<(), Error> {
        self.verify_account(verified).await?;
        let mut after = 0;
        while let Some(last) = self.verify_some(after, verified).await? {
            after = last.0;
            progress(verified.tickets);
        }
        self.verify_held(verified).await
    }

    /// The account's own chain, a piece at a time.
    async fn verify_account(&self, verified: &mut Verified) -> Result<(), Fault> {
        let mut chain = Chain::default();
        loop {
            let mut batch = Batch::default();
            batch.push("SELECT revision, link, version FROM account", Vec::new());
            batch.push(
                "SELECT id, ticket_id, number, at, who, via, events, link FROM audits \
                 WHERE ticket_id = 0 AND number > $1 ORDER BY number LIMIT 1000",
                vec![chain.number.into()],
            );
            let rows = self.snapshot(batch).await?;
            let [head, audits] = &rows[..] else { return Err(Fault::new(FaultKind::Other, "no answer")) };
            let audits: Vec<chain::AuditRow> = audits.read()?;
            for audit in &audits {
                verified.audits += 1;
                if !chain.follow(audit) {
                    verified.add(None, Flaw::Audit(audit.number));
                }
            }
            if audits.len() < 1_000 {
                let head: Option<AccountHead> = head.first()?;
                if head.is_none_or(|head| (head.link, head.version) != (chain.link, chain.number)) {
                    verified.add(None, Flaw::Head);
                }
                return Ok(());
            }
        }
    }

    /// What the database says of itself, and histories without a ticket.
    async fn verify_database(&self, verified: &mut Verified) -> Result<(), Error> {
        let mut batch = Batch::default();
        batch.push(
            "SELECT CAST(a.ticket_id AS TEXT) FROM audits a WHERE a.number = 1 AND a.ticket_id <> 0 \
             AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = a.ticket_id) LIMIT 100",
            Vec::new(),
        );
        if self.dialect() == Dialect::Sqlite {
            batch.push("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'", Vec::new());
            batch.push("SELECT \"table\" || ' → ' || parent FROM pragma_foreign_key_check LIMIT 100", Vec::new());
        }
        let rows = self.freshly(batch).await?;
        let (orphans, others) = rows.split_first().ok_or_else(|| Fault::new(FaultKind::Other, "no answer"))?;
        for Text(id) in orphans.read()? {
            verified.add(id.parse().ok().map(TicketId), Flaw::NoTicket);
        }
        for rows in others {
            for Text(complaint) in rows.read()? {
                verified.add(None, Flaw::Database(complaint));
            }
        }
        Ok(())
    }

    /// Reads on a connection of its own: on one of the pool SQLite's check of its full-text indexes was once seen to call
    /// a sound index damaged. Why is not known; on a fresh connection it has not been seen.
    async fn freshly(&self, batch: Batch) -> Result<Vec<Rows>, Fault> {
        match self.db() {
            Db::Sqlite(pool) => {
                let options = (*pool.connect_options()).clone();
                let mut fresh = options.connect().await?;
                let rows = batch.rows(&mut Conn::Sqlite(&mut fresh, None)).await?;
                fresh.close().await?;
                Ok(rows)
            }
            Db::Pg(_) => self.read(batch).await,
        }
    }

    /// Reads as of one moment, whatever others write meanwhile.
    async fn snapshot(&self, batch: Batch) -> Result<Vec<Rows>, Fault> {
        match self.db() {
            Db::Sqlite(pool) => {
                let mut transaction = pool.begin().await?;
                let rows = batch.rows(&mut Conn::Sqlite(&mut transaction, None)).await?;
                transaction.commit().await?;
                Ok(rows)
            }
            Db::Pg(pool) => {
                let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                let rows = batch.rows(&mut Conn::Pg(&mut transaction)).await?;
                transaction.commit().await?;
                Ok(rows)
            }
        }
    }
}

struct Text(String);

read_row!(Text, |row| Ok(Self(row.try_get(0)?)));

/// A range of tickets: the first two parameters of a statement.
fn range(after: i64, last: i64) -> Vec<Value> {
    vec![after.into(), last.into()]
}
