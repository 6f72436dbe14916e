//! Effects that are under way. Each ends in exactly one message, unless a newer one has taken its place.

use crate::tui::effect::{Effect, Lane, Order, Slot};
use crate::tui::message::Message;
use futures::future::BoxFuture;
use std::collections::{HashMap, VecDeque};
use tokio::task::{AbortHandle, Id, JoinSet};

/// A started effect.
pub(crate) type Work = BoxFuture<'static, Message>;

/// All tasks of the loop.
#[derive(Default)]
pub(crate) struct Tasks {
    set: JoinSet<Message>,
    latest: HashMap<Slot, AbortHandle>,
    lanes: HashMap<Lane, VecDeque<(Effect, Work)>>,
    running: HashMap<Id, Lane>,
    about: HashMap<Id, Effect>,
}

impl Tasks {
    /// Starts an effect in its order.
    pub(crate) fn start(&mut self, effect: Effect, work: Work) {
        match effect.order() {
            Order::Free => {
                self.spawn(effect, work);
            }
            Order::Latest(slot) => {
                let handle = self.spawn(effect, work);
                if let Some(older) = self.latest.insert(slot, handle) {
                    older.abort();
                }
            }
            Order::InTurn(lane) => self.queue(lane, effect, work),
        }
    }

    fn spawn(&mut self, effect: Effect, work: Work) -> AbortHandle {
        let handle = self.set.spawn(work);
        self.about.insert(handle.id(), effect);
        handle
    }

    fn queue(&mut self, lane: Lane, effect: Effect, work: Work) {
        match self.lanes.get_mut(&lane) {
            None => {
                self.lanes.insert(lane, VecDeque::new());
                self.run(lane, effect, work);
            }
            Some(waiting) => {
                // What is running is never cut off: half a write would be worse than an old one.
                if waiting.back().is_some_and(|(older, _)| effect.replaces(older)) {
                    waiting.pop_back();
                }
                waiting.push_back((effect, work));
            }
        }
    }

    fn run(&mut self, lane: Lane, effect: Effect, work: Work) {
        let id = self.spawn(effect, work).id();
        self.running.insert(id, lane);
    }

    /// Whether something that is written is still on its way to where it is kept.
    pub(crate) fn keep_drafts(&self) -> bool {
        let waiting = self.lanes.values().flatten().map(|(effect, _)| effect);
        let mut all = self.about.values().chain(waiting);
        all.any(|effect| matches!(effect, Effect::KeepDraft(_) | Effect::MoveDraft { .. }))
    }

    /// Waits for the next message. Never ends while nothing is under way.
    pub(crate) async fn next(&mut self) -> Message {
        loop {
            match self.set.join_next_with_id().await {
                Some(ended) => {
                    if let Some(message) = self.ended(ended) {
                        return message;
                    }
                }
                None => std::future::pending().await,
            }
        }
    }

    /// The next message if one is there already.
    pub(crate) fn ready(&mut self) -> Option<Message> {
        while let Some(ended) = self.set.try_join_next_with_id() {
            if let Some(message) = self.ended(ended) {
                return Some(message);
            }
        }
        None
    }

    /// Whether something is under way that must not be cut off: drafts, acts.
    pub(crate) fn unfinished(&self) -> bool {
        !self.lanes.is_empty()
    }

    /// Ends everything that is under way.
    pub(crate) async fn cut_off(&mut self) {
        self.set.shutdown().await;
    }

    fn ended(&mut self, ended: Result<(Id, Message), tokio::task::JoinError>) -> Option<Message> {
        let id = ended.as_ref().map_or_else(tokio::task::JoinError::id, |(id, _)| *id);
        let about = self.about.remove(&id);
        let message = match ended {
            Ok((_, message)) => Some(message),
            Err(error) if error.is_panic() => about.map(|effect| Message::Panicked(Box::new(effect))),
            Err(_) => None,
        };
        if let Some(lane) = self.running.remove(&id) {
            match self.lanes.get_mut(&lane).and_then(VecDeque::pop_front) {
                Some((effect, work)) => self.run(lane, effect, work),
                None => {
                    self.lanes.remove(&lane);
                }
            }
        }
        message
    }
}
