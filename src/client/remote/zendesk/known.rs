//! What one needs to know of an account to read anything else in it: who asks, its fields, kinds, statuses, groups and views.

use super::Zendesk;
use super::lacks::LACKS;
use super::person;
use super::setup::{field, kind, status, unique, view};
use crate::client::{Error, Session, ViewTitle};
use crate::domain::account::{Account, Group, Kind, Organization, PendingEnd, Settings, Timers};
use crate::domain::field::{Field, Holder};
use crate::domain::form::Reader;
use crate::domain::id::{FieldId, GroupId, KindId, OrganizationId};
use crate::domain::life::PeopleSettings;
use crate::domain::person::Person;
use crate::domain::removal::RemovalSettings;
use crate::domain::search::Names as QueryNames;
use crate::domain::setup::{Directory, Refers};
use crate::domain::status::CustomStatus;
use crate::wire::received::Row;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long it is relied on before it is asked for anew.
const GOOD: Duration = Duration::from_mins(1);

/// What is known of an account.
pub(super) struct Known {
    pub(super) session: Session,
    /// Views as they were told.
    pub(super) views: Vec<(ViewTitle, Json)>,
    /// Names in conditions and actions.
    pub(super) directory: Directory,
    /// Names in queries.
    pub(super) names: QueryNames,
    at: Instant,
}

impl Known {
    pub(super) const fn is_staff(&self) -> bool {
        self.session.me.role.is_staff()
    }

    /// The number of a view by its name in scripts.
    pub(super) fn view(&self, slug: &str) -> Result<(i64, &Json), Error> {
        let found = self.views.iter().find(|(title, _)| title.slug == slug);
        found.map(|(title, json)| (title.id.0, json)).ok_or(Error::NotFound)
    }

    fn of(session: Session, views: Vec<(ViewTitle, Json)>) -> Self {
        let mut directory = Directory::default();
        for group in &session.groups {
            directory.add(Refers::Group, group.id.0, &group.name);
        }
        for field in session.fields.values() {
            directory.add(Refers::Field, field.id.0, &field.slug);
            directory.fields.insert(field.id.0, field.kind.clone());
        }
        for status in session.statuses.values() {
            directory.add(Refers::Status, status.id.0, &status.name);
        }
        for kind in &session.kinds {
            directory.add(Refers::Kind, kind.id.0, &kind.slug);
        }
        let staff = session.me.role.is_staff();
        let known = session.fields.values().filter(|field| staff || field.of == Holder::Ticket);
        let names = QueryNames::told(known, session.statuses.values());
        Self { session, views, directory, names, at: Instant::now() }
    }
}

/// The fields, kinds and statuses of an account.
type Forms = (BTreeMap<FieldId, Field>, Vec<Kind>, Vec<CustomStatus>);

impl Zendesk {
    /// What is known; asked for where it is too old.
    pub(super) async fn known(&self) -> Result<Arc<Known>, Error> {
        let mut kept = self.shelf.known.lock().await;
        if let Some(known) = kept.as_ref().filter(|known| known.at.elapsed() < GOOD) {
            return Ok(Arc::clone(known));
        }
        let known = Arc::new(self.look_around().await?);
        *kept = Some(Arc::clone(&known));
        Ok(known)
    }

    /// It may be otherwise now.
    pub(super) async fn forget_known(&self) {
        *self.shelf.known.lock().await = None;
    }

    async fn look_around(&self) -> Result<Known, Error> {
        let body = self.api.get("users/me").await?;
        let user = Row(&body).get("user");
        // Strangers are answered too, as somebody without a number.
        let id = user.int("id").filter(|id| *id > 0).ok_or(Error::SignedOut)?;
        let bare = person::person(user, &BTreeMap::new()).ok_or(Error::SignedOut)?;
        let staff = bare.role.is_staff();
        let ((fields, kinds, statuses), organization) =
            tokio::try_join!(self.forms(staff), self.own_organization(id, bare.organization, staff))?;
        let (settings, groups, views) = if staff { self.office().await? } else { usual(&self.api.transport().base()) };
        let (account, settings) = settings;
        let me: Person = person::person(user, &fields).ok_or(Error::SignedOut)?;
        let session = Session {
            me,
            account,
            settings,
            kinds,
            fields,
            statuses: statuses.into_iter().map(|one| (one.id, one)).collect(),
            groups,
            views: views.iter().map(|(title, _)| title.clone()).collect(),
            organization,
            unread: 0,
            lacks: LACKS.into_iter().collect(),
        };
        Ok(Known::of(session, views))
    }

    async fn forms(&self, staff: bool) -> Result<Forms, Error> {
        let reader = Reader::of(staff);
        let (tickets, people, organizations, forms, statuses) = tokio::try_join!(
            self.api.all("ticket_fields", "ticket_fields"),
            self.if_there("user_fields", staff),
            self.if_there("organization_fields", staff),
            self.if_there("ticket_forms", true),
            self.if_there("custom_statuses", true),
        )?;
        let mut fields = BTreeMap::new();
        for (of, rows) in [(Holder::Ticket, tickets), (Holder::Person, people), (Holder::Organization, organizations)] {
            let read = rows.iter().filter_map(|row| field(Row(row), of));
            let seen = read.filter(|one| reader.sees(one) || one.is_system());
            fields.extend(seen.map(|one| (one.id, if staff { one } else { one.for_requesters() })));
        }
        let mut kinds: Vec<Kind> = forms.iter().zip(0..).filter_map(|(row, at)| kind(Row(row), at, staff)).collect();
        kinds.retain(|kind| staff || kind.requesters);
        if kinds.is_empty() {
            kinds.push(only_kind(&fields));
        }
        unique(&mut kinds, |kind| &mut kind.slug, |kind| kind.id.0);
        let statuses = statuses.iter().zip(0..).filter_map(|(row, at)| status(Row(row), at));
        let statuses = statuses.filter_map(|one| if staff { Some(one) } else { one.for_requesters() }).collect();
        Ok((fields, kinds, statuses))
    }

