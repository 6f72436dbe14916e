use super::changing::Changing;
use super::work::Work;
use super::{Decision, Facts};
use crate::domain::act::Act;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::event::{Chain, Event};
use crate::domain::id::TicketId;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// The tag of tickets that were merged into another.
const CLOSED_BY_MERGE: &str = "closed_by_merge";

/// Closes one ticket in favour of another and says so on both.
pub(super) fn merge(
    facts: &Facts,
    act: &Act,
    (source_id, source_comment): (TicketId, &NewComment),
    (target_id, target_comment): (TicketId, &NewComment),
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let source = facts.worked(facts.ticket.as_ref(), source_id, act.via)?;
    let actor = facts.staff()?;
    if source_id == target_id {
        return Err(Refusal::MergeIntoItself);
    }
    let target = facts.worked(facts.other.as_ref(), target_id, act.via)?;
    if let Some(closed) = [source, target].into_iter().find(|ticket| ticket.is_closed()) {
        return Err(Refusal::Closed(closed.id));
    }
    let public = [source_comment, target_comment].iter().any(|one| one.visibility == Visibility::Public);
    if public && would_tell(source, target) {
        return Err(Refusal::MergeWouldTell);
    }
    let mut work = Work::new(facts, act, now);
    let said = work.comment(source, source_comment, actor.id, now)?;
    let mut closing = Changing::new(source.clone(), now);
    closing.say(said);
    if let Some(tag) = Tag::parse(CLOSED_BY_MERGE).ok().filter(|tag| !source.tags.contains(tag)) {
        closing.push(Event::TagsChanged { added: BTreeSet::from([tag]), removed: BTreeSet::new() });
    }
    closing.push(Event::MergedInto(target_id));
    closing.push(Event::StatusChanged { from: source.status(), to: Status::Closed });
    work.write(Chain::Ticket(source_id), closing.events);
    let said = work.comment(target, target_comment, actor.id, now)?;
    let mut going_on = Changing::new(target.clone(), now);
    going_on.say(said);
    going_on.push(Event::MergedFrom(source_id));
    work.write(Chain::Ticket(target_id), going_on.events);
    work.decision.outcome.ticket = Some(target_id);
    Ok(work.decision)
}

/// Whether a public word about the merge would reach somebody who must not know of the other ticket.
fn would_tell(source: &Ticket, target: &Ticket) -> bool {
    !source.is_public() || !target.is_public() || source.requester != target.requester
}
