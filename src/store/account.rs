//! The account's own row: its settings, and what everybody in it may know.

use super::dialect::{Batch, Rows, read_row};
use super::fault::{Fault, FaultKind};
use super::person::{GroupRow, PersonRow, person_columns};
use super::setup::ItemRow;
use super::ticket::{damaged, link};
use crate::domain::account::{Account, Dated, Group, Moments, OnHold, PendingEnd, Settings, Timers};
use crate::domain::condition::Around;
use crate::domain::history::Link;
use crate::domain::id::{GroupId, PersonId};
use crate::domain::life::{PeopleSettings, SignUp};
use crate::domain::person::Person;
use crate::domain::removal::RemovalSettings;
use crate::domain::setup::{ItemKey, ItemKind, Setup};
use crate::domain::time::{Span, Timestamp};
use serde_json::{Value as Json, json};
use sqlx::Row;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What changes so seldom that it is kept in memory until the account's revision is another.
#[derive(Clone, Debug)]
pub(crate) struct Common {
    /// Which revision this is.
    pub(crate) revision: i64,
    /// An unguessable name of the account, for what is kept elsewhere on its behalf.
    pub(crate) identity: String,
    pub(crate) account: Account,
    pub(crate) settings: Settings,
    /// Kinds, fields, statuses and rules.
    pub(crate) setup: Arc<Setup>,
    pub(crate) groups: BTreeMap<GroupId, Group>,
    /// When groups and things of the set-up came to be and were different last.
    pub(crate) moments: BTreeMap<Dated, Moments>,
    /// Everybody who works tickets, and whom rules name.
    pub(crate) staff: Arc<BTreeMap<PersonId, Person>>,
    /// What of it conditions look at.
    pub(crate) around: Arc<Around>,
}

/// The columns of an [`AccountRow`].
macro_rules! account_columns {
    () => {
        "identity, name, url, settings, revision"
    };
}

/// A row of `SELECT account_columns!() FROM account`.
pub(crate) struct AccountRow {
    pub(crate) identity: String,
    pub(crate) account: Account,
    pub(crate) settings: Settings,
    pub(crate) revision: i64,
}

read_row!(AccountRow, |row| Ok(Self {
    identity: row.try_get(0)?,
    account: Account { name: row.try_get(1)?, url: row.try_get(2)? },
    settings: read_settings(row.try_get(3)?)?,
    revision: row.try_get(4)?,
}));

/// A row of `SELECT revision, link, version FROM account`.
pub(super) struct AccountHead {
    pub(super) revision: i64,
    pub(super) link: Link,
    pub(super) version: i64,
}

read_row!(AccountHead, |row| Ok(Self {
    revision: row.try_get(0)?,
    link: link(row.try_get(1)?)?,
    version: row.try_get(2)?,
}));

/// The statements that read everything of a [`Common`].
pub(super) fn common_batch() -> Batch {
    let mut batch = Batch::default();
    batch.push(concat!("SELECT ", account_columns!(), " FROM account"), Vec::new());
    super::setup::push_common(&mut batch);
    batch.push("SELECT id, name, description FROM agent_groups ORDER BY folded", Vec::new());
    // Not with OR, for which SQLite would look at everybody.
    batch.push(
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM people p WHERE p.id IN \
              (SELECT id FROM people WHERE role > 0 UNION SELECT person_id FROM item_people)"
        ),
        Vec::new(),
    );
    batch.push(
        "SELECT kind, id, created_at, updated_at FROM items \
         UNION ALL SELECT 'group', id, created_at, updated_at FROM agent_groups",
        Vec::new(),
    );
    batch
}

/// A row of what says when something came to be and was different last; none of what only a newer program knows.
struct MomentsRow(Option<(Dated, Moments)>);

read_row!(MomentsRow, |row| {
    let (kind, id): (&str, i64) = (row.try_get(0)?, row.try_get(1)?);
    let moments = Moments { created: Timestamp(row.try_get(2)?), updated: Timestamp(row.try_get(3)?) };
    let dated = match kind {
        "group" => Some(Dated::Group(GroupId(id))),
        kind => ItemKind::parse(kind).map(|kind| Dated::Item(ItemKey { kind, id })),
    };
    Ok(Self(dated.map(|dated| (dated, moments))))
});

/// What the statements of [`common_batch`] gave.
pub(super) fn read_common(rows: &[Rows]) -> Result<Common, Fault> {
    let [account, items, groups, staff, moments] = rows else {
        return Err(Fault::new(FaultKind::Other, "not five answers"));
    };
    let missing = || Fault::new(FaultKind::Missing, "no account in it");
    let AccountRow { identity, account, settings, revision, .. } = account.first()?.ok_or_else(missing)?;
    let items: Vec<ItemRow> = items.read()?;
    let groups: Vec<GroupRow> = groups.read()?;
    let staff: Vec<PersonRow> = staff.read()?;
    let moments: Vec<MomentsRow> = moments.read()?;
    let setup = Setup::of(items.into_iter().map(|row| row.0));
    let settings = Settings { timers: Timers::of(&setup), ..settings };
    let around = Around { language: settings.language.clone(), schedules: setup.schedules.clone() };
    Ok(Common {
        around: Arc::new(around),
        revision,
        identity,
        account,
        settings,
        setup: Arc::new(setup),
        groups: groups.into_iter().map(|row| (row.0.id, row.0)).collect(),
        moments: moments.into_iter().filter_map(|row| row.0).collect(),
        staff: Arc::new(staff.into_iter().map(|row| (row.0.id, row.0)).collect()),
    })
}

