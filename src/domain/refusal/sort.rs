use super::{Field, Refusal};

/// What sort of "no" it is, by what the one who hears it can do next: exit statuses and status codes are made of it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// There is none, or this person may not know of it: never told apart (R109).
    NotFound,
    /// This role, or this person's part in it, does not do that.
    Denied,
    /// Whoever asks is let in nowhere: suspended, not yet allowed, gone.
    ShutOut,
    /// Somebody changed it first: look, then decide again.
    Conflict,
    /// The key was used for something else: what is wanted now needs a key of its own.
    KeyReused,
    /// It was understood, and a rule stands against it.
    Rule,
    /// More bytes than are taken.
    TooLarge,
    /// Too often: later again.
    TooMany,
    /// It was not understood.
    Unclear,
    /// This account, or this way in, cannot do it at all.
    Unsupported,
    /// Nobody answers, or somebody else holds it: later again.
    Unavailable,
    /// The store takes no writes until somebody looks after it: full, or not to be written.
    Stuck,
    /// The answer made no sense, or the store is not what it should be.
    Broken,
}

impl Sort {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::NotFound,
        Self::Denied,
        Self::ShutOut,
        Self::Conflict,
        Self::KeyReused,
        Self::Rule,
        Self::TooLarge,
        Self::TooMany,
        Self::Unclear,
        Self::Unsupported,
        Self::Unavailable,
        Self::Stuck,
        Self::Broken,
    ];
}

impl Refusal {
    /// Of what sort it is.
    pub const fn sort(&self) -> Sort {
        match self {
            Self::NotFound(_) => Sort::NotFound,
            Self::Role { .. } | Self::AgentsOnly(_) | Self::ReadOnly | Self::RequesterOnly => Sort::Denied,
            Self::Suspended | Self::NoAccess(_) => Sort::ShutOut,
            Self::Conflict { .. } => Sort::Conflict,
            Self::TooLong { field: Field::Attachment, .. } => Sort::TooLarge,
            Self::TooOften => Sort::TooMany,
            Self::TooMuchAsked { .. } => Sort::Unclear,
            Self::Closed(_)
            | Self::BackToNew
            | Self::KindMissing
            | Self::NotAssigned
            | Self::PrivateOff
            | Self::NoteByEndUser
            | Self::StaysPublic
            | Self::ManyPublicComments
            | Self::AlreadyNote
            | Self::Empty(_)
            | Self::Malformed(_)
            | Self::BadTemplate(..)
            | Self::BadWords { .. }
            | Self::TooLong { .. }
            | Self::NotAnAgent(_)
            | Self::NotInGroup
            | Self::NotAnIncident
            | Self::NotAProblem(_)
            | Self::NotRateable
            | Self::RatingsOff
            | Self::MergeIntoItself
            | Self::MergeWouldTell
            | Self::FollowUpOfUnclosed(_)
            | Self::NotDue
            | Self::AddressTaken
            | Self::NameTaken(_)
            | Self::LastAdmin
            | Self::OwnRole
            | Self::UnknownUpload
            | Self::BadValue { .. }
            | Self::InUse(_)
            | Self::BuiltIn
            | Self::IsDefault
            | Self::BadRule(_)
            | Self::Required { .. }
            | Self::TeamsField { .. }
            | Self::NotOnForm { .. }
            | Self::SwitchedOff(_)
            | Self::StatusOfOtherKinds
            | Self::BadForm(_)
            | Self::Fixed(_)
            | Self::TooShort { .. }
            | Self::SignUpClosed
            | Self::BadLink
            | Self::NotWhileSuspended
            | Self::SamePerson
            | Self::StaffStays
            | Self::MergeIntoShutOut
            | Self::HasUnsolved { .. }
            | Self::OutOfRange { .. } => Sort::Rule,
        }
    }
}
