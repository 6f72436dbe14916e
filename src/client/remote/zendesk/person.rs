//! People and organizations as an account tells them.

use super::setup::held;
use crate::domain::account::Organization;
use crate::domain::field::{Field, Holder};
use crate::domain::form::Values;
use crate::domain::id::{FieldId, GroupId, OrganizationId, PersonId};
use crate::domain::person::{Away, EmailAddress, Person, Restriction, Role, Standing};
use crate::domain::profile::Profile;
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::wire::received::Row;
use std::collections::BTreeMap;

/// Somebody.
pub(super) fn person(row: Row<'_>, fields: &BTreeMap<FieldId, Field>) -> Option<Person> {
    let id = PersonId(row.int("id")?);
    let role = row.text("role").and_then(Role::parse).unwrap_or(Role::EndUser);
    let mut groups: Vec<GroupId> = row.ints("group_ids").map(GroupId).collect();
    if let Some(first) = row.int("default_group_id").map(GroupId) {
        groups.retain(|id| *id != first);
        groups.insert(0, first);
    }
    let standing = match row.text("standing") {
        _ if row.flag("active") == Some(false) => Standing::Deleted,
        Some("pending") => Standing::Pending,
        Some("unapproved") => Standing::Unapproved,
        _ => Standing::Active,
    };
    let away = row.flag("away").filter(|away| *away).map(|_| Away { until: row.time("away_until") });
    Some(Person {
        email: row.filled("email").and_then(|email| EmailAddress::parse(email).ok()),
        phone: row.filled("phone").map(str::to_owned),
        organization: row.int("organization_id").map(OrganizationId),
        groups,
        language: row.filled("locale").map(str::to_owned),
        time_zone: row.either(&["iana_time_zone", "time_zone"]).0.as_str().map(str::to_owned),
        restriction: row.text("ticket_restriction").and_then(Restriction::parse).unwrap_or_default(),
        away,
        suspended: row.flag("suspended").unwrap_or_default(),
        standing,
        external_id: row.filled("external_id").map(str::to_owned),
        fields: values(row.get("user_fields"), fields, Holder::Person),
        profile: profile(row, None, None),
        updated_at: row.time("updated_at"),
        ..Person::new(id, row.words("name"), role, row.time("created_at").unwrap_or(Timestamp(0)))
    })
}

/// An organization.
pub(super) fn organization(row: Row<'_>, fields: &BTreeMap<FieldId, Field>) -> Option<Organization> {
    Some(Organization {
        domains: row.texts("domain_names"),
        shared_tickets: row.flag("shared_tickets").unwrap_or_default(),
        shared_comments: row.flag("shared_comments").unwrap_or_default(),
        fields: values(row.get("organization_fields"), fields, Holder::Organization),
        profile: profile(row, row.filled("external_id"), row.int("group_id")),
        created_at: row.time("created_at"),
        updated_at: row.time("updated_at"),
        ..Organization::new(OrganizationId(row.int("id")?), row.words("name"))
    })
}

/// What the team keeps for itself. A number elsewhere of people stands on them.
fn profile(row: Row<'_>, external_id: Option<&str>, group: Option<i64>) -> Option<Box<Profile>> {
    let text = |name: &str| row.filled(name).map(str::to_owned);
    let tags = row.texts("tags");
    let profile = Profile {
        tags: tags.iter().filter_map(|tag| Tag::parse(tag).ok()).collect(),
        notes: text("notes"),
        details: text("details"),
        alias: text("alias"),
        signature: text("signature"),
        external_id: external_id.map(str::to_owned),
        group: group.map(GroupId),
    };
    profile.kept()
}

/// What fields hold, by their names.
fn values(row: Row<'_>, fields: &BTreeMap<FieldId, Field>, of: Holder) -> Values {
    let own = fields.values().filter(|field| field.of == of && !field.is_system());
    own.filter_map(|field| Some((field.id, held(field, row.get(&field.slug).0)?))).collect()
}