/// The settings as they are kept. The names are a format: they stay.
pub(super) fn write_settings(settings: &Settings) -> String {
    json!({
        "private_tickets": settings.private_tickets,
        "portal_on_hold": on_hold_name(settings.portal_on_hold),
        "default_group": settings.default_group.map(|id| id.0),
        "language": settings.language,
        "attachment_bytes": settings.attachment_bytes,
        "sign_up": settings.people.sign_up.name(),
        "link_expires": settings.people.link_expires.0,
        "retention_days": settings.people.retention_days,
        "time_zone": settings.people.time_zone,
        "mail_tickets": settings.mail_tickets,
        "anonymous_requests": settings.anonymous_requests,
        "notices_per_hour": settings.notices_per_hour,
        "ratings": settings.ratings,
        "webhook_hosts": settings.webhook_hosts.texts(),
        "agent_ticket_deletion": settings.removal.by_agents,
        "purge_days": settings.removal.purge_days,
    })
    .to_string()
}

/// Settings that an older version did not know have their usual value.
fn read_settings(text: &str) -> sqlx::Result<Settings> {
    let json: Json = serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))?;
    let usual = Settings::default();
    Ok(Settings {
        private_tickets: setting(&json, "private_tickets", Json::as_bool)?.unwrap_or(usual.private_tickets),
        portal_on_hold: setting(&json, "portal_on_hold", |json| on_hold(json.as_str()?))?
            .unwrap_or(usual.portal_on_hold),
        timers: usual.timers,
        default_group: setting(&json, "default_group", Json::as_i64)?.map(GroupId),
        language: setting(&json, "language", owned)?.unwrap_or(usual.language),
        attachment_bytes: setting(&json, "attachment_bytes", Json::as_u64)?.unwrap_or(usual.attachment_bytes),
        people: read_people(&json, usual.people)?,
        mail_tickets: setting(&json, "mail_tickets", Json::as_bool)?.unwrap_or(usual.mail_tickets),
        anonymous_requests: setting(&json, "anonymous_requests", Json::as_bool)?.unwrap_or(usual.anonymous_requests),
        notices_per_hour: setting(&json, "notices_per_hour", small)?.unwrap_or(usual.notices_per_hour),
        ratings: setting(&json, "ratings", Json::as_bool)?.unwrap_or(usual.ratings),
        webhook_hosts: setting(&json, "webhook_hosts", super::event::hosts)?.unwrap_or(usual.webhook_hosts),
        removal: RemovalSettings {
            by_agents: setting(&json, "agent_ticket_deletion", Json::as_bool)?.unwrap_or(usual.removal.by_agents),
            purge_days: setting(&json, "purge_days", small)?.unwrap_or(usual.removal.purge_days),
        },
    })
}

fn read_people(json: &Json, usual: PeopleSettings) -> sqlx::Result<PeopleSettings> {
    Ok(PeopleSettings {
        sign_up: setting(json, "sign_up", |json| SignUp::parse(json.as_str()?))?.unwrap_or(usual.sign_up),
        link_expires: setting(json, "link_expires", Json::as_i64)?.map_or(usual.link_expires, Span),
        retention_days: setting(json, "retention_days", small)?,
        time_zone: setting(json, "time_zone", owned)?.unwrap_or(usual.time_zone),
    })
}

/// What a setting says; none where older stores have none. One that cannot be read is no reason to take another.
pub(super) fn setting<T>(all: &Json, name: &str, read: impl FnOnce(&Json) -> Option<T>) -> sqlx::Result<Option<T>> {
    match all.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(json) => read(json).map(Some).ok_or_else(|| damaged(&format!("the setting {name} cannot be read"))),
    }
}

fn owned(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

fn small(json: &Json) -> Option<u32> {
    u32::try_from(json.as_u64()?).ok()
}

pub(super) const fn on_hold_name(shown: OnHold) -> &'static str {
    match shown {
        OnHold::Show => "show",
        OnHold::AsOpen => "as_open",
    }
}

pub(super) fn on_hold(name: &str) -> Option<OnHold> {
    [OnHold::Show, OnHold::AsOpen].into_iter().find(|one| on_hold_name(*one) == name)
}

pub(super) const fn pending_end_name(end: PendingEnd) -> &'static str {
    match end {
        PendingEnd::Closed => "closed",
        PendingEnd::Solved => "solved",
    }
}

pub(super) fn pending_end(name: &str) -> Option<PendingEnd> {
    [PendingEnd::Closed, PendingEnd::Solved].into_iter().find(|one| pending_end_name(*one) == name)
}
