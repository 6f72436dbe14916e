//! A clock that can be moved, and accounts on which everything due happens as it passes (Z11).

use super::door::{self, Clock};
use super::{Client, Embedded, Error, Names, Ran};
use crate::domain::comment::Channel;
use crate::domain::person::EmailAddress;
use crate::domain::time::{Span, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock stops so often on its way at most: where more is due at more moments, some of it happens together.
const MOST_STOPS: i64 = 200;

/// The laboratory.
pub struct Lab {
    ahead: Arc<AtomicI64>,
    real: Clock,
    accounts: Vec<(String, Embedded)>,
    /// Where it is kept how far the clock was moved.
    file: PathBuf,
}

/// Something that happened by itself while the clock was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// In which account.
    pub account: String,
    /// What the clock said.
    pub at: Timestamp,
    /// What happened.
    pub ran: Ran,
    /// The names of those who were told.
    pub names: Names,
}

impl Lab {
    /// A laboratory without accounts, whose clock stands where the file says.
    pub fn new(real: Clock, file: PathBuf) -> Self {
        let kept = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok());
        // It is only ever moved ahead: an account whose clock runs behind does nothing.
        let ahead = kept.filter(|ahead| (0..Span::days(36_500).0).contains(ahead)).unwrap_or_default();
        Self { ahead: Arc::new(AtomicI64::new(ahead)), real, accounts: Vec::new(), file }
    }

    /// The clock by which the accounts go.
    pub fn clock(&self) -> Clock {
        let (ahead, real) = (Arc::clone(&self.ahead), Arc::clone(&self.real));
        Arc::new(move || real() + Span(ahead.load(Ordering::Relaxed)))
    }

    /// How far the clock is ahead of the real one.
    pub fn ahead(&self) -> Span {
        Span(self.ahead.load(Ordering::Relaxed))
    }

    /// And this account, through one of its admins.
    ///
    /// # Errors
    /// The store cannot be opened.
    pub async fn add(&mut self, name: &str, url: &str, admin: &EmailAddress) -> Result<(), Error> {
        if let Some(client) = door::open(url, admin, Channel::Web, self.clock()).await? {
            self.accounts.push((name.to_owned(), client));
        }
        Ok(())
    }

    /// Moves the clock ahead, to the next thing due at most when that is wished. Everything due on the way happens in
    /// its order, each at its time.
    ///
    /// # Errors
    /// A store could not do it; the clock stands where that happened.
    pub async fn advance(&self, span: Span, to_next: bool) -> Result<Vec<Happened>, Error> {
        let until = (self.clock())() + span;
        let least = Span((span.0 / MOST_STOPS).max(1));
        let mut happened = self.run().await?;
        let mut step = if to_next { Span(0) } else { least };
        loop {
            let now = (self.clock())();
            let next = self.next(until).await?.map(|at| at.max(now));
            let Some(next) = next.filter(|_| now < until) else { break };
            // Many moments close together are one stop; but to the next thing the clock goes exactly, unless nothing
            // came of it.
            self.set((next.max(now + step)).min(until).max(next));
            step = least;
            let some = self.run().await?;
            let done = to_next && !some.is_empty();
            happened.extend(some);
            if done {
                return self.keep().map(|()| happened);
            }
        }
        if !to_next {
            self.set(until);
            happened.extend(self.run().await?);
        }
        self.keep().map(|()| happened)
    }

    /// When the next thing is due in any of the accounts.
    async fn next(&self, until: Timestamp) -> Result<Option<Timestamp>, Error> {
        let mut next = None;
        for (_, client) in &self.accounts {
            let due = client.forecast(until, 1).await?;
            next = next.into_iter().chain(due.first().map(|one| one.due.at)).min();
        }
        Ok(next)
    }

    async fn run(&self) -> Result<Vec<Happened>, Error> {
        let at = (self.clock())();
        let mut all = Vec::new();
        for (account, client) in &self.accounts {
            let mut after = None;
            loop {
                let ran = client.run_timers(None, false, after).await?;
                let happened = |one| Happened { account: account.clone(), at, ran: one, names: ran.names.clone() };
                all.extend(ran.rows.into_iter().map(happened));
                after = ran.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(all)
    }

    fn set(&self, at: Timestamp) {
        self.ahead.store((at - (self.real)()).0.max(0), Ordering::Relaxed);
    }

    fn keep(&self) -> Result<(), Error> {
        let text = self.ahead().0.to_string();
        let kept = std::fs::write(&self.file, text);
        kept.map_err(|error| Error::Unreachable(format!("{}: {error}", self.file.display())))
    }

    /// Closes the accounts' stores.
    pub async fn close(&self) {
        for (_, client) in &self.accounts {
            client.close().await;
        }
    }
}
