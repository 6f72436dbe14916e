use super::{Audit, Event};
use crate::domain::case::CaseEvent;
use crate::domain::id::{OrganizationId, PersonId, TicketId};
use crate::domain::life::PersonEvent;
use crate::domain::notice::Addressee;
use crate::domain::removal::Removed;
use std::collections::BTreeSet;

/// Whom and what events name by number: whoever reads them needs the names, and may not know of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// People.
    pub people: BTreeSet<PersonId>,
    /// Organizations.
    pub organizations: BTreeSet<OrganizationId>,
    /// Tickets other than the one to which it happened.
    pub others: BTreeSet<TicketId>,
}

impl Named {
    /// By some events.
    pub fn by<'e>(events: impl IntoIterator<Item = &'e Event>) -> Self {
        let mut named = Self::default();
        for event in events {
            named.event(event);
        }
        named
    }

    /// By a history, with who did it.
    pub fn by_audits(audits: &[Audit]) -> Self {
        let mut named = Self::by(audits.iter().flat_map(|audit| &audit.events));
        named.people.extend(audits.iter().filter_map(|audit| audit.who.person()));
        named
    }

    /// Both.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.people.extend(other.people);
        self.organizations.extend(other.organizations);
        self.others.extend(other.others);
        self
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Created(created) => {
                self.people.extend([created.requester, created.submitter]);
                self.people.extend(created.assignee);
                self.people.extend(created.ccs.iter().chain(&created.followers));
                self.organizations.extend(created.organization);
                self.others.extend(created.follow_up_of.iter().chain(&created.problem));
            }
            Event::Commented(comment) => _ = self.people.insert(comment.author),
            Event::AssigneeChanged { from, to } => self.people.extend(from.iter().chain(to)),
            Event::RequesterChanged { from, to } => self.people.extend([from, to]),
            Event::OrganizationChanged { from, to } => self.organizations.extend(from.iter().chain(to)),
            Event::CcsChanged { added, removed } | Event::FollowersChanged { added, removed } => {
                self.people.extend(added.iter().chain(removed));
            }
            Event::Case(CaseEvent::ProblemChanged { from, to }) => self.others.extend(from.iter().chain(to)),
            Event::MergedInto(other)
            | Event::MergedFrom(other)
            | Event::FollowedUp(other)
            | Event::Case(CaseEvent::SolvedWith(other)) => {
                self.others.insert(*other);
            }
            Event::PersonCreated { person, .. } | Event::PersonChanged { person, .. } => {
                self.people.insert(*person);
            }
            Event::Notified(notice) | Event::HeldBack { notice, .. } => match notice.to {
                Addressee::Person(id) => _ = self.people.insert(id),
                Addressee::Address(_) => {}
            },
            Event::Person(event) => self.person_event(event),
            Event::Removal(Removed::Deleted { by, .. }) => self.people.extend(by),
            Event::OrganizationCreated(id) | Event::OrganizationChangedIn { organization: id, .. } => {
                self.organizations.insert(*id);
            }
            Event::MadeInternal(_)
            | Event::VisibilityChanged(_)
            | Event::SubjectChanged { .. }
            | Event::StatusChanged { .. }
            | Event::CustomStatusChanged { .. }
            | Event::FieldChanged { .. }
            | Event::PriorityChanged { .. }
            | Event::KindChanged { .. }
            | Event::Case(CaseEvent::TypeChanged { .. } | CaseEvent::RatingOffered | CaseEvent::Rated { .. })
            | Event::GroupChanged { .. }
            | Event::TagsChanged { .. }
            | Event::DueChanged { .. }
            | Event::RequestChanged
            | Event::Removal(_)
            | Event::Mail(_)
            | Event::Founded
            | Event::GroupCreated(_)
            | Event::GroupRenamed(_)
            | Event::GroupDeleted { .. }
            | Event::OrganizationDeleted { .. }
            | Event::SettingChanged(_)
            | Event::RuleRan(_)
            | Event::RuleMarked(_)
            | Event::RulesStopped { .. }
            | Event::Unfilled(_)
            | Event::ActionSkipped { .. }
            | Event::Called { .. }
            | Event::ItemSet { .. }
            | Event::ItemDeleted { .. }
            | Event::ItemsOrdered(_)
            | Event::Unknown(_) => {}
        }
    }

    fn person_event(&mut self, event: &PersonEvent) {
        match event {
            PersonEvent::Merged { person, into } => self.people.extend([person, into]),
            PersonEvent::Deleted(person)
            | PersonEvent::LinkMade(person)
            | PersonEvent::TokenMade { person, .. }
            | PersonEvent::TokenRevoked { person, .. } => _ = self.people.insert(*person),
            PersonEvent::Erased { .. } | PersonEvent::TextsErased(_) | PersonEvent::WordsErased => {}
        }
    }
}
