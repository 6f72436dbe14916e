use super::changing::Changing;
use super::work::{Work, bounded_line, visibility_on};
use super::{Decision, Facts};
use crate::domain::act::{Act, Change};
use crate::domain::audience::{self, Relation};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::event::{Chain, Event};
use crate::domain::id::{GroupId, PersonId, TicketId};
use crate::domain::person::Person;
use crate::domain::refusal::{Field, Refusal, requesters_may_choose};
use crate::domain::status::Status;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// What somebody wants of a ticket.
pub(super) struct Wanted<'a> {
    pub change: &'a Change,
    pub comment: Option<&'a NewComment>,
    pub expect: Option<i64>,
}

/// A comment, changes, or both at once (R123, R167-R178).
pub(super) fn update(
    facts: &Facts,
    act: &Act,
    id: TicketId,
    wanted: &Wanted<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let ticket = facts.seen(facts.ticket.as_ref(), id, act.via)?;
    let actor = facts.actor()?;
    let work = Work::new(facts, act, now);
    if ticket.is_closed() {
        return Err(Refusal::Closed(id));
    }
    // Requesters know no versions, and must not learn from a conflict that the team has been at work (R126).
    let works = audience::works_on(&facts.viewer()?, ticket);
    let expect = wanted.expect.filter(|_| works);
    if let Some(expected) = expect.filter(|version| *version != ticket.version) {
        return Err(Refusal::Conflict { expected, actual: ticket.version });
    }
    if !works {
        requester_changes_only_theirs(facts, ticket, wanted)?;
    }
    let mut updating = Updating { work, actor, works, changing: Changing::new(ticket.clone(), now) };
    updating.run(wanted)?;
    super::fields::solvable(facts, Some(ticket), &updating.changing.ticket)?;
    let Updating { mut work, changing, .. } = updating;
    work.write(Chain::Ticket(id), changing.events);
    work.decision.outcome.ticket = Some(id);
    Ok(work.decision)
}

/// An end user answers, adds CCs and marks as solved (R167, D12); a colleague only reads unless the organization says
/// otherwise (R166).
fn requester_changes_only_theirs(facts: &Facts, ticket: &Ticket, wanted: &Wanted<'_>) -> Result<(), Refusal> {
    let change = wanted.change;
    let chosen = [
        (change.subject.is_some(), Field::Subject),
        (change.priority.is_some(), Field::Priority),
        (change.kind.is_some(), Field::Kind),
        (change.ticket_type.is_some(), Field::Type),
        (change.problem.is_some(), Field::Problem),
        (change.assignee.is_some(), Field::Assignee),
        (change.group.is_some(), Field::Group),
        (change.requester.is_some(), Field::Requester),
        (!change.add_tags.is_empty() || !change.remove_tags.is_empty(), Field::Tags),
        (!change.remove_ccs.is_empty(), Field::Ccs),
        (!change.add_followers.is_empty() || !change.remove_followers.is_empty(), Field::Followers),
        (change.due_at.is_some(), Field::Due),
        (change.status.is_some_and(|status| !requesters_may_choose(status)), Field::Status),
        (change.custom_status.is_some(), Field::Status),
    ];
    if let Some((_, field)) = chosen.into_iter().find(|(is, _)| *is) {
        return Err(Refusal::AgentsOnly(field));
    }
    if wanted.comment.is_some_and(|comment| comment.visibility == Visibility::Internal) {
        return Err(Refusal::NoteByEndUser);
    }
    super::fields::requester_fills_only_theirs(facts, ticket, change)?;
    match audience::relation(&facts.viewer()?, ticket) {
        Relation::Requester if change.status.is_some() && ticket.assignee.is_none() => Err(Refusal::NotAssigned),
        Relation::Requester => Ok(()),
        _ if change.status.is_some() => Err(Refusal::AgentsOnly(Field::Status)),
        Relation::Cc | Relation::Colleague | Relation::None if !change.fields.is_empty() => Err(Refusal::ReadOnly),
        Relation::Cc => Ok(()),
        Relation::Colleague | Relation::None if colleagues_may_answer(facts) => Ok(()),
        Relation::Colleague | Relation::None => Err(Refusal::ReadOnly),
    }
}

