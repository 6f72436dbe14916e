//! The query language, which is the REST API's (D34): `status<solved updated>3days "exact phrase" -tags:billing`.
//!
//! - Parts stand between spaces and must all be true. The same keyword again with `:` means either (`status:new
//!   status:open`), except for times and for words, which all must stand there. `-` before a part means its opposite.
//! - A word is found as a whole, without regard to case and accents; `prin*` finds words that begin so, `"a phrase"`
//!   words in a row. A bare integer finds the ticket of that number, and the digits as a word.
//! - `keyword:value`, or with `<`, `<=`, `>`, `>=` where values have an order. A value with spaces stands in quotes, in
//!   which `\"` and `\\` are a quote and a backslash. What is quoted is a name: `assignee:none` has nobody,
//!   `assignee:"none"` somebody of that name. A quote that is not closed ends with the text.
//! - `me` is the one who asks; for groups and organizations one of theirs. People are also found by number or address.
//! - Times are days (`2026-11-01`), moments (`2026-11-01T10:00:00Z`) or so long ago (`4hours`). As in Zendesk,
//!   `created>4hours` is what was opened in the *last* four hours: later than four hours ago. See [`super::condition::When::Away`].
//! - `custom_field_7:"x100"`, `custom_field_7>2.5`, `custom_field_7_has:"paper jam"` and `custom_field_7:true` are of the
//!   account's own fields, `custom_status_id:9` of its statuses; `requester_language`, `requester_role` and
//!   `requester_domain` of who asked; `pending_since<3days`, `assigned`, `requester_answered` and `assignee_answered` of
//!   moments; `updated<8businesshours@2` counts in the business hours of schedule 2.
//! - Where the account is known, fields are also called by their names in scripts, `-` written as `_` (`camera:"X-100"`,
//!   `cost>2.5`, `serial_has:jam`), and its statuses by theirs: `custom_status:"Waiting for a part"`.
//! - `order_by:updated sort:asc` gives the order. `type:ticket` is understood and changes nothing.

mod lexer;
mod named;
mod parse;
mod print;
mod typed;

pub use named::Names;
pub(in crate::domain) use parse::at as moment;
pub(in crate::domain) use print::{sign, time as moment_text};
pub use typed::while_typed;

use super::condition::{Condition, Op, Test};
use super::view::Sort;

/// A query that was understood. Printing it and reading it again gives the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must be true, in the order in which it was written.
    pub terms: Vec<Term>,
    /// The order asked for.
    pub sort: Option<Sort>,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whether the opposite is meant.
    pub negated: bool,
    /// What should be true, or false.
    pub test: Test,
}

impl Query {
    /// The longest query, in bytes.
    pub const MAX_BYTES: usize = 4096;
    /// The most parts of a query.
    pub const MAX_TERMS: usize = 64;

    /// Reads a query.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Self::parse_with(text, &Names::default())
    }

    /// Reads a query in which the account's own names may stand.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse_with(text: &str, names: &Names) -> Result<Self, QueryError> {
        parse::query(text, names)
    }

    /// The order asked for, or the one that fits: what was found by words the newest first, all else the latest changed.
    pub fn order(&self) -> Sort {
        let by_words =
            self.terms.iter().any(|term| !term.negated && matches!(term.test, Test::Text(..) | Test::NumberOrWord(_)));
        self.sort.unwrap_or(if by_words { Sort::NEWEST } else { Sort::LATEST })
    }

    /// What it means.
    pub fn condition(&self) -> Condition {
        let mut parts: Vec<(Option<String>, Condition)> = Vec::new();
        for term in &self.terms {
            let test = Condition::Test(term.test.clone());
            let list = if term.negated { None } else { list_of(&term.test) };
            if term.negated {
                parts.push((None, Condition::Not(Box::new(test))));
            } else if let Some((_, either)) = parts.iter_mut().find(|(other, _)| list.is_some() && *other == list) {
                match either {
                    Condition::Any(tests) => tests.push(test),
                    first => *first = Condition::Any(vec![first.clone(), test]),
                }
            } else {
                parts.push((list, test));
            }
        }
        Condition::All(parts.into_iter().map(|(_, part)| part).collect())
    }
}

/// The list of alternatives to which a test belongs: that of its keyword.
fn list_of(test: &Test) -> Option<String> {
    match test {
        Test::Number(Op::Is, _)
        | Test::Status(Op::Is, _)
        | Test::Priority(Op::Is, _)
        | Test::Type(_)
        | Test::Satisfaction(_)
        | Test::Link(..)
        | Test::Label(..)
        | Test::Via(_) => Some(print::keyword(test)),
        _ => None,
    }
}

/// What cannot be understood of a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// Where the part begins, in characters from 0.
    pub at: usize,
    /// The part, cut short: hostile text.
    pub part: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The query is longer than [`Query::MAX_BYTES`].
    TooLong,
    /// It has more parts than [`Query::MAX_TERMS`].
    TooMany,
    /// There is no such keyword. Words with a colon in them are found in quotes.
    Keyword,
    /// Nothing stands after the operator.
    NoValue,
    /// The value is none of these.
    Value(Vec<&'static str>),
    /// The value is no number.
    Number,
    /// The value is no time: a day, a moment, or so long ago.
    Time,
    /// So long ago can only be compared: with `<`, `<=`, `>` or `>=`.
    Direction,
    /// These values have no order: only `:` is understood.
    Order,
    /// Here no `*` is understood.
    Star,
    /// Only tickets can be searched here.
    Type,
    /// Only agents may search by this.
    Agents,
    /// The account has no such status of its own, or two of that name.
    Status,
}
