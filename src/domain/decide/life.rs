//! How people become one with others, and leave the account (D35).

use super::access::{self, by_itself};
use super::changing::Changing;
use super::update::works_in;
use super::work::Work;
use super::{Decision, Facts, grants};
use crate::domain::act::Act;
use crate::domain::event::{Chain, Event};
use crate::domain::form::Values;
use crate::domain::id::{CommentId, PersonId, TicketId};
use crate::domain::life::{PersonDeed, PersonEvent, Record};
use crate::domain::person::{Person, Standing};
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::status::Status;
use crate::domain::ticket::Ticket;
use crate::domain::time::{Span, Timestamp};
use std::collections::BTreeSet;

/// What is wanted of a person as a whole.
pub(super) fn decide(facts: &Facts, act: &Act, deed: &PersonDeed, now: Timestamp) -> Result<Decision, Refusal> {
    match deed {
        PersonDeed::Approve(person) => access::approve(facts, act, *person, now),
        PersonDeed::Merge { source, target } => merge(facts, act, *source, *target, now),
        PersonDeed::Delete(person) => delete(facts, act, *person, now),
        PersonDeed::Erase { person, texts } => erase(facts, act, *person, *texts, now),
        PersonDeed::Settle { ticket, person } => settle(facts, act, *ticket, *person, now),
        PersonDeed::Forget { ticket, whose } => forget(facts, act, *ticket, *whose, now),
        PersonDeed::AskAccess { name, email } => access::ask(facts, act, name.as_deref(), email, now),
        PersonDeed::MakeLink { person, link } => access::make_link(facts, act, *person, *link, now),
        PersonDeed::UseLink { link, password } => access::use_link(facts, act, link, password, now),
        PersonDeed::SetPassword { person, password } => access::set_password(facts, act, *person, password, now),
        PersonDeed::AddToken { person, token } => access::add_token(facts, act, *person, *token, now),
        PersonDeed::Grant(deed) => grants::decide(facts, act, deed, now),
        PersonDeed::RevokeToken { person, name } => access::revoke_token(facts, act, *person, name, now),
    }
}

/// An end user turns out to be somebody else. Agents do that who work with all tickets, for it changes any of them; into
/// somebody of the team only admins.
fn merge(facts: &Facts, act: &Act, source: PersonId, target: PersonId, now: Timestamp) -> Result<Decision, Refusal> {
    facts.staff()?;
    let (from, into) = (present(facts, source)?, present(facts, target)?);
    if source == target {
        return Err(Refusal::SamePerson);
    }
    if into.role.is_staff() || facts.viewer()?.is_restricted() {
        facts.admin()?;
    }
    if from.role.is_staff() {
        return Err(Refusal::StaffStays);
    }
    if !into.may_act() {
        return Err(Refusal::MergeIntoShutOut);
    }
    let mut work = Work::new(facts, act, now);
    let mut gone = Person {
        standing: Standing::Merged(target),
        suspended: false,
        fields: Values::new(),
        profile: None,
        ..from.clone()
    };
    let mut kept = into.clone();
    // Their address leads to the other, too: as theirs when they had none.
    if kept.email.is_none() {
        kept.email = gone.email.take();
    }
    // What is known of the one fills in what is not known of the other.
    for (id, value) in &from.fields {
        kept.fields.entry(*id).or_insert_with(|| value.clone());
    }
    kept.phone = kept.phone.or_else(|| gone.phone.take());
    leaves(&mut work, source, false);
    work.decision.people.push(gone);
    if kept != *into {
        work.decision.people.push(kept);
    }
    work.decision.outcome.person = Some(target);
    work.write(Chain::Account, vec![Event::Person(PersonEvent::Merged { person: source, into: target })]);
    Ok(work.decision)
}

