use super::{Request, Ticket};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a list goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Meta {
    /// Whether there is more.
    pub has_more: bool,
    /// With what the next page is asked for.
    pub after_cursor: Option<String>,
    /// With what the page before would be asked for: never known here.
    pub before_cursor: Option<String>,
}

impl Meta {
    /// A page that ended at a cursor, or at the end.
    pub const fn after(cursor: Option<String>) -> Self {
        Self { has_more: cursor.is_some(), after_cursor: cursor, before_cursor: None }
    }
}

/// Something found, with its `result_type`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "result_type", rename_all = "snake_case")]
pub enum Found {
    /// By an agent.
    Ticket(Box<Ticket>),
    /// By an end user.
    Request(Box<Request>),
}
