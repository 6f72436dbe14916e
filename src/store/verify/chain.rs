//! A chain counted again.

use crate::domain::history::{self, Link, START};
use crate::store::dialect::read_row;
use crate::store::ticket::link;
use crate::store::write::linked_bytes;
use sqlx::Row;

pub(super) struct AuditRow {
    pub(super) id: i64,
    pub(super) ticket: i64,
    pub(super) number: i64,
    pub(super) at: i64,
    pub(super) who: Option<i64>,
    pub(super) via: String,
    pub(super) events: String,
    pub(super) link: Link,
}

read_row!(AuditRow, |row| Ok(Self {
    id: row.try_get(0)?,
    ticket: row.try_get(1)?,
    number: row.try_get(2)?,
    at: row.try_get(3)?,
    who: row.try_get(4)?,
    via: row.try_get(5)?,
    events: row.try_get(6)?,
    link: link(row.try_get(7)?)?,
}));

/// How far a chain was followed.
pub(super) struct Chain {
    pub(super) number: i64,
    pub(super) link: Link,
}

impl Default for Chain {
    fn default() -> Self {
        Self { number: 0, link: START }
    }
}

impl Chain {
    /// One audit further; whether it is the one that was written. After one that is not, it goes on from there.
    pub(super) fn follow(&mut self, audit: &AuditRow) -> bool {
        let bytes = linked_bytes(audit.ticket, audit.at, audit.who, &audit.via, &audit.events);
        let expected = history::link(&self.link, audit.number, &bytes);
        let follows = audit.number == self.number + 1 && expected == audit.link;
        self.number = audit.number;
        self.link = audit.link;
        follows
    }
}
