//! Dates and times of day, and how long ago or ahead they are. All instants are milliseconds since 1970 in UTC; the
//! reader's present and time zone come in as values.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

use super::{Language, args};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// The years 1 to 9999; instants outside are shown as the nearest inside.
const SHOWN_MS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_214_400_000;

/// Where the reader's clock stands against UTC.
#[derive(Clone, Copy)]
pub enum Zone {
    /// The same all the year.
    Fixed(FixedOffset),
    /// Asked for each instant (milliseconds, UTC): a zone with summer time.
    Changing(fn(i64) -> FixedOffset),
    /// A zone by its name.
    Named(Tz),
}

impl Zone {
    /// Greenwich.
    pub fn utc() -> Self {
        Self::Fixed(chrono::Offset::fix(&chrono::Utc))
    }

    /// So many minutes east of Greenwich; beyond a day either way it is Greenwich.
    pub fn minutes_east(minutes: i32) -> Self {
        minutes.checked_mul(60).and_then(FixedOffset::east_opt).map_or_else(Self::utc, Self::Fixed)
    }

    /// The zone of that name, such as `Europe/Paris`; none when there is no such.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name)).copied().map(Self::Named)
    }

    /// By how many milliseconds calendar and clock on the wall are ahead of Greenwich at an instant.
    pub fn east(self, at: i64) -> i64 {
        i64::from(self.offset(at).local_minus_utc()) * 1_000
    }

    fn offset(self, at: i64) -> FixedOffset {
        match self {
            Self::Fixed(offset) => offset,
            Self::Changing(offset_at) => offset_at(at),
            Self::Named(zone) => {
                let at = at.clamp(*SHOWN_MS.start(), *SHOWN_MS.end());
                let utc = DateTime::from_timestamp_millis(at).unwrap_or_default().naive_utc();
                zone.offset_from_utc_datetime(&utc).fix()
            }
        }
    }

    /// What calendar and clock on the wall show at an instant.
    pub fn wall(self, at: i64) -> NaiveDateTime {
        let at = at.clamp(*SHOWN_MS.start(), *SHOWN_MS.end());
        let utc = DateTime::from_timestamp_millis(at).unwrap_or_default().naive_utc();
        let east = TimeDelta::seconds(i64::from(self.offset(at).local_minus_utc()));
        utc.checked_add_signed(east).unwrap_or(utc)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(offset) => write!(f, "Zone({offset})"),
            Self::Changing(_) => f.write_str("Zone(changing)"),
            Self::Named(zone) => write!(f, "Zone({})", zone.name()),
        }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Fixed(one), Self::Fixed(two)) => one == two,
            (Self::Changing(one), Self::Changing(two)) => std::ptr::fn_addr_eq(*one, *two),
            (Self::Named(one), Self::Named(two)) => one == two,
            _ => false,
        }
    }
}

/// The reader's present: when and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Present {
    /// Now, in milliseconds UTC.
    pub now: i64,
    /// The reader's time zone.
    pub zone: Zone,
}

impl Present {
    /// Calendar days from today to that instant: -1 is yesterday.
    fn days_to(&self, at: i64) -> i64 {
        self.zone.wall(at).date().signed_duration_since(self.zone.wall(self.now).date()).num_days()
    }

    fn same_year(&self, at: i64) -> bool {
        self.zone.wall(at).year() == self.zone.wall(self.now).year()
    }
}

impl Language {
    /// `10:42`
    pub fn clock(&self, at: i64, zone: Zone) -> String {
        let wall = zone.wall(at);
        self.say("time-clock", args![hour = format!("{:02}", wall.hour()), minute = format!("{:02}", wall.minute())])
    }

    /// `Tue 10:42` within six days either way, else `12 Nov 10:42`, in another year `12 Nov 2025 10:42`.
    pub fn time(&self, at: i64, present: &Present) -> String {
        let day = if present.days_to(at).abs() <= 6 { self.weekday(at, present.zone) } else { self.day(at, present) };
        self.say("time-day-clock", args![day = day, clock = self.clock(at, present.zone)])
    }

