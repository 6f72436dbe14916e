//! Conditions and actions as the API has them. What ours can say and the API's words cannot stands as a sentence under a
//! name of ours, so that what is sent back as it came says the same.

mod action;
mod condition;
mod item;

pub use action::{Action, read_actions};
pub use condition::{Conditions, Row};
pub use item::{
    Execution, Macro, Output, Restriction, Rule, Sent, View, ViewColumn, column_name, read_column, read_sort,
};

use crate::domain::condition::SentenceError;
use crate::domain::rule::BadAction;

/// Why something sent is no condition or no action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadRow {
    /// There is no such field.
    Field(String),
    /// The field is not compared so.
    Operator {
        /// Which field.
        field: String,
        /// How.
        operator: String,
    },
    /// The field cannot be that.
    Value {
        /// Which field.
        field: String,
        /// What it should be.
        value: String,
    },
    /// A sentence that cannot be understood.
    Sentence(SentenceError),
    /// An action, written out, that cannot be understood.
    Action(BadAction),
}
