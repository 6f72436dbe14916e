//! The rules by which an account works its tickets: what must be true, and what is done then.

mod action;
mod applied;
mod line;

use super::condition::Condition;
use super::id::{GroupId, PersonId, RuleId};
pub use action::{Action, BadAction, Recipient, Whom};
pub use applied::{Applying, applied};

/// What is done when a ticket is made or changed and something is true of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Which.
    pub id: RuleId,
    /// As people read it; unique among the triggers, without regard to case.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Whether it works.
    pub active: bool,
    /// Its place in the order in which they are tried, from 1.
    pub position: i64,
    /// What must be true, of the ticket as it is after the change and of the change itself.
    pub when: Condition,
    /// What is done then, in order.
    pub then: Vec<Action>,
}

/// What is done by itself when time has made something true (D25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automation {
    /// Which.
    pub id: RuleId,
    /// The name in scripts and history, such as `close`; unique among the automations.
    pub slug: String,
    /// As people read it.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Whether it works.
    pub active: bool,
    /// Its place in the order in which they are tried, from 1.
    pub position: i64,
    /// What must be true; without any time in it, it would be a trigger.
    pub when: Condition,
    /// What is done then, in order.
    pub then: Vec<Action>,
    /// Whether it runs only once for each time that the ticket enters a status (R172, R174).
    pub once: bool,
}

/// Changes and a text that an agent applies by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    /// Which.
    pub id: RuleId,
    /// As people read it.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Whether it is offered.
    pub active: bool,
    /// Its place among them, from 1.
    pub position: i64,
    /// Who has it.
    pub owner: Owner,
    /// What it does, in order.
    pub then: Vec<Action>,
}

/// Who has a view or a macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Every agent.
    Account,
    /// The agents of a group.
    Group(GroupId),
    /// One agent.
    Person(PersonId),
}

impl Owner {
    /// Whether somebody with these groups has it.
    pub fn is_shared_with(self, person: PersonId, groups: &[GroupId]) -> bool {
        match self {
            Self::Account => true,
            Self::Group(group) => groups.contains(&group),
            Self::Person(owner) => owner == person,
        }
    }
}

/// Which of the account's rules did something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleRef {
    /// Of which sort.
    pub sort: RuleSort,
    /// Which.
    pub id: RuleId,
    /// What it was called then: it may be gone by now.
    pub title: String,
}

/// What sort of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleSort {
    /// See [`Trigger`].
    Trigger,
    /// See [`Automation`].
    Automation,
}

impl RuleSort {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Trigger, Self::Automation];

    /// The name in history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Automation => "automation",
        }
    }

    /// The sort of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}
