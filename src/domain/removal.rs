//! How tickets, and parts of what was said on them, are taken away and brought back.

use super::account::Settings;
use super::audience::Viewer;
use super::comment::{Attachment, Comment};
use super::id::{AttachmentId, CommentId, PersonId, TicketId};
use super::person::Role;
use super::status::Status;
use super::time::Timestamp;

/// What is wanted of a ticket that is to go, or is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It goes: for everybody as if it were not there, until it is brought back.
    Delete(TicketId),
    /// It goes, and whoever asked is shut out.
    Spam(TicketId),
    /// It comes back as it was.
    Restore(TicketId),
    /// What is gone goes for good, with all that was said on it (D35).
    Purge(TicketId),
    /// A piece of what was said is blackened wherever it stands in a comment, for good.
    Redact {
        /// On which ticket.
        ticket: TicketId,
        /// In which comment.
        comment: CommentId,
        /// The piece, as it is written there.
        text: String,
    },
    /// A file is taken off a comment for good; that there was one stays to be seen.
    RedactFile {
        /// On which ticket.
        ticket: TicketId,
        /// Off which comment.
        comment: CommentId,
        /// Which.
        file: AttachmentId,
    },
}

impl Removal {
    /// Of which ticket.
    pub const fn ticket(&self) -> TicketId {
        match self {
            Self::Delete(ticket)
            | Self::Spam(ticket)
            | Self::Restore(ticket)
            | Self::Purge(ticket)
            | Self::Redact { ticket, .. }
            | Self::RedactFile { ticket, .. } => *ticket,
        }
    }
}

/// What has become of a ticket, or of a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It is gone, until it is brought back.
    Deleted {
        /// By whom.
        by: Option<PersonId>,
        /// Whether it was no request at all.
        spam: bool,
    },
    /// It is back.
    Restored,
    /// It is gone for good.
    Purged,
    /// A part of a comment was blackened: the comment as it stands now, never what stood there.
    Redacted(Box<Comment>),
    /// A file was taken off a comment: the comment as it stands now.
    FileRedacted(Box<Comment>),
}

/// That a ticket is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// Since when.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<PersonId>,
    /// Whether it is gone for good: then nothing but its number and its history is left.
    pub purged: bool,
}

/// A deleted ticket as those see it who may bring it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedTicket {
    /// Its number.
    pub id: TicketId,
    /// Its title: hostile text.
    pub subject: String,
    /// Who deleted it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// Where it stood.
    pub status: Status,
}

/// What stands in place of each character that was blackened.
pub const BLACKENED: char = '\u{2587}';

/// A text with each of the places blackened where a piece of it stands; none when it stands nowhere. Lines stay lines.
pub fn blackened(body: &str, piece: &str) -> Option<String> {
    let black: String = piece.chars().map(|one| if one == '\n' { '\n' } else { BLACKENED }).collect();
    (!piece.is_empty() && body.contains(piece)).then(|| body.replace(piece, &black))
}

/// What is left of a file that was taken away.
pub fn emptied(id: AttachmentId) -> Attachment {
    Attachment {
        id,
        name: "redacted.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        size: 0,
        digest: Attachment::NOTHING,
    }
}

/// Whether somebody may delete tickets, bring them back and blacken what was said: admins, and agents who work with all
/// tickets where the account lets them.
pub fn may_remove(viewer: &Viewer, settings: &Settings) -> bool {
    match viewer.role {
        Role::Admin => true,
        Role::Agent => settings.removal.by_agents && !viewer.is_restricted(),
        Role::EndUser => false,
    }
}

/// What an admin has chosen about deleting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovalSettings {
    /// `agent_ticket_deletion`: whether agents delete tickets, too, and not admins alone.
    pub by_agents: bool,
    /// `purge_days`: after how many days what was deleted goes for good; 0 when never.
    pub purge_days: u32,
}

impl RemovalSettings {
    /// The most days.
    pub const MAX_PURGE_DAYS: u32 = 36_500;
}

impl Default for RemovalSettings {
    fn default() -> Self {
        Self { by_agents: false, purge_days: 30 }
    }
}

/// A setting about deleting with its new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovalSetting {
    /// `agent_ticket_deletion`
    ByAgents(bool),
    /// `purge_days`
    PurgeDays(u32),
}

impl RemovalSetting {
    /// The name in scripts and history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByAgents(_) => "agent_ticket_deletion",
            Self::PurgeDays(_) => "purge_days",
        }
    }
}
