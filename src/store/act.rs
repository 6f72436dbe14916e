//! The one way in: gathers the facts, asks the rules, writes what follows, all in one transaction. Acts that come at the
//! same moment share it, and the reading and writing too.

pub(super) mod digest;

use super::dialect::{Batch, Conn, Db};
use super::facts::{Asked, Gathered, Memory, gather, key_owner};
use super::fault::{Error, Fault};
use super::wanted::Wanted;
use super::write::Writing;
use super::writer::Job;
use super::{Inner, Store};
use crate::domain::act::Act;
use crate::domain::decide::{Decision, Entry, Outcome, admit, bounded, decide, masked};
use crate::domain::id::{CommentId, GroupId, OrganizationId, PersonId, TicketId};
use crate::domain::life::Record;
use crate::domain::setup::{ItemKey, ItemKind};
use crate::domain::time::Timestamp;
use digest::digest;
use std::sync::Arc;

/// A clock: tests and the demo bring their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What an act led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was made or touched.
    pub outcome: Outcome,
    /// Whether it had been done before under the same key.
    pub repeated: bool,
    /// What happened; nothing when it had been done before.
    pub entries: Vec<Entry>,
    /// Whether it was done by somebody of the team: others are not told what rules made of it.
    pub by_staff: bool,
    /// Whether tickets wait now for what follows from it: for somebody to be taken off them ([`Store::unsettled`]), or to
    /// be solved with their problem ([`Store::solved_problem`]).
    pub unsettled: bool,
}

impl Store {
    /// Does something, or says why not. The answer comes after the commit. With a key it is done only once.
    ///
    /// # Errors
    /// [`Error::Refused`] when a rule stands against it; nothing is written then.
    pub async fn act(&self, act: Act, key: Option<String>, clock: &Clock) -> Result<Done, Error> {
        bounded(&act.deed)?;
        let order = Order { inner: Arc::clone(&self.inner), act, key, clock: Arc::clone(clock) };
        self.told(self.inner.writer.act(Arc::new(order)).await)
    }

    /// Why something would not be done, as things are now. Nothing is written.
    ///
    /// # Errors
    /// [`Error::Refused`] when a rule stands against it.
    pub async fn check(&self, act: Act, clock: &Clock) -> Result<(), Error> {
        self.foresee(act, clock).await.map(|_| ())
    }

    /// What an act would lead to, as things are now, with what rules would make of it. Nothing is written.
    ///
    /// # Errors
    /// [`Error::Refused`] when a rule stands against it.
    pub async fn foresee(&self, act: Act, clock: &Clock) -> Result<Vec<Entry>, Error> {
        bounded(&act.deed)?;
        let order = Order { inner: Arc::clone(&self.inner), act, key: None, clock: Arc::clone(clock) };
        let asked = [order.asked()];
        let mut gathered = match &self.inner.db {
            Db::Sqlite(pool) => {
                let mut conn = pool.acquire().await.map_err(Fault::from)?;
                gather(&mut Conn::Sqlite(&mut conn, None), &*self.inner, &asked).await?
            }
            Db::Pg(pool) => {
                let mut conn = pool.acquire().await.map_err(Fault::from)?;
                gather(&mut Conn::Pg(&mut conn), &*self.inner, &asked).await?
            }
        };
        match order.decide(&mut gathered)? {
            Decided::Now(decision, _) => Ok(decision.entries),
            Decided::Before(done) => Ok(done.entries),
        }
    }
}

impl Store {
    /// What an act would lead to at a moment; nothing is written.
    ///
    /// # Errors
    /// [`Error::Refused`] when a rule stands against it.
    pub async fn would(&self, act: Act, at: Timestamp) -> Result<Vec<Entry>, Error> {
        bounded(&act.deed)?;
        let (inner, act) = (Arc::clone(&self.inner), Arc::new(act));
        let job: Job<Vec<Entry>> = Arc::new(move |conn: &mut Conn<'_>| {
            let (inner, act) = (Arc::clone(&inner), Arc::clone(&act));
            Box::pin(async move {
                let mut gathered = gather(conn, &*inner, &[(&*act, 0, "")]).await?;
                gathered.turn(&act)?;
                Ok(decide(&gathered.facts, &act, at)?.entries)
            })
        });
        self.inner.writer.look(job).await
    }
}

/// An act on its way into the store.
pub(super) struct Order {
    inner: Arc<Inner>,
    act: Act,
    key: Option<String>,
    clock: Clock,
}

/// What became of some orders, and the rows to be written before anybody is told.
pub(super) type Performed = (Vec<Result<Done, Error>>, Batch);

