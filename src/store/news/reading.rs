//! What has happened, read from the histories.

use super::MOST_AT_ONCE;
use crate::domain::audience::Viewer;
use crate::domain::event::{Audit, Chain};
use crate::domain::id::TicketId;
use crate::domain::news::Happened;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use crate::store::Store;
use crate::store::dialect::{Batch, read_row};
use crate::store::fault::Fault;
use crate::store::ticket::{TicketRow, json_numbers, ticket_columns};
use crate::store::visible::{Bound, requests};
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// The numbers of audits after one, without those that are known; and whether there are too many to be told.
    pub(super) async fn new_audits(&self, after: i64, known: &BTreeSet<i64>) -> Result<(Vec<i64>, bool), Fault> {
        let limit = i64::try_from(MOST_AT_ONCE + known.len() + 1).unwrap_or(i64::MAX);
        let sql = "SELECT id FROM audits WHERE id > $1 ORDER BY id LIMIT $2";
        let rows: Vec<Number> = self.db().read(sql.to_owned(), vec![after.into(), limit.into()]).await?;
        let numbers: Vec<i64> = rows.into_iter().map(|row| row.0).filter(|id| !known.contains(id)).collect();
        let more = numbers.len() > MOST_AT_ONCE;
        Ok((numbers, more))
    }

    /// What those audits tell, in their order.
    pub(super) async fn happened(&self, numbers: &[i64]) -> Result<Vec<Happened>, Fault> {
        let mut batch = Batch::default();
        let sql = format!(
            "SELECT id, ticket_id, number, at, who, via, events FROM audits WHERE id IN {} ORDER BY id",
            self.dialect().numbers(1)
        );
        batch.push(sql, vec![json_numbers(numbers.iter().copied()).into()]);
        let audits = self.whole(batch).await?;
        let mut tickets = self.as_after(&audits).await?;
        let mut happened = Vec::with_capacity(audits.len());
        for audit in audits.iter().rev() {
            let ticket = match audit.chain {
                Chain::Ticket(id) => tickets.get_mut(&id),
                Chain::Account => None,
            };
            happened.push(Happened::of(audit, ticket));
        }
        happened.reverse();
        Ok(happened)
    }

    /// The tickets of audits as they were after the last of those; what was done since is taken back.
    async fn as_after(&self, audits: &[Audit]) -> Result<BTreeMap<TicketId, Option<Ticket>>, Fault> {
        let mut last = BTreeMap::new();
        for audit in audits {
            if let Chain::Ticket(id) = audit.chain {
                last.insert(id, audit.number);
            }
        }
        let sql = format!(
            concat!("SELECT ", ticket_columns!(), " FROM tickets t WHERE t.id IN {}"),
            self.dialect().numbers(1)
        );
        let ids = json_numbers(last.keys().map(|id| id.0));
        let rows: Vec<TicketRow> = self.db().read(sql, vec![ids.into()]).await?;
        let mut tickets = BTreeMap::new();
        for TicketRow(ticket) in rows {
            let (id, version) = (ticket.id, ticket.version);
            let mut ticket = Some(ticket);
            let until = last.get(&id).copied().unwrap_or(version);
            if version > until {
                let since = self.audits(&Viewer::ACCOUNT, Chain::Ticket(id), until, u32::MAX).await?;
                for audit in since.iter().flatten().rev().filter(|audit| audit.number <= version) {
                    Happened::of(audit, Some(&mut ticket));
                }
            }
            tickets.insert(id, ticket);
        }
        Ok(tickets)
    }

    /// What has happened after an audit of that number; none when it is more than can be told.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn happened_after(&self, audit: i64) -> Result<Option<Vec<Happened>>, Fault> {
        let (numbers, more) = self.new_audits(audit, &BTreeSet::new()).await?;
        if more { Ok(None) } else { self.happened(&numbers).await.map(Some) }
    }

    /// The requests that somebody sees and that have changed for them since a moment; none when they are more than can be
    /// told.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn requests_changed(&self, viewer: &Viewer, since: Timestamp) -> Result<Option<Vec<TicketId>>, Fault> {
        let mut bound = Bound::default();
        let theirs = requests(viewer, &mut bound);
        let (since, limit) = (bound.put(since.0), bound.put(i64::try_from(MOST_AT_ONCE + 1).unwrap_or(i64::MAX)));
        let sql = format!(
            "SELECT t.id FROM tickets t WHERE {theirs} AND t.requester_updated_at >= {since} \
             ORDER BY t.requester_updated_at, t.id LIMIT {limit}"
        );
        let rows: Vec<Number> = self.db().read(sql, bound.values()).await?;
        let all = rows.len() <= MOST_AT_ONCE;
        Ok(all.then(|| rows.into_iter().map(|row| TicketId(row.0)).collect()))
    }
}

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));
