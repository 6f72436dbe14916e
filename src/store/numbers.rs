//! New numbers. In SQLite one transaction at a time writes, so what comes after the last number is free; several
//! servers at one PostgreSQL take theirs from its sequences.

use super::dialect::{Batch, Conn, Dialect, Rows, read_row};
use super::fault::{Fault, FaultKind};
use crate::domain::decide::{Fresh, Needs};
use crate::domain::id::{AttachmentId, CommentId, GroupId, OrganizationId, PersonId, TicketId};
use sqlx::Row;

/// Where numbers come from, ascending.
type Supply = Box<dyn Iterator<Item = i64> + Send>;

/// Numbers that nobody has had, to be handed out one after the other.
pub(super) struct Numbers {
    tickets: Supply,
    comments: Supply,
    attachments: Supply,
    people: Supply,
    organizations: Supply,
    groups: Supply,
    items: Supply,
    /// Of PostgreSQL's audits none: how many there will be is known only when everything is decided.
    audits: Supply,
}

/// The last numbers, in the order of the tables of [`Numbers`]: one row, for each row costs a change of threads.
const LAST: &str = "SELECT (SELECT coalesce(max(id), 0) FROM tickets), (SELECT coalesce(max(id), 0) FROM comments), \
     (SELECT coalesce(max(id), 0) FROM attachments), (SELECT coalesce(max(id), 0) FROM people), \
     (SELECT coalesce(max(id), 0) FROM organizations), 
     (SELECT max(coalesce(max(id), 0), (SELECT coalesce(max(id), 0) FROM items WHERE kind = 'gone group')) FROM agent_groups), \
     (SELECT coalesce(max(id), 0) FROM audits), (SELECT coalesce(max(id), 0) FROM items WHERE kind <> 'gone group')";
const NEXT: &str = "SELECT 0::BIGINT, nextval('tickets_numbers') FROM generate_series(1, $1) \
     UNION ALL SELECT 1, nextval('comments_numbers') FROM generate_series(1, $2) \
     UNION ALL SELECT 2, nextval('attachments_numbers') FROM generate_series(1, $3) \
     UNION ALL SELECT 3, nextval('people_numbers') FROM generate_series(1, $4) \
     UNION ALL SELECT 4, nextval('organizations_numbers') FROM generate_series(1, $5) \
     UNION ALL SELECT 5, nextval('agent_groups_numbers') FROM generate_series(1, $6) \
     UNION ALL SELECT 7, nextval('items_numbers') FROM generate_series(1, $7)";
/// The sequences go on after the last numbers.
const GO_ON: [&str; 8] = [
    "SELECT setval('tickets_numbers', coalesce(max(id), 0) + 1, false) FROM tickets",
    "SELECT setval('comments_numbers', coalesce(max(id), 0) + 1, false) FROM comments",
    "SELECT setval('attachments_numbers', coalesce(max(id), 0) + 1, false) FROM attachments",
    "SELECT setval('people_numbers', coalesce(max(id), 0) + 1, false) FROM people",
    "SELECT setval('organizations_numbers', coalesce(max(id), 0) + 1, false) FROM organizations",
    "SELECT setval('agent_groups_numbers', coalesce(max(id), 0) + 1, false) FROM agent_groups",
    "SELECT setval('audits_numbers', coalesce(max(id), 0) + 1, false) FROM audits",
    "SELECT setval('items_numbers', coalesce(max(id), 0) + 1, false) FROM items",
];

/// Asks for as many as acts need; [`Numbers::taken`] or [`Numbers::after_last`] reads the answer.
pub(super) fn push(batch: &mut Batch, dialect: Dialect, needs: Needs) {
    match dialect {
        Dialect::Sqlite => push_last(batch),
        Dialect::Pg => {
            let Needs { tickets, comments, attachments, people, organizations, groups, items } = needs;
            let counts = [tickets, comments, attachments, people, organizations, groups, items];
            batch.push(NEXT, counts.into_iter().map(|count| i64::try_from(count).unwrap_or(i64::MAX).into()).collect());
        }
    }
}