/// Out of the account, which keeps their name. Whose requests are still open stays: first it must be said what becomes of
/// those, for nobody would be told of an answer.
fn delete(facts: &Facts, act: &Act, id: PersonId, now: Timestamp) -> Result<Decision, Refusal> {
    let before = present(facts, id)?;
    may_leave(facts, before)?;
    let mut work = Work::new(facts, act, now);
    leaves(&mut work, id, false);
    work.decision.people.push(Person {
        email: None,
        standing: Standing::Deleted,
        away: None,
        fields: Values::new(),
        profile: None,
        ..before.clone()
    });
    work.decision.outcome.person = Some(id);
    work.write(Chain::Account, vec![Event::Person(PersonEvent::Deleted(id))]);
    Ok(work.decision)
}

/// Out of the account with all that it knows of them; who was deleted before can still be erased.
fn erase(facts: &Facts, act: &Act, id: PersonId, texts: bool, now: Timestamp) -> Result<Decision, Refusal> {
    let before = facts.people.get(&id).filter(|person| !matches!(person.standing, Standing::Merged(_)));
    let before = before.ok_or(Refusal::NotFound(Thing::Person))?;
    may_leave(facts, before)?;
    let mut work = Work::new(facts, act, now);
    leaves(&mut work, id, texts);
    let nobody = Person::new(id, format!("#{id}"), before.role, before.created_at);
    work.decision.people.push(Person { standing: Standing::Erased, suspended: before.suspended, ..nobody });
    work.decision.outcome.person = Some(id);
    work.write(Chain::Account, vec![Event::Person(PersonEvent::Erased { person: id, texts })]);
    Ok(work.decision)
}

/// Somebody who is there; end users and strangers are not told apart.
fn present(facts: &Facts, id: PersonId) -> Result<&Person, Refusal> {
    facts.staff()?;
    facts.people.get(&id).filter(|person| !person.standing.is_gone()).ok_or(Refusal::NotFound(Thing::Person))
}

fn may_leave(facts: &Facts, person: &Person) -> Result<(), Refusal> {
    let actor = facts.admin()?;
    if person.runs_the_account() && facts.admins <= 1 {
        return Err(Refusal::LastAdmin);
    }
    if actor.id == person.id {
        return Err(Refusal::OwnRole);
    }
    if facts.life.unsolved > 0 { Err(Refusal::HasUnsolved { count: facts.life.unsolved }) } else { Ok(()) }
}

/// Nothing lets them in any more, and their tickets are to be gone through.
fn leaves(work: &mut Work<'_>, person: PersonId, texts: bool) {
    work.decision.records.push(Record::ShutOut { person, password: true });
    work.decision.records.push(Record::Unsettled { person, texts });
}

/// Takes somebody off a ticket who is gone, or works no longer. Who was merged is replaced everywhere; who was deleted
/// works on nothing, and is in copy of nothing, that is not closed: what is closed stays as it was.
///
/// Who becomes an end user or is suspended works on nothing either: an agent who must be shut out is shut out at once,
/// whatever they work on, and what they leave goes back to its group, unassigned, with an event that says so. To refuse
/// until every ticket is handed over would leave the door open as long as that takes; to say nothing would leave the
/// requesters waiting for nobody. What they have solved stays solved by them, until it is
/// reopened. Whoever asks for it is told first how many tickets there are.
///
/// Who is taken out of a group works on its tickets no longer, and those go back to the group in the same way; as where
/// nobody in particular takes their place, nobody is put in it. They follow them still, and keep what they have in other
/// groups. Who is in no group at all any more works on the tickets of all, and keeps everything.
fn settle(facts: &Facts, act: &Act, id: TicketId, person: PersonId, now: Timestamp) -> Result<Decision, Refusal> {
    by_itself(act)?;
    let ticket = facts.ticket.as_ref().filter(|one| one.id == id).ok_or(Refusal::NotFound(Thing::Ticket(id)))?;
    let gone = facts.people.get(&person).ok_or(Refusal::NotFound(Thing::Person))?;
    let mut changing = Changing::new(ticket.clone(), now);
    match gone.standing {
        Standing::Merged(into) => replace(facts, &mut changing, person, into)?,
        Standing::Deleted | Standing::Erased if !ticket.is_closed() => take_off(&mut changing, person, true),
        _ if !gone.works() && !ticket.is_closed() => take_off(&mut changing, person, false),
        _ if ticket.group.is_some() && !works_in(facts, person, ticket.group) => unassign(&mut changing, person),
        _ => {}
    }
    let mut work = Work::new(facts, act, now);
    work.write(Chain::Ticket(id), changing.events);
    work.decision.outcome.ticket = Some(id);
    Ok(work.decision)
}

