//! What fields hold, and what of them must be filled in.

use super::Facts;
use crate::domain::act::{Change, Deed, NewTicket};
use crate::domain::field::{Field, FieldType, Holder, Value};
use crate::domain::form::{Reader, Values};
use crate::domain::id::{FieldId, KindId};
use crate::domain::locale::preferred;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::setup::{ItemKind, Setup};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// As what the one who acts looks at forms; the account itself as the team does.
pub(super) fn reader(facts: &Facts) -> Reader {
    Reader::of(facts.actor.as_ref().is_none_or(|actor| actor.role.is_staff()))
}

/// What a field is called for the one who acts.
pub(super) fn title(facts: &Facts, field: &Field) -> String {
    let own = facts.actor.as_ref().and_then(|actor| actor.language.as_deref());
    let languages = preferred(own, &facts.settings.language);
    field.title_in(&languages, reader(facts) == Reader::Requester).to_owned()
}

/// Nothing may be missing: the one who acts is told what is (D19).
fn nothing_missing(facts: &Facts, missing: &[&Field]) -> Result<(), Refusal> {
    let fields: Vec<String> = missing.iter().map(|field| title(facts, field)).collect();
    if fields.is_empty() { Ok(()) } else { Err(Refusal::Required { fields }) }
}

/// What the fields of imported tickets hold: what they must hold is not asked of the past.
pub(super) fn first(facts: &Facts, wanted: &BTreeMap<FieldId, String>) -> Result<Values, Refusal> {
    let mut fields = BTreeMap::new();
    for (id, text) in wanted {
        if let Some(value) = read(facts, *id, text)? {
            fields.insert(*id, value);
        }
    }
    Ok(fields)
}

/// What the fields of a new ticket of a kind hold: what was chosen, what the ticket that it follows holds, and defaults.
/// Requesters fill in what stands on the form for them, and all of it that they must.
pub(super) fn opening(
    facts: &Facts,
    kind: Option<KindId>,
    new: &NewTicket,
    source: Option<&Ticket>,
) -> Result<Values, Refusal> {
    let (mut values, mut emptied) = (source.map(|one| still_held(facts, one)).unwrap_or_default(), BTreeSet::new());
    for (id, text) in &new.fields {
        let field = own_field(facts, *id, Holder::Ticket)?;
        may_fill(facts, field)?;
        if let Some(value) = read(facts, *id, text)? {
            values.insert(*id, value);
        } else {
            values.remove(id);
            emptied.insert(*id);
        }
    }
    let reader = reader(facts);
    let values = facts.setup.form(kind, Reader::Agent).with_defaults(&values, &emptied);
    let form = facts.setup.form(kind, reader);
    if reader == Reader::Requester {
        let off = new.fields.keys().filter(|id| values.contains_key(id)).find(|id| !form.stands(**id, &values));
        if let Some(field) = off.and_then(|id| facts.setup.fields.get(id)) {
            return Err(Refusal::NotOnForm { field: title(facts, field) });
        }
    }
    nothing_missing(facts, &form.missing_to_submit(&values))?;
    Ok(values)
}

/// What a ticket's fields hold that they could hold today.
fn still_held(facts: &Facts, ticket: &Ticket) -> Values {
    let field = |id: &FieldId| facts.setup.fields.get(id).filter(|field| field.active);
    let held = ticket.fields.iter().filter(|(id, value)| field(id).is_some_and(|field| field.kind.takes(value)));
    held.map(|(id, value)| (*id, value.clone())).collect()
}

/// The tags that values put on a ticket.
pub(super) fn tags(setup: &Setup, values: &Values) -> BTreeSet<Tag> {
    let of = |(id, value): (&FieldId, &Value)| {
        let field = setup.fields.get(id);
        field.map(|field| value.tags(&field.kind)).unwrap_or_default()
    };
    values.iter().flat_map(of).collect()
}

/// What a text means in a field of tickets.
pub(super) fn read(facts: &Facts, id: FieldId, text: &str) -> Result<Option<Value>, Refusal> {
    let field = own_field(facts, id, Holder::Ticket)?;
    value(facts, field, text)
}

fn value(facts: &Facts, field: &Field, text: &str) -> Result<Option<Value>, Refusal> {
    field.kind.read(text).map_err(|bad| Refusal::BadValue { field: title(facts, field), bad })
}

/// The same, where something is held already: that is taken even if nobody could choose it any more.
pub(super) fn read_over(
    facts: &Facts,
    id: FieldId,
    text: &str,
    held: Option<&Value>,
) -> Result<Option<Value>, Refusal> {
    own_field(facts, id, Holder::Ticket)?;
    match held.filter(|held| held.written() == text.trim()) {
        Some(held) => Ok(Some(held.clone())),
        None => read(facts, id, text),
    }
}

