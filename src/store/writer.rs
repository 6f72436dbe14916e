//! Who writes. In SQLite one task does: it takes all acts that wait, performs them in one transaction and then answers
//! each, for it is the commit and the change of threads for each statement that take long. In PostgreSQL each write is
//! its own transaction.

use super::act::{self, Done};
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
pub(super) struct Writer {
    way: Way,
    /// Why nothing may be written.
    overtaken: Option<Fault>,
}

enum Way {
    Sqlite(mpsc::Sender<Order>),
    Pg(PgPool),
}

/// What the writing task is asked for.
pub(super) enum Order {
    Act(Acting),
    Write(Box<dyn Waiting>),
    Close(oneshot::Sender<()>),
}

/// An act, and who waits for what becomes of it.
pub(super) struct Acting {
    order: Arc<act::Order>,
    to: oneshot::Sender<Result<Done, Error>>,
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
            (None, None) => Err(not_done()),
        };
        // Whoever asked may have gone; what was committed stays.
        self.to.send(answer).ok();
    }
}

impl Writer {
    /// A task of its own for the only connection that writes.
    pub(super) fn sqlite(conn: SqliteConnection, overtaken: Option<Fault>) -> Self {
        let (orders, inbox) = mpsc::channel(4 * MOST_TOGETHER);
        tokio::spawn(Task { conn, inbox, broken: None }.run());
        Self { way: Way::Sqlite(orders), overtaken }
    }

    /// Any connection of the pool.
    pub(super) const fn pg(pool: PgPool, overtaken: Option<Fault>) -> Self {
        Self { way: Way::Pg(pool), overtaken }
    }

    pub(super) const fn is_overtaken(&self) -> bool {
        self.overtaken.is_some()
    }

    /// Whoever was overtaken by a newer program writes nothing.
    fn may_write(&self) -> Result<(), Error> {
        self.overtaken.clone().map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// Performs an act; the answer comes after the commit.
    pub(super) async fn act(&self, order: Arc<act::Order>) -> Result<Done, Error> {
        self.may_write()?;
        match &self.way {
            Way::Sqlite(orders) => {
                let (to, answer) = oneshot::channel();
                orders.send(Order::Act(Acting { order, to })).await.map_err(|_| closed())?;
                answer.await.map_err(|_| closed())?
            }
            Way::Pg(pool) => {
                let job: Job<Done> = Arc::new(move |conn| {
                    let order = Arc::clone(&order);
                    Box::pin(async move {
                        let (done, rows) = act::perform(conn, &[order]).await?;
                        rows.run(conn).await?;
                        done.into_iter().next().ok_or_else(not_done)?
                    })
                });
                write_pg(pool, job).await
            }
        }
    }

    /// Does something in a transaction; the answer comes after its commit.
    pub(super) async fn write<T: Send + 'static>(&self, job: Job<T>) -> Result<T, Error> {
        self.may_write()?;
        self.look(job).await
    }

    /// The same for what looks, in the order of what is written, and writes nothing.
    pub(super) async fn look<T: Send + 'static>(&self, job: Job<T>) -> Result<T, Error> {
        match &self.way {
            Way::Sqlite(orders) => {
                let (to, answer) = oneshot::channel();
                let waiter = Box::new(Waiter { job, done: None, to });
                orders.send(Order::Write(waiter)).await.map_err(|_| closed())?;
                answer.await.map_err(|_| closed())?
            }
            Way::Pg(pool) => write_pg(pool, job).await,
        }
    }

    /// Ends the writing; what was acknowledged is in the file anyway.
    pub(super) async fn close(&self) {
        match &self.way {
            Way::Sqlite(orders) => {
                let (to, answer) = oneshot::channel();
                if orders.send(Order::Close(to)).await.is_ok() {
                    answer.await.ok();
                }
            }
            Way::Pg(pool) => pool.close().await,
        }
    }
}

fn closed() -> Error {
    Error::Fault(Fault::new(FaultKind::Io, "the store is closed"))
}

