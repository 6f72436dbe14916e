use super::{Asker, Moment, Op};
use crate::domain::id::ScheduleId;
use crate::domain::time::{Span, Timestamp};

/// A moment to compare with, as exact as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// A day, second or millisecond, in UTC; the moment is its beginning.
    At(Timestamp, Precision),
    /// So long before now: `created>4hours` is what was opened in the last four hours, `created<4hours` what is older.
    /// A due date lies ahead, so there it is so long after now: `due_date<2days` is what is due within two days.
    Away(u32, Unit),
    /// The same in the business hours of a schedule. Never true once the schedule is gone.
    Open(u32, OpenUnit, ScheduleId),
}

/// Units of business hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpenUnit {
    /// `business minutes`
    Minutes,
    /// `business hours`
    Hours,
}

impl OpenUnit {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Minutes, Self::Hours];

    /// The name, after the word `business`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
        }
    }

    /// So many of them.
    pub const fn times(self, count: u32) -> Span {
        match self {
            Self::Minutes => Span::minutes(count as i64),
            Self::Hours => Span::hours(count as i64),
        }
    }
}

/// How long a given moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2026-11-01`
    Day,
    /// `2026-11-01T10:00:00Z`
    Second,
    /// `2026-11-01T10:00:00.123Z`
    Millisecond,
}

impl Precision {
    /// How long.
    pub const fn span(self) -> Span {
        match self {
            Self::Day => Span::days(1),
            Self::Second => Span(1_000),
            Self::Millisecond => Span(1),
        }
    }
}

/// Units of spans. A month is 30 days, a year 365.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `minutes`
    Minutes,
    /// `hours`
    Hours,
    /// `days`
    Days,
    /// `weeks`
    Weeks,
    /// `months`
    Months,
    /// `years`
    Years,
}

impl Unit {
    /// All.
    pub const ALL: [Self; 6] = [Self::Minutes, Self::Hours, Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// The name in queries; without the last letter it is understood too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The unit of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name || unit.name().strip_suffix('s') == Some(name))
    }

    /// A span as so many of the largest unit that it is a multiple of; what is no whole minute is rounded up.
    pub fn of(span: Span) -> (u32, Self) {
        let fits = |unit: &Self| span.0 % unit.times(1).0 == 0;
        let unit = [Self::Weeks, Self::Days, Self::Hours].into_iter().find(fits).unwrap_or(Self::Minutes);
        let count = span.0.div_euclid(unit.times(1).0) + i64::from(span.0.rem_euclid(unit.times(1).0) > 0);
        (u32::try_from(count).unwrap_or(u32::MAX), unit)
    }

    /// So many of them.
    pub fn times(self, count: u32) -> Span {
        let one = match self {
            Self::Minutes => Span::minutes(1),
            Self::Hours => Span::hours(1),
            Self::Days => Span::days(1),
            Self::Weeks => Span::days(7),
            Self::Months => Span::days(30),
            Self::Years => Span::days(365),
        };
        Span(one.0.saturating_mul(i64::from(count)))
    }
}

impl When {
    /// The moments of a field that fit, as a half-open range of milliseconds: from the first to before the second. None
    /// fits where that is empty.
    pub fn range(self, moment: Moment, op: Op, asker: &Asker) -> (i64, i64) {
        let (from, until) = match self {
            Self::At(at, precision) => (at, at + precision.span()),
            Self::Away(count, unit) => {
                let at = asker.now + towards(moment, unit.times(count));
                (at, at + Span(1))
            }
            Self::Open(count, unit, schedule) => match asker.around.schedules.get(&schedule) {
                Some(schedule) => {
                    // Where it is closed, several moments are just so far away.
                    let away = schedule.hours.distance(asker.now, towards(moment, unit.times(count)));
                    (away.earliest, away.latest + Span(1))
                }
                None => return (0, 0),
            },
        };
        match op {
            Op::Is => (from.0, until.0),
            Op::Below => (i64::MIN, from.0),
            Op::AtMost => (i64::MIN, until.0),
            Op::Above => (until.0, i64::MAX),
            Op::AtLeast => (from.0, i64::MAX),
        }
    }

    /// The present moments at which a test of a ticket's moment can become another (Z10): none where it never does.
    pub(super) fn turns(self, moment: Moment, at: Timestamp, asker: &Asker) -> Vec<Timestamp> {
        match self {
            Self::At(..) => Vec::new(),
            Self::Away(count, unit) => {
                let now = at + back(towards(moment, unit.times(count)));
                vec![now, now + Span(1)]
            }
            Self::Open(count, unit, schedule) => {
                let Some(schedule) = asker.around.schedules.get(&schedule) else { return Vec::new() };
                let away = schedule.hours.distance(at, back(towards(moment, unit.times(count))));
                vec![away.earliest, away.latest + Span(1)]
            }
        }
    }
}

/// From the present moment to one so far away: what is due lies ahead, all else behind.
fn towards(moment: Moment, span: Span) -> Span {
    if moment == Moment::Due { span } else { back(span) }
}

const fn back(span: Span) -> Span {
    Span(-span.0)
}
