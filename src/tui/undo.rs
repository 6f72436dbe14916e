//! One's own last act, and how it is set back: by an act like any other, under the same rules, and only while nobody has
//! changed the ticket since. What was said, and what is for good, is not set back.

use super::command::Command;
use super::effect::Effect;
use super::message::ScreenId;
use super::model::{Model, Notice, Tone};
use super::sentence;
use crate::client::{Error, Key, Receipt};
use crate::domain::act::{Change, Deed};
use crate::domain::field::Value;
use crate::domain::id::{FieldId, PersonId, TicketId};
use crate::domain::person::PersonRef;
use crate::domain::status::Status;
use crate::domain::ticket::Ticket;
use crate::language::args;
use std::collections::{BTreeMap, BTreeSet};

/// The address of acts that set something back: no screen waits for them.
const NOBODY: ScreenId = ScreenId(0);

/// What is remembered of one's own acts.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// Acts on their way, by key, and which key press they belong to.
    waiting: BTreeMap<String, (u64, Back)>,
    press: u64,
    /// To which press the last act belongs.
    last_press: u64,
    last: Vec<Back>,
    /// What is being set back.
    undoing: Undoing,
}

/// How an act is set back.
#[derive(Clone, Debug, PartialEq)]
enum Back {
    /// By this deed.
    Deed(Box<Deed>),
    /// Not at all.
    Never,
    /// It changes nothing, so there is nothing to set back, and what was done before it is still the last.
    Idle,
}

/// What an act that was answered has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// It is done, with so many others of the same key press, itself included; and whether they can be set back.
    Done { count: usize, back: bool },
    /// It was so already. `alone`: nothing else of the same key press has been done so far.
    Idle { alone: bool },
}

/// Acts that set something back and are on their way; how it went so far.
#[derive(Clone, Debug, Default)]
struct Undoing {
    left: BTreeSet<String>,
    done: Vec<TicketId>,
    failed: Option<Error>,
}

/// Remembers the acts that one key has led to, with what the tickets are like before.
pub(super) fn remember(model: &mut Model, effects: &[Effect]) {
    model.undo.press += 1;
    for effect in effects {
        let Effect::Act { to, key, deed } = effect else { continue };
        if *to == NOBODY {
            continue;
        }
        let back = match &**deed {
            Deed::UpdateTicket { ticket, change, comment: None, .. } => {
                let before = known(model, *ticket);
                match before.map(|before| (before.version + 1, back(change, before))) {
                    _ if before.is_some_and(|before| is_idle(change, before)) => Back::Idle,
                    Some((version, Some(change))) if change != Change::default() => {
                        let (change, expect) = (Box::new(change), Some(version));
                        Back::Deed(Box::new(Deed::UpdateTicket { ticket: *ticket, change, comment: None, expect }))
                    }
                    _ => Back::Never,
                }
            }
            _ => Back::Never,
        };
        model.undo.waiting.insert(key.0.clone(), (model.undo.press, back));
    }
}

/// The ticket as the screens know it, the newest version of it.
fn known(model: &Model, id: TicketId) -> Option<&Ticket> {
    let known = model.screens.iter().filter_map(|placed| placed.screen.item(id)?.ticket());
    known.max_by_key(|ticket| ticket.version)
}

/// Whether a ticket is so already.
fn is_idle(change: &Change, before: &Ticket) -> bool {
    let has = |person: &PersonRef| number(person).is_some_and(|id| before.ccs.contains(&id));
    change.subject.as_ref().is_none_or(|subject| *subject == before.subject)
        && change.status.is_none_or(|status| status == before.status())
        && change.custom_status.is_none_or(|status| Some(status) == before.custom_status)
        && change.fields.iter().all(|(id, text)| held(before, *id) == *text)
        && change.priority.is_none_or(|priority| priority == before.priority)
        && change.kind.is_none_or(|kind| Some(kind) == before.kind)
        && change.ticket_type.is_none_or(|one| one == before.ticket_type)
        && change.problem.is_none_or(|problem| problem == before.problem)
        && change.assignee.is_none_or(|assignee| assignee == before.assignee)
        && change.group.is_none_or(|group| group == before.group)
        && change.due_at.is_none_or(|due| due == before.due_at)
        && change.requester.as_ref().is_none_or(|one| number(one) == Some(before.requester))
        && change.add_tags.is_subset(&before.tags)
        && change.remove_tags.is_disjoint(&before.tags)
        && change.add_ccs.iter().all(has)
        && change.remove_ccs.is_disjoint(&before.ccs)
        && change.add_followers.is_subset(&before.followers)
        && change.remove_followers.is_disjoint(&before.followers)
}

