use super::field::{FieldValue, by_name};
use super::{Place, Time};
use crate::domain::account::Organization as Domain;
use crate::domain::tag::Tag;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An organization as agents get it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's names")]
pub struct Organization {
    id: i64,
    url: Option<String>,
    name: String,
    domain_names: Vec<String>,
    shared_tickets: bool,
    shared_comments: bool,
    organization_fields: BTreeMap<String, FieldValue>,
    external_id: Option<String>,
    group_id: Option<i64>,
    details: Option<String>,
    notes: Option<String>,
    tags: Vec<String>,
    created_at: Option<Time>,
    updated_at: Option<Time>,
}

impl Organization {
    /// An organization as agents get it.
    pub fn of(organization: &Domain, place: &Place) -> Self {
        let profile = organization.profile.as_deref().cloned().unwrap_or_default();
        Self {
            id: organization.id.0,
            url: place.url(&format!("organizations/{}", organization.id)),
            name: organization.name.clone(),
            domain_names: organization.domains.clone(),
            shared_tickets: organization.shared_tickets,
            shared_comments: organization.shared_comments,
            organization_fields: by_name(&organization.fields, place),
            external_id: profile.external_id,
            group_id: profile.group.map(|id| id.0),
            details: profile.details,
            notes: profile.notes,
            tags: profile.tags.iter().map(Tag::to_string).collect(),
            created_at: organization.created_at.map(Time::from),
            updated_at: organization.updated_at.map(Time::from),
        }
    }
}

/// An organization as its own end users get it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Own {
    id: i64,
    url: Option<String>,
    name: String,
    shared_tickets: bool,
    shared_comments: bool,
    organization_fields: BTreeMap<String, FieldValue>,
}

impl Own {
    /// An organization as its own end users get it.
    pub fn of(organization: &Domain, place: &Place) -> Self {
        Self {
            id: organization.id.0,
            url: place.url(&format!("organizations/{}", organization.id)),
            name: organization.name.clone(),
            shared_tickets: organization.shared_tickets,
            shared_comments: organization.shared_comments,
            organization_fields: by_name(&organization.fields, place),
        }
    }
}
