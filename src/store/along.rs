//! Stores from before there was a set-up come along: they get that of a new account, with their own waits. Those from before
//! it had translations get them, as far as nobody has changed what is translated; and what fields of people hold becomes
//! rows by which tickets are found.

use super::Store;
use super::account::{pending_end, setting};
use super::dialect::{Batch, Conn, Dialect, Rows, read_row};
use super::fault::Fault;
use super::field::read_fields;
use super::found::ITEMS_GO_ON;
use super::person;
use super::setup::{self, ItemRow};
use super::ticket::damaged;
use super::writer::Job;
use crate::domain::account::{Kind, PendingEnd, Timers};
use crate::domain::field::{Field, Value};
use crate::domain::id::{FieldId, OrganizationId, PersonId};
use crate::domain::notice::NoticeText;
use crate::domain::rule::{Action, Automation};
use crate::domain::setup::Item;
use crate::domain::status::Status;
use crate::domain::time::{Span, Timestamp};
use serde_json::Value as Json;
use sqlx::Row;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The last time that what new accounts get became something that others get too: 1 brought translations, 2 tickets found
/// by the fields of people.
pub(super) const STOCK: i64 = 2;

struct StateRow {
    settings: String,
    items: i64,
    stock: i64,
    created: Timestamp,
}

read_row!(StateRow, |row| Ok(Self {
    settings: row.try_get(0)?,
    items: row.try_get(1)?,
    stock: row.try_get(2)?,
    created: Timestamp(row.try_get(3)?)
}));

const STATE: &str = "SELECT settings, (SELECT count(*) FROM items), stock, created_at FROM account";

