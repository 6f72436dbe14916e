use super::work::{Work, bounded_line, by_domain, optional_line, taken};
use super::{Decision, Facts, organizations};
use crate::domain::act::{Act, Deed, NewPerson, OrganizationRef, PersonChange};
use crate::domain::audience::Within;
use crate::domain::event::{Chain, Event};
use crate::domain::field::Holder;
use crate::domain::id::{GroupId, PersonId};
use crate::domain::life::Record;
use crate::domain::locale;
use crate::domain::person::{EmailAddress, Person, Restriction, Role};
use crate::domain::profile::Profile;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// The longest name of a person, group or organization, in characters.
const MAX_NAME: usize = Person::MAX_NAME_CHARS;
/// The longest of their other texts.
const MAX_LINE: usize = Person::MAX_LINE_CHARS;

/// A new person: agents make end users, admins make anybody.
pub(super) fn create(facts: &Facts, act: &Act, new: &NewPerson, now: Timestamp) -> Result<Decision, Refusal> {
    may_make(facts, new.role)?;
    if let Some(named) = &new.organization {
        may_place(facts, Some(named))?;
    }
    make(facts, act, new, false, now)
}

/// A person from another system. Who works tickets there begins suspended here: whether they may do so in this account
/// too is for an admin to say, not for a file.
pub(super) fn import(facts: &Facts, act: &Act, new: &NewPerson, now: Timestamp) -> Result<Decision, Refusal> {
    make(facts, act, new, new.role.is_staff(), now)
}

fn make(facts: &Facts, act: &Act, new: &NewPerson, suspended: bool, now: Timestamp) -> Result<Decision, Refusal> {
    if let Some(email) = &new.email {
        address_is_free(facts, email, None)?;
    }
    let mut work = Work::new(facts, act, now);
    let organization = match &new.organization {
        Some(named) => Some(organizations::named(&mut work, named)?),
        None => new.email.as_ref().and_then(|email| by_domain(&facts.organizations, email)).map(|one| one.id),
    };
    // What another system calls a language may be none here: that is no reason to leave somebody out.
    let language = match language(new.language.as_deref()) {
        Err(_) if matches!(act.deed, Deed::ImportPerson(_)) => None,
        other => other?,
    };
    let id = taken(work.fresh().people.pop_front());
    let person = Person {
        email: new.email.clone(),
        phone: optional_line(new.phone.as_deref(), Field::Phone, MAX_LINE)?,
        organization,
        groups: known_groups(facts, &new.groups, new.role)?,
        language,
        suspended,
        external_id: optional_line(new.external_id.as_deref(), Field::ExternalId, MAX_LINE)?,
        ..Person::new(id, bounded_line(&new.name, Field::Name, MAX_NAME)?, new.role, now)
    };
    work.write(Chain::Account, vec![Event::PersonCreated { person: person.id, role: person.role }]);
    work.decision.outcome.person = Some(person.id);
    work.decision.people.push(person);
    Ok(work.decision)
}

/// A person becomes different. Everybody may change their own name, phone and language.
pub(super) fn update(
    facts: &Facts,
    act: &Act,
    id: PersonId,
    change: &PersonChange,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let actor = facts.actor()?;
    let own = actor.id == id;
    let beyond_own = change.role.is_some()
        || change.suspended.is_some()
        || change.groups.is_some()
        || change.organization.is_some()
        || change.email.is_some()
        || change.restriction.is_some()
        || change.away.is_some()
        || change.external_id.is_some()
        || change.profile.is_some();
    if !actor.role.is_staff() && (!own || beyond_own) {
        // Whom an end user may not see must not be told apart from whom there is not.
        return Err(if own { Refusal::Role { needs: Role::Agent } } else { Refusal::NotFound(Thing::Person) });
    }
    let before = facts.found(id)?;
    if before.standing.is_gone() {
        return Err(Refusal::NotFound(Thing::Person));
    }
    may_change(facts, before, change, own)?;
    let mut work = Work::new(facts, act, now);
    let after = changed(&mut work, before, change)?;
    let fields = differences(before, &after);
    work.decision.outcome.person = Some(id);
    if after.suspended && !before.suspended {
        // Programs and links stop at once, whoever comes later with them; the password waits for better days.
        work.decision.records.push(Record::ShutOut { person: id, password: false });
    }
    let leaves_group = before.groups.iter().any(|group| !after.groups.contains(group));
    if before.works() && (!after.works() || leaves_group) {
        work.decision.records.push(Record::Unsettled { person: id, texts: false });
    }
    if !fields.is_empty() {
        work.write(Chain::Account, vec![Event::PersonChanged { person: id, fields }]);
        work.decision.people.push(after);
    }
    Ok(work.decision)
}

fn may_make(facts: &Facts, role: Role) -> Result<(), Refusal> {
    if role.is_staff() { facts.admin() } else { facts.staff() }.map(|_| ())
}

/// Who reads someone's letters, or is one of an organization, reads their tickets: agents who see only some give that to
/// nobody, except within the organization that they work for.
fn may_place(facts: &Facts, named: Option<&OrganizationRef>) -> Result<(), Refusal> {
    let viewer = facts.viewer()?;
    let own = match (&viewer.within, named) {
        (Within::Organization(own), Some(OrganizationRef::Id(id))) => *own == Some(*id),
        (Within::Organization(own), Some(OrganizationRef::Name(name))) => {
            own.and_then(|id| facts.organizations.get(&id)).is_some_and(|own| organizations::same_name(&own.name, name))
        }
        _ => false,
    };
    if viewer.is_restricted() && !own { facts.admin().map(|_| ()) } else { Ok(()) }
}

