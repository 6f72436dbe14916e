//! Values of the command line as the domain has them.

use crate::domain::case::{Satisfaction, Score, TicketType};
use crate::domain::id::TicketId;
use crate::domain::person::{EmailAddress, PersonRef, Restriction, Role};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::time::{Span, Timestamp};
use crate::wire::Time;

/// A ticket's number, with or without `#`.
pub fn ticket(text: &str) -> Result<TicketId, String> {
    let number = text.strip_prefix('#').unwrap_or(text);
    number.parse().map(TicketId).map_err(|_| "a ticket is named by its number".to_owned())
}

/// `open`, `pending`, …
pub fn status(text: &str) -> Result<Status, String> {
    Status::parse(text).ok_or_else(|| format!("a status is one of {}", Status::ALL.map(Status::name).join(", ")))
}

/// `low`, …; `none` takes it away.
pub fn priority(text: &str) -> Result<OrNone<Priority>, String> {
    let known = || format!("a priority is one of {}, or none", Priority::ALL.map(Priority::name).join(", "));
    or_none(text, |text| Priority::parse(text).ok_or_else(known))
}

/// `question`, …; `none` takes it away.
pub fn ticket_type(text: &str) -> Result<OrNone<TicketType>, String> {
    let known = || format!("a type is one of {}, or none", TicketType::ALL.map(TicketType::name).join(", "));
    or_none(text, |text| TicketType::parse(text).ok_or_else(known))
}

/// `good` or `bad`
pub fn score(text: &str) -> Result<Score, String> {
    Score::parse(text).ok_or_else(|| "a rating is good or bad".to_owned())
}

/// `good`, `bad_with_comment`, …
pub fn satisfaction(text: &str) -> Result<Satisfaction, String> {
    let known = || format!("a rating is one of {}", Satisfaction::ALL.map(Satisfaction::name).join(", "));
    Satisfaction::parse(text).ok_or_else(known)
}

/// A ticket's number; `none` takes it away.
pub fn problem(text: &str) -> Result<OrNone<TicketId>, String> {
    or_none(text, ticket)
}

/// `end-user`, `agent`, `admin`
pub fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "a role is one of end-user, agent, admin".to_owned())
}

/// `none`, `groups`, `organization`, `assigned`
pub fn restriction(text: &str) -> Result<Restriction, String> {
    let known = || format!("a restriction is one of {}", Restriction::ALL.map(Restriction::name).join(", "));
    Restriction::parse(text).ok_or_else(known)
}

/// A label.
pub fn tag(text: &str) -> Result<Tag, String> {
    Tag::parse(text).map_err(|_| "a tag is at most 80 letters, digits and _-./:+#@ without spaces".to_owned())
}

/// RFC 3339, or a day; `none` takes it away.
pub fn due(text: &str) -> Result<OrNone<Timestamp>, String> {
    or_none(text, time)
}

/// RFC 3339, or a day.
pub fn time(text: &str) -> Result<Timestamp, String> {
    let help = "a time is written 2030-01-31T12:00:00Z or 2030-01-31";
    Time::parse(text).map(|time| time.0).ok_or_else(|| help.to_owned())
}

/// `30s`, `5m`, `1h`.
pub fn wait(text: &str) -> Result<Span, String> {
    let help = || "a time is written 30s, 5m or 1h".to_owned();
    match text.trim().strip_suffix('s').map(str::parse::<i64>) {
        Some(Ok(seconds)) => seconds.checked_mul(1_000).map(Span).ok_or_else(help),
        _ => span(text).and_then(|span| span.0).ok_or_else(help),
    }
}

/// `ana@acme.example`, or `Ana Ruiz <ana@acme.example>`.
pub fn person(text: &str) -> Result<PersonRef, String> {
    let bad = |_| "a person is named by mail address: ana@acme.example or 'Ana Ruiz <ana@acme.example>'".to_owned();
    let Some((name, rest)) = text.trim().split_once('<') else {
        return EmailAddress::parse(text).map(PersonRef::Address).map_err(bad);
    };
    let email = EmailAddress::parse(rest.trim().strip_suffix('>').unwrap_or(rest)).map_err(bad)?;
    let name = name.trim().trim_matches('"').trim();
    Ok(if name.is_empty() { PersonRef::Address(email) } else { PersonRef::Named { name: name.to_owned(), email } })
}

/// `4d`, `36h`, `90m`, `4days`, `none`.
pub fn span(text: &str) -> Option<OrNone<Span>> {
    crate::domain::act::span(text).map(OrNone)
}

/// A value, or the wish to have none. A type of its own, for `Option` means to the parser that the flag is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrNone<T>(pub Option<T>);

fn or_none<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<OrNone<T>, String> {
    if text == "none" { Ok(OrNone(None)) } else { read(text).map(|value| OrNone(Some(value))) }
}
