//! The account as whoever carries its letters reaches it: nobody in particular, with everything that is to leave.

use super::Error;
use super::access::Visitor;
use super::told::with_scene;
use crate::domain::comment::{Channel, Visibility};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::locale::preferred;
use crate::domain::notice::{News, Reads, Said, Scene, held_back, is_flood, loose, said};
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{EmailAddress, Person};
use crate::domain::stranger::holds_no_words;
use crate::domain::time::{Span, Timestamp};
use crate::language::{Language, args};
use crate::store::{Clock, Matter, Store};
use std::sync::Arc;

/// How long whoever has taken letters has them for themselves, unless they say in time that they are still at it: what a
/// program that was killed had taken is another's within a minute.
pub const LEASE: Span = Span(40_000);
/// Letters wait here so long for somebody who can send them, if anybody ever could.
const AWAY: Span = Span::days(7);

/// An account as its courier reaches it.
#[derive(Clone)]
pub struct Post {
    store: Store,
    clock: Clock,
}

/// A letter that was taken, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    taken: Outgoing,
    /// The same whenever it is tried: its Message-ID is made of it.
    pub serial: String,
    /// To whom.
    pub to: EmailAddress,
    /// Their name.
    pub name: Option<String>,
    /// Who of the account they are.
    pub person: Option<PersonId>,
    /// About which ticket.
    pub ticket: Option<TicketId>,
    /// When it was written.
    pub at: Timestamp,
    /// What it is about, as one line.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// In which language.
    pub language: String,
    /// Whether it sends on what somebody else said.
    pub quotes: bool,
    /// Whether it tells of a note: what answers it is one, too (R126).
    pub note: bool,
    /// How often it was tried, this time included.
    pub tries: u32,
    /// When it was tried first.
    pub first_try_at: Timestamp,
}

impl Post {
    /// The account in that store, with the time of that clock.
    pub const fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Ends it in order, for whoever opened it.
    pub async fn close(&self) {
        self.store.close().await;
    }

    pub(super) const fn store(&self) -> &Store {
        &self.store
    }

    pub(super) const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The same account for those who wait for a link.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.store.clone(), Channel::Mail, Arc::clone(&self.clock))
    }

    /// The account's name.
    pub async fn account_name(&self) -> Result<String, Error> {
        Ok(self.store.common().await?.account.name.clone())
    }

    /// The account's language.
    pub async fn language(&self) -> Result<String, Error> {
        Ok(self.store.common().await?.settings.language.clone())
    }

    /// What signs reply tokens.
    pub async fn reply_secret(&self) -> Result<Vec<u8>, Error> {
        Ok(self.store.reply_secret(self.now()).await?)
    }

    /// Says that letters are sent from here. Where none were sent for long, those that have waited for as long are held:
    /// whom they were for found it in their inbox long ago.
    pub async fn is_here(&self) -> Result<(), Error> {
        let now = self.now();
        if !self.was_somebody_here(now).await? {
            self.store.hold_all(Timestamp(now.0 - AWAY.0), now, "late").await?;
        }
        Ok(self.store.courier_was_here(now).await?)
    }

    async fn was_somebody_here(&self, now: Timestamp) -> Result<bool, Error> {
        Ok(self.store.courier_was_at().await?.is_some_and(|at| now.0 - at.0 < AWAY.0))
    }

    /// Where no letters are sent from: those that are due are held, unless somebody else has been sending of late.
    pub async fn is_nowhere(&self) -> Result<(), Error> {
        let now = self.now();
        if !self.was_somebody_here(now).await? {
            self.store.hold_all(now, now, "nowhere").await?;
        }
        Ok(())
    }

    /// Takes letters that are due.
    pub async fn take(&self, most: u32) -> Result<(Vec<Parcel>, u64), Error> {
        self.take_due(most, self.now()).await
    }

    /// Takes letters that were due at a moment. What must not be sent any more is written off; the answer says how many that were.
    pub async fn take_due(&self, most: u32, due: Timestamp) -> Result<(Vec<Parcel>, u64), Error> {
        let now = self.now();
        let taken = self.store.claim((now, due), now + LEASE, most).await?;
        let tickets = taken.iter().filter_map(|one| one.ticket);
        let comments = taken.iter().filter_map(|one| one.comment);
        let matter = self.store.matter(tickets, comments, taken.iter().filter_map(|one| one.person)).await?;
        let made = with_scene(&self.store, &matter, |scene| {
            let parcels = taken.into_iter().map(|one| (parcel(&one, scene, &matter, now), one));
            parcels.collect::<Vec<_>>()
        });
        let bound = self.store.common().await?.settings.notices_per_hour;
        let (mut parcels, mut off): (Vec<Parcel>, u64) = (Vec::new(), 0);
        for (parcel, one) in made.await? {
            match parcel {
                Err(why) => {
                    self.store.settle(&one, Delivery::Dropped, (now, now), Some(why.to_owned())).await?;
                    off += 1;
                }
                Ok(parcel) => {
                    let here = parcels.iter().filter(|other| other.to == parcel.to).count() as u64;
                    if is_flood(self.got(&parcel, now).await? + here, bound) {
                        self.store.settle(&one, Delivery::Held, (now, now), Some("loop".to_owned())).await?;
                        off += 1;
                    } else {
                        parcels.push(parcel);
                    }
                }
            }
        }
        Ok((parcels, off))
    }

    /// How many letters whoever it is for got within the last hour.
    async fn got(&self, parcel: &Parcel, now: Timestamp) -> Result<u64, Error> {
        let address = parcel.person.is_none().then_some(&parcel.to);
        Ok(self.store.got(parcel.person, address, Timestamp(now.0 - Span::hours(1).0)).await?)
    }

    /// Keeps a letter that was taken for longer: whether it is still one's own.
    pub async fn keep(&self, parcel: &Parcel) -> Result<bool, Error> {
        Ok(self.store.keep_claim(&parcel.taken, self.now() + LEASE).await?)
    }

    /// Somebody else has it.
    pub async fn sent(&self, parcel: &Parcel) -> Result<(), Error> {
        let now = self.now();
        Ok(self.store.settle(&parcel.taken, Delivery::Sent, (now, now), None).await?)
    }

    /// It is tried again after a time, or never when none.
    pub async fn not_sent(&self, parcel: &Parcel, wait: Option<Span>, why: String) -> Result<(), Error> {
        let now = self.now();
        let (delivery, next) = match wait {
            Some(wait) => (Delivery::Waiting, now + wait),
            None => (Delivery::Failed, now),
        };
        Ok(self.store.settle(&parcel.taken, delivery, (now, next), Some(why)).await?)
    }
}

