//! How people come in and leave, in memory.

use super::World;
use guichet::domain::act::{Act, Deed, Who};
use guichet::domain::comment::Channel;
use guichet::domain::decide::{Decision, decide};
use guichet::domain::id::{CommentId, PersonId, TicketId};
use guichet::domain::life::{AccessBounds, LifeFacts, PersonDeed, Record};
use guichet::domain::mailroom::MailDeed;
use guichet::domain::outgoing::Delivery;
use guichet::domain::person::{EmailAddress, Standing};
use guichet::domain::refusal::Refusal;
use guichet::domain::removal::Removal;
use guichet::domain::secret::{Digest, PasswordHash};
use guichet::domain::status::Status;
use guichet::domain::stranger::Strangers;
use guichet::domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What is written beside records.
#[derive(Clone, Default)]
pub struct Access {
    pub passwords: BTreeMap<PersonId, PasswordHash>,
    pub links: BTreeMap<Digest, (PersonId, Timestamp)>,
    pub tokens: BTreeMap<String, PersonId>,
    pub asked: Vec<(Digest, Option<PersonId>, Timestamp)>,
    pub unsettled: BTreeMap<PersonId, bool>,
    pub forgotten: BTreeSet<TicketId>,
    /// Problems that were solved, with what was said then.
    pub solved: BTreeMap<TicketId, Option<CommentId>>,
    /// Where letters stand.
    pub letters: BTreeMap<i64, Delivery>,
    /// Mails that are nobody's.
    pub mails: BTreeSet<i64>,
}

/// The people whom a deed names.
pub fn named(deed: &PersonDeed, ids: &mut Vec<PersonId>, emails: &mut Vec<EmailAddress>) {
    match deed {
        PersonDeed::Merge { source, target } => ids.extend([*source, *target]),
        PersonDeed::AskAccess { email, .. } => emails.push(email.clone()),
        PersonDeed::UseLink { .. } | PersonDeed::Grant(_) => {}
        PersonDeed::Forget { whose, .. } => ids.extend(*whose),
        PersonDeed::Approve(person)
        | PersonDeed::Delete(person)
        | PersonDeed::Erase { person, .. }
        | PersonDeed::Settle { person, .. }
        | PersonDeed::MakeLink { person, .. }
        | PersonDeed::SetPassword { person, .. }
        | PersonDeed::AddToken { person, .. }
        | PersonDeed::RevokeToken { person, .. } => ids.push(*person),
    }
}

impl World {
    /// Something that the account itself does.
    pub fn by_itself(&mut self, deed: PersonDeed) -> Result<Decision, Refusal> {
        self.does_itself(Deed::Person(deed))
    }

    /// The same of whatever deed.
    pub fn does_itself(&mut self, deed: Deed) -> Result<Decision, Refusal> {
        let facts = self.facts(Who::System, &deed);
        let act = Act { who: Who::System, via: Channel::Api, deed };
        let decision = decide(&facts, &act, self.now)?;
        self.apply(&decision);
        Ok(decision)
    }

    /// Where those were merged into.
    pub(super) fn merged_into(&self, ids: &[PersonId], emails: &[EmailAddress]) -> Vec<PersonId> {
        let named = self
            .people
            .values()
            .filter(|one| ids.contains(&one.id) || one.email.as_ref().is_some_and(|email| emails.contains(email)));
        let into = named.filter_map(|one| match one.standing {
            Standing::Merged(into) => Some(into),
            _ => None,
        });
        into.collect()
    }

    pub(super) fn owner_of_link(&self, deed: &Deed) -> Option<PersonId> {
        let Deed::Person(PersonDeed::UseLink { link, .. }) = deed else { return None };
        self.access.links.get(link).map(|(person, _)| *person)
    }

