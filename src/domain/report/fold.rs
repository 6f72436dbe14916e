use super::{Ask, Cell, Dimension, Key, Report, Row, Spread};
use crate::domain::schedule::OpenHours;
use crate::domain::time::{Span, Timestamp};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// In which set of tickets one is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// Those opened in the period.
    Opened,
    /// Those solved in it.
    Solved,
    /// Those unsolved now.
    Unsolved,
}

/// What a report must know of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was solved; for those counted as solved.
    pub solved_at: Option<Timestamp>,
    /// When it was answered first; for those counted as opened.
    pub first_answered_at: Option<Timestamp>,
    /// Whether it was reopened; for those counted as opened.
    pub reopened: bool,
    /// Its values of each dimension; of times none, for the fold knows when each was.
    pub values: [Values; Ask::MAX_DIMENSIONS],
}

/// The values of a ticket in one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// None: a time, or no dimension at all.
    #[default]
    None,
    /// One.
    One(Key),
    /// Several, each of which counts.
    Many(Vec<Key>),
}

/// There are more rows than [`Ask::MAX_ROWS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// A report while it is made.
#[derive(Debug)]
pub struct Fold<'a> {
    ask: &'a Ask,
    hours: Option<&'a OpenHours>,
    rows: BTreeMap<Place, Tally>,
    total: Tally,
}

/// The place of a row, in both dimensions.
type Place = [Option<Key>; Ask::MAX_DIMENSIONS];

#[derive(Debug, Default)]
struct Tally {
    opened: u64,
    solved: u64,
    unsolved: u64,
    reopened: u64,
    /// In seconds: there may be a million of them.
    answers: Vec<u32>,
    solutions: Vec<u32>,
}

impl<'a> Fold<'a> {
    /// Of nothing yet. Durations count within the hours, if there are some.
    pub const fn new(ask: &'a Ask, hours: Option<&'a OpenHours>) -> Self {
        let total =
            Tally { opened: 0, solved: 0, unsolved: 0, reopened: 0, answers: Vec::new(), solutions: Vec::new() };
        Self { ask, hours, rows: BTreeMap::new(), total }
    }

    /// Takes a ticket in.
    ///
    /// # Errors
    /// There would be too many rows.
    pub fn take(&mut self, as_one: Population, fact: &Fact) -> Result<(), TooMany> {
        let took = match as_one {
            Population::Opened => fact.first_answered_at.map(|at| self.took(fact.created_at, at)),
            Population::Solved => fact.solved_at.map(|at| self.took(fact.created_at, at)),
            Population::Unsolved => None,
        };
        self.total.add(as_one, fact, took);
        if self.ask.by.is_empty() {
            return Ok(());
        }
        let (first, second) = (self.keys(0, as_one, fact), self.keys(1, as_one, fact));
        for one in first.as_slice() {
            for other in second.as_slice() {
                let place = [one.clone(), other.clone()];
                if self.rows.len() >= Ask::MAX_ROWS && !self.rows.contains_key(&place) {
                    return Err(TooMany);
                }
                self.rows.entry(place).or_default().add(as_one, fact, took);
            }
        }
        Ok(())
    }

    fn keys(&self, at: usize, as_one: Population, fact: &Fact) -> Keys {
        match (self.ask.by.get(at), &fact.values[at]) {
            (None, _) => Keys::One(None),
            (Some(Dimension::Time(step)), _) => {
                let happened = match as_one {
                    Population::Solved => fact.solved_at.unwrap_or(fact.created_at),
                    Population::Opened | Population::Unsolved => fact.created_at,
                };
                Keys::One(Some(self.ask.time(*step, happened)))
            }
            (_, Values::None) => Keys::Many(Vec::new()),
            (_, Values::One(key)) => Keys::One(Some(key.clone())),
            (_, Values::Many(keys)) => Keys::Many(keys.iter().cloned().map(Some).collect()),
        }
    }

