//! What time brings: what happens by itself, and the demo's clock, which can be moved (Z11).

use super::effect::{Effect, Question};
use super::message::Said;
use super::model::{Model, Shared};
use super::update::{CATCH_UP_MS, NOBODY, tell_all};
use crate::client::Error;
use crate::client::lab::Happened;
use crate::domain::id::TicketId;
use crate::domain::time::Span;
use crate::domain::timer::Due;
use std::collections::BTreeMap;

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lab {
    /// How far it has been moved ahead.
    pub ahead: Span,
    /// Whether it is being moved.
    pub moving: bool,
    /// What happened by itself while it was moved, oldest first.
    pub happened: Vec<Happened>,
}

impl Lab {
    /// As it is when the program begins.
    pub const fn new(ahead: Span) -> Self {
        Self { ahead, moving: false, happened: Vec::new() }
    }
}

/// The clock was moved: what happened is told, and everything shown may be another.
pub(super) fn moved(model: &mut Model, result: Result<(Vec<Happened>, Span), Error>, effects: &mut Vec<Effect>) {
    let Some(lab) = &mut model.shared.lab else { return };
    lab.moving = false;
    match result {
        Ok((happened, ahead)) => {
            lab.ahead = ahead;
            lab.happened.extend(happened);
            tell_all(model, &Said::Uncovered, effects);
        }
        Err(error) => model.shared.fail(error),
    }
}

/// The timers are looked after as long as the program is open (R172, R173, R177). A failure is no answer to anything that
/// the person did: it waits for them behind `show-error`, and what is due for the next look.
pub(super) fn caught_up(model: &mut Model, result: Result<u64, Error>, effects: &mut Vec<Effect>) {
    match result {
        Ok(0) => {}
        Ok(_) => tell_all(model, &Said::Changed(None), effects),
        Err(error) => model.shared.last_error = Some(error),
    }
    // With it comes how much is unread.
    effects.push(Effect::Ask { to: NOBODY, question: Question::Session });
    effects.push(Effect::CatchUp { wait_ms: CATCH_UP_MS });
}

impl Shared {
    /// Remembers when tickets are over.
    pub fn learn_ends(&mut self, shown: impl IntoIterator<Item = TicketId>, ends: &BTreeMap<TicketId, Due>) {
        for id in shown {
            match ends.get(&id) {
                Some(due) => _ = self.ends.insert(id, due.clone()),
                None => _ = self.ends.remove(&id),
            }
        }
    }
}