/// Asks for the last ones: of whoever writes alone.
pub(super) fn push_last(batch: &mut Batch) {
    batch.push(LAST, Vec::new());
}

/// Lets PostgreSQL's sequences go on after what was written without them.
pub(super) fn go_on(batch: &mut Batch) {
    for sql in GO_ON {
        batch.push(sql, Vec::new());
    }
}

impl Numbers {
    /// The answer to [`push`].
    pub(super) fn read(dialect: Dialect, rows: &Rows) -> Result<Self, Fault> {
        match dialect {
            Dialect::Sqlite => Self::after_last(rows),
            Dialect::Pg => Self::taken(rows),
        }
    }

    /// The answer to [`push_last`].
    pub(super) fn after_last(rows: &Rows) -> Result<Self, Fault> {
        let none = || Fault::new(FaultKind::Other, "no numbers");
        let LastRow(last) = rows.first()?.ok_or_else(none)?;
        Ok(Self::of(|what| Box::new(last[what] + 1..)))
    }

    fn taken(rows: &Rows) -> Result<Self, Fault> {
        let rows: Vec<NumberRow> = rows.read()?;
        Ok(Self::of(|what| {
            let what = i64::try_from(what).unwrap_or_default();
            let numbers: Vec<i64> = rows.iter().filter(|row| row.what == what).map(|row| row.number).collect();
            Box::new(numbers.into_iter())
        }))
    }

    fn of(supply: impl Fn(usize) -> Supply) -> Self {
        Self {
            tickets: supply(0),
            comments: supply(1),
            attachments: supply(2),
            people: supply(3),
            organizations: supply(4),
            groups: supply(5),
            audits: supply(6),
            items: supply(7),
        }
    }

    /// As an act needs them. Those that it does not take stay unused.
    pub(super) fn fresh(&mut self, needs: Needs) -> Fresh {
        Fresh {
            tickets: self.tickets.by_ref().take(needs.tickets).map(TicketId).collect(),
            comments: self.comments.by_ref().take(needs.comments).map(CommentId).collect(),
            attachments: self.attachments.by_ref().take(needs.attachments).map(AttachmentId).collect(),
            people: self.people.by_ref().take(needs.people).map(PersonId).collect(),
            organizations: self.organizations.by_ref().take(needs.organizations).map(OrganizationId).collect(),
            groups: self.groups.by_ref().take(needs.groups).map(GroupId).collect(),
            items: self.items.by_ref().take(needs.items).collect(),
        }
    }

    /// For so many audits, of whoever writes alone.
    pub(super) fn audits(&mut self, count: usize) -> Vec<i64> {
        self.audits.by_ref().take(count).collect()
    }

    /// For so many audits.
    pub(super) async fn audits_in(&mut self, conn: &mut Conn<'_>, count: usize) -> Result<Vec<i64>, Fault> {
        match conn.dialect() {
            Dialect::Sqlite => Ok(self.audits(count)),
            Dialect::Pg => audits_of_sequence(conn, count).await,
        }
    }
}

async fn audits_of_sequence(conn: &mut Conn<'_>, count: usize) -> Result<Vec<i64>, Fault> {
    let mut batch = Batch::default();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    batch.push("SELECT 6::BIGINT, nextval('audits_numbers') FROM generate_series(1, $1)", vec![count.into()]);
    let rows = batch.rows(conn).await?;
    let numbers: Vec<NumberRow> = rows.first().map(Rows::read).transpose()?.unwrap_or_default();
    Ok(numbers.into_iter().map(|row| row.number).collect())
}

struct LastRow([i64; 8]);

read_row!(LastRow, |row| {
    let mut last = [0; 8];
    for (at, number) in last.iter_mut().enumerate() {
        *number = row.try_get(at)?;
    }
    Ok(Self(last))
});

struct NumberRow {
    what: i64,
    number: i64,
}

read_row!(NumberRow, |row| Ok(Self { what: row.try_get(0)?, number: row.try_get(1)? }));
