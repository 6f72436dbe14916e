//! Lists in pages, as many as were asked for.

use super::account::Account;
use crate::client::{Cursor, ListAsk, Page, Source};
use crate::domain::ticket::{Request, Ticket};
use crate::domain::view::{Sort, SortKey};
use crate::report::Failure;
use crate::wire::Meta;
use clap::Args;
use serde_json::{Map, Value};

/// The most rows of one page.
const PAGE: u32 = 100;

/// How much of a list.
#[derive(Args, Clone, Debug)]
pub struct Part {
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = PAGE, value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// Where the list before ended: its `meta.after_cursor`
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
}

/// In which order.
#[derive(Args, Clone, Debug)]
pub struct Order {
    /// The order: updated, created, status or priority, with - before it the largest first
    #[arg(long, value_name = "KEY", value_parser = sort, allow_hyphen_values = true)]
    pub sort: Option<Sort>,
}

fn sort(text: &str) -> Result<Sort, String> {
    let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
    let known = || SortKey::ALL.map(SortKey::name).join(", ");
    SortKey::parse(name).map(|by| Sort { by, descending }).ok_or_else(|| format!("an order is one of {}", known()))
}

/// Tickets, page after page.
pub async fn tickets(account: &Account, mut ask: ListAsk, part: &Part) -> Result<Page<Ticket>, Failure> {
    part.begin(&mut ask);
    let mut all = account.client.tickets(ask.clone()).await?;
    while part.go_on(&mut ask, &all) {
        add(&mut all, account.client.tickets(ask.clone()).await?);
    }
    Ok(all)
}

/// Requests, page after page.
pub async fn requests(account: &Account, mut ask: ListAsk, part: &Part) -> Result<Page<Request>, Failure> {
    part.begin(&mut ask);
    let mut all = account.client.requests(ask.clone()).await?;
    while part.go_on(&mut ask, &all) {
        add(&mut all, account.client.requests(ask.clone()).await?);
    }
    Ok(all)
}

impl Part {
    fn begin(&self, ask: &mut ListAsk) {
        ask.after = self.after.clone().map(Cursor);
        ask.limit = self.limit.min(PAGE);
    }

    /// Whether another page is wanted, and asks for it.
    fn go_on<T>(&self, ask: &mut ListAsk, so_far: &Page<T>) -> bool {
        let have = u32::try_from(so_far.rows.len()).unwrap_or(u32::MAX);
        ask.limit = self.limit.saturating_sub(have).min(PAGE);
        ask.after.clone_from(&so_far.next);
        ask.limit > 0 && ask.after.is_some()
    }
}

/// A list's first question; the order and what narrows it are the caller's.
pub fn ask(source: Source, sort: Option<Sort>, narrow: Option<String>) -> ListAsk {
    ListAsk { sort, narrow, limit: PAGE, ..ListAsk::first(source) }
}

fn add<T>(all: &mut Page<T>, page: Page<T>) {
    all.rows.extend(page.rows);
    all.names.people.extend(page.names.people);
    all.names.organizations.extend(page.names.organizations);
    all.next = page.next;
}

/// `meta` beside the rows of a list.
pub fn meta(next: Option<&Cursor>) -> Result<Map<String, Value>, Failure> {
    let meta = Meta::after(next.map(|cursor| cursor.0.clone()));
    Ok(Map::from_iter([("meta".to_owned(), super::output::json(meta)?)]))
}
