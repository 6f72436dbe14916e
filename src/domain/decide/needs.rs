use crate::domain::act::Deed;
use crate::domain::case::CaseDeed;
use crate::domain::life::PersonDeed;

/// How many new numbers an act can need at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// See [`Fresh`](super::Fresh).
    pub tickets: usize,
    /// See [`Fresh`](super::Fresh).
    pub comments: usize,
    /// See [`Fresh`](super::Fresh).
    pub attachments: usize,
    /// See [`Fresh`](super::Fresh).
    pub people: usize,
    /// See [`Fresh`](super::Fresh).
    pub organizations: usize,
    /// See [`Fresh`](super::Fresh).
    pub groups: usize,
    /// See [`Fresh`](super::Fresh).
    pub items: usize,
}

impl std::ops::Add for Needs {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            tickets: self.tickets + other.tickets,
            comments: self.comments + other.comments,
            attachments: self.attachments + other.attachments,
            people: self.people + other.people,
            organizations: self.organizations + other.organizations,
            groups: self.groups + other.groups,
            items: self.items + other.items,
        }
    }
}

/// How many new numbers a deed can need at most.
pub fn needs(deed: &Deed) -> Needs {
    let none = Needs::default();
    match deed {
        Deed::CreateTicket(new) => {
            Needs { tickets: 1, comments: 1, attachments: new.comment.uploads.len(), people: new.ccs.len() + 1, ..none }
        }
        Deed::UpdateTicket { change, comment, .. } => Needs {
            comments: usize::from(comment.is_some()),
            attachments: comment.as_ref().map_or(0, |comment| comment.uploads.len()),
            people: change.add_ccs.len() + 1,
            ..none
        },
        Deed::Merge { source_comment, target_comment, .. } => {
            Needs { comments: 2, attachments: source_comment.uploads.len() + target_comment.uploads.len(), ..none }
        }
        Deed::ImportTicket(ticket) => Needs {
            tickets: 1,
            comments: ticket.comments.len(),
            attachments: ticket.comments.iter().map(|one| one.comment.uploads.len()).sum(),
            ..none
        },
        Deed::CreatePerson(_) | Deed::ImportPerson(_) => Needs { people: 1, organizations: 1, ..none },
        Deed::UpdatePerson { .. } | Deed::CreateOrganization(_) => Needs { organizations: 1, ..none },
        Deed::CreateGroup { .. } => Needs { groups: 1, ..none },
        Deed::SetItem(_) => Needs { items: 1, ..none },
        Deed::Person(PersonDeed::AskAccess { .. }) => Needs { people: 1, ..none },
        Deed::Case(CaseDeed::Solve { comment, .. }) => Needs { comments: usize::from(comment.is_some()), ..none },
        Deed::Case(CaseDeed::Rate { .. })
        | Deed::MakeInternal { .. }
        | Deed::RunAutomations { .. }
        | Deed::DeleteItem(_)
        | Deed::OrderItems { .. }
        | Deed::UpdateOrganization { .. }
        | Deed::RenameGroup { .. }
        | Deed::DescribeGroup { .. }
        | Deed::Person(_)
        | Deed::Removal(_)
        | Deed::Mail(_)
        | Deed::DeleteGroup { .. }
        | Deed::DeleteOrganization { .. }
        | Deed::Set(_)
        | Deed::Webhook { .. } => none,
    }
}
