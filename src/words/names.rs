use crate::domain::account::Kind;
use crate::domain::comment::Channel;
use crate::domain::field::{Field as OwnField, FieldType, Value};
use crate::domain::person::Role;
use crate::domain::refusal::Field;
use crate::domain::status::{CustomStatus, Priority, Status};
use crate::domain::tag::Tag;
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

/// `Hardware`: as the account calls it in the reader's language; a stock kind that nobody renamed as the words files do.
pub fn kind(words: &Language, kind: &Kind) -> String {
    stock_kind(words, kind, "").unwrap_or_else(|| kind.name_in(words.reads()).to_owned())
}

/// What is said of a kind in the reader's language (`part`: empty for its short name, `.title`, `.guidance`, `.help`).
pub fn kind_part(words: &Language, kind: &Kind, part: &str) -> String {
    let own = match part {
        ".guidance" => kind.guidance_in(words.reads()),
        ".help" => "",
        _ => kind.name_in(words.reads()),
    };
    stock_kind(words, kind, part).unwrap_or_else(|| own.to_owned())
}

/// What the words files say of a stock kind that nobody renamed: its name, or something else of it, such as `.guidance`.
fn stock_kind(words: &Language, kind: &Kind, what: &str) -> Option<String> {
    let key = format!("kind-{}{what}", kind.slug);
    let stock = format!("kind-{}.title", kind.slug);
    // The stock is made in English.
    let same = words.has(&stock) && Language::english().word(&stock) == kind.name;
    let own = kind.name_in(words.reads()) != kind.name;
    (same && !own && words.has(&key)).then(|| words.word(&key))
}

/// `Camera model`: a field as the account calls it in the reader's language.
pub fn field_title(words: &Language, field: &OwnField) -> String {
    field.title_in(words.reads(), false).to_owned()
}

/// `In the workshop`: a status of the account's own, in the reader's language.
pub fn custom_status(words: &Language, status: &CustomStatus) -> String {
    status.name_in(words.reads()).to_owned()
}

/// What a field holds, for people: options by their names, boxes as yes or no. An option that is no more is its tag.
pub fn value(words: &Language, kind: Option<&FieldType>, value: &Value) -> String {
    let option = |tag: &Tag| {
        let known = kind.into_iter().flat_map(FieldType::options).find(|option| option.tag == *tag);
        known.map_or_else(|| tag.to_string(), |option| option.name.clone())
    };
    match value {
        Value::Checked(on) => words.word(if *on { "value-yes" } else { "value-no" }),
        Value::Choice(tag) => option(tag),
        Value::Choices(tags) => tags.iter().map(option).collect::<Vec<_>>().join(", "),
        other => other.written(),
    }
}
