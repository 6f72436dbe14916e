//! What is said of a person who is made or changed.

use super::OrganizationRef;
use crate::domain::id::{FieldId, GroupId};
use crate::domain::person::{Away, EmailAddress, Restriction, Role};
use crate::domain::profile::ProfileChange;
use std::collections::BTreeMap;

/// A person to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// As others see it.
    pub name: String,
    /// Where mail reaches them.
    pub email: Option<EmailAddress>,
    /// As typed.
    pub phone: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Where they belong; by mail domain when none.
    pub organization: Option<OrganizationRef>,
    /// An agent's groups.
    pub groups: Vec<GroupId>,
    /// The language they read.
    pub language: Option<String>,
    /// Their number elsewhere.
    pub external_id: Option<String>,
}

/// What becomes different on a person; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonChange {
    /// As others see it.
    pub name: Option<String>,
    /// Where mail reaches them.
    pub email: Option<Option<EmailAddress>>,
    /// As typed.
    pub phone: Option<Option<String>>,
    /// What they may do.
    pub role: Option<Role>,
    /// Where they belong.
    pub organization: Option<Option<OrganizationRef>>,
    /// An agent's groups, all of them.
    pub groups: Option<Vec<GroupId>>,
    /// The language they read.
    pub language: Option<Option<String>>,
    /// Whether they are shut out.
    pub suspended: Option<bool>,
    /// Their time zone.
    pub time_zone: Option<Option<String>>,
    /// Which tickets an agent works with.
    pub restriction: Option<Restriction>,
    /// Whether an agent is away.
    pub away: Option<Option<Away>>,
    /// Their number elsewhere.
    pub external_id: Option<Option<String>>,
    /// What the account's own fields hold, as they are written; an empty text takes the value away.
    pub fields: BTreeMap<FieldId, String>,
    /// What of it the team keeps for itself.
    pub profile: Option<Box<ProfileChange>>,
}