fn not_done() -> Error {
    Error::Fault(Fault::new(FaultKind::Other, "not done"))
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
            together = orders.len();
            let mut acts = Vec::with_capacity(orders.len());
            for order in orders.drain(..) {
                match order {
                    Order::Act(acting) => acts.push(acting),
                    Order::Write(waiting) => {
                        self.acts(std::mem::take(&mut acts)).await;
                        self.write(waiting).await;
                    }
                    Order::Close(to) => {
                        self.acts(std::mem::take(&mut acts)).await;
                        self.conn.close().await.ok();
                        to.send(()).ok();
                        return;
                    }
                }
            }
            self.acts(acts).await;
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

    /// Performs acts in as few transactions as can be.
    async fn acts(&mut self, mut acts: Vec<Acting>) {
        while !acts.is_empty() {
            let alone = acts.iter().position(|acting| acting.order.stands_alone()).unwrap_or(acts.len());
            let rest = acts.split_off(alone.max(1));
            self.together(acts).await;
            acts = rest;
        }
    }

    /// Performs acts in one transaction. If the database finds fault with it nobody knows with which: each gets its own.
    async fn together(&mut self, acts: Vec<Acting>) {
        let orders: Vec<_> = acts.iter().map(|acting| Arc::clone(&acting.order)).collect();
        match self.perform(&orders).await {
            Ok(done) => {
                for (acting, done) in acts.into_iter().zip(done) {
                    // Whoever asked may have gone; what was committed stays.
                    acting.to.send(done).ok();
                }
            }
            Err(fault) if orders.len() == 1 || ends_transaction(fault.kind) => {
                for acting in acts {
                    acting.to.send(Err(Error::Fault(fault.clone()))).ok();
                }
            }
            Err(_) => {
                for (acting, order) in acts.into_iter().zip(orders) {
                    let done = self.perform(&[order]).await.map_err(Error::Fault);
                    let done = done.and_then(|done| done.into_iter().next().ok_or_else(not_done)?);
                    acting.to.send(done).ok();
                }
            }
        }
    }

    async fn perform(&mut self, orders: &[Arc<act::Order>]) -> Result<Vec<Result<Done, Error>>, Fault> {
        self.check()?;
        let mut conn = Conn::Sqlite(&mut self.conn, Some("BEGIN IMMEDIATE;"));
        let performed = async {
            let (done, mut rows) = act::perform(&mut conn, orders).await?;
            rows.push("COMMIT", Vec::new());
            rows.run(&mut conn).await?;
            Ok(done)
        };
        let performed = performed.await;
        if let Err(fault) = &performed {
            self.roll_back(fault).await;
        }
        performed
    }

    async fn write(&mut self, mut waiting: Box<dyn Waiting>) {
        let failed = match self.check() {
            Ok(()) => self.transaction(&mut *waiting).await.err(),
            Err(fault) => Some(fault),
        };
        waiting.answer(failed.as_ref());
    }

    async fn transaction(&mut self, waiting: &mut dyn Waiting) -> Result<(), Fault> {
        self.execute("BEGIN IMMEDIATE").await?;
        let went = waiting.run(&mut Conn::Sqlite(&mut self.conn, None)).await;
        let done = match went {
            Ok(()) => self.execute("COMMIT").await,
            Err(None) => return self.execute("ROLLBACK").await,
            Err(Some(fault)) => Err(fault),
        };
        if let Err(fault) = &done {
            self.roll_back(fault).await;
        }
        done
    }

    /// Ends a transaction that failed; some faults have ended it already. After some nothing more is written.
    async fn roll_back(&mut self, fault: &Fault) {
        self.execute("ROLLBACK").await.ok();
        if matches!(fault.kind, FaultKind::Io | FaultKind::Damaged) {
            self.broken.get_or_insert_with(|| Fault::new(FaultKind::Io, fault.detail.clone()));
        }
    }

    fn check(&self) -> Result<(), Fault> {
        self.broken.clone().map_or(Ok(()), Err)
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
