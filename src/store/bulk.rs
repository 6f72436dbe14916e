//! Many new things at once: what the demo and whole accounts from elsewhere are written with. The same decisions, rows,
//! chains and search words as one act at a time makes, but thousands of tickets a commit. Nobody else should write
//! meanwhile: numbers are taken from the highest on, and a clash ends the work.

use super::Store;
use super::account::AccountHead;
use super::dialect::{Batch, Conn, Dialect, Rows};
use super::facts::Head;
use super::fault::{Error, Fault, FaultKind};
use super::numbers::{self, Numbers};
use super::open::WRITER_CACHE_KIB;
use super::write::{Heads, Writing};
use super::writer::Job;
use crate::domain::act::{Act, Deed, ImportedTicket, NewOrganization, NewPerson, Who};
use crate::domain::comment::Channel;
use crate::domain::decide::{Decision, Facts, decide, needs};
use crate::domain::id::{GroupId, OrganizationId, PersonId};
use crate::domain::person::Person;
use crate::domain::time::Timestamp;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;

/// As many tickets, or people, are committed together.
const A_COMMIT: usize = 4_000;

/// SQLite is given room for the time: with its everyday cache the pages of every index would be read and written again
/// for each commit. Words are gathered in memory for longer, and the log is taken into the file more seldom.
const ROOM: [&str; 4] = [
    "PRAGMA cache_size = -524288",
    "PRAGMA wal_autocheckpoint = 65536",
    "INSERT INTO search_all (search_all, rank) VALUES ('hashsize', 67108864)",
    "INSERT INTO search_public (search_public, rank) VALUES ('hashsize', 67108864)",
];

/// As it was before, and what the planner should know of the tables.
const AS_BEFORE: [&str; 4] = [
    "PRAGMA wal_autocheckpoint = 1000",
    "INSERT INTO search_all (search_all, rank) VALUES ('hashsize', 1048576)",
    "INSERT INTO search_public (search_public, rank) VALUES ('hashsize', 1048576)",
    "PRAGMA optimize = 0x10002",
];

/// A store that takes many new things at once.
pub struct Bulk {
    store: Store,
    facts: Facts,
    next: Next,
    deciding: Deciding,
}

/// Who makes everything, and when.
#[derive(Clone, Copy)]
struct Deciding {
    by: PersonId,
    now: Timestamp,
    dialect: Dialect,
}

/// The next free numbers, and the head of the account's chain.
struct Next {
    numbers: Numbers,
    account: Head,
}

impl Bulk {
    /// Begins, as an admin, at a moment that new people and groups bear.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn begin(store: &Store, by: &Person, now: Timestamp) -> Result<Self, Error> {
        let common = store.common().await?;
        let mut ask = Batch::default();
        numbers::push_last(&mut ask);
        ask.push("SELECT revision, link, version FROM account", Vec::new());
        let answers = store.read(ask).await?;
        let none = || Fault::new(FaultKind::Missing, "no account in it");
        let numbers = Numbers::after_last(answers.first().ok_or_else(none)?)?;
        let head: AccountHead = answers.get(1).map(Rows::first).transpose()?.flatten().ok_or_else(none)?;
        let next = Next { numbers, account: (head.link, head.version) };
        let facts = Facts {
            settings: common.settings.clone(),
            account: common.account.clone(),
            actor: Some(by.clone()),
            people: [(by.id, by.clone())].into(),
            groups: common.groups.clone(),
            setup: Arc::clone(&common.setup),
            admins: 1,
            ..Facts::default()
        };
        let deciding = Deciding { by: by.id, now, dialect: store.db().dialect() };
        if deciding.dialect == Dialect::Sqlite {
            put(store, batch(ROOM)).await?;
        }
        Ok(Self { store: store.clone(), facts, next, deciding })
    }

    /// The account's kinds, groups and settings, and who has been made so far.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Makes groups, in order.
    ///
    /// # Errors
    /// A rule stands against one, or the store could not write.
    pub async fn groups(&mut self, names: Vec<String>) -> Result<Vec<GroupId>, Error> {
        let mut decisions = Vec::with_capacity(names.len());
        for name in names {
            let decision = self.decide(Deed::CreateGroup { name })?;
            self.facts.groups.extend(decision.groups.iter().map(|group| (group.id, group.clone())));
            decisions.push(decision);
        }
        let ids = decisions.iter().filter_map(|decision| decision.outcome.group).collect();
        self.write(&decisions).await?;
        Ok(ids)
    }

    /// Makes organizations, in order.
    ///
    /// # Errors
    /// As [`Self::groups`].
    pub async fn organizations(&mut self, new: Vec<NewOrganization>) -> Result<Vec<OrganizationId>, Error> {
        let mut decisions = Vec::with_capacity(new.len());
        for one in new {
            let decision = self.decide(Deed::CreateOrganization(one))?;
            self.facts.organizations.extend(decision.organizations.iter().map(|one| (one.id, one.clone())));
            decisions.push(decision);
        }
        let ids = decisions.iter().filter_map(|decision| decision.outcome.organization).collect();
        self.write(&decisions).await?;
        Ok(ids)
    }

    /// Makes people, in order. That no two have one address is the database's to say here.
    ///
    /// # Errors
    /// As [`Self::groups`].
    pub async fn people(&mut self, new: Vec<NewPerson>) -> Result<Vec<PersonId>, Error> {
        let known = std::mem::take(&mut self.facts.people);
        let mut made = Vec::with_capacity(new.len());
        let mut decisions = Vec::with_capacity(A_COMMIT);
        for one in new {
            let decision = self.decide(Deed::CreatePerson(one))?;
            made.extend(decision.people.iter().cloned());
            decisions.push(decision);
            if decisions.len() >= A_COMMIT {
                self.write(&decisions).await?;
                decisions.clear();
            }
        }
        self.write(&decisions).await?;
        let ids = made.iter().map(|person| person.id).collect();
        self.facts.people = known;
        self.facts.people.extend(made.into_iter().map(|person| (person.id, person)));
        Ok(ids)
    }

    /// Makes tickets, in order, and tells how many there are after each commit. Deciding and writing go on side by
    /// side, so it must be called inside of a runtime with several threads.
    ///
    /// # Errors
    /// As [`Self::groups`]; what was told is written.
    pub fn tickets<I>(&mut self, tickets: I, tell: &(dyn Fn(u64) + Sync)) -> Result<u64, Error>
    where
        I: Iterator<Item = ImportedTicket> + Send,
    {
        let (sender, mut inbox) = mpsc::channel(2);
        let Self { store, facts, next, deciding } = self;
        let (written, decided) = std::thread::scope(|scope| {
            let decided = scope.spawn(move || deciding.run(tickets, facts, next, &sender));
            let written = tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(write_all(store, &mut inbox, tell))
            });
            drop(inbox);
            (written, decided.join())
        });
        decided.map_err(|_| Fault::new(FaultKind::Other, "the tickets could not be made"))?;
        written
    }

    /// Ends: the database learns what is in its tables.
    ///
    /// # Errors
    /// The store could not write.
    pub async fn end(self) -> Result<(), Error> {
        let last = match self.deciding.dialect {
            Dialect::Sqlite => {
                let mut last = batch(AS_BEFORE);
                last.push(format!("PRAGMA cache_size = -{WRITER_CACHE_KIB}"), Vec::new());
                last
            }
            Dialect::Pg => {
                let mut last = Batch::default();
                numbers::go_on(&mut last);
                last
            }
        };
        put(&self.store, last).await
    }

    fn decide(&mut self, deed: Deed) -> Result<Decision, Error> {
        self.deciding.decide(&mut self.facts, &mut self.next, deed)
    }

    async fn write(&mut self, decisions: &[Decision]) -> Result<(), Error> {
        let batch = self.next.batch(decisions, self.deciding.dialect)?;
        put(&self.store, batch).await
    }
}

