use super::Capability;
use crate::domain::refusal::{Refusal, Sort};
use crate::domain::search::QueryError;
use crate::domain::time::Timestamp;

/// Why there is no answer, by what the one who asked will do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is none, or they may not know of it.
    #[error("not found")]
    NotFound,
    /// Somebody changed it first: look, then decide again.
    #[error("changed by somebody else")]
    Conflict {
        /// The version that it has now.
        theirs: i64,
    },
    /// A rule stands against it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// This role may not do that.
    #[error("not allowed")]
    Denied,
    /// A query that cannot be understood; with what is wrong and where.
    #[error("not understood: {0:?}")]
    Unclear(QueryError),
    /// Too much was asked; again later.
    #[error("throttled until {0:?}")]
    Throttled(Timestamp),
    /// Who was signed in is so no longer: sign in again.
    #[error("signed out")]
    SignedOut,
    /// Nobody answers.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// This key was used for another deed: what is wanted now needs a key of its own.
    #[error("this key was used for something else")]
    KeyReused,
    /// What it would lead to is not told without doing it.
    #[error("only the set-up is rehearsed")]
    NotRehearsed,
    /// This account cannot do it; its session says so too.
    #[error("this account lacks {}", .0.name())]
    NotHere(Capability),
    /// The account refused it, and says why in words of its own: hostile text.
    #[error("refused in words of its own")]
    Said(String),
    /// The answer made no sense.
    #[error("garbled: {0}")]
    Garbled(String),
    /// The store could not do it.
    #[error("{0}")]
    Store(StoreFault),
}

/// What is wrong with a store, with the database's own words for the details.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// It takes no writes: read-only file or folder.
    #[error("read-only: {0}")]
    ReadOnly(String),
    /// The disk is full.
    #[error("disk full: {0}")]
    Full(String),
    /// Somebody else holds it for too long.
    #[error("locked: {0}")]
    Locked(String),
    /// It is no store of this program.
    #[error("not a store: {0}")]
    Foreign(String),
    /// A newer version of the program made it, and this one cannot even read it.
    #[error("newer: {0}")]
    Newer(String),
    /// A newer version of the program looks after it: this one reads it and writes nothing.
    #[error("overtaken: {0}")]
    Overtaken(String),
    /// There is none where one was named.
    #[error("missing: {0}")]
    Missing(String),
    /// What it holds contradicts itself.
    #[error("damaged: {0}")]
    Damaged(String),
    /// After an input or output error it takes no more writes until the next start.
    #[error("input or output: {0}")]
    Io(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Error {
    /// Of what sort it is: what exit statuses and status codes are made of.
    pub const fn sort(&self) -> Sort {
        match self {
            Self::NotFound => Sort::NotFound,
            Self::Conflict { .. } => Sort::Conflict,
            Self::Refused(refusal) => refusal.sort(),
            Self::Denied => Sort::Denied,
            Self::SignedOut => Sort::ShutOut,
            Self::Unclear(_) => Sort::Unclear,
            Self::Throttled(_) => Sort::TooMany,
            Self::Unreachable(_) => Sort::Unavailable,
            Self::Said(_) => Sort::Rule,
            Self::KeyReused => Sort::KeyReused,
            Self::NotRehearsed | Self::NotHere(_) => Sort::Unsupported,
            Self::Garbled(_) => Sort::Broken,
            Self::Store(fault) => fault.sort(),
        }
    }

    /// What was said to be the place in a list is none of it.
    pub(super) fn no_place() -> Self {
        Self::Garbled("no place of this list".to_owned())
    }
}

impl StoreFault {
    /// Of what sort it is.
    pub const fn sort(&self) -> Sort {
        match self {
            Self::ReadOnly(_) | Self::Full(_) => Sort::Stuck,
            // Another server may be newer.
            Self::Locked(_) | Self::Missing(_) | Self::Newer(_) | Self::Overtaken(_) => Sort::Unavailable,
            Self::Foreign(_) | Self::Damaged(_) | Self::Io(_) | Self::Other(_) => Sort::Broken,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound(crate::domain::refusal::Thing::Ticket(_)) => Self::NotFound,
            Refusal::Conflict { actual, .. } => Self::Conflict { theirs: actual },
            other => Self::Refused(other),
        }
    }
}
