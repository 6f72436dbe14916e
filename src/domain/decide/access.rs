//! How people come in and prove who they are (R154, R155).

use super::work::{Work, bounded_line, by_domain, taken};
use super::{Decision, Entry, Facts};
use crate::domain::act::{Act, Who};
use crate::domain::event::{Chain, Event};
use crate::domain::id::PersonId;
use crate::domain::life::{AccessBounds, PersonEvent, Record, SignUp};
use crate::domain::person::{EmailAddress, Person, Role, Standing};
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::secret::{Digest, PasswordHash};
use crate::domain::time::Timestamp;

/// Somebody asks for access, or for a new password. What follows does not tell whether the address is known: too many
/// requests for one address are taken like any other, and lead to nothing.
pub(super) fn ask(
    facts: &Facts,
    act: &Act,
    name: Option<&str>,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    by_itself(act)?;
    let name = name.map(|name| bounded_line(name, Field::Name, Person::MAX_NAME_CHARS)).transpose()?;
    if name.is_some() && facts.settings.people.sign_up == SignUp::Closed {
        return Err(Refusal::SignUpClosed);
    }
    if recent(&facts.life.asked_of_all, now) >= AccessBounds::ALL {
        return Err(Refusal::TooOften);
    }
    let mut work = Work::new(facts, act, now);
    let known = facts.people.values().find(|person| person.email.as_ref() == Some(email));
    let known = known.map(|person| facts.followed(person));
    // Nor does it use up what is left to others.
    if recent(&facts.life.asked, now) >= AccessBounds::ADDRESS {
        return Ok(work.decision);
    }
    let person = match (known, name) {
        (Some(person), _) => can_have_link(person).then_some(person.id),
        (None, Some(name)) => newcomer(&mut work, name, email),
        (None, None) => None,
    };
    work.decision.records.push(Record::Asked { address: Digest::of_address(email), person, at: now });
    Ok(work.decision)
}

/// A new end user without a password; whether a link is sent to them at once.
fn newcomer(work: &mut Work<'_>, name: String, email: &EmailAddress) -> Option<PersonId> {
    let id = taken(work.fresh().people.pop_front());
    let open = work.facts.settings.people.sign_up == SignUp::Open;
    let person = Person {
        email: Some(email.clone()),
        organization: by_domain(&work.facts.organizations, email).map(|one| one.id),
        standing: if open { Standing::Pending } else { Standing::Unapproved },
        ..Person::new(id, name, Role::EndUser, work.now)
    };
    work.decision.people.push(person);
    work.write(Chain::Account, vec![Event::PersonCreated { person: id, role: Role::EndUser }]);
    open.then_some(id)
}

fn recent(times: &[Timestamp], now: Timestamp) -> usize {
    times.iter().filter(|at| **at + AccessBounds::WITHIN > now).count()
}

const fn can_have_link(person: &Person) -> bool {
    !person.suspended && matches!(person.standing, Standing::Active | Standing::Pending)
}

/// Somebody of the team lets in who asked for access: from now on they can have a link, and one is sent.
pub(super) fn approve(facts: &Facts, act: &Act, id: PersonId, now: Timestamp) -> Result<Decision, Refusal> {
    facts.staff()?;
    let before = facts.found(id)?;
    let mut work = Work::new(facts, act, now);
    work.decision.outcome.person = Some(id);
    if before.standing != Standing::Unapproved {
        return if before.standing.is_gone() { Err(Refusal::NotFound(Thing::Person)) } else { Ok(work.decision) };
    }
    work.decision.people.push(Person { standing: Standing::Pending, ..before.clone() });
    work.write(Chain::Account, vec![changed(id, &[Field::Standing])]);
    if let Some(email) = &before.email {
        work.decision.records.push(Record::Asked { address: Digest::of_address(email), person: Some(id), at: now });
    }
    Ok(work.decision)
}

/// A link for a new password: made by the account itself, which sends it, or by an admin, who hands it over.
pub(super) fn make_link(
    facts: &Facts,
    act: &Act,
    id: PersonId,
    link: Digest,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    if act.who != Who::System {
        facts.admin()?;
    }
    let person = facts.person(id)?;
    if !can_have_link(person) {
        return Err(if person.suspended { Refusal::NotWhileSuspended } else { Refusal::NotFound(Thing::Person) });
    }
    let mut work = Work::new(facts, act, now);
    let expires_at = now + facts.settings.people.link_expires;
    work.decision.outcome.person = Some(id);
    work.decision.records.push(Record::Link { person: id, link, at: now, expires_at });
    work.write(Chain::Account, vec![Event::Person(PersonEvent::LinkMade(id))]);
    Ok(work.decision)
}

