//! Full-text search: how words are asked for, and what is put into the two indexes. The one for agents holds
//! everything, the other what requesters may read; nothing internal is ever given to it.

pub(super) mod words;

use super::dialect::{Dialect, Value};
use crate::domain::audience::Viewer;
use crate::domain::condition::{Asker, Link, Pattern, Place, Target, Test};

/// What the full-text indexes are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Words in a row.
    Words(Place, Pattern),
    /// A ticket's number, or the same digits as a word.
    Number(String),
    /// Only tickets of one of these, as in [`words::Words`]: a hint that spares work, beside the test of the table that decides.
    Whose(Vec<String>),
}

impl Ask {
    /// As SQLite's FTS5 reads it.
    fn fts5(&self) -> String {
        match self {
            Self::Words(place, pattern) => {
                let columns = match place {
                    Place::Anywhere => "{subject comments}",
                    Place::Subject => "subject",
                    Place::Comments => "comments",
                };
                let star = if pattern.open { " *" } else { "" };
                format!("({columns} : \"{}\"{star})", pattern.words.join(" "))
            }
            Self::Number(digits) => {
                format!("((number : \"{}\") OR ({{subject comments}} : \"{digits}\"))", number(digits))
            }
            Self::Whose(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                format!("(whose : ({}))", words.join(" OR "))
            }
        }
    }

    /// As PostgreSQL reads it.
    fn tsquery(&self) -> String {
        match self {
            Self::Words(place, pattern) => {
                let weight = match place {
                    Place::Anywhere => "AB",
                    Place::Subject => "A",
                    Place::Comments => "B",
                };
                let last = pattern.words.len() - 1;
                let word = |(at, word): (usize, &String)| {
                    let star = if pattern.open && at == last { "*" } else { "" };
                    format!("'{word}':{weight}{star}")
                };
                format!("({})", pattern.words.iter().enumerate().map(word).collect::<Vec<_>>().join(" <-> "))
            }
            Self::Number(digits) => format!("('{}':D | '{digits}':AB)", number(digits)),
            Self::Whose(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("'{word}':C")).collect();
                format!("({})", words.join(" | "))
            }
        }
    }
}

/// The tickets that somebody who is not staff may see.
pub(crate) fn seen(viewer: &Viewer) -> Ask {
    let me = [format!("r{}", viewer.person), format!("c{}", viewer.person)];
    Ask::Whose(me.into_iter().chain(viewer.shared_organization.map(|id| format!("o{id}"))).collect())
}

/// The tickets that a test leaves, if the index can tell.
pub(crate) fn hint(test: &Test, asker: &Asker) -> Option<Vec<String>> {
    let Test::Link(link, target) = test else { return None };
    let (letter, me) = match link {
        Link::Requester => ('r', Some(asker.person.0)),
        Link::Cc => ('c', Some(asker.person.0)),
        Link::Organization => ('o', asker.organization.map(|id| id.0)),
        _ => return None,
    };
    match target {
        Target::Id(id) => Some(vec![format!("{letter}{id}")]),
        Target::Me => me.map(|id| vec![format!("{letter}{id}")]),
        _ => None,
    }
}

/// Digits as a number is written.
fn number(digits: &str) -> &str {
    let bare = digits.trim_start_matches('0');
    if bare.is_empty() { "0" } else { bare }
}

/// The text that finds what has all of the first and none of the others; the first are at least one.
pub(crate) fn query(dialect: Dialect, all: &[Ask], none: &[Ask]) -> Value {
    let joined = |asks: &[Ask], by: &str| {
        let texts: Vec<String> = asks
            .iter()
            .map(|ask| match dialect {
                Dialect::Sqlite => ask.fts5(),
                Dialect::Pg => ask.tsquery(),
            })
            .collect();
        texts.join(by)
    };
    let text = match (dialect, none.is_empty()) {
        (Dialect::Sqlite, true) => joined(all, " AND "),
        (Dialect::Sqlite, false) => format!("({}) NOT ({})", joined(all, " AND "), joined(none, " OR ")),
        (Dialect::Pg, true) => joined(all, " & "),
        (Dialect::Pg, false) => format!("({}) & !({})", joined(all, " & "), joined(none, " | ")),
    };
    text.into()
}