    /// `12 Nov`, in another year `12 Nov 2025`.
    pub fn day(&self, at: i64, present: &Present) -> String {
        let wall = present.zone.wall(at);
        let day = wall.day().to_string();
        let month = self.word(&format!("month-short-{}", wall.month()));
        if present.same_year(at) {
            self.say("date-day", args![day = day, month = month])
        } else {
            self.say("date-day-year", args![day = day, month = month, year = wall.year().to_string()])
        }
    }

    /// `Sunday 22 November 2026`
    pub fn day_long(&self, at: i64, zone: Zone) -> String {
        self.date_long(zone.wall(at).date())
    }

    /// `Sunday 22 November 2026`
    pub fn date_long(&self, date: NaiveDate) -> String {
        let weekday = self.word(&format!("weekday-long-{}", date.weekday().number_from_monday()));
        let month = self.word(&format!("month-long-{}", date.month()));
        // The first of a month has a name of its own in some languages.
        let (day, year) = (i64::from(date.day()), date.year().to_string());
        self.say("date-long", args![weekday = weekday, day = day, month = month, year = year])
    }

    /// `Tue`
    pub fn weekday(&self, at: i64, zone: Zone) -> String {
        self.word(&format!("weekday-short-{}", zone.wall(at).weekday().number_from_monday()))
    }

    /// `2026-11-22 10:42`, the same in every language: for tables that are sorted and compared.
    pub fn stamp(&self, at: i64, zone: Zone) -> String {
        zone.wall(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// How old, in a column: `now`, `4 min`, `2 h`, `yesterday`, `3 d`, `5 w`, `2 y`; ahead: `in 4 min`, `in 1 d`.
    pub fn age(&self, at: i64, present: &Present) -> String {
        match Age::between(at, present) {
            Age::Now => self.word("age-now"),
            Age::Yesterday => self.word("age-yesterday"),
            Age::Past(unit, count) => self.say(unit, args![count = count]),
            Age::Ahead(unit, count) => self.say("age-in", args![age = self.say(unit, args![count = count])]),
        }
    }

    /// How long ago, in a sentence: `just now`, `4 min ago`, `yesterday`, `3 d ago`; ahead as [`Language::age`].
    pub fn ago(&self, at: i64, present: &Present) -> String {
        match Age::between(at, present) {
            Age::Now => self.word("age-just-now"),
            Age::Past(unit, count) => self.say("age-ago", args![age = self.say(unit, args![count = count])]),
            Age::Yesterday | Age::Ahead(..) => self.age(at, present),
        }
    }
}

enum Age {
    Now,
    Yesterday,
    Past(&'static str, i64),
    Ahead(&'static str, i64),
}

impl Age {
    fn between(at: i64, present: &Present) -> Self {
        let elapsed = present.now.saturating_sub(at);
        if elapsed <= -MINUTE_MS {
            return Self::ahead(elapsed.saturating_neg());
        }
        if elapsed < MINUTE_MS {
            return Self::Now;
        }
        if elapsed < HOUR_MS {
            return Self::Past("age-minutes", elapsed / MINUTE_MS);
        }
        if elapsed < DAY_MS {
            return Self::Past("age-hours", elapsed / HOUR_MS);
        }
        // From a day on people count by the calendar.
        match -present.days_to(at) {
            ..=1 => Self::Yesterday,
            days @ 2..14 => Self::Past("age-days", days),
            days @ 14..365 => Self::Past("age-weeks", days / 7),
            days => Self::Past("age-years", days / 365),
        }
    }

    /// What is to come is rounded: a day less a second is a day.
    fn ahead(ms: i64) -> Self {
        let rounded = |unit: i64| ms / unit + i64::from(ms % unit >= unit / 2);
        if rounded(MINUTE_MS) < 60 {
            Self::Ahead("age-minutes", rounded(MINUTE_MS))
        } else if rounded(HOUR_MS) < 24 {
            Self::Ahead("age-hours", rounded(HOUR_MS))
        } else if rounded(DAY_MS) < 14 {
            Self::Ahead("age-days", rounded(DAY_MS))
        } else if rounded(DAY_MS) < 365 {
            Self::Ahead("age-weeks", rounded(DAY_MS) / 7)
        } else {
            Self::Ahead("age-years", rounded(DAY_MS) / 365)
        }
    }
}
