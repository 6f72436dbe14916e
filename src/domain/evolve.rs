use super::case::{CaseEvent, Rating};
use super::comment::{Comment, Visibility};
use super::event::{Created, Event};
use super::field::Value;
use super::life::PersonEvent;
use super::notice::{HeldBack, Owed};
use super::removal::{Deletion, Removed};
use super::status::{State, Status};
use super::ticket::Ticket;
use super::time::Timestamp;
use std::collections::BTreeSet;

/// The ticket that an opening makes.
pub fn open(created: &Created, at: Timestamp) -> Ticket {
    Ticket {
        id: created.id,
        subject: created.subject.clone(),
        kind: created.kind,
        ticket_type: created.ticket_type,
        problem: created.problem,
        rating: None,
        state: created.state,
        priority: created.priority,
        requester: created.requester,
        submitter: created.submitter,
        assignee: created.assignee,
        group: created.group,
        organization: created.organization,
        tags: created.tags.clone(),
        ccs: created.ccs.clone(),
        followers: created.followers.clone(),
        due_at: created.due_at,
        custom_status: created.custom_status,
        fields: created.fields.clone(),
        ran: BTreeSet::new(),
        owed: BTreeSet::new(),
        visibility: created.visibility,
        via: created.via,
        external_id: created.external_id.clone(),
        follow_up_of: created.follow_up_of,
        merged_into: None,
        deleted: None,
        comments: 0,
        public_comments: 0,
        created_at: at,
        updated_at: at,
        requester_updated_at: at,
        status_at: created.state.since().unwrap_or(at),
        assigned_at: created.assignee.map(|_| at),
        requester_said_at: None,
        assignee_said_at: None,
        first_answered_at: None,
        solved_at: if created.state.status().is_unsolved() { None } else { created.state.since() },
        reopened: 0,
        version: 0,
    }
}

/// The ticket after everything that one act did to it: one version on. Times never run backwards.
pub fn evolve_all(ticket: &mut Ticket, events: &[Event], at: Timestamp) {
    for event in events {
        evolve(ticket, event, at);
    }
    ticket.version += 1;
    // What is forgotten after years is no news.
    let news = |event: &Event| !matches!(event, Event::Person(_));
    if events.iter().any(news) {
        ticket.updated_at = ticket.updated_at.max(at);
    }
    if events.iter().any(requester_may_know) {
        ticket.requester_updated_at = ticket.requester_updated_at.max(at);
    }
}

