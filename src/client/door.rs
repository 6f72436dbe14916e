//! The doors to accounts in stores of one's own: opened as a person, founded, checked.

use super::access::Visitor;
use super::embedded::Counted;
use super::embedded::files::FileLinks;
use super::jobs::Jobs;
use super::post::Post;
use super::{Embedded, Error};
use crate::domain::account::Account;
use crate::domain::comment::Channel;
use crate::domain::id::PersonId;
use crate::domain::person::EmailAddress;
use crate::domain::time::Span;
use crate::store::{self, FaultKind, Founding, Store};
pub use crate::store::{Clock, Finding, Flaw, Verified};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// An account to be founded, with its first admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// Its name.
    pub name: String,
    /// Where others reach it.
    pub url: Option<String>,
    /// Its language, such as `en`.
    pub language: String,
    /// Its first admin's name.
    pub owner: String,
    /// Its first admin's address.
    pub email: EmailAddress,
}

/// The account in a store, opened once for many people: servers stand in it.
#[derive(Clone)]
pub struct Door {
    store: Store,
    /// The time of all who share the store.
    clock: Clock,
    /// That of this machine.
    own: Clock,
    /// What was counted for each of them: it stays while they come and go.
    counted: Arc<Mutex<BTreeMap<PersonId, Arc<Counted>>>>,
    /// What signs links to files: read once.
    secret: Arc<Mutex<Option<Vec<u8>>>>,
}

/// For so many people counts are remembered.
const MOST_COUNTED: usize = 1_000;

impl Door {
    /// Opens the account in a store, for nobody yet. Where the store is shared with other servers time is the store's, for
    /// `own`, the clock of this machine, may go another way than theirs.
    pub async fn open(url: &str, own: Clock) -> Result<Self, Error> {
        let store = Store::open(url).await?;
        store.set_clock(&own).await?;
        let clock = store.clock(Arc::clone(&own));
        Ok(Self { own, ..Self::of(store, clock) })
    }

    /// The door of a store that is open already.
    pub fn of(store: Store, clock: Clock) -> Self {
        let own = Arc::clone(&clock);
        Self { store, clock, own, counted: Arc::default(), secret: Arc::default() }
    }

    /// The account as that person reaches it, who comes by that way.
    pub fn client(&self, person: PersonId, via: Channel) -> Embedded {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST_COUNTED && !counted.contains_key(&person) {
            counted.clear();
        }
        let counted = Arc::clone(counted.entry(person).or_default());
        Embedded::remembering(self.store.clone(), person, via, Arc::clone(&self.clock), counted)
    }

    /// What signs links to files for somebody.
    pub async fn file_links(&self, person: PersonId) -> Result<FileLinks, Error> {
        let now = (self.clock)();
        let known = self.secret.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let secret = match known {
            Some(secret) => secret,
            None => self.store.reply_secret(now).await?,
        };
        *self.secret.lock().unwrap_or_else(PoisonError::into_inner) = Some(secret.clone());
        Ok(FileLinks::new(secret, person, now))
    }

    /// The account as nobody in particular reaches it.
    pub fn visitor(&self, via: Channel) -> Visitor {
        Visitor::new(self.store.clone(), via, Arc::clone(&self.clock))
    }

    /// The account for whoever carries its letters.
    pub fn post(&self) -> Post {
        Post::new(self.store.clone(), Arc::clone(&self.clock))
    }

    /// The account for whoever works on what waits.
    pub fn jobs(&self) -> Jobs {
        Jobs::new(self.store.clone(), Arc::clone(&self.clock))
    }

    /// How often signing in failed of late under each of some names, at whichever server.
    pub async fn guesses(&self, names: &[String], within: Span) -> Result<Vec<u64>, Error> {
        Ok(self.store.guesses(names, (self.clock)(), within).await?)
    }

    /// Signing in failed once more under each of them.
    pub async fn guessed(&self, names: &[String], within: Span) -> Result<(), Error> {
        Ok(self.store.guessed(names, (self.clock)(), within).await?)
    }

    /// Whether a newer program looks after the store: then nothing is written to it from here.
    pub fn only_reads(&self) -> bool {
        self.store.is_overtaken()
    }

    /// Whether the store answers.
    pub async fn is_well(&self) -> Result<(), Error> {
        self.store.common().await.map(|_| ()).map_err(Error::from)
    }

    /// Lets happen what is due by itself, and says how many things did.
    pub async fn catch_up(&self) -> Result<u64, Error> {
        if !Arc::ptr_eq(&self.own, &self.clock) {
            self.store.set_clock(&self.own).await?;
        }
        Embedded::new(self.store.clone(), PersonId(0), Channel::Api, Arc::clone(&self.clock)).run_all_overdue().await
    }

    /// Ends it in order.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

/// Opens the account in the store at `sqlite:PATH` or `postgres://…` as whoever has that address. None when nobody has.
pub async fn open(url: &str, address: &EmailAddress, via: Channel, clock: Clock) -> Result<Option<Embedded>, Error> {
    let store = Store::open(url).await?;
    if let Some(person) = store.sign_in(address).await? {
        return Ok(Some(Embedded::new(store, person.id, via, clock)));
    }
    store.close().await;
    Ok(None)
}

/// Opens the account in a store as nobody in particular: for who asks for access, or comes with a link.
pub async fn visit(url: &str, via: Channel, clock: Clock) -> Result<Visitor, Error> {
    Ok(Visitor::new(Store::open(url).await?, via, clock))
}

/// Opens the account in a store for whoever carries its letters.
pub async fn post(url: &str, clock: Clock) -> Result<Post, Error> {
    Ok(Post::new(Store::open(url).await?, clock))
}

/// Whether there is an account in a store that can be opened.
pub async fn reach(url: &str) -> Result<(), Error> {
    Store::open(url).await?.close().await;
    Ok(())
}

/// Makes a store with an account in it. False when there is one in it already, which stays as it is.
pub async fn found(url: &str, new: NewAccount, clock: &Clock) -> Result<bool, Error> {
    let NewAccount { name, url: address, language, owner, email } = new;
    let founding = Founding { account: Account { name, url: address }, owner, email, language };
    match Store::found(url, founding, clock).await {
        Ok(store) => {
            store.close().await;
            Ok(true)
        }
        Err(store::Error::Fault(fault)) if fault.kind == FaultKind::Taken => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Checks everything in a store. `progress` is told how many tickets were looked at so far.
pub async fn verify(url: &str, progress: impl FnMut(u64) + Send) -> Result<Verified, Error> {
    let store = match Store::open(url).await {
        Err(fault) if fault.kind == FaultKind::Damaged => return Ok(Verified::unreadable(fault.detail)),
        opened => opened?,
    };
    let verified = store.verify(progress).await;
    store.close().await;
    Ok(verified?)
}
