//! Business hours (D25): on which hours of which weekdays a team works, in its time zone, and on which days it does not.
//!
//! A moment is open when its *local* day and time are: what daylight saving skips never was, what it repeats counts twice.
//! From this alone follows everything else, so that nobody has to ask what becomes of 02:30 in March.

mod clock;
mod hours;

use super::id::ScheduleId;
use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
pub use hours::Hours;

/// Business hours with their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Which.
    pub id: ScheduleId,
    /// As people read it; unique in the account without regard to case.
    pub name: String,
    /// When it is open.
    pub hours: OpenHours,
}

/// When a team works. Never without an open minute in its week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenHours {
    zone: Tz,
    /// From Monday; in order, apart from each other.
    week: [Vec<Hours>; 7],
    /// In order.
    holidays: Vec<Holiday>,
}

/// Days on which nobody works, the first to the last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The first day.
    pub first: NaiveDate,
    /// The last day; for a single one the first.
    pub last: NaiveDate,
    /// What it is, such as `Christmas`; may be empty.
    pub name: String,
}

/// The weekdays in order, as they are called in files.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday"),
    (Weekday::Tue, "tuesday"),
    (Weekday::Wed, "wednesday"),
    (Weekday::Thu, "thursday"),
    (Weekday::Fri, "friday"),
    (Weekday::Sat, "saturday"),
    (Weekday::Sun, "sunday"),
];

/// What is wrong with business hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadHours {
    /// There is no such time zone: hostile text.
    Zone(String),
    /// This is no `09:00-17:00`: hostile text.
    Hours(Weekday, String),
    /// They end before they begin, or when they do.
    Backwards(Weekday, Hours),
    /// Two of a day have minutes in common.
    Overlap(Weekday, Hours, Hours),
    /// There is not a single open hour in the week.
    NeverOpen,
    /// This is no `2026-12-25 Christmas` and no `2026-12-24..2026-12-31`: hostile text.
    Holiday(String),
    /// It ends before it begins, or is longer than [`OpenHours::MAX_HOLIDAY_DAYS`].
    HolidaySpan(Holiday),
    /// There are more than [`OpenHours::MAX_HOLIDAYS`].
    Holidays,
}

impl OpenHours {
    /// The most holidays.
    pub const MAX_HOLIDAYS: usize = 1_000;
    /// The longest holiday, in days.
    pub const MAX_HOLIDAY_DAYS: i64 = 366;

    /// Business hours as they stand in a file: a zone such as `Europe/Paris`, for each day from Monday texts such as
    /// `09:00-12:00`, and holidays such as `2026-12-25 Christmas` or `2026-12-24..2026-12-31`.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(zone: &str, week: &[Vec<String>; 7], holidays: &[String]) -> Result<Self, BadHours> {
        let mut days: [Vec<Hours>; 7] = Default::default();
        for ((day, texts), (weekday, _)) in days.iter_mut().zip(week).zip(DAYS) {
            for text in texts {
                day.push(Hours::parse(text).ok_or_else(|| BadHours::Hours(weekday, text.clone()))?);
            }
        }
        let holiday = |text: &String| Holiday::parse(text).ok_or_else(|| BadHours::Holiday(text.clone()));
        Self::new(zone, days, holidays.iter().map(holiday).collect::<Result<_, _>>()?)
    }

    /// Business hours.
    ///
    /// # Errors
    /// What is wrong.
    pub fn new(zone: &str, mut week: [Vec<Hours>; 7], mut holidays: Vec<Holiday>) -> Result<Self, BadHours> {
        let zone = zone_named(zone)?;
        for (day, (weekday, _)) in week.iter_mut().zip(DAYS) {
            day.sort_unstable();
            if let Some(bad) = day.iter().find(|hours| hours.until <= hours.from) {
                return Err(BadHours::Backwards(weekday, *bad));
            }
            if let Some(pair) = day.windows(2).find(|pair| pair[1].from < pair[0].until) {
                return Err(BadHours::Overlap(weekday, pair[0], pair[1]));
            }
        }
        if week.iter().flatten().map(|hours| u32::from(hours.until - hours.from)).sum::<u32>() < 60 {
            return Err(BadHours::NeverOpen);
        }
        holidays.sort();
        if holidays.len() > Self::MAX_HOLIDAYS {
            return Err(BadHours::Holidays);
        }
        let fits = |one: &&Holiday| !(0..Self::MAX_HOLIDAY_DAYS).contains(&(one.last - one.first).num_days());
        match holidays.iter().find(fits) {
            Some(bad) => Err(BadHours::HolidaySpan(bad.clone())),
            None => Ok(Self { zone, week, holidays }),
        }
    }

    /// The name of its time zone, such as `Europe/Paris`.
    pub fn zone(&self) -> &'static str {
        self.zone.name()
    }

    /// Its hours from Monday, as texts.
    pub fn week(&self) -> [Vec<String>; 7] {
        self.week.each_ref().map(|day| day.iter().map(ToString::to_string).collect())
    }

    /// Its holidays, as texts.
    pub fn holidays(&self) -> Vec<String> {
        self.holidays.iter().map(ToString::to_string).collect()
    }
}

/// The names of all time zones, to choose from.
pub fn zones() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
}

fn zone_named(name: &str) -> Result<Tz, BadHours> {
    let known = |zone: &&Tz| zone.name().eq_ignore_ascii_case(name.trim());
    chrono_tz::TZ_VARIANTS.iter().find(known).copied().ok_or_else(|| BadHours::Zone(name.to_owned()))
}
