use super::id::TicketId;
use super::time::Timestamp;

/// A mail that is nobody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspended {
    /// Its number.
    pub id: i64,
    /// Who claims to have written it: hostile text.
    pub sender: Option<String>,
    /// The name beside it: hostile text.
    pub sender_name: Option<String>,
    /// The subject: hostile text.
    pub subject: String,
    /// When it came.
    pub at: Timestamp,
    /// Why it is here, by its name.
    pub why: String,
    /// The ticket that it claims to be about.
    pub ticket: Option<TicketId>,
    /// Its length in bytes.
    pub size: u64,
}
