//! Whether the search indexes hold what they should. PostgreSQL's can be compared whole; SQLite's keep no text but how
//! many words each column has.

use crate::domain::comment::{Comment, Visibility};
use crate::domain::ticket::Ticket;
use crate::domain::word::{indexed_comments, indexed_subject};
use crate::store::dialect::{Batch, Dialect, Rows, Value, read_row};
use crate::store::fault::Fault;
use sqlx::Row;
use std::collections::BTreeMap;

/// What the indexes hold of some tickets: how many words in each column, of everything and of what is public.
pub(super) struct Kept {
    all: BTreeMap<i64, Vec<u64>>,
    public: BTreeMap<i64, Vec<u64>>,
}

struct SizeRow(i64, Vec<u8>);

read_row!(SizeRow, |row| Ok(Self(row.try_get(0)?, row.try_get(1)?)));

/// Number, then how many places of each weight: D, A, B, C.
struct WeightRow(i64, i64, i64, i64, i64);

read_row!(WeightRow, |row| Ok(Self(
    row.try_get(0)?,
    row.try_get(1)?,
    row.try_get(2)?,
    row.try_get(3)?,
    row.try_get(4)?
)));

/// Asks for them; `some` names the tickets.
pub(super) fn push(batch: &mut Batch, dialect: Dialect, some: &str, values: Vec<Value>) {
    for (fts, column) in [("search_all", "all_words"), ("search_public", "public_words")] {
        let sql = match dialect {
            Dialect::Sqlite => format!("SELECT d.id, d.sz FROM {fts}_docsize d WHERE d.id IN {some}"),
            Dialect::Pg => {
                let count = |weight: &str| {
                    format!(
                        "(SELECT coalesce(sum(array_length(w.positions, 1)), 0)::BIGINT \
                         FROM unnest(ts_filter(s.{column}, '{{{weight}}}')) w)"
                    )
                };
                format!(
                    "SELECT s.ticket_id, {}, {}, {}, {} FROM ticket_search s \
                     WHERE s.{column} IS NOT NULL AND s.ticket_id IN {some}",
                    count("d"),
                    count("a"),
                    count("b"),
                    count("c")
                )
            }
        };
        batch.push(sql, values.clone());
    }
}

pub(super) fn read(dialect: Dialect, rows: &[Rows]) -> Result<Kept, Fault> {
    let mut kept = [BTreeMap::new(), BTreeMap::new()];
    for (rows, kept) in rows.iter().zip(&mut kept) {
        match dialect {
            Dialect::Sqlite => kept.extend(rows.read::<SizeRow>()?.into_iter().map(|row| (row.0, numbers(&row.1)))),
            Dialect::Pg => {
                let counts = |row: WeightRow| [row.1, row.2, row.3, row.4].map(i64::unsigned_abs).to_vec();
                kept.extend(rows.read::<WeightRow>()?.into_iter().map(|row| (row.0, counts(row))));
            }
        }
    }
    let [all, public] = kept;
    Ok(Kept { all, public })
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

impl Kept {
    /// Whether a ticket can be found by as many words as it has, and not where it must not be.
    pub(super) fn holds(&self, ticket: &Ticket, said: &[Comment]) -> bool {
        let subject = words(&indexed_subject(&ticket.subject));
        let all = words(&indexed_comments(said.iter().map(|one| one.body.as_str())));
        let public = said.iter().filter(|one| one.visibility == Visibility::Public);
        let public = words(&indexed_comments(public.map(|one| one.body.as_str())));
        let seen_by = 1 + ticket.ccs.len() as u64 + u64::from(ticket.organization.is_some());
        let same = |kept: Option<&Vec<u64>>, expected: &[u64]| {
            kept.is_some_and(|kept| kept.iter().chain(std::iter::repeat(&0)).take(4).eq(expected))
        };
        let in_public = self.public.get(&ticket.id.0);
        same(self.all.get(&ticket.id.0), &[1, subject, all, 0])
            && if ticket.is_public() { same(in_public, &[1, subject, public, seen_by]) } else { in_public.is_none() }
    }
}

fn words(text: &str) -> u64 {
    text.split_whitespace().count() as u64
}
