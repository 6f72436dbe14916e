use super::context::Context;
use super::pages;
use super::read;
use super::table::Table;
use crate::client::{Page, Ran};
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

/// Page by page: what is done or would be is printed before the next is looked at.
async fn run(cx: &mut Context, at: Option<Timestamp>, dry_run: bool) -> Result<(), Failure> {
    let account = cx.account().await?;
    let mut page = account.client.run_timers(at, dry_run, None).await?;
    let mut listing = if cx.out.is_json() { Some(cx.out.listing("ran")?) } else { None };
    let mut nothing = true;
    loop {
        nothing &= page.rows.is_empty();
        match &mut listing {
            Some(listing) => {
                let run =
                    |one: &Ran| wire::Run::of(one.ticket, &one.rule.title, one.due_at, &one.events, &account.place);
                cx.out.listed(listing, page.rows.iter().map(run).collect::<Vec<_>>())?;
            }
            None if page.rows.is_empty() => {}
            None => cx.ran(&page, dry_run)?,
        }
        let Some(next) = page.next else { break };
        page = account.client.run_timers(at, dry_run, Some(next)).await?;
    }
    match listing {
        Some(listing) => cx.out.end(&listing, Map::from_iter([("dry_run".to_owned(), Value::Bool(dry_run))])),
        None if nothing => cx.rows(&Table::new(&[], 0), true, false),
        None => Ok(()),
    }
}

impl Context {
    fn ran(&mut self, page: &Page<Ran>, dry_run: bool) -> Result<(), Failure> {
        let does = if dry_run { "try-would" } else { "cli-did" };
        let mut table = Table::new(&self.headings(&["cli-ticket", "cli-automation", does, "field-due"]), 1).number(0);
        for one in &page.rows {
            let said = |event| {
                if dry_run {
                    words::would(&self.words, event, &page.names)
                } else {
                    words::event(&self.words, event, &page.names)
                }
            };
            let did: Vec<String> = one.events.iter().map(said).collect();
            let due = self.time(one.due_at);
            table.row(&[one.ticket.to_string(), one.rule.title.clone(), self.words.list(&did), due]);
        }
        self.out.table(&table)
    }
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