/// What one event does to a ticket. Events of the account leave it alone.
pub fn evolve(ticket: &mut Ticket, event: &Event, at: Timestamp) {
    match event {
        Event::Commented(comment) => commented(ticket, comment),
        Event::MadeInternal(_) => {
            ticket.public_comments = ticket.public_comments.saturating_sub(1);
            // It was the only public one (R127).
            ticket.first_answered_at = None;
        }
        Event::VisibilityChanged(to) => {
            ticket.visibility = *to;
            ticket.owed.clear();
        }
        Event::HeldBack { notice, why: HeldBack::Private } => ticket.owed.extend(Owed::of(notice, ticket)),
        Event::SubjectChanged { to, .. } => ticket.subject.clone_from(to),
        Event::StatusChanged { from, to } => status_changed(ticket, *from, *to, at),
        Event::CustomStatusChanged { to, .. } => ticket.custom_status = *to,
        Event::FieldChanged { field, to, .. } => match to {
            Some(value) => _ = ticket.fields.insert(*field, value.clone()),
            None => _ = ticket.fields.remove(field),
        },
        Event::PriorityChanged { to, .. } => ticket.priority = *to,
        Event::KindChanged { to, .. } => ticket.kind = *to,
        Event::AssigneeChanged { to, .. } => {
            ticket.assignee = *to;
            ticket.assigned_at = to.map(|_| at.max(ticket.updated_at));
        }
        Event::GroupChanged { to, .. } => ticket.group = *to,
        Event::RequesterChanged { to, .. } => ticket.requester = *to,
        Event::OrganizationChanged { to, .. } => ticket.organization = *to,
        Event::TagsChanged { added, removed } => differ(&mut ticket.tags, added, removed),
        Event::CcsChanged { added, removed } => differ(&mut ticket.ccs, added, removed),
        Event::FollowersChanged { added, removed } => differ(&mut ticket.followers, added, removed),
        Event::DueChanged { to, .. } => ticket.due_at = *to,
        Event::RuleMarked(rule) => _ = ticket.ran.insert(*rule),
        Event::Case(event) => case(ticket, event, at),
        Event::MergedInto(target) => ticket.merged_into = Some(*target),
        Event::Person(PersonEvent::WordsErased) => {
            ticket.subject = ticket.bare_subject();
            ticket.fields.retain(|_, value| !matches!(value, Value::Text(_)));
            if let Some(rating) = &mut ticket.rating {
                rating.comment = None;
            }
        }
        Event::Removal(removed) => taken_away(ticket, removed, at),
        Event::Created(_)
        | Event::MergedFrom(_)
        | Event::FollowedUp(_)
        | Event::RequestChanged
        | Event::Founded
        | Event::PersonCreated { .. }
        | Event::PersonChanged { .. }
        | Event::Person(_)
        | Event::Mail(_)
        | Event::OrganizationCreated(_)
        | Event::OrganizationChangedIn { .. }
        | Event::OrganizationDeleted { .. }
        | Event::GroupCreated(_)
        | Event::GroupRenamed(_)
        | Event::GroupDeleted { .. }
        | Event::SettingChanged(_)
        | Event::RuleRan(_)
        | Event::RulesStopped { .. }
        | Event::Unfilled(_)
        | Event::ActionSkipped { .. }
        | Event::Called { .. }
        | Event::Notified(_)
        | Event::HeldBack { .. }
        | Event::ItemSet { .. }
        | Event::ItemDeleted { .. }
        | Event::ItemsOrdered(_)
        | Event::Unknown(_) => {}
    }
}

fn case(ticket: &mut Ticket, event: &CaseEvent, at: Timestamp) {
    let offered = ticket.rating.as_ref().map(|rating| rating.created_at);
    let rating = |score, comment| Rating {
        score,
        comment,
        created_at: offered.unwrap_or(at),
        updated_at: at,
        assignee: ticket.assignee,
        group: ticket.group,
    };
    match event {
        CaseEvent::TypeChanged { to, .. } => ticket.ticket_type = *to,
        CaseEvent::ProblemChanged { to, .. } => ticket.problem = *to,
        CaseEvent::RatingOffered => ticket.rating = Some(rating(None, None)),
        CaseEvent::Rated { score, comment } => ticket.rating = Some(rating(Some(*score), comment.clone())),
        CaseEvent::SolvedWith(_) => {}
    }
}

fn taken_away(ticket: &mut Ticket, removed: &Removed, at: Timestamp) {
    match removed {
        Removed::Deleted { by, .. } => ticket.deleted = Some(Deletion { at, by: *by, purged: false }),
        Removed::Restored => ticket.deleted = None,
        Removed::Purged => {
            if let Some(deletion) = &mut ticket.deleted {
                deletion.purged = true;
            }
            ticket.tags.clear();
            ticket.fields.clear();
            ticket.ccs.clear();
            ticket.followers.clear();
            ticket.owed.clear();
            ticket.external_id = None;
        }
        Removed::Redacted(_) | Removed::FileRedacted(_) => {}
    }
}

fn commented(ticket: &mut Ticket, comment: &Comment) {
    if answers(ticket, comment) {
        ticket.first_answered_at = ticket.first_answered_at.or(Some(comment.created_at));
    }
    ticket.comments += 1;
    ticket.public_comments += u32::from(comment.visibility == Visibility::Public);
    if comment.author == ticket.requester {
        ticket.requester_said_at = ticket.requester_said_at.max(Some(comment.created_at));
    }
    if Some(comment.author) == ticket.assignee {
        ticket.assignee_said_at = ticket.assignee_said_at.max(Some(comment.created_at));
    }
}

