//! Tickets from other systems' files. A format only reads: it yields [`record::Record`]s or faults with a line number.
//! What a record means for the account is `resolve`'s, and every ticket goes through the one door as
//! `Deed::ImportTicket` under a key made from its format and number, so that running an import again doubles nothing.

/// Comma-separated values with a mapping.
pub mod csv;
/// GitHub's JSON of issues with comments.
pub mod github;
/// JSON with a mapping.
pub mod json;
/// Which column means what.
pub mod map;
/// A ticket as a file has it.
pub mod record;
mod resolve;
mod row;
/// Reading moments in the forms that exports use.
pub mod when;
/// The table files of a Zendesk export.
pub mod zendesk;

use crate::client::{Client, Error, Key};
use crate::domain::act::Deed;
use crate::domain::case::TicketType;
use crate::domain::id::TicketId;
use futures::StreamExt;
use record::Record;
use resolve::Resolver;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, Ordering};

/// How many tickets are on their way to the store at once: one commit takes them together.
const AT_ONCE: usize = 32;

/// What is to be imported.
pub struct Input {
    /// The format's name; part of every ticket's key.
    pub format: &'static str,
    /// Which of several systems it comes from, whose numbers mean different things; part of every key too.
    pub source: Option<String>,
    /// The records in the order of the file, each with its line, or why a line is none.
    pub records: Vec<Result<Record, Fault>>,
}

/// A row that was not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name when there are several.
    pub file: String,
    /// The line in the file, from 1; for JSON the place in the list.
    pub line: u64,
    /// Why.
    pub why: Why,
}

/// Why a row was not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is not UTF-8; the column.
    NotText(String),
    /// It cannot be read in its format; the reader's own words.
    Unreadable(String),
    /// A needed value is missing; which.
    Missing(&'static str),
    /// What it belongs to, by its number in the other system, is not among what is imported.
    NoTicket(String),
    /// A value makes no sense: which, what.
    BadValue(&'static str, String),
    /// It was imported before, with another content, and stays as it was.
    Changed,
    /// The account refused it.
    Refused(Error),
}

/// What stands against a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The mapping is wrong: the TOML reader's own words.
    Map(String),
    /// The mapping names columns that the file does not have.
    Columns {
        /// Those.
        missing: String,
        /// The ones it has.
        present: String,
    },
    /// It cannot be read in its format: the reader's own words.
    Unreadable(String),
    /// JSON without a list of objects.
    NoList,
    /// None of the files holds tickets.
    NoTickets,
}

/// How an import goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows in all.
    pub total: u64,
    /// Tickets made.
    pub made: u64,
    /// Tickets that an earlier run had made.
    pub known: u64,
    /// Rows that were refused.
    pub refused: u64,
}

impl Progress {
    /// Rows that need no more work.
    pub const fn done(&self) -> u64 {
        self.made + self.known + self.refused
    }
}

/// How an import ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The numbers.
    pub progress: Progress,
    /// Values that were left out of rows that were taken over.
    pub left_out: Vec<Fault>,
    /// Every refused row, in the order of the file.
    pub faults: Vec<Fault>,
    /// How many agents were made. They begin suspended, until an admin lets them in.
    pub suspended: u64,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