/// What sets a change back on the ticket that it was made on; none where a part of it is for good.
fn back(change: &Change, before: &Ticket) -> Option<Change> {
    let mut back = Change::default();
    if change.subject.is_some() {
        back.subject = Some(before.subject.clone());
    }
    if let Some(status) = change.status {
        // A ticket never goes back to New (D11), and a closed one takes no change (D13).
        if before.status() == Status::New || status == Status::Closed {
            return None;
        }
        back.status = Some(before.status());
        back.custom_status = before.custom_status;
    }
    if change.custom_status.is_some() {
        if before.status() == Status::New {
            return None;
        }
        back.status = Some(before.status());
        back.custom_status = before.custom_status;
    }
    back.fields = change.fields.keys().map(|id| (*id, held(before, *id))).collect();
    if change.kind.is_some() {
        back.kind = Some(before.kind?);
    }
    back.priority = change.priority.map(|_| before.priority);
    back.ticket_type = change.ticket_type.map(|_| before.ticket_type);
    // What is no incident any more has lost its problem.
    if change.ticket_type.is_some() && before.problem.is_some() || change.problem.is_some() {
        back.problem = Some(before.problem);
    }
    back.due_at = change.due_at.map(|_| before.due_at);
    // Whoever solves what nobody is assigned to is assigned, and an assignee brings a group along.
    let hands = change.assignee.is_some() || change.group.is_some();
    let status = change.status.is_some() || change.custom_status.is_some();
    if hands || (status && before.assignee.is_none()) {
        back.assignee = Some(before.assignee);
        back.group = Some(before.group);
    }
    back.requester = change.requester.as_ref().map(|_| PersonRef::Id(before.requester));
    back.add_tags = change.remove_tags.intersection(&before.tags).cloned().collect();
    back.remove_tags = change.add_tags.difference(&before.tags).cloned().collect();
    back.add_followers = change.remove_followers.intersection(&before.followers).copied().collect();
    back.remove_followers = change.add_followers.difference(&before.followers).copied().collect();
    back.add_ccs = change.remove_ccs.intersection(&before.ccs).map(|id| PersonRef::Id(*id)).collect();
    let added: Option<BTreeSet<PersonId>> = change.add_ccs.iter().map(number).collect();
    back.remove_ccs = added?.difference(&before.ccs).copied().collect();
    Some(back)
}

/// What a field holds, as it is written.
fn held(ticket: &Ticket, id: FieldId) -> String {
    ticket.fields.get(&id).map_or_else(String::new, Value::written)
}

/// Somebody who was named by an address became somebody only with the act: their number is not known here.
const fn number(person: &PersonRef) -> Option<PersonId> {
    match person {
        PersonRef::Id(id) => Some(*id),
        PersonRef::Address(_) | PersonRef::Named { .. } => None,
    }
}

/// An act was answered. What it has come to, and whether it can be set back now.
pub(super) fn acted(model: &mut Model, key: &str, result: &Result<Receipt, Error>) -> Came {
    let memory = &mut model.undo;
    let Some((press, mut back)) = memory.waiting.remove(key) else { return Came::Done { count: 1, back: false } };
    let Ok(receipt) = result else { return Came::Done { count: 0, back: false } };
    // What rules made of it is a version of its own.
    if let Back::Deed(deed) = &mut back
        && let Deed::UpdateTicket { expect: Some(version), .. } = &mut **deed
    {
        *version += (receipt.versions - 1).max(0);
    }
    if back == Back::Idle {
        return Came::Idle { alone: memory.last_press != press };
    }
    if memory.last_press != press {
        memory.last_press = press;
        memory.last.clear();
    }
    memory.last.push(back);
    Came::Done { count: memory.last.len(), back: !memory.last.contains(&Back::Never) }
}

/// Sets the last act back, or says why not.
pub(super) fn undo(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.undo.last.is_empty() || model.undo.last.contains(&Back::Never) {
        let word = if model.undo.last.is_empty() { "undo-nothing" } else { "undo-never" };
        model.shared.tell(Tone::Hint, model.shared.word(word));
        return;
    }
    model.undo.undoing = Undoing::default();
    for back in std::mem::take(&mut model.undo.last) {
        let Back::Deed(deed) = back else { continue };
        let key = model.shared.new_key();
        model.undo.undoing.left.insert(key.clone());
        effects.push(Effect::Act { to: NOBODY, key: Key(key), deed });
    }
}

/// An act that sets something back was answered: says so when all are. `false` when it is none of these.
pub(super) fn undone(model: &mut Model, key: &str, ticket: Option<TicketId>, result: &Result<Receipt, Error>) -> bool {
    let undoing = &mut model.undo.undoing;
    if !undoing.left.remove(key) {
        return false;
    }
    match result {
        Ok(_) => undoing.done.extend(ticket),
        Err(error) => undoing.failed = Some(error.clone()),
    }
    if !undoing.left.is_empty() {
        return true;
    }
    let Undoing { done, failed, .. } = std::mem::take(undoing);
    let shared = &mut model.shared;
    if let Some(error) = failed {
        let conflict = matches!(error, Error::Conflict { .. });
        shared.fail(error);
        if conflict {
            shared.tell(Tone::Bad, shared.word("undo-changed"));
        }
    } else {
        let count = i64::try_from(done.len()).unwrap_or(i64::MAX);
        let number = done.first().map(ToString::to_string).unwrap_or_default();
        let text = shared.say("undo-done", args![count = count, number = number]);
        shared.tell(Tone::Done, text);
    }
    true
}

/// What was done, and by which key it is set back. None where the one before says more.
pub(super) fn notice(model: &Model, deed: &Deed, ticket: Option<TicketId>, came: Came) -> Option<Notice> {
    let shared = &model.shared;
    let number = ticket.map(|id| id.to_string()).unwrap_or_default();
    let (text, back) = match came {
        Came::Idle { alone: false } => return None,
        Came::Idle { alone: true } => {
            let text = shared.say("notice-unchanged", args![number = number]);
            return Some(Notice { text, tone: Tone::Hint });
        }
        Came::Done { count: 0 | 1, back } => (sentence::done(shared, deed, ticket), back),
        Came::Done { count, back } => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            (shared.say("notice-updated-several", args![count = count]), back)
        }
    };
    let key = shared.keymap.shown(Command::Undo).into_iter().next().filter(|_| back);
    let text = match key {
        Some(key) => shared.say("undo-offer", args![done = text.into_string(), key = key]),
        None => text,
    };
    Some(Notice { text, tone: Tone::Done })
}
