//! What a decision becomes: rows of every kind, gathered per table and written together. The rows of many decisions can
//! be gathered before they are written: that is how tickets come in by the thousand.

mod chain;
mod notices;
mod people;
mod records;
mod rows;
mod ticket;

use super::dialect::{Batch, Dialect, Value};
use super::event::{Salt, Salts};
use super::facts::Head;
use super::fault::{Fault, FaultKind};
use super::search::words::{self, Words};
use crate::domain::comment::{Comment, UploadToken};
use crate::domain::decide::Decision;
use crate::domain::event::{Chain, Event};
use crate::domain::history::Link;
use crate::domain::id::{CommentId, TicketId};
use crate::domain::removal::Removed;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
pub(super) use chain::linked_bytes;
use rows::Table;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The chains that may grow, with the tickets on them.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// The account's.
    pub(super) account: Head,
    /// The tickets'.
    pub(super) tickets: BTreeMap<TicketId, Chained>,
    /// What was said on tickets, oldest first, and whether requesters may read it: for the search index.
    pub(super) said: BTreeMap<TicketId, Vec<(CommentId, String, bool)>>,
}

/// A ticket with the head of its chain.
#[derive(Debug)]
pub(super) struct Chained {
    pub(super) ticket: Ticket,
    pub(super) link: Link,
    /// When it has to be looked at again for what happens to it by itself.
    pub(super) next_at: Option<Timestamp>,
    /// All that as it is in the store; none when it is new.
    stored: Option<(Ticket, Link, Option<Timestamp>)>,
}

impl Chained {
    /// A ticket that is in the store.
    pub(super) fn known(ticket: Ticket, link: Link, next_at: Option<Timestamp>) -> Self {
        Self { stored: Some((ticket.clone(), link, next_at)), ticket, link, next_at }
    }
}

/// Salts from chance that is fetched for some at once.
#[derive(Default)]
struct Chance {
    salts: std::vec::IntoIter<Salt>,
}

impl Chance {
    /// So many at once: a call to the system takes longer than to make the bytes.
    const AT_ONCE: usize = 32;
}

impl Salts for Chance {
    fn next(&mut self) -> Result<Salt, Fault> {
        if let Some(salt) = self.salts.next() {
            return Ok(salt);
        }
        let mut salts = vec![Salt::default(); Self::AT_ONCE];
        super::fill(salts.as_flattened_mut())?;
        self.salts = salts.into_iter();
        self.salts.next().ok_or_else(|| Fault::new(FaultKind::Other, "no chance"))
    }
}

/// Rows on their way into the store.
pub(super) struct Writing {
    dialect: Dialect,
    /// What must stand before the new rows, for they refer to it.
    first: Batch,
    /// New rows, one value after the other.
    inserts: BTreeMap<Table, Vec<Value>>,
    /// Tickets that change: a new one among the rows may do so too, by an act that was decided right after its making.
    changed: Batch,
    /// The words of new tickets, and those of known ones that are found otherwise than before.
    new_words: Vec<Words>,
    other_words: BTreeMap<TicketId, Words>,
    /// What refers to the new rows.
    then: Batch,
    chance: Chance,
    next_audits: VecDeque<i64>,
}

