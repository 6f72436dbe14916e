//! People, organizations and groups as rows.

use super::dialect::{Batch, Dialect, Value, read_row};
use super::field::{read_fields, write_fields};
use super::profile;
use super::ticket::{damaged, json_numbers, json_texts, numbers};
use crate::domain::account::{Group, Organization};
use crate::domain::field::Value as Held;
use crate::domain::id::{FieldId, GroupId, OrganizationId, PersonId};
use crate::domain::person::{Away, EmailAddress, Person, Restriction, Role, Standing};
use crate::domain::suggest::{name_words, phone_digits};
use crate::domain::time::Timestamp;
use sqlx::Row;
use std::collections::BTreeMap;

/// The columns of a [`PersonRow`], of `people p`.
macro_rules! person_columns {
    () => {
        "p.id, p.name, p.email, p.phone, p.role, p.organization_id, p.groups, p.language, p.suspended, \
         p.external_id, p.created_at, p.time_zone, p.restriction, p.away, p.away_until, p.standing, p.merged_into, \
         p.fields, p.updated_at, p.profile"
    };
}
pub(crate) use person_columns;

/// A row of `SELECT person_columns!() …`.
pub(crate) struct PersonRow(pub(crate) Person);

read_row!(PersonRow, |row| Ok(Self(Person {
    id: PersonId(row.try_get(0)?),
    name: row.try_get(1)?,
    email: address(row.try_get(2)?)?,
    phone: row.try_get(3)?,
    role: role(row.try_get(4)?)?,
    organization: row.try_get::<Option<i64>, _>(5)?.map(OrganizationId),
    groups: numbers(row.try_get(6)?)?.into_iter().map(GroupId).collect(),
    language: row.try_get(7)?,
    suspended: row.try_get(8)?,
    external_id: row.try_get(9)?,
    created_at: Timestamp(row.try_get(10)?),
    time_zone: row.try_get(11)?,
    restriction: restriction(row.try_get(12)?)?,
    away: away(row.try_get(13)?, row.try_get(14)?),
    standing: standing(row.try_get(15)?, row.try_get(16)?)?,
    fields: read_fields(row.try_get(17)?)?,
    updated_at: Some(Timestamp(row.try_get(18)?)),
    profile: profile::read(row.try_get(19)?, None)?,
})));

/// The columns of an [`OrganizationRow`], of `organizations o`.
macro_rules! organization_columns {
    () => {
        "o.id, o.name, o.domains, o.shared_tickets, o.shared_comments, o.fields, o.created_at, o.updated_at, o.profile, \
         o.external_id"
    };
}
pub(crate) use organization_columns;

/// A row of `SELECT organization_columns!() …`.
pub(crate) struct OrganizationRow(pub(crate) Organization);

read_row!(OrganizationRow, |row| Ok(Self(Organization {
    id: OrganizationId(row.try_get(0)?),
    name: row.try_get(1)?,
    domains: serde_json::from_str(row.try_get(2)?).map_err(|error| damaged(&error.to_string()))?,
    shared_tickets: row.try_get(3)?,
    shared_comments: row.try_get(4)?,
    fields: read_fields(row.try_get(5)?)?,
    created_at: Some(Timestamp(row.try_get(6)?)),
    updated_at: Some(Timestamp(row.try_get(7)?)),
    profile: profile::read(row.try_get(8)?, row.try_get(9)?)?,
})));

/// A row of `SELECT id, name, description FROM agent_groups …`.
pub(crate) struct GroupRow(pub(crate) Group);

read_row!(GroupRow, |row| Ok(Self(Group {
    id: GroupId(row.try_get(0)?),
    name: row.try_get(1)?,
    description: row.try_get(2)?,
})));

/// The columns of `people` in the order of [`values`].
pub(super) const COLUMNS: &str = "id, name, folded, email, email_folded, email_domain, phone, phone_digits, role, \
     organization_id, groups, language, suspended, external_id, created_at, time_zone, restriction, away, away_until, \
     standing, merged_into, fields, updated_at, profile";

