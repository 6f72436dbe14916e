//! Conditions as sentences (D34): `status < solved and group is "Support Ops" and updated more than 3 days ago`.
//!
//! - Tests are joined by `and`, `or`, `not` and parentheses; `and` binds closer than `or`. `everything` and `nothing`
//!   are conditions too.
//! - `status is open`, `priority is not none`, `kind is one of hardware, software`, `tags include printer`,
//!   `subject has "paper jam*"`, `number >= 1000`. Names with spaces stand in quotes, in which `\"` and `\\` are a quote
//!   and a backslash; `#3` is the one with that number, whatever it is called.
//! - `created more than 3 days ago`, `pending at least 8 business hours ago by schedule "Paris"`,
//!   `due in less than 2 hours`, `solved on or after 2026-11-01`, `requester answered never`. A status is a moment too:
//!   `pending more than 3 days ago` is what is pending and has been for longer.
//! - Of what was just done: `ticket is created`, `status changed to solved`, `assignee changed`, `priority not changed`,
//!   `update by end-user`, `update via email`, `comment is public`, `comment has "refund"`.
//! - `field camera_model is "x100"`, `field weight > 2.5`, `field spare is checked`, `field note has "words"`.

mod complete;
mod lexer;
mod parse;
mod phrases;
mod print;
mod time;
mod value;

pub use complete::Expecting;
pub(in crate::domain) use lexer::quoted as unquoted;
pub(in crate::domain) use print::quoted;

use super::{Actual, Condition, FieldTest, Link, Target, Test, UpdateTest, When};
use crate::domain::condition::{By, Changeable};
use crate::domain::id::FieldId;
use crate::domain::setup::{Lookup, Refers};
use std::collections::BTreeSet;

/// What of a sentence cannot be understood, and what could stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceError {
    /// Where it begins, in characters from 0.
    pub at: usize,
    /// What stands there, cut short: hostile text; empty at the end.
    pub part: String,
    /// What is wrong.
    pub fault: SentenceFault,
    /// What could stand there.
    pub expected: Vec<Expected>,
}

/// What is wrong with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceFault {
    /// It is longer than [`Condition::MAX_BYTES`].
    TooLong,
    /// It has more tests than [`Condition::MAX_TESTS`].
    TooMany,
    /// It has more parentheses or `not` within each other than [`Condition::MAX_DEPTH`].
    TooDeep,
    /// Something else could stand there.
    Unexpected,
    /// It ends before it says something.
    Unfinished,
    /// Nothing in the account has that name, or more than one thing.
    Unknown(Refers),
    /// No sharing agreement is in force (D3).
    NoAgreement,
}

/// What can stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expected {
    /// Just these words.
    Words(&'static str),
    /// The name of something in the account.
    Name(Refers),
    /// A number.
    Number,
    /// A text, in quotes if it has spaces.
    Text,
    /// A day or a moment.
    Moment,
    /// A label.
    Tag,
    /// An option of this field.
    Option(FieldId),
}

impl Condition {
    /// The longest sentence, in bytes.
    pub const MAX_BYTES: usize = 8_192;
    /// The most tests.
    pub const MAX_TESTS: usize = 100;
    /// How deep parts may lie within each other.
    pub const MAX_DEPTH: usize = 20;

    /// Reads a sentence.
    ///
    /// # Errors
    /// What cannot be understood, where, and what could stand there.
    pub fn read(text: &str, lookup: &dyn Lookup) -> Result<Self, SentenceError> {
        parse::sentence(text, lookup)
    }

    /// The condition as a sentence, which reads back as the same. With [`Numbers`](crate::domain::setup::Numbers) every
    /// reference is a number, so that another name breaks nothing.
    pub fn sentence(&self, lookup: &dyn Lookup) -> String {
        print::condition(self, lookup)
    }

    /// The same without parts of a single part.
    #[must_use]
    pub fn tidy(self) -> Self {
        let all = |parts: Vec<Self>| parts.into_iter().map(Self::tidy).collect::<Vec<_>>();
        let single = |mut parts: Vec<Self>, whole: fn(Vec<Self>) -> Self| match parts.len() {
            1 => parts.remove(0),
            _ => whole(parts),
        };
        match self {
            Self::All(parts) => single(all(parts), Self::All),
            Self::Any(parts) => single(all(parts), Self::Any),
            Self::Not(part) => Self::Not(Box::new(part.tidy())),
            Self::Test(_) => self,
        }
    }

    /// To what it refers.
    pub fn mentions(&self) -> BTreeSet<(Refers, i64)> {
        self.tests().into_iter().flat_map(mentioned).collect()
    }

    /// To what of that nothing belongs any more.
    pub fn gone(&self, lookup: &dyn Lookup) -> BTreeSet<(Refers, i64)> {
        self.mentions().into_iter().filter(|(what, id)| lookup.name(*what, *id).is_none()).collect()
    }
}

impl Actual {
    /// What a ticket has, in the words of sentences.
    pub fn sentence(&self, lookup: &dyn Lookup) -> String {
        print::actual(self, lookup)
    }

    /// To what it refers.
    pub(super) fn mentions(&self, found: &mut BTreeSet<(Refers, i64)>) {
        match self {
            Self::Things(link, ids) => found.extend(ids.iter().map(|id| (refers(*link), *id))),
            Self::By(Some(id)) => _ = found.insert((Refers::Person, id.0)),
            Self::CustomStatus(id) => _ = found.insert((Refers::Status, id.0)),
            Self::Change(before, after) => {
                for one in before.iter().chain([after]) {
                    one.mentions(found);
                }
            }
            _ => {}
        }
    }
}

fn mentioned(test: &Test) -> Vec<(Refers, i64)> {
    match test {
        Test::Link(link, Target::Id(id)) => vec![(refers(*link), *id)],
        Test::CustomStatus(Some(id)) => vec![(Refers::Status, id.0)],
        Test::Field(id, _) | Test::Update(UpdateTest::Changed(Changeable::Field(id))) => vec![(Refers::Field, id.0)],
        Test::Time(_, _, When::Open(_, _, id)) => vec![(Refers::Schedule, id.0)],
        Test::Update(UpdateTest::Became(test) | UpdateTest::Ceased(test)) => mentioned(test),
        Test::Update(UpdateTest::By(By::Person(id))) => vec![(Refers::Person, id.0)],
        _ => Vec::new(),
    }
}

/// What sort of thing a link leads to.
const fn refers(link: Link) -> Refers {
    match link {
        Link::Group => Refers::Group,
        Link::Organization => Refers::Organization,
        Link::Kind => Refers::Kind,
        _ => Refers::Person,
    }
}

/// Whether a test of a field has a value that `is` can stand before.
const fn is_plain(test: &FieldTest) -> bool {
    !matches!(test, FieldTest::Words(_))
}
