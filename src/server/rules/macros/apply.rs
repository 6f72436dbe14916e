//! What a macro would do. Nothing is done: whoever asks sends the change themselves.

use super::KIND;
use crate::client::Client as _;
use crate::domain::act::Change;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::id::{RuleId, TicketId};
use crate::domain::rule::{Action, Whom};
use crate::domain::setup::Item;
use crate::domain::status::Priority;
use crate::domain::tag::Tag;
use crate::server::ask::{Id, Ids};
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::rules::Shelf;
use crate::server::shape::envelope;
use crate::wire::{Ticket, Time};
use axum::Json;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// What a ticket would become.
#[derive(Serialize, ToSchema)]
pub(in crate::server) struct Applied {
    #[schema(value_type = Object)]
    ticket: Map<String, Value>,
}

envelope!(
    /// What a ticket would become.
    AppliedOne { result: Applied }
);

fn said(comment: &NewComment) -> Value {
    let public = comment.visibility == Visibility::Public;
    json!({ "body": comment.body, "html_body": escaped(&comment.body), "public": public,
        "scoped_body": [["channel:all", comment.body]] })
}

/// A text as HTML: paragraphs by lines, and nothing in it that a browser would follow.
fn escaped(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!("<p>{}</p>", safe.replace('\n', "<br>"))
}

/// What a macro would make of any ticket: only what it changes.
#[utoipa::path(get, path = "/macros/{macro_id}/apply", tag = "Macros", params(("macro_id" = i64, Path)),
    responses((status = 200, description = "What would be changed", body = AppliedOne)))]
pub(super) async fn apply(caller: Caller, Id(id): Id) -> Result<Json<AppliedOne>, Problem> {
    let shelf = Shelf::of(&caller, KIND).await?;
    let Item::Macro(one) = shelf.find(id)? else { return Err(Problem::not_found()) };
    let me = shelf.session.me.id.0;
    let mut ticket = Map::new();
    let mut fields = Vec::new();
    for action in &one.then {
        match action {
            Action::Field(id, value) => fields.push(json!({ "id": id.0, "value": value })),
            Action::Comment(to, text) => {
                let comment = NewComment { visibility: *to, body: text.clone(), uploads: Vec::new() };
                ticket.insert("comment".to_owned(), said(&comment));
            }
            other => ticket.extend(changed(other, me)),
        }
    }
    ticket.insert("fields".to_owned(), json!(fields));
    Ok(Json(AppliedOne { result: Applied { ticket } }))
}

fn changed(action: &Action, me: i64) -> Option<(String, Value)> {
    let tags = |tags: &std::collections::BTreeSet<Tag>| json!(tags.iter().map(Tag::as_str).collect::<Vec<_>>());
    let (name, value) = match action {
        Action::Status(status) => ("status", json!(status.name())),
        Action::CustomStatus(id) => ("custom_status_id", json!(id.0)),
        Action::Priority(priority) => ("priority", json!(priority.map(Priority::name))),
        Action::Kind(id) => ("ticket_form_id", json!(id.0)),
        Action::Group(group) => ("group_id", json!(group.map(|id| id.0))),
        Action::Assignee(Whom::Me) => ("assignee_id", json!(me)),
        Action::Assignee(Whom::Person(id)) => ("assignee_id", json!(id.0)),
        Action::Assignee(Whom::Nobody) => ("assignee_id", Value::Null),
        Action::AddTags(set) => ("current_tags", tags(set)),
        Action::RemoveTags(set) => ("remove_tags", tags(set)),
        Action::SetTags(set) => ("tags", tags(set)),
        Action::Subject(text) => ("subject", json!(text)),
        _ => return None,
    };
    Some((name.to_owned(), value))
}

/// What a macro would make of a ticket, with everything filled in: the whole ticket as it would be.
#[utoipa::path(get, path = "/tickets/{ticket_id}/macros/{macro_id}/apply", tag = "Macros",
    params(("ticket_id" = i64, Path), ("macro_id" = i64, Path)),
    responses((status = 200, description = "The ticket as it would be", body = AppliedOne)))]
pub(super) async fn apply_to(caller: Caller, Ids(ticket, id): Ids) -> Result<Json<AppliedOne>, Problem> {
    let session = caller.staff().await?;
    let before = caller.say(caller.client.ticket(TicketId(ticket), 0).await)?.item;
    let all = caller.say(caller.client.try_macro(vec![TicketId(ticket)], RuleId(id)).await)?;
    let row = all.rows.into_iter().next().ok_or_else(Problem::not_found)?;
    let mut ticket = match json!(Ticket::of(&before, &caller.place(&session))) {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    overlay(&mut ticket, &row.change);
    if let Some(comment) = &row.comment {
        ticket.insert("comment".to_owned(), said(comment));
    }
    Ok(Json(AppliedOne { result: Applied { ticket } }))
}

/// The ticket with a change.
fn overlay(ticket: &mut Map<String, Value>, change: &Change) {
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            ticket.insert(name.to_owned(), value);
        }
    };
    put("subject", change.subject.as_ref().map(|text| json!(text)));
    put("status", change.status.map(|status| json!(status.name())));
    put("custom_status_id", change.custom_status.map(|id| json!(id.0)));
    put("priority", change.priority.map(|priority| json!(priority.map(Priority::name))));
    put("assignee_id", change.assignee.map(|person| json!(person.map(|id| id.0))));
    put("group_id", change.group.map(|group| json!(group.map(|id| id.0))));
    put("ticket_form_id", change.kind.map(|id| json!(id.0)));
    put("due_at", change.due_at.map(|at| json!(at.map(Time::from))));
    if let Some(Value::Array(tags)) = ticket.get_mut("tags") {
        tags.retain(|tag| !change.remove_tags.iter().any(|gone| Some(gone.as_str()) == tag.as_str()));
        let new = change.add_tags.iter().map(|tag| json!(tag.as_str()));
        let new: Vec<Value> = new.filter(|tag| !tags.contains(tag)).collect();
        tags.extend(new);
    }
    for name in ["custom_fields", "fields"] {
        if let Some(Value::Array(fields)) = ticket.get_mut(name) {
            for (id, value) in &change.fields {
                let field = json!({ "id": id.0, "value": value });
                match fields.iter_mut().find(|one| one["id"] == json!(id.0)) {
                    Some(known) => *known = field,
                    None => fields.push(field),
                }
            }
        }
    }
}