    /// A list that not every account has.
    async fn if_there(&self, name: &str, asked: bool) -> Result<Vec<Json>, Error> {
        if !asked {
            return Ok(Vec::new());
        }
        match self.api.all(name, name).await {
            Err(Error::NotFound | Error::Denied | Error::Garbled(_)) => Ok(Vec::new()),
            other => other,
        }
    }

    async fn own_organization(
        &self,
        me: i64,
        id: Option<OrganizationId>,
        staff: bool,
    ) -> Result<Option<Organization>, Error> {
        let Some(id) = id else { return Ok(None) };
        if let Some(body) = self.api.try_get(&format!("organizations/{id}")).await? {
            return Ok(person::organization(Row(&body).get("organization"), &BTreeMap::new()));
        }
        if staff {
            return Ok(None);
        }
        // End users of a real account only learn its name.
        let body = self.api.try_get(&format!("users/{me}/organization_memberships")).await?;
        let rows = body.as_deref().map(|body| Row(body).list("organization_memberships").collect::<Vec<_>>());
        let own = rows.into_iter().flatten().find(|row| row.int("organization_id") == Some(id.0));
        let name = own.map(|row| row.words("organization_name")).unwrap_or_default();
        let shared_tickets = own.and_then(|row| row.flag("view_tickets")).unwrap_or_default();
        Ok(Some(Organization { shared_tickets, ..Organization::new(id, name) }))
    }

    /// What only agents learn.
    async fn office(&self) -> Result<Office, Error> {
        let (settings, groups, views) = tokio::try_join!(
            self.api.try_get("account/settings"),
            self.api.all("groups", "groups"),
            self.api.all("views/active", "views"),
        )?;
        let base = self.api.transport().base();
        let nothing = Json::Null;
        let said = Row(settings.as_deref().unwrap_or(&nothing)).get("settings");
        let mut chosen = chosen(said);
        let there = groups.iter().map(Row).filter(|row| row.flag("deleted") != Some(true));
        let there: Vec<Row<'_>> = there.collect();
        chosen.default_group =
            there.iter().find(|row| row.flag("default") == Some(true)).and_then(|row| group_id(*row));
        let group = |row: &Row<'_>| {
            let description = row.filled("description").map(str::to_owned);
            Some(Group { description, ..Group::new(group_id(*row)?, row.words("name")) })
        };
        let mut groups: Vec<Group> = there.iter().filter_map(group).collect();
        groups.sort_by_key(|group| group.name.to_lowercase());
        let mut views: Vec<(ViewTitle, Json)> =
            views.into_iter().filter_map(|row| Some((view(Row(&row))?, row))).collect();
        unique(&mut views, |(title, _)| &mut title.slug, |(title, _)| title.id.0);
        let name = said.get("brands").filled("name").map(str::to_owned);
        let url = said.get("brands").filled("url").map_or_else(|| base.clone(), str::to_owned);
        let account = Account { name: name.unwrap_or_else(|| named_by(&base)), url: Some(url) };
        Ok(((account, chosen), groups, views))
    }
}

type Office = ((Account, Settings), Vec<Group>, Vec<(ViewTitle, Json)>);

fn group_id(row: Row<'_>) -> Option<GroupId> {
    row.int("id").map(GroupId)
}

fn usual(base: &str) -> Office {
    let account = Account { name: named_by(base), url: Some(base.to_owned()) };
    ((account, chosen(Row(&Json::Null))), Vec::new(), Vec::new())
}

/// The settings of ours that a real account has too.
fn chosen(said: Row<'_>) -> Settings {
    let usual = Settings::default();
    let (tickets, localization) = (said.get("tickets"), said.get("localization"));
    let language = localization.filled("locale").map(|tag| tag.split('-').next().unwrap_or(tag).to_owned());
    let bytes = said.get("limits").int("attachment_size").and_then(|bytes| u64::try_from(bytes).ok());
    Settings {
        private_tickets: tickets.flag("is_first_comment_private_enabled").unwrap_or(true),
        // What happens by itself is not told.
        timers: Timers { remind_after: None, end_after: None, pending_end: PendingEnd::Solved, close_after: None },
        language: language.unwrap_or(usual.language),
        attachment_bytes: bytes.filter(|bytes| *bytes > 0).unwrap_or(usual.attachment_bytes),
        people: PeopleSettings {
            time_zone: localization.filled("time_zone").map_or(usual.people.time_zone, str::to_owned),
            ..PeopleSettings::default()
        },
        ratings: said.get("active_features").flag("customer_satisfaction").unwrap_or_default(),
        removal: RemovalSettings {
            by_agents: tickets.flag("agent_ticket_deletion").unwrap_or_default(),
            ..RemovalSettings::default()
        },
        ..Settings::default()
    }
}

/// The kind of all requests, where an account has no forms: number 0 is never sent.
fn only_kind(fields: &BTreeMap<FieldId, Field>) -> Kind {
    let mut own: Vec<&Field> = fields.values().filter(|field| field.of == Holder::Ticket && field.active).collect();
    own.sort_by_key(|field| (field.position, field.id));
    let fields = own.into_iter().map(|field| field.id).collect();
    Kind { fields, default: true, ..Kind::new(KindId(0), "request") }
}

/// The first part of the host's name.
fn named_by(base: &str) -> String {
    let host = url::Url::parse(base).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    host.split('.').next().unwrap_or(&host).to_owned()
}
