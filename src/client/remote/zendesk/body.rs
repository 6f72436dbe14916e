//! What is sent of a ticket.

use super::known::Known;
use crate::domain::act::{Change, NewTicket};
use crate::domain::case::TicketType;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::field::FieldType;
use crate::domain::id::{FieldId, KindId, PersonId};
use crate::domain::person::PersonRef;
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::wire::Time;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// What becomes different on a ticket, and what is said. Labels are sent whole, by what they were.
pub(super) fn changed(change: &Change, said: Option<&NewComment>, before: &Ticket, known: &Known) -> Map<String, Json> {
    let mut body = Map::new();
    let mut put = |name: &str, value: Option<Json>| body.extend(value.map(|value| (name.to_owned(), value)));
    put("comment", said.map(comment));
    put("subject", change.subject.as_deref().map(Json::from));
    put("status", change.status.map(Status::name).map(Json::from));
    put("custom_status_id", change.custom_status.map(|id| id.0.into()));
    put("priority", change.priority.map(|one| one.map(Priority::name).into()));
    put("ticket_form_id", change.kind.and_then(form));
    put("type", change.ticket_type.map(|one| one.map(TicketType::name).into()));
    put("problem_id", change.problem.map(|id| id.map(|id| id.0).into()));
    put("assignee_id", change.assignee.map(|id| id.map(|id| id.0).into()));
    put("group_id", change.group.map(|id| id.map(|id| id.0).into()));
    if let Some(requester) = &change.requester {
        let (name, value) = asker(requester);
        put(name, Some(value));
    }
    put("due_at", change.due_at.map(|at| at.map(|at| Time(at).text()).into()));
    if !change.add_tags.is_empty() || !change.remove_tags.is_empty() {
        let mut tags = before.tags.clone();
        tags.extend(change.add_tags.iter().cloned());
        tags.retain(|tag| !change.remove_tags.contains(tag));
        put("tags", Some(tags.iter().map(Tag::as_str).collect()));
    }
    let gone = |ids: &std::collections::BTreeSet<PersonId>| -> Vec<Json> {
        ids.iter().map(|id| json!({ "user_id": id.0, "action": "delete" })).collect()
    };
    let come = |id: &PersonId| json!({ "user_id": id.0, "action": "put" });
    let ccs: Vec<Json> = change.add_ccs.iter().map(copied).chain(gone(&change.remove_ccs)).collect();
    put("email_ccs", Some(ccs).filter(|all| !all.is_empty()).map(Json::from));
    let followers: Vec<Json> = change.add_followers.iter().map(come).chain(gone(&change.remove_followers)).collect();
    put("followers", Some(followers).filter(|all| !all.is_empty()).map(Json::from));
    put("custom_fields", fields(&change.fields, known));
    body
}

/// A new ticket, or request where `staff` is false.
pub(super) fn new_ticket(new: &NewTicket, known: &Known, staff: bool) -> Map<String, Json> {
    let mut body = Map::new();
    let mut put = |name: &str, value: Option<Json>| body.extend(value.map(|value| (name.to_owned(), value)));
    put("subject", Some(new.subject.as_str().into()));
    put("comment", Some(comment(&new.comment)));
    put("ticket_form_id", new.kind.and_then(form));
    put("priority", new.priority.map(Priority::name).map(Json::from));
    put("type", new.ticket_type.map(TicketType::name).map(Json::from));
    put("due_at", new.due_at.map(|at| Time(at).text().into()));
    put("custom_fields", fields(&new.fields, known));
    put("via_followup_source_id", new.follow_up_of.map(|id| id.0.into()));
    let ccs: Vec<Json> = new.ccs.iter().map(copied).collect();
    put("email_ccs", Some(ccs).filter(|all| !all.is_empty()).map(Json::from));
    if !staff {
        return body;
    }
    let (name, value) = new.requester.as_ref().map_or(("requester_id", known.session.me.id.0.into()), asker);
    put(name, Some(value));
    put("problem_id", new.problem.map(|id| id.0.into()));
    put("status", new.status.map(Status::name).map(Json::from));
    put("custom_status_id", new.custom_status.map(|id| id.0.into()));
    put("assignee_id", new.assignee.map(|id| id.0.into()));
    put("group_id", new.group.map(|id| id.0.into()));
    put("tags", (!new.tags.is_empty()).then(|| new.tags.iter().map(Tag::as_str).collect()));
    let followers: Vec<Json> = new.followers.iter().map(|id| json!({ "user_id": id.0, "action": "put" })).collect();
    put("followers", Some(followers).filter(|all| !all.is_empty()).map(Json::from));
    put("external_id", new.external_id.as_deref().map(Json::from));
    body
}

/// Something said.
pub(super) fn comment(said: &NewComment) -> Json {
    let mut body = json!({ "body": said.body, "public": said.visibility == Visibility::Public });
    if !said.uploads.is_empty() {
        body["uploads"] = said.uploads.iter().map(|token| token.0.as_str()).collect();
    }
    body
}

/// The number of a form; the one of accounts without forms has none.
fn form(kind: KindId) -> Option<Json> {
    (kind.0 > 0).then(|| kind.0.into())
}

/// Who asks.
fn asker(person: &PersonRef) -> (&'static str, Json) {
    match person {
        PersonRef::Id(id) => ("requester_id", id.0.into()),
        // Who has no name yet is called by the address.
        PersonRef::Address(email) => ("requester", json!({ "name": email.as_str(), "email": email.as_str() })),
        PersonRef::Named { name, email } => ("requester", json!({ "name": name, "email": email.as_str() })),
    }
}

/// Who comes in copy.
pub(super) fn copied(person: &PersonRef) -> Json {
    match person {
        PersonRef::Id(id) => json!({ "user_id": id.0, "action": "put" }),
        PersonRef::Address(email) => json!({ "user_email": email.as_str(), "action": "put" }),
        PersonRef::Named { name, email } => {
            json!({ "user_email": email.as_str(), "user_name": name, "action": "put" })
        }
    }
}

/// What fields are to hold, each as its type is written.
fn fields(written: &BTreeMap<FieldId, String>, known: &Known) -> Option<Json> {
    let one = |(id, text): (&FieldId, &String)| {
        let kind = known.session.fields.get(id).map(|field| &field.kind);
        json!({ "id": id.0, "value": value(kind, text) })
    };
    (!written.is_empty()).then(|| written.iter().map(one).collect())
}

/// A value as it is sent; what no field of that type holds goes as it was written, and is refused there.
pub(super) fn value(kind: Option<&FieldType>, text: &str) -> Json {
    use crate::domain::field::Value;
    if text.trim().is_empty() {
        return Json::Null;
    }
    match kind.and_then(|kind| kind.read(text).ok().flatten()) {
        Some(Value::Integer(number)) => number.into(),
        Some(Value::Checked(on)) => on.into(),
        Some(Value::Choices(tags)) => tags.iter().map(Tag::as_str).collect(),
        Some(other) => other.written().into(),
        None => text.into(),
    }
}
