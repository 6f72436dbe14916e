use super::journal::Journal;
use super::known::Known;
use super::rhythm::Rhythm;
use crate::client::{Count, Error, Key, Names, Receipt, Source};
use crate::domain::act::Deed;
use crate::domain::comment::Attachment;
use crate::domain::id::{AttachmentId, CommentId, TicketId};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::time::Instant;

/// How many places in conversations and files are remembered.
const MOST: usize = 5_000;

/// How many acts that were done are remembered.
const DONE: usize = 200;

/// Something of which there is one at a time: two at once would stand in each other's way, or be done twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alone {
    /// A change of that ticket.
    Ticket(TicketId),
    /// An act under that key.
    Act(Key),
}

/// The same without the names of files that were handed in: whoever sends again hands them in again.
fn without_files(mut deed: Deed) -> Deed {
    match &mut deed {
        Deed::CreateTicket(new) => new.comment.uploads.clear(),
        Deed::UpdateTicket { comment: Some(comment), .. } => comment.uploads.clear(),
        _ => {}
    }
    deed
}

/// Whoever has it has their turn.
pub(super) type Turn = Arc<tokio::sync::Mutex<()>>;

/// What one has learned of an account and need not ask for again. All of it may be forgotten but what is under way.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) known: tokio::sync::Mutex<Option<Arc<Known>>>,
    /// Changes that were sent and not answered.
    pub(super) journal: Journal,
    turns: Mutex<BTreeMap<Alone, Weak<tokio::sync::Mutex<()>>>>,
    /// The last acts that were done here, the latest last.
    done: Mutex<VecDeque<(Key, Deed, Receipt)>>,
    names: Mutex<Names>,
    files: Mutex<BTreeMap<AttachmentId, (Attachment, String)>>,
    /// Where a conversation goes on before a comment.
    spots: Mutex<BTreeMap<(TicketId, CommentId), Option<String>>>,
    counts: Mutex<BTreeMap<Source, (Instant, Count)>>,
    /// When it is looked for news.
    pub(super) rhythm: Rhythm,
}

fn open<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
    /// With what was under way when the program before ended.
    pub(super) fn with(journal: Journal) -> Self {
        Self { journal, ..Self::default() }
    }

    /// The turn to do something of which there is one at a time.
    pub(super) fn turn(&self, alone: Alone) -> Turn {
        let mut turns = open(&self.turns);
        turns.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = turns.get(&alone).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Turn::default();
        turns.insert(alone, Arc::downgrade(&turn));
        turn
    }

    /// What came of an act that was done here under the same key.
    ///
    /// # Errors
    /// It was another act.
    pub(super) fn done(&self, key: &Key, deed: &Deed) -> Result<Option<Receipt>, Error> {
        let done = open(&self.done);
        let Some((_, known, receipt)) = done.iter().find(|(one, ..)| one == key) else { return Ok(None) };
        let receipt = Receipt { repeated: true, versions: 0, ..receipt.clone() };
        if *known == without_files(deed.clone()) { Ok(Some(receipt)) } else { Err(Error::KeyReused) }
    }

    pub(super) fn remember_done(&self, key: Key, deed: Deed, receipt: Receipt) {
        let mut done = open(&self.done);
        if done.len() >= DONE {
            done.pop_front();
        }
        done.push_back((key, without_files(deed), receipt));
    }

    pub(super) fn names(&self) -> MutexGuard<'_, Names> {
        open(&self.names)
    }

    pub(super) fn remember_file(&self, file: Attachment, url: &str) {
        let mut files = open(&self.files);
        if files.len() >= MOST {
            files.clear();
        }
        files.insert(file.id, (file, url.to_owned()));
    }

    pub(super) fn file(&self, id: AttachmentId) -> Option<(Attachment, String)> {
        open(&self.files).get(&id).cloned()
    }

    pub(super) fn remember_spot(&self, ticket: TicketId, comment: CommentId, after: Option<String>) {
        let mut spots = open(&self.spots);
        if spots.len() >= MOST {
            spots.clear();
        }
        spots.insert((ticket, comment), after);
    }

    /// Where it goes on, where that is known; nowhere is known too.
    #[expect(clippy::option_option, reason = "that it goes on nowhere and that nobody knows are two things")]
    pub(super) fn spot(&self, ticket: TicketId, before: CommentId) -> Option<Option<String>> {
        open(&self.spots).get(&(ticket, before)).cloned()
    }

    /// Counts that are good for so long.
    pub(super) fn counted(&self, good: Duration) -> BTreeMap<Source, Count> {
        let counts = open(&self.counts);
        let fresh = counts.iter().filter(|(_, (at, _))| at.elapsed() < good);
        fresh.map(|(source, (_, count))| (source.clone(), *count)).collect()
    }

    pub(super) fn remember_counts(&self, counted: &BTreeMap<Source, Count>, at: Instant) {
        let mut counts = open(&self.counts);
        for (source, count) in counted {
            // What was good already keeps its age.
            let kept = counts.get(source).filter(|(_, known)| known == count).map(|(at, _)| *at);
            counts.insert(source.clone(), (kept.unwrap_or(at), *count));
        }
        if counts.len() > MOST {
            counts.clear();
        }
    }

    pub(super) fn forget_counts(&self) {
        open(&self.counts).clear();
    }

    /// Whether anybody looks at what is shown.
    pub(super) fn attend(&self, looks: bool) {
        self.rhythm.attend(looks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes of two tickets do not wait for each other, those of one do.
    #[test]
    fn each_ticket_has_turns_of_its_own() {
        let shelf = Shelf::default();
        let one = shelf.turn(Alone::Ticket(TicketId(1)));
        let held = one.try_lock().expect("nobody has it");
        assert!(shelf.turn(Alone::Ticket(TicketId(1))).try_lock().is_err());
        assert!(shelf.turn(Alone::Ticket(TicketId(2))).try_lock().is_ok());
        assert!(shelf.turn(Alone::Act(Key("1".into()))).try_lock().is_ok());
        drop(held);
        assert!(shelf.turn(Alone::Ticket(TicketId(1))).try_lock().is_ok());
    }
}
