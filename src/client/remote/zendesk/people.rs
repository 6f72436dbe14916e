//! Finding people and organizations.

use super::Zendesk;
use super::api::{encoded, next};
use super::known::Known;
use super::person::{organization, person};
use crate::client::{Cursor, Error, Names, Page, PeopleAsk};
use crate::domain::account::{Organization, folded_name};
use crate::domain::act::OrganizationRef;
use crate::domain::id::PersonId;
use crate::domain::person::{Among, EmailAddress, Person, PersonRef};
use crate::wire::received::Row;
use serde_json::Value as Json;

/// From so many letters people are suggested.
const MIN_CHARS: usize = 2;

impl Zendesk {
    pub(super) async fn find_people(&self, ask: PeopleAsk) -> Result<Page<Person>, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Ok(themselves(&ask, &known.session.me));
        }
        match ask {
            PeopleAsk::Suggest { text, staff_only, limit } => self.suggest(&text, staff_only, limit, &known).await,
            PeopleAsk::Address(email) => Ok(whole(self.with_address(&email, &known).await?.into_iter().collect())),
            PeopleAsk::Ids(ids) => Ok(whole(self.with_ids(&ids, &known).await?)),
            PeopleAsk::Among { of, after, limit } => {
                let path = match of {
                    Among::Organization(id) => format!("organizations/{id}/users?"),
                    Among::Group(id) => format!("groups/{id}/users?"),
                };
                self.people_page(&path, after, limit, &known).await
            }
            PeopleAsk::Role { role, after, limit } => {
                let path = role.map_or_else(|| "users?".to_owned(), |role| format!("users?role={}&", role.name()));
                self.people_page(&path, after, limit, &known).await
            }
        }
    }

    async fn suggest(&self, text: &str, staff_only: bool, limit: u32, known: &Known) -> Result<Page<Person>, Error> {
        let text = text.trim();
        if text.chars().count() < MIN_CHARS {
            return Ok(whole(Vec::new()));
        }
        // Names are found by their beginning; addresses by a search.
        let path = if text.contains('@') {
            format!("users/search?query={}", encoded(text))
        } else {
            format!("users/autocomplete?name={}", encoded(text))
        };
        let body = self.api.get(&path).await?;
        let mut rows = people(&body, known);
        rows.retain(|one| !staff_only || one.role.is_staff());
        rows.retain(|one| !one.standing.is_gone());
        rows.truncate(limit as usize);
        Ok(self.named_people(rows, None, &body))
    }

    /// Whoever has that address.
    pub(super) async fn with_address(&self, email: &EmailAddress, known: &Known) -> Result<Option<Person>, Error> {
        let query = format!("email:\"{email}\"");
        let body = self.api.get(&format!("users/search?query={}", encoded(&query))).await?;
        Ok(people(&body, known).into_iter().find(|one| one.email.as_ref() == Some(email)))
    }

    pub(super) async fn with_ids(&self, ids: &[PersonId], known: &Known) -> Result<Vec<Person>, Error> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(100) {
            let text: Vec<String> = some.iter().map(PersonId::to_string).collect();
            let body = self.api.get(&format!("users/show_many?ids={}", text.join(","))).await?;
            found.extend(people(&body, known));
        }
        for one in &mut found {
            // Of whom one asks alone, the groups are asked for, too.
            if ids.len() == 1 && one.role.is_staff() && one.groups.len() <= 1 {
                self.with_groups(one).await?;
            }
        }
        Ok(found)
    }

    async fn with_groups(&self, one: &mut Person) -> Result<(), Error> {
        let Some(body) = self.api.try_get(&format!("users/{}/group_memberships", one.id)).await? else { return Ok(()) };
        let row = |row: Row<'_>| Some((row.flag("default") != Some(true), row.int("group_id")?));
        let mut groups: Vec<(bool, i64)> = Row(&body).list("group_memberships").filter_map(row).collect();
        groups.sort_unstable();
        one.groups = groups.into_iter().map(|(_, id)| crate::domain::id::GroupId(id)).collect();
        Ok(())
    }

    async fn people_page(
        &self,
        path: &str,
        after: Option<Cursor>,
        limit: u32,
        known: &Known,
    ) -> Result<Page<Person>, Error> {
        let after = after.map(|after| format!("&page%5Bafter%5D={}", encoded(&after.0))).unwrap_or_default();
        let body = self.api.get(&format!("{path}page%5Bsize%5D={}{after}", limit.clamp(1, 100))).await?;
        let next = next(&body).map(Cursor);
        Ok(self.named_people(people(&body, known), next, &body))
    }

    fn named_people(&self, rows: Vec<Person>, next: Option<Cursor>, body: &Json) -> Page<Person> {
        let mut kept = self.shelf.names();
        super::ticket::beside(Row(body), &mut kept);
        let mut names = Names::default();
        for id in rows.iter().filter_map(|one| one.organization) {
            names.organizations.extend(kept.organizations.get(&id).map(|name| (id, name.clone())));
        }
        Page::new(rows, names, next)
    }

    pub(super) async fn find_organization(&self, which: OrganizationRef) -> Result<Organization, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            let own = known.session.organization.clone().ok_or(Error::NotFound)?;
            let same = match &which {
                OrganizationRef::Id(id) => *id == own.id,
                OrganizationRef::Name(name) => folded_name(name) == folded_name(&own.name),
            };
            return if same { Ok(own) } else { Err(Error::NotFound) };
        }
        let fields = &known.session.fields;
        match which {
            OrganizationRef::Id(id) => {
                let body = self.api.get(&format!("organizations/{id}")).await?;
                organization(Row(&body).get("organization"), fields).ok_or(Error::NotFound)
            }
            OrganizationRef::Name(name) => {
                let body = self.api.get(&format!("organizations/search?name={}", encoded(&name))).await?;
                let mut all = Row(&body).list("organizations").filter_map(|row| organization(row, fields));
                all.find(|one| folded_name(&one.name) == folded_name(&name)).ok_or(Error::NotFound)
            }
        }
    }

    pub(super) async fn find_organizations(
        &self,
        text: &str,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page<Organization>, Error> {
        let known = self.known().await?;
        let text = text.trim();
        if !known.is_staff() {
            let own = known.session.organization.clone();
            let fits = own.filter(|own| folded_name(&own.name).contains(&folded_name(text)));
            return Ok(Page::new(fits.into_iter().collect(), Names::default(), None));
        }
        let path = if text.chars().count() < MIN_CHARS {
            let after = after.map(|after| format!("&page%5Bafter%5D={}", encoded(&after.0))).unwrap_or_default();
            format!("organizations?page%5Bsize%5D={}{after}", limit.clamp(1, 100))
        } else {
            format!("organizations/autocomplete?name={}&per_page={}", encoded(text), limit.clamp(1, 100))
        };
        let body = self.api.get(&path).await?;
        let read = |row| organization(row, &known.session.fields);
        let rows = Row(&body).list("organizations").filter_map(read).collect();
        Ok(Page::new(rows, Names::default(), next(&body).map(Cursor)))
    }

    /// Whether a public ticket of somebody's would be read by their whole organization.
    pub(super) async fn reads_along(&self, requester: PersonRef) -> Result<bool, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let found = match requester {
            PersonRef::Id(id) => self.with_ids(&[id], &known).await?.into_iter().next(),
            PersonRef::Address(email) | PersonRef::Named { email, .. } => self.with_address(&email, &known).await?,
        };
        let Some(id) = found.and_then(|one| one.organization) else { return Ok(false) };
        let body = self.api.try_get(&format!("organizations/{id}")).await?;
        Ok(body.is_some_and(|body| Row(&body).get("organization").flag("shared_tickets") == Some(true)))
    }
}

fn people(body: &Json, known: &Known) -> Vec<Person> {
    Row(body).list("users").filter_map(|row| person(row, &known.session.fields)).collect()
}

fn whole(rows: Vec<Person>) -> Page<Person> {
    Page::new(rows, Names::default(), None)
}

/// End users find only themselves.
fn themselves(ask: &PeopleAsk, me: &Person) -> Page<Person> {
    let is_me = match ask {
        PeopleAsk::Suggest { text, staff_only, .. } => {
            !staff_only
                && text.trim().chars().count() >= MIN_CHARS
                && folded_name(&me.name).contains(&folded_name(text))
        }
        PeopleAsk::Address(email) => me.email.as_ref() == Some(email),
        PeopleAsk::Ids(ids) => ids.contains(&me.id),
        PeopleAsk::Among { of: Among::Organization(id), .. } => me.organization == Some(*id),
        PeopleAsk::Among { .. } => false,
        PeopleAsk::Role { role, .. } => role.is_none_or(|role| role == me.role),
    };
    whole(is_me.then(|| me.clone()).into_iter().collect())
}
