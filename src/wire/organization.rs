use super::Place;
use super::field::{FieldValue, by_name};
use crate::domain::account::Organization as Domain;
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
}

impl Organization {
    /// An organization as agents get it.
    pub fn of(organization: &Domain, place: &Place) -> Self {
        Self {
            id: organization.id.0,
            url: place.url(&format!("organizations/{}", organization.id)),
            name: organization.name.clone(),
            domain_names: organization.domains.clone(),
            shared_tickets: organization.shared_tickets,
            shared_comments: organization.shared_comments,
            organization_fields: by_name(&organization.fields, place),
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
