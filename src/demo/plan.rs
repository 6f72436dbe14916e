use super::calendar::Calendar;
use super::house::House;
use super::library::LIBRARY;
use super::people::{Crew, Population, populate};
use super::{KINDS, Plan, Which, compose, desk};
use crate::domain::act::ImportedTicket;
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId};
use crate::domain::time::Timestamp;
use std::collections::BTreeMap;

/// The numbers that the account gave to what was planned, each list in the plan's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// Of [`Plan::people`].
    pub people: Vec<PersonId>,
    /// Of [`Plan::organizations`].
    pub organizations: Vec<OrganizationId>,
    /// Of [`Plan::groups`].
    pub groups: Vec<GroupId>,
    /// Of [`KINDS`].
    pub kinds: [KindId; KINDS.len()],
}

impl Ids {
    /// The numbers that an empty account gives: each list counted from 1.
    pub fn counted(plan: &Plan) -> Self {
        Self {
            people: (1..).take(plan.people.len()).map(PersonId).collect(),
            organizations: (1..).take(plan.organizations.len()).map(OrganizationId).collect(),
            groups: (1..).take(plan.groups.len()).map(GroupId).collect(),
            kinds: [KindId(1), KindId(2), KindId(3), KindId(4)],
        }
    }
}

/// What a plan needs to write its tickets.
#[derive(Debug)]
pub(super) struct Inner {
    pub house: &'static House,
    pub crew: Crew,
    pub calendar: Calendar,
    /// Which tickets are arranged by hand, and by which entry.
    pub desk: BTreeMap<u64, usize>,
    /// Each scenario of the account as often as its weight says.
    pub wheel: Vec<usize>,
}

impl Plan {
    /// An account with so many tickets over the two years before `now`.
    pub fn new(which: Which, seed: u64, tickets: u64, now: Timestamp) -> Self {
        let house = House::of(which);
        // Each account has chances of its own.
        let seed = if which == Which::VeloMetropole { seed } else { !seed };
        let Population { organizations, people, crew } = populate(house, seed, tickets);
        let calendar = Calendar { now, tickets };
        let ours = LIBRARY.scenarios.iter().enumerate().filter(|(_, one)| one.accounts.contains(&which));
        let wheel = ours.flat_map(|(place, one)| std::iter::repeat_n(place, one.weight)).collect();
        Self {
            which,
            name: house.name.clone(),
            language: house.language.code().to_owned(),
            groups: house.groups.clone(),
            organizations,
            people,
            cast: house.person.len(),
            seed,
            now,
            inner: Inner { house, crew, calendar, desk: desk::arrange(house, calendar), wheel },
        }
    }

    /// How many tickets it has.
    pub const fn ticket_count(&self) -> u64 {
        self.inner.calendar.tickets
    }

    /// All tickets, oldest first: the order in which they get their numbers.
    pub const fn tickets<'a>(&'a self, ids: &'a Ids) -> Tickets<'a> {
        Tickets { plan: self, ids, next: 0 }
    }

    /// The k-th ticket, from 0: the same, whatever was asked before.
    pub fn ticket(&self, k: u64, ids: &Ids) -> ImportedTicket {
        compose::ticket(self, ids, k)
    }
}

/// A plan's tickets, one at a time.
#[derive(Debug)]
pub struct Tickets<'a> {
    plan: &'a Plan,
    ids: &'a Ids,
    next: u64,
}

impl Iterator for Tickets<'_> {
    type Item = ImportedTicket;

    fn next(&mut self) -> Option<ImportedTicket> {
        let k = self.next;
        if k >= self.plan.ticket_count() {
            return None;
        }
        self.next += 1;
        Some(self.plan.ticket(k, self.ids))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.plan.ticket_count() - self.next).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Tickets<'_> {}
