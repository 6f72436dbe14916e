//! What was done to people, groups, organizations and settings, for those who run the account.

use super::{Embedded, MOST_ROWS, list};
use crate::client::{Cursor, Error, Page};
use crate::domain::event::{Audit, Chain};

impl Embedded {
    pub(super) async fn read_admin_log(&self, after: i64, limit: u32) -> Result<Page<Audit>, Error> {
        let me = self.me().await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let audits = self.store.audits(&me.viewer(), Chain::Account, after, limit + 1).await?;
        let mut rows = audits.ok_or(Error::Denied)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| Cursor(last.number.to_string()));
        let (people, organizations) = list::named_in_audits(&rows);
        let names = self.names(people, organizations).await?;
        Ok(Page::new(rows, names, next))
    }

    pub(super) async fn read_latest_log(&self, before: Option<i64>, limit: u32) -> Result<Page<Audit>, Error> {
        let me = self.me().await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let mut rows = self.store.admin_audits(&me.viewer(), before, limit + 1).await?.ok_or(Error::Denied)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| Cursor(last.number.to_string()));
        let (people, organizations) = list::named_in_audits(&rows);
        let names = self.names(people, organizations).await?;
        Ok(Page::new(rows, names, next))
    }
}
