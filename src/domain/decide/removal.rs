//! How tickets go and come back, and how what was said is blackened.

use super::changing::Changing;
use super::work::Work;
use super::{Decision, Facts, people};
use crate::domain::act::{Act, PersonChange, Who};
use crate::domain::comment::{Comment, Visibility};
use crate::domain::event::{Chain, Event};
use crate::domain::id::{CommentId, TicketId};
use crate::domain::life::PersonEvent;
use crate::domain::person::{Person, Role};
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::removal::{self, Deletion, Removal, Removed};
use crate::domain::ticket::Ticket;
use crate::domain::time::{Span, Timestamp};
use std::collections::BTreeSet;

/// What is wanted of a ticket that is to go, or is gone.
pub(super) fn decide(facts: &Facts, act: &Act, removal: &Removal, now: Timestamp) -> Result<Decision, Refusal> {
    match removal {
        Removal::Delete(ticket) => delete(facts, act, *ticket, false, now),
        Removal::Spam(ticket) => spam(facts, act, *ticket, now),
        Removal::Restore(ticket) => restore(facts, act, *ticket, now),
        Removal::Purge(ticket) => purge(facts, act, *ticket, now),
        Removal::Redact { ticket, comment, text } => {
            let mut said = said(facts, act, *ticket, *comment)?;
            let black = removal::blackened(&said.body, text).ok_or(Refusal::NotFound(Thing::Text))?;
            said.body = black;
            Ok(redacted(facts, act, said, Removed::Redacted, now))
        }
        Removal::RedactFile { ticket, comment, file } => {
            let mut said = said(facts, act, *ticket, *comment)?;
            let there = said.attachments.iter_mut().find(|one| one.id == *file);
            let there = there.ok_or(Refusal::NotFound(Thing::File))?;
            *there = removal::emptied(*file);
            Ok(redacted(facts, act, said, Removed::FileRedacted, now))
        }
    }
}

/// Whoever acts may delete.
fn may(facts: &Facts) -> Result<(), Refusal> {
    facts.staff()?;
    let needs = Role::Admin;
    if removal::may_remove(&facts.viewer()?, &facts.settings) { Ok(()) } else { Err(Refusal::Role { needs }) }
}

fn delete(facts: &Facts, act: &Act, id: TicketId, spam: bool, now: Timestamp) -> Result<Decision, Refusal> {
    facts.worked(facts.ticket.as_ref(), id, act.via)?;
    may(facts)?;
    let by = act.who.person();
    Ok(written(facts, act, id, vec![Event::Removal(Removed::Deleted { by, spam })], now))
}

/// Whoever asked is shut out by the same act, or neither is done. Who is gone already cannot be.
fn spam(facts: &Facts, act: &Act, id: TicketId, now: Timestamp) -> Result<Decision, Refusal> {
    let ticket = facts.worked(facts.ticket.as_ref(), id, act.via)?;
    let mut decision = delete(facts, act, id, true, now)?;
    let there = facts.people.get(&ticket.requester).is_some_and(|person| !person.standing.is_gone());
    if there {
        let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
        let shut = people::update(facts, act, ticket.requester, &change, now)?;
        decision.entries.extend(shut.entries);
        decision.people.extend(shut.people);
        decision.records.extend(shut.records);
        decision.outcome.person = shut.outcome.person;
    }
    Ok(decision)
}

/// A ticket that is deleted, and since when; not what is gone for good.
fn deleted(facts: &Facts, id: TicketId) -> Result<(&Ticket, Deletion), Refusal> {
    let ticket = facts.ticket.as_ref().filter(|one| one.id == id);
    let deleted = ticket.and_then(|ticket| Some((ticket, ticket.deleted.filter(|deletion| !deletion.purged)?)));
    deleted.ok_or(Refusal::NotFound(Thing::Ticket(id)))
}

/// As it was; but nobody works on it who works no longer.
fn restore(facts: &Facts, act: &Act, id: TicketId, now: Timestamp) -> Result<Decision, Refusal> {
    may(facts)?;
    let (ticket, _) = deleted(facts, id)?;
    let mut changing = Changing::new(ticket.clone(), now);
    changing.push(Event::Removal(Removed::Restored));
    let idle = ticket.assignee.filter(|id| !facts.known(*id).is_some_and(Person::works));
    if let Some(gone) = idle.filter(|_| ticket.status().is_unsolved()) {
        changing.push(Event::AssigneeChanged { from: Some(gone), to: None });
    }
    Ok(written(facts, act, id, changing.events, now))
}

/// For good: by admins at once, by the account itself when the time for it has come.
fn purge(facts: &Facts, act: &Act, id: TicketId, now: Timestamp) -> Result<Decision, Refusal> {
    if act.who != Who::System {
        facts.admin()?;
    }
    let (ticket, deletion) = deleted(facts, id)?;
    if act.who == Who::System && !is_due(deletion, facts.settings.removal.purge_days, now) {
        return Err(Refusal::NotDue);
    }
    let said: BTreeSet<CommentId> = facts.life.said.iter().map(|(comment, _)| *comment).collect();
    let mut events = Vec::new();
    if !said.is_empty() {
        events.push(Event::Person(PersonEvent::TextsErased(said)));
    }
    if ticket.subject != ticket.bare_subject() {
        events.push(Event::Person(PersonEvent::WordsErased));
    }
    events.push(Event::Removal(Removed::Purged));
    Ok(written(facts, act, id, events, now))
}

fn is_due(deletion: Deletion, days: u32, now: Timestamp) -> bool {
    days > 0 && deletion.at + Span::days(i64::from(days)) <= now
}

/// A comment that is to be blackened: of closed tickets too, for what must not be known must not be known there either.
fn said(facts: &Facts, act: &Act, id: TicketId, comment: CommentId) -> Result<Comment, Refusal> {
    facts.worked(facts.ticket.as_ref(), id, act.via)?;
    may(facts)?;
    let said = facts.comment.as_ref().filter(|one| one.ticket == id && one.id == comment);
    said.cloned().ok_or(Refusal::NotFound(Thing::Comment))
}

fn redacted(facts: &Facts, act: &Act, said: Comment, what: fn(Box<Comment>) -> Removed, now: Timestamp) -> Decision {
    let (ticket, comment) = (said.ticket, said.id);
    let public = said.visibility == Visibility::Public;
    let mut events = vec![Event::Removal(what(Box::new(said)))];
    if public {
        events.push(Event::RequestChanged);
    }
    let mut decision = written(facts, act, ticket, events, now);
    decision.outcome.comment = Some(comment);
    decision
}

fn written(facts: &Facts, act: &Act, id: TicketId, events: Vec<Event>, now: Timestamp) -> Decision {
    let mut work = Work::new(facts, act, now);
    work.write(Chain::Ticket(id), events);
    work.decision.outcome.ticket = Some(id);
    work.decision
}
