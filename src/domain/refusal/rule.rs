use crate::domain::condition::{Unfit, Use};

/// Why a rule cannot work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// It asks for nothing: it would run at every change.
    NoCondition,
    /// It does nothing.
    NoAction,
    /// An automation waits for a time (D25).
    NoTime,
    /// An automation has to end its own truth, or to run once for each status (D25).
    NeverEnds,
    /// No ticket can ever be so.
    Contradiction,
    /// A change of this field is asked for, which is a person's or an organization's: no change of a ticket changes it.
    NotTheTickets(String),
    /// Every ticket is so.
    Everything,
    /// These automations hand a ticket from status to status and back, for ever.
    Circle(Vec<String>),
    /// A test cannot be used there.
    Unfit(Box<Unfit>, Use),
    /// Only macros speak and give titles: a rule has no name to do it in.
    OnlyByHand,
    /// Only triggers and automations tell people and programs.
    OnlyByRule,
    /// Rows cannot be gathered by that column.
    NotGathered,
    /// A tag begins with a sign, as where tags are added and taken away by it.
    SignedTag(String),
    /// A macro speaks to the requester or to agents, not to both at once.
    TwoVoices,
}
