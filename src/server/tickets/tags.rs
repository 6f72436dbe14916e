//! The labels of a ticket. `PUT` adds, `POST` sets, `DELETE` takes away.

use super::change::{stamped, tags};
use super::ticket;
use super::write::{acted, key};
use crate::client::Error;
use crate::domain::act::{Change, Deed};
use crate::domain::id::TicketId;
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::{Body, unreadable};
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::wire::Given;
use crate::wire::sent::Words;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Somebody else may be at the same ticket: so often it is tried again.
const TRIES: u32 = 4;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, add, set, remove))
}

/// The labels of a ticket.
#[derive(Serialize, ToSchema)]
struct Tags {
    tags: Vec<String>,
}

/// Labels that are sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = TagsSent)]
struct Sent {
    #[schema(value_type = Vec<String>)]
    tags: Option<Words>,
    #[schema(value_type = Option<bool>)]
    #[serde(default)]
    safe_update: Given<Value>,
    updated_stamp: Option<String>,
}

fn told(ticket: &Ticket) -> Json<Tags> {
    Json(Tags { tags: ticket.tags.iter().map(Tag::to_string).collect() })
}

/// The labels of a ticket.
#[utoipa::path(get, path = "/tickets/{ticket_id}/tags", tag = "Tags", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "The labels", body = Tags)))]
async fn list(caller: Caller, Id(id): Id) -> Result<Json<Tags>, Problem> {
    Ok(told(&ticket(&caller, id).await?))
}

/// Labels a ticket further.
#[utoipa::path(put, path = "/tickets/{ticket_id}/tags", tag = "Tags", params(("ticket_id" = i64, Path)),
    request_body = Sent, responses((status = 200, description = "All labels", body = Tags)))]
async fn add(caller: Caller, Id(id): Id, Body(sent): Body<Sent>) -> Result<Json<Tags>, Problem> {
    change(&caller, id, &sent, |_, add_tags| Change { add_tags, ..Change::default() }).await
}

/// Gives a ticket these labels and no others.
#[utoipa::path(post, path = "/tickets/{ticket_id}/tags", tag = "Tags", params(("ticket_id" = i64, Path)),
    request_body = Sent, responses((status = 201, description = "All labels", body = Tags)))]
async fn set(caller: Caller, Id(id): Id, Body(sent): Body<Sent>) -> Result<(StatusCode, Json<Tags>), Problem> {
    let only = |ticket: &Ticket, tags: BTreeSet<Tag>| Change {
        remove_tags: ticket.tags.difference(&tags).cloned().collect(),
        add_tags: tags,
        ..Change::default()
    };
    Ok((StatusCode::CREATED, change(&caller, id, &sent, only).await?))
}

/// Takes labels off a ticket: those of the body, or of the address.
#[utoipa::path(delete, path = "/tickets/{ticket_id}/tags", tag = "Tags",
    params(("ticket_id" = i64, Path), ("tags" = Option<String>, Query)),
    request_body = Option<Sent>, responses((status = 200, description = "The labels left", body = Tags)))]
async fn remove(caller: Caller, Id(id): Id, ask: Ask, body: Bytes) -> Result<Json<Tags>, Problem> {
    let mut sent: Sent = if body.is_empty() {
        Sent::default()
    } else {
        serde_json::from_slice(&body).map_err(|error| unreadable(&error))?
    };
    sent.tags.get_or_insert_default().0.extend(ask.list("tags"));
    change(&caller, id, &sent, |_, remove_tags| Change { remove_tags, ..Change::default() }).await
}

async fn change(
    caller: &Caller,
    id: i64,
    sent: &Sent,
    make: impl Fn(&Ticket, BTreeSet<Tag>) -> Change + Send + Sync,
) -> Result<Json<Tags>, Problem> {
    let named = tags(sent.tags.as_ref())?;
    for tried in 1.. {
        let before = ticket(caller, id).await?;
        let safe = stamped(&before, &sent.safe_update, sent.updated_stamp.as_deref())?;
        let change = Box::new(make(&before, named.clone()));
        let deed = Deed::UpdateTicket { ticket: TicketId(id), change, comment: None, expect: Some(before.version) };
        match acted(caller, key(), deed).await {
            Err(Error::Conflict { .. }) if !safe && tried < TRIES => {}
            done => {
                caller.say(done)?;
                break;
            }
        }
    }
    Ok(told(&ticket(caller, id).await?))
}
