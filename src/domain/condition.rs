//! Conditions on tickets, as data: what searches, views and rules mean. The query language of [`super::search`] is one
//! text form of them; [`Condition::holds`] tries one in memory, `store::condition` writes the same in SQL, and a
//! property test holds the two together.
//!
//! Every test has a yes or a no: what a ticket lacks (no assignee, no due date) fails each test on it but the one for
//! having none, so that the opposite of a test is true of exactly the other tickets.

mod actual;
mod change;
mod field;
mod fit;
mod holds;
mod next;
mod part;
mod sentence;
mod when;
mod why;

pub use actual::Actual;
pub use change::{By, Changeable, CommentTest, Update, UpdateTest};
pub use field::{ANY_FIELD, FieldTest, Number};
pub use fit::{Misfit, Unfit, Use};
pub use holds::{Around, Asker, Facts, Names, Sight, Text};
pub use part::{Label, Link, Moment, Pattern, Person, Place, Target, Value};
pub use sentence::{Expected, Expecting, SentenceError, SentenceFault};
pub(in crate::domain) use sentence::{quoted, unquoted};
pub use when::{OpenUnit, Precision, Unit, When};
pub use why::Why;

use super::case::{Satisfaction, TicketType};
use super::comment::Channel;
use super::id::{FieldId, StatusId};
use super::status::{Priority, Status};

/// Something that is true of a ticket or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Every one of them; true when there is none.
    All(Vec<Self>),
    /// At least one of them; false when there is none.
    Any(Vec<Self>),
    /// The opposite.
    Not(Box<Self>),
    /// A single test.
    Test(Test),
}

/// A single test of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The ticket's number.
    Number(Op, i64),
    /// Where it stands; for requesters in the portal's words (D8, D11).
    Status(Op, Status),
    /// How much it matters; with none only for [`Op::Is`].
    Priority(Op, Option<Priority>),
    /// What sort of case it is.
    Type(Option<TicketType>),
    /// What its requester thought of how it was solved.
    Satisfaction(Satisfaction),
    /// A person, group, organization or kind that the ticket points to.
    Link(Link, Target),
    /// A word of a list, or a short text.
    Label(Label, Value),
    /// A moment; for requesters `updated` is the last change that they may know of.
    Time(Moment, Op, When),
    /// It has no such moment.
    Never(Moment),
    /// How it came.
    Via(Channel),
    /// Whether there is a file on any comment; for requesters on any public one.
    HasAttachment(bool),
    /// Whether it is a private ticket.
    Private(bool),
    /// Words that stand together in its texts; for requesters in the public ones.
    Text(Place, Pattern),
    /// A bare integer: the ticket's number, or the same digits as a word of its texts.
    NumberOrWord(String),
    /// How many comments it has; for requesters public ones.
    Comments(Op, u32),
    /// Its status of the account's own; with none only the category's.
    CustomStatus(Option<StatusId>),
    /// What one of its fields holds, or one of its requester's or its organization's.
    Field(FieldId, FieldTest),
    /// What its requester is.
    Requester(Person),
    /// What was done to it just now: only where somebody has done something.
    Update(UpdateTest),
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `:`
    Is,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

impl Op {
    /// All.
    pub const ALL: [Self; 5] = [Self::Is, Self::Below, Self::AtMost, Self::Above, Self::AtLeast];

    /// Whether it holds between two values.
    pub fn compares<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Is => left == right,
            Self::Below => left < right,
            Self::AtMost => left <= right,
            Self::Above => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

impl Condition {
    /// True of every ticket.
    pub const EVERYTHING: Self = Self::All(Vec::new());

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All(mut all), Self::All(more)) => {
                all.extend(more);
                Self::All(all)
            }
            (Self::All(mut all), one) => {
                all.push(one);
                Self::All(all)
            }
            (one, other) => Self::All(vec![one]).and(other),
        }
    }

    /// Every single test in it.
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests(),
            Self::Test(test) => vec![test],
        }
    }

    /// Whether time alone can make it true or false (D25): some test counts from the present moment.
    pub fn depends_on_time(&self) -> bool {
        self.tests().into_iter().any(|test| matches!(test, Test::Time(_, _, When::Away(..) | When::Open(..))))
    }
}

impl Test {
    /// Whether only agents may make this test: an end user would learn from its answer what is not shown to them (R109,
    /// R126), such as tags, followers, who opened it, numbers elsewhere, the address of somebody, the name of
    /// somebody in copy.
    pub const fn is_for_staff(&self) -> bool {
        match self {
            Self::Time(moment, ..) | Self::Never(moment) => moment.is_for_staff(),
            Self::Label(..)
            | Self::Private(_)
            | Self::CustomStatus(_)
            | Self::Satisfaction(_)
            | Self::Field(..)
            | Self::Requester(_)
            | Self::Update(_)
            | Self::Link(Link::Follower | Link::Submitter, _)
            | Self::Link(_, Target::Address(_))
            | Self::Link(Link::Cc, Target::Name(_)) => true,
            Self::Link(
                Link::Requester | Link::Assignee | Link::Group | Link::Organization | Link::Kind | Link::Cc,
                _,
            )
            | Self::Number(..)
            | Self::Status(..)
            | Self::Priority(..)
            | Self::Type(_)
            | Self::Via(_)
            | Self::HasAttachment(_)
            | Self::Text(..)
            | Self::NumberOrWord(_)
            | Self::Comments(..) => false,
        }
    }
}

impl From<Test> for Condition {
    fn from(test: Test) -> Self {
        Self::Test(test)
    }
}