/// Fills in fields of a person or an organization. End users fill in what is theirs of themselves.
pub(super) fn fill(
    facts: &Facts,
    of: Holder,
    held: &mut Values,
    wanted: &BTreeMap<FieldId, String>,
) -> Result<(), Refusal> {
    for (id, text) in wanted {
        let field = own_field(facts, *id, of)?;
        may_fill(facts, field)?;
        match held.get(id).filter(|held| held.written() == text.trim()) {
            Some(_) => {}
            None => match value(facts, field, text)? {
                Some(value) => _ = held.insert(*id, value),
                None => _ = held.remove(id),
            },
        }
    }
    Ok(())
}

/// One of the account's own fields of what is meant, of which the one who acts may know.
fn own_field(facts: &Facts, id: FieldId, of: Holder) -> Result<&Field, Refusal> {
    let own = |field: &&Field| field.of == of && !field.is_system() && reader(facts).sees(field);
    let missing = Refusal::NotFound(Thing::Item(ItemKind::Field));
    let field = facts.setup.fields.get(&id).filter(own).ok_or(missing)?;
    if field.active { Ok(field) } else { Err(Refusal::SwitchedOff(ItemKind::Field)) }
}

fn may_fill(facts: &Facts, field: &Field) -> Result<(), Refusal> {
    if reader(facts).edits(field) { Ok(()) } else { Err(Refusal::TeamsField { field: title(facts, field) }) }
}

/// Requesters change what stands on the ticket's form for them (R149).
pub(super) fn requester_fills_only_theirs(facts: &Facts, ticket: &Ticket, change: &Change) -> Result<(), Refusal> {
    let mut values = ticket.fields.clone();
    for (id, text) in &change.fields {
        let field = own_field(facts, *id, Holder::Ticket)?;
        may_fill(facts, field)?;
        match read_over(facts, *id, text, values.get(id))? {
            Some(value) => _ = values.insert(*id, value),
            None => _ = values.remove(id),
        }
    }
    let form = facts.setup.form(ticket.kind, Reader::Requester);
    let off = change.fields.keys().find(|id| !form.stands(**id, &values));
    if let Some(field) = off.and_then(|id| facts.setup.fields.get(id)) {
        return Err(Refusal::NotOnForm { field: title(facts, field) });
    }
    // What must be there when it is submitted is not taken away afterwards.
    let emptied = form.missing_to_submit(&values).into_iter().filter(|one| change.fields.contains_key(&one.id));
    nothing_missing(facts, &emptied.collect::<Vec<_>>())
}

/// Whoever solves a ticket has filled in what must be there then, and nobody takes it away from a solved one (D19, R150).
/// One without its past is new.
pub(super) fn solvable(facts: &Facts, before: Option<&Ticket>, after: &Ticket) -> Result<(), Refusal> {
    let solved = |ticket: &&Ticket| !ticket.status().is_unsolved();
    if !solved(&after) {
        return Ok(());
    }
    let mut missing = missing_to_solve(facts, after);
    if let Some(before) = before.filter(solved) {
        let missed = missing_to_solve(facts, before);
        missing.retain(|field| missed.iter().all(|one| one.id != field.id));
    }
    nothing_missing(facts, &missing)
}

/// What is missing to solve a ticket, for the one who acts.
pub(super) fn missing_to_solve<'a>(facts: &'a Facts, ticket: &Ticket) -> Vec<&'a Field> {
    facts.setup.form(ticket.kind, reader(facts)).missing_to_solve(ticket)
}

/// A deed in which no number stands that is not kept whole: as it is remembered.
pub fn masked<'a>(deed: &'a Deed, setup: &Setup) -> Cow<'a, Deed> {
    let mask = |fields: &mut BTreeMap<FieldId, String>| {
        for (id, text) in fields {
            let kind = setup.fields.get(id).map(|field| &field.kind);
            if kind == Some(&FieldType::Masked) {
                // What is no such number is refused, and never remembered.
                *text = FieldType::Masked.read(text).ok().flatten().map_or_else(String::new, |value| value.written());
            }
        }
    };
    let mut deed = Cow::Borrowed(deed);
    let has_fields = match &*deed {
        Deed::CreateTicket(new) => !new.fields.is_empty(),
        Deed::UpdateTicket { change, .. } => !change.fields.is_empty(),
        Deed::ImportTicket(past) => !past.fields.is_empty(),
        Deed::UpdatePerson { change, .. } => !change.fields.is_empty(),
        Deed::UpdateOrganization { change, .. } => !change.fields.is_empty(),
        _ => false,
    };
    if has_fields {
        match deed.to_mut() {
            Deed::CreateTicket(new) => mask(&mut new.fields),
            Deed::UpdateTicket { change, .. } => mask(&mut change.fields),
            Deed::ImportTicket(past) => mask(&mut past.fields),
            Deed::UpdatePerson { change, .. } => mask(&mut change.fields),
            Deed::UpdateOrganization { change, .. } => mask(&mut change.fields),
            _ => {}
        }
    }
    deed
}