/// A person as the values of their row, different since that moment.
pub(super) fn values(person: &Person, at: Timestamp) -> Vec<Value> {
    vec![
        person.id.0.into(),
        person.name.as_str().into(),
        folded(&person.name).into(),
        person.email.as_ref().map(|email| email.as_str().to_owned()).into(),
        person.email.as_ref().map(EmailAddress::folded).into(),
        person.email.as_ref().map(EmailAddress::domain).into(),
        person.phone.clone().into(),
        person.phone.as_deref().map(phone_digits).into(),
        role_number(person.role).into(),
        person.organization.map(|id| id.0).into(),
        json_numbers(person.groups.iter().map(|id| id.0)).into(),
        person.language.clone().into(),
        person.suspended.into(),
        person.external_id.clone().into(),
        person.created_at.0.into(),
        person.time_zone.clone().into(),
        restriction_number(person.restriction).into(),
        person.away.is_some().into(),
        person.away.and_then(|away| away.until).map(|at| at.0).into(),
        standing_number(person.standing).into(),
        match person.standing {
            Standing::Merged(into) => Some(into.0),
            _ => None,
        }
        .into(),
        write_fields(&person.fields).into(),
        at.0.into(),
        profile::write(person.profile.as_deref()).into(),
    ]
}

/// The columns of `organizations` in the order of [`organization_values`].
pub(super) const ORGANIZATION_COLUMNS: &str = "id, name, folded, domains, shared_tickets, shared_comments, fields, \
     created_at, updated_at, profile, external_id";

/// An organization as the values of its row, different since that moment.
pub(super) fn organization_values(organization: &Organization, at: Timestamp) -> Vec<Value> {
    vec![
        organization.id.0.into(),
        organization.name.as_str().into(),
        folded(&organization.name).into(),
        json_texts(organization.domains.iter().map(String::as_str)).into(),
        organization.shared_tickets.into(),
        organization.shared_comments.into(),
        write_fields(&organization.fields).into(),
        organization.created_at.unwrap_or(at).0.into(),
        at.0.into(),
        profile::write(organization.profile.as_deref()).into(),
        organization.profile.as_ref().and_then(|profile| profile.external_id.clone()).into(),
    ]
}

/// The form by which names are compared, looked up and put in order.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Keeps the words of a person's name, by which they are found (R102).
pub(super) fn keep_words(batch: &mut Batch, dialect: Dialect, person: &Person) {
    // Who is gone is not found any more.
    let name = if person.standing.is_gone() { "" } else { &person.name };
    keep(batch, dialect, "person_words", "person_id", person.id.0, name);
}

/// Keeps the words of an organization's name, by which it and its people are found (R105).
pub(super) fn keep_organization_words(batch: &mut Batch, dialect: Dialect, organization: &Organization) {
    keep(batch, dialect, "organization_words", "organization_id", organization.id.0, &organization.name);
}

/// Keeps what a person's fields hold, by which their tickets are found.
pub(super) fn keep_fields(batch: &mut Batch, person: PersonId, fields: &BTreeMap<FieldId, Held>) {
    keep_held(batch, ("person_fields", "person_id"), person.0, fields);
}

/// The same of an organization's.
pub(super) fn keep_organization_fields(
    batch: &mut Batch,
    organization: OrganizationId,
    fields: &BTreeMap<FieldId, Held>,
) {
    keep_held(batch, ("organization_fields", "organization_id"), organization.0, fields);
}

fn keep_held(batch: &mut Batch, (table, column): (&str, &str), id: i64, fields: &BTreeMap<FieldId, Held>) {
    batch.push(format!("DELETE FROM {table} WHERE {column} = $1"), vec![id.into()]);
    for row in fields.iter().flat_map(|(field, value)| super::field::rows(id, *field, value)) {
        batch.push(
            format!("INSERT INTO {table} (field_id, number, text, {column}) VALUES ($1, $2, $3, $4)"),
            row.to_vec(),
        );
    }
}

