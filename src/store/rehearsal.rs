//! Acts on the set-up that are decided one after the other and not done.

use super::act::Clock;
use super::dialect::{Conn, Db};
use super::facts::glance;
use super::fault::{Error, Fault};
use super::setup::options_held;
use super::wanted::Wanted;
use super::{Inner, Store};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::comment::Channel;
use crate::domain::decide::{Facts, Fresh, Outcome, admit, bounded, decide};
use crate::domain::id::{GroupId, OrganizationId, PersonId};
use crate::domain::setup::{Item, Setup};
use std::collections::VecDeque;
use std::sync::Arc;

/// The first number of what is made in a rehearsal: beyond all that a store will ever have, and rising as its do, for
/// what has the same place is in the order of its numbers.
const FIRST: i64 = i64::MAX / 2;

/// Acts on the set-up, each decided as if those before it had been done.
///
/// Nothing is written, not even into a transaction that is taken back: that would keep all others from writing on
/// SQLite, use up numbers on PostgreSQL, and be the longer the more is rehearsed. Instead the facts that decisions look
/// at are gathered once, as for any act, and [go on](Facts::go_on) with each decision, in memory; the same `decide`
/// decides. Of the store is read only what such acts do not change: whom and which organizations they name, and who has
/// what they would take away.
pub struct Rehearsal {
    inner: Arc<Inner>,
    who: PersonId,
    via: Channel,
    clock: Clock,
    facts: Facts,
    next: i64,
}

impl Store {
    /// Begins with everything as it is now.
    ///
    /// # Errors
    /// [`Error::UnknownActor`] when there is nobody of that number.
    pub async fn rehearsal(&self, who: PersonId, via: Channel, clock: &Clock) -> Result<Rehearsal, Error> {
        let wanted = Wanted { people: [who].into(), items: true, ..Wanted::default() };
        let mut facts = look(&self.inner, &wanted, None).await?;
        facts.actor = Some(facts.people.get(&who).cloned().ok_or(Error::UnknownActor)?);
        // Of the same moment as the things themselves.
        facts.setup = Arc::new(Setup::of(facts.items.iter().cloned()));
        let (inner, clock) = (Arc::clone(&self.inner), Arc::clone(clock));
        Ok(Rehearsal { inner, who, via, clock, facts, next: FIRST })
    }
}

impl Rehearsal {
    /// Decides one more; what is made has a number that only this rehearsal knows.
    ///
    /// # Errors
    /// [`Error::Refused`] when a rule stands against it: what comes next finds things as they were before.
    /// [`Error::NotRehearsed`] of what is not [of the set-up](Deed::is_of_set_up).
    pub async fn act(&mut self, deed: Deed) -> Result<Outcome, Error> {
        if !deed.is_of_set_up() {
            return Err(Error::NotRehearsed);
        }
        bounded(&deed)?;
        let act = Act { who: Who::Person(self.who), via: self.via, deed };
        admit(&self.facts, &act)?;
        self.read(&act).await?;
        self.facts.fresh = Fresh {
            items: VecDeque::from([self.next]),
            groups: VecDeque::from([GroupId(self.next)]),
            organizations: VecDeque::from([OrganizationId(self.next)]),
            ..Fresh::default()
        };
        let decision = decide(&self.facts, &act, (self.clock)())?;
        self.next += 1;
        self.facts.go_on(&decision);
        Ok(decision.outcome)
    }

    /// Reads what an act looks at beside the set-up. What was made or changed here is as it is here.
    async fn read(&mut self, act: &Act) -> Result<(), Error> {
        (self.facts.holders, self.facts.options_held) = Default::default();
        let wanted = Wanted::beside_set_up(act);
        let of_field = matches!(&act.deed, Deed::SetItem(item) if matches!(**item, Item::Field(_)));
        if !of_field && !wanted.names_more_than(self.who) {
            return Ok(());
        }
        let found = look(&self.inner, &wanted, Some((&act.deed, &self.facts.items))).await?;
        self.facts.people.extend(found.people);
        for (id, organization) in found.organizations {
            self.facts.organizations.entry(id).or_insert(organization);
        }
        (self.facts.holders, self.facts.options_held) = (found.holders, found.options_held);
        Ok(())
    }
}

/// What is wanted as it is now, and who has the options that a deed takes away from a field.
async fn look(inner: &Inner, wanted: &Wanted, changes: Option<(&Deed, &[Item])>) -> Result<Facts, Fault> {
    match &inner.db {
        Db::Sqlite(pool) => look_by(&mut Conn::Sqlite(&mut *pool.acquire().await?, None), inner, wanted, changes).await,
        Db::Pg(pool) => look_by(&mut Conn::Pg(&mut *pool.acquire().await?), inner, wanted, changes).await,
    }
}

async fn look_by(
    conn: &mut Conn<'_>,
    inner: &Inner,
    wanted: &Wanted,
    changes: Option<(&Deed, &[Item])>,
) -> Result<Facts, Fault> {
    let mut facts = glance(conn, inner, wanted).await?;
    if let Some((deed, items)) = changes {
        facts.options_held = options_held(conn, items, deed).await?;
    }
    Ok(facts)
}
