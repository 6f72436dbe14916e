//! Problems that were solved, whose incidents are to be solved with them; and which problems have incidents.

use super::Store;
use super::dialect::{Value, read_row};
use super::fault::{Error, Fault};
use super::reader::Reader;
use super::ticket::json_numbers;
use super::visible::{Bound, visible};
use crate::domain::id::{CommentId, TicketId};
use sqlx::Row;
use std::collections::BTreeSet;

/// A problem that was solved, and some of its incidents that wait for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SolvedProblem {
    /// Which.
    pub ticket: TicketId,
    /// What was said in public then.
    pub comment: Option<CommentId>,
    /// Those that are next.
    pub incidents: Vec<TicketId>,
}

struct Waiting {
    ticket: i64,
    comment: Option<i64>,
    past: i64,
}

read_row!(Waiting, |row| Ok(Self { ticket: row.try_get(0)?, comment: row.try_get(1)?, past: row.try_get(2)? }));

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));

impl Store {
    /// A problem whose incidents wait to be solved with it; none when there is none.
    pub async fn solved_problem(&self, at_once: u32) -> Result<Option<SolvedProblem>, Fault> {
        let sql = "SELECT ticket_id, comment_id, past FROM solved_problems ORDER BY ticket_id LIMIT 1".to_owned();
        let rows: Vec<Waiting> = self.db().read(sql, Vec::new()).await?;
        let Some(Waiting { ticket, comment, past }) = rows.into_iter().next() else { return Ok(None) };
        let sql = "SELECT t.id FROM tickets t WHERE t.problem_id IS NOT NULL AND t.problem_id = $1 AND t.status < 4 \
             AND t.id > $2 ORDER BY t.id LIMIT $3";
        let values: Vec<Value> = vec![ticket.into(), past.into(), i64::from(at_once).into()];
        let rows: Vec<Number> = self.db().read(sql.to_owned(), values).await?;
        let incidents = rows.into_iter().map(|row| TicketId(row.0)).collect();
        Ok(Some(SolvedProblem { ticket: TicketId(ticket), comment: comment.map(CommentId), incidents }))
    }

    /// Its incidents up to one are through.
    pub async fn incidents_past(&self, problem: TicketId, past: TicketId) -> Result<(), Error> {
        let sql = "UPDATE solved_problems SET past = $2 WHERE ticket_id = $1 AND past < $3".to_owned();
        self.batch(vec![(sql, vec![problem.0.into(), past.0.into(), past.0.into()])]).await
    }

    /// All its incidents are through.
    pub async fn problem_through(&self, problem: TicketId) -> Result<(), Error> {
        let sql = "DELETE FROM solved_problems WHERE ticket_id = $1".to_owned();
        self.batch(vec![(sql, vec![problem.0.into()])]).await
    }

    /// Those of some tickets that have incidents of which somebody may know.
    pub async fn with_incidents(
        &self,
        reader: &Reader,
        problems: impl IntoIterator<Item = TicketId>,
    ) -> Result<BTreeSet<TicketId>, Fault> {
        let ids: Vec<i64> = problems.into_iter().map(|id| id.0).collect();
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut bound = Bound::default();
        bound.put(json_numbers(ids));
        let visible = visible(&reader.viewer, &mut bound);
        let sql = format!(
            "SELECT DISTINCT t.problem_id FROM tickets t WHERE t.problem_id IS NOT NULL AND t.problem_id IN {} \
             AND {visible}",
            self.db().dialect().numbers(1)
        );
        let rows: Vec<Number> = self.db().read(sql, bound.values()).await?;
        Ok(rows.into_iter().map(|row| TicketId(row.0)).collect())
    }
}
