use super::FieldType;
use crate::domain::tag::Tag;
use std::collections::BTreeSet;
use std::fmt;

/// What a field holds on one ticket, person or organization. A field without a value is not among the values at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A line, several lines, or what fits a pattern: never empty.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Decimal(Decimal),
    /// A day.
    Date(Day),
    /// A checkbox; `false` is a value too.
    Checked(bool),
    /// The tag of the option chosen.
    Choice(Tag),
    /// The tags of the options chosen: at least one.
    Choices(BTreeSet<Tag>),
}

/// A number with at most six decimals, in millionths: exact, and ordered as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub i64);

impl Decimal {
    const PLACES: u32 = 6;
    const ONE: i64 = 10_i64.pow(Self::PLACES);

    /// Reads `-3.5` or `3,5`: at most six decimals, at most twelve digits before them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
        if !number(whole) || whole.len() > 12 || part.len() > 6 || (digits.len() > whole.len() && !number(part)) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<6}").parse().ok()?;
        Some(Self(sign * (whole * Self::ONE + part)))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / Self::ONE.unsigned_abs(), self.0.unsigned_abs() % 1_000_000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:06}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

/// A day, without a time or a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub chrono::NaiveDate);

impl Day {
    /// Reads `2026-11-22`.
    pub fn parse(text: &str) -> Option<Self> {
        chrono::NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().map(Self)
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i64 {
        self.0.signed_duration_since(chrono::NaiveDate::default()).num_days()
    }

    /// The day of that [number](Self::number).
    pub fn of(number: i64) -> Option<Self> {
        let days = chrono::TimeDelta::try_days(number)?;
        chrono::NaiveDate::default().checked_add_signed(days).map(Self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%d").fmt(f)
    }
}

impl Value {
    /// The value as scripts and forms write it; [`FieldType::read`] is the way back.
    pub fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Checked(on) => on.to_string(),
            Self::Choice(tag) => tag.to_string(),
            Self::Choices(tags) => tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" "),
        }
    }

    /// Whether it counts as filled in where a field is required: an unticked box does not.
    pub const fn is_filled(&self) -> bool {
        !matches!(self, Self::Checked(false))
    }

    /// The tags that the value puts on its ticket.
    pub fn tags(&self, kind: &FieldType) -> BTreeSet<Tag> {
        match (self, kind) {
            (Self::Choice(tag), _) => BTreeSet::from([tag.clone()]),
            (Self::Choices(tags), _) => tags.clone(),
            (Self::Checked(true), FieldType::Checkbox { tag }) => tag.iter().cloned().collect(),
            _ => BTreeSet::new(),
        }
    }
}

/// The longest part of a text by which it is found, in characters.
const FOUND_BY: usize = 200;

/// The part of a text by which conditions find it: its words, folded, with single spaces, as far as an index takes them.
pub fn found(text: &str) -> String {
    super::super::word::folded(text).chars().take(FOUND_BY).collect()
}
