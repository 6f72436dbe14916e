//! Who sees what. Every way in and out asks these functions; the store's predicates say the same in SQL
//! (`store::visible`), and a property test holds the two together.

use super::comment::Visibility;
use super::event::{Event, Named};
use super::id::{GroupId, OrganizationId, PersonId, TicketId};
use super::person::{Person, Restriction, Role};
use super::ticket::Ticket;
use std::collections::BTreeSet;

/// Who asks. Every read of the store demands one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// The organization whose requests they may read, if its people share them (R166).
    pub shared_organization: Option<OrganizationId>,
    /// What of the tickets somebody of the team works with.
    pub within: Within,
}

/// What of the tickets somebody of the team works with, beside those that concern themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// All.
    #[default]
    All,
    /// Those of these groups.
    Groups(Vec<GroupId>),
    /// Those of an organization; of none when there is none.
    Organization(Option<OrganizationId>),
    /// None but those that are theirs.
    Assigned,
}

impl Within {
    /// Of an agent by their restriction; nobody restricts an admin.
    pub fn of(person: &Person) -> Self {
        match person.restriction {
            _ if person.role != Role::Agent => Self::All,
            Restriction::None => Self::All,
            Restriction::Groups => Self::Groups(person.groups.clone()),
            Restriction::Organization => Self::Organization(person.organization),
            Restriction::Assigned => Self::Assigned,
        }
    }

    fn holds(&self, ticket: &Ticket) -> bool {
        match self {
            Self::All => true,
            Self::Groups(groups) => ticket.group.is_some_and(|group| groups.contains(&group)),
            Self::Organization(organization) => organization.is_some() && *organization == ticket.organization,
            Self::Assigned => false,
        }
    }
}

impl Viewer {
    /// A person as who asks; `shares` says whether the people of their organization see each other's requests.
    pub fn of(person: &Person, shares: bool) -> Self {
        Self {
            person: person.id,
            role: person.role,
            shared_organization: person.organization.filter(|_| shares && !person.role.is_staff()),
            within: Within::of(person),
        }
    }

    /// The account itself, which looks after everything.
    pub const ACCOUNT: Self = Self::admin(PersonId(0));

    /// An admin, who sees everything.
    pub const fn admin(person: PersonId) -> Self {
        Self { person, role: Role::Admin, shared_organization: None, within: Within::All }
    }

    /// Whether they are of the team, but do not work with all tickets.
    pub fn is_restricted(&self) -> bool {
        self.is_staff() && self.within != Within::All
    }

    /// Whether they work tickets.
    pub const fn is_staff(&self) -> bool {
        self.role.is_staff()
    }
}

/// How an end user stands to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// None: for them it does not exist.
    None,
    /// Of the same organization (R166).
    Colleague,
    /// In copy (R165).
    Cc,
    /// It is theirs (R164).
    Requester,
}

/// How somebody stands to a ticket, whatever it lets them see.
pub fn relation(viewer: &Viewer, ticket: &Ticket) -> Relation {
    if ticket.requester == viewer.person {
        Relation::Requester
    } else if ticket.ccs.contains(&viewer.person) {
        Relation::Cc
    } else if viewer.shared_organization.is_some() && viewer.shared_organization == ticket.organization {
        Relation::Colleague
    } else {
        Relation::None
    }
}

/// Whether somebody of the team works with a ticket, and so sees all of it: within what they work with, and when they are
/// assigned or follow it. What is theirs as a requester or in copy they see as requesters do.
pub fn works_on(viewer: &Viewer, ticket: &Ticket) -> bool {
    viewer.is_staff()
        && ticket.deleted.is_none()
        && (viewer.within.holds(ticket)
            || ticket.assignee == Some(viewer.person)
            || ticket.followers.contains(&viewer.person))
}

/// Whether somebody may know that a ticket exists (R109, R115, R116): whoever works with it; everybody when it is public
/// and theirs, or they are in copy, or of the same organization; nobody when it is deleted.
pub fn may_see(viewer: &Viewer, ticket: &Ticket) -> bool {
    let theirs = || ticket.is_public() && relation(viewer, ticket) != Relation::None;
    ticket.deleted.is_none() && (works_on(viewer, ticket) || theirs())
}

/// Whether somebody may read what was said on a ticket for those (R126).
pub fn may_read(viewer: &Viewer, ticket: &Ticket, visibility: Visibility) -> bool {
    works_on(viewer, ticket) || (visibility == Visibility::Public && may_see(viewer, ticket))
}

/// The other tickets that stand on one: whoever may not know of those is not told their numbers either (R109).
pub fn others_on(ticket: &Ticket) -> impl Iterator<Item = TicketId> + use<> {
    ticket.follow_up_of.into_iter().chain(ticket.merged_into).chain(ticket.problem)
}

/// A ticket for somebody who knows only of some of the [others on it](others_on).
pub fn hide_others(ticket: &mut Ticket, known: &BTreeSet<TicketId>) {
    ticket.follow_up_of = ticket.follow_up_of.filter(|id| known.contains(id));
    ticket.merged_into = ticket.merged_into.filter(|id| known.contains(id));
    ticket.problem = ticket.problem.filter(|id| known.contains(id));
}

/// What happened, for somebody who knows only of some of the [others named by it](Named::others).
pub fn hide_others_in(events: &mut Vec<Event>, known: &BTreeSet<TicketId>) {
    events.retain_mut(|event| match event {
        Event::Created(created) => {
            created.follow_up_of = created.follow_up_of.filter(|id| known.contains(id));
            created.problem = created.problem.filter(|id| known.contains(id));
            true
        }
        event => Named::by([&*event]).others.is_subset(known),
    });
}

/// Whether somebody may know of a person: the team of everybody, but who works for one organization only of its people
/// and of the team; others of themselves alone. `store::people` says the same in SQL.
pub fn may_find(viewer: &Viewer, person: &Person) -> bool {
    match &viewer.within {
        _ if person.id == viewer.person => true,
        _ if !viewer.is_staff() => false,
        Within::Organization(own) => person.role.is_staff() || (own.is_some() && person.organization == *own),
        Within::All | Within::Groups(_) | Within::Assigned => true,
    }
}

/// Whether somebody of the team may know of an organization: who works for one, only of that.
pub fn may_find_organization(viewer: &Viewer, organization: OrganizationId) -> bool {
    match &viewer.within {
        _ if !viewer.is_staff() => false,
        Within::Organization(own) => *own == Some(organization),
        Within::All | Within::Groups(_) | Within::Assigned => true,
    }
}

/// Who will see what is being written (Z01), for the composer's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// The requester, for a public reply.
    pub requester: Option<PersonId>,
    /// Who is in copy, for a public reply.
    pub ccs: BTreeSet<PersonId>,
    /// Whether the requester's whole organization reads it, for a public reply (R166).
    pub colleagues: bool,
    /// Whether it makes a private ticket public for good (R123, R125): said before it is sent.
    pub makes_public: bool,
}

/// Who will see a comment of that visibility on that ticket, agents apart, who see everything. `shared` says whether the
/// people of the ticket's organization see each other's requests.
pub fn audience(ticket: &Ticket, visibility: Visibility, shared: bool) -> Audience {
    match visibility {
        Visibility::Internal => {
            Audience { requester: None, ccs: BTreeSet::new(), colleagues: false, makes_public: false }
        }
        Visibility::Public => Audience {
            requester: Some(ticket.requester),
            ccs: ticket.ccs.clone(),
            colleagues: shared,
            makes_public: !ticket.is_public(),
        },
    }
}
