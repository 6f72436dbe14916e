//! Names in the lines of actions. Where a name would mean something else it stands in quotes, as in sentences:
//! `field "size: small": 3`, `group: "none"`.

use crate::domain::condition::{quoted, unquoted};
use crate::domain::setup::{Lookup, Refers, meant};

/// What stands before the colon, by its words and the name behind them; and what stands after it.
pub(super) struct Line<'a> {
    pub head: &'a str,
    pub name: Option<Name>,
    pub value: &'a str,
}

/// A name as it was written.
pub(super) struct Name {
    pub text: String,
    /// In quotes: then it is nothing but a name.
    pub quoted: bool,
}

/// How lines begin in which a name follows before the colon.
const HEADS: [&str; 4] = ["field", "notify group", "notify person", "notify address"];

impl<'a> Line<'a> {
    /// Parts a line at its colon: the first one that stands in no quoted name.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim_start();
        for head in HEADS {
            let Some(rest) = text.strip_prefix(head).filter(|rest| rest.starts_with(' ')) else { continue };
            let rest = rest.trim_start();
            if let Some((name, behind)) = in_quotes(rest)
                && let Some(value) = behind.trim_start().strip_prefix(':')
            {
                return Some(Self { head, name: Some(Name { text: name, quoted: true }), value });
            }
            let (name, value) = rest.split_once(':')?;
            return Some(Self { head, name: Some(Name::bare(name.trim())), value });
        }
        let (head, value) = text.split_once(':')?;
        Some(Self { head: head.trim(), name: None, value })
    }
}

impl Name {
    fn bare(text: &str) -> Self {
        Self { text: text.to_owned(), quoted: false }
    }

    /// What stands after the colon.
    pub(super) fn of(text: &str) -> Self {
        match in_quotes(text) {
            Some((name, "")) => Self { text: name, quoted: true },
            _ => Self::bare(text),
        }
    }

    /// The number that it means.
    pub(super) fn id(&self, lookup: &dyn Lookup, what: Refers) -> Option<i64> {
        if self.quoted { lookup.id(what, &self.text) } else { meant(lookup, what, &self.text) }
    }

    /// Whether it is this word, and no name.
    pub(super) fn is(&self, word: &str) -> bool {
        !self.quoted && self.text == word
    }
}

/// What stands in quotes at the beginning, and the rest.
fn in_quotes(text: &str) -> Option<(String, &str)> {
    let (name, closed, bytes) = unquoted(text.strip_prefix('"')?);
    closed.then(|| (name, &text[bytes + 1..]))
}

/// A name before the colon.
pub(super) fn before_colon(name: &str) -> String {
    if name.contains([':', '"']) { quoted(name) } else { name.to_owned() }
}

/// A name after the colon, where some words mean something else.
pub(super) fn after_colon(name: &str, words: &[&str]) -> String {
    if name.starts_with('"') || words.contains(&name) { quoted(name) } else { name.to_owned() }
}
