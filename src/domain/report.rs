//! Reports (R122): how many tickets were opened and solved in a time, how long it took until they were answered and
//! solved, by what they are. Pure: the store hands the tickets in one by one, the same way on both databases, so that
//! medians and percentiles are the same everywhere.
//!
//! Three sets of tickets are counted, each of which is a list too ([`Ask::behind`]): those *opened* in the period, those
//! *solved* in it (and not reopened since), and all that are *unsolved* now, whenever they were opened. What was reopened
//! and the first answers belong to those opened, solution times to those solved. By day, week or month each counts when
//! it happened: those opened, and unsolved, when they were opened, those solved when they were solved.

mod behind;
mod fold;
mod period;

use super::comment::Channel;
use super::condition::Condition;
use super::id::{GroupId, KindId, OrganizationId, PersonId, ScheduleId};
use super::status::{Priority, Status};
use super::tag::Tag;
use super::time::{Span, Timestamp};
pub use fold::{Fact, Fold, Population, TooMany, Values};
use std::collections::BTreeMap;

/// What is asked of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Where the period begins.
    pub from: Timestamp,
    /// Before which it ends.
    pub until: Timestamp,
    /// By what it is parted: nothing, one or two.
    pub by: Vec<Dimension>,
    /// Where days, weeks and months begin in the reader's time zone, in order, from before the period to its end.
    pub cuts: BTreeMap<Step, Vec<Timestamp>>,
    /// What must be true of the tickets.
    pub only: Condition,
    /// The business hours in which durations are counted; without, every hour counts.
    pub schedule: Option<ScheduleId>,
}

impl Ask {
    /// By as much it can be parted.
    pub const MAX_DIMENSIONS: usize = 2;
    /// The most days, weeks or months.
    pub const MAX_CUTS: usize = 4_000;
    /// The most rows.
    pub const MAX_ROWS: usize = 100_000;

    /// Of everything in a period, not parted.
    pub const fn new(from: Timestamp, until: Timestamp) -> Self {
        Self { from, until, by: Vec::new(), cuts: BTreeMap::new(), only: Condition::EVERYTHING, schedule: None }
    }

    /// The most of what is asked for too much of; none when it can be answered.
    pub fn too_much(&self) -> Option<u64> {
        if self.by.len() > Self::MAX_DIMENSIONS || (self.by.len() == 2 && self.by[0] == self.by[1]) {
            return Some(Self::MAX_DIMENSIONS as u64);
        }
        self.cuts.values().any(|cuts| cuts.len() > Self::MAX_CUTS).then_some(Self::MAX_CUTS as u64)
    }
}

/// By what a report is parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Where they stand now.
    Status,
    /// What sort of request they are.
    Kind,
    /// Where their requesters belong.
    Organization,
    /// The group that works on them.
    Group,
    /// Who works on them.
    Assignee,
    /// Whose they are.
    Requester,
    /// How they came.
    Channel,
    /// How much they matter.
    Priority,
    /// Their labels: who has several counts with each.
    Tag,
    /// When it happened.
    Time(Step),
}

impl Dimension {
    /// All.
    pub const ALL: [Self; 12] = [
        Self::Status,
        Self::Kind,
        Self::Organization,
        Self::Group,
        Self::Assignee,
        Self::Requester,
        Self::Channel,
        Self::Priority,
        Self::Tag,
        Self::Time(Step::Day),
        Self::Time(Step::Week),
        Self::Time(Step::Month),
    ];

    /// The name in scripts and words files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Organization => "organization",
            Self::Group => "group",
            Self::Assignee => "assignee",
            Self::Requester => "requester",
            Self::Channel => "channel",
            Self::Priority => "priority",
            Self::Tag => "tag",
            Self::Time(step) => step.name(),
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Whether its values have an order of their own; the others come by how many tickets they have.
    const fn has_order(self) -> bool {
        matches!(self, Self::Status | Self::Priority | Self::Time(_))
    }
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// From midnight to midnight.
    Day,
    /// From Monday to Sunday.
    Week,
    /// Of the calendar.
    Month,
}

impl Step {
    /// The name in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// A value by which tickets are told apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Where they stand.
    Status(Status),
    /// What sort of request.
    Kind(Option<KindId>),
    /// Where their requesters belong.
    Organization(Option<OrganizationId>),
    /// Which group.
    Group(Option<GroupId>),
    /// Who.
    Assignee(Option<PersonId>),
    /// Whose.
    Requester(PersonId),
    /// How they came.
    Channel(Channel),
    /// How much they matter.
    Priority(Option<Priority>),
    /// A label.
    Tag(Option<Tag>),
    /// Before the period: what is unsolved from then.
    Before,
    /// The day, week or month that begins then.
    Time(Timestamp),
    /// After the period: what is unsolved from then.
    After,
}

/// A number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Opened in the period.
    Opened,
    /// Solved in it.
    Solved,
    /// Not solved now.
    Unsolved,
    /// Opened in the period and reopened since.
    Reopened,
    /// From opening to the first public answer.
    FirstAnswer,
    /// From opening to the solution.
    Solution,
}

impl Measure {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Opened, Self::Solved, Self::Unsolved, Self::Reopened, Self::FirstAnswer, Self::Solution];

    /// The name in scripts and words files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Solved => "solved",
            Self::Unsolved => "unsolved",
            Self::Reopened => "reopened",
            Self::FirstAnswer => "first-answer",
            Self::Solution => "solution",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Whether it is a time and not a count.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::FirstAnswer | Self::Solution)
    }
}

/// What is counted of some tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Opened in the period.
    pub opened: u64,
    /// Solved in it.
    pub solved: u64,
    /// Not solved now.
    pub unsolved: u64,
    /// Opened in the period and reopened since, once or more.
    pub reopened: u64,
    /// From opening to the first public answer, of those opened in the period that have one.
    pub first_answer: Option<Spread>,
    /// From opening to the solution, of those solved in the period.
    pub solution: Option<Spread>,
}

impl Cell {
    /// One of its numbers: how many, or the median in milliseconds, 0 without any.
    pub fn measure(&self, measure: Measure) -> u64 {
        let median = |spread: Option<Spread>| spread.map_or(0, |one| u64::try_from(one.median.0).unwrap_or_default());
        match measure {
            Measure::Opened => self.opened,
            Measure::Solved => self.solved,
            Measure::Unsolved => self.unsolved,
            Measure::Reopened => self.reopened,
            Measure::FirstAnswer => median(self.first_answer),
            Measure::Solution => median(self.solution),
        }
    }
}

/// How several durations lie, in whole seconds. Each is one that occurred (the nearest rank), but for the mean, which is
/// cut to a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Of how many.
    pub count: u64,
    /// Half took at most so long.
    pub median: Span,
    /// Nine of ten took at most so long.
    pub p90: Span,
    /// All together by their number.
    pub mean: Span,
}

/// One row: what its tickets have in common, and what is counted of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A value for each dimension that was asked for.
    pub keys: Vec<Key>,
    /// What is counted.
    pub cell: Cell,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// By values in their order, or by how many tickets there are.
    pub rows: Vec<Row>,
    /// Of all tickets, each once.
    pub total: Cell,
}