/// A password by what was in a link: once, until it expires. Whatever is wrong with it, the answer is the same.
pub(super) fn use_link(
    facts: &Facts,
    act: &Act,
    link: &Digest,
    password: &PasswordHash,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    by_itself(act)?;
    let good = facts.life.link.filter(|(digest, _, expires_at)| digest.same(link) && now < *expires_at);
    let person = good.and_then(|(_, id, _)| facts.people.get(&id)).filter(|person| can_have_link(person));
    let person = person.ok_or(Refusal::BadLink)?;
    let mut work = Work::new(facts, act, now);
    let events = password_set(&mut work, person, password);
    // Whoever has what was sent to the address is the person.
    let entry = Entry { chain: Chain::Account, who: Who::Person(person.id), via: act.via, at: now, events };
    work.decision.entries.push(entry);
    Ok(work.decision)
}

/// A password without a link: one's own, or by an admin.
pub(super) fn set_password(
    facts: &Facts,
    act: &Act,
    id: PersonId,
    password: &PasswordHash,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let person = own_or_admin(facts, id)?;
    if !can_have_link(person) {
        return Err(if person.suspended { Refusal::NotWhileSuspended } else { Refusal::NotFound(Thing::Person) });
    }
    let mut work = Work::new(facts, act, now);
    let events = password_set(&mut work, person, password);
    work.write(Chain::Account, events);
    Ok(work.decision)
}

fn password_set(work: &mut Work<'_>, person: &Person, password: &PasswordHash) -> Vec<Event> {
    let id = person.id;
    work.decision.outcome.person = Some(id);
    work.decision.records.push(Record::Password { person: id, password: password.clone(), at: work.now });
    if person.standing == Standing::Active {
        return vec![changed(id, &[Field::Password])];
    }
    work.decision.people.push(Person { standing: Standing::Active, ..person.clone() });
    vec![changed(id, &[Field::Password, Field::Standing])]
}

/// What a program signs in with: one's own, or by an admin.
pub(super) fn add_token(
    facts: &Facts,
    act: &Act,
    id: PersonId,
    token: Digest,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let person = own_or_admin(facts, id)?;
    if !person.may_act() {
        return Err(if person.suspended { Refusal::NotWhileSuspended } else { Refusal::NotFound(Thing::Person) });
    }
    let max = AccessBounds::TOKENS;
    if facts.life.tokens.len() >= max {
        return Err(Refusal::TooLong { field: Field::Token, max: max as u64 });
    }
    let mut work = Work::new(facts, act, now);
    work.decision.outcome.person = Some(id);
    work.decision.records.push(Record::Token { person: id, token, at: now });
    work.write(Chain::Account, vec![Event::Person(PersonEvent::TokenMade { person: id, name: token.name() })]);
    Ok(work.decision)
}

/// A program acts for somebody no longer.
pub(super) fn revoke_token(
    facts: &Facts,
    act: &Act,
    id: PersonId,
    name: &str,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    own_or_admin(facts, id)?;
    let name = facts.life.tokens.get(name).ok_or(Refusal::NotFound(Thing::Token))?;
    let mut work = Work::new(facts, act, now);
    work.decision.outcome.person = Some(id);
    work.decision.records.push(Record::TokenGone { person: id, name: name.clone() });
    let revoked = PersonEvent::TokenRevoked { person: id, name: name.clone() };
    work.write(Chain::Account, vec![Event::Person(revoked)]);
    Ok(work.decision)
}

fn own_or_admin(facts: &Facts, id: PersonId) -> Result<&Person, Refusal> {
    let actor = facts.actor()?;
    if actor.id != id && !actor.role.is_staff() {
        // Whom an end user may not see must not be told apart from whom there is not.
        return Err(Refusal::NotFound(Thing::Person));
    }
    if actor.id != id {
        facts.admin()?;
    }
    facts.person(id)
}

fn changed(person: PersonId, fields: &[Field]) -> Event {
    Event::PersonChanged { person, fields: fields.iter().copied().collect() }
}

/// What only the account itself does.
pub(super) fn by_itself(act: &Act) -> Result<(), Refusal> {
    if act.who == Who::System { Ok(()) } else { Err(Refusal::Role { needs: Role::Admin }) }
}
