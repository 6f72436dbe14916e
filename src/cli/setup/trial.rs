use super::Things;
use super::set::Given;
use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::cli::table::Table;
use crate::client::Trial;
use crate::domain::act::Deed;
use crate::domain::setup::{Item, ItemKind};
use crate::language::args;
use crate::report::Failure;
use crate::wire;
use crate::words::{self, Known};
use clap::Args;
use serde_json::json;

/// What something would do, tried on the last thousand tickets. Nothing is written.
#[derive(Args, Debug)]
pub struct Try {
    #[command(flatten)]
    given: Given,
}

impl Try {
    pub(super) async fn run(self, cx: &mut Context, account: &Account, things: &Things) -> Result<(), Failure> {
        let item = if self.given.says_something() {
            let meant = self.given.meant(cx, account, things).await?;
            // What could not be saved would say nothing.
            account.client.check(Deed::SetItem(Box::new(meant.item.clone()))).await?;
            meant.item
        } else {
            self.given.named(cx, things)?.clone()
        };
        let trial = account.client.try_item(item.clone()).await?;
        told(cx, account, &item, &trial)
    }
}

fn told(cx: &mut Context, account: &Account, item: &Item, trial: &Trial) -> Result<(), Failure> {
    let is_view = item.kind() == ItemKind::View;
    if cx.out.is_json() {
        let rows: Vec<_> = trial
            .rows
            .iter()
            .map(|row| wire::Concerned::of(row.ticket, &row.subject, Some(row.at), &row.events, &account.place))
            .collect();
        let object = json!({
            "type": item.kind().name(),
            "name": item.name(),
            "looked_at": trial.looked_at,
            "concerned": trial.concerned,
            "tickets": super::super::output::json(rows)?,
        });
        return cx.out.object("trial", object);
    }
    let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let args = args![sort = item.kind().name(), count = count(trial.concerned), of = count(trial.looked_at)];
    let text = cx.say("try-count", args);
    cx.out.done(&text, &trial.concerned.to_string())?;
    let mut keys = vec!["cli-ticket", "field-subject"];
    if !is_view {
        keys.push("try-would");
    }
    let mut table = Table::new(&cx.headings(&keys), keys.len() - 1).number(0);
    let known = Known::new(&account.session, &trial.names, cx.around.present.zone);
    for row in &trial.rows {
        let would: Vec<String> = row.events.iter().map(|event| words::would(&cx.words, event, known)).collect();
        let mut cells = vec![row.ticket.to_string(), row.subject.clone()];
        cells.extend((!is_view).then(|| would.join("; ")));
        table.row(&cells);
    }
    if !trial.rows.is_empty() {
        cx.out.table(&table)?;
    }
    let dry = cx.word("try-dry");
    cx.out.note(&dry);
    Ok(())
}
