use super::{Place, Time};
use crate::domain::account::Organization;
use crate::domain::id::{GroupId, PersonId};
use crate::domain::person::Person;
use serde::Serialize;
use utoipa::ToSchema;

/// That somebody belongs to an organization: its number is theirs, for there is one at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationMembership {
    id: i64,
    url: Option<String>,
    user_id: i64,
    organization_id: Option<i64>,
    /// `null` where it is not: that is how clients know it.
    default: Option<bool>,
    organization_name: Option<String>,
    view_tickets: bool,
    created_at: Time,
    updated_at: Time,
}

impl OrganizationMembership {
    /// Of somebody who belongs to an organization.
    pub fn of(person: &Person, organization: Option<&Organization>, place: &Place) -> Self {
        Self {
            id: person.id.0,
            url: place.url(&format!("organization_memberships/{}", person.id)),
            user_id: person.id.0,
            organization_id: person.organization.map(|id| id.0),
            default: person.organization.is_some().then_some(true),
            organization_name: organization.map(|one| one.name.clone()),
            view_tickets: organization.is_some_and(|one| one.shared_tickets),
            created_at: person.created_at.into(),
            updated_at: person.updated_at.unwrap_or(person.created_at).into(),
        }
    }
}

/// That an agent works in a group. Its number tells both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupMembership {
    id: i64,
    url: Option<String>,
    user_id: i64,
    group_id: i64,
    default: bool,
    created_at: Time,
    updated_at: Time,
}

/// So many groups fit into a membership's number; clients lose numbers from 2^53 on.
const GROUPS: i64 = 1 << 20;

impl GroupMembership {
    /// All of an agent's; the first one is the default.
    pub fn all<'p>(person: &'p Person, place: &'p Place) -> impl Iterator<Item = Self> + 'p {
        person.groups.iter().enumerate().map(|(at, group)| {
            let id = Self::number(person.id, *group);
            Self {
                id,
                url: place.url(&format!("group_memberships/{id}")),
                user_id: person.id.0,
                group_id: group.0,
                default: at == 0,
                created_at: person.created_at.into(),
                updated_at: person.updated_at.unwrap_or(person.created_at).into(),
            }
        })
    }

    /// In which group.
    pub const fn group(&self) -> GroupId {
        GroupId(self.group_id)
    }

    /// The number of a membership.
    pub const fn number(person: PersonId, group: GroupId) -> i64 {
        person.0.wrapping_mul(GROUPS).wrapping_add(group.0)
    }

    /// Whose and of what a membership of that number is.
    pub const fn parts(number: i64) -> (PersonId, GroupId) {
        (PersonId(number.div_euclid(GROUPS)), GroupId(number.rem_euclid(GROUPS)))
    }
}
