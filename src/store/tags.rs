//! The labels in use, and how often.

use super::Store;
use super::condition::starts;
use super::dialect::read_row;
use super::fault::Fault;
use super::visible::{Bound, visible};
use crate::domain::audience::Viewer;
use crate::domain::time::Timestamp;
use sqlx::Row;

struct Counted(String, i64);

read_row!(Counted, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?)));

struct Named(String);

read_row!(Named, |row| Ok(Self(row.try_get(0)?)));

impl Store {
    /// The labels of tickets that somebody works with and that changed since a moment, the most used first.
    pub async fn tags(&self, viewer: &Viewer, since: Timestamp, limit: u32) -> Result<Vec<(String, u64)>, Fault> {
        let mut bound = Bound::default();
        let visible = visible(viewer, &mut bound);
        let since = bound.put(since.0);
        let limit = bound.put(i64::from(limit));
        let sql = format!(
            "SELECT g.tag, count(*) AS uses FROM ticket_tags g JOIN tickets t ON t.id = g.ticket_id \
             WHERE t.updated_at >= {since} AND {visible} GROUP BY g.tag ORDER BY uses DESC, g.tag LIMIT {limit}"
        );
        let rows: Vec<Counted> = self.db().read(sql, bound.values()).await?;
        Ok(rows.into_iter().map(|row| (row.0, row.1.unsigned_abs())).collect())
    }

    /// The labels that begin so, of tickets that somebody works with.
    pub async fn tags_like(&self, viewer: &Viewer, start: &str, limit: u32) -> Result<Vec<String>, Fault> {
        let mut bound = Bound::default();
        let begins = starts("g.tag", start, &mut bound);
        let visible = visible(viewer, &mut bound);
        let limit = bound.put(i64::from(limit));
        let sql = format!(
            "SELECT DISTINCT g.tag FROM ticket_tags g JOIN tickets t ON t.id = g.ticket_id \
             WHERE {begins} AND {visible} ORDER BY g.tag LIMIT {limit}"
        );
        let rows: Vec<Named> = self.db().read(sql, bound.values()).await?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }
}