    /// From one moment to another, in seconds. Clocks that were set back make it nothing.
    fn took(&self, from: Timestamp, to: Timestamp) -> u32 {
        let span = self.hours.map_or_else(|| to - from, |hours| hours.open_between(from, to));
        u32::try_from(span.0.max(0) / 1_000).unwrap_or(u32::MAX)
    }

    /// The report.
    pub fn finish(mut self) -> Report {
        self.fill();
        let weights: [BTreeMap<Key, u64>; Ask::MAX_DIMENSIONS] = [self.weights(0), self.weights(1)];
        let mut rows: Vec<(Place, Tally)> = self.rows.into_iter().collect();
        let by = &self.ask.by;
        let rank = |place: &Place, at: usize| {
            let heavy = by.get(at).is_some_and(|dimension| !dimension.has_order());
            let weight = place[at].as_ref().filter(|_| heavy).and_then(|key| weights[at].get(key));
            Reverse(weight.copied().unwrap_or_default())
        };
        // The sort keeps the order of values where weights are the same; what comes first in a dimension stays together.
        rows.sort_by(|(one, _), (other, _)| {
            let first = (rank(one, 0), &one[0]).cmp(&(rank(other, 0), &other[0]));
            first.then_with(|| (rank(one, 1), &one[1]).cmp(&(rank(other, 1), &other[1])))
        });
        let row =
            |(place, tally): (Place, Tally)| Row { keys: place.into_iter().flatten().collect(), cell: tally.cell() };
        Report { rows: rows.into_iter().map(row).collect(), total: self.total.cell() }
    }

    /// Days on which nothing happened are days too.
    fn fill(&mut self) {
        if let [Dimension::Time(step)] = self.ask.by[..] {
            for cut in self.ask.cuts.get(&step).into_iter().flatten().filter(|cut| **cut < self.ask.until) {
                self.rows.entry([Some(Key::Time(*cut)), None]).or_default();
            }
        }
    }

    fn weights(&self, at: usize) -> BTreeMap<Key, u64> {
        let mut weights = BTreeMap::new();
        for (place, tally) in &self.rows {
            if let Some(key) = &place[at] {
                *weights.entry(key.clone()).or_default() += tally.opened.max(tally.solved).max(tally.unsolved);
            }
        }
        weights
    }
}

enum Keys {
    One(Option<Key>),
    Many(Vec<Option<Key>>),
}

impl Keys {
    const fn as_slice(&self) -> &[Option<Key>] {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Many(keys) => keys.as_slice(),
        }
    }
}

impl Tally {
    fn add(&mut self, as_one: Population, fact: &Fact, took: Option<u32>) {
        match as_one {
            Population::Opened => {
                self.opened += 1;
                self.reopened += u64::from(fact.reopened);
                self.answers.extend(took);
            }
            Population::Solved => {
                self.solved += 1;
                self.solutions.extend(took);
            }
            Population::Unsolved => self.unsolved += 1,
        }
    }

    fn cell(self) -> Cell {
        Cell {
            opened: self.opened,
            solved: self.solved,
            unsolved: self.unsolved,
            reopened: self.reopened,
            first_answer: Spread::of(self.answers),
            solution: Spread::of(self.solutions),
        }
    }
}

impl Spread {
    /// How durations in seconds lie; none without any.
    pub fn of(mut seconds: Vec<u32>) -> Option<Self> {
        if seconds.is_empty() {
            return None;
        }
        seconds.sort_unstable();
        let count = seconds.len();
        let span = |seconds: u64| Span(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000));
        // The nearest rank: the first that so many of a hundred do not exceed.
        let rank = |percent: usize| span(u64::from(seconds[(count * percent).div_ceil(100) - 1]));
        let sum: u64 = seconds.iter().map(|one| u64::from(*one)).sum();
        Some(Self { count: count as u64, median: rank(50), p90: rank(90), mean: span(sum / count as u64) })
    }
}
