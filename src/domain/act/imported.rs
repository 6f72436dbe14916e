use crate::domain::case::{Score, TicketType};
use crate::domain::comment::{Channel, NewComment};
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, TicketId};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A ticket with its past. Its people, groups and kinds are the account's already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedTicket {
    /// Its title.
    pub subject: String,
    /// What sort of request it is.
    pub kind: Option<KindId>,
    /// What sort of case it is.
    pub ticket_type: Option<TicketType>,
    /// The problem that caused it, of this account.
    pub problem: Option<TicketId>,
    /// What its requester thought of how it was solved, and why.
    pub rating: Option<(Score, Option<String>)>,
    /// Where it stands now.
    pub status: Status,
    /// Since when; the last comment's time when none.
    pub status_at: Option<Timestamp>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// For whom; whoever imports when none.
    pub requester: Option<PersonId>,
    /// Who opened it; the requester when none.
    pub submitter: Option<PersonId>,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// The group that works on it.
    pub group: Option<GroupId>,
    /// Its labels.
    pub tags: BTreeSet<Tag>,
    /// Who else follows it.
    pub ccs: BTreeSet<PersonId>,
    /// Agents who follow it unseen.
    pub followers: BTreeSet<PersonId>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// What its fields hold, as they are written there.
    pub fields: BTreeMap<FieldId, String>,
    /// Its number there.
    pub external_id: Option<String>,
    /// How it came there.
    pub via: Channel,
    /// When it was opened; when it is imported when none.
    pub created_at: Option<Timestamp>,
    /// What was said, oldest first; at least one. A first internal one makes a private ticket.
    pub comments: Vec<ImportedComment>,
}

/// A comment with its past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedComment {
    /// Who said it; the requester when none.
    pub author: Option<PersonId>,
    /// What, to whom.
    pub comment: NewComment,
    /// When; with the ticket's opening when none.
    pub at: Option<Timestamp>,
}
