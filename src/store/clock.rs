//! The time that several servers share: that of the database, for their own may differ.

use super::act::Clock;
use super::dialect::{Dialect, read_row};
use super::fault::Fault;
use super::{Inner, Store};
use crate::domain::time::Timestamp;
use sqlx::Row;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A difference is followed when it is greater than what asking takes and this, in milliseconds: a clock that is set again
/// and again for nothing would go back now and then.
const WORTH: i64 = 250;

struct Moment(i64);

read_row!(Moment, |row| Ok(Self(row.try_get(0)?)));

impl Store {
    /// A clock that goes as the database's does, as far as it was [set](Self::set_clock). A file's is that of its machine.
    pub fn clock(&self, own: Clock) -> Clock {
        let ahead: Arc<AtomicI64> = Arc::clone(&self.inner.ahead);
        Arc::new(move || Timestamp(own().0 + ahead.load(Ordering::Relaxed)))
    }

    /// Finds out how far the database's clock is ahead of one's own.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn set_clock(&self, own: &Clock) -> Result<(), Fault> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(());
        }
        let sql = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
        let before = own().0;
        let rows: Vec<Moment> = self.db().read(sql.to_owned(), Vec::new()).await?;
        let after = own().0;
        let Some(Moment(theirs)) = rows.into_iter().next() else { return Ok(()) };
        let Inner { ahead, .. } = &*self.inner;
        let (was, is) = (ahead.load(Ordering::Relaxed), theirs - before.midpoint(after));
        if (is - was).abs() > after.abs_diff(before).cast_signed() + WORTH {
            if is.abs() > WORTH * 4 {
                tracing::warn!(milliseconds = is, "the database's clock is ahead of this machine's: it is followed");
            }
            ahead.store(is, Ordering::Relaxed);
        }
        Ok(())
    }
}
