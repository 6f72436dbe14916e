//! What an account says when it does not do what it was asked: five shapes, and none.

use super::api::is_json;
use crate::client::Error;
use crate::client::remote::sorting::{by_status, garbled};
use crate::client::remote::transport::Reply;
use crate::domain::refusal::{Field, Refusal};
use crate::domain::time::Timestamp;
use crate::wire::received::Row;
use serde_json::Value as Json;

/// So much of what an account says of a refusal is passed on, in characters.
const MOST: usize = 600;

/// One thing that stands against it.
struct Against {
    field: String,
    sort: String,
    says: String,
}

/// Any answer that is none, as what whoever asked can do next.
pub(super) fn sorted(reply: &Reply, now: Timestamp) -> Error {
    let Reply { status, headers, body } = reply;
    let json: Option<Json> = serde_json::from_slice(body).ok().filter(|_| is_json(headers));
    let Some(json) = json.filter(Json::is_object) else { return bare(reply, now) };
    let said = Row(&json);
    let name = name(said);
    match status.as_u16() {
        401 => Error::SignedOut,
        404 if name == "InvalidEndpoint" => garbled("what answers there does not know this question"),
        404 => Error::NotFound,
        403 => Error::Denied,
        // Who wrote first is told by whoever knows which ticket it is.
        409 => Error::Conflict { theirs: 0 },
        413 => Error::Refused(Refusal::TooLong { field: Field::Attachment, max: 0 }),
        400 if name.contains("Idempotency") => Error::KeyReused,
        400 | 422 => refused(&against(said), said),
        _ => by_status(*status, headers, now),
    }
}

/// An answer that says nothing that can be understood.
fn bare(reply: &Reply, now: Timestamp) -> Error {
    match reply.status.as_u16() {
        404 => garbled("what answers there is no account of a help desk"),
        409 => Error::Conflict { theirs: 0 },
        400 | 422 => garbled("the account refused it and did not say why"),
        _ => by_status(reply.status, &reply.headers, now),
    }
}

/// What it calls the error, wherever that stands.
fn name(said: Row<'_>) -> String {
    let first = said.list("errors").next();
    let plain = said.text("error").or_else(|| said.get("error").text("title"));
    plain.or_else(|| first.and_then(|one| one.text("code"))).unwrap_or_default().to_owned()
}

/// Everything that stands against it, by field.
fn against(said: Row<'_>) -> Vec<Against> {
    let mut all = Vec::new();
    if let Some(details) = said.get("details").0.as_object() {
        for (field, faults) in details {
            for fault in Row(faults).items() {
                let field = fault.int("ticket_field_id").map_or_else(|| field.clone(), |id| id.to_string());
                let (sort, says) = (fault.words("error"), fault.words("description"));
                all.push(Against { field, sort, says });
            }
        }
    }
    for fault in said.list("errors") {
        let says = fault.text("detail").or_else(|| fault.text("title")).unwrap_or_default().to_owned();
        all.push(Against { field: String::new(), sort: fault.words("code"), says });
    }
    all
}

/// Refusals that have words of ours, else the account's own.
fn refused(against: &[Against], said: Row<'_>) -> Error {
    let needed = |one: &Against| one.sort == "BlankValue" && one.field.parse::<i64>().is_ok();
    if !against.is_empty() && against.iter().all(needed) {
        // Whoever knows the account's fields says what they are called.
        return Error::Refused(Refusal::Required { fields: against.iter().map(|one| one.field.clone()).collect() });
    }
    let sole = match against {
        [one] => known(one),
        _ => None,
    };
    sole.map_or_else(|| Error::Said(sentence(against, said)), Error::Refused)
}

fn known(one: &Against) -> Option<Refusal> {
    Some(match (one.field.as_str(), one.sort.as_str()) {
        ("email", "DuplicateValue") => Refusal::AddressTaken,
        ("name", "DuplicateValue") => Refusal::NameTaken(Field::Name),
        ("name", "BlankValue") => Refusal::Empty(Field::Name),
        ("subject", "BlankValue") => Refusal::Empty(Field::Subject),
        ("comment" | "description", "BlankValue") => Refusal::Empty(Field::Comment),
        ("email", "InvalidValue" | "InvalidFormat") => Refusal::Malformed(Field::Email),
        _ => return None,
    })
}

/// In the account's own words: hostile text, like all that comes from elsewhere.
fn sentence(against: &[Against], said: Row<'_>) -> String {
    let one = |one: &Against| match one.field.as_str() {
        "" | "base" => one.says.clone(),
        // What a field is called stands in what is said of it.
        digits if digits.parse::<i64>().is_ok() => one.says.clone(),
        field if one.says.to_lowercase().contains(&field.to_lowercase()) => one.says.clone(),
        field => format!("{field}: {}", one.says),
    };
    let mut all: Vec<String> = against.iter().map(one).filter(|text| !text.trim().is_empty()).collect();
    all.dedup();
    let whole = || {
        let title = said.get("error").text("title").or_else(|| said.text("error")).unwrap_or_default();
        let more = said.text("description").or_else(|| said.get("error").text("message")).unwrap_or_default();
        if more.is_empty() { title.to_owned() } else { more.to_owned() }
    };
    let text = if all.is_empty() { whole() } else { all.join(" · ") };
    text.chars().take(MOST).collect()
}