/// Agents change end users; admins change everybody, but never so that no admin is left.
fn may_change(facts: &Facts, before: &Person, change: &PersonChange, own: bool) -> Result<(), Refusal> {
    let rights = change.role.is_some()
        || change.suspended.is_some()
        || change.groups.is_some()
        || change.restriction.is_some()
        // By it an agent would see more.
        || (change.organization.is_some() && before.restriction == Restriction::Organization);
    if (before.role.is_staff() && !own) || (rights && (before.role.is_staff() || change.role.is_some())) {
        facts.admin()?;
    }
    let of_others = !own && (change.email.is_some() || change.suspended.is_some());
    if of_others || change.organization.is_some() {
        may_place(facts, None)?;
    }
    // Without an address nobody can sign in.
    let loses = change.suspended == Some(true)
        || change.role.is_some_and(|role| role != Role::Admin)
        || change.email == Some(None);
    if before.runs_the_account() && loses && facts.admins <= 1 {
        return Err(Refusal::LastAdmin);
    }
    let own_rights = own && (change.suspended == Some(true) || change.role.is_some_and(|role| role != before.role));
    if own_rights { Err(Refusal::OwnRole) } else { Ok(()) }
}

fn changed(work: &mut Work<'_>, before: &Person, change: &PersonChange) -> Result<Person, Refusal> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = bounded_line(name, Field::Name, MAX_NAME)?;
    }
    if let Some(email) = &change.email {
        if let Some(email) = email {
            address_is_free(work.facts, email, Some(before.id))?;
        }
        after.email.clone_from(email);
    }
    if let Some(phone) = &change.phone {
        after.phone = optional_line(phone.as_deref(), Field::Phone, MAX_LINE)?;
    }
    if let Some(named) = &change.organization {
        after.organization = named.as_ref().map(|named| organizations::named(work, named)).transpose()?;
    }
    after.role = change.role.unwrap_or(before.role);
    if let Some(groups) = &change.groups {
        after.groups = known_groups(work.facts, groups, after.role)?;
    }
    if !after.role.is_staff() {
        after.groups.clear();
    }
    if let Some(number) = &change.external_id {
        after.external_id = optional_line(number.as_deref(), Field::ExternalId, MAX_LINE)?;
    }
    if let Some(wanted) = &change.language {
        after.language = language(wanted.as_deref())?;
    }
    if let Some(zone) = &change.time_zone {
        after.time_zone = zone.as_deref().map(time_zone).transpose()?;
    }
    super::fields::fill(work.facts, Holder::Person, &mut after.fields, &change.fields)?;
    if let Some(change) = &change.profile {
        after.profile = Profile::changed(before.profile.as_deref(), change)?;
    }
    change_work(&mut after, change)?;
    after.suspended = change.suspended.unwrap_or(before.suspended);
    Ok(after)
}

/// What concerns only those who work tickets.
fn change_work(after: &mut Person, change: &PersonChange) -> Result<(), Refusal> {
    if let Some(restriction) = change.restriction {
        if after.role != Role::Agent && restriction != Restriction::None {
            return Err(Refusal::NotAnAgent(Field::Restriction));
        }
        after.restriction = restriction;
    }
    if let Some(away) = change.away {
        if !after.role.is_staff() && away.is_some() {
            return Err(Refusal::NotAnAgent(Field::Away));
        }
        after.away = away;
    }
    if after.role != Role::Agent {
        after.restriction = Restriction::None;
    }
    if !after.role.is_staff() {
        after.away = None;
    }
    Ok(())
}

fn language(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map(|text| locale::language(text).ok_or(Refusal::Malformed(Field::Language))).transpose()
}

fn time_zone(text: &str) -> Result<String, Refusal> {
    locale::time_zone(text).map(str::to_owned).ok_or(Refusal::Malformed(Field::TimeZone))
}

fn differences(before: &Person, after: &Person) -> BTreeSet<Field> {
    let differ = [
        (before.name != after.name, Field::Name),
        (
            before.email.as_ref().map(EmailAddress::as_str) != after.email.as_ref().map(EmailAddress::as_str),
            Field::Email,
        ),
        (before.phone != after.phone, Field::Phone),
        (before.role != after.role, Field::Role),
        (before.organization != after.organization, Field::Organization),
        (before.groups != after.groups, Field::Group),
        (before.language != after.language, Field::Language),
        (before.suspended != after.suspended, Field::Suspended),
        (before.time_zone != after.time_zone, Field::TimeZone),
        (before.restriction != after.restriction, Field::Restriction),
        (before.away != after.away, Field::Away),
        (before.standing != after.standing, Field::Standing),
        (before.external_id != after.external_id, Field::ExternalId),
        (before.fields != after.fields, Field::Fields),
        (before.profile != after.profile, Field::Profile),
    ];
    differ.into_iter().filter(|(is, _)| *is).map(|(_, field)| field).collect()
}

fn address_is_free(facts: &Facts, email: &EmailAddress, but: Option<PersonId>) -> Result<(), Refusal> {
    let other = facts.people.values().find(|person| Some(person.id) != but && person.email.as_ref() == Some(email));
    if other.is_some() { Err(Refusal::AddressTaken) } else { Ok(()) }
}

/// The groups of an agent, each once and known; end users are in none.
fn known_groups(facts: &Facts, groups: &[GroupId], role: Role) -> Result<Vec<GroupId>, Refusal> {
    if !groups.is_empty() && !role.is_staff() {
        return Err(Refusal::NotAnAgent(Field::Group));
    }
    let mut known = Vec::with_capacity(groups.len());
    for id in groups {
        if !facts.groups.contains_key(id) {
            return Err(Refusal::NotFound(Thing::Group));
        }
        if !known.contains(id) {
            known.push(*id);
        }
    }
    Ok(known)
}
