use crate::domain::search::{Fault, QueryError};
use crate::language::{Language, args};

/// What is wrong with a search, and what to write instead (D34).
pub fn query_error(words: &Language, error: &QueryError) -> String {
    let part = error.part.as_str();
    match &error.fault {
        Fault::TooLong => words.word("query-too-long"),
        Fault::TooMany => words.word("query-too-many"),
        Fault::Keyword => words.say("query-keyword", args![part = part]),
        Fault::NoValue => words.say("query-no-value", args![part = part]),
        Fault::Value(known) => words.say("query-value", args![part = part, known = words.list_or(known)]),
        Fault::Number => words.say("query-number", args![part = part]),
        Fault::Time => words.say("query-time", args![part = part]),
        Fault::Direction => words.say("query-direction", args![part = part]),
        Fault::Order => words.say("query-order", args![part = part]),
        Fault::Star => words.say("query-star", args![part = part]),
        Fault::Type => words.say("query-type", args![part = part]),
        Fault::Status => words.say("query-status", args![part = part]),
        Fault::Agents => words.say("query-agents", args![part = part]),
    }
}