impl Store {
    /// Gives an account without any set-up that of a new one, and an older one the translations that it lacks.
    pub(super) async fn bring_along(&self) -> Result<(), Fault> {
        let mut ask = Batch::default();
        ask.push(STATE, Vec::new());
        if state(&self.read(ask).await?)?.is_none() {
            return Ok(());
        }
        let job: Job<()> = Arc::new(|conn: &mut Conn<'_>| Box::pin(async move { Ok(bring(conn).await?) }));
        self.inner.writer.write(job).await.map_err(|error| match error {
            super::Error::Fault(fault) => fault,
            other => Fault::new(super::FaultKind::Other, other.to_string()),
        })
    }
}

/// Of an account that lacks something; none of any other.
fn state(rows: &[Rows]) -> Result<Option<StateRow>, Fault> {
    let row: Option<StateRow> = rows.first().map(Rows::first).transpose()?.flatten();
    Ok(row.filter(|row| row.items == 0 || row.stock < STOCK))
}

async fn bring(conn: &mut Conn<'_>) -> Result<(), Fault> {
    let mut ask = Batch::default();
    let lock = if conn.dialect() == Dialect::Pg { " FOR UPDATE" } else { "" };
    ask.push(format!("{STATE}{lock}"), Vec::new());
    // Somebody else may have done it meanwhile.
    let Some(row) = state(&ask.rows(conn).await?)? else { return Ok(()) };
    let mut batch = Batch::default();
    if row.items == 0 {
        // Waits that cannot be read are not those of a new account.
        let settings: Json = serde_json::from_str(&row.settings).map_err(|error| damaged(&error.to_string()))?;
        for item in setup::stock()? {
            setup::push_set(&mut batch, &as_it_was(item, &settings)?, row.created);
        }
        if conn.dialect() == Dialect::Pg {
            batch.push(ITEMS_GO_ON, Vec::new());
        }
        batch.push("UPDATE account SET looked_at_until = 0", Vec::new());
    } else if row.stock < 1 {
        let mut ask = Batch::default();
        setup::push_all(&mut ask, true);
        let rows = ask.rows(conn).await?;
        let known: Vec<ItemRow> = rows.first().map(Rows::read).transpose()?.unwrap_or_default();
        let stock = setup::stock()?;
        for item in known.into_iter().filter_map(|ItemRow(item)| translated(item, &stock)) {
            setup::push_set(&mut batch, &item, row.created);
        }
    }
    if row.stock < 2 {
        found_by_fields(conn, &mut batch).await?;
    }
    batch.push("UPDATE account SET revision = revision + 1, stock = $1", vec![STOCK.into()]);
    batch.run(conn).await
}

/// Keeps what fields of people and organizations hold as rows.
async fn found_by_fields(conn: &mut Conn<'_>, batch: &mut Batch) -> Result<(), Fault> {
    let mut ask = Batch::default();
    ask.push("SELECT id, fields FROM people WHERE fields <> '{}'", Vec::new());
    ask.push("SELECT id, fields FROM organizations WHERE fields <> '{}'", Vec::new());
    let rows = ask.rows(conn).await?;
    let read = |at: usize| -> Result<Vec<FieldsRow>, Fault> {
        Ok(rows.get(at).map(Rows::read).transpose()?.unwrap_or_default())
    };
    for FieldsRow(id, fields) in read(0)? {
        person::keep_fields(batch, PersonId(id), &fields);
    }
    for FieldsRow(id, fields) in read(1)? {
        person::keep_organization_fields(batch, OrganizationId(id), &fields);
    }
    Ok(())
}

struct FieldsRow(i64, BTreeMap<FieldId, Value>);

read_row!(FieldsRow, |row| Ok(Self(row.try_get(0)?, read_fields(row.try_get(1)?)?)));

/// What kinds said of themselves before it was translated.
const EARLIER: [(&str, &str); 4] = [
    (
        "critical",
        "Urgent: many customers are hit and there is no workaround. An infrastructure outage, failing payments, rentals \
         that are impossible, grave slowness.",
    ),
    ("feature", "A new function that you would like, or feedback on the product."),
    ("hardware", "Any problem with hardware."),
    ("software", "Any problem with software."),
];

/// With the translations of a new account, where it says nothing but what a new account's does.
fn translated(item: Item, stock: &[Item]) -> Option<Item> {
    let now = stock.iter().find(|one| one.kind() == item.kind() && one.name() == item.name())?;
    match (item, now) {
        (Item::Kind(was), Item::Kind(now)) => {
            let earlier = EARLIER.contains(&(was.slug.as_str(), was.guidance.as_str()));
            let same = was.name == now.name && was.translations.is_empty() && (earlier || was.guidance == now.guidance);
            let (guidance, translations) = (now.guidance.clone(), now.translations.clone());
            same.then(|| Item::Kind(Kind { guidance, translations, ..was }))
        }
        (Item::Field(was), Item::Field(now)) => {
            let own = was.requester_title.is_some() || !was.description.is_empty() || !was.translations.is_empty();
            let same = was.is_system() && was.title == now.title && !own;
            same.then(|| Item::Field(Field { translations: now.translations.clone(), ..was }))
        }
        (Item::Text(was), Item::Text(now)) => {
            let english = now.bodies.get("en");
            let same = was.bodies.len() == 1 && english.is_some() && was.bodies.get("en") == english;
            same.then(|| Item::Text(NoticeText { bodies: now.bodies.clone(), ..was }))
        }
        _ => None,
    }
}

/// What happened by itself stood in the settings.
fn as_it_was(item: Item, settings: &Json) -> sqlx::Result<Item> {
    let Item::Automation(mut rule) = item else { return Ok(item) };
    let waits = [(Timers::REMIND, "remind_after"), (Timers::END, "end_after"), (Timers::CLOSE, "close_after")];
    if let Some((_, name)) = waits.into_iter().find(|(slug, _)| *slug == rule.slug) {
        match setting(settings, name, Json::as_i64)? {
            Some(wait) => rule.when = rule.when.waiting(Span(wait)),
            // Never, where it says so.
            None => rule.active &= settings.get(name).is_none(),
        }
    }
    let end = setting(settings, "pending_end", |json| pending_end(json.as_str()?))?;
    if rule.slug == Timers::END && end == Some(PendingEnd::Solved) {
        solve(&mut rule);
    }
    Ok(Item::Automation(rule))
}

fn solve(rule: &mut Automation) {
    for action in &mut rule.then {
        if matches!(action, Action::Status(_)) {
            *action = Action::Status(Status::Solved);
        }
    }
}