fn colleagues_may_answer(facts: &Facts) -> bool {
    let organization = facts.actor.as_ref().and_then(|actor| actor.organization);
    organization.and_then(|id| facts.organizations.get(&id)).is_some_and(|one| one.shared_comments)
}

struct Updating<'a> {
    work: Work<'a>,
    actor: &'a Person,
    /// Whether they work with it: otherwise it is their own request, even if they are of the team.
    works: bool,
    changing: Changing,
}

impl Updating<'_> {
    fn run(&mut self, wanted: &Wanted<'_>) -> Result<(), Refusal> {
        let change = wanted.change;
        if let Some(comment) = wanted.comment {
            self.say(comment)?;
        }
        self.change_text(change)?;
        self.change_requester(change)?;
        self.change_hands(change)?;
        self.change_people(change)?;
        self.changing.tags(&change.add_tags, &change.remove_tags);
        self.change_status(change)
    }

    fn say(&mut self, new: &NewComment) -> Result<(), Refusal> {
        let ticket = &self.changing.ticket;
        let visibility = visibility_on(ticket, new.visibility, self.work.act.via);
        let new = NewComment { visibility, ..new.clone() };
        let comment = self.work.comment(ticket, &new, self.actor.id, self.work.now)?;
        self.changing.say(comment);
        Ok(())
    }

    fn change_text(&mut self, change: &Change) -> Result<(), Refusal> {
        if let Some(subject) = &change.subject {
            let to = bounded_line(subject, Field::Subject, Ticket::MAX_SUBJECT_CHARS)?;
            let from = self.changing.ticket.subject.clone();
            if from != to {
                self.changing.push(Event::SubjectChanged { from, to });
            }
        }
        if let Some(to) = change.kind {
            self.changing.kind(self.work.facts, to)?;
        }
        if let Some(to) = change.priority {
            self.changing.priority(to);
        }
        if let Some(to) = change.ticket_type {
            self.changing.ticket_type(to);
        }
        if let Some(to) = change.problem {
            let (facts, act) = (self.work.facts, self.work.act);
            let of = self.changing.ticket.ticket_type;
            let to = to.map(|id| super::case::problem(facts, act, of, id)).transpose()?;
            self.changing.problem(to);
        }
        if let Some(to) = change.due_at {
            self.changing.due(to);
        }
        for (field, text) in &change.fields {
            self.changing.fill(self.work.facts, *field, text)?;
        }
        Ok(())
    }

    /// The organization follows the requester, who is not in copy any more.
    fn change_requester(&mut self, change: &Change) -> Result<(), Refusal> {
        let Some(named) = &change.requester else { return Ok(()) };
        let to = self.work.resolve(named)?;
        let from = self.changing.ticket.requester;
        if from == to {
            return Ok(());
        }
        let organization = self.work.anybody(to)?.organization;
        self.changing.push(Event::RequesterChanged { from, to });
        let before = self.changing.ticket.organization;
        if before != organization {
            self.changing.push(Event::OrganizationChanged { from: before, to: organization });
        }
        if self.changing.ticket.ccs.contains(&to) {
            self.changing.push(Event::CcsChanged { added: BTreeSet::new(), removed: BTreeSet::from([to]) });
        }
        Ok(())
    }

    /// Group and assignee stay together: who is assigned works in the group, and a new group, or none, frees who does not.
    fn change_hands(&mut self, change: &Change) -> Result<(), Refusal> {
        let facts = self.work.facts;
        if let Some(to) = change.group {
            self.changing.group(facts, to)?;
        }
        if let Some(to) = change.assignee {
            let within = self.changing.ticket.group.filter(|_| change.group.is_some());
            self.changing.assignee(facts, to, within)?;
        }
        if change.group.is_some() {
            self.changing.free(facts);
        }
        Ok(())
    }

    fn change_people(&mut self, change: &Change) -> Result<(), Refusal> {
        let present = self.changing.ticket.ccs.clone();
        let removed: BTreeSet<_> = change.remove_ccs.intersection(&present).copied().collect();
        let kept = present.difference(&removed).copied().collect();
        let added = self.work.copies(&change.add_ccs, self.changing.ticket.requester, &kept)?;
        if !added.is_empty() || !removed.is_empty() {
            self.changing.push(Event::CcsChanged { added, removed });
        }
        self.work.all_staff(&change.add_followers, Field::Followers)?;
        let present = &self.changing.ticket.followers;
        let added: BTreeSet<_> = change.add_followers.difference(present).copied().collect();
        let removed: BTreeSet<_> = change.remove_followers.intersection(present).copied().collect();
        if !added.is_empty() || !removed.is_empty() {
            self.changing.push(Event::FollowersChanged { added, removed });
        }
        Ok(())
    }

    /// Who solves what nobody is assigned to is the one who worked on it.
    fn change_status(&mut self, change: &Change) -> Result<(), Refusal> {
        let facts = self.work.facts;
        let chosen = change.custom_status.and_then(|id| facts.setup.statuses.get(&id)).map(|status| status.category);
        let from = self.changing.ticket.status();
        let to = chosen.or(change.status).or_else(|| self.implied_status()).unwrap_or(from);
        if from != to && !to.is_unsolved() && self.changing.ticket.assignee.is_none() && self.works {
            self.changing.assign(facts, Some(self.actor.id));
        }
        match change.custom_status {
            Some(id) => self.changing.custom_status(facts, id),
            // Who chooses a category chooses the status that is usual in it.
            None if change.status == Some(from) => {
                self.changing.usual_status(facts);
                Ok(())
            }
            None => self.changing.status(facts, to),
        }
    }

    /// What follows for the status when nobody chose one: an answer from the requester's side hands the ticket back to
    /// the team (R168, R174), and an agent who takes or answers a new ticket opens it.
    fn implied_status(&self) -> Option<Status> {
        let (ticket, events) = (&self.changing.ticket, &self.changing.events);
        let said = events.iter().find_map(|event| match event {
            Event::Commented(comment) => Some(comment.visibility),
            _ => None,
        });
        let taken = events.iter().any(|event| matches!(event, Event::AssigneeChanged { to: Some(_), .. }));
        let theirs = !self.works || ticket.requester == self.actor.id;
        match ticket.status() {
            Status::Pending | Status::Hold | Status::Solved if said.is_some() && theirs => Some(Status::Open),
            Status::New if taken || (said == Some(Visibility::Public) && !theirs) => Some(Status::Open),
            _ => None,
        }
    }
}

/// The assignee if an agent, and one who works in the group where one is named too.
pub(super) fn assignee(
    facts: &Facts,
    id: Option<PersonId>,
    group: Option<GroupId>,
) -> Result<Option<PersonId>, Refusal> {
    let Some(id) = id else { return Ok(None) };
    let person = facts.person(id)?;
    if !person.works() {
        Err(Refusal::NotAnAgent(Field::Assignee))
    } else if group.is_none() || works_in(facts, id, group) {
        Ok(Some(id))
    } else {
        Err(Refusal::NotInGroup)
    }
}

/// Whether somebody works on the tickets of a group, or of none. Who is in no group works on all.
pub(super) fn works_in(facts: &Facts, id: PersonId, group: Option<GroupId>) -> bool {
    facts
        .known(id)
        .is_none_or(|person| person.groups.is_empty() || group.is_some_and(|group| person.groups.contains(&group)))
}
