mod circle;
mod kept;
mod onward;
mod rules;
mod sense;
mod sound;
mod wording;

use super::work::{Work, bounded_line, taken};
use super::{Decision, Facts};
use crate::domain::account::folded_name;
use crate::domain::act::Act;
use crate::domain::event::{Chain, Event};
use crate::domain::field::FieldType;
use crate::domain::id::{GroupId, OrganizationId, PersonId};
use crate::domain::person::Role;
use crate::domain::refusal::{Field, Refusal, Thing, Users};
use crate::domain::rule::Owner;
use crate::domain::setup::{Item, ItemKey, ItemKind, Mentions, Numbers, Refers, references};
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// The longest name of something in the set-up, in characters.
const MAX_NAME_CHARS: usize = 200;

/// Something of the set-up is made, or becomes what the act says: admins only, but agents have views and macros of
/// their own.
pub(super) fn set(facts: &Facts, act: &Act, item: &Item, now: Timestamp) -> Result<Decision, Refusal> {
    let known = facts.item(item.key());
    if item.key().id != 0 && known.is_none() {
        return Err(Refusal::NotFound(Thing::Item(item.kind())));
    }
    for one in known.into_iter().chain([item]) {
        may_change(facts, one)?;
    }
    let name = bounded_line(item.name(), Field::Name, MAX_NAME_CHARS)?;
    let namesake = |one: &&Item| {
        let same = one.kind() == item.kind() && one.owner() == item.owner();
        same && one.key() != item.key() && folded_name(one.name()) == folded_name(&name)
    };
    if facts.items.iter().any(|one| namesake(&one)) {
        return Err(Refusal::NameTaken(Field::Name));
    }
    if let Some(gone) = references(item).into_iter().find(|key| !facts.has(*key)) {
        return Err(Refusal::NotFound(Thing::Item(gone.kind)));
    }
    names_what_is_there(facts, item, known)?;
    rules::check(facts, item)?;
    wording::check(item)?;
    if let Item::Text(text) = item {
        let fields: Vec<&str> = facts.setup.fields.values().map(|field| field.slug.as_str()).collect();
        text.check(&fields).map_err(|(language, bad)| Refusal::BadTemplate(language, bad))?;
    }
    kept::options(facts, known, item)?;
    sound::check(facts, known, item)?;
    let mut work = Work::new(facts, act, now);
    let item = match known {
        Some(_) => item.clone(),
        None => item.clone().numbered(taken(work.fresh().items.pop_front())),
    };
    let item = if item.position() > 0 { item } else { item.clone().at(last_position(facts, &item) + 1) };
    let keys = known.map(|known| known.document(&Numbers).differing(&item.document(&Numbers))).unwrap_or_default();
    work.decision.outcome.item = Some(item.key());
    if known.is_none() || !keys.is_empty() {
        work.write(Chain::Account, vec![Event::ItemSet { item: item.key(), name, keys }]);
        let outdone = sound::outdone(facts, &item);
        work.decision.items.set.push(item);
        for other in outdone {
            let keys = BTreeSet::from(["default".to_owned()]);
            let event = Event::ItemSet { item: other.key(), name: other.name().to_owned(), keys };
            work.write(Chain::Account, vec![event]);
            work.decision.items.set.push(other);
        }
    }
    Ok(work.decision)
}

/// Something of the set-up is deleted, unless it is in use.
pub(super) fn delete(facts: &Facts, act: &Act, key: ItemKey, now: Timestamp) -> Result<Decision, Refusal> {
    let item = facts.item(key).ok_or(Refusal::NotFound(Thing::Item(key.kind)))?;
    may_change(facts, item)?;
    match item {
        Item::Field(one) if matches!(one.kind, FieldType::System(_)) => return Err(Refusal::BuiltIn),
        Item::Kind(one) if one.default => return Err(Refusal::IsDefault),
        Item::Status(one) if one.default => return Err(Refusal::IsDefault),
        _ => {}
    }
    let refers = |one: &Item| {
        let named = Refers::of(key.kind).is_some_and(|what| Mentions::of_item(one).has(what, key.id));
        one.key() != key && (named || references(one).contains(&key) || kept::fills_in(facts, one, item))
    };
    let users = Users { of: Some(key.kind), items: users(facts, refers), holders: facts.holders, ..Users::default() };
    if !users.are_none() {
        return Err(Refusal::InUse(Box::new(users)));
    }
    let mut work = Work::new(facts, act, now);
    work.write(Chain::Account, vec![Event::ItemDeleted { item: key, name: item.name().to_owned() }]);
    work.decision.items.deleted.push(key);
    work.decision.outcome.item = Some(key);
    Ok(work.decision)
}

/// What of the set-up refers to something.
pub(super) fn users(facts: &Facts, refers: impl Fn(&Item) -> bool) -> Vec<(ItemKind, String)> {
    facts.items.iter().filter(|one| refers(one)).map(|one| (one.kind(), one.name().to_owned())).collect()
}

/// Whatever it names that it did not name before must be there.
fn names_what_is_there(facts: &Facts, item: &Item, known: Option<&Item>) -> Result<(), Refusal> {
    let before = known.map(Mentions::of_item).unwrap_or_default();
    for (what, id) in Mentions::of_item(item).ids.difference(&before.ids) {
        let (there, thing) = match what {
            Refers::Group => (facts.groups.contains_key(&GroupId(*id)), Thing::Group),
            Refers::Person => (facts.known(PersonId(*id)).is_some(), Thing::Person),
            Refers::Organization => (facts.organizations.contains_key(&OrganizationId(*id)), Thing::Organization),
            Refers::Field | Refers::Status | Refers::Kind | Refers::Text | Refers::Webhook | Refers::Schedule => {
                continue;
            }
        };
        if !there {
            return Err(Refusal::NotFound(thing));
        }
    }
    Ok(())
}

/// Things of the set-up come into another order. Those that are not named keep their order behind them.
pub(super) fn order(
    facts: &Facts,
    act: &Act,
    kind: ItemKind,
    wanted: &[i64],
    now: Timestamp,
) -> Result<Decision, Refusal> {
    facts.admin()?;
    let mut items: Vec<&Item> = facts.items.iter().filter(|one| one.kind() == kind).collect();
    let named: BTreeSet<i64> = wanted.iter().copied().collect();
    if named.len() != wanted.len() || !named.iter().all(|id| items.iter().any(|one| one.key().id == *id)) {
        return Err(Refusal::NotFound(Thing::Item(kind)));
    }
    let place = |item: &Item| wanted.iter().position(|id| *id == item.key().id).unwrap_or(wanted.len());
    items.sort_by_key(|item| (place(item), item.position(), item.key().id));
    let mut work = Work::new(facts, act, now);
    let moved = items.iter().zip(1..).filter(|(item, position)| item.position() != *position);
    work.decision.items.set = moved.map(|(item, position)| (*item).clone().at(position)).collect();
    if !work.decision.items.set.is_empty() {
        work.write(Chain::Account, vec![Event::ItemsOrdered(kind)]);
    }
    Ok(work.decision)
}

/// What all work by is the admins'; what only one agent has is that agent's.
fn may_change(facts: &Facts, item: &Item) -> Result<(), Refusal> {
    let actor = facts.staff()?;
    let own = item.owner() == Owner::Person(actor.id);
    if own || actor.role == Role::Admin { Ok(()) } else { Err(Refusal::Role { needs: Role::Admin }) }
}

fn last_position(facts: &Facts, item: &Item) -> i64 {
    let alike = facts.items.iter().filter(|one| one.kind() == item.kind());
    alike.map(Item::position).max().unwrap_or_default()
}
