use super::changing::Changing;
use super::work::{Work, bounded_line, optional_line, taken};
use super::{Decision, Facts};
use crate::domain::act::{Act, NewTicket};
use crate::domain::comment::{Channel, NewComment, Visibility};
use crate::domain::event::{Chain, Created, Event};
use crate::domain::evolve;
use crate::domain::form::{Reader, Values};
use crate::domain::id::{GroupId, KindId, PersonId};
use crate::domain::person::Person;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::setup::ItemKind;
use crate::domain::status::{State, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// A new ticket (R094-R111, R157-R162, R178).
pub(super) fn create(facts: &Facts, act: &Act, new: &NewTicket, now: Timestamp) -> Result<Decision, Refusal> {
    if super::stranger::is_theirs(act) && facts.actor.is_none() {
        return super::stranger::ask(facts, act, new, now);
    }
    let actor = facts.actor()?;
    let mut work = Work::new(facts, act, now);
    let source = followed(facts, act, new)?;
    if !actor.role.is_staff() {
        requester_chose_only_theirs(new)?;
    }
    let comment = first_comment(facts, act, new)?;
    let requester = requester(&mut work, actor, new, source)?;
    let kind = kind(facts, act, new, source)?;
    let ccs = work.copies(&new.ccs, requester, &BTreeSet::new())?;
    work.all_staff(&new.followers, Field::Followers)?;
    let chosen = chosen_status(facts, new, kind)?;
    let solver = solver(actor, new, chosen);
    let group = group(facts, new, source, solver.map(|_| actor))?;
    let assignee = super::update::assignee(facts, new.assignee, group)?.or(solver);
    let fields = super::fields::opening(facts, kind, new, source)?;
    let problem = new.problem.map(|id| super::case::problem(facts, act, new.ticket_type, id)).transpose()?;
    let status = status(actor, new, chosen);
    let created = Created {
        id: taken(work.fresh().tickets.pop_front()),
        subject: bounded_line(&new.subject, Field::Subject, Ticket::MAX_SUBJECT_CHARS)?,
        kind,
        ticket_type: new.ticket_type,
        problem,
        state: State::entered(status, now),
        priority: new
            .priority
            .or_else(|| kind.and_then(|id| facts.setup.kinds.get(&id)).and_then(|kind| kind.priority)),
        requester,
        submitter: actor.id,
        assignee,
        group,
        organization: work.anybody(requester)?.organization,
        tags: tags(facts, new, source, &fields),
        ccs,
        followers: new.followers.clone(),
        due_at: new.due_at,
        custom_status: new.custom_status.or_else(|| facts.setup.default_status(status, kind)),
        fields,
        visibility: comment.visibility,
        via: if source.is_some() { Channel::ClosedTicket } else { act.via },
        external_id: optional_line(new.external_id.as_deref(), Field::ExternalId, Person::MAX_LINE_CHARS)?,
        follow_up_of: new.follow_up_of,
    };
    open(&mut work, created, &comment, actor.id)?;
    Ok(work.decision)
}

fn open(work: &mut Work<'_>, created: Created, first: &NewComment, author: PersonId) -> Result<(), Refusal> {
    let ticket = evolve::open(&created, work.now);
    super::fields::solvable(work.facts, None, &ticket)?;
    let (id, source) = (created.id, created.follow_up_of);
    let comment = work.comment(&ticket, first, author, work.now)?;
    let mut changing = Changing::new(ticket, work.now);
    changing.push(Event::Created(Box::new(created)));
    changing.say(comment);
    work.write(Chain::Ticket(id), changing.events);
    work.decision.outcome.ticket = Some(id);
    if let Some(source) = source {
        work.write(Chain::Ticket(source), vec![Event::FollowedUp(id)]);
    }
    Ok(())
}

/// The closed ticket that the new one follows (D13, R178).
fn followed<'a>(facts: &'a Facts, act: &Act, new: &NewTicket) -> Result<Option<&'a Ticket>, Refusal> {
    let Some(id) = new.follow_up_of else { return Ok(None) };
    let source = facts.seen(facts.other.as_ref(), id, act.via)?;
    if source.is_closed() { Ok(Some(source)) } else { Err(Refusal::FollowUpOfUnclosed(id)) }
}

/// An end user names subject, kind, text, files and CCs; everything else is the team's (R157).
fn requester_chose_only_theirs(new: &NewTicket) -> Result<(), Refusal> {
    let chosen = [
        (new.requester.is_some(), Field::Requester),
        (new.status.is_some() || new.custom_status.is_some(), Field::Status),
        (new.priority.is_some(), Field::Priority),
        (new.ticket_type.is_some(), Field::Type),
        (new.problem.is_some(), Field::Problem),
        (new.assignee.is_some(), Field::Assignee),
        (new.group.is_some(), Field::Group),
        (!new.tags.is_empty(), Field::Tags),
        (!new.followers.is_empty(), Field::Followers),
        (new.due_at.is_some(), Field::Due),
        (new.external_id.is_some(), Field::ExternalId),
    ];
    match chosen.into_iter().find(|(is, _)| *is) {
        Some((_, field)) => Err(Refusal::AgentsOnly(field)),
        None => Ok(()),
    }
}

