//! What has happened, for all who wait to hear of it: read once for the whole program, whoever did it, and kept for a
//! while. Whoever waits has a place in it.
//!
//! Nobody relies on being told: that something was written only says when to look, and what is new is told by the numbers
//! of audits. Those of PostgreSQL are given before their transactions end, so a lower one can come after a higher; it is
//! waited for as long as a transaction can take.

mod around;
mod listen;
mod reading;

pub(super) use listen::Teller;

use super::dialect::Dialect;
use super::fault::Fault;
use super::{Error, Store, fill};
use crate::domain::news::Happened;
use around::Now;
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// So much is kept; who comes for what was before looks at everything anew.
const KEPT: usize = 1_024;
/// So much is read at once; after more, everything is to be looked at anew.
pub(super) const MOST_AT_ONCE: usize = 256;
/// For so long a number that was given and not seen is waited for.
const SETTLED: Duration = Duration::from_secs(10);
/// What looks is given so long to end.
const ENDING: Duration = Duration::from_secs(1);
/// So long after somebody waited last it is still looked.
const WANTED: Duration = Duration::from_mins(2);

/// What has happened of late.
pub struct Feed {
    /// Tells it from that of other programs, and from that before a restart.
    pub id: i64,
    state: Mutex<State>,
    /// The place after the last that has happened.
    next: watch::Sender<u64>,
    /// Something was written here.
    written: Notify,
    /// When somebody waited last, and that somebody waits again.
    waited: Mutex<Instant>,
    wanted: Notify,
    ended: AtomicBool,
    task: Mutex<Option<JoinHandle<()>>>,
}

struct State {
    /// The place of the first that is kept.
    first: u64,
    kept: VecDeque<Arc<Happened>>,
    read: Read,
    /// What has no history, as it was when it was looked at last.
    around: Now,
}

/// How far the audits are read.
struct Read {
    /// Up to this number all are read, or never come.
    low: i64,
    /// The highest that was seen.
    high: i64,
    /// Those in between that are read.
    seen: BTreeSet<i64>,
    /// The highest, as it was at some moments before.
    marks: VecDeque<(Instant, i64)>,
}

/// What has happened since a place.
#[derive(Debug, Default)]
pub struct Since {
    /// What.
    pub happened: Vec<Arc<Happened>>,
    /// Whether there was more, which nobody has any more.
    pub missed: bool,
    /// The place after it.
    pub next: u64,
    /// Up to which audit it has come.
    pub audit: i64,
}

impl Feed {
    async fn begin(store: &Store) -> Result<Arc<Self>, Fault> {
        let last = store.last_audit().await?;
        let mut id = [0; 8];
        fill(&mut id)?;
        let read = Read { low: last, high: last, seen: BTreeSet::new(), marks: VecDeque::new() };
        let around = store.around(i64::MIN).await?;
        let feed = Arc::new(Self {
            id: i64::from_ne_bytes(id),
            state: Mutex::new(State { first: 0, kept: VecDeque::new(), read, around }),
            next: watch::Sender::new(0),
            written: Notify::new(),
            waited: Mutex::new(Instant::now()),
            wanted: Notify::new(),
            ended: AtomicBool::new(false),
            task: Mutex::new(None),
        });
        let task = listen::start(store, &feed).await?;
        *feed.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        Ok(feed)
    }

    /// What has happened since a place.
    pub fn since(&self, place: u64) -> Since {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let next = state.first + state.kept.len() as u64;
        let missed = place < state.first || place > next;
        let skip = usize::try_from(place.saturating_sub(state.first)).unwrap_or(usize::MAX);
        let happened = if missed { Vec::new() } else { state.kept.iter().skip(skip).cloned().collect() };
        Since { happened, missed, next, audit: state.read.low }
    }

    /// Waits until more has happened than up to a place, or the time is up.
    pub async fn wait(&self, place: u64, at_most: Duration) {
        *self.waited.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + at_most;
        self.wanted.notify_one();
        let mut next = self.next.subscribe();
        let more = next.wait_for(|next| *next != place);
        _ = tokio::time::timeout(at_most, more).await;
    }

    /// Something was written by this program.
    pub(super) fn written(&self) {
        self.written.notify_one();
    }

