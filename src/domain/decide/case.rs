//! Problems and their incidents.

use super::Facts;
use crate::domain::act::Act;
use crate::domain::case::{Rating, TicketType};
use crate::domain::id::TicketId;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::text::storable;
use crate::domain::ticket::Ticket;

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