/// A letter with its words, as its reader is to have it now; or why it is not sent any more.
fn parcel(one: &Outgoing, scene: &Scene<'_>, matter: &Matter, now: Timestamp) -> Result<Parcel, &'static str> {
    let person = one.person.map(|id| matter.people.get(&id).ok_or("gone")).transpose()?;
    let to = match person {
        Some(person) => person.email.as_ref(),
        None => one.address.as_ref(),
    };
    let to = to.ok_or("no_address")?;
    let text = one.text.and_then(|id| scene.setup.texts.get(&id)).ok_or("no_text")?;
    let reads = person.map_or(Reads::Address(to), Reads::Person);
    let comment = one.comment.map(|id| matter.comments.get(&id).ok_or("gone")).transpose()?;
    let visibility = comment.map(|comment| comment.visibility);
    let mut unproven = false;
    let said = match one.ticket {
        Some(id) => {
            let ticket = matter.tickets.get(&id).ok_or("gone")?;
            let news = News { ticket, said: visibility, by: None, opened: false };
            if let Some(why) = held_back(&news, person.ok_or(to)) {
                return Err(why.name());
            }
            match person.filter(|person| holds_no_words(ticket, comment, person)) {
                Some(person) => {
                    unproven = true;
                    of_stranger(scene, person, ticket.id)
                }
                None => said(text, scene, reads, ticket, comment),
            }
        }
        None => loose(text, scene, reads),
    };
    Ok(Parcel {
        serial: format!("{}-{}", one.id, one.at.0),
        to: to.clone(),
        // The name, too, is what a stranger chose.
        name: person.filter(|_| !unproven).map(|person| person.name.clone()),
        person: one.person,
        ticket: one.ticket,
        at: one.at,
        subject: said.subject,
        body: said.body,
        language: said.language,
        quotes: said.quotes,
        note: visibility == Some(Visibility::Internal),
        tries: one.tries,
        first_try_at: one.first_try_at.unwrap_or(now),
        taken: one.clone(),
    })
}

/// What whoever has an address is told of a request that somebody made with it who had not signed in: nothing that they wrote.
fn of_stranger(scene: &Scene<'_>, to: &Person, ticket: TicketId) -> Said {
    let languages = preferred(to.language.as_deref(), &scene.settings.language);
    let words = Language::written(&languages);
    let url = scene.account.url.as_deref().unwrap_or("none");
    let what = || args![number = ticket.to_string(), account = scene.account.name.as_str(), url = url];
    Said {
        subject: words.say("stranger-mail-subject", what()),
        body: words.say("stranger-mail", what()),
        language: words.code().to_owned(),
        quotes: false,
    }
}
