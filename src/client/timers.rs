use crate::domain::event::Event;
use crate::domain::id::TicketId;
use crate::domain::rule::RuleRef;
use crate::domain::time::Timestamp;
use crate::domain::timer::Due;

/// Something that will happen to a ticket by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTicket {
    /// To which.
    pub ticket: TicketId,
    /// Its title.
    pub subject: String,
    /// What, when.
    pub due: Due,
}

/// Something that an automation did, or would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// On which ticket.
    pub ticket: TicketId,
    /// Which automation.
    pub rule: RuleRef,
    /// When it was due.
    pub due_at: Timestamp,
    /// What happened.
    pub events: Vec<Event>,
}