fn replace(facts: &Facts, changing: &mut Changing, from: PersonId, into: PersonId) -> Result<(), Refusal> {
    let target = facts.people.get(&into).ok_or(Refusal::NotFound(Thing::Person))?;
    if changing.ticket.requester == from {
        changing.push(Event::RequesterChanged { from, to: into });
        let (before, after) = (changing.ticket.organization, target.organization);
        if before != after {
            changing.push(Event::OrganizationChanged { from: before, to: after });
        }
    }
    let copied = changing.ticket.ccs.contains(&from);
    let twice = changing.ticket.requester == into && changing.ticket.ccs.contains(&into);
    if copied || twice {
        let wanted = copied && changing.ticket.requester != into && !changing.ticket.ccs.contains(&into);
        let added = wanted.then_some(into).into_iter().collect();
        let removed = [(copied, from), (twice, into)].into_iter().filter(|(is, _)| *is).map(|(_, id)| id).collect();
        changing.push(Event::CcsChanged { added, removed });
    }
    Ok(())
}

fn unassign(changing: &mut Changing, person: PersonId) {
    if changing.ticket.assignee == Some(person) && changing.ticket.status() < Status::Solved {
        changing.push(Event::AssigneeChanged { from: Some(person), to: None });
    }
}

fn take_off(changing: &mut Changing, person: PersonId, all: bool) {
    unassign(changing, person);
    let ticket: &Ticket = &changing.ticket;
    let (copied, follows) = (all && ticket.ccs.contains(&person), ticket.followers.contains(&person));
    let removed = || BTreeSet::from([person]);
    if copied {
        changing.push(Event::CcsChanged { added: BTreeSet::new(), removed: removed() });
    }
    if follows {
        changing.push(Event::FollowersChanged { added: BTreeSet::new(), removed: removed() });
    }
}

/// Takes texts and files off a ticket for good: those of somebody who was erased, or all once they were kept long enough.
fn forget(
    facts: &Facts,
    act: &Act,
    id: TicketId,
    whose: Option<PersonId>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    by_itself(act)?;
    let ticket = facts.ticket.as_ref().filter(|one| one.id == id).ok_or(Refusal::NotFound(Thing::Ticket(id)))?;
    let mut work = Work::new(facts, act, now);
    match whose {
        Some(person) => {
            let erased = facts.people.get(&person).is_some_and(|one| one.standing == Standing::Erased);
            if !erased {
                return Err(Refusal::NotDue);
            }
        }
        None if kept_long_enough(ticket, facts.settings.people.retention_days, now) => {
            work.decision.records.push(Record::Forgotten(id));
        }
        None => return Err(Refusal::NotDue),
    }
    let said = facts.life.said.iter().filter(|(_, author)| whose.is_none_or(|person| person == *author));
    let gone: BTreeSet<CommentId> = said.map(|(comment, _)| *comment).collect();
    let mut events = Vec::new();
    if !gone.is_empty() {
        events.push(Event::Person(PersonEvent::TextsErased(gone)));
    }
    // Of what is about somebody the subject and the fields speak of them, whoever typed them: one repeats the other.
    let about = whose.is_some_and(|person| ticket.requester == person || ticket.submitter == person);
    if about && ticket.subject != ticket.bare_subject() {
        events.push(Event::Person(PersonEvent::WordsErased));
    }
    work.write(Chain::Ticket(id), events);
    work.decision.outcome.ticket = Some(id);
    Ok(work.decision)
}

fn kept_long_enough(ticket: &Ticket, days: Option<u32>, now: Timestamp) -> bool {
    let since = ticket.state.since().filter(|_| ticket.is_closed());
    since.zip(days).is_some_and(|(since, days)| since + Span::days(i64::from(days)) <= now)
}
