//! Conditions on tickets, as data: what searches, views and rules mean. The query language of [`super::search`] is one
//! text form of them; [`Condition::holds`] tries one in memory, `store::condition` writes the same in SQL, and a
//! property test holds the two together.
//!
//! Every test has a yes or a no: what a ticket lacks (no assignee, no due date) fails each test on it but the one for
//! having none, so that the opposite of a test is true of exactly the other tickets.

mod holds;
mod when;

pub use holds::{Asker, Facts, Names, Sight, Text};
pub use when::{Precision, Unit, When};

use super::comment::Channel;
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

/// What a ticket points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// Who works on it.
    Assignee,
    /// For whom it is.
    Requester,
    /// Who opened it.
    Submitter,
    /// Somebody in copy.
    Cc,
    /// Somebody who follows it.
    Follower,
    /// The group that works on it.
    Group,
    /// Where its requester belonged when it was opened.
    Organization,
    /// What sort of request it is.
    Kind,
}

impl Link {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Assignee,
        Self::Requester,
        Self::Submitter,
        Self::Cc,
        Self::Follower,
        Self::Group,
        Self::Organization,
        Self::Kind,
    ];

    /// Whether it points to people.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Assignee | Self::Requester | Self::Submitter | Self::Cc | Self::Follower)
    }
}

/// At what a ticket should point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// At nothing.
    Nobody,
    /// At the one who asks; for groups and organizations at one of theirs. Never true of kinds.
    Me,
    /// At the one with that number.
    Id(i64),
    /// At the person with that address, in lower case. Never true of anything but people.
    Address(String),
    /// At one whose name has all these words, the last as the start of one if so wished. A kind's slug is a name too.
    Name(Pattern),
}

/// Words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Folded ([`super::word`]); never empty.
    pub words: Vec<String>,
    /// Whether the last one is only the start of a word (`prin*`).
    pub open: bool,
}

impl Pattern {
    /// The words of a text; none when it has none.
    pub fn parse(text: &str, open: bool) -> Option<Self> {
        let words = super::word::words(text);
        (!words.is_empty()).then_some(Self { words, open })
    }

    /// Whether a word can stand for the one at a place of the pattern.
    pub fn fits(&self, place: usize, word: &str) -> bool {
        let wanted = &self.words[place];
        if self.open && place + 1 == self.words.len() { word.starts_with(wanted.as_str()) } else { word == wanted }
    }
}

/// Short texts on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// One of its tags.
    Tag,
    /// Its number in another system.
    ExternalId,
}

/// What a label should be. Tags are compared in lower case, external numbers as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// There should be none.
    Missing,
    /// Just this.
    Is(String),
    /// It should begin so.
    Starts(String),
}

/// Moments of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// When it was opened.
    Created,
    /// Its last change.
    Updated,
    /// Since when it has been solved, or closed: none before.
    Solved,
    /// When it is due.
    Due,
    /// The entry into this status; none for a ticket in another.
    Entered(Status),
    /// Since when it has been with its assignee; none while nobody has it.
    Assigned,
    /// The last comment of its requester.
    RequesterSaid,
    /// The last comment of its assignee.
    AssigneeSaid,
}

impl Moment {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::Created,
        Self::Updated,
        Self::Solved,
        Self::Due,
        Self::Entered(Status::New),
        Self::Entered(Status::Open),
        Self::Entered(Status::Pending),
        Self::Entered(Status::Hold),
        Self::Entered(Status::Solved),
        Self::Entered(Status::Closed),
        Self::Assigned,
        Self::RequesterSaid,
        Self::AssigneeSaid,
    ];

    /// Whether it tells of what only agents see: what the team does among itself, notes too (R109, D11).
    pub const fn is_for_staff(self) -> bool {
        matches!(self, Self::Entered(_) | Self::Assigned | Self::RequesterSaid | Self::AssigneeSaid)
    }
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the subject or in what was said; all in one of them.
    Anywhere,
    /// In the subject.
    Subject,
    /// In what was said.
    Comments,
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

    /// The first test that only agents may make ([`Test::is_for_staff`]).
    pub fn not_for_requesters(&self) -> Option<&Test> {
        self.tests().into_iter().find(|test| test.is_for_staff())
    }
}

impl Test {
    /// Whether only agents may make this test: an end user would learn from its answer what is not shown to them (R109,
    /// R126), such as tags, followers, who opened it, numbers elsewhere, the address of somebody, the name of
    /// somebody in copy.
    pub const fn is_for_staff(&self) -> bool {
        if let Self::Time(moment, ..) | Self::Never(moment) = self {
            return moment.is_for_staff();
        }
        matches!(
            self,
            Self::Label(..)
                | Self::Private(_)
                | Self::Link(Link::Follower | Link::Submitter, _)
                | Self::Link(_, Target::Address(_))
                | Self::Link(Link::Cc, Target::Name(_))
        )
    }
}

impl From<Test> for Condition {
    fn from(test: Test) -> Self {
        Self::Test(test)
    }
}
