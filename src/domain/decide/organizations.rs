use super::setup::users;
use super::work::{Work, bounded_line, taken};
use super::{Decision, Facts};
use crate::domain::account::{Organization, folded_name};
use crate::domain::act::{Act, NewOrganization, OrganizationChange, OrganizationRef};
use crate::domain::audience::Within;
use crate::domain::event::{Chain, Event};
use crate::domain::field::Holder;
use crate::domain::id::OrganizationId;
use crate::domain::person::Person;
use crate::domain::profile::Profile;
use crate::domain::refusal::{Field, Refusal, Thing, Users};
use crate::domain::setup::{Mentions, Refers};
use crate::domain::text::one_line;
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// The organization that an act names, made where the name is not known.
pub(super) fn named(work: &mut Work<'_>, named: &OrganizationRef) -> Result<OrganizationId, Refusal> {
    let name = match named {
        OrganizationRef::Id(id) => return work.facts.found_organization(*id).map(|one| one.id),
        OrganizationRef::Name(name) => bounded_line(name, Field::Organization, Person::MAX_NAME_CHARS)?,
    };
    if let Some(known) = work.facts.organizations.values().find(|one| same_name(&one.name, &name)) {
        return work.facts.found_organization(known.id).map(|one| one.id);
    }
    // Who works for one organization must not learn by a name whether there is another of it.
    if matches!(work.facts.viewer()?.within, Within::Organization(_)) {
        return Err(Refusal::NotFound(Thing::Organization));
    }
    let id = taken(work.fresh().organizations.pop_front());
    let new = Organization { shared_tickets: true, ..Organization::new(id, name) };
    work.decision.organizations.push(new);
    work.write(Chain::Account, vec![Event::OrganizationCreated(id)]);
    Ok(id)
}

pub(super) fn same_name(one: &str, other: &str) -> bool {
    folded_name(one) == folded_name(other)
}

/// A new organization.
pub(super) fn create(facts: &Facts, act: &Act, new: &NewOrganization, now: Timestamp) -> Result<Decision, Refusal> {
    facts.staff()?;
    let mut work = Work::new(facts, act, now);
    let name = free_name(facts, &new.name, None)?;
    let id = taken(work.fresh().organizations.pop_front());
    let organization = Organization {
        domains: domains(&new.domains),
        shared_tickets: new.shared_tickets,
        shared_comments: new.shared_comments,
        ..Organization::new(id, name)
    };
    work.write(Chain::Account, vec![Event::OrganizationCreated(id)]);
    work.decision.outcome.organization = Some(id);
    work.decision.organizations.push(organization);
    Ok(work.decision)
}

/// An organization becomes different.
pub(super) fn update(
    facts: &Facts,
    act: &Act,
    id: OrganizationId,
    change: &OrganizationChange,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    facts.staff()?;
    let before = facts.found_organization(id)?;
    let shares = change.domains.is_some() || change.shared_tickets.is_some() || change.shared_comments.is_some();
    if shares && facts.viewer()?.is_restricted() {
        // By these others read tickets that this agent does not.
        facts.admin()?;
    }
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = free_name(facts, name, Some(id))?;
    }
    if let Some(named) = &change.domains {
        after.domains = domains(named);
    }
    after.shared_tickets = change.shared_tickets.unwrap_or(before.shared_tickets);
    after.shared_comments = change.shared_comments.unwrap_or(before.shared_comments);
    super::fields::fill(facts, Holder::Organization, &mut after.fields, &change.fields)?;
    if let Some(change) = &change.profile {
        if let Some(Some(group)) = change.group {
            facts.groups.get(&group).ok_or(Refusal::NotFound(Thing::Group))?;
        }
        after.profile = Profile::changed(before.profile.as_deref(), change)?;
    }
    let mut work = Work::new(facts, act, now);
    work.decision.outcome.organization = Some(id);
    if after != *before {
        let differ = [
            (before.name != after.name, Field::Name),
            (before.domains != after.domains, Field::Domains),
            (before.shared_tickets != after.shared_tickets, Field::SharedTickets),
            (before.shared_comments != after.shared_comments, Field::SharedComments),
            (before.fields != after.fields, Field::Fields),
            (before.profile != after.profile, Field::Profile),
        ];
        let fields = differ.into_iter().filter(|(is, _)| *is).map(|(_, field)| field).collect();
        work.write(Chain::Account, vec![Event::OrganizationChangedIn { organization: id, fields }]);
        work.decision.organizations.push(after);
    }
    Ok(work.decision)
}

/// An organization is deleted, unless a rule, view or macro names it. Its people belong nowhere from then on. Tickets keep
/// where they came from, as they keep who asked: nobody sees them by it any more, and no new one gets it.
pub(super) fn delete(facts: &Facts, act: &Act, id: OrganizationId, now: Timestamp) -> Result<Decision, Refusal> {
    facts.admin()?;
    let gone = facts.found_organization(id)?;
    let items = users(facts, |one| Mentions::of_item(one).has(Refers::Organization, id.0));
    let users = Users { items, ..Users::default() };
    if !users.are_none() {
        return Err(Refusal::InUse(Box::new(users)));
    }
    let mut work = Work::new(facts, act, now);
    work.write(Chain::Account, vec![Event::OrganizationDeleted { organization: id, name: gone.name.clone() }]);
    work.decision.organization_deleted = Some(id);
    work.decision.outcome.organization = Some(id);
    Ok(work.decision)
}

fn free_name(facts: &Facts, name: &str, but: Option<OrganizationId>) -> Result<String, Refusal> {
    let name = bounded_line(name, Field::Name, Person::MAX_NAME_CHARS)?;
    let taken = facts.organizations.values().any(|one| Some(one.id) != but && same_name(&one.name, &name));
    if taken { Err(Refusal::NameTaken(Field::Organization)) } else { Ok(name) }
}

fn domains(named: &[String]) -> Vec<String> {
    let folded = named.iter().map(|one| one_line(one).trim_start_matches('@').to_lowercase());
    let known: BTreeSet<String> = folded.filter(|one| !one.is_empty()).collect();
    known.into_iter().collect()
}
