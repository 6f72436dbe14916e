//! The command line: the real binary in a home of its own.

mod bad_rules;
mod beside;
mod docs;
mod export;
mod fields;
mod files;
mod languages;
mod lines;
mod mail;
mod pages;
mod people;
mod rehearsed;
pub mod report;
mod setup;
mod work;
mod wrong;

use super::support::dirs::{Home, Ran};
use serde_json::Value;

/// The JSON that a run printed, which must have been all that it printed.
#[track_caller]
fn json(ran: &Ran) -> Value {
    assert_eq!(ran.status, Some(0), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// A run that ended with a status and a sentence, and printed no result.
#[track_caller]
fn refused(ran: &Ran, status: i32, sentence: &str) {
    assert_eq!(ran.status, Some(status), "{ran:?}");
    assert!(ran.err.contains(sentence), "{sentence:?} in {ran:?}");
    assert_eq!(ran.out, "", "{ran:?}");
}
