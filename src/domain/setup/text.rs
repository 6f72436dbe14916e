//! Conditions in documents.

use super::Lookup;
use crate::domain::condition::{Condition, SentenceError};

/// A condition as a text.
pub(super) fn sentence(condition: &Condition, lookup: &dyn Lookup) -> String {
    condition.sentence(lookup)
}

/// The condition that a text means; an empty one is true of everything.
pub(super) fn condition(text: &str, lookup: &dyn Lookup) -> Result<Condition, SentenceError> {
    if text.trim().is_empty() { Ok(Condition::EVERYTHING) } else { Condition::read(text, lookup) }
}
