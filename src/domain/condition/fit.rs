use super::{Condition, Link, Target, Test, UpdateTest};

/// For what a condition is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// Somebody looks for tickets.
    Search,
    /// A saved list.
    View,
    /// What is tried when somebody has done something to a ticket; texts are its subject and what was just said.
    Trigger,
    /// What is tried when time passes.
    Automation,
}

/// A test that cannot be used where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Which.
    pub test: Test,
    /// Why not.
    pub why: Misfit,
}

/// Why a test cannot be used somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Misfit {
    /// It asks what was just done, and only triggers run when something is done.
    NothingDone,
    /// It asks for words of the whole conversation, which are not read where every ticket is looked at.
    Words,
    /// It asks for files of the whole conversation, which are not read when something is done or time passes.
    Files,
    /// It asks who looks, and time has nobody.
    Nobody,
    /// It asks what something changed to, but what stands there is nothing that a field can be set to.
    NoValue,
}

impl Condition {
    /// Whether every test of it can be used there.
    ///
    /// # Errors
    /// The first that cannot, and why.
    pub fn allowed_in(&self, place: Use) -> Result<(), Unfit> {
        for test in self.tests() {
            if let Some(why) = misfit(test, place) {
                return Err(Unfit { test: test.clone(), why });
            }
        }
        Ok(())
    }
}

fn misfit(test: &Test, place: Use) -> Option<Misfit> {
    match (test, place) {
        (Test::Update(UpdateTest::Became(value) | UpdateTest::Ceased(value)), Use::Trigger) => {
            (!value.is_of_value()).then_some(Misfit::NoValue)
        }
        (Test::Update(_), Use::Trigger) => None,
        (Test::Update(_), _) => Some(Misfit::NothingDone),
        (Test::Text(..) | Test::NumberOrWord(_), Use::Automation) => Some(Misfit::Words),
        (Test::HasAttachment(_), Use::Automation | Use::Trigger) => Some(Misfit::Files),
        (Test::Link(_, Target::Me), Use::Automation) => Some(Misfit::Nobody),
        _ => None,
    }
}

impl Test {
    /// Whether it is of a value that a ticket can come to have: what `changed to` and `changed from` understand.
    pub const fn is_of_value(&self) -> bool {
        match self {
            Self::Status(..)
            | Self::Priority(..)
            | Self::Type(_)
            | Self::Satisfaction(_)
            | Self::Private(_)
            | Self::Label(super::Label::Tag, _)
            | Self::CustomStatus(_)
            | Self::Field(..) => true,
            Self::Link(link, _) => !matches!(link, Link::Submitter),
            _ => false,
        }
    }
}
