//! Full-text search: what is put into the two indexes, and how words are asked for. The one for agents holds
//! everything, the other what requesters may read; nothing internal is ever given to it.

use super::dialect::{Batch, Dialect, Value};
use crate::domain::condition::{Pattern, Place};
use crate::domain::id::TicketId;
use crate::domain::word::{MAX_SUBJECT_WORDS, indexed_comments, indexed_subject};
use std::fmt::Write;

/// A ticket as it can be found.
#[derive(Clone, Debug)]
pub(crate) struct Findable<'a> {
    /// Its number.
    pub(crate) id: TicketId,
    /// Its title.
    pub(crate) subject: &'a str,
    /// Whether requesters may know of it.
    pub(crate) public: bool,
    /// All that was said on it, oldest first, and whether requesters may read it.
    pub(crate) comments: &'a [(&'a str, bool)],
}

impl Findable<'_> {
    /// Puts it into the indexes, in place of what they knew of it.
    pub(crate) fn keep(&self, batch: &mut Batch, dialect: Dialect) {
        let subject = indexed_subject(self.subject);
        let all = indexed_comments(self.comments.iter().map(|(body, _)| *body));
        let public = self
            .public
            .then(|| indexed_comments(self.comments.iter().filter(|(_, public)| *public).map(|(body, _)| *body)));
        match dialect {
            Dialect::Sqlite => {
                self.keep_sqlite(batch, "search_all", &subject, Some(all));
                self.keep_sqlite(batch, "search_public", &subject, public);
            }
            Dialect::Pg => batch.push(
                "INSERT INTO ticket_search (ticket_id, all_words, public_words) \
                 VALUES ($1, CAST($2 AS TSVECTOR), CAST($3 AS TSVECTOR)) ON CONFLICT (ticket_id) \
                 DO UPDATE SET all_words = excluded.all_words, public_words = excluded.public_words",
                vec![
                    self.id.0.into(),
                    vector(self.id, &subject, &all).into(),
                    public.map(|public| vector(self.id, &subject, &public)).into(),
                ],
            ),
        }
    }

    fn keep_sqlite(&self, batch: &mut Batch, index: &str, subject: &str, comments: Option<String>) {
        let id = self.id.0;
        match comments {
            Some(comments) => batch.push(
                format!("INSERT OR REPLACE INTO {index} (rowid, number, subject, comments) VALUES ($1, $2, $3, $4)"),
                vec![id.into(), id.to_string().into(), subject.into(), comments.into()],
            ),
            None => batch.push(format!("DELETE FROM {index} WHERE rowid = $1"), vec![id.into()]),
        }
    }
}

/// PostgreSQL's form of a text, made here because its own parser would cut words at other places. A gap between
/// subject and comments keeps phrases from reaching over it.
fn vector(id: TicketId, subject: &str, comments: &str) -> String {
    let mut text = format!("'{id}':1D");
    let subject = subject.split(' ').filter(|word| !word.is_empty()).zip(3_usize..).map(|(word, at)| (word, at, 'A'));
    let comments = comments.split(' ').filter(|word| !word.is_empty()).zip(MAX_SUBJECT_WORDS + 10..);
    for (word, at, weight) in subject.chain(comments.map(|(word, at)| (word, at, 'B'))) {
        // Words are letters and digits: nothing in them needs care. Writing to a String cannot fail.
        _ = write!(text, " '{word}':{at}{weight}");
    }
    text
}

/// What the full-text indexes are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Words in a row.
    Words(Place, Pattern),
    /// A ticket's number, or the same digits as a word.
    Number(String),
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
        }
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
