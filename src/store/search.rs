//! Full-text search: what is put into the two indexes, and how words are asked for. The one for agents holds
//! everything, the other what requesters may read; nothing internal is ever given to it.

use super::dialect::{Batch, Dialect, Value};
use crate::domain::audience::Viewer;
use crate::domain::condition::{Asker, Link, Pattern, Place, Target, Test};
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::domain::word::{MAX_SUBJECT_WORDS, indexed_comments, indexed_subject};
use std::fmt::Write;

/// A ticket as it can be found. It is kept anew whenever its subject, visibility, requester, copies, organization or
/// comments change.
#[derive(Clone, Debug)]
pub(crate) struct Findable<'a> {
    /// The ticket.
    pub(crate) ticket: &'a Ticket,
    /// All that was said on it, oldest first, and whether requesters may read it.
    pub(crate) comments: &'a [(&'a str, bool)],
}

impl Findable<'_> {
    /// Puts it into the indexes, in place of what they knew of it.
    pub(crate) fn keep(&self, batch: &mut Batch, dialect: Dialect) {
        match self.row(dialect) {
            SearchRow::Sqlite { all, public } => {
                batch.push(KEEP_ALL, all);
                match public {
                    Some(public) => batch.push(KEEP_PUBLIC, public),
                    None => batch.push("DELETE FROM search_public WHERE rowid = $1", vec![self.ticket.id.0.into()]),
                }
            }
            SearchRow::Pg(both) => batch.push(KEEP_PG, both),
        }
    }

    /// The values by which it is found.
    pub(crate) fn row(&self, dialect: Dialect) -> SearchRow {
        let id = self.ticket.id;
        let subject = indexed_subject(&self.ticket.subject);
        let all = indexed_comments(self.comments.iter().map(|(body, _)| *body));
        let public = self
            .ticket
            .is_public()
            .then(|| indexed_comments(self.comments.iter().filter(|(_, public)| *public).map(|(body, _)| *body)));
        let whose = whose(self.ticket);
        if dialect == Dialect::Pg {
            let public = public.map(|comments| vector(id, &subject, &comments, &whose));
            let all = vector(id, &subject, &all, &whose);
            return SearchRow::Pg(vec![id.0.into(), all.into(), public.into()]);
        }
        let whose = whose.join(" ");
        let row = |comments: String| {
            vec![id.0.into(), id.to_string().into(), subject.as_str().into(), comments.into(), whose.as_str().into()]
        };
        SearchRow::Sqlite { all: row(all), public: public.map(row) }
    }
}

/// The columns of SQLite's two indexes, in the order of a [`SearchRow`]'s values.
pub(crate) const COLUMNS: &str = "rowid, number, subject, comments, whose";
pub(crate) const PG_COLUMNS: &str = "ticket_id, all_words, public_words";

/// What the indexes keep of a ticket.
pub(crate) enum SearchRow {
    /// A row for each of two indexes; a private ticket is in one only.
    Sqlite {
        /// For agents.
        all: Vec<Value>,
        /// For requesters.
        public: Option<Vec<Value>>,
    },
    /// One row with both.
    Pg(Vec<Value>),
}

const KEEP_ALL: &str =
    "INSERT OR REPLACE INTO search_all (rowid, number, subject, comments, whose) VALUES ($1, $2, $3, $4, $5)";
const KEEP_PUBLIC: &str =
    "INSERT OR REPLACE INTO search_public (rowid, number, subject, comments, whose) VALUES ($1, $2, $3, $4, $5)";
const KEEP_PG: &str = "INSERT INTO ticket_search (ticket_id, all_words, public_words) \
     VALUES ($1, CAST($2 AS TSVECTOR), CAST($3 AS TSVECTOR)) ON CONFLICT (ticket_id) \
     DO UPDATE SET all_words = excluded.all_words, public_words = excluded.public_words";

/// Whose a ticket is, as words.
fn whose(ticket: &Ticket) -> Vec<String> {
    let ccs = ticket.ccs.iter().map(|id| format!("c{id}"));
    let organization = ticket.organization.map(|id| format!("o{id}"));
    std::iter::once(format!("r{}", ticket.requester)).chain(ccs).chain(organization).collect()
}

/// PostgreSQL's form of a text, made here because its own parser would cut words at other places. A gap between
/// subject and comments keeps phrases from reaching over it.
fn vector(id: TicketId, subject: &str, comments: &str, whose: &[String]) -> String {
    let mut text = format!("'{id}':1D");
    let parted = |text: &'_ str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let subject = parted(subject).into_iter().zip(3_usize..).map(|word| (word, 'A'));
    let comments = parted(comments).into_iter().zip(MAX_SUBJECT_WORDS + 10..).map(|word| (word, 'B'));
    let whose = whose.iter().cloned().map(|word| ((word, 1), 'C'));
    for ((word, at), weight) in whose.chain(subject).chain(comments) {
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
    /// Only tickets of one of these, as in [`whose`]: a hint that spares work, beside the test of the table that decides.
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
