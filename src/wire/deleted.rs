use super::Time;
use crate::domain::removal::DeletedTicket as Domain;
use serde::Serialize;
use utoipa::ToSchema;

/// A deleted ticket.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeletedTicket {
    id: i64,
    subject: String,
    actor: Actor,
    deleted_at: Time,
    previous_state: &'static str,
}

/// Who deleted it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = DeletedTicketActor)]
pub struct Actor {
    /// -1 for the account itself.
    id: i64,
    name: Option<String>,
}

impl DeletedTicket {
    /// A row of the list, with the name of who deleted it.
    pub fn of(ticket: &Domain, name: Option<String>) -> Self {
        Self {
            id: ticket.id.0,
            subject: ticket.subject.clone(),
            actor: Actor { id: ticket.by.map_or(-1, |id| id.0), name },
            deleted_at: ticket.at.into(),
            previous_state: ticket.status.name(),
        }
    }
}