    /// Ends what looks, which has the store open.
    pub(super) async fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
        self.wanted.notify_one();
        self.written.notify_one();
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            _ = tokio::time::timeout(ENDING, task).await;
        }
    }

    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    fn is_wanted(&self) -> bool {
        let waited = *self.waited.lock().unwrap_or_else(PoisonError::into_inner);
        Instant::now().saturating_duration_since(waited) < WANTED
    }

    /// Waits until somebody waits.
    async fn wanted(&self) {
        while !self.is_wanted() && !self.has_ended() {
            self.wanted.notified().await;
        }
    }

    /// Reads what is new.
    async fn fill(&self, store: &Store) -> Result<(), Fault> {
        let in_order = store.dialect() == Dialect::Sqlite;
        let (low, seen, read_from) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.read.settle(Instant::now());
            (state.read.low, state.read.seen.clone(), state.around.looks_from())
        };
        let (numbers, more) = store.new_audits(low, &seen).await?;
        if more {
            let last = store.last_audit().await?;
            self.skip(last);
        } else if !numbers.is_empty() {
            let happened = store.happened(&numbers).await?;
            self.keep(&numbers, happened, in_order);
        }
        let now = store.around(read_from).await?;
        self.compare(now);
        Ok(())
    }

    /// Keeps what is another of that of which there is no history.
    fn compare(&self, now: Now) {
        let happened = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let happened = now.since(&state.around);
            state.around = now;
            happened
        };
        if !happened.is_empty() {
            self.keep(&[], happened, true);
        }
    }

    fn keep(&self, numbers: &[i64], happened: Vec<Happened>, in_order: bool) {
        let next = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.kept.extend(happened.into_iter().map(Arc::new));
            let over = state.kept.len().saturating_sub(KEPT);
            state.kept.drain(..over);
            state.first += over as u64;
            state.read.have(numbers, in_order, Instant::now());
            state.first + state.kept.len() as u64
        };
        self.next.send_replace(next);
    }

    /// Too much has happened: whoever waits looks at everything anew.
    fn skip(&self, last: i64) {
        let next = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.first += state.kept.len() as u64 + 1;
            state.kept.clear();
            state.read = Read { low: last, high: last, seen: BTreeSet::new(), marks: VecDeque::new() };
            state.first
        };
        self.next.send_replace(next);
    }
}

impl Read {
    fn have(&mut self, numbers: &[i64], in_order: bool, now: Instant) {
        if numbers.is_empty() {
            return;
        }
        self.high = numbers.iter().copied().fold(self.high, i64::max);
        if in_order {
            self.low = self.high;
            return;
        }
        self.seen.extend(numbers);
        self.marks.push_back((now, self.high));
        self.settle(now);
    }

    /// What no longer comes is not waited for.
    fn settle(&mut self, now: Instant) {
        while let Some((at, high)) = self.marks.front().copied()
            && now.saturating_duration_since(at) > SETTLED
        {
            self.low = self.low.max(high);
            self.marks.pop_front();
        }
        self.seen = self.seen.split_off(&(self.low + 1));
        while self.seen.remove(&(self.low + 1)) {
            self.low += 1;
        }
    }
}

impl Store {
    /// What has happened of late: it is looked for as long as somebody waits.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn feed(&self) -> Result<Arc<Feed>, Fault> {
        let feed = self.inner.feed.get_or_try_init(|| Feed::begin(self)).await?;
        Ok(Arc::clone(feed))
    }

    /// Something was written: whoever waits here looks, and others are told.
    pub(super) fn tell(&self) {
        if let Some(feed) = self.inner.feed.get() {
            feed.written();
        }
        if let Some(teller) = &self.inner.teller {
            teller.tell();
        }
    }

    /// Tells of what was written, if it went well.
    pub(super) fn told<T>(&self, done: Result<T, Error>) -> Result<T, Error> {
        if done.is_ok() {
            self.tell();
        }
        done
    }
}

/// A number that comes late is not lost, and one that never comes is not waited for.
#[test]
fn numbers_are_taken_in_any_order() {
    let start = Instant::now();
    let mut read = Read { low: 10, high: 10, seen: BTreeSet::new(), marks: VecDeque::new() };
    read.have(&[12, 13], false, start);
    assert_eq!((read.low, read.seen.len()), (10, 2));
    read.have(&[11], false, start);
    assert_eq!((read.low, read.seen.len()), (13, 0));
    read.have(&[15], false, start);
    read.settle(start + SETTLED + Duration::from_secs(1));
    assert_eq!((read.low, read.seen.len()), (15, 0));
}
