//! Audits with their links.

use super::rows::Table;
use super::{Chained, Heads, Writing, comments};
use crate::domain::decide::{Decision, Entry};
use crate::domain::event::{Chain, Event};
use crate::domain::evolve;
use crate::domain::history::{self, Link, START};
use crate::domain::id::{CommentId, TicketId};
use crate::domain::life::PersonEvent;
use crate::domain::removal::Removed;
use crate::store::event::{self, Salt, Salts, Texts};
use crate::store::facts::Head;
use crate::store::fault::{Fault, FaultKind};
use std::collections::{BTreeMap, BTreeSet};

/// What an audit's link is made over, beside the link before it and its number. A format: it stays.
pub(in crate::store) fn linked_bytes(ticket: i64, at: i64, who: Option<i64>, via: &str, events: &str) -> Vec<u8> {
    let who = who.map_or_else(|| "system".to_owned(), |id| id.to_string());
    format!("{ticket}\n{at}\n{who}\n{via}\n{events}").into_bytes()
}

impl Writing {
    /// Adds the audits of a decision; the tickets that they touch.
    pub(super) fn chains(&mut self, decision: &Decision, heads: &mut Heads) -> Result<BTreeSet<TicketId>, Fault> {
        let mut touched = BTreeSet::new();
        let mut account = None;
        for entry in &decision.entries {
            match entry.chain {
                Chain::Account => {
                    heads.account = self.audit(entry, heads.account, &BTreeMap::new())?;
                    account = Some(heads.account);
                }
                Chain::Ticket(id) => {
                    self.ticket_entry(entry, id, heads)?;
                    touched.insert(id);
                }
            }
        }
        if let Some((link, version)) = account {
            self.then.push("UPDATE account SET link = $1, version = $2", vec![link.as_slice().into(), version.into()]);
        }
        Ok(touched)
    }

    fn ticket_entry(&mut self, entry: &Entry, id: TicketId, heads: &mut Heads) -> Result<(), Fault> {
        if let Some(Event::Created(created)) = entry.events.first() {
            let ticket = evolve::open(created, entry.at);
            heads.tickets.insert(id, Chained { ticket, link: START, next_at: None, stored: None });
        }
        let mut salts = BTreeMap::new();
        for comment in comments(&entry.events) {
            let salt = self.chance.next()?;
            salts.insert(comment.id, salt);
            self.comment(comment, &salt);
            let public = comment.visibility == crate::domain::comment::Visibility::Public;
            heads.said.entry(id).or_default().push((comment.id, comment.body.clone(), public));
        }
        for event in &entry.events {
            match event {
                Event::MadeInternal(comment) => self.make_internal(*comment, id, heads),
                Event::Person(PersonEvent::TextsErased(comments)) => self.erase(comments, id, heads),
                Event::Removal(Removed::Redacted(said) | Removed::FileRedacted(said)) => {
                    let salt = self.chance.next()?;
                    salts.insert(said.id, salt);
                    self.blacken(said, &salt, heads);
                }
                _ => {}
            }
        }
        let missing = || Fault::new(FaultKind::Other, format!("ticket {id} was not read"));
        let chained = heads.tickets.get(&id).ok_or_else(missing)?;
        if entry.events.contains(&Event::Person(PersonEvent::WordsErased)) {
            self.erase_words(id, chained.ticket.version + 1);
        }
        let (link, _) = self.audit(entry, (chained.link, chained.ticket.version), &salts)?;
        if let Some(chained) = heads.tickets.get_mut(&id) {
            evolve::evolve_all(&mut chained.ticket, &entry.events, entry.at);
            chained.link = link;
        }
        Ok(())
    }

    /// One audit; the head of its chain afterwards.
    fn audit(&mut self, entry: &Entry, before: Head, salts: &BTreeMap<CommentId, Salt>) -> Result<Head, Fault> {
        let (link, version) = before;
        let number = version + 1;
        let id =
            self.next_audits.pop_front().ok_or_else(|| Fault::new(FaultKind::Other, "too few numbers for audits"))?;
        let ticket = match entry.chain {
            Chain::Account => 0,
            Chain::Ticket(id) => id.0,
        };
        let who = entry.who.person().map(|id| id.0);
        let mut texts = Texts::default();
        let events = event::write(&entry.events, salts, &mut self.chance, &mut texts)?;
        let bytes = linked_bytes(ticket, entry.at.0, who, entry.via.name(), &events);
        let link: Link = history::link(&link, number, &bytes);
        self.insert(
            Table::Audits,
            [
                id.into(),
                ticket.into(),
                number.into(),
                entry.at.0.into(),
                who.into(),
                entry.via.name().into(),
                events.into(),
                link.as_slice().into(),
            ],
        );
        for ((salt, body), place) in texts.taken.into_iter().zip(0_i64..) {
            self.insert(Table::Texts, [id.into(), place.into(), salt.as_slice().into(), body.into()]);
        }
        Ok((link, number))
    }
}