/// Imports everything that can be, tells how it goes on, and stops between two tickets when asked to.
///
/// # Errors
/// Only what stands against the whole import: the account cannot be reached, or takes no writes. A refused row is in
/// the report.
pub async fn run(
    client: &dyn Client,
    input: Input,
    tell: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<Report, Error> {
    let mut progress = Progress { total: input.records.len() as u64, ..Progress::default() };
    let mut resolver = Resolver::load(client, &input).await?;
    let scope = resolver.scope.clone();
    let mut faults = Vec::new();
    let mut batches = batches(input.records).into_iter();
    loop {
        let batch = batches.next().unwrap_or_default();
        if batch.is_empty() || stop.load(Ordering::Relaxed) {
            faults.sort_by_key(|fault: &Fault| (fault.file.clone(), fault.line));
            let stopped = !batch.is_empty();
            let Resolver { left_out, suspended, .. } = resolver;
            return Ok(Report { progress, left_out, faults, suspended, stopped });
        }
        let mut ready = Vec::with_capacity(batch.len());
        for row in batch {
            match resolver.ticket(client, row).await {
                Ok(one) => ready.push(one),
                Err(resolve::Stop::Row(fault)) => faults.push(fault),
                Err(resolve::Stop::All(error)) => return Err(error),
            }
        }
        let sent = futures::stream::iter(ready.into_iter().map(|one| send(client, &scope, one)));
        let answers: Vec<_> = sent.buffer_unordered(AT_ONCE).collect().await;
        for answer in answers {
            match answer {
                Ok(sent) => {
                    let count = if sent.repeated { &mut progress.known } else { &mut progress.made };
                    *count += 1;
                    resolver.problems.extend(sent.problem);
                }
                Err(Stopped::Row(fault)) => faults.push(fault),
                Err(Stopped::All(error)) => return Err(error),
            }
        }
        progress.refused = faults.len() as u64;
        tell(progress);
    }
}

/// Some rows at once, those that are problems before the others, which may name them.
fn batches(rows: Vec<Result<record::Record, Fault>>) -> Vec<Vec<Result<record::Record, Fault>>> {
    let is_problem = |row: &Result<record::Record, Fault>| {
        row.as_ref().is_ok_and(|record| record.ticket_type == Some(TicketType::Problem))
    };
    let (problems, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_problem);
    let mut batches = Vec::new();
    for rows in [problems, others] {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            batches.push(rows.by_ref().take(AT_ONCE).collect());
        }
    }
    batches
}

/// What became of a ticket that was sent.
struct Sent {
    /// Whether it was there already.
    repeated: bool,
    /// Its number there and here, if it is a problem.
    problem: Option<(String, TicketId)>,
}

enum Stopped {
    Row(Fault),
    All(Error),
}

/// Sends a ticket.
async fn send(client: &dyn Client, scope: &str, ready: resolve::Ready) -> Result<Sent, Stopped> {
    let key = key(scope, "ticket", &ready.identity);
    let is_problem = ready.ticket.ticket_type == Some(TicketType::Problem);
    let there = ready.ticket.external_id.clone().filter(|_| is_problem);
    match client.act(key, Deed::ImportTicket(Box::new(ready.ticket))).await {
        Ok(receipt) => Ok(Sent { repeated: receipt.repeated, problem: there.zip(receipt.outcome.ticket) }),
        Err(error @ (Error::Store(_) | Error::Unreachable(_) | Error::Denied | Error::Throttled(_))) => {
            Err(Stopped::All(error))
        }
        // The account knows the key with another content.
        Err(Error::KeyReused) => Err(Stopped::Row(Fault { why: Why::Changed, ..ready.place })),
        Err(error) => Err(Stopped::Row(Fault { why: Why::Refused(error), ..ready.place })),
    }
}

/// Rows that were not taken over, with the reasons in words, as comma-separated values.
pub fn table<'a>(headings: &[String; 3], faults: impl Iterator<Item = (&'a Fault, String)>) -> Vec<u8> {
    let mut file = ::csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    file.write_record(headings).ok();
    for (fault, why) in faults {
        file.write_record([harmless(&fault.file), fault.line.to_string(), harmless(&why)]).ok();
    }
    file.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// Within what numbers mean the same: a format, and one system of those that write it.
fn scope(input: &Input) -> String {
    let source = input.source.iter().flat_map(|name| ["\0", name]);
    std::iter::once(input.format).chain(source).collect()
}

/// The key under which something is imported: the same for the same thing of the same format and source.
pub(crate) fn key(scope: &str, what: &str, identity: &str) -> Key {
    let mut hash = Sha256::new();
    for part in [scope, what, identity] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let first = hash.finalize().iter().take(16).fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
    Key(format!("import-{first:032x}"))
}
