use super::{Place, Time};
use crate::domain::suspended::Suspended;
use serde::Serialize;
use utoipa::ToSchema;

/// A mail that came in and is nobody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SuspendedTicket {
    id: i64,
    url: Option<String>,
    author: Author,
    subject: String,
    /// What it says; only where it is shown alone.
    content: Option<String>,
    cause: String,
    ticket_id: Option<i64>,
    size: u64,
    created_at: Time,
    updated_at: Time,
}

/// Who claims to have written it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SuspendedAuthor)]
struct Author {
    id: Option<i64>,
    name: Option<String>,
    email: Option<String>,
}

impl SuspendedTicket {
    /// A mail, with what it says where that was read.
    pub fn of(one: &Suspended, content: Option<String>, place: &Place) -> Self {
        Self {
            id: one.id,
            url: place.url(&format!("suspended_tickets/{}", one.id)),
            author: Author { id: None, name: one.sender_name.clone(), email: one.sender.clone() },
            subject: one.subject.clone(),
            content,
            cause: one.why.clone(),
            ticket_id: one.ticket.map(|id| id.0),
            size: one.size,
            created_at: one.at.into(),
            updated_at: one.at.into(),
        }
    }
}
