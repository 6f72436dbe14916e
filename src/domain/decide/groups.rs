use super::organizations::same_name;
use super::setup::users;
use super::work::{Work, bounded_line, taken};
use super::{Decision, Facts};
use crate::domain::account::Group;
use crate::domain::act::Act;
use crate::domain::event::{Chain, Event};
use crate::domain::id::GroupId;
use crate::domain::person::Person;
use crate::domain::profile::{self, Profile};
use crate::domain::refusal::{Field, Refusal, Thing, Users};
use crate::domain::setup::{Mentions, Refers};
use crate::domain::time::Timestamp;

/// A new group.
pub(super) fn create(facts: &Facts, act: &Act, name: &str, now: Timestamp) -> Result<Decision, Refusal> {
    facts.admin()?;
    let name = free_name(facts, name, None)?;
    let mut work = Work::new(facts, act, now);
    let id = taken(work.fresh().groups.pop_front());
    work.write(Chain::Account, vec![Event::GroupCreated(id)]);
    work.decision.outcome.group = Some(id);
    work.decision.groups.push(Group::new(id, name));
    Ok(work.decision)
}

/// A group gets another name.
pub(super) fn rename(facts: &Facts, act: &Act, id: GroupId, name: &str, now: Timestamp) -> Result<Decision, Refusal> {
    facts.admin()?;
    let before = facts.groups.get(&id).ok_or(Refusal::NotFound(Thing::Group))?;
    let name = free_name(facts, name, Some(id))?;
    let mut work = Work::new(facts, act, now);
    work.decision.outcome.group = Some(id);
    if before.name != name {
        work.write(Chain::Account, vec![Event::GroupRenamed(id)]);
        work.decision.groups.push(Group { name, ..before.clone() });
    }
    Ok(work.decision)
}

/// What a group is for is said otherwise.
pub(super) fn describe(
    facts: &Facts,
    act: &Act,
    id: GroupId,
    description: &str,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    facts.admin()?;
    let before = facts.groups.get(&id).ok_or(Refusal::NotFound(Thing::Group))?;
    let description = profile::written(description, Field::Profile, Profile::MAX_CHARS)?;
    let mut work = Work::new(facts, act, now);
    work.decision.outcome.group = Some(id);
    if before.description != description {
        work.write(Chain::Account, vec![Event::GroupRenamed(id)]);
        work.decision.groups.push(Group { description, ..before.clone() });
    }
    Ok(work.decision)
}

/// A group is deleted, unless a rule, view, macro or setting names it, an agent is in it, or a ticket is or was its.
pub(super) fn delete(facts: &Facts, act: &Act, id: GroupId, now: Timestamp) -> Result<Decision, Refusal> {
    facts.admin()?;
    let group = facts.groups.get(&id).ok_or(Refusal::NotFound(Thing::Group))?;
    let settings = if facts.settings.default_group == Some(id) { vec!["default_group"] } else { Vec::new() };
    let items = users(facts, |one| Mentions::of_item(one).has(Refers::Group, id.0));
    let users = Users { items, settings, holders: facts.holders, ..Users::default() };
    if !users.are_none() {
        return Err(Refusal::InUse(Box::new(users)));
    }
    let mut work = Work::new(facts, act, now);
    work.write(Chain::Account, vec![Event::GroupDeleted { group: id, name: group.name.clone() }]);
    work.decision.group_deleted = Some(id);
    work.decision.outcome.group = Some(id);
    Ok(work.decision)
}

fn free_name(facts: &Facts, name: &str, but: Option<GroupId>) -> Result<String, Refusal> {
    let name = bounded_line(name, Field::Name, Person::MAX_NAME_CHARS)?;
    let taken = facts.groups.values().any(|one| Some(one.id) != but && same_name(&one.name, &name));
    if taken { Err(Refusal::NameTaken(Field::Group)) } else { Ok(name) }
}
