use super::Holiday;
use chrono::{Datelike, NaiveDate};
use std::fmt;

/// Hours of a day, from a minute to before another: `09:00-12:00`. Midnight at the end is `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// The first minute, from midnight.
    pub from: u16,
    /// The minute after the last, at most 1440.
    pub until: u16,
}

impl Hours {
    /// Reads `09:00-12:00`; whether it runs backwards is for [`super::OpenHours::new`] to say.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once(['-', '\u{2013}'])?;
        Some(Self { from: minute(from)?, until: minute(until)? })
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str| (text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse());
    let (hours, minutes): (u16, u16) = (digits(hours)?.ok()?, digits(minutes)?.ok()?);
    let whole = hours * 60 + minutes;
    (minutes < 60 && whole <= 24 * 60).then_some(whole)
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = (self.from, self.until);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60)
    }
}

impl Holiday {
    /// Reads `2026-12-25 Christmas` or `2026-12-24..2026-12-31 Holidays`; the name may be missing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (days, name) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (first, last) = days.split_once("..").unwrap_or((days, days));
        let name = crate::domain::text::one_line(name);
        (name.chars().count() <= 255).then_some(Self { first: day(first)?, last: day(last)?, name })
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (1970..=9999).contains(&day.year()).then_some(day)
}

impl fmt::Display for Holiday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last != self.first {
            write!(f, "..{}", self.last)?;
        }
        if self.name.is_empty() { Ok(()) } else { write!(f, " {}", self.name) }
    }
}
