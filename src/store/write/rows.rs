//! New rows per table, many in one statement.

use crate::store::dialect::{Batch, Value};
use crate::store::{comment, search, ticket};

/// Tables into which rows only come, in an order in which each finds what it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Tickets,
    TicketTags,
    TicketPeople,
    Comments,
    Attachments,
    Audits,
    Texts,
    SearchAll,
    SearchPublic,
    SearchPg,
}

/// As many rows in one statement at most. Fewer go in halves of it, so that there are few different statements.
const MOST: usize = 64;

impl Table {
    /// Adds rows as statements.
    pub(super) fn push(self, batch: &mut Batch, rows: Vec<Vec<Value>>) {
        let mut rows = rows.into_iter();
        while rows.len() > 0 {
            let mut size = MOST;
            while size > rows.len() {
                size /= 2;
            }
            let some: Vec<Vec<Value>> = rows.by_ref().take(size).collect();
            let width = some.first().map_or(0, Vec::len);
            batch.push(self.text(some.len(), width), some.into_iter().flatten().collect());
        }
    }

    fn text(self, rows: usize, width: usize) -> String {
        let (table, columns) = match self {
            Self::Tickets => ("tickets", ticket::COLUMNS.join(", ")),
            Self::TicketTags => ("ticket_tags", "tag, ticket_id".to_owned()),
            Self::TicketPeople => ("ticket_people", "person_id, relation, ticket_id".to_owned()),
            Self::Comments => ("comments", comment::COLUMNS.to_owned()),
            Self::Attachments => ("attachments", comment::ATTACHMENT_COLUMNS.to_owned()),
            Self::Audits => ("audits", "id, ticket_id, number, at, who, via, events, link".to_owned()),
            Self::Texts => ("texts", "audit_id, place, salt, body".to_owned()),
            Self::SearchAll => ("search_all", search::COLUMNS.to_owned()),
            Self::SearchPublic => ("search_public", search::COLUMNS.to_owned()),
            Self::SearchPg => return vectors(rows),
        };
        format!("INSERT INTO {table} ({columns}) VALUES {}", places(rows, width))
    }
}

/// PostgreSQL's index is told what its texts are.
fn vectors(rows: usize) -> String {
    let row = |at: usize| format!("(${}, CAST(${} AS TSVECTOR), CAST(${} AS TSVECTOR))", at + 1, at + 2, at + 3);
    let rows: Vec<String> = (0..rows).map(|at| row(3 * at)).collect();
    format!("INSERT INTO ticket_search ({}) VALUES {}", search::PG_COLUMNS, rows.join(", "))
}

/// `($1, $2), ($3, $4)`
pub(super) fn places(rows: usize, width: usize) -> String {
    let row = |at: usize| {
        let places: Vec<String> = (1..=width).map(|place| format!("${}", at * width + place)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