/// The first comment decides whether the ticket is private (R110, R111); by mail none ever is (R112).
fn first_comment(facts: &Facts, act: &Act, new: &NewTicket) -> Result<NewComment, Refusal> {
    let mut comment = new.comment.clone();
    if act.via == Channel::Mail {
        comment.visibility = Visibility::Public;
    }
    if comment.visibility == Visibility::Public {
        return Ok(comment);
    }
    if !facts.actor()?.role.is_staff() {
        return Err(Refusal::NoteByEndUser);
    }
    if facts.settings.private_tickets { Ok(comment) } else { Err(Refusal::PrivateOff) }
}

/// Whoever is named; the requester of the ticket that is followed; else the one who acts (R095).
fn requester(
    work: &mut Work<'_>,
    actor: &Person,
    new: &NewTicket,
    source: Option<&Ticket>,
) -> Result<PersonId, Refusal> {
    match (&new.requester, source) {
        (Some(named), _) => work.resolve(named),
        (None, Some(source)) if actor.role.is_staff() => Ok(source.requester),
        (None, _) => Ok(actor.id),
    }
}

/// The one that was chosen; that of the ticket followed, while it is offered; the account's default one where nobody chose.
/// In the portal requesters choose (R158); a mail has nothing to choose with.
fn kind(facts: &Facts, act: &Act, new: &NewTicket, source: Option<&Ticket>) -> Result<Option<KindId>, Refusal> {
    let reader = super::fields::reader(facts);
    let offered = |id: &KindId| facts.setup.kinds.get(id).is_some_and(|kind| kind.is_offered(reader));
    if let Some(id) = new.kind {
        return match facts.setup.kinds.get(&id) {
            Some(_) if offered(&id) => Ok(Some(id)),
            Some(_) if reader == Reader::Agent => Err(Refusal::SwitchedOff(ItemKind::Kind)),
            _ => Err(Refusal::NotFound(Thing::Kind(id))),
        };
    }
    let known = source.and_then(|one| one.kind).filter(offered);
    if reader == Reader::Requester && act.via != Channel::Mail && known.is_none() {
        return Err(Refusal::KindMissing);
    }
    Ok(known.or_else(|| facts.setup.default_kind().map(|kind| kind.id)))
}

/// The category that was chosen: that of a status of the account's own, if tickets of this kind can begin with it.
fn chosen_status(facts: &Facts, new: &NewTicket, kind: Option<KindId>) -> Result<Option<Status>, Refusal> {
    let Some(id) = new.custom_status else { return Ok(new.status) };
    let status = facts.setup.statuses.get(&id).ok_or(Refusal::NotFound(Thing::Item(ItemKind::Status)))?;
    if !status.active {
        Err(Refusal::SwitchedOff(ItemKind::Status))
    } else if facts.setup.has_status(kind, id) {
        Ok(Some(status.category))
    } else {
        Err(Refusal::StatusOfOtherKinds)
    }
}

/// Those named, or those of the ticket followed but for what its fields put there; and what the new one's fields do.
fn tags(facts: &Facts, new: &NewTicket, source: Option<&Ticket>, fields: &Values) -> BTreeSet<Tag> {
    let mut tags = new.tags.clone();
    if let Some(source) = source.filter(|_| tags.is_empty()) {
        let by_fields = super::fields::tags(&facts.setup, &source.fields);
        tags = source.tags.difference(&by_fields).cloned().collect();
    }
    tags.extend(super::fields::tags(&facts.setup, fields));
    tags
}

/// The group named, that of whom it is assigned to, that of the ticket followed, or the account's own: Support Ops
/// (R157). Who solves at once does it in a group of theirs.
fn group(
    facts: &Facts,
    new: &NewTicket,
    source: Option<&Ticket>,
    solver: Option<&Person>,
) -> Result<Option<GroupId>, Refusal> {
    let home = new.assignee.and_then(|id| facts.people.get(&id)).and_then(|person| person.groups.first()).copied();
    let usual = source.and_then(|one| one.group).or(facts.settings.default_group);
    let group = match new.group {
        Some(id) if !facts.groups.contains_key(&id) => return Err(Refusal::NotFound(Thing::Group)),
        named => named.or(home).or(usual),
    };
    match solver {
        Some(solver) if !super::update::works_in(facts, solver.id, group) => Ok(solver.groups.first().copied()),
        _ => Ok(group),
    }
}

/// New unless somebody works on it already or the agent chose another (R108).
fn status(actor: &Person, new: &NewTicket, chosen: Option<Status>) -> Status {
    let usual = if actor.role.is_staff() && new.assignee.is_some() { Status::Open } else { Status::New };
    chosen.unwrap_or(usual)
}

/// Who solves at once what nobody is assigned to is the one who worked on it.
fn solver(actor: &Person, new: &NewTicket, chosen: Option<Status>) -> Option<PersonId> {
    let solved = matches!(chosen, Some(Status::Solved | Status::Closed));
    (solved && new.assignee.is_none() && actor.role.is_staff()).then_some(actor.id)
}
