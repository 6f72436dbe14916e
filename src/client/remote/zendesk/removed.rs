//! What was deleted, and mails that are nobody's.

use super::Zendesk;
use super::api::{encoded, next};
use crate::client::{Cursor, Error, Names, Page};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::removal::DeletedTicket;
use crate::domain::status::Status;
use crate::domain::suspended::Suspended;
use crate::domain::time::Timestamp;
use crate::wire::received::Row;

impl Zendesk {
    pub(super) async fn read_deleted(&self, after: Option<Cursor>, limit: u32) -> Result<Page<DeletedTicket>, Error> {
        let path = page("deleted_tickets", after.as_ref(), limit);
        let body = self.api.get(&path).await?;
        let mut names = Names::default();
        for actor in Row(&body).list("deleted_tickets").map(|row| row.get("actor")) {
            names.people.extend(actor.int("id").map(|id| (PersonId(id), actor.words("name"))));
        }
        let rows = Row(&body).list("deleted_tickets").filter_map(deleted).collect();
        Ok(Page::new(rows, names, next(&body).map(Cursor)))
    }

    pub(super) async fn read_suspended(&self, after: Option<Cursor>, limit: u32) -> Result<Page<Suspended>, Error> {
        let path = page("suspended_tickets", after.as_ref(), limit);
        let body = self.api.get(&path).await?;
        let rows = Row(&body).list("suspended_tickets").filter_map(suspended).collect();
        Ok(Page::new(rows, Names::default(), next(&body).map(Cursor)))
    }
}

fn page(path: &str, after: Option<&Cursor>, limit: u32) -> String {
    let after = after.map(|after| format!("&page%5Bafter%5D={}", encoded(&after.0))).unwrap_or_default();
    format!("{path}?page%5Bsize%5D={}{after}", limit.clamp(1, 100))
}

fn deleted(row: Row<'_>) -> Option<DeletedTicket> {
    Some(DeletedTicket {
        id: TicketId(row.int("id")?),
        subject: row.words("subject"),
        by: row.get("actor").int("id").filter(|id| *id > 0).map(PersonId),
        at: row.time("deleted_at").unwrap_or(Timestamp(0)),
        status: row.text("previous_state").and_then(Status::parse).unwrap_or(Status::Open),
    })
}

fn suspended(row: Row<'_>) -> Option<Suspended> {
    let author = row.get("author");
    Some(Suspended {
        id: row.int("id")?,
        sender: author.filled("email").map(str::to_owned),
        sender_name: author.filled("name").map(str::to_owned),
        subject: row.words("subject"),
        at: row.time("created_at").unwrap_or(Timestamp(0)),
        why: row.words("cause"),
        ticket: row.int("ticket_id").map(TicketId),
        size: row.text("content").map_or(0, |content| content.len() as u64),
    })
}
