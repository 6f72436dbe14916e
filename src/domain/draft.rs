use super::id::TicketId;
use super::time::Timestamp;
use std::collections::BTreeMap;

/// Something written and not yet sent. Kept from the first keystroke until the account has said yes (Z07).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// For what: one draft each.
    pub place: DraftPlace,
    /// The text.
    pub body: String,
    /// What else was filled in, by field name.
    pub fields: BTreeMap<String, String>,
    /// Paths of files to be attached.
    pub files: Vec<String>,
    /// The key under which it is sent, so that sending it again after a lost answer does nothing twice.
    pub key: String,
    /// The last keystroke.
    pub updated_at: Timestamp,
}

/// What a draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DraftPlace {
    /// A public reply on a ticket.
    Reply(TicketId),
    /// An internal note on a ticket.
    Note(TicketId),
    /// A ticket that is not submitted yet.
    NewTicket,
}
