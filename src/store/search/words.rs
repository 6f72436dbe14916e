//! What is put into the full-text indexes, all rows of them at once as JSON. A statement of its own for each row would
//! cost two changes of threads for every ticket; one with a list of rows would be another text for every count of them,
//! and before each such statement FTS5 writes out all that it has gathered in memory.

use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::domain::word::{MAX_SUBJECT_WORDS, indexed_comments, indexed_subject};
use crate::store::dialect::{Batch, Dialect};
use crate::store::ticket::json_numbers;
use serde_json::{Value as Json, json};
use std::fmt::Write;

/// As many bytes go into one statement, or one ticket's words if they are more.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The words by which a ticket is found. They are kept anew whenever its subject, visibility, requester, copies,
/// organization or comments change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) ticket: TicketId,
    pub(crate) subject: String,
    /// Of all comments.
    pub(crate) all: String,
    /// Of those that requesters may read; none when the ticket is private.
    pub(crate) public: Option<String>,
    /// Whose the ticket is.
    pub(crate) whose: String,
}

impl Words {
    /// Of a ticket and all that was said on it, oldest first, with whether requesters may read it.
    pub(crate) fn of<'a>(ticket: &Ticket, said: impl Iterator<Item = (&'a str, bool)> + Clone) -> Self {
        let public = || indexed_comments(said.clone().filter(|(_, public)| *public).map(|(body, _)| body));
        Self {
            ticket: ticket.id,
            subject: indexed_subject(&ticket.subject),
            public: ticket.is_public().then(public),
            all: indexed_comments(said.map(|(body, _)| body)),
            whose: whose(ticket),
        }
    }

    /// The two forms that PostgreSQL keeps.
    pub(crate) fn vectors(&self) -> (String, Option<String>) {
        (self.vector(&self.all), self.public.as_ref().map(|public| self.vector(public)))
    }

    /// PostgreSQL's form of a text, made here because its own parser would cut words at other places. A gap between
    /// subject and comments keeps phrases from reaching over it.
    fn vector(&self, comments: &str) -> String {
        let mut text = format!("'{}':1D", self.ticket);
        let whose = self.whose.split_whitespace().map(|word| (word, 1, 'C'));
        let subject = self.subject.split_whitespace().zip(3..).map(|(word, at)| (word, at, 'A'));
        let comments = comments.split_whitespace().zip(MAX_SUBJECT_WORDS + 10..).map(|(word, at)| (word, at, 'B'));
        for (word, at, weight) in whose.chain(subject).chain(comments) {
            // Words are letters and digits: nothing in them needs care. Writing to a String cannot fail.
            _ = write!(text, " '{word}':{at}{weight}");
        }
        text
    }

    fn row(&self, dialect: Dialect) -> Json {
        match dialect {
            Dialect::Sqlite => json!([self.ticket.0, self.subject, self.whose, self.all, self.public]),
            Dialect::Pg => {
                let (all, public) = self.vectors();
                json!([self.ticket.0, all, public])
            }
        }
    }
}

/// Whose a ticket is, as words.
fn whose(ticket: &Ticket) -> String {
    let mut words = format!("r{}", ticket.requester);
    for id in &ticket.ccs {
        _ = write!(words, " c{id}");
    }
    if let Some(id) = ticket.organization {
        _ = write!(words, " o{id}");
    }
    words
}

const INSERT: [&str; 2] = [
    "INSERT INTO search_all (rowid, number, subject, comments, whose) \
     SELECT value ->> 0, value ->> 0, value ->> 1, value ->> 3, value ->> 2 FROM json_each($1)",
    "INSERT INTO search_public (rowid, number, subject, comments, whose) \
     SELECT value ->> 0, value ->> 0, value ->> 1, value ->> 4, value ->> 2 FROM json_each($1) \
     WHERE value ->> 4 IS NOT NULL",
];
/// What is taken out of an index stands before what is put into it: in between, FTS5 writes out what it has gathered.
const REPLACE: [&str; 2] = [
    "INSERT OR REPLACE INTO search_all (rowid, number, subject, comments, whose) \
     SELECT value ->> 0, value ->> 0, value ->> 1, value ->> 3, value ->> 2 FROM json_each($1)",
    "INSERT OR REPLACE INTO search_public (rowid, number, subject, comments, whose) \
     SELECT value ->> 0, value ->> 0, value ->> 1, value ->> 4, value ->> 2 FROM json_each($1) \
     WHERE value ->> 4 IS NOT NULL",
];
const TAKE_OUT: &str = "DELETE FROM search_public WHERE rowid IN (SELECT value FROM json_each($1))";
const INSERT_PG: [&str; 1] = ["INSERT INTO ticket_search (ticket_id, all_words, public_words) \
     SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS TSVECTOR), CAST(value ->> 2 AS TSVECTOR) \
     FROM json_array_elements($1::JSON)"];
const REPLACE_PG: [&str; 1] = ["INSERT INTO ticket_search (ticket_id, all_words, public_words) \
     SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS TSVECTOR), CAST(value ->> 2 AS TSVECTOR) \
     FROM json_array_elements($1::JSON) ON CONFLICT (ticket_id) \
     DO UPDATE SET all_words = excluded.all_words, public_words = excluded.public_words"];

/// Puts new tickets into the indexes.
pub(crate) fn insert(batch: &mut Batch, dialect: Dialect, words: &[Words]) {
    match dialect {
        Dialect::Sqlite => push(batch, dialect, words, &INSERT),
        Dialect::Pg => push(batch, dialect, words, &INSERT_PG),
    }
}

/// Puts tickets into the indexes, in place of what they knew of them. No ticket may be there twice.
pub(crate) fn replace(batch: &mut Batch, dialect: Dialect, words: &[Words]) {
    match dialect {
        Dialect::Sqlite => {
            let mut private = words.iter().filter(|one| one.public.is_none()).map(|one| one.ticket.0).peekable();
            if private.peek().is_some() {
                batch.push(TAKE_OUT, vec![json_numbers(private).into()]);
            }
            push(batch, dialect, words, &REPLACE);
        }
        Dialect::Pg => push(batch, dialect, words, &REPLACE_PG),
    }
}

fn push(batch: &mut Batch, dialect: Dialect, words: &[Words], statements: &[&'static str]) {
    let mut rows = String::new();
    for (at, one) in (1..).zip(words) {
        rows.push(if rows.is_empty() { '[' } else { ',' });
        _ = write!(rows, "{}", one.row(dialect));
        if at == words.len() || rows.len() >= MOST_BYTES {
            rows.push(']');
            for statement in statements {
                batch.push(*statement, vec![rows.as_str().into()]);
            }
            rows.clear();
        }
    }
}
