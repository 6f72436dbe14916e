use super::field::{FieldValue, by_name};
use super::{Place, Time};
use crate::domain::person::Person;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A person as agents get them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's names")]
pub struct User {
    id: i64,
    url: Option<String>,
    name: String,
    email: Option<String>,
    created_at: Time,
    phone: Option<String>,
    locale: Option<String>,
    organization_id: Option<i64>,
    role: &'static str,
    active: bool,
    suspended: bool,
    /// What of the account they are: `active`, `pending`, `merged`, …
    standing: &'static str,
    time_zone: Option<String>,
    ticket_restriction: Option<&'static str>,
    away: bool,
    away_until: Option<Time>,
    external_id: Option<String>,
    default_group_id: Option<i64>,
    group_ids: Vec<i64>,
    user_fields: BTreeMap<String, FieldValue>,
}

impl User {
    /// A person as agents get them.
    pub fn of(person: &Person, place: &Place) -> Self {
        Self {
            id: person.id.0,
            url: place.url(&format!("users/{}", person.id)),
            name: person.name.clone(),
            email: person.email.as_ref().map(|address| address.as_str().to_owned()),
            created_at: person.created_at.into(),
            phone: person.phone.clone(),
            locale: person.language.clone(),
            organization_id: person.organization.map(|id| id.0),
            role: person.role.name(),
            active: !person.standing.is_gone(),
            suspended: person.suspended,
            standing: person.standing.name(),
            time_zone: person.time_zone.clone(),
            ticket_restriction: person.role.is_staff().then(|| person.restriction.name()),
            away: person.away.is_some(),
            away_until: person.away.and_then(|away| away.until).map(Time::from),
            external_id: person.external_id.clone(),
            default_group_id: person.groups.first().map(|id| id.0),
            group_ids: person.groups.iter().map(|id| id.0).collect(),
            user_fields: by_name(&person.fields, place),
        }
    }
}

/// Nobody, as whoever does not say who they are is told: clients know it by the missing number.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Nobody {
    id: Option<i64>,
    url: String,
    name: &'static str,
    email: &'static str,
    role: &'static str,
    active: bool,
}

impl User {
    /// Nobody in particular, at an account that is reached there.
    pub fn anonymous(base: &str) -> Nobody {
        let url = format!("{base}/api/v2/users/.json");
        let email = "invalid@example.com";
        Nobody { id: None, url, name: "Anonymous user", email, role: "end-user", active: false }
    }
}

/// A person as end users get them: only ever themselves.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EndUser {
    id: i64,
    url: Option<String>,
    name: String,
    email: Option<String>,
    created_at: Time,
    phone: Option<String>,
    locale: Option<String>,
    organization_id: Option<i64>,
    time_zone: Option<String>,
    role: &'static str,
    user_fields: BTreeMap<String, FieldValue>,
}

impl EndUser {
    /// A person as they get themselves.
    pub fn of(person: &Person, place: &Place) -> Self {
        Self {
            id: person.id.0,
            url: place.url(&format!("users/{}", person.id)),
            name: person.name.clone(),
            email: person.email.as_ref().map(|address| address.as_str().to_owned()),
            created_at: person.created_at.into(),
            phone: person.phone.clone(),
            locale: person.language.clone(),
            organization_id: person.organization.map(|id| id.0),
            time_zone: person.time_zone.clone(),
            role: person.role.name(),
            user_fields: by_name(&person.fields, place),
        }
    }
}
