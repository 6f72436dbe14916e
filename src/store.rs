//! The account's data in SQLite or PostgreSQL. SQL never leaves this folder, and the two dialects meet only here.

mod account;
mod act;
mod along;
mod audit;
mod blob;
/// Many new tickets at once.
pub mod bulk;
mod case;
mod clock;
mod comment;
mod condition;
mod dialect;
mod draft;
mod event;
mod facts;
mod fault;
mod field;
mod found;
mod grant;
mod guess;
mod inbox;
mod job;
mod kept;
mod life;
mod list;
/// What has happened, for all who wait to hear of it.
mod news;
mod numbers;
mod open;
mod outbox;
mod people;
mod person;
#[cfg(test)]
mod plans;
mod presence;
mod profile;
mod reader;
mod rehearsal;
mod removal;
mod report;
mod said;
mod search;
mod setup;
mod stranger;
mod suspended;
mod tags;
mod thread;
mod ticket;
mod timer;
mod upload;
mod verify;
mod visible;
mod wanted;
mod webhook;
mod who;
mod write;
mod writer;

use crate::domain::account::{Dated, Moments};
use account::{AccountHead, Common};
pub use act::{Clock, Done};
use dialect::{Batch, Conn, Db, Rows, db};
pub use draft::Drafts;
pub use fault::{Error, Fault, FaultKind};
pub use found::Founding;
pub use inbox::Received;
pub use job::Taken;
pub use life::Unsettled;
pub use list::{BadPlace, Base, Found, Wanted};
use news::Teller;
pub use news::{Feed, Since};
pub use outbox::Matter;
pub use people::Known as Names;
pub use people::listed::{OrganizationFilter, Part, PeopleFilter, Slice, Spot};
pub use reader::Reader;
pub use rehearsal::Rehearsal;
pub use report::Unreported;
pub use said::{SaidAsk, SaidPage};
pub use setup::stock;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex};
pub use suspended::Suspending;
pub use thread::Thread;
pub use timer::DueTicket;
pub use verify::{Finding, Flaw, Verified};
pub use webhook::Ended;
pub use who::Known;
use writer::Writer;

/// An open store. Copies of it are the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    writer: Writer,
    /// The folder of files, where they are not in a table.
    files: Option<PathBuf>,
    common: Mutex<Option<Arc<Common>>>,
    feed: tokio::sync::OnceCell<Arc<Feed>>,
    /// Tells other servers; those who read the same file see it themselves.
    teller: Option<Teller>,
    /// By how many milliseconds the database's clock is ahead.
    ahead: Arc<AtomicI64>,
}

impl Store {
    /// Opens the store at `sqlite:PATH` or `postgres://…`, brings its tables up to date, and checks that an account
    /// is in it.
    ///
    /// # Errors
    /// A [`Fault`] whose kind says what to do: there is none, it is not ours, newer, locked, read-only, out of reach.
    pub async fn open(url: &str) -> Result<Self, Fault> {
        open::open(url).await
    }

    /// Ends it in order. Without this nothing that was acknowledged is lost either.
    pub async fn close(&self) {
        if let Some(feed) = self.inner.feed.get() {
            feed.end().await;
        }
        if let Some(teller) = &self.inner.teller {
            teller.end().await;
        }
        self.inner.writer.close().await;
        db!(&self.inner.db, pool => pool.close().await);
    }

    fn new(db: Db, writer: Writer, files: Option<PathBuf>) -> Self {
        let teller = match &db {
            Db::Sqlite(_) => None,
            Db::Pg(pool) => Some(Teller::new(pool.clone())),
        };
        let (common, feed) = (Mutex::new(None), tokio::sync::OnceCell::new());
        Self { inner: Arc::new(Inner { db, writer, files, common, feed, teller, ahead: Arc::default() }) }
    }

    /// Where reads go.
    pub(crate) fn db(&self) -> &Db {
        &self.inner.db
    }

    /// Runs reading statements on one connection.
    pub(crate) async fn read(&self, batch: Batch) -> Result<Vec<Rows>, Fault> {
        match &self.inner.db {
            Db::Sqlite(pool) => batch.rows(&mut Conn::Sqlite(&mut *pool.acquire().await?, None)).await,
            Db::Pg(pool) => batch.rows(&mut Conn::Pg(&mut *pool.acquire().await?)).await,
        }
    }

    /// What everybody in the account may know: read again only when its revision is another.
    pub(crate) async fn common(&self) -> Result<Arc<Common>, Fault> {
        let mut head = Batch::default();
        head.push("SELECT revision, link, version FROM account", Vec::new());
        let rows = self.read(head).await?;
        let head: Option<AccountHead> = rows.first().map(Rows::first).transpose()?.flatten();
        self.common_of(head).await
    }

    /// When a group or a thing of the set-up came to be and was different last, as whoever asked last read it.
    pub fn moments(&self, of: Dated) -> Option<Moments> {
        self.inner.known_moments(of)
    }

    fn files(&self) -> Option<&Path> {
        self.inner.files.as_deref()
    }
}

impl Inner {
    /// What is in memory, if it is of that revision.
    fn known_common(&self, revision: i64) -> Option<Arc<Common>> {
        // A panic while the lock was held cannot have left half a value: it is replaced whole.
        let kept = self.common.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.clone().filter(|common| common.revision == revision)
    }

    /// When something came to be and was different last, as far as it was read.
    fn known_moments(&self, of: Dated) -> Option<Moments> {
        let kept = self.common.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.as_ref().and_then(|common| common.moments.get(&of).copied())
    }

    fn keep_common(&self, common: Common) -> Arc<Common> {
        let common = Arc::new(common);
        *self.common.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::clone(&common));
        common
    }
}

/// Chance for salts, tokens and identities.
fn fill(bytes: &mut [u8]) -> Result<(), Fault> {
    getrandom::fill(bytes).map_err(|error| Fault::new(FaultKind::Other, error.to_string()))
}
