use super::field::{FieldValue, by_name};
use super::locale::locale_id;
use super::{Place, Time};
use crate::domain::person::{Person, Restriction, Role, Standing};
use crate::domain::tag::Tag;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A person as agents get them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, clippy::struct_excessive_bools, reason = "the API's names")]
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
    verified: bool,
    time_zone: Option<String>,
    iana_time_zone: Option<String>,
    restricted_agent: bool,
    ticket_restriction: Option<&'static str>,
    away: bool,
    away_until: Option<Time>,
    external_id: Option<String>,
    default_group_id: Option<i64>,
    group_ids: Vec<i64>,
    user_fields: BTreeMap<String, FieldValue>,
    updated_at: Option<Time>,
    tags: Vec<String>,
    notes: Option<String>,
    details: Option<String>,
    alias: Option<String>,
    signature: Option<String>,
    photo: Option<()>,
    shared: bool,
    shared_agent: bool,
    shared_phone_number: Option<bool>,
    role_type: Option<i64>,
    custom_role_id: Option<i64>,
    moderator: bool,
    only_private_comments: bool,
    two_factor_auth_enabled: Option<bool>,
    report_csv: bool,
    chat_only: bool,
    last_login_at: Option<Time>,
    locale_id: Option<i64>,
}

impl User {
    /// A person as agents get them.
    pub fn of(person: &Person, place: &Place) -> Self {
        let profile = person.profile.as_deref().cloned().unwrap_or_default();
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
            verified: person.standing == Standing::Active,
            time_zone: person.time_zone.clone(),
            iana_time_zone: person.time_zone.clone(),
            restricted_agent: person.role != Role::Admin && person.restriction != Restriction::None,
            ticket_restriction: restriction(person),
            away: person.away.is_some(),
            away_until: person.away.and_then(|away| away.until).map(Time::from),
            external_id: person.external_id.clone(),
            default_group_id: person.groups.first().map(|id| id.0),
            group_ids: person.groups.iter().map(|id| id.0).collect(),
            user_fields: by_name(&person.fields, place),
            updated_at: person.updated_at.map(Time::from),
            tags: profile.tags.iter().map(Tag::to_string).collect(),
            notes: profile.notes,
            details: profile.details,
            alias: profile.alias,
            signature: profile.signature,
            photo: None,
            shared: false,
            shared_agent: false,
            shared_phone_number: None,
            role_type: None,
            custom_role_id: None,
            moderator: person.role.is_staff(),
            only_private_comments: false,
            two_factor_auth_enabled: None,
            report_csv: false,
            chat_only: false,
            last_login_at: None,
            locale_id: person.language.as_deref().and_then(locale_id),
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
    verified: bool,
    time_zone: Option<String>,
    iana_time_zone: Option<String>,
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
            verified: person.standing == Standing::Active,
            time_zone: person.time_zone.clone(),
            iana_time_zone: person.time_zone.clone(),
            role: person.role.name(),
            user_fields: by_name(&person.fields, place),
        }
    }
}

/// Which tickets somebody works with: nothing for all of them, `requested` for whoever works with none.
fn restriction(person: &Person) -> Option<&'static str> {
    match person.restriction {
        _ if !person.role.is_staff() => Some("requested"),
        Restriction::None => None,
        other => Some(other.name()),
    }
}

/// A way to reach somebody: here the one address that they have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Identity {
    id: i64,
    url: Option<String>,
    user_id: i64,
    r#type: &'static str,
    value: String,
    verified: bool,
    primary: bool,
    deliverable_state: &'static str,
    verification_method: Option<&'static str>,
    verified_at: Option<Time>,
    undeliverable_count: u32,
    created_at: Time,
    updated_at: Time,
}

impl Identity {
    /// The address of somebody who has one; its number is theirs.
    pub fn of(person: &Person, place: &Place) -> Option<Self> {
        let value = person.email.as_ref()?.as_str().to_owned();
        Some(Self {
            id: person.id.0,
            url: place.url(&format!("users/{0}/identities/{0}", person.id)),
            user_id: person.id.0,
            r#type: "email",
            value,
            verified: person.standing == Standing::Active,
            primary: true,
            deliverable_state: "deliverable",
            verification_method: None,
            verified_at: None,
            undeliverable_count: 0,
            created_at: person.created_at.into(),
            updated_at: person.updated_at.unwrap_or(person.created_at).into(),
        })
    }
}
