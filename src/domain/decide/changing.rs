use super::Facts;
use super::update::{assignee, works_in};
use crate::domain::case::{CaseEvent, TicketType};
use crate::domain::comment::{Comment, Visibility};
use crate::domain::event::Event;
use crate::domain::evolve;
use crate::domain::field::{FieldType, Value};
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, TicketId};
use crate::domain::person::Person;
use crate::domain::refusal::{Field, Refusal, Thing};
use crate::domain::setup::ItemKind;
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

/// A ticket with the events that changed it so far, each already taken into account. People and rules change it in the
/// same ways.
pub(super) struct Changing {
    pub ticket: Ticket,
    pub events: Vec<Event>,
    pub at: Timestamp,
    /// Whether nobody does it: its time has come.
    pub by_itself: bool,
}

impl Changing {
    pub fn new(ticket: Ticket, at: Timestamp) -> Self {
        Self { ticket, events: Vec::new(), at, by_itself: false }
    }

    pub fn push(&mut self, event: Event) {
        evolve::evolve(&mut self.ticket, &event, self.at);
        self.events.push(event);
    }

    /// Says a comment. A public one makes a private ticket public, for good (R123).
    pub fn say(&mut self, comment: Comment) {
        let opens = comment.visibility == Visibility::Public && !self.ticket.is_public();
        self.push(Event::Commented(Box::new(comment)));
        if opens {
            self.push(Event::VisibilityChanged(Visibility::Public));
        }
    }

    /// Makes it of another kind: one that is offered. A status that such tickets do not have becomes the usual one.
    pub fn kind(&mut self, facts: &Facts, to: KindId) -> Result<(), Refusal> {
        let kind = facts.setup.kinds.get(&to).ok_or(Refusal::NotFound(Thing::Kind(to)))?;
        let (from, to) = (self.ticket.kind, Some(to));
        if from == to {
            return Ok(());
        }
        if !kind.active {
            return Err(Refusal::SwitchedOff(ItemKind::Kind));
        }
        self.push(Event::KindChanged { from, to });
        if self.ticket.custom_status.is_some_and(|id| !facts.setup.has_status(to, id)) {
            self.usual_status(facts);
        }
        Ok(())
    }

    pub fn priority(&mut self, to: Option<Priority>) {
        let from = self.ticket.priority;
        if from != to {
            self.push(Event::PriorityChanged { from, to });
        }
    }

    /// Makes it another sort of case. What is no incident any more has no problem.
    pub fn ticket_type(&mut self, to: Option<TicketType>) {
        let from = self.ticket.ticket_type;
        if from != to {
            if to != Some(TicketType::Incident) {
                self.problem(None);
            }
            self.push(Event::Case(CaseEvent::TypeChanged { from, to }));
        }
    }

    pub fn problem(&mut self, to: Option<TicketId>) {
        let from = self.ticket.problem;
        if from != to {
            self.push(Event::Case(CaseEvent::ProblemChanged { from, to }));
        }
    }

    pub fn due(&mut self, to: Option<Timestamp>) {
        let from = self.ticket.due_at;
        if from != to {
            self.push(Event::DueChanged { from, to });
        }
    }

    /// Hands it to a group, or to none; who is assigned but does not work there is freed.
    pub fn group(&mut self, facts: &Facts, to: Option<GroupId>) -> Result<(), Refusal> {
        if to.is_some_and(|id| !facts.groups.contains_key(&id)) {
            return Err(Refusal::NotFound(Thing::Group));
        }
        self.hand(to);
        Ok(())
    }

    fn hand(&mut self, to: Option<GroupId>) {
        let from = self.ticket.group;
        if from != to {
            self.push(Event::GroupChanged { from, to });
        }
    }

    /// Assigns it to an agent; to one of a group when that is said. A ticket without a group, or in one where they do
    /// not work, goes to their own.
    pub fn assignee(&mut self, facts: &Facts, to: Option<PersonId>, within: Option<GroupId>) -> Result<(), Refusal> {
        let to = assignee(facts, to, within)?;
        self.assign(facts, to);
        Ok(())
    }

    pub fn assign(&mut self, facts: &Facts, to: Option<PersonId>) {
        let (from, group) = (self.ticket.assignee, self.ticket.group);
        if from == to {
            return;
        }
        if let Some(id) = to.filter(|id| !works_in(facts, *id, group)) {
            self.hand(facts.known(id).and_then(|person| person.groups.first()).copied());
        }
        self.push(Event::AssigneeChanged { from, to });
    }

    /// Frees who is assigned but does not work in the group.
    pub fn free(&mut self, facts: &Facts) {
        let left = self.ticket.assignee.filter(|id| !works_in(facts, *id, self.ticket.group));
        if left.is_some() {
            self.push(Event::AssigneeChanged { from: left, to: None });
        }
    }

    pub fn tags(&mut self, add: &BTreeSet<Tag>, remove: &BTreeSet<Tag>) {
        let present = &self.ticket.tags;
        let added: BTreeSet<_> = add.difference(present).cloned().collect();
        let removed: BTreeSet<_> = remove.intersection(present).cloned().collect();
        if !added.is_empty() || !removed.is_empty() {
            self.push(Event::TagsChanged { added, removed });
        }
    }

