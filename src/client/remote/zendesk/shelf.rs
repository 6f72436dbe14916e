use super::known::Known;
use crate::client::{Count, Key, Names, Source};
use crate::domain::comment::Attachment;
use crate::domain::id::{AttachmentId, CommentId, TicketId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How many places in conversations and files are remembered.
const MOST: usize = 5_000;

/// What one has learned of an account and need not ask for again. All of it may be forgotten.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) known: tokio::sync::Mutex<Option<Arc<Known>>>,
    /// One change of a ticket at a time.
    pub(super) turn: tokio::sync::Mutex<()>,
    names: Mutex<Names>,
    files: Mutex<BTreeMap<AttachmentId, (Attachment, String)>>,
    /// Where a conversation goes on before a comment.
    spots: Mutex<BTreeMap<(TicketId, CommentId), Option<String>>>,
    counts: Mutex<BTreeMap<Source, (Instant, Count)>>,
    /// Keys of acts whose answer did not come.
    lost: Mutex<BTreeSet<String>>,
    /// For how long nobody looks whether something is new.
    pause: Mutex<Duration>,
}

fn open<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
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

    pub(super) fn pause(&self) -> Duration {
        *open(&self.pause)
    }

    pub(super) fn rest_for(&self, pause: Duration) {
        *open(&self.pause) = pause;
    }

    pub(super) fn lose(&self, key: &Key) {
        open(&self.lost).insert(key.0.clone());
    }

    pub(super) fn found(&self, key: &Key) {
        open(&self.lost).remove(&key.0);
    }

    pub(super) fn is_lost(&self, key: &Key) -> bool {
        open(&self.lost).contains(&key.0)
    }
}
