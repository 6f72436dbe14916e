use crate::domain::webhook::Called;
use crate::language::{Language, args};

/// What came of a call.
pub fn call(words: &Language, one: &Called) -> String {
    let status = one.status.map(|status| status.to_string()).unwrap_or_default();
    let why = one.reason.as_deref().unwrap_or("taken").replace('_', "-");
    let key = format!("webhook-call-{why}");
    // A newer program may know more reasons.
    if words.has(&key) { words.say(&key, args![status = status]) } else { why }
}
