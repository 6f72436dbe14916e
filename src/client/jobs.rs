use super::Error;
use crate::domain::job::{Job, JobState};
use crate::domain::time::{Span, Timestamp};
use crate::store::{Clock, Store};

pub use crate::store::Taken;

/// An account for whoever works on jobs: whose they are is written on each.
#[derive(Clone)]
pub struct Jobs {
    store: Store,
    clock: Clock,
}

impl Jobs {
    pub(super) fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Whether one waits that nobody has.
    pub async fn wait(&self) -> Result<bool, Error> {
        Ok(self.store.job_waits((self.clock)()).await?)
    }

    /// Takes one that nobody has: that one, or the longest waiting.
    pub async fn take(&self, id: Option<&str>) -> Result<Option<Taken>, Error> {
        Ok(self.store.take_job(id.map(str::to_owned), (self.clock)()).await?)
    }

    /// Writes down what became of its rows so far, and goes on. False when somebody else has it by now: whoever hears that
    /// lets it go.
    pub async fn keep(&self, taken: &mut Taken) -> Result<bool, Error> {
        taken.until = (self.clock)() + Job::LEASE;
        Ok(self.store.keep_results(taken, taken.until).await?)
    }

    /// Whether half of the time is over for which it is one's own: it is time to [keep](Self::keep) it.
    pub fn is_to_be_kept(&self, taken: &Taken) -> bool {
        (self.clock)() + Span(Job::LEASE.0 / 2) >= taken.until
    }

    /// Writes down what became of its rows, and leaves it to others, who wait for a while.
    pub async fn leave(&self, mut taken: Taken, wait: Span) -> Result<(), Error> {
        // That somebody was at it stays to be seen.
        let now: Timestamp = (self.clock)();
        taken.job.state = if taken.job.results.is_empty() { JobState::Queued } else { JobState::Working };
        self.store.keep_results(&taken, now + wait).await?;
        Ok(())
    }

    /// Writes down that it is over.
    pub async fn end(&self, taken: &mut Taken, state: JobState) -> Result<(), Error> {
        let now = (self.clock)();
        (taken.job.state, taken.job.done_at) = (state, Some(now));
        self.store.keep_results(taken, now).await?;
        Ok(())
    }
}
