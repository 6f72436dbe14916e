//! Who hears of what happens: whoever works with a ticket of everything on it, a requester of what they see. What they are
//! told is that it changed; what it is now they ask.

use super::audience::{Viewer, may_see, works_on};
use super::comment::Visibility;
use super::event::{Audit, Chain, Event};
use super::evolve::requester_may_know;
use super::id::{PersonId, TicketId};
use super::notice::Addressee;
use super::presence::Present;
use super::removal::{Deletion, Removed};
use super::ticket::Ticket;
use std::collections::BTreeSet;

/// What happened at once, for those who may hear of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub what: What,
    /// Whose inbox is another by it.
    pub told: BTreeSet<PersonId>,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something on a ticket.
    OnTicket(Stages),
    /// Something of the account's own.
    OfAccount,
    /// Others have a ticket open than before, or do something else with it.
    Around(Around),
    /// Somebody has read what they were told.
    Read,
}

/// Who of the team had a ticket open, and who has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// Which.
    pub ticket: TicketId,
    /// Before.
    pub before: BTreeSet<Present>,
    /// Now.
    pub after: BTreeSet<Present>,
}

impl Around {
    /// Whether somebody hears of it: who has the ticket open too, when others come, go or begin to answer.
    pub fn is_heard_by(&self, person: PersonId) -> bool {
        let others = |all: &BTreeSet<Present>| -> BTreeSet<Present> {
            all.iter().filter(|one| one.person != person).copied().collect()
        };
        self.after.iter().any(|one| one.person == person) && others(&self.before) != others(&self.after)
    }
}

/// A ticket before and after something happened on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stages {
    /// Which.
    pub ticket: TicketId,
    /// As it was; none when it was opened by this.
    before: Option<Box<Ticket>>,
    /// As it was then.
    after: Box<Ticket>,
    /// Whether its requester sees another request by it.
    for_requesters: bool,
}

impl Happened {
    /// What an audit tells. The ticket is as it was after it, and is left as it was before it; of what is the account's own
    /// there is none.
    pub fn of(audit: &Audit, ticket: Option<&mut Option<Ticket>>) -> Self {
        let told = audit.events.iter().filter_map(told).collect();
        let what = match (audit.chain, ticket) {
            (Chain::Ticket(id), Some(ticket)) => ticket.take().map_or(What::OfAccount, |after| {
                *ticket = before(&after, &audit.events);
                What::OnTicket(Stages {
                    ticket: id,
                    before: ticket.as_ref().map(bare),
                    after: bare(&after),
                    for_requesters: audit.events.iter().any(requester_may_know),
                })
            }),
            _ => What::OfAccount,
        };
        Self { what, told }
    }
}

impl Stages {
    /// Whether somebody hears of it: who has the ticket before them as the team, before or after; and for whom it is a
    /// request, before or after, when it is another by it for them (R109, R126). Nobody else learns anything by it.
    pub fn is_heard_by(&self, viewer: &Viewer) -> bool {
        let either = |may: fn(&Viewer, &Ticket) -> bool| {
            may(viewer, &self.after) || self.before.as_ref().is_some_and(|before| may(viewer, before))
        };
        either(works_on) || (self.for_requesters && either(may_see))
    }
}

fn told(event: &Event) -> Option<PersonId> {
    match event {
        Event::Notified(notice) => match notice.to {
            Addressee::Person(id) => Some(id),
            Addressee::Address(_) => None,
        },
        _ => None,
    }
}

/// What decides who may know of a ticket, without what it says.
fn bare(ticket: &Ticket) -> Box<Ticket> {
    let mut bare = ticket.clone();
    bare.subject = String::new();
    bare.tags.clear();
    bare.fields.clear();
    bare.owed.clear();
    bare.rating = None;
    Box::new(bare)
}

/// A ticket as it was before what happened, as far as that decides who may know of it; none before it was opened.
fn before(after: &Ticket, events: &[Event]) -> Option<Ticket> {
    let mut ticket = after.clone();
    for event in events.iter().rev() {
        match event {
            Event::Created(_) => return None,
            Event::VisibilityChanged(to) => {
                ticket.visibility = match to {
                    Visibility::Public => Visibility::Internal,
                    Visibility::Internal => Visibility::Public,
                }
            }
            Event::AssigneeChanged { from, .. } => ticket.assignee = *from,
            Event::GroupChanged { from, .. } => ticket.group = *from,
            Event::RequesterChanged { from, .. } => ticket.requester = *from,
            Event::OrganizationChanged { from, .. } => ticket.organization = *from,
            Event::CcsChanged { added, removed } => back(&mut ticket.ccs, added, removed),
            Event::FollowersChanged { added, removed } => back(&mut ticket.followers, added, removed),
            Event::Removal(Removed::Deleted { .. }) => ticket.deleted = None,
            Event::Removal(Removed::Restored) => {
                ticket.deleted = Some(Deletion { at: ticket.updated_at, by: None, purged: false });
            }
            // Nothing else decides who may know.
            _ => {}
        }
    }
    Some(ticket)
}

fn back(set: &mut BTreeSet<PersonId>, added: &BTreeSet<PersonId>, removed: &BTreeSet<PersonId>) {
    set.retain(|one| !added.contains(one));
    set.extend(removed.iter().copied());
}
