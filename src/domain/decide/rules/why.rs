//! Why a rule did something, or did not (Z09), and what one would have done that is not switched on yet.

use super::{Looking, Working};
use crate::domain::act::{Act, Deed, Who};
use crate::domain::comment::{Channel, Comment};
use crate::domain::condition::{Condition, Update, Why};
use crate::domain::decide::Facts;
use crate::domain::event::{Audit, Chain, Event};
use crate::domain::evolve;
use crate::domain::id::{AuditId, RuleId};
use crate::domain::notice::{HeldBack, NoticeRef};
use crate::domain::rule::Action;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// Something that was done to a ticket, and what the rules made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its audit.
    pub audit: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub who: Who,
    /// By which way.
    pub via: Channel,
    /// The ticket as it was; none before it was opened.
    pub before: Option<Ticket>,
    /// The ticket as it was afterwards, before the rules looked at it.
    pub after: Ticket,
    /// What was said.
    pub comment: Option<Comment>,
    /// What the rules did then, in their order.
    pub rules: Vec<Event>,
}

impl Step {
    /// Whether a rule did something then.
    pub fn ran(&self, rule: RuleId) -> bool {
        self.rules.iter().any(|event| matches!(event, Event::RuleRan(ran) if ran.id == rule))
    }

    /// The notices of a rule that were held back then, and why.
    pub fn held_back(&self, rule: RuleId) -> Vec<(NoticeRef, HeldBack)> {
        let held = self.rules.iter().filter_map(|event| match event {
            Event::HeldBack { notice, why } if notice.rule == rule => Some((notice.clone(), *why)),
            _ => None,
        });
        held.collect()
    }
}

/// The steps of a ticket's whole history, oldest first. What rules did belongs to the step that they followed.
pub fn steps(audits: &[Audit]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut ticket: Option<Ticket> = None;
    for audit in audits.iter().filter(|audit| matches!(audit.chain, Chain::Ticket(_))) {
        let before = ticket.clone();
        if let Some(Event::Created(created)) = audit.events.first() {
            ticket = Some(evolve::open(created, audit.at));
        }
        let Some(ticket) = &mut ticket else { continue };
        evolve::evolve_all(ticket, &audit.events, audit.at);
        match steps.last_mut() {
            Some(last) if audit.who == Who::System => last.rules.extend(audit.events.iter().cloned()),
            _ => steps.push(Step {
                audit: audit.id,
                at: audit.at,
                who: audit.who,
                via: audit.via,
                before,
                after: ticket.clone(),
                comment: audit.events.iter().rev().find_map(said),
                rules: Vec::new(),
            }),
        }
    }
    steps
}

fn said(event: &Event) -> Option<Comment> {
    match event {
        Event::Commented(comment) => Some((**comment).clone()),
        _ => None,
    }
}

/// Why a trigger's condition is true of what was done, or not. People are asked as they are today.
pub fn why_then(facts: &Facts, when: &Condition, step: &Step) -> Why {
    let me = step.who.person();
    let update = Update {
        before: step.before.as_ref(),
        comment: step.comment.as_ref(),
        who: step.who,
        role: me.and_then(|id| facts.known(id)).map(|person| person.role),
        via: step.via,
    };
    let looking = Looking { facts, ticket: &step.after, update: Some(update), me, now: step.at };
    looking.with(when, |looked, asker| when.explain(looked, asker))
}

/// Why a condition is true of a ticket as it is, or not.
pub fn why_now(facts: &Facts, when: &Condition, ticket: &Ticket, now: Timestamp) -> Why {
    let looking = Looking { facts, ticket, update: None, me: None, now };
    looking.with(when, |looked, asker| when.explain(looked, asker))
}

/// What a rule would do to a ticket, were its condition true: as whoever did the last thing.
pub fn would(facts: &Facts, rule: RuleId, then: &[Action], step: &Step, now: Timestamp) -> Vec<Event> {
    let act = Act { who: step.who, via: step.via, deed: Deed::RunAutomations { ticket: step.after.id } };
    let states = (step.before.clone(), step.after.clone());
    let mut working = Working::new(facts, &act, states, step.comment.clone(), now);
    working.apply(rule, then);
    working.changing.events
}
