//! What another program answers, read leniently: every value may be missing, `null` or of another type, and what is not
//! understood is passed over. What our own server writes are the types beside this one; what a real account writes has more,
//! less and other things in it, so that a type that fits ours would refuse it.

use super::Time;
use super::plain::plain;
use crate::domain::time::Timestamp;
use serde_json::Value as Json;

static NOTHING: Json = Json::Null;

/// A part of what was answered.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a>(pub &'a Json);

impl<'a> Row<'a> {
    /// What stands under a key; nothing where there is none.
    #[must_use]
    pub fn get(self, key: &str) -> Self {
        Self(self.0.get(key).unwrap_or(&NOTHING))
    }

    /// Whether there is nothing.
    pub fn is_nothing(self) -> bool {
        self.0.is_null()
    }

    /// A whole number, which may be written as a text.
    pub fn number(self) -> Option<i64> {
        match self.0 {
            Json::Number(number) => number.as_i64(),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A whole number under a key.
    pub fn int(self, key: &str) -> Option<i64> {
        self.get(key).number()
    }

    /// A count under a key; 0 where there is none that fits.
    pub fn count(self, key: &str) -> u32 {
        self.int(key).and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
    }

    /// A text under a key.
    pub fn text(self, key: &str) -> Option<&'a str> {
        self.get(key).0.as_str()
    }

    /// A text under a key that is not empty.
    pub fn filled(self, key: &str) -> Option<&'a str> {
        self.text(key).filter(|text| !text.trim().is_empty())
    }

    /// The same as one's own; empty where there is none.
    pub fn words(self, key: &str) -> String {
        self.text(key).unwrap_or_default().to_owned()
    }

    /// Yes or no under a key.
    pub fn flag(self, key: &str) -> Option<bool> {
        self.get(key).0.as_bool()
    }

    /// A moment under a key.
    pub fn time(self, key: &str) -> Option<Timestamp> {
        self.text(key).and_then(Time::parse).map(|time| time.0)
    }

    /// The items of a list under a key.
    pub fn list(self, key: &str) -> impl Iterator<Item = Self> {
        self.get(key).items()
    }

    /// The items of a list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        self.0.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(Self)
    }

    /// The whole numbers of a list under a key.
    pub fn ints(self, key: &str) -> impl Iterator<Item = i64> {
        self.list(key).filter_map(Self::number)
    }

    /// The texts of a list under a key; a text with spaces is several.
    pub fn texts(self, key: &str) -> Vec<String> {
        match self.get(key).0 {
            Json::String(text) => text.split_whitespace().map(str::to_owned).collect(),
            _ => self.list(key).filter_map(|one| one.0.as_str()).map(str::to_owned).collect(),
        }
    }

    /// What stands under any of some keys, the first that is something.
    #[must_use]
    pub fn either(self, keys: &[&str]) -> Self {
        keys.iter().map(|key| self.get(key)).find(|one| !one.is_nothing()).unwrap_or(Self(&NOTHING))
    }
}

/// The text of a comment: the plain one, or that of the HTML.
pub fn said(row: Row<'_>) -> String {
    let text = row.either(&["plain_body", "body"]).0.as_str();
    let html = || row.filled("html_body").map(plain);
    text.map(str::to_owned).or_else(html).unwrap_or_default()
}
