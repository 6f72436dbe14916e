use crate::client::Session;
use crate::domain::account::Kind;
use crate::domain::case::{Rating, Score, TicketType};
use crate::domain::comment::Channel;
use crate::domain::field::{Field as OwnField, FieldType, Value};
use crate::domain::form::Reader;
use crate::domain::person::Role;
use crate::domain::refusal::Field;
use crate::domain::status::{CustomStatus, Priority, Status};
use crate::domain::tag::Tag;
use crate::language::{Language, args};

/// The words of the program for who has come into an account: what it says is chosen by their languages, and what it
/// calls the fields that every ticket has stands in place of the program's words for them.
pub fn for_reader(words: &Language, session: &Session) -> Language {
    let languages = session.languages();
    let own = session.fields.values().filter_map(|field| match field.kind {
        FieldType::System(which) => {
            let title = field.title_in(&languages, session.reader() == Reader::Requester);
            Some((format!("field-{}", which.name()), title.to_owned()))
        }
        _ => None,
    });
    words.read_by(&languages, own.collect())
}

/// `Open`
pub fn status(words: &Language, status: Status) -> String {
    words.values().word(&format!("status-{}", status.name()))
}

/// `Urgent`
pub fn priority(words: &Language, priority: Priority) -> String {
    words.values().word(&format!("priority-{}", priority.name()))
}

/// `Incident`
pub fn ticket_type(words: &Language, one: TicketType) -> String {
    words.values().word(&format!("type-{}", one.name()))
}

/// `Good: Very quick.`, or `Offered`: hostile text.
pub fn rating(words: &Language, rating: &Rating) -> String {
    let score = words.word(&format!("rating-{}", rating.score.map_or("offered", Score::name)));
    match &rating.comment {
        Some(comment) => words.say("rating-with-comment", args![score = score, comment = comment.as_str()]),
        None => score,
    }
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

/// `Hardware`: as the account calls it in the reader's language; shorter, where that is what it began with.
pub fn kind(words: &Language, kind: &Kind) -> String {
    let (own, title) = (kind.name_in(words.reads()), format!("kind-{}.title", kind.slug));
    // The stock is made in English, and stays what it is called where nobody gave it another name.
    if own == kind.name && words.has(&title) && Language::english().word(&title) == own {
        return words.word(&format!("kind-{}", kind.slug));
    }
    own.to_owned()
}

/// `Hardware issue`: as the account calls it in the reader's language.
pub fn kind_title(words: &Language, kind: &Kind) -> String {
    kind.name_in(words.reads()).to_owned()
}

/// When to choose a kind, in the reader's language: the first line of what the account says of it, and all further ones.
pub fn kind_guidance(words: &Language, kind: &Kind) -> (String, String) {
    let said = kind.guidance_in(words.reads()).trim();
    let (first, more) = said.split_once('\n').unwrap_or((said, ""));
    (first.trim().to_owned(), more.trim().to_owned())
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
        known.map_or_else(|| tag.to_string(), |option| option.name_in(words.reads()).to_owned())
    };
    match value {
        Value::Checked(on) => words.values().word(if *on { "value-yes" } else { "value-no" }),
        Value::Choice(tag) => option(tag),
        Value::Choices(tags) => tags.iter().map(option).collect::<Vec<_>>().join(", "),
        other => other.written(),
    }
}
