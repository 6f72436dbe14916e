//! Conditions in documents.

use super::Lookup;
use crate::domain::condition::Condition;
use crate::domain::search::{Query, QueryError, Term};

/// A condition as a text.
pub(super) fn sentence(condition: &Condition, _: &dyn Lookup) -> String {
    let mut terms = Vec::new();
    gather(condition, &mut terms);
    Query { terms, sort: None }.to_string()
}

fn gather(condition: &Condition, terms: &mut Vec<Term>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| gather(part, terms)),
        Condition::Test(test) => terms.push(Term { negated: false, test: test.clone() }),
        Condition::Not(part) => {
            if let Condition::Test(test) = &**part {
                terms.push(Term { negated: true, test: test.clone() });
            }
        }
    }
}

/// The condition that a text means.
pub(super) fn condition(text: &str, _: &dyn Lookup) -> Result<Condition, QueryError> {
    Query::parse(text).map(|query| query.condition())
}
