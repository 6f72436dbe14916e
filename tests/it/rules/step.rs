//! What holds for every step that the rules allow, whoever takes it, on whatever ticket.

use crate::support::world::*;
use guichet::domain::act::Deed;
use guichet::domain::case::{CaseEvent, TicketType};
use guichet::domain::comment::{Channel, Visibility};
use guichet::domain::decide::Decision;
use guichet::domain::event::{Chain, Event};
use guichet::domain::evolve;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::setup::Setup;
use guichet::domain::status::Status;
use guichet::domain::ticket::{Request, Ticket};

/// A step that was allowed: the world before and after it. Nobody is a timer.
pub struct Step<'a> {
    pub before: &'a World,
    pub who: Option<PersonId>,
    pub via: Channel,
    pub deed: &'a Deed,
    pub decision: &'a Decision,
    pub after: &'a World,
}

type Law = Result<(), String>;

fn law(holds: bool, what: impl FnOnce() -> String) -> Law {
    if holds { Ok(()) } else { Err(what()) }
}

/// All laws, or the first that is broken.
pub fn check_step(step: &Step<'_>) -> Law {
    for entry in &step.decision.entries {
        law(!entry.events.is_empty(), || "an audit without events".to_owned())?;
        let Chain::Ticket(id) = entry.chain else { continue };
        events_start_from_what_is(step.before.tickets.get(&id), &entry.events)?;
        ends_are_theirs(step, &entry.events)?;
    }
    for (id, after) in &step.after.tickets {
        is_sound(step.after, after)?;
        match step.before.tickets.get(id) {
            Some(before) => {
                goes_forward(step, before, after)?;
                stays_public(step, before, after)?;
                tells_requesters_what_they_see(step, before, after)?;
                stays_in_hands_that_can(step, before, after)?;
            }
            None => law(matches!(step.deed, Deed::CreateTicket(_) | Deed::ImportTicket(_)), || {
                "a ticket from nowhere".into()
            })?,
        }
    }
    Ok(())
}

/// Each event says truly what was before it: decide and evolve speak of the same ticket.
fn events_start_from_what_is(before: Option<&Ticket>, events: &[Event]) -> Law {
    let mut ticket = match (before, events.first()) {
        (Some(ticket), _) => ticket.clone(),
        (None, Some(Event::Created(created))) => evolve::open(created, NOW),
        _ => return Err("the first event opens nothing".to_owned()),
    };
    for event in events {
        let truly = match event {
            Event::SubjectChanged { from, to } => *from == ticket.subject && from != to,
            Event::StatusChanged { from, to } => *from == ticket.status() && from != to,
            Event::PriorityChanged { from, to } => *from == ticket.priority && from != to,
            Event::Case(CaseEvent::TypeChanged { from, to }) => *from == ticket.ticket_type && from != to,
            Event::Case(CaseEvent::ProblemChanged { from, to }) => *from == ticket.problem && from != to,
            Event::KindChanged { from, to } => *from == ticket.kind && from != to,
            Event::AssigneeChanged { from, to } => *from == ticket.assignee && from != to,
            Event::GroupChanged { from, to } => *from == ticket.group && from != to,
            Event::RequesterChanged { from, to } => *from == ticket.requester && from != to,
            Event::OrganizationChanged { from, to } => *from == ticket.organization && from != to,
            Event::DueChanged { from, to } => *from == ticket.due_at && from != to,
            Event::TagsChanged { added, removed } => added.is_disjoint(&ticket.tags) && removed.is_subset(&ticket.tags),
            Event::CcsChanged { added, removed } => added.is_disjoint(&ticket.ccs) && removed.is_subset(&ticket.ccs),
            Event::FollowersChanged { added, removed } => {
                added.is_disjoint(&ticket.followers) && removed.is_subset(&ticket.followers)
            }
            Event::VisibilityChanged(to) => *to != ticket.visibility,
            Event::Commented(comment) => comment.ticket == ticket.id,
            _ => true,
        };
        law(truly, || format!("{event:?} on {ticket:?}"))?;
        evolve::evolve(&mut ticket, event, NOW);
    }
    Ok(())
}

/// An end user's acts have no events that are the team's; only the account runs timers.
fn ends_are_theirs(step: &Step<'_>, events: &[Event]) -> Law {
    let timer = events.iter().any(|event| matches!(event, Event::RuleRan(_)));
    law(timer == step.who.is_none(), || "timers are the account's alone".to_owned())?;
    let Some(who) = step.who.filter(|who| !step.before.people[who].role.is_staff()) else { return Ok(()) };
    for event in events {
        let theirs = match event {
            Event::Created(new) => new.requester == who && new.submitter == who && new.visibility == Visibility::Public,
            Event::Commented(comment) => {
                comment.author == who && (comment.visibility == Visibility::Public || step.via == Channel::Mail)
            }
            Event::StatusChanged { to, .. } => matches!(to, Status::Open | Status::Solved),
            Event::CcsChanged { removed, .. } => removed.is_empty(),
            Event::FollowedUp(_) => true,
            _ => false,
        };
        law(theirs, || format!("{event:?} by {}", name(who)))?;
    }
    Ok(())
}

