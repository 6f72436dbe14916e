//! Work of many rows, as whoever began it asks for it: of use to servers alone.

use super::{Embedded, MOST_ROWS};
use crate::client::{Cursor, Error, Key, Page, Receipt};
use crate::domain::job::{Begun, Job, may_begin};
use crate::domain::person::Role;
use crate::domain::time::Timestamp;

impl Embedded {
    /// Keeps a job of one's own, which waits then to be worked on.
    ///
    /// # Errors
    /// As for [`may_begin`].
    pub async fn begin_job(&self, job: Job) -> Result<Begun, Error> {
        let me = self.me().await?;
        may_begin(&me.person, job.rows.len())?;
        Ok(self.store.begin_job(Job { person: me.person.id, begun_at: self.now(), ..job }).await?)
    }

    /// A job, if one may ask for it.
    ///
    /// # Errors
    /// [`Error::NotFound`]
    pub async fn job(&self, id: &str) -> Result<Job, Error> {
        let me = self.staff().await?;
        let job = self.store.job(id).await?.filter(|job| job.may_be_seen_by(&me.person));
        job.ok_or(Error::NotFound)
    }

    /// Jobs for which one may ask, the newest first: those after a place, or those that stand just before one. What comes
    /// next is what lies further on that way.
    ///
    /// # Errors
    /// [`Error::Denied`] for end users.
    pub async fn jobs_begun(&self, from: Option<Cursor>, newer: bool, limit: u32) -> Result<Page<Job>, Error> {
        let me = self.staff().await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let from = from.map(|cursor| place(&cursor).ok_or_else(Error::no_place)).transpose()?;
        let whose = (me.person.role != Role::Admin).then_some(me.person.id);
        let mut rows = self.store.jobs(whose, (from, newer), limit + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(Cursor::after_job);
        if newer {
            rows.reverse();
        }
        Ok(Page::new(rows, crate::client::Names::default(), next))
    }

    /// What one's own act led to that was done under a key; none when none was.
    ///
    /// # Errors
    /// The store's.
    pub async fn done_under(&self, key: &Key) -> Result<Option<Receipt>, Error> {
        let outcome = self.store.done_under(self.person, &key.0).await?;
        Ok(outcome.map(|outcome| Receipt { outcome, repeated: true, versions: 0 }))
    }
}

impl Cursor {
    /// The place after a job.
    pub fn after_job(job: &Job) -> Self {
        Self(format!("{}.{}", job.begun_at.0, job.id))
    }
}

fn place(cursor: &Cursor) -> Option<(Timestamp, String)> {
    let (at, id) = cursor.0.split_once('.')?;
    Some((Timestamp(at.parse().ok()?), id.to_owned()))
}
