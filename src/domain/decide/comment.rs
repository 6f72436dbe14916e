use super::changing::Changing;
use super::work::Work;
use super::{Decision, Facts};
use crate::domain::act::Act;
use crate::domain::comment::Visibility;
use crate::domain::event::{Chain, Event};
use crate::domain::id::TicketId;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::time::Timestamp;

/// Turns the only comment, a public one, into a note; the ticket becomes private (R127). Every route that does so passes
/// here (D28). Beside any other comment it stays: a second public one (R128), or notes, for then the ticket may have been
/// private before and was made public on purpose (R125).
pub(super) fn make_internal(facts: &Facts, act: &Act, id: TicketId, now: Timestamp) -> Result<Decision, Refusal> {
    let ticket = facts.worked(facts.ticket.as_ref(), id, act.via)?;
    if ticket.is_closed() {
        return Err(Refusal::Closed(id));
    }
    let comment = facts.comment.as_ref().filter(|one| one.ticket == id);
    let comment = comment.ok_or(Refusal::NotFound(Thing::Comment))?;
    if comment.visibility == Visibility::Internal {
        return Err(Refusal::AlreadyNote);
    }
    if ticket.public_comments > 1 {
        return Err(Refusal::ManyPublicComments);
    }
    if ticket.comments > 1 {
        return Err(Refusal::StaysPublic);
    }
    if !facts.settings.private_tickets {
        return Err(Refusal::PrivateOff);
    }
    let mut changing = Changing::new(ticket.clone(), now);
    changing.push(Event::MadeInternal(comment.id));
    changing.push(Event::VisibilityChanged(Visibility::Internal));
    let mut work = Work::new(facts, act, now);
    work.write(Chain::Ticket(id), changing.events);
    work.decision.outcome.ticket = Some(id);
    work.decision.outcome.comment = Some(comment.id);
    Ok(work.decision)
}