/// What is true of every ticket at any time.
fn is_sound(world: &World, ticket: &Ticket) -> Law {
    let counted = |which: fn(Visibility) -> bool| {
        u32::try_from(world.comments_of(ticket.id).filter(|one| which(one.visibility)).count()).unwrap_or(u32::MAX)
    };
    let rows = [
        (
            ticket.problem.is_none() || ticket.ticket_type == Some(TicketType::Incident),
            "only an incident has a problem",
        ),
        (ticket.comments == counted(|_| true), "comments are counted"),
        (ticket.public_comments == counted(|one| one == Visibility::Public), "public comments are counted"),
        (ticket.is_public() == (ticket.public_comments > 0), "R123, R127: public is what has a public comment"),
        (!ticket.ccs.contains(&ticket.requester), "R165: the requester is not in copy"),
        (ticket.ccs.len() <= Ticket::MAX_CCS, "D17: 48 in copy"),
        (ticket.followers.iter().all(|id| world.people[id].role.is_staff()), "D17: followers are agents"),
        (ticket.assignee.is_none_or(|id| world.people[&id].role.is_staff()), "the assignee is an agent"),
        (ticket.requester_updated_at <= ticket.updated_at, "what requesters know is not newer than what is"),
    ];
    rows.into_iter().try_for_each(|(holds, what)| law(holds, || format!("{what}: {ticket:?}")))
}

/// Versions and times go forward, one audit at a time; what is closed stays as it is; nothing is New again.
fn goes_forward(step: &Step<'_>, before: &Ticket, after: &Ticket) -> Law {
    let audits = step.decision.entries.iter().filter(|entry| entry.chain == Chain::Ticket(before.id)).count();
    law(after.version - before.version == i64::try_from(audits).unwrap_or(i64::MAX), || {
        "a version for each audit".into()
    })?;
    law(after.updated_at >= before.updated_at, || "times run backwards".to_owned())?;
    law(after.status() != Status::New || before.status() == Status::New, || "D11: New again".to_owned())?;
    law(audits > 0 || before == after, || "changed without an audit".to_owned())?;
    if before.is_closed() {
        let mut same = after.clone();
        (same.version, same.updated_at) = (before.version, before.updated_at);
        law(same == *before, || format!("D13: a closed ticket changed: {after:?}"))?;
    }
    Ok(())
}

/// R125, R127: public for good, but for the single way back.
fn stays_public(step: &Step<'_>, before: &Ticket, after: &Ticket) -> Law {
    let way_back =
        matches!(step.deed, Deed::MakeInternal { .. }) && (before.comments, before.public_comments) == (1, 1);
    law(!before.is_public() || after.is_public() || way_back, || format!("R125: private again by {:?}", step.deed))
}

/// R126: a request's `updated_at` is another exactly when its requester sees something else, or may see it only now.
fn tells_requesters_what_they_see(step: &Step<'_>, before: &Ticket, after: &Ticket) -> Law {
    law(before.requester_updated_at <= after.requester_updated_at, || "their time runs backwards".to_owned())?;
    let setup = Setup::of(step.after.items.iter().cloned());
    let request = |ticket: &Ticket| {
        let seen = Request::of(ticket, &step.after.settings, &setup);
        Request { updated_at: before.requester_updated_at, ..seen }
    };
    let differs = request(before) != request(after) || before.visibility != after.visibility;
    let moved = before.requester_updated_at != after.requester_updated_at;
    law(differs || !moved, || {
        format!("R126: nothing a requester sees changed, yet their time did: {:?}", step.decision.entries)
    })?;
    let entries = step.decision.entries.iter().filter(|entry| entry.chain == Chain::Ticket(after.id));
    let at = entries.map(|entry| entry.at).max().unwrap_or(before.requester_updated_at);
    law(!differs || !after.is_public() || after.requester_updated_at >= at, || {
        format!("what a requester sees changed, and their time did not: {:?}", step.decision.entries)
    })
}

/// Who is newly assigned works in the group; what an agent solves has an assignee (D19).
fn stays_in_hands_that_can(step: &Step<'_>, before: &Ticket, after: &Ticket) -> Law {
    let moved = (before.assignee, before.group) != (after.assignee, after.group);
    if let Some(id) = after.assignee.filter(|_| moved) {
        let groups = &step.after.people[&id].groups;
        let works = groups.is_empty() || after.group.is_some_and(|group| groups.contains(&group));
        law(works, || format!("{} does not work in {:?}", name(id), after.group))?;
    }
    let staff = step.who.is_some_and(|who| step.before.people[&who].role.is_staff());
    let solved = before.status() != after.status() && !after.status().is_unsolved();
    let merged = after.merged_into.is_some();
    law(!(staff && solved) || merged || after.assignee.is_some(), || "D19: solved by nobody".to_owned())
}

/// Every ticket of a world is sound.
pub fn is_past_sound(world: &World) -> Law {
    world.tickets.values().try_for_each(|ticket| is_sound(world, ticket))
}

/// Tries a deed; when it is allowed, all laws hold. The world after it, or as it was.
pub fn try_deed(before: &World, who: PersonId, via: Channel, deed: &Deed) -> Result<Option<World>, String> {
    let Ok(decision) = before.decide(who, via, deed) else { return Ok(None) };
    let mut after = before.clone();
    after.apply(&decision);
    let step = Step { before, who: Some(who), via, deed, decision: &decision, after: &after };
    check_step(&step).map_err(|broken| format!("{broken}\n{} by {via:?}: {deed:?}", name(who)))?;
    Ok(Some(after))
}

/// Lets a timer try; likewise.
pub fn try_timer(before: &World, timer: Timer, id: TicketId) -> Result<Option<World>, String> {
    let mut after = before.clone();
    let Ok(decision) = after.run(timer, id) else { return Ok(None) };
    let deed = Deed::RunAutomations { ticket: id };
    let step = Step { before, who: None, via: Channel::Rule, deed: &deed, decision: &decision, after: &after };
    check_step(&step).map_err(|broken| format!("{broken}\n{timer:?}"))?;
    Ok(Some(after))
}
