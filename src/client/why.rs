use super::Names;
use crate::domain::act::{Change, Who};
use crate::domain::comment::NewComment;
use crate::domain::condition::Why;
use crate::domain::event::Event;
use crate::domain::id::{AuditId, TicketId};
use crate::domain::notice::{HeldBack, NoticeRef};
use crate::domain::refusal::Refusal;
use crate::domain::rule::RuleRef;
use crate::domain::setup::Directory;
use crate::domain::time::Timestamp;

/// What a rule has to do with a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleWhy {
    /// Which rule.
    pub rule: RuleRef,
    /// Whether it is switched on.
    pub active: bool,
    /// The last things that were done to the ticket, oldest first, with why a trigger followed or not. Automations follow
    /// nothing.
    pub steps: Vec<StepWhy>,
    /// Why an automation would run now, or not; a trigger's condition asks for something done.
    pub now: Option<Why>,
    /// When an automation runs next, if nobody does anything.
    pub next: Option<Timestamp>,
    /// Whether an automation waits for the ticket to enter another status.
    pub waits: bool,
    /// What the rule would do: a trigger if the last thing were done now, an automation now or when it is due. Nothing where
    /// its condition is not true then.
    pub would: Vec<Event>,
    /// The names of everybody in it.
    pub names: Names,
    /// The names of what its condition asks for.
    pub directory: Directory,
}

/// A rule that one can ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTitle {
    /// Which.
    pub rule: RuleRef,
    /// What people call it.
    pub title: String,
    /// Whether it is switched on.
    pub active: bool,
}

/// What a macro would do to some tickets; nothing is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppliedAll {
    /// What the macro is called.
    pub title: String,
    /// Ticket by ticket, as they were asked for.
    pub rows: Vec<Applied>,
    /// The names of everybody in it.
    pub names: Names,
}

/// What a macro would do to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// To which.
    pub ticket: TicketId,
    /// Its title.
    pub subject: String,
    /// Its version then.
    pub version: i64,
    /// What is to be changed.
    pub change: Change,
    /// What is to be said, with everything filled in.
    pub comment: Option<NewComment>,
    /// What would happen, with what the account's rules would make of it; or why it cannot be.
    pub events: Result<Vec<Event>, Refusal>,
}

/// Why a trigger followed something that was done, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepWhy {
    /// Its audit.
    pub audit: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub who: Who,
    /// Which parts of the condition hold, as the rule is now.
    pub why: Why,
    /// Whether the rule did something then, as it was then.
    pub ran: bool,
    /// Its notices that were held back then.
    pub held_back: Vec<(NoticeRef, HeldBack)>,
}

/// What something of the set-up would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// On how many tickets it was tried.
    pub looked_at: u64,
    /// How many it concerns.
    pub concerned: u64,
    /// The first hundred of those.
    pub rows: Vec<TrialRow>,
    /// The names of everybody in it.
    pub names: Names,
}

/// A ticket that something of the set-up concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialRow {
    /// Which.
    pub ticket: TicketId,
    /// Its title.
    pub subject: String,
    /// When a trigger would have run last; else now.
    pub at: Timestamp,
    /// What would happen.
    pub events: Vec<Event>,
}
