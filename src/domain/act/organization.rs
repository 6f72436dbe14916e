use super::Deed;
use crate::domain::id::{FieldId, OrganizationId};
use crate::domain::profile::ProfileChange;
use std::collections::BTreeMap;

/// An organization to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganization {
    /// As people read it.
    pub name: String,
    /// Mail domains of its people.
    pub domains: Vec<String>,
    /// Whether its people see each other's requests (R166).
    pub shared_tickets: bool,
    /// Whether they may answer on them.
    pub shared_comments: bool,
}

impl NewOrganization {
    /// Makes it, or makes it of one that there is.
    pub fn deed(self, known: Option<OrganizationId>) -> Deed {
        let Some(organization) = known else { return Deed::CreateOrganization(self) };
        let change = OrganizationChange {
            name: Some(self.name),
            domains: Some(self.domains),
            shared_tickets: Some(self.shared_tickets),
            shared_comments: Some(self.shared_comments),
            ..OrganizationChange::default()
        };
        Deed::UpdateOrganization { organization, change }
    }
}

/// What becomes different on an organization; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationChange {
    /// As people read it.
    pub name: Option<String>,
    /// Mail domains of its people.
    pub domains: Option<Vec<String>>,
    /// Whether its people see each other's requests.
    pub shared_tickets: Option<bool>,
    /// Whether they may answer on them.
    pub shared_comments: Option<bool>,
    /// What the account's own fields hold, as they are written; an empty text takes the value away.
    pub fields: BTreeMap<FieldId, String>,
    /// What of it the team keeps for itself.
    pub profile: Option<Box<ProfileChange>>,
}
