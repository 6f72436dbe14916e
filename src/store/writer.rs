//! Who writes. In SQLite one task does: it takes everything that waits, runs each in a savepoint of its own, commits
//! once and then answers each, for it is the commit that takes long. In PostgreSQL each write is its own transaction.

use super::dialect::Conn;
use super::fault::{Error, Fault, FaultKind};
use futures::future::BoxFuture;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// As many writes go into one transaction at most.
const MOST_TOGETHER: usize = 64;
/// How long to wait for those who wrote together a moment ago and are about to come again.
const GATHERING: Duration = Duration::from_micros(200);
/// How often a transaction that lost against another is tried.
const TRIES: usize = 5;

/// Something to be done inside a transaction. It may be called again when the transaction lost against another.
pub(crate) type Job<T> = Arc<dyn for<'a, 'c> Fn(&'a mut Conn<'c>) -> BoxFuture<'a, Result<T, Error>> + Send + Sync>;

/// The way to whoever writes.
pub(super) enum Writer {
    Sqlite(mpsc::Sender<Order>),
    Pg(PgPool),
}

/// What the writing task is asked for.
pub(super) enum Order {
    Write(Box<dyn Waiting>),
    Close(oneshot::Sender<()>),
}

/// A job whose answer is to be sent when the transaction is over.
pub(super) trait Waiting: Send {
    /// Does the work and keeps its answer; whether it went well.
    fn run<'a, 'c: 'a>(&'a mut self, conn: &'a mut Conn<'c>) -> BoxFuture<'a, Result<(), Option<Fault>>>;
    /// Sends the answer, or why it does not hold.
    fn answer(self: Box<Self>, failed: Option<&Fault>);
}

struct Waiter<T> {
    job: Job<T>,
    done: Option<Result<T, Error>>,
    to: oneshot::Sender<Result<T, Error>>,
}

impl<T: Send + 'static> Waiting for Waiter<T> {
    fn run<'a, 'c: 'a>(&'a mut self, conn: &'a mut Conn<'c>) -> BoxFuture<'a, Result<(), Option<Fault>>> {
        Box::pin(async move {
            let done = (self.job)(conn).await;
            let went = match &done {
                Ok(_) => Ok(()),
                Err(Error::Fault(fault)) => Err(Some(fault.clone())),
                Err(_) => Err(None),
            };
            self.done = Some(done);
            went
        })
    }

    fn answer(self: Box<Self>, failed: Option<&Fault>) {
        let answer = match (self.done, failed) {
            // A refusal stands whatever became of the others.
            (Some(Err(error)), _) => Err(error),
            (Some(done), None) => done,
            (_, Some(fault)) => Err(Error::Fault(fault.clone())),
            (None, None) => Err(Error::Fault(Fault::new(FaultKind::Other, "not done"))),
        };
        // Whoever asked may have gone; what was committed stays.
        self.to.send(answer).ok();
    }
}

impl Writer {
    /// A task of its own for the only connection that writes.
    pub(super) fn sqlite(conn: SqliteConnection) -> Self {
        let (orders, inbox) = mpsc::channel(4 * MOST_TOGETHER);
        tokio::spawn(Task { conn, inbox, broken: None }.run());
        Self::Sqlite(orders)
    }

    /// Any connection of the pool.
    pub(super) const fn pg(pool: PgPool) -> Self {
        Self::Pg(pool)
    }

    /// Does something in a transaction; the answer comes after its commit.
    pub(super) async fn write<T: Send + 'static>(&self, job: Job<T>) -> Result<T, Error> {
        match self {
            Self::Sqlite(orders) => {
                let (to, answer) = oneshot::channel();
                let waiter = Box::new(Waiter { job, done: None, to });
                orders.send(Order::Write(waiter)).await.map_err(|_| closed())?;
                answer.await.map_err(|_| closed())?
            }
            Self::Pg(pool) => write_pg(pool, job).await,
        }
    }

    /// Ends the writing; what was acknowledged is in the file anyway.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(orders) => {
                let (to, answer) = oneshot::channel();
                if orders.send(Order::Close(to)).await.is_ok() {
                    answer.await.ok();
                }
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

fn closed() -> Error {
    Error::Fault(Fault::new(FaultKind::Io, "the store is closed"))
}

/// The task that writes to SQLite.
struct Task {
    conn: SqliteConnection,
    inbox: mpsc::Receiver<Order>,
    /// After an error of input or output nobody knows what is in the file until it is opened again.
    broken: Option<Fault>,
}

