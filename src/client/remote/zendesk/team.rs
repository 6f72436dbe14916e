//! Making and changing people and organizations.

use super::Zendesk;
use super::api::{Write, no_account};
use super::body::value;
use super::deed::nothing;
use super::known::Known;
use super::person::person;
use crate::client::{Error, Receipt};
use crate::domain::act::{NewOrganization, NewPerson, OrganizationChange, OrganizationRef, PersonChange};
use crate::domain::decide::Outcome;
use crate::domain::id::{FieldId, GroupId, OrganizationId, PersonId};
use crate::domain::person::{EmailAddress, Restriction};
use crate::domain::profile::ProfileChange;
use crate::domain::secret::Secret;
use crate::domain::tag::Tag;
use crate::wire::received::Row;
use reqwest::Method;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of what the team keeps for itself.
fn profile(change: Option<&ProfileChange>) -> Map<String, Json> {
    let Some(change) = change else { return Map::new() };
    let texts = [
        ("notes", &change.notes),
        ("details", &change.details),
        ("alias", &change.alias),
        ("signature", &change.signature),
        ("external_id", &change.external_id),
    ];
    let texts = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.as_deref()?.into())));
    let tags = change.tags.as_ref().map(|tags| tags.iter().map(Tag::as_str).collect());
    let group = change.group.map(|id| id.map(|id| id.0).into());
    let others = [("tags", tags), ("group_id", group)];
    texts.chain(others.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)))).collect()
}

impl Zendesk {
    /// Somebody new. When no answer comes, whoever has the address now is who was made.
    pub(super) async fn create_person(&self, new: &NewPerson) -> Result<Receipt, Error> {
        let known = self.known().await?;
        let mut body = Map::new();
        let mut put = |name: &str, value: Option<Json>| body.extend(value.map(|value| (name.to_owned(), value)));
        put("name", Some(new.name.as_str().into()));
        put("email", new.email.as_ref().map(|email| email.as_str().into()));
        put("phone", new.phone.as_deref().map(Json::from));
        put("role", Some(new.role.name().into()));
        put("locale", new.language.as_deref().map(Json::from));
        put("external_id", new.external_id.as_deref().map(Json::from));
        put("default_group_id", new.groups.first().map(|id| id.0.into()));
        put("group_ids", (!new.groups.is_empty()).then(|| new.groups.iter().map(|id| id.0).collect()));
        // Mail from an account to somebody who was only written down would surprise them.
        put("skip_verify_email", Some(true.into()));
        if let Some(organization) = &new.organization {
            let (name, value) = self.belonging(organization).await?;
            put(name, Some(value));
        }
        let write = Write::new(Method::POST, "users".to_owned(), Some(json!({ "user": body })));
        let id = match (self.api.write(write).await, &new.email) {
            (Ok(answer), _) => Row(&answer.body).get("user").int("id").map(PersonId).ok_or_else(no_account)?,
            (Err(error @ (Error::Unreachable(_) | Error::Garbled(_))), Some(email)) => {
                match self.with_address(email, &known).await {
                    Ok(Some(made)) => made.id,
                    _ => return Err(error),
                }
            }
            (Err(error), _) => return Err(error),
        };
        if new.groups.len() > 1 {
            self.set_groups(id, &new.groups).await?;
        }
        Ok(Receipt { outcome: Outcome { person: Some(id), ..Outcome::default() }, ..nothing() })
    }

    /// Where somebody belongs, as it is sent: what has no number yet is made.
    async fn belonging(&self, organization: &OrganizationRef) -> Result<(&'static str, Json), Error> {
        match organization {
            OrganizationRef::Id(id) => Ok(("organization_id", id.0.into())),
            OrganizationRef::Name(name) => match self.find_organization(OrganizationRef::Name(name.clone())).await {
                Ok(found) => Ok(("organization_id", found.id.0.into())),
                Err(Error::NotFound) => Ok(("organization", json!({ "name": name }))),
                Err(error) => Err(error),
            },
        }
    }

    /// Somebody becomes different: what is sent can be sent again.
    pub(super) async fn update_person(&self, id: PersonId, change: &PersonChange) -> Result<Receipt, Error> {
        let known = self.known().await?;
        let mut body = Map::new();
        let mut put = |name: &str, value: Option<Json>| body.extend(value.map(|value| (name.to_owned(), value)));
        put("name", change.name.as_deref().map(Json::from));
        put("email", change.email.as_ref().map(|email| email.as_ref().map(EmailAddress::as_str).into()));
        put("phone", change.phone.as_ref().map(|phone| phone.as_deref().into()));
        put("role", change.role.map(|role| role.name().into()));
        put("locale", change.language.as_ref().map(|language| language.as_deref().into()));
        put("suspended", change.suspended.map(Json::from));
        put("time_zone", change.time_zone.as_ref().map(|zone| zone.as_deref().into()));
        put("external_id", change.external_id.as_ref().map(|number| number.as_deref().into()));
        let restricted = |one: Restriction| if one == Restriction::None { Json::Null } else { one.name().into() };
        put("ticket_restriction", change.restriction.map(restricted));
        put("user_fields", fields(&change.fields, &known));
        match &change.organization {
            Some(Some(organization)) => {
                let (name, value) = self.belonging(organization).await?;
                put(name, Some(value));
            }
            Some(None) => put("organization_id", Some(Json::Null)),
            None => {}
        }
        body.extend(profile(change.profile.as_deref()));
        if !body.is_empty() {
            let own = if known.is_staff() { "users" } else { "end_users" };
            let write = Write::new(Method::PUT, format!("{own}/{id}"), Some(json!({ "user": body }))).again();
            let answer = self.api.write(write).await?.body;
            let after = person(Row(&answer).get("user"), &known.session.fields);
            if let (Some(Some(email)), Some(after)) = (&change.email, after)
                && after.email.as_ref() != Some(email)
            {
                self.make_primary(id, email).await?;
            }
        }
        if let Some(groups) = &change.groups {
            self.set_groups(id, groups).await?;
        }
        self.shelf.names().people.remove(&id);
        if id == known.session.me.id {
            self.forget_known().await;
        }
        Ok(Receipt { outcome: Outcome { person: Some(id), ..Outcome::default() }, ..nothing() })
    }

