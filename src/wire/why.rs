use super::audit::{AuditEvent, events};
use super::{Place, Time};
use crate::domain::act::Who;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::condition;
use crate::domain::event::Event;
use crate::domain::id::{AuditId, TicketId};
use crate::domain::notice::{HeldBack, NoticeRef};
use crate::domain::rule::RuleRef;
use crate::domain::setup::Lookup;
use crate::domain::time::Timestamp;
use serde::Serialize;

/// Why a condition, or a part of it, is true of a ticket, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    holds: bool,
    /// As a sentence.
    asked: String,
    /// What the ticket has; only of a single test.
    has: Option<String>,
    /// `all`, `any`, `not` or `test`.
    r#type: &'static str,
    parts: Vec<Self>,
}

impl Reason {
    /// With names as `lookup` knows them.
    pub fn of(why: &condition::Why, lookup: &dyn Lookup) -> Self {
        Self {
            holds: why.holds,
            asked: why.asked.sentence(lookup),
            has: why.has.as_ref().map(|has| has.sentence(lookup)),
            r#type: match why.asked {
                condition::Condition::All(_) => "all",
                condition::Condition::Any(_) => "any",
                condition::Condition::Not(_) => "not",
                condition::Condition::Test(_) => "test",
            },
            parts: why.parts.iter().map(|part| Self::of(part, lookup)).collect(),
        }
    }
}

/// A rule as something else names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    id: i64,
    r#type: &'static str,
    title: String,
}

impl From<&RuleRef> for Rule {
    fn from(rule: &RuleRef) -> Self {
        Self { id: rule.id.0, r#type: rule.sort.name(), title: rule.title.clone() }
    }
}

/// Why a trigger followed something that was done, or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    audit_id: i64,
    created_at: Time,
    /// -1 for the account itself.
    author_id: i64,
    ran: bool,
    condition: Reason,
    held_back: Vec<AuditEvent>,
}

impl Step {
    /// At an audit.
    pub fn of(
        (audit, at, who): (AuditId, Timestamp, Who),
        ran: bool,
        condition: Reason,
        held_back: &[(NoticeRef, HeldBack)],
        place: &Place,
    ) -> Self {
        let held = held_back.iter().map(|(notice, why)| Event::HeldBack { notice: notice.clone(), why: *why });
        Self {
            audit_id: audit.0,
            created_at: at.into(),
            author_id: super::author(who),
            ran,
            condition,
            held_back: held.flat_map(|event| events(&event, place)).collect(),
        }
    }
}

/// What a rule has to do with a ticket.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleReport {
    /// Which ticket.
    pub ticket_id: i64,
    /// Which rule.
    pub rule: Rule,
    /// Whether it is switched on.
    pub active: bool,
    /// Of a trigger: at each of the last things that were done.
    pub steps: Vec<Step>,
    /// Of an automation: now.
    pub now: Option<Reason>,
    /// When an automation runs next.
    pub next_run_at: Option<Time>,
    /// Whether an automation waits for another status.
    pub waits: bool,
    /// What it would do now.
    pub would: Vec<AuditEvent>,
}

/// A ticket that something of the set-up concerns, or that a macro would change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Concerned {
    ticket_id: i64,
    subject: String,
    at: Option<Time>,
    changes: Vec<AuditEvent>,
}

impl Concerned {
    /// With what would happen.
    pub fn of(ticket: TicketId, subject: &str, at: Option<Timestamp>, would: &[Event], place: &Place) -> Self {
        Self {
            ticket_id: ticket.0,
            subject: subject.to_owned(),
            at: at.map(Time::from),
            changes: changes(would, place),
        }
    }
}

/// What a macro would say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Saying {
    public: bool,
    body: String,
}

impl From<&NewComment> for Saying {
    fn from(comment: &NewComment) -> Self {
        Self { public: comment.visibility == Visibility::Public, body: comment.body.clone() }
    }
}

/// Events as audits tell them.
pub fn changes(happened: &[Event], place: &Place) -> Vec<AuditEvent> {
    happened.iter().flat_map(|event| events(event, place)).collect()
}
