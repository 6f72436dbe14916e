//! When to look for news: SQLite's file is asked whether anybody has written to it, which costs next to nothing;
//! PostgreSQL says so itself.

use super::Feed;
use crate::store::dialect::Db;
use crate::store::fault::Fault;
use crate::store::{Inner, Store};
use sqlx::postgres::{PgListener, PgPool};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// How often a file is asked.
const LOOK: Duration = Duration::from_millis(250);
/// How often it is looked whether the server has forgotten to tell: whoever wrote may have been killed before.
const LOOK_ANYWAY: Duration = Duration::from_secs(10);
/// How often it is looked where nobody tells: not every server that speaks PostgreSQL's protocol can.
const LOOK_INSTEAD: Duration = Duration::from_secs(2);
/// What is written within so long of something told is told together.
const TOGETHER: Duration = Duration::from_millis(10);

/// The channel of an account: of its schema, for a database can hold several.
const CHANNEL: &str = "SELECT 'guichet_' || md5(current_schema())";
const TELL: &str = "SELECT pg_notify('guichet_' || md5(current_schema()), '')";

pub(super) async fn start(store: &Store, feed: &Arc<Feed>) -> Result<JoinHandle<()>, Fault> {
    let (inner, feed) = (Arc::downgrade(&store.inner), Arc::clone(feed));
    Ok(match store.db() {
        Db::Sqlite(pool) => {
            let mut conn = pool.connect_options().as_ref().clone().connect().await?;
            let version = version(&mut conn).await?;
            tokio::spawn(watch_file(inner, feed, conn, version))
        }
        Db::Pg(pool) => tokio::spawn(watch_server(inner, feed, pool.clone())),
    })
}

/// Changes whenever another connection has written.
async fn version(conn: &mut SqliteConnection) -> Result<i64, Fault> {
    Ok(sqlx::query_scalar("PRAGMA data_version").fetch_one(conn).await?)
}

async fn watch_file(inner: Weak<Inner>, feed: Arc<Feed>, mut conn: SqliteConnection, mut before: i64) {
    loop {
        feed.wanted().await;
        if timeout(LOOK, feed.written.notified()).await.is_err() {
            match version(&mut conn).await {
                Ok(now) if now == before => continue,
                Ok(now) => before = now,
                Err(fault) => tracing::warn!(%fault, "looking for news"),
            }
        }
        if feed.has_ended() || !look(&inner, &feed).await {
            conn.close().await.ok();
            return;
        }
    }
}

async fn watch_server(inner: Weak<Inner>, feed: Arc<Feed>, pool: PgPool) {
    loop {
        feed.wanted().await;
        if feed.has_ended() {
            return;
        }
        match listener(&pool).await {
            Ok(mut listener) => {
                // What was told before it listened is looked for.
                while look(&inner, &feed).await {
                    let told = async {
                        tokio::select! {
                            told = listener.try_recv() => told.map(|_| ()),
                            () = feed.written.notified() => Ok(()),
                        }
                    };
                    if feed.has_ended() || matches!(timeout(LOOK_ANYWAY, told).await, Ok(Err(_))) {
                        break;
                    }
                    while listener.next_buffered().is_some() {}
                    feed.wanted().await;
                }
            }
            Err(fault) => {
                tracing::warn!(%fault, "nobody tells of news: looking for them instead");
                for _ in 0..15 {
                    _ = timeout(LOOK_INSTEAD, feed.written.notified()).await;
                    if feed.has_ended() || !look(&inner, &feed).await {
                        return;
                    }
                }
            }
        }
        if feed.has_ended() || inner.strong_count() == 0 {
            return;
        }
    }
}

async fn listener(pool: &PgPool) -> Result<PgListener, Fault> {
    let channel: String = sqlx::query_scalar(CHANNEL).fetch_one(pool).await?;
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(&channel).await?;
    Ok(listener)
}

/// Reads what is new. False when the store is gone.
async fn look(inner: &Weak<Inner>, feed: &Feed) -> bool {
    let Some(inner) = inner.upgrade() else { return false };
    if let Err(fault) = feed.fill(&Store { inner }).await {
        tracing::warn!(%fault, "reading news");
        sleep(LOOK).await;
    }
    true
}

/// Tells other servers that something was written: after it was, so that nobody's commit waits for another's.
pub(in crate::store) struct Teller {
    told: mpsc::Sender<()>,
    owed: Arc<AtomicBool>,
    pool: PgPool,
}

impl Teller {
    pub(in crate::store) fn new(pool: PgPool) -> Self {
        let (told, mut asked) = mpsc::channel(1);
        let owed = Arc::new(AtomicBool::new(false));
        let (at, still) = (pool.clone(), Arc::clone(&owed));
        tokio::spawn(async move {
            while asked.recv().await.is_some() {
                if still.swap(false, Ordering::Relaxed) {
                    tell(&at).await;
                }
                sleep(TOGETHER).await;
            }
        });
        Self { told, owed, pool }
    }

    pub(in crate::store) fn tell(&self) {
        self.owed.store(true, Ordering::Relaxed);
        // Whoever is asked already will tell of this too.
        self.told.try_send(()).ok();
    }

    /// Tells what is not told yet.
    pub(in crate::store) async fn end(&self) {
        if self.owed.swap(false, Ordering::Relaxed) {
            tell(&self.pool).await;
        }
    }
}

async fn tell(pool: &PgPool) {
    if let Err(error) = sqlx::query(AssertSqlSafe(TELL)).execute(pool).await {
        tracing::warn!(%error, "telling of news");
    }
}
