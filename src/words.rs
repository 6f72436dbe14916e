//! What the rules say, in the reader's language: refusals, what has happened, what is to come, and the names of values.
//!
//! The results may hold what other people wrote, so they become a `safe::Safe` before they are shown.
//!
//! ```
//! use guichet::domain::refusal::Refusal;
//! use guichet::language::Language;
//! use guichet::words;
//! let said = words::refusal(&Language::english(), &Refusal::KindMissing);
//! assert_eq!(said, "A kind is missing. Choose what sort of request it is.");
//! ```

mod column;
mod condition;
mod due;
mod event;
mod lack;
mod names;
mod query;
mod refusal;
mod report;
mod setup;
mod webhook;
mod why;

pub use column::{cell, column, gathered};
pub use condition::{expected, sentence_error, unfit};
pub use due::{due, due_at};
pub use event::{Known, event, happened, who, would};
pub use lack::lack;
pub use names::{
    channel, custom_status, field, field_title, for_reader, kind, kind_guidance, kind_title, priority, rating, role,
    status, ticket_type, value,
};
pub use query::query_error;
pub use refusal::refusal;
pub use report::{Counted, bar};
pub use setup::{item_fault, item_in_short, item_title, the_item};
pub use webhook::call;
pub use why::{Told, foreseen, rule_why};
