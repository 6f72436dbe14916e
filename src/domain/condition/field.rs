use super::{Op, Pattern};
use crate::domain::field::{Day, Decimal, Value, found};
use crate::domain::id::FieldId;
use crate::domain::word::words;
use std::fmt;

/// A test of what a field of the account's own holds. What the field cannot hold is never true of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldTest {
    /// Nothing.
    Missing,
    /// This option, among others perhaps; or just this text, without regard to case and accents.
    Is(String),
    /// A number.
    Number(Op, Number),
    /// A day.
    Date(Op, Day),
    /// A tick.
    Checked,
    /// A text in which these words stand together, as far as a text [can be found](found).
    Words(Pattern),
}

/// Whichever of a ticket's fields: only what is there can be asked of it.
pub const ANY_FIELD: FieldId = FieldId(0);

/// A number to compare with, in millionths: wide enough for every number that a field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub i128);

impl Number {
    /// How many millionths are one.
    pub const ONE: i128 = 1_000_000;
    /// The most digits before the point.
    const DIGITS: usize = 18;

    /// Reads `-3.5`: at most six decimals.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let number =
            |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if !number(whole, Self::DIGITS) || !number(part, 6) {
            return None;
        }
        let part = format!("{part:0<6}");
        Some(Self(sign * (whole.parse::<i128>().ok()? * Self::ONE + part.parse::<i128>().ok()?)))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:06}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

impl FieldTest {
    /// What `fieldvalue:42` can mean, by what fields hold: a text or option, a number, a day.
    pub fn meanings(&self) -> Vec<Self> {
        let Self::Is(text) = self else { return Vec::new() };
        let number = Number::parse(text).map(|number| Self::Number(Op::Is, number));
        let day = Day::parse(text).map(|day| Self::Date(Op::Is, day));
        std::iter::once(self.clone()).chain(number).chain(day).collect()
    }

    /// Whether it is true of what a field holds.
    pub(super) fn holds(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Missing, value) => value.is_none(),
            (Self::Is(wanted), Some(Value::Text(text))) => found(text) == found(wanted),
            (Self::Is(wanted), Some(Value::Choice(tag))) => *tag.as_str() == wanted.to_lowercase(),
            (Self::Is(wanted), Some(Value::Choices(tags))) => {
                tags.iter().any(|tag| *tag.as_str() == wanted.to_lowercase())
            }
            (Self::Number(op, wanted), Some(Value::Integer(number))) => {
                op.compares(&(i128::from(*number) * Number::ONE), &wanted.0)
            }
            (Self::Number(op, wanted), Some(Value::Decimal(Decimal(number)))) => {
                op.compares(&i128::from(*number), &wanted.0)
            }
            (Self::Date(op, wanted), Some(Value::Date(day))) => op.compares(day, wanted),
            (Self::Checked, Some(Value::Checked(on))) => *on,
            (Self::Words(pattern), Some(Value::Text(text))) => pattern.stands_in(&words(&found(text))),
            _ => false,
        }
    }
}
