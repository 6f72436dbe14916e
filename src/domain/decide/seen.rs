use super::{Decision, Facts};
use crate::domain::event::{Chain, Event};
use crate::domain::evolve::{evolve_all, open, requester_may_know};
use crate::domain::id::TicketId;
use crate::domain::ticket::{Request, Ticket};
use std::collections::BTreeMap;

/// Says in history where requesters see what was done although no event of it tells so by itself: what a field holds, or
/// how a status is called, may be theirs to see or not, and may be another day (R126, R149). By it a request is changed
/// for its requester when they see another, and at no other time.
pub(super) fn mark(facts: &Facts, mut decision: Decision) -> Decision {
    let known = facts.ticket.iter().chain(&facts.other).map(|ticket| (ticket.id, ticket.clone()));
    let mut tickets: BTreeMap<TicketId, Ticket> = known.collect();
    for entry in &mut decision.entries {
        let Chain::Ticket(id) = entry.chain else { continue };
        if let Some(Event::Created(created)) = entry.events.first() {
            tickets.insert(id, open(created, entry.at));
        }
        let Some(ticket) = tickets.get_mut(&id) else { continue };
        let may_show = ticket.is_public() && entry.events.iter().any(may_show);
        let before = may_show.then(|| request(facts, ticket));
        evolve_all(ticket, &entry.events, entry.at);
        let told = entry.events.iter().any(requester_may_know);
        if !told && before.is_some_and(|before| before != request(facts, ticket)) {
            entry.events.push(Event::RequestChanged);
            ticket.requester_updated_at = ticket.requester_updated_at.max(entry.at);
        }
    }
    decision
}

fn request(facts: &Facts, ticket: &Ticket) -> Request {
    Request::of(ticket, &facts.settings, &facts.setup)
}

/// Whether it changes what a requester may see, or not, as the account has it.
const fn may_show(event: &Event) -> bool {
    matches!(
        event,
        Event::StatusChanged { .. }
            | Event::CustomStatusChanged { .. }
            | Event::FieldChanged { .. }
            | Event::AssigneeChanged { .. }
            | Event::GroupChanged { .. }
            | Event::OrganizationChanged { .. }
            | Event::DueChanged { .. }
    )
}
