use super::Error;
use crate::domain::id::{GroupId, OrganizationId, PersonId, TicketId};
use crate::domain::timer::Due;
use std::collections::{BTreeMap, BTreeSet};

/// Where a page ended: opaque, text that can travel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor(pub String);

impl Cursor {
    /// The place after a row of that number.
    pub(super) fn at(number: i64) -> Self {
        Self(number.to_string())
    }

    /// The number of the row that it stands after.
    pub(super) fn number(&self) -> Result<i64, Error> {
        self.0.parse().map_err(|_| Error::no_place())
    }
}

/// Some rows, and where they go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The names of everybody and everything that the rows name by number.
    pub names: Names,
    /// Where the next page begins; none on the last.
    pub next: Option<Cursor>,
    /// When those tickets among the rows are over if nobody does anything (Z10).
    pub ends: BTreeMap<TicketId, Due>,
    /// Where its rows lie in their list; none where nobody asks, or where there are none.
    pub edges: Option<Edges>,
}

/// Where the rows of a page lie in their list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edges {
    /// The place of the first.
    pub first: Cursor,
    /// The place of the last.
    pub last: Cursor,
    /// Whether more come in the direction that was asked.
    pub more: bool,
}

impl<T> Page<T> {
    /// Rows of which one more was read than is wanted, to see whether there are more.
    pub(super) fn cut(mut rows: Vec<T>, limit: u32, number: impl Fn(&T) -> i64) -> Self {
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| Cursor::at(number(last)));
        Self::new(rows, Names::default(), next)
    }

    /// Rows that are no tickets, or of which nobody says when they are over.
    pub const fn new(rows: Vec<T>, names: Names, next: Option<Cursor>) -> Self {
        Self { rows, names, next, ends: BTreeMap::new(), edges: None }
    }
}

/// The names behind numbers. What the one who asks may not know is not in it; whom they may only know as somebody in
/// copy is named by the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// People.
    pub people: BTreeMap<PersonId, String>,
    /// Organizations.
    pub organizations: BTreeMap<OrganizationId, String>,
    /// Groups of requests: end users learn of no others.
    pub groups: BTreeMap<GroupId, String>,
    /// Those of the tickets that are problems with incidents of which the one who asks may know.
    pub problems: BTreeSet<TicketId>,
}

/// Somebody waits, because an account allows no more for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Until then.
    pub until: crate::domain::time::Timestamp,
    /// So many requests the account allows a minute, where it says so.
    pub allowed: Option<u32>,
}

/// How many; past a bound nobody counts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// So many.
    pub value: u64,
    /// Or more: `1,000+`.
    pub or_more: bool,
}
