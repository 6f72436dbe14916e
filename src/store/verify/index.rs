//! Whether the search indexes hold what they should. PostgreSQL's can be compared whole; SQLite's keep no text but how
//! many words each column has.

use crate::domain::comment::{Comment, Visibility};
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::store::Store;
use crate::store::dialect::{Batch, Dialect, Rows, Value, read_row};
use crate::store::fault::Fault;
use crate::store::search::words::Words;
use sqlx::Row;
use std::collections::BTreeMap;

/// What the indexes hold of some tickets: all, and what is public of it.
#[derive(Default)]
pub(super) struct Kept(BTreeMap<i64, [Option<Entry>; 2]>);

/// What an index holds of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    /// How many words in each column.
    Sizes(Vec<u64>),
    /// Everything.
    Whole(String),
}

struct SizeRow(i64, Vec<u8>);

read_row!(SizeRow, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?)));

struct VectorRow(i64, Option<String>, Option<String>);

read_row!(VectorRow, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)));

/// Asks for them; `some` names the tickets.
pub(super) fn push(batch: &mut Batch, dialect: Dialect, some: &str, values: &[Value]) {
    match dialect {
        Dialect::Sqlite => {
            for index in ["search_all", "search_public"] {
                let sql = format!("SELECT d.id, d.sz FROM {index}_docsize d WHERE d.id IN {some}");
                batch.push(sql, values.to_vec());
            }
        }
        Dialect::Pg => batch.push(
            format!(
                "SELECT s.ticket_id, s.all_words::TEXT, s.public_words::TEXT FROM ticket_search s \
                 WHERE s.ticket_id IN {some}"
            ),
            values.to_vec(),
        ),
    }
}

pub(super) fn read(dialect: Dialect, rows: &[Rows]) -> Result<Kept, Fault> {
    let mut kept = Kept::default();
    match dialect {
        Dialect::Sqlite => {
            for (at, rows) in rows.iter().enumerate().take(2) {
                for SizeRow(id, sizes) in rows.read()? {
                    kept.0.entry(id).or_default()[at] = Some(Entry::Sizes(numbers(&sizes)));
                }
            }
        }
        Dialect::Pg => {
            for rows in rows {
                for VectorRow(id, all, public) in rows.read()? {
                    kept.0.insert(id, [all.map(Entry::Whole), public.map(Entry::Whole)]);
                }
            }
        }
    }
    Ok(kept)
}

/// SQLite's variable-length numbers: seven bits a byte, the highest first.
fn numbers(bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    let mut number = 0;
    for byte in bytes {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            numbers.push(number);
            number = 0;
        }
    }
    numbers
}

/// What the indexes should hold of a ticket.
pub(super) fn expected(ticket: &Ticket, said: &[Comment]) -> Words {
    Words::of(ticket, said.iter().map(|one| (one.body.as_str(), one.visibility == Visibility::Public)))
}

impl Store {
    /// The tickets that would not be found as they should.
    pub(super) async fn misfound(&self, kept: &Kept, expected: Vec<Words>) -> Result<Vec<TicketId>, Fault> {
        let mut should: Vec<(TicketId, [Option<Entry>; 2])> = Vec::with_capacity(expected.len());
        let mut batch = Batch::default();
        for words in expected {
            match self.db().dialect() {
                Dialect::Sqlite => should.push((words.ticket, sizes(&words))),
                Dialect::Pg => {
                    // PostgreSQL's own spelling of the same words. It looks at no table, so it may come later.
                    should.push((words.ticket, [None, None]));
                    let (all, public) = words.vectors();
                    let values = vec![words.ticket.0.into(), all.into(), public.into()];
                    batch.push("SELECT $1::BIGINT, CAST($2 AS TSVECTOR)::TEXT, CAST($3 AS TSVECTOR)::TEXT", values);
                }
            }
        }
        for (rows, (_, should)) in self.read(batch).await?.iter().zip(&mut should) {
            if let Some(VectorRow(_, all, public)) = rows.first()? {
                *should = [all.map(Entry::Whole), public.map(Entry::Whole)];
            }
        }
        let none = [None, None];
        let wrong = should.into_iter().filter(|(id, should)| kept.0.get(&id.0).unwrap_or(&none) != should);
        Ok(wrong.map(|(id, _)| id).collect())
    }
}

/// How many words each column has in either index.
fn sizes(words: &Words) -> [Option<Entry>; 2] {
    let count = |text: &str| text.split_whitespace().count() as u64;
    let entry = |comments| Entry::Sizes(vec![1, count(&words.subject), count(comments), count(&words.whose)]);
    [Some(entry(&words.all)), words.public.as_deref().map(entry)]
}
