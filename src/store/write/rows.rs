//! New rows per table, many in one statement.

use crate::store::dialect::{Batch, Value};
use crate::store::{comment, ticket};
use std::borrow::Cow;

/// Tables into which rows only come, in an order in which each finds what it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Tickets,
    TicketTags,
    TicketPeople,
    TicketFields,
    Comments,
    Attachments,
    Audits,
    Texts,
    Acts,
    Inbox,
    Outbox,
}

/// As many rows in one statement at most: SQLite takes 32,766 parameters. Fewer go in halves of it, so that there are
/// few different statements.
const MOST: usize = 512;

impl Table {
    /// Adds rows, one value after the other, as statements.
    pub(super) fn push(self, batch: &mut Batch, values: Vec<Value>) {
        let (table, columns) = self.name_and_columns();
        let width = columns.split(',').count();
        let mut left = values.len() / width;
        let mut values = values.into_iter();
        let (mut size, mut text) = (0, String::new());
        while left > 0 {
            let fits = if left >= MOST { MOST } else { 1 << left.ilog2() };
            if fits != size {
                size = fits;
                text = format!("INSERT INTO {table} ({columns}) VALUES {}", places(size, width));
            }
            batch.push(text.clone(), values.by_ref().take(size * width).collect());
            left -= size;
        }
    }

    fn name_and_columns(self) -> (&'static str, Cow<'static, str>) {
        match self {
            Self::Tickets => ("tickets", ticket::COLUMNS.join(", ").into()),
            Self::TicketTags => ("ticket_tags", "tag, ticket_id".into()),
            Self::TicketPeople => ("ticket_people", "person_id, relation, ticket_id".into()),
            Self::TicketFields => ("ticket_fields", "field_id, number, text, ticket_id".into()),
            Self::Comments => ("comments", comment::COLUMNS.into()),
            Self::Attachments => ("attachments", comment::ATTACHMENT_COLUMNS.into()),
            Self::Audits => ("audits", "id, ticket_id, number, at, who, via, events, link".into()),
            Self::Texts => ("texts", "audit_id, place, salt, body".into()),
            Self::Inbox => ("inbox", "person_id, ticket_id, rule_id, text_id, comment_id, at".into()),
            Self::Outbox => ("outbox", super::notices::OUTBOX_COLUMNS.into()),
            Self::Acts => ("acts", "person_id, key, digest, outcome, at".into()),
        }
    }
}

/// `($1, $2), ($3, $4)`
pub(super) fn places(rows: usize, width: usize) -> String {
    let row = |at: usize| {
        let places: Vec<String> = (1..=width).map(|place| format!("${}", at * width + place)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
