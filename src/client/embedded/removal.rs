//! Deleted tickets.

use super::{Embedded, MOST_ROWS};
use crate::client::{Cursor, Error, Page};
use crate::domain::id::TicketId;
use crate::domain::removal::{DeletedTicket, may_remove};
use crate::domain::time::Timestamp;

impl Embedded {
    pub(super) async fn read_deleted(&self, after: Option<Cursor>, limit: u32) -> Result<Page<DeletedTicket>, Error> {
        let me = self.me().await?;
        if !may_remove(&me.viewer(), me.settings()) {
            return Err(Error::Denied);
        }
        let limit = limit.clamp(1, MOST_ROWS);
        let after = after.map(|cursor| place(&cursor).ok_or_else(Error::no_place)).transpose()?;
        let mut rows = self.store.deleted(after, limit + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(Cursor::after_deleted);
        let names = self.names(rows.iter().filter_map(|row| row.by), []).await?;
        Ok(Page::new(rows, names, next))
    }
}

impl Cursor {
    /// The place after one of the deleted tickets.
    pub fn after_deleted(row: &DeletedTicket) -> Self {
        Self(format!("{}.{}", row.at.0, row.id))
    }
}

/// When and which was the last of the page before.
fn place(cursor: &Cursor) -> Option<(Timestamp, TicketId)> {
    let (at, id) = cursor.0.split_once('.')?;
    Some((Timestamp(at.parse().ok()?), TicketId(id.parse().ok()?)))
}
