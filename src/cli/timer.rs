use super::context::Context;
use super::pages;
use super::read;
use super::table::Table;
use crate::domain::time::{Span, Timestamp};
use crate::report::Failure;
use crate::{wire, words};
use clap::Subcommand;
use serde_json::{Map, Value};

/// What happens to tickets by itself: reminders, ends, closings.
#[derive(Debug, Subcommand)]
pub enum Timer {
    /// Do what is due
    Run {
        /// As if it were then: 2030-01-01T00:00:00Z
        #[arg(long, value_name = "TIME", value_parser = read::time)]
        at: Option<Timestamp>,
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// List what is coming
    Forecast {
        /// Until when; 7 days from now when not given
        #[arg(long, value_name = "TIME", value_parser = read::time)]
        until: Option<Timestamp>,
        /// How many at most
        #[arg(long, value_name = "N", default_value_t = 100)]
        limit: u32,
    },
}

impl Timer {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Run { at, dry_run } => run(cx, at, dry_run).await,
            Self::Forecast { until, limit } => forecast(cx, until, limit).await,
        }
    }
}

async fn run(cx: &mut Context, at: Option<Timestamp>, dry_run: bool) -> Result<(), Failure> {
    let account = cx.account().await?;
    let ran = account.client.run_timers(at, dry_run).await?;
    if cx.out.is_json() {
        let place = &account.place;
        let runs: Vec<_> = ran
            .rows
            .iter()
            .map(|one| wire::Run::of(one.ticket, &one.rule.title, one.due_at, &one.events, place))
            .collect();
        return cx.out.list("ran", runs, Map::from_iter([("dry_run".to_owned(), Value::Bool(dry_run))]));
    }
    let mut table = Table::new(&cx.headings(&["cli-ticket", "cli-automation", "cli-did", "field-due"]), 1);
    for one in &ran.rows {
        let did: Vec<String> = one.events.iter().map(|event| words::event(&cx.words, event, &ran.names)).collect();
        let rows = [one.ticket.to_string(), one.rule.title.clone(), cx.words.list(&did), cx.time(one.due_at)];
        table.row(&rows);
    }
    cx.rows(&table.number(0), ran.rows.is_empty(), false)
}

async fn forecast(cx: &mut Context, until: Option<Timestamp>, limit: u32) -> Result<(), Failure> {
    let account = cx.account().await?;
    let until = until.unwrap_or(Timestamp(cx.around.present.now) + Span::days(7));
    let coming = account.client.forecast(until, limit).await?;
    if cx.out.is_json() {
        let rows: Vec<_> = coming.iter().map(|one| wire::Forecast::of(one.ticket, &one.subject, &one.due)).collect();
        return cx.out.list("due", rows, pages::meta(None)?);
    }
    let mut table =
        Table::new(&cx.headings(&["cli-ticket", "field-subject", "cli-automation", "field-due"]), 1).number(0);
    for one in &coming {
        let when = cx.words.age(one.due.at.0, &cx.around.present);
        table.row(&[one.ticket.to_string(), one.subject.clone(), one.due.slug.clone(), when]);
    }
    cx.rows(&table, coming.is_empty(), false)
}
