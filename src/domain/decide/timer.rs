use super::work::{Changing, Work};
use super::{Decision, Facts};
use crate::domain::account::PendingEnd;
use crate::domain::act::{Act, Who};
use crate::domain::event::{Chain, Event};
use crate::domain::id::TicketId;
use crate::domain::person::Role;
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::status::Status;
use crate::domain::time::Timestamp;
use crate::domain::timer::Timer;

/// What is due on a ticket by itself (R172, R173, R177). Being asked again, too early, or after an answer is refused,
/// so that nothing happens twice or wrongly, whatever the clock does.
pub(super) fn run(facts: &Facts, act: &Act, id: TicketId, timer: Timer, now: Timestamp) -> Result<Decision, Refusal> {
    if act.who != Who::System {
        return Err(Refusal::Role { needs: Role::Admin });
    }
    let ticket = facts.ticket.as_ref().filter(|one| one.id == id).ok_or(Refusal::NotFound(Thing::Ticket(id)))?;
    if timer.due_at(ticket, &facts.settings).is_none_or(|at| at > now) {
        return Err(Refusal::NotDue);
    }
    let end = match facts.settings.pending_end {
        PendingEnd::Closed => Status::Closed,
        PendingEnd::Solved => Status::Solved,
    };
    let from = ticket.status();
    let mut changing = Changing::new(ticket.clone(), now);
    changing.push(Event::TimerRan(timer));
    changing.push(match timer {
        Timer::Remind => Event::Reminded,
        Timer::End => Event::StatusChanged { from, to: end },
        Timer::Close => Event::StatusChanged { from, to: Status::Closed },
    });
    let mut work = Work::new(facts, act, now);
    work.write(Chain::Ticket(id), changing.events);
    work.decision.outcome.ticket = Some(id);
    Ok(work.decision)
}