impl Task {
    async fn run(mut self) {
        let mut together = 1;
        let mut orders = VecDeque::new();
        while let Some(first) = self.inbox.recv().await {
            orders.push_back(first);
            self.gather(&mut orders, together).await;
            let mut batch = Vec::with_capacity(orders.len());
            let mut closing = None;
            for order in orders.drain(..) {
                match order {
                    Order::Write(waiting) => batch.push(waiting),
                    Order::Close(to) => closing = Some(to),
                }
            }
            together = batch.len();
            self.commit(batch).await;
            if let Some(to) = closing {
                self.conn.close().await.ok();
                to.send(()).ok();
                return;
            }
        }
        self.conn.close().await.ok();
    }

    /// Takes what waits. Those who were answered together a moment ago get a moment to ask again, for else one of
    /// them would always go alone.
    async fn gather(&mut self, orders: &mut VecDeque<Order>, expected: usize) {
        let until = Instant::now() + GATHERING;
        loop {
            while orders.len() < MOST_TOGETHER {
                let Ok(order) = self.inbox.try_recv() else { break };
                orders.push_back(order);
            }
            if orders.len() >= expected.min(MOST_TOGETHER) || Instant::now() >= until {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn commit(&mut self, mut batch: Vec<Box<dyn Waiting>>) {
        let failed = match &self.broken {
            Some(fault) => Some(fault.clone()),
            None => self.transaction(&mut batch).await.err(),
        };
        if let Some(fault) = failed.as_ref().filter(|fault| matches!(fault.kind, FaultKind::Io | FaultKind::Damaged)) {
            self.broken.get_or_insert_with(|| Fault::new(FaultKind::Io, fault.detail.clone()));
        }
        for waiting in batch {
            waiting.answer(failed.as_ref());
        }
    }

    async fn transaction(&mut self, batch: &mut [Box<dyn Waiting>]) -> Result<(), Fault> {
        if batch.is_empty() {
            return Ok(());
        }
        self.execute("BEGIN IMMEDIATE").await?;
        let done = self.run_all(batch).await;
        match done {
            Ok(true) => match self.execute("COMMIT").await {
                Ok(()) => Ok(()),
                Err(fault) => {
                    self.execute("ROLLBACK").await.ok();
                    Err(fault)
                }
            },
            Ok(false) => self.execute("ROLLBACK").await,
            Err(fault) => {
                // Some errors have ended the transaction already.
                self.execute("ROLLBACK").await.ok();
                Err(fault)
            }
        }
    }

    /// Whether there is anything to commit.
    async fn run_all(&mut self, batch: &mut [Box<dyn Waiting>]) -> Result<bool, Fault> {
        let alone = batch.len() == 1;
        let mut any = false;
        let mut before = (!alone).then_some("SAVEPOINT one;");
        for waiting in batch {
            let mut conn = Conn::Sqlite(&mut self.conn, before.take());
            let went = waiting.run(&mut conn).await;
            let Conn::Sqlite(_, left) = conn else { break };
            before = left.or(Some("RELEASE one; SAVEPOINT one;"));
            match went {
                Ok(()) => any = true,
                Err(Some(fault)) if ends_transaction(fault.kind) => return Err(fault),
                Err(_) if alone => return Ok(false),
                Err(_) if left.is_none() => self.execute("ROLLBACK TO one").await?,
                Err(_) => {}
            }
        }
        Ok(any)
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), Fault> {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut self.conn).await?;
        Ok(())
    }
}

/// After these the database has rolled everything back, or nobody can tell.
const fn ends_transaction(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Io | FaultKind::Full | FaultKind::Damaged | FaultKind::ReadOnly | FaultKind::Locked)
}

async fn write_pg<T>(pool: &PgPool, job: Job<T>) -> Result<T, Error> {
    let mut tries = 1;
    loop {
        let mut transaction = pool.begin().await?;
        let mut done = job(&mut Conn::Pg(&mut transaction)).await;
        if done.is_ok() {
            if let Err(error) = transaction.commit().await {
                done = Err(error.into());
            }
        } else {
            transaction.rollback().await.ok();
        }
        match done {
            Err(Error::Fault(fault)) if fault.kind == FaultKind::Locked && tries < TRIES => tries += 1,
            done => return done,
        }
    }
}