fn batch(statements: [&'static str; 4]) -> Batch {
    let mut batch = Batch::default();
    for statement in statements {
        batch.push(statement, Vec::new());
    }
    batch
}

type Made = Result<(Batch, u64), Error>;

async fn write_all(store: &Store, inbox: &mut mpsc::Receiver<Made>, tell: &(dyn Fn(u64) + Sync)) -> Result<u64, Error> {
    let mut made = 0;
    while let Some(some) = inbox.recv().await {
        let (batch, count) = some?;
        put(store, batch).await?;
        made += count;
        tell(made);
    }
    Ok(made)
}

/// One transaction.
async fn put(store: &Store, batch: Batch) -> Result<(), Error> {
    let batch = Mutex::new(Some(batch));
    let job: Job<()> = Arc::new(move |conn: &mut Conn<'_>| {
        // A panic while the lock was held cannot have left half a value.
        let batch = batch.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        Box::pin(async move {
            let batch = batch.ok_or_else(|| Fault::new(FaultKind::Locked, "somebody else writes"))?;
            Ok(batch.run_singly(conn).await?)
        })
    });
    store.inner.writer.write(job).await
}

impl Deciding {
    fn decide(self, facts: &mut Facts, next: &mut Next, deed: Deed) -> Result<Decision, Error> {
        facts.fresh = next.numbers.fresh(needs(&deed));
        let act = Act { who: Who::Person(self.by), via: Channel::Import, deed };
        Ok(decide(facts, &act, self.now)?)
    }

    /// Decides one commit after the other until there are no more tickets, or nobody takes them.
    fn run(
        self,
        tickets: impl Iterator<Item = ImportedTicket>,
        facts: &mut Facts,
        next: &mut Next,
        to: &mpsc::Sender<Made>,
    ) {
        let mut tickets = tickets.peekable();
        while tickets.peek().is_some() {
            let some = tickets.by_ref().take(A_COMMIT);
            let made = self.commit(some, facts, next);
            let failed = made.is_err();
            if to.blocking_send(made).is_err() || failed {
                return;
            }
        }
    }

    fn commit(self, tickets: impl Iterator<Item = ImportedTicket>, facts: &mut Facts, next: &mut Next) -> Made {
        let mut decisions = Vec::with_capacity(A_COMMIT);
        for ticket in tickets {
            decisions.push(self.decide(facts, next, Deed::ImportTicket(Box::new(ticket)))?);
        }
        let batch = next.batch(&decisions, self.dialect)?;
        Ok((batch, decisions.len() as u64))
    }
}

impl Next {
    /// Decisions as statements; the account's chain is as long as it will be then.
    fn batch(&mut self, decisions: &[Decision], dialect: Dialect) -> Result<Batch, Fault> {
        let mut writing = Writing::new(dialect);
        let audits = decisions.iter().map(|decision| decision.entries.len()).sum();
        writing.provide(self.numbers.audits(audits));
        let mut heads = Heads { account: self.account, ..Heads::default() };
        for decision in decisions {
            writing.take(decision, &mut heads)?;
        }
        self.account = heads.account;
        Ok(writing.finish())
    }
}
