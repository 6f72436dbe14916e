use super::Place;
use crate::domain::account::Group as Domain;
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
}

impl Group {
    /// A group; `default` for the one to which requests go (R157).
    pub fn of(group: &Domain, default: bool, place: &Place) -> Self {
        let url = place.url(&format!("groups/{}", group.id));
        Self { id: group.id.0, url, name: group.name.clone(), default, deleted: false }
    }
}
