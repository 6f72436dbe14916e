use super::changing::Changing;
use super::work::{Work, bounded_line, optional_line, taken};
use super::{Decision, Entry, Facts};
use crate::domain::act::{Act, ImportedComment, ImportedTicket, Who};
use crate::domain::case::CaseEvent;
use crate::domain::event::{Chain, Created, Event};
use crate::domain::evolve;
use crate::domain::id::{PersonId, TicketId};
use crate::domain::person::Person;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::status::{State, Status};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// A ticket with its past: one audit for its opening, one for each later comment, one for the status it has now, in the
/// order of their times, each with the person of then. Admins only. Timers and required fields do not apply to what is past.
/// What bears no time happens now, or at its opening.
pub(super) fn import(facts: &Facts, act: &Act, past: &ImportedTicket, now: Timestamp) -> Result<Decision, Refusal> {
    let opened = past.created_at.unwrap_or(now);
    let requester = past.requester.unwrap_or(facts.admin()?.id);
    let first = past.comments.first().ok_or(Refusal::Empty(Field::Comment))?;
    let mut work = Work::new(facts, act, opened);
    check_people(facts, past, requester)?;
    let id = taken(work.fresh().tickets.pop_front());
    let created = created(facts, past, id, requester)?;
    let mut ticket = evolve::open(&created, opened);
    let mut opening = Changing::new(ticket.clone(), opened);
    opening.push(Event::Created(Box::new(created)));
    opening.say(work.comment(&ticket, &first.comment, first.author.unwrap_or(requester), opened)?);
    let submitter = past.submitter.unwrap_or(requester);
    ticket = write(&mut work, id, opening, (Who::Person(submitter), opened));
    let mut later: Vec<&ImportedComment> = past.comments[1..].iter().collect();
    later.sort_by_key(|said| said.at.unwrap_or(opened));
    let before = past.status_at.map_or(later.len(), |at| later.partition_point(|said| said.at.unwrap_or(opened) <= at));
    let after = later.split_off(before);
    ticket = say_all(&mut work, ticket, &later, opened)?;
    if past.status != Status::New {
        let at = past.status_at.unwrap_or(ticket.updated_at).max(opened);
        let mut ending = Changing::new(ticket, at);
        ending.push(Event::StatusChanged { from: Status::New, to: past.status });
        ticket = write(&mut work, id, ending, (past.assignee.map_or(act.who, Who::Person), at));
    }
    ticket = say_all(&mut work, ticket, &after, opened)?;
    rated(&mut work, past, ticket);
    work.decision.outcome.ticket = Some(id);
    Ok(work.decision)
}

/// What its requester thought of it, since it was solved.
fn rated(work: &mut Work<'_>, past: &ImportedTicket, ticket: Ticket) {
    let Some((score, comment)) = &past.rating else { return };
    let comment = super::case::said(comment.as_deref());
    let (id, who, at) = (ticket.id, Who::Person(ticket.requester), ticket.solved_at.unwrap_or(ticket.updated_at));
    let mut rating = Changing::new(ticket, at);
    rating.push(Event::Case(CaseEvent::Rated { score: *score, comment }));
    write(work, id, rating, (who, at));
}

/// Says what was said, each with its own time but none before the opening; the ticket as it was then.
fn say_all(
    work: &mut Work<'_>,
    mut ticket: Ticket,
    said: &[&ImportedComment],
    opened: Timestamp,
) -> Result<Ticket, Refusal> {
    for one in said {
        let at = one.at.unwrap_or(opened).max(opened);
        let author = one.author.unwrap_or(ticket.requester);
        let comment = work.comment(&ticket, &one.comment, author, at)?;
        let id = ticket.id;
        let mut saying = Changing::new(ticket, at);
        saying.say(comment);
        ticket = write(work, id, saying, (Who::Person(author), at));
    }
    Ok(ticket)
}

/// Ends one audit of the past; the ticket as it was then.
fn write(work: &mut Work<'_>, id: TicketId, changing: Changing, (who, at): (Who, Timestamp)) -> Ticket {
    let mut ticket = changing.ticket;
    ticket.updated_at = ticket.updated_at.max(at);
    let entry = Entry { chain: Chain::Ticket(id), who, via: work.act.via, at, events: changing.events };
    work.decision.entries.push(entry);
    ticket
}

fn check_people(facts: &Facts, past: &ImportedTicket, requester: PersonId) -> Result<(), Refusal> {
    let named = [Some(requester), past.submitter, past.assignee].into_iter().flatten();
    let authors = past.comments.iter().filter_map(|one| one.author);
    for id in named.chain(authors).chain(past.ccs.iter().copied()).chain(past.followers.iter().copied()) {
        facts.person(id)?;
    }
    let is_staff = |id: &PersonId| facts.people.get(id).is_some_and(|person| person.role.is_staff());
    if past.assignee.as_ref().is_some_and(|id| !is_staff(id)) {
        return Err(Refusal::NotAnAgent(Field::Assignee));
    }
    if !past.followers.iter().all(is_staff) {
        return Err(Refusal::NotAnAgent(Field::Followers));
    }
    let max = Ticket::MAX_CCS as u64;
    if past.ccs.len() > Ticket::MAX_CCS { Err(Refusal::TooLong { field: Field::Ccs, max }) } else { Ok(()) }
}

fn created(facts: &Facts, past: &ImportedTicket, id: TicketId, requester: PersonId) -> Result<Created, Refusal> {
    if let Some(kind) = past.kind.filter(|kind| !facts.setup.kinds.contains_key(kind)) {
        return Err(Refusal::NotFound(Thing::Kind(kind)));
    }
    if past.group.is_some_and(|group| !facts.groups.contains_key(&group)) {
        return Err(Refusal::NotFound(Thing::Group));
    }
    let problem = past.problem.map(|id| super::case::imported(facts, past.ticket_type, id)).transpose()?;
    Ok(Created {
        id,
        subject: bounded_line(&past.subject, Field::Subject, Ticket::MAX_SUBJECT_CHARS)?,
        kind: past.kind,
        ticket_type: past.ticket_type,
        problem,
        state: State::New,
        priority: past.priority,
        requester,
        submitter: past.submitter.unwrap_or(requester),
        assignee: past.assignee,
        group: past.group.or(facts.settings.default_group),
        organization: facts.person(requester)?.organization,
        tags: past.tags.clone(),
        ccs: past.ccs.iter().copied().filter(|id| *id != requester).collect(),
        followers: past.followers.clone(),
        due_at: past.due_at,
        custom_status: None,
        fields: super::fields::first(facts, &past.fields)?,
        visibility: past
            .comments
            .first()
            .map_or(crate::domain::comment::Visibility::Public, |one| one.comment.visibility),
        via: past.via,
        external_id: optional_line(past.external_id.as_deref(), Field::ExternalId, Person::MAX_LINE_CHARS)?,
        follow_up_of: None,
    })
}
