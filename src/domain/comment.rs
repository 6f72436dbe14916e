use super::id::{AttachmentId, CommentId, PersonId, TicketId};
use super::time::{Span, Timestamp};

/// Who a comment or a ticket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// Agents only: an internal note, a private ticket.
    Internal,
    /// Requester, CCs and agents: a public reply, a public ticket.
    Public,
}

/// Something said on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Which.
    pub id: CommentId,
    /// On which ticket.
    pub ticket: TicketId,
    /// Who said it.
    pub author: PersonId,
    /// For whom.
    pub visibility: Visibility,
    /// Once public and turned into a note, for good (R129, D15).
    pub frozen: bool,
    /// The text as it was written: true bytes, not made safe for a terminal.
    pub body: String,
    /// The files on it.
    pub attachments: Vec<Attachment>,
    /// By which way it came.
    pub via: Channel,
    /// When.
    pub created_at: Timestamp,
}

/// A file on a comment. Its bytes lie in the store under their digest, never under the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Which.
    pub id: AttachmentId,
    /// What its sender called it: hostile text.
    pub name: String,
    /// Its media type as its sender said.
    pub content_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
}

impl Attachment {
    /// The longest name of a file, and the longest media type, in characters: what file systems take.
    pub const MAX_NAME_CHARS: usize = 255;

    /// The digest of no bytes at all.
    pub const NOTHING: [u8; 32] = [
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae,
        0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ];
}

/// A file that was handed in and waits for its comment. Only who handed it in may use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// What to name in [`NewComment::uploads`].
    pub token: UploadToken,
    /// Who handed it in.
    pub owner: PersonId,
    /// See [`Attachment::name`].
    pub name: String,
    /// See [`Attachment::content_type`].
    pub content_type: String,
    /// See [`Attachment::size`].
    pub size: u64,
    /// See [`Attachment::digest`].
    pub digest: [u8; 32],
    /// When it was handed in.
    pub created_at: Timestamp,
}

impl Upload {
    /// How long it waits for its comment.
    pub const LIVES: Span = Span::days(3);
}

/// The unguessable name of an upload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadToken(pub String);

/// A comment to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// For whom.
    pub visibility: Visibility,
    /// The text as written.
    pub body: String,
    /// Files handed in before.
    pub uploads: Vec<UploadToken>,
}

impl NewComment {
    /// The longest text of a comment, in bytes.
    pub const MAX_BYTES: usize = 16 * 1024 * 1024;
    /// The most files on one comment.
    pub const MAX_FILES: usize = 50;

    /// A public reply.
    pub fn public(body: impl Into<String>) -> Self {
        Self { visibility: Visibility::Public, body: body.into(), uploads: Vec::new() }
    }

    /// An internal note.
    pub fn note(body: impl Into<String>) -> Self {
        Self { visibility: Visibility::Internal, body: body.into(), uploads: Vec::new() }
    }
}

/// By which way something came in (`via` on the wire).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A person at the screen, or the portal.
    Web,
    /// The REST API or the command line.
    Api,
    /// A mail.
    Mail,
    /// A chat connector.
    Chat,
    /// A rule or timer of the account.
    Rule,
    /// A partner account.
    Sharing,
    /// An import.
    Import,
    /// A follow-up of a closed ticket.
    ClosedTicket,
    /// Somebody who has not signed in: that it is whom they say nobody knows.
    Anonymous,
}

impl Channel {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Web,
        Self::Api,
        Self::Mail,
        Self::Chat,
        Self::Rule,
        Self::Sharing,
        Self::Import,
        Self::ClosedTicket,
        Self::Anonymous,
    ];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Mail => "email",
            Self::Chat => "chat",
            Self::Rule => "rule",
            Self::Sharing => "ticket_sharing",
            Self::Import => "import",
            Self::ClosedTicket => "closed_ticket",
            Self::Anonymous => "anonymous",
        }
    }

    /// The channel of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}
