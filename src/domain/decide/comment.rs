use super::work::{Changing, Work};
use super::{Decision, Facts};
use crate::domain::act::Act;
use crate::domain::comment::Visibility;
use crate::domain::event::{Chain, Event};
use crate::domain::id::TicketId;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::time::Timestamp;

/// Turns the only public comment into a note; the ticket becomes private (R127). Every route that does so passes here
/// (D28). Other notes on the ticket do not stand against it: the rule is about what the requester has read.
pub(super) fn make_internal(facts: &Facts, act: &Act, id: TicketId, now: Timestamp) -> Result<Decision, Refusal> {
    let ticket = facts.seen(facts.ticket.as_ref(), id, act.via)?;
    facts.staff()?;
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
