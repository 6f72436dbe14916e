use super::{Place, Time};
use crate::domain::account::{Dated, Group as Domain};
use serde::Serialize;
use utoipa::ToSchema;

/// A group of agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Group {
    id: i64,
    url: Option<String>,
    name: String,
    default: bool,
    deleted: bool,
    description: String,
    is_public: bool,
    created_at: Option<Time>,
    updated_at: Option<Time>,
}

impl Group {
    /// A group; `default` for the one to which requests go (R157).
    pub fn of(group: &Domain, default: bool, place: &Place) -> Self {
        let url = place.url(&format!("groups/{}", group.id));
        let (created_at, updated_at) = place.dates(Dated::Group(group.id));
        Self {
            id: group.id.0,
            url,
            name: group.name.clone(),
            default,
            deleted: false,
            description: group.description.clone().unwrap_or_default(),
            is_public: true,
            created_at,
            updated_at,
        }
    }
}
