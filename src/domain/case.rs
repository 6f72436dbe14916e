//! What sort of case a ticket is: of which type, by which problem it was caused, and what its requester thought of it.

use super::id::{CommentId, GroupId, PersonId, TicketId};
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

/// What a search, a view or a rule asks of a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Satisfaction {
    /// It was never offered.
    Unoffered,
    /// It was offered and not given yet.
    Offered,
    /// Bad, whether it says why or not.
    Bad,
    /// Bad, and it says why.
    BadWithComment,
    /// Good, whether it says why or not.
    Good,
    /// Good, and it says why.
    GoodWithComment,
}

impl Satisfaction {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Unoffered, Self::Offered, Self::Bad, Self::BadWithComment, Self::Good, Self::GoodWithComment];

    /// The name on the wire and in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unoffered => "unoffered",
            Self::Offered => "offered",
            Self::Bad => "bad",
            Self::BadWithComment => "bad_with_comment",
            Self::Good => "good",
            Self::GoodWithComment => "good_with_comment",
        }
    }

    /// The one of that name; Zendesk's spelling is understood too.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "badwithcomment" => Some(Self::BadWithComment),
            "goodwithcomment" => Some(Self::GoodWithComment),
            _ => Self::ALL.into_iter().find(|one| one.name() == name),
        }
    }

    /// What a rating is, as precisely as can be said.
    pub fn of(rating: Option<&Rating>) -> Self {
        match rating.map(|rating| (rating.score, rating.comment.is_some())) {
            None => Self::Unoffered,
            Some((None, _)) => Self::Offered,
            Some((Some(Score::Bad), false)) => Self::Bad,
            Some((Some(Score::Bad), true)) => Self::BadWithComment,
            Some((Some(Score::Good), false)) => Self::Good,
            Some((Some(Score::Good), true)) => Self::GoodWithComment,
        }
    }

    /// Whether it is true of a rating.
    pub fn holds(self, rating: Option<&Rating>) -> bool {
        let is = Self::of(rating);
        is == self || matches!((self, is), (Self::Bad, Self::BadWithComment) | (Self::Good, Self::GoodWithComment))
    }
}

/// What is wanted of a ticket as a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseDeed {
    /// Solves an incident because its problem was; only the account itself does.
    Solve {
        /// The incident.
        ticket: TicketId,
        /// Its problem.
        problem: TicketId,
        /// What was said in public when that was solved: it is said here too.
        comment: Option<CommentId>,
    },
    /// Says what one thought of how one's request was solved.
    Rate {
        /// Which.
        ticket: TicketId,
        /// What one thought.
        score: Score,
        /// Why.
        comment: Option<String>,
    },
}

impl CaseDeed {
    /// On which ticket.
    pub const fn ticket(&self) -> TicketId {
        match self {
            Self::Solve { ticket, .. } | Self::Rate { ticket, .. } => *ticket,
        }
    }
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