/// Not before the last change: what a clock that ran behind began must not be due once it is set right (R173).
fn status_changed(ticket: &mut Ticket, from: Status, to: Status, at: Timestamp) {
    ticket.status_at = at.max(ticket.updated_at);
    ticket.reopened += u32::from(!from.is_unsolved() && to.is_unsolved());
    ticket.solved_at = match (from.is_unsolved(), to.is_unsolved()) {
        (_, true) => None,
        (true, false) => Some(ticket.status_at),
        (false, false) => ticket.solved_at,
    };
    ticket.state = State::entered(to, ticket.status_at);
    ticket.custom_status = None;
    ticket.ran.clear();
}

/// Whether a comment answers its requester in public. Who is in copy asks as the requester does, but for the assignee.
/// Agents apart only these speak in public, so nobody's role is asked, which may be another by now.
pub(super) fn answers(ticket: &Ticket, comment: &Comment) -> bool {
    let asks = comment.author == ticket.requester
        || (ticket.ccs.contains(&comment.author) && ticket.assignee != Some(comment.author));
    comment.visibility == Visibility::Public && ticket.comments > 0 && !asks
}

fn differ<T: Ord + Clone>(
    set: &mut std::collections::BTreeSet<T>,
    added: &std::collections::BTreeSet<T>,
    removed: &std::collections::BTreeSet<T>,
) {
    set.retain(|one| !removed.contains(one));
    set.extend(added.iter().cloned());
}

/// Whether an event may show to a requester that something happened: a note, a tag or a follower may not, nor what goes
/// on while the ticket is in the hands of the team: New is Open to them (D11), and On-hold may be (D8).
pub fn requester_may_know(event: &Event) -> bool {
    match event {
        Event::Commented(comment) => comment.visibility == Visibility::Public,
        Event::StatusChanged { from, to } => !(with_the_team(*from) && with_the_team(*to)),
        Event::Created(_)
        | Event::RequestChanged
        | Event::VisibilityChanged(_)
        | Event::SubjectChanged { .. }
        | Event::KindChanged { .. }
        | Event::PriorityChanged { .. }
        | Event::Case(CaseEvent::TypeChanged { .. } | CaseEvent::Rated { .. })
        | Event::RequesterChanged { .. }
        | Event::CcsChanged { .. } => true,
        // What the team does among itself, what another event of the same audit tells, and what is no ticket's.
        Event::MadeInternal(_)
        | Event::AssigneeChanged { .. }
        | Event::GroupChanged { .. }
        | Event::OrganizationChanged { .. }
        | Event::TagsChanged { .. }
        | Event::FollowersChanged { .. }
        | Event::DueChanged { .. }
        | Event::CustomStatusChanged { .. }
        | Event::FieldChanged { .. }
        | Event::Case(CaseEvent::ProblemChanged { .. } | CaseEvent::SolvedWith(_) | CaseEvent::RatingOffered)
        | Event::MergedInto(_)
        | Event::MergedFrom(_)
        | Event::FollowedUp(_)
        | Event::Founded
        | Event::PersonCreated { .. }
        | Event::PersonChanged { .. }
        | Event::Person(_)
        | Event::Removal(_)
        | Event::Mail(_)
        | Event::OrganizationCreated(_)
        | Event::OrganizationChangedIn { .. }
        | Event::OrganizationDeleted { .. }
        | Event::GroupCreated(_)
        | Event::GroupRenamed(_)
        | Event::GroupDeleted { .. }
        | Event::SettingChanged(_)
        | Event::RuleRan(_)
        | Event::RuleMarked(_)
        | Event::RulesStopped { .. }
        | Event::Unfilled(_)
        | Event::ActionSkipped { .. }
        | Event::Called { .. }
        | Event::Notified(_)
        | Event::HeldBack { .. }
        | Event::ItemSet { .. }
        | Event::ItemDeleted { .. }
        | Event::ItemsOrdered(_)
        | Event::Unknown(_) => false,
    }
}

const fn with_the_team(status: Status) -> bool {
    matches!(status, Status::New | Status::Open | Status::Hold)
}