fn keep(batch: &mut Batch, dialect: Dialect, table: &str, column: &str, id: i64, name: &str) {
    batch.push(format!("DELETE FROM {table} WHERE {column} = $1"), vec![id.into()]);
    let words = json_texts(name_words(name).iter().map(String::as_str));
    let rows = dialect.texts(2).replacen("SELECT value", "SELECT CAST($1 AS BIGINT), value", 1);
    batch.push(
        format!("INSERT INTO {table} ({column}, word) SELECT * FROM {rows} AS words"),
        vec![id.into(), words.into()],
    );
}

/// The number of a role in its column: everybody above 0 works tickets.
pub(crate) const fn role_number(role: Role) -> i64 {
    match role {
        Role::EndUser => 0,
        Role::Agent => 1,
        Role::Admin => 2,
    }
}

fn role(number: i64) -> sqlx::Result<Role> {
    match number {
        0 => Ok(Role::EndUser),
        1 => Ok(Role::Agent),
        2 => Ok(Role::Admin),
        _ => Err(damaged("there is no such role")),
    }
}

const fn restriction_number(restriction: Restriction) -> i64 {
    match restriction {
        Restriction::None => 0,
        Restriction::Groups => 1,
        Restriction::Organization => 2,
        Restriction::Assigned => 3,
    }
}

fn restriction(number: i64) -> sqlx::Result<Restriction> {
    let known = Restriction::ALL.into_iter().find(|one| restriction_number(*one) == number);
    known.ok_or_else(|| damaged("there is no such restriction"))
}

fn away(away: bool, until: Option<i64>) -> Option<Away> {
    away.then(|| Away { until: until.map(Timestamp) })
}

/// The number of a standing in its column: everybody above 2 is gone.
pub(crate) const fn standing_number(standing: Standing) -> i64 {
    match standing {
        Standing::Active => 0,
        Standing::Pending => 1,
        Standing::Unapproved => 2,
        Standing::Merged(_) => 3,
        Standing::Deleted => 4,
        Standing::Erased => 5,
    }
}

fn standing(number: i64, into: Option<i64>) -> sqlx::Result<Standing> {
    match (number, into) {
        (0, _) => Ok(Standing::Active),
        (1, _) => Ok(Standing::Pending),
        (2, _) => Ok(Standing::Unapproved),
        (3, Some(into)) => Ok(Standing::Merged(PersonId(into))),
        (4, _) => Ok(Standing::Deleted),
        (5, _) => Ok(Standing::Erased),
        _ => Err(damaged("there is no such standing")),
    }
}

fn address(text: Option<&str>) -> sqlx::Result<Option<EmailAddress>> {
    text.map(|text| EmailAddress::parse(text).map_err(|_| damaged("a mail address is none"))).transpose()
}

/// Takes an organization away: its row stays with its name, for tickets and histories name it.
pub(super) fn delete_organization(batch: &mut Batch, id: OrganizationId) {
    for table in ["organization_domains", "organization_words", "organization_fields"] {
        batch.push(format!("DELETE FROM {table} WHERE organization_id = $1"), vec![id.0.into()]);
    }
    batch.push("UPDATE people SET organization_id = NULL WHERE organization_id = $1", vec![id.0.into()]);
    // No name begins with a space, so another may have its name again.
    batch.push(
        "UPDATE organizations SET gone = $2, folded = ' ' || CAST(id AS TEXT), domains = $3, fields = '{}', \
         profile = '{}', external_id = NULL, shared_tickets = $4, shared_comments = $5 WHERE id = $1",
        vec![id.0.into(), true.into(), "[]".into(), false.into(), false.into()],
    );
}