    /// A new address comes beside the others first.
    async fn make_primary(&self, person: PersonId, email: &EmailAddress) -> Result<(), Error> {
        let all = self.api.all(&format!("users/{person}/identities"), "identities").await?;
        let has = |row: &Row<'_>| {
            row.text("type") == Some("email") && row.text("value").is_some_and(|value| is(value, email))
        };
        let Some(identity) = all.iter().map(Row).find(has).and_then(|row| row.int("id")) else { return Ok(()) };
        let path = format!("users/{person}/identities/{identity}/make_primary");
        self.api.write(Write::new(Method::PUT, path, Some(json!({}))).again()).await.map(|_| ())
    }

    /// The groups of an agent, the first one first.
    async fn set_groups(&self, person: PersonId, wanted: &[GroupId]) -> Result<(), Error> {
        let all = self.api.all(&format!("users/{person}/group_memberships"), "group_memberships").await?;
        let known: BTreeMap<i64, i64> =
            all.iter().map(Row).filter_map(|row| Some((row.int("group_id")?, row.int("id")?))).collect();
        let wanted_ids: BTreeSet<i64> = wanted.iter().map(|id| id.0).collect();
        for group in wanted.iter().filter(|id| !known.contains_key(&id.0)) {
            let body = json!({ "group_membership": { "user_id": person.0, "group_id": group.0 } });
            self.api.write(Write::new(Method::POST, "group_memberships".to_owned(), Some(body))).await?;
        }
        for (_, membership) in known.iter().filter(|(group, _)| !wanted_ids.contains(group)) {
            self.api.write(Write::new(Method::DELETE, format!("group_memberships/{membership}"), None)).await?;
        }
        if let Some(first) = wanted.first() {
            let body = json!({ "user": { "default_group_id": first.0 } });
            self.api.write(Write::new(Method::PUT, format!("users/{person}"), Some(body)).again()).await?;
        }
        Ok(())
    }

    pub(super) async fn create_organization(&self, new: &NewOrganization) -> Result<Receipt, Error> {
        let body = json!({ "organization": {
            "name": new.name,
            "domain_names": new.domains,
            "shared_tickets": new.shared_tickets,
            "shared_comments": new.shared_comments,
        } });
        let answer = self.api.write(Write::new(Method::POST, "organizations".to_owned(), Some(body))).await;
        let id = match answer {
            Ok(answer) => Row(&answer.body).get("organization").int("id").map(OrganizationId).ok_or_else(no_account)?,
            // Names are nobody else's: whoever has it was made.
            Err(error @ (Error::Unreachable(_) | Error::Garbled(_))) => {
                match self.find_organization(OrganizationRef::Name(new.name.clone())).await {
                    Ok(made) => made.id,
                    Err(_) => return Err(error),
                }
            }
            Err(error) => return Err(error),
        };
        Ok(Receipt { outcome: Outcome { organization: Some(id), ..Outcome::default() }, ..nothing() })
    }

    pub(super) async fn update_organization(
        &self,
        id: OrganizationId,
        change: &OrganizationChange,
    ) -> Result<Receipt, Error> {
        let known = self.known().await?;
        let mut body = Map::new();
        let mut put = |name: &str, value: Option<Json>| body.extend(value.map(|value| (name.to_owned(), value)));
        put("name", change.name.as_deref().map(Json::from));
        put("domain_names", change.domains.as_ref().map(|domains| json!(domains)));
        put("shared_tickets", change.shared_tickets.map(Json::from));
        put("shared_comments", change.shared_comments.map(Json::from));
        put("organization_fields", fields(&change.fields, &known));
        body.extend(profile(change.profile.as_deref()));
        let write =
            Write::new(Method::PUT, format!("organizations/{id}"), Some(json!({ "organization": body }))).again();
        self.api.write(write).await?;
        self.shelf.names().organizations.remove(&id);
        Ok(Receipt { outcome: Outcome { organization: Some(id), ..Outcome::default() }, ..nothing() })
    }

    pub(super) async fn change_password(&self, person: PersonId, password: &Secret) -> Result<(), Error> {
        let body = json!({ "password": password.expose() });
        let write = Write::new(Method::POST, format!("users/{person}/password"), Some(body)).again();
        self.api.write(write).await.map(|_| ())
    }
}

fn is(text: &str, email: &EmailAddress) -> bool {
    EmailAddress::parse(text).is_ok_and(|one| one == *email)
}

/// What fields are to hold, by their names.
fn fields(written: &BTreeMap<FieldId, String>, known: &Known) -> Option<Json> {
    let one = |(id, text): (&FieldId, &String)| {
        let field = known.session.fields.get(id)?;
        Some((field.slug.clone(), value(Some(&field.kind), text)))
    };
    (!written.is_empty()).then(|| Json::Object(written.iter().filter_map(one).collect()))
}
