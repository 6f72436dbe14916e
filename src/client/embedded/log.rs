//! What was done to people, groups, organizations and settings, for those who run the account.

use super::{Embedded, MOST_ROWS};
use crate::client::{Cursor, Error, LogAsk, Page};
use crate::domain::event::{Audit, Chain, Named};
use crate::domain::person::Role;
use crate::domain::time::Timestamp;

impl Embedded {
    /// The number of the last entry of the account's history before a moment; 0 when there is none. Admins only.
    ///
    /// # Errors
    /// [`Error::Denied`] for everybody else.
    pub async fn logged_before(&self, at: Timestamp) -> Result<i64, Error> {
        if self.me().await?.viewer().role != Role::Admin {
            return Err(Error::Denied);
        }
        Ok(self.store.logged_before(at).await?)
    }

    pub(super) async fn read_admin_log(&self, ask: LogAsk) -> Result<Page<Audit>, Error> {
        let viewer = self.me().await?.viewer();
        let limit = ask.limit.clamp(1, MOST_ROWS);
        let place = ask.after.as_ref().map(Cursor::number).transpose()?;
        let audits = if ask.newest_first {
            self.store.admin_audits(&viewer, place, limit + 1).await?
        } else {
            self.store.audits(&viewer, Chain::Account, place.unwrap_or_default(), limit + 1).await?
        };
        let page = Page::cut(audits.ok_or(Error::Denied)?, limit, |audit| audit.number);
        let names = self.names_by(Named::by_audits(&page.rows)).await?;
        Ok(Page { names, ..page })
    }
}