    /// Fills a field as it is written, or empties it; the tags of its options come and go with it.
    pub fn fill(&mut self, facts: &Facts, id: FieldId, text: &str) -> Result<(), Refusal> {
        let from = self.ticket.fields.get(&id).cloned();
        let to = super::fields::read_over(facts, id, text, from.as_ref())?;
        if from == to {
            return Ok(());
        }
        let kind = facts.setup.fields.get(&id).map_or(&FieldType::Text, |field| &field.kind);
        let tags = |value: &Option<Value>| value.as_ref().map(|value| value.tags(kind)).unwrap_or_default();
        let (before, after) = (tags(&from), tags(&to));
        self.push(Event::FieldChanged { field: id, from, to });
        // A tag that another field puts there too stays.
        let still = super::fields::tags(&facts.setup, &self.ticket.fields);
        self.tags(&after, &before.difference(&still).cloned().collect());
        Ok(())
    }

    /// Puts somebody in copy: never the requester, at most 48 (D17).
    pub fn copy(&mut self, facts: &Facts, id: PersonId) -> Result<(), Refusal> {
        facts.person(id)?;
        if id == self.ticket.requester || self.ticket.ccs.contains(&id) {
            return Ok(());
        }
        if self.ticket.ccs.len() >= Ticket::MAX_CCS {
            return Err(Refusal::TooLong { field: Field::Ccs, max: Ticket::MAX_CCS as u64 });
        }
        self.push(Event::CcsChanged { added: BTreeSet::from([id]), removed: BTreeSet::new() });
        Ok(())
    }

    /// Lets an agent follow it.
    pub fn follower(&mut self, facts: &Facts, id: PersonId) -> Result<(), Refusal> {
        if !facts.person(id)?.works() {
            return Err(Refusal::NotAnAgent(Field::Followers));
        }
        if !self.ticket.followers.contains(&id) {
            self.push(Event::FollowersChanged { added: BTreeSet::from([id]), removed: BTreeSet::new() });
        }
        Ok(())
    }

    /// Enters a status; one of the account's own is the category's default one.
    pub fn status(&mut self, facts: &Facts, to: Status) -> Result<(), Refusal> {
        let from = self.ticket.status();
        if from == to {
            return Ok(());
        }
        if to == Status::New {
            return Err(Refusal::BackToNew);
        }
        self.push(Event::StatusChanged { from, to });
        self.reopened(facts, from);
        self.offer_rating(facts);
        self.usual_status(facts);
        Ok(())
    }

    /// Whoever solved it may work here, or in its group, no longer: what is open again is nobody's then, not theirs.
    fn reopened(&mut self, facts: &Facts, from: Status) {
        let group = self.ticket.group;
        let works =
            |id: PersonId| facts.known(id).is_none_or(Person::works) && (group.is_none() || works_in(facts, id, group));
        let left = self.ticket.assignee.filter(|id| !works(*id));
        if from == Status::Solved && self.ticket.status().is_unsolved() && left.is_some() {
            self.push(Event::AssigneeChanged { from: left, to: None });
        }
    }

    /// Whose request is solved is asked what they thought of it, once, where the account asks.
    fn offer_rating(&mut self, facts: &Facts) {
        let asks = facts.settings.ratings && self.ticket.is_public() && self.ticket.rating.is_none();
        if asks && self.ticket.status() == Status::Solved {
            self.push(Event::Case(CaseEvent::RatingOffered));
        }
    }

    /// The status that tickets of its kind usually have in the category where it is.
    pub fn usual_status(&mut self, facts: &Facts) {
        let (from, to) =
            (self.ticket.custom_status, facts.setup.default_status(self.ticket.status(), self.ticket.kind));
        if from != to {
            self.push(Event::CustomStatusChanged { from, to });
        }
    }

    /// Enters a status of the account's own, and so its category.
    pub fn custom_status(&mut self, facts: &Facts, to: StatusId) -> Result<(), Refusal> {
        let status = facts.setup.statuses.get(&to).ok_or(Refusal::NotFound(Thing::Item(ItemKind::Status)))?;
        if self.ticket.custom_status == Some(to) {
            return Ok(());
        }
        if !status.active {
            return Err(Refusal::SwitchedOff(ItemKind::Status));
        }
        if !facts.setup.has_status(self.ticket.kind, to) {
            return Err(Refusal::StatusOfOtherKinds);
        }
        let (from, category) = (self.ticket.status(), status.category);
        if from != category {
            if category == Status::New {
                return Err(Refusal::BackToNew);
            }
            self.push(Event::StatusChanged { from, to: category });
            self.reopened(facts, from);
            self.offer_rating(facts);
        }
        let from = self.ticket.custom_status;
        if from != Some(to) {
            self.push(Event::CustomStatusChanged { from, to: Some(to) });
        }
        Ok(())
    }
}
