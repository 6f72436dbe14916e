//! Making the store, from nothing to the last ticket with its comments, events and index.

use crate::table::Table;
use guichet::demo::{Plan, Which};
use guichet::domain::time::Timestamp;
use std::path::Path;
use std::time::Instant;

pub async fn make(path: &Path, tickets: u64, now: Timestamp, table: &mut Table) {
    let plan = Plan::new(Which::VeloMetropole, 7, tickets, now);
    let began = Instant::now();
    let tell = |made: u64| {
        if made.is_multiple_of(100_000) {
            eprintln(made);
        }
    };
    let url = format!("sqlite:{}", path.display());
    guichet::demo::make(&url, &plan, now, &tell).await.expect("the store is made");
    let rate = f64::from(u32::try_from(tickets).unwrap_or(u32::MAX)) / began.elapsed().as_secs_f64();
    table.add("making the store", format!("{rate:.0} tickets a second"), "at least 10,000", rate >= 10_000.0);
}

fn eprintln(made: u64) {
    use std::io::Write;
    writeln!(std::io::stderr(), "{made} tickets made").ok();
}
