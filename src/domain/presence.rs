//! Who of the team has a ticket open: told to whoever works with it too, and to nobody else.

use super::id::PersonId;
use super::time::Span;

/// What somebody does with a ticket that they have open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// They look at it.
    Looks,
    /// They write an answer.
    Replies,
}

/// Somebody who has a ticket open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// What they do.
    pub doing: Doing,
}

/// For how long somebody is taken to be there after they said so.
pub const LASTS: Span = Span(30_000);
