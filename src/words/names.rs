use crate::domain::account::Kind;
use crate::domain::comment::Channel;
use crate::domain::person::Role;
use crate::domain::refusal::Field;
use crate::domain::status::{Priority, Status};
use crate::language::Language;

/// `Open`
pub fn status(words: &Language, status: Status) -> String {
    words.word(&format!("status-{}", status.name()))
}

/// `Urgent`
pub fn priority(words: &Language, priority: Priority) -> String {
    words.word(&format!("priority-{}", priority.name()))
}

/// `end user`
pub fn role(words: &Language, role: Role) -> String {
    words.word(&format!("role-{}", role.name()))
}

/// `Assignee`
pub fn field(words: &Language, field: Field) -> String {
    words.word(&format!("field-{}", field.name()))
}

/// `mail`
pub fn channel(words: &Language, channel: Channel) -> String {
    words.word(&format!("channel-{}", channel.name()))
}

/// `Hardware`: a stock kind in the reader's language, any other as the account calls it.
pub fn kind(words: &Language, kind: &Kind) -> String {
    let key = format!("kind-{}", kind.slug);
    if words.has(&key) { words.word(&key) } else { kind.name.clone() }
}
