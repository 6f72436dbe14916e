use super::audit::{AuditEvent, events};
use super::{Place, Time};
use crate::domain::event::Event;
use crate::domain::id::TicketId;
use crate::domain::time::Timestamp;
use crate::domain::timer::Due;
use serde::Serialize;

/// Something that an automation did, or would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    ticket_id: i64,
    automation: String,
    due_at: Time,
    changes: Vec<AuditEvent>,
}

impl Run {
    /// What an automation of that name did on a ticket.
    pub fn of(ticket: TicketId, automation: &str, due_at: Timestamp, did: &[Event], place: &Place) -> Self {
        let changes = did.iter().flat_map(|event| events(event, place)).collect();
        Self { ticket_id: ticket.0, automation: automation.to_owned(), due_at: due_at.into(), changes }
    }
}

/// Something that will happen to a ticket by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forecast {
    ticket_id: i64,
    subject: String,
    automation: String,
    due_at: Time,
    closes: bool,
}

impl Forecast {
    /// What is due on a ticket.
    pub fn of(ticket: TicketId, subject: &str, due: &Due) -> Self {
        Self {
            ticket_id: ticket.0,
            subject: subject.to_owned(),
            automation: due.slug.clone(),
            due_at: due.at.into(),
            closes: due.does == crate::domain::timer::Does::Closes,
        }
    }
}
