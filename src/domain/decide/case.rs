//! Problems and their incidents, and what requesters thought.

use super::changing::Changing;
use super::work::Work;
use super::{Decision, Facts};
use crate::domain::act::Act;
use crate::domain::case::{CaseDeed, CaseEvent, Rating, Score, TicketType};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::event::{Chain, Event};
use crate::domain::id::{CommentId, TicketId};
use crate::domain::life::Record;
use crate::domain::person::Person;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::status::Status;
use crate::domain::text::storable;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// What is wanted of a ticket as a case.
pub(super) fn decide(facts: &Facts, act: &Act, deed: &CaseDeed, now: Timestamp) -> Result<Decision, Refusal> {
    match deed {
        CaseDeed::Solve { ticket, problem, comment } => solve(facts, act, (*ticket, *problem), *comment, now),
        CaseDeed::Rate { ticket, score, comment } => rate(facts, act, *ticket, (*score, comment.as_deref()), now),
    }
}

/// Solves an incident because its problem was, and says what was said there in public, in the name of who said it: as a
/// note where the incident is private, for that stays so. Files stay with the problem. What happens by itself waits for
/// nothing that must be filled in, as with automations (D19), and who solved the problem has solved what nobody had.
/// An incident that was solved, or belongs to another problem, by now is left alone.
fn solve(
    facts: &Facts,
    act: &Act,
    (id, problem): (TicketId, TicketId),
    comment: Option<CommentId>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    super::access::by_itself(act)?;
    let ticket = facts.ticket.as_ref().filter(|one| one.id == id).ok_or(Refusal::NotFound(Thing::Ticket(id)))?;
    let problem = facts.problem.as_ref().filter(|one| one.id == problem && ticket.problem == Some(problem));
    let problem = problem.filter(|_| ticket.status().is_unsolved()).ok_or(Refusal::NotDue)?;
    let mut work = Work::new(facts, act, now);
    let mut changing = Changing { by_itself: true, ..Changing::new(ticket.clone(), now) };
    changing.push(Event::Case(CaseEvent::SolvedWith(problem.id)));
    let said = facts.comment.as_ref().filter(|said| Some(said.id) == comment && said.ticket == problem.id);
    if let Some(said) = said.filter(|said| said.visibility == Visibility::Public && !said.body.trim().is_empty()) {
        let new = NewComment { visibility: ticket.visibility, body: said.body.clone(), uploads: Vec::new() };
        changing.say(work.comment(ticket, &new, said.author, now)?);
    }
    if ticket.assignee.is_none() {
        let solver = problem.assignee.filter(|id| facts.known(*id).is_some_and(Person::works));
        changing.assign(facts, solver);
    }
    super::rules::enter(facts, &mut changing, |changing| changing.status(facts, Status::Solved))
        .map_err(|_| Refusal::NotDue)?;
    work.write(Chain::Ticket(id), changing.events);
    work.decision.outcome.ticket = Some(id);
    Ok(work.decision)
}

/// A requester says what they thought of how their request was solved: once it was, also where it was opened again
/// since, until it is closed. Who changes their mind says it anew.
fn rate(
    facts: &Facts,
    act: &Act,
    id: TicketId,
    (score, comment): (Score, Option<&str>),
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let ticket = facts.seen(facts.ticket.as_ref(), id, act.via)?;
    if !facts.settings.ratings {
        return Err(Refusal::RatingsOff);
    }
    if ticket.requester != facts.actor()?.id {
        return Err(Refusal::RequesterOnly);
    }
    let was_solved = !ticket.status().is_unsolved() || ticket.reopened > 0;
    if ticket.is_closed() || !was_solved || !ticket.is_public() {
        return Err(Refusal::NotRateable);
    }
    let max = Rating::MAX_COMMENT_CHARS;
    if comment.is_some_and(|comment| comment.trim().chars().count() > max) {
        return Err(Refusal::TooLong { field: Field::Comment, max: max as u64 });
    }
    let comment = said(comment);
    let same = |rating: &Rating| rating.score == Some(score) && rating.comment == comment;
    let mut work = Work::new(facts, act, now);
    if !ticket.rating.as_ref().is_some_and(same) {
        work.write(Chain::Ticket(id), vec![Event::Case(CaseEvent::Rated { score, comment })]);
    }
    work.decision.outcome.ticket = Some(id);
    Ok(work.decision)
}

/// What else follows once rules have followed: where a problem was solved, by whomever, its incidents are to be solved.
/// One that is closed without having been solved, as by a merge or for want of an answer, solves nothing.
pub(super) fn follow(facts: &Facts, mut decision: Decision) -> Decision {
    let Some(before) = facts.ticket.as_ref().filter(|ticket| ticket.status().is_unsolved()) else { return decision };
    if let Some((_, after, said)) = super::rules::course(facts, &decision, before.id)
        && after.ticket_type == Some(TicketType::Problem)
        && after.status() == Status::Solved
    {
        let comment = said.filter(|said| said.visibility == Visibility::Public).map(|said| said.id);
        decision.records.push(Record::ProblemSolved { ticket: after.id, comment });
    }
    decision
}

/// The problem that caused a ticket of some type: only an incident has one, and only what the one who acts works with can
/// be one. One that is closed can: what comes late is still known to belong to it. Whether it stays a problem is not
/// asked later: while it is none, it has no incidents, and nothing follows from it.
pub(super) fn problem(facts: &Facts, act: &Act, of: Option<TicketType>, id: TicketId) -> Result<TicketId, Refusal> {
    let problem = facts.worked(facts.problem.as_ref(), id, act.via)?;
    fits(of, problem)
}

/// The same of what is imported, by an admin.
pub(super) fn imported(facts: &Facts, of: Option<TicketType>, id: TicketId) -> Result<TicketId, Refusal> {
    let problem = facts.problem.as_ref().filter(|one| one.id == id);
    let problem = problem.ok_or(Refusal::NotFound(Thing::Ticket(id)))?;
    fits(of, problem)
}

fn fits(of: Option<TicketType>, problem: &Ticket) -> Result<TicketId, Refusal> {
    if of != Some(TicketType::Incident) {
        return Err(Refusal::NotAnIncident);
    }
    let is_problem = problem.ticket_type == Some(TicketType::Problem);
    if is_problem { Ok(problem.id) } else { Err(Refusal::NotAProblem(problem.id)) }
}

/// A comment of a rating as it is kept: nothing where nothing is said.
pub(super) fn said(comment: Option<&str>) -> Option<String> {
    let text = storable(comment.unwrap_or_default().trim());
    let bounded: String = text.chars().take(Rating::MAX_COMMENT_CHARS).collect();
    Some(bounded).filter(|text| !text.is_empty())
}