impl Writing {
    /// Nothing yet.
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            first: Batch::default(),
            inserts: BTreeMap::new(),
            changed: Batch::default(),
            new_words: Vec::new(),
            other_words: BTreeMap::new(),
            then: Batch::default(),
            chance: Chance::default(),
            next_audits: VecDeque::new(),
        }
    }

    /// Numbers for audits to come.
    pub(super) fn provide(&mut self, audits: Vec<i64>) {
        self.next_audits.extend(audits);
    }

    /// Takes a decision in: the heads are as they will be afterwards.
    pub(super) fn take(&mut self, decision: &Decision, heads: &mut Heads) -> Result<(), Fault> {
        self.people(decision);
        let mut touched = self.chains(decision, heads)?;
        for (id, next_at) in &decision.looks {
            if let Some(chained) = heads.tickets.get_mut(id) {
                chained.next_at = *next_at;
                touched.insert(*id);
            }
        }
        for id in &touched {
            if let Some(chained) = heads.tickets.get_mut(id) {
                self.ticket(chained);
                chained.stored = Some((chained.ticket.clone(), chained.link, chained.next_at));
            }
        }
        let again = findable(decision);
        for id in touched.iter().filter(|id| again.contains(id)) {
            self.findable(*id, heads, created(decision, *id));
        }
        self.used(&decision.used);
        self.records(&decision.records);
        self.notices(decision);
        Ok(())
    }

    /// A row for a table.
    fn insert<const WIDTH: usize>(&mut self, table: Table, values: [Value; WIDTH]) {
        self.inserts.entry(table).or_default().extend(values);
    }

    /// Takes back a row that was to become a new one, as an act before left it; whether there was one.
    fn take_back<const WIDTH: usize>(&mut self, table: Table, values: &[Value; WIDTH]) -> bool {
        let Some(rows) = self.inserts.get_mut(&table) else { return false };
        let Some(at) = rows.chunks(WIDTH).position(|row| row == values) else { return false };
        rows.drain(at * WIDTH..(at + 1) * WIDTH);
        true
    }

    fn used(&mut self, tokens: &[UploadToken]) {
        for token in tokens {
            self.then.push("UPDATE uploads SET used = $2 WHERE token = $1", vec![token.0.as_str().into(), true.into()]);
        }
    }

    /// Puts a ticket into the search index: a new one among the new, a known one in place of what was known.
    fn findable(&mut self, id: TicketId, heads: &Heads, is_new: bool) {
        let Some(chained) = heads.tickets.get(&id) else { return };
        let said = heads.said.get(&id).map(Vec::as_slice).unwrap_or_default();
        let words = Words::of(&chained.ticket, said.iter().map(|(_, body, public)| (body.as_str(), *public)));
        if is_new {
            self.new_words.push(words);
        } else {
            self.other_words.insert(id, words);
        }
    }

    /// Remembers that an act was done under a key.
    pub(super) fn act(&mut self, values: [Value; 5]) {
        self.insert(Table::Acts, values);
    }

    /// Everything as statements, in an order in which each finds what it refers to.
    pub(super) fn finish(self) -> Batch {
        let mut batch = self.first;
        for (table, rows) in self.inserts {
            table.push(&mut batch, rows);
        }
        batch.append(self.changed);
        batch.append(self.then);
        words::insert(&mut batch, self.dialect, &self.new_words);
        let others: Vec<Words> = self.other_words.into_values().collect();
        words::replace(&mut batch, self.dialect, &others);
        batch
    }
}

/// Whether a decision opens that ticket.
fn created(decision: &Decision, id: TicketId) -> bool {
    let opens = |event: &Event| matches!(event, Event::Created(created) if created.id == id);
    decision.entries.iter().any(|entry| entry.events.first().is_some_and(opens))
}

/// The tickets that are found by other words, or by others, than before.
fn findable(decision: &Decision) -> BTreeSet<TicketId> {
    let changes = |event: &Event| {
        matches!(
            event,
            Event::Created(_)
                | Event::Commented(_)
                | Event::MadeInternal(_)
                | Event::VisibilityChanged(_)
                | Event::SubjectChanged { .. }
                | Event::RequesterChanged { .. }
                | Event::OrganizationChanged { .. }
                | Event::CcsChanged { .. }
                | Event::Person(_)
                | Event::Removal(Removed::Redacted(_) | Removed::FileRedacted(_))
        )
    };
    let entries = decision.entries.iter().filter(|entry| entry.events.iter().any(changes));
    entries
        .filter_map(|entry| match entry.chain {
            Chain::Ticket(id) => Some(id),
            Chain::Account => None,
        })
        .collect()
}

/// The comments among events.
fn comments(events: &[Event]) -> impl Iterator<Item = &Comment> {
    events.iter().filter_map(|event| match event {
        Event::Commented(comment) => Some(&**comment),
        _ => None,
    })
}

/// D35: a text whose salt is another's, or known, could be guessed from its digest.
#[test]
fn no_salt_comes_twice() {
    let mut chance = Chance::default();
    let wanted = 3 * Chance::AT_ONCE + 1;
    let salts: BTreeSet<Salt> = (0..wanted).map_while(|_| chance.next().ok()).collect();
    assert_eq!(salts.len(), wanted);
}