    pub(super) fn life_facts(&self, deed: &Deed) -> LifeFacts {
        let deed = match deed {
            Deed::Person(deed) => deed,
            Deed::Removal(Removal::Purge(ticket)) => {
                let said = self.comments.values().filter(|one| one.ticket == *ticket && !one.body.is_empty());
                return LifeFacts { said: said.map(|one| (one.id, one.author)).collect(), ..LifeFacts::default() };
            }
            Deed::Mail(MailDeed::PutBack(number) | MailDeed::DropLetter(number)) => {
                let letter = self.access.letters.get(number).copied();
                return LifeFacts { letter, ..LifeFacts::default() };
            }
            Deed::Mail(MailDeed::DropMail(number)) => {
                return LifeFacts { mail: self.access.mails.contains(number), ..LifeFacts::default() };
            }
            _ => return LifeFacts::default(),
        };
        let (mut ids, mut emails) = (Vec::new(), Vec::new());
        named(deed, &mut ids, &mut emails);
        let theirs = |id: PersonId| ids.contains(&id);
        let open = self.tickets.values().filter(|one| theirs(one.requester) && one.status() < Status::Solved);
        let address = emails.first().map(Digest::of_address);
        let times = |of: Option<Digest>, most| {
            let asked = self.access.asked.iter().rev().filter(|(by, ..)| of.is_none_or(|address| address == *by));
            asked.map(|(.., at)| *at).take(most).collect()
        };
        let link = match deed {
            PersonDeed::UseLink { link, .. } => {
                self.access.links.get(link).map(|(person, until)| (*link, *person, *until))
            }
            _ => None,
        };
        let ticket = match deed {
            PersonDeed::Forget { ticket, .. } => Some(*ticket),
            _ => None,
        };
        let said = self.comments.values().filter(|one| Some(one.ticket) == ticket && !one.body.is_empty());
        LifeFacts {
            unsolved: open.count() as u64,
            tokens: self.access.tokens.iter().filter(|(_, id)| theirs(**id)).map(|(name, _)| name.clone()).collect(),
            link,
            // Programs are signed in over HTTP in their own tests.
            code: None,
            grant: None,
            asked: if address.is_some() { times(address, AccessBounds::ADDRESS) } else { Vec::new() },
            asked_of_all: if address.is_some() { times(None, AccessBounds::ALL) } else { Vec::new() },
            said: said.map(|one| (one.id, one.author)).collect(),
            // What comes without signing in has tests of its own.
            strangers: Strangers::default(),
            letter: None,
            mail: false,
        }
    }

    pub(super) fn remember(&mut self, records: &[Record]) {
        let access = &mut self.access;
        for record in records.iter().cloned() {
            match record {
                Record::Asked { address, person, at } => access.asked.push((address, person, at)),
                Record::Link { person, link, expires_at, .. } => _ = access.links.insert(link, (person, expires_at)),
                Record::Password { person, password, .. } => {
                    access.links.retain(|_, (whose, _)| *whose != person);
                    access.passwords.insert(person, password);
                }
                Record::Token { person, token, .. } => _ = access.tokens.insert(token.name(), person),
                Record::TokenGone { name, .. } => _ = access.tokens.remove(&name),
                Record::ShutOut { person, password } => {
                    access.tokens.retain(|_, whose| *whose != person);
                    access.links.retain(|_, (whose, _)| *whose != person);
                    if password {
                        access.passwords.remove(&person);
                    }
                }
                Record::Unsettled { person, texts } => _ = access.unsettled.insert(person, texts),
                Record::ProblemSolved { ticket, comment } => _ = access.solved.insert(ticket, comment),
                // Secrets, and what strangers asked, stand beside what the rules look at.
                Record::Code(_)
                | Record::CodeGone(_)
                | Record::Granted(_)
                | Record::Webhook { .. }
                | Record::Stranger { .. }
                | Record::Waiting(_) => {}
                Record::Forgotten(ticket) => _ = access.forgotten.insert(ticket),
                Record::Letter { letter, drop, .. } => {
                    let standing = if drop { Delivery::Dropped } else { Delivery::Waiting };
                    access.letters.insert(letter, standing);
                }
                Record::MailGone(mail) => _ = access.mails.remove(&mail),
            }
        }
    }
}
