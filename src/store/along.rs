//! Stores from before there was a set-up come along: they get that of a new account, with their own waits.

use super::Store;
use super::dialect::{Batch, Conn, Dialect, Rows, read_row};
use super::fault::Fault;
use super::found::ITEMS_GO_ON;
use super::setup;
use super::writer::Job;
use crate::domain::account::Timers;
use crate::domain::rule::{Action, Automation};
use crate::domain::setup::Item;
use crate::domain::status::Status;
use crate::domain::time::Span;
use serde_json::Value as Json;
use sqlx::Row;
use std::sync::Arc;

struct StateRow {
    settings: String,
    items: i64,
}

read_row!(StateRow, |row| Ok(Self { settings: row.try_get(0)?, items: row.try_get(1)? }));

const STATE: &str = "SELECT settings, (SELECT count(*) FROM items) FROM account";

impl Store {
    /// Gives an account without any set-up that of a new one.
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

/// The settings of an account that has no set-up yet; none of any other.
fn state(rows: &[Rows]) -> Result<Option<String>, Fault> {
    let row: Option<StateRow> = rows.first().map(Rows::first).transpose()?.flatten();
    Ok(row.filter(|row| row.items == 0).map(|row| row.settings))
}

async fn bring(conn: &mut Conn<'_>) -> Result<(), Fault> {
    let mut ask = Batch::default();
    let lock = if conn.dialect() == Dialect::Pg { " FOR UPDATE" } else { "" };
    ask.push(format!("{STATE}{lock}"), Vec::new());
    // Somebody else may have done it meanwhile.
    let Some(settings) = state(&ask.rows(conn).await?)? else { return Ok(()) };
    let settings: Json = serde_json::from_str(&settings).unwrap_or_default();
    let mut batch = Batch::default();
    for item in setup::stock()? {
        setup::push_set(&mut batch, &as_it_was(item, &settings));
    }
    if conn.dialect() == Dialect::Pg {
        batch.push(ITEMS_GO_ON, Vec::new());
    }
    batch.push("UPDATE account SET revision = revision + 1, looked_at_until = 0", Vec::new());
    batch.run(conn).await
}

/// What happened by itself stood in the settings.
fn as_it_was(item: Item, settings: &Json) -> Item {
    let Item::Automation(mut rule) = item else { return item };
    let waits = [(Timers::REMIND, "remind_after"), (Timers::END, "end_after"), (Timers::CLOSE, "close_after")];
    let setting = waits.into_iter().find(|(slug, _)| *slug == rule.slug).and_then(|(_, name)| settings.get(name));
    match setting.map(Json::as_i64) {
        Some(Some(wait)) => rule.when = rule.when.waiting(Span(wait)),
        Some(None) => rule.active = false,
        None => {}
    }
    if rule.slug == Timers::END && settings["pending_end"] == "solved" {
        solve(&mut rule);
    }
    Item::Automation(rule)
}

fn solve(rule: &mut Automation) {
    for action in &mut rule.then {
        if matches!(action, Action::Status(_)) {
            *action = Action::Status(Status::Solved);
        }
    }
}
