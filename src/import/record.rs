use crate::domain::case::{Score, TicketType};
use crate::domain::comment::Visibility;
use crate::domain::status::{Priority, Status};
use crate::domain::time::Timestamp;

/// A ticket as a file has it: people, groups and kinds by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where it stands: file and line.
    pub place: Place,
    /// Its number there; what the key is made from. The whole record when none.
    pub external_id: Option<String>,
    /// Its title.
    pub subject: String,
    /// Where it stands now.
    pub status: Status,
    /// Since when.
    pub status_at: Option<Timestamp>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// What sort of case it is.
    pub ticket_type: Option<TicketType>,
    /// The number there of the problem that caused it.
    pub problem: Option<String>,
    /// What its requester thought of how it was solved, and why.
    pub rating: Option<(Score, Option<String>)>,
    /// The kind's slug.
    pub kind: Option<String>,
    /// For whom; whoever imports when none.
    pub requester: Option<Somebody>,
    /// Who works on it: an agent.
    pub assignee: Option<Somebody>,
    /// The group that works on it.
    pub group: Option<String>,
    /// Its labels, as written there.
    pub tags: Vec<String>,
    /// Who else follows it.
    pub ccs: Vec<Somebody>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// When it was opened; when it is imported when none.
    pub created_at: Option<Timestamp>,
    /// What was said, oldest first; the first one is the description.
    pub comments: Vec<Said>,
}

/// Where a record stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
}

/// A person as a file names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Somebody {
    /// Their name.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their number there.
    pub external_id: Option<String>,
    /// Their phone.
    pub phone: Option<String>,
    /// Their organization's name.
    pub organization: Option<String>,
    /// Whether they work tickets there.
    pub staff: bool,
}

impl Somebody {
    /// Nobody at all.
    pub const fn is_nobody(&self) -> bool {
        self.name.is_none() && self.email.is_none() && self.external_id.is_none()
    }
}

/// Something said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who; the requester when none.
    pub author: Option<Somebody>,
    /// What.
    pub body: String,
    /// To whom.
    pub visibility: Visibility,
    /// When; with the ticket's opening when none.
    pub at: Option<Timestamp>,
}