/// Decides orders one after the other. None but the only one may [stand alone](Order::stands_alone).
pub(super) async fn perform(conn: &mut Conn<'_>, orders: &[Arc<Order>]) -> Result<Performed, Fault> {
    let Some(first) = orders.first() else { return Ok((Vec::new(), Batch::default())) };
    let asked: Vec<Asked<'_>> = orders.iter().map(|order| order.asked()).collect();
    let mut gathered = gather(conn, &*first.inner, &asked).await?;
    super::open::may_write(conn.dialect(), gathered.tables)?;
    let mut writing = Writing::new(conn.dialect());
    let mut done = Vec::with_capacity(orders.len());
    for order in orders {
        let decided = order.decide(&mut gathered);
        done.push(match decided {
            Ok(Decided::Before(done)) => Ok(done),
            Ok(Decided::Now(decision, now)) => {
                let audits = gathered.numbers.audits_in(conn, decision.entries.len()).await?;
                order.write(&mut gathered, &mut writing, (&decision, now), audits)?;
                let by_staff = gathered.facts.actor.as_ref().is_some_and(|actor| actor.role.is_staff());
                let unsettled = decision
                    .records
                    .iter()
                    .any(|record| matches!(record, Record::Unsettled { .. } | Record::ProblemSolved { .. }));
                let (outcome, entries) = (decision.outcome, decision.entries);
                Ok(Done { outcome, repeated: false, entries, by_staff, unsettled })
            }
            Err(error) => Err(error),
        });
    }
    Ok((done, writing.finish()))
}

enum Decided {
    Before(Done),
    Now(Box<Decision>, Timestamp),
}

impl Order {
    /// Whether it cannot be decided together with others.
    pub(super) fn stands_alone(&self) -> bool {
        Wanted::stands_alone(&self.act)
    }

    fn asked(&self) -> Asked<'_> {
        (&self.act, key_owner(&self.act), self.key.as_deref().unwrap_or_default())
    }

    fn decide(&self, gathered: &mut Gathered) -> Result<Decided, Error> {
        gathered.turn(&self.act)?;
        admit(&gathered.facts, &self.act)?;
        let before = self.key.as_ref().and_then(|key| gathered.done(key_owner(&self.act), key));
        if let Some((before, outcome)) = before {
            return repeat(&self.digest(gathered), before, outcome).map(Decided::Before);
        }
        let now = (self.clock)();
        Ok(Decided::Now(Box::new(decide(&gathered.facts, &self.act, now)?), now))
    }

    /// What tells this deed from another under its key.
    fn digest(&self, gathered: &Gathered) -> [u8; 32] {
        digest(&masked(&self.act.deed, &gathered.facts.setup), &gathered.files(&self.act))
    }

    fn write(
        &self,
        gathered: &mut Gathered,
        writing: &mut Writing,
        (decision, now): (&Decision, Timestamp),
        audits: Vec<i64>,
    ) -> Result<(), Fault> {
        writing.provide(audits);
        writing.take(decision, &mut gathered.heads)?;
        gathered.learn(decision);
        if let Some(key) = &self.key {
            let owner = key_owner(&self.act);
            let digest = self.digest(gathered);
            let outcome = write_outcome(&decision.outcome);
            writing.act([
                owner.into(),
                key.as_str().into(),
                digest.as_slice().into(),
                outcome.as_str().into(),
                now.0.into(),
            ]);
            gathered.remember(owner, key.clone(), &digest, outcome);
        }
        Ok(())
    }
}

/// The answer to an act that was done before.
fn repeat(digest: &[u8; 32], before: &[u8], outcome: &str) -> Result<Done, Error> {
    if before == digest {
        let outcome = read_outcome(outcome);
        Ok(Done { outcome, repeated: true, entries: Vec::new(), by_staff: false, unsettled: false })
    } else {
        Err(Error::KeyReused)
    }
}

fn write_outcome(outcome: &Outcome) -> String {
    serde_json::json!({
        "ticket": outcome.ticket.map(|id| id.0),
        "comment": outcome.comment.map(|id| id.0),
        "person": outcome.person.map(|id| id.0),
        "organization": outcome.organization.map(|id| id.0),
        "group": outcome.group.map(|id| id.0),
        "item": outcome.item.map(|key| (key.kind.name(), key.id)),
    })
    .to_string()
}

pub(super) fn read_outcome(text: &str) -> Outcome {
    let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let id = |name: &str| json[name].as_i64();
    Outcome {
        ticket: id("ticket").map(TicketId),
        comment: id("comment").map(CommentId),
        person: id("person").map(PersonId),
        organization: id("organization").map(OrganizationId),
        group: id("group").map(GroupId),
        item: item(&json["item"]),
    }
}

fn item(json: &serde_json::Value) -> Option<ItemKey> {
    Some(ItemKey { kind: ItemKind::parse(json[0].as_str()?)?, id: json[1].as_i64()? })
}

impl Memory for Inner {
    fn known(&self, revision: i64) -> Option<Arc<super::account::Common>> {
        self.known_common(revision)
    }

    fn keep(&self, common: super::account::Common) -> Arc<super::account::Common> {
        self.keep_common(common)
    }
}
