use super::Time;
use super::audit::{AuditEvent, change};
use crate::domain::id::TicketId;
use crate::domain::status::Status;
use crate::domain::time::Timestamp;
use crate::domain::timer::{Due, Timer};
use serde::Serialize;

/// Something that a timer did, or would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    ticket_id: i64,
    automation: &'static str,
    due_at: Time,
    changes: Vec<AuditEvent>,
}

impl Run {
    /// A timer that ran on a ticket and took it from one status to another, or reminded its requester.
    pub fn of(ticket: TicketId, timer: Timer, due_at: Timestamp, (from, to): (Status, Status)) -> Self {
        let one = match timer {
            Timer::Remind => AuditEvent::Notification { automation: timer.name() },
            Timer::End | Timer::Close => change("status", from.name(), to.name()),
        };
        Self { ticket_id: ticket.0, automation: timer.name(), due_at: due_at.into(), changes: vec![one] }
    }
}

/// Something that will happen to a ticket by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forecast {
    ticket_id: i64,
    subject: String,
    automation: &'static str,
    due_at: Time,
    closes: bool,
}

impl Forecast {
    /// What is due on a ticket.
    pub fn of(ticket: TicketId, subject: &str, due: &Due) -> Self {
        Self {
            ticket_id: ticket.0,
            subject: subject.to_owned(),
            automation: due.timer.name(),
            due_at: due.at.into(),
            closes: due.closes,
        }
    }
}
