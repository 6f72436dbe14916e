use super::Cursor;
use crate::domain::id::TicketId;
use std::collections::BTreeSet;

/// What has changed for somebody. It says that something is another, never what: that they ask, with their own eyes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Where it goes on. It says nothing to whoever holds it.
    pub place: Cursor,
    /// The tickets, or requests, that are others than before, or are theirs to see no longer.
    pub tickets: BTreeSet<TicketId>,
    /// Whether more has changed than is told: everything may be another.
    pub everything: bool,
    /// Whether their session is another: they themselves, or what they may know of the account.
    pub session: bool,
    /// The tickets that they have open and that others of the team have open now, or begin to answer, or no longer.
    pub around: BTreeSet<TicketId>,
    /// How many notices they have not read, where that is another number.
    pub unread: Option<u64>,
}

impl News {
    /// No news, and where they go on.
    pub const fn none(place: Cursor) -> Self {
        Self {
            place,
            tickets: BTreeSet::new(),
            everything: false,
            session: false,
            around: BTreeSet::new(),
            unread: None,
        }
    }

    /// Whether nothing has changed.
    pub fn is_none(&self) -> bool {
        let same = self.tickets.is_empty() && self.around.is_empty() && self.unread.is_none();
        same && !self.everything && !self.session
    }
}
