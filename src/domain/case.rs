//! What sort of case a ticket is: of which type, by which problem it was caused, and what its requester thought of it.

use super::id::{GroupId, PersonId, TicketId};
use super::time::Timestamp;

/// What sort of case a ticket is. Not its kind: that is what a requester chose from a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketType {
    /// Somebody wants to know something.
    Question,
    /// One of several that have the same cause: it may name its problem.
    Incident,
    /// The cause of several incidents, which are solved with it.
    Problem,
    /// Something to be done.
    Task,
}

impl TicketType {
    /// All.
    pub const ALL: [Self; 4] = [Self::Question, Self::Incident, Self::Problem, Self::Task];

    /// The name on the wire and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Incident => "incident",
            Self::Problem => "problem",
            Self::Task => "task",
        }
    }

    /// The type of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What a requester thought of how their request was solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Score {
    /// Not good.
    Bad,
    /// Good.
    Good,
}

impl Score {
    /// All.
    pub const ALL: [Self; 2] = [Self::Bad, Self::Good];

    /// The name on the wire and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Good => "good",
        }
    }

    /// The score of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Where the rating of a ticket stands. A ticket that was never solved while ratings were asked for has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// What the requester thought; none while they have not said.
    pub score: Option<Score>,
    /// Why, in their own words: hostile text.
    pub comment: Option<String>,
    /// When it was offered, or first given where it never was.
    pub created_at: Timestamp,
    /// When it was given or changed last.
    pub updated_at: Timestamp,
    /// Who worked on the ticket then.
    pub assignee: Option<PersonId>,
    /// The group that worked on it then.
    pub group: Option<GroupId>,
}

impl Rating {
    /// The longest comment, in characters.
    pub const MAX_COMMENT_CHARS: usize = 2_000;
}

/// What has happened to a ticket as a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseEvent {
    /// Another type.
    TypeChanged {
        /// Before.
        from: Option<TicketType>,
        /// Now.
        to: Option<TicketType>,
    },
    /// Another problem caused it.
    ProblemChanged {
        /// Before.
        from: Option<TicketId>,
        /// Now.
        to: Option<TicketId>,
    },
    /// It was solved because its problem was.
    SolvedWith(TicketId),
    /// Its requester was offered to rate it.
    RatingOffered,
    /// Its requester rated it.
    Rated {
        /// What they thought.
        score: Score,
        /// Why.
        comment: Option<String>,
    },
}
