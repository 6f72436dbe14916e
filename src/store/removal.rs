//! Deleted tickets: listed for those who may bring them back, and found when they are to go for good.

use super::Store;
use super::dialect::read_row;
use super::fault::Fault;
use super::ticket::{damaged, status};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::removal::DeletedTicket;
use crate::domain::time::Timestamp;
use sqlx::Row;

read_row!(DeletedTicket, |row| Ok(Self {
    id: TicketId(row.try_get(0)?),
    subject: row.try_get(1)?,
    by: row.try_get::<Option<i64>, _>(2)?.map(PersonId),
    at: Timestamp(row.try_get(3)?),
    status: status(row.try_get(4)?).ok_or_else(|| damaged("a ticket has a status that there is not"))?,
}));

struct Number(i64);

read_row!(Number, |row| Ok(Self(row.try_get(0)?)));

impl Store {
    /// Deleted tickets, the last deleted first, after one of them. Whoever asks must be one of those who may bring them back.
    pub async fn deleted(&self, after: Option<(Timestamp, TicketId)>, limit: u32) -> Result<Vec<DeletedTicket>, Fault> {
        let (at, id) = after.unwrap_or((Timestamp(i64::MAX), TicketId(i64::MAX)));
        let sql = "SELECT t.id, t.subject, t.deleted_by, t.deleted_at, t.deleted_status FROM tickets t \
             WHERE t.status = 6 AND NOT t.purged AND (t.deleted_at, t.id) < ($1, $2) \
             ORDER BY t.deleted_at DESC, t.id DESC LIMIT $3";
        self.db().read(sql.to_owned(), vec![at.0.into(), id.0.into(), i64::from(limit).into()]).await
    }

    /// Those that were deleted by a moment, the longest deleted first.
    pub async fn to_purge(&self, until: Timestamp, limit: u32) -> Result<Vec<TicketId>, Fault> {
        let sql = "SELECT t.id FROM tickets t WHERE t.status = 6 AND NOT t.purged AND t.deleted_at <= $1 \
             ORDER BY t.deleted_at, t.id LIMIT $2";
        let rows: Vec<Number> = self.db().read(sql.to_owned(), vec![until.0.into(), i64::from(limit).into()]).await?;
        Ok(rows.into_iter().map(|row| TicketId(row.0)).collect())
    }
}
