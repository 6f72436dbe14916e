//! A request of somebody who has not signed in. It is the requester's whose address they give, but for that nothing is
//! done in anybody's name: who signs in to work here, or is shut out, cannot be had by an address.

use super::access::by_itself;
use super::work::{Work, bounded_line, by_domain, taken};
use super::{Decision, Facts, create};
use crate::domain::act::{Act, NewTicket};
use crate::domain::comment::Channel;
use crate::domain::event::{Chain, Event};
use crate::domain::life::{Record, SignUp};
use crate::domain::person::{EmailAddress, Person, PersonRef, Role, Standing};
use crate::domain::refusal::{Field, Refusal};
use crate::domain::secret::Digest;
use crate::domain::stranger::{StrangerBounds, Waiting};
use crate::domain::text::storable;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// Whether an act is such a request.
pub(super) fn is_theirs(act: &Act) -> bool {
    act.via == Channel::Anonymous
}

/// Takes it, where the account takes any. What follows tells nobody whether the address is known.
pub(super) fn ask(facts: &Facts, act: &Act, new: &NewTicket, now: Timestamp) -> Result<Decision, Refusal> {
    by_itself(act)?;
    if !facts.settings.anonymous_requests {
        return Err(Refusal::Role { needs: Role::EndUser });
    }
    let Some(PersonRef::Named { name, email }) = &new.requester else {
        return Err(Refusal::Empty(Field::Requester));
    };
    let name = bounded_line(name, Field::Name, Person::MAX_NAME_CHARS)?;
    bounded(new)?;
    if !facts.life.strangers.may_ask(now) {
        return Err(Refusal::TooOften);
    }
    let mut work = Work::new(facts, act, now);
    let tells = facts.life.strangers.may_be_told(now);
    work.decision.records.push(Record::Stranger { address: Digest::of_address(email), at: now, told: tells });
    let known = facts.people.values().find(|person| person.email.as_ref() == Some(email));
    let known = known.map(|person| facts.followed(person));
    if known.is_some_and(|person| person.role.is_staff() || !may_be_meant(person)) {
        let waiting = waiting(new, email, name, now)?;
        work.decision.records.push(Record::Waiting(Box::new(waiting)));
        return Ok(work.decision);
    }
    let requester = match known {
        Some(known) => known.clone(),
        None => newcomer(&mut work, name, email),
    };
    // From here on it is as if they had asked themselves: with what requesters may choose, and on the form that they have.
    let theirs = Facts { actor: Some(requester), fresh: work.fresh().clone(), ..facts.clone() };
    let asked = NewTicket { requester: None, ..new.clone() };
    let mut made = work.decision;
    let opened = create::create(&theirs, act, &asked, now)?;
    made.entries.extend(opened.entries);
    made.people.extend(opened.people);
    made.outcome = opened.outcome;
    Ok(made)
}

/// Nobody else is named, no file comes along, and there is an end to how much can be said.
fn bounded(new: &NewTicket) -> Result<(), Refusal> {
    let chosen = [
        (!new.ccs.is_empty(), Field::Ccs),
        (new.follow_up_of.is_some(), Field::Subject),
        (!new.comment.uploads.is_empty(), Field::Attachments),
    ];
    if let Some((_, field)) = chosen.into_iter().find(|(is, _)| *is) {
        return Err(Refusal::AgentsOnly(field));
    }
    let max = StrangerBounds::TEXT_BYTES;
    if new.comment.body.len() > max {
        return Err(Refusal::TooLong { field: Field::Comment, max: max as u64 });
    }
    Ok(())
}

/// Who waits for a password can be: it may be them who ask.
const fn may_be_meant(person: &Person) -> bool {
    !person.suspended && !person.standing.is_gone()
}

/// An end user of whom nobody has shown yet that the address is theirs.
fn newcomer(work: &mut Work<'_>, name: String, email: &EmailAddress) -> Person {
    let id = taken(work.fresh().people.pop_front());
    let open = work.facts.settings.people.sign_up == SignUp::Open;
    let person = Person {
        email: Some(email.clone()),
        organization: by_domain(&work.facts.organizations, email).map(|one| one.id),
        standing: if open { Standing::Pending } else { Standing::Unapproved },
        ..Person::new(id, name, Role::EndUser, work.now)
    };
    work.decision.people.push(person.clone());
    work.write(Chain::Account, vec![Event::PersonCreated { person: id, role: Role::EndUser }]);
    person
}

fn waiting(new: &NewTicket, email: &EmailAddress, name: String, at: Timestamp) -> Result<Waiting, Refusal> {
    let subject = bounded_line(&new.subject, Field::Subject, Ticket::MAX_SUBJECT_CHARS)?;
    if new.comment.body.trim().is_empty() {
        return Err(Refusal::Empty(Field::Comment));
    }
    Ok(Waiting { email: email.clone(), name, subject, body: storable(&new.comment.body), at })
}
