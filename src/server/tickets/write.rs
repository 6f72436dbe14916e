//! New tickets, and what becomes different on them.

use super::change::{changed, new_ticket};
use super::said::AuditShown;
use super::shown::{Shown, shown};
use super::ticket;
use crate::client::{Client as _, Error, Key, Receipt};
use crate::domain::act::Deed;
use crate::domain::id::TicketId;
use crate::server::App;
use crate::server::ask::Id;
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::wire::sent::TicketSent;
use axum::Json;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The name under which a client sends something once, however often it sends it.
const IDEMPOTENCY: &str = "idempotency-key";
/// Whether it had been done before.
const LOOKUP: HeaderName = HeaderName::from_static("x-idempotency-lookup");
/// Somebody else may be at the same ticket: so often it is tried again.
const TRIES: u32 = 4;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create)).routes(routes!(update))
}

/// A ticket in what is sent.
#[derive(Deserialize, ToSchema)]
#[schema(as = TicketSentOne)]
struct Sent {
    ticket: TicketSent,
}

/// A ticket with what was done to it.
#[derive(Serialize, ToSchema)]
pub(super) struct Done {
    ticket: Shown,
    audit: AuditShown,
}

/// A name for an act that nobody else has.
pub(in crate::server) fn key() -> Key {
    Key(uuid::Uuid::now_v7().to_string())
}

/// The name for an act that the client made, or one that nobody else has.
pub(in crate::server) fn key_of(headers: &HeaderMap) -> Result<Key, Problem> {
    let Some(said) = headers.get(IDEMPOTENCY) else { return Ok(key()) };
    let said = said.to_str().ok().filter(|said| !said.is_empty() && said.len() <= 240);
    said.map(|said| Key(format!("rest:{said}"))).ok_or_else(|| Problem::bad_parameter("Idempotency-Key"))
}

/// Says of an answer whether it is one that was given before, where the client asked by a name of its own.
pub(in crate::server) fn looked_up(mut response: Response, headers: &HeaderMap, receipt: &Receipt) -> Response {
    if headers.contains_key(IDEMPOTENCY) {
        let lookup = if receipt.repeated { "hit" } else { "miss" };
        response.headers_mut().insert(LOOKUP, HeaderValue::from_static(lookup));
    }
    response
}

/// Does something.
pub(in crate::server) async fn acted(caller: &Caller, key: Key, deed: Deed) -> Result<Receipt, Error> {
    caller.client.act(key, deed).await
}

/// A new ticket.
#[utoipa::path(post, path = "/tickets", tag = "Tickets", request_body = Sent,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, description = "The ticket and what was done to it", body = Done)))]
async fn create(caller: Caller, headers: HeaderMap, Body(sent): Body<Sent>) -> Result<Response, Problem> {
    // End users submit requests: nothing here is theirs to say.
    if !caller.session().await?.me.role.is_staff() {
        return Err(Problem::forbidden());
    }
    let key = key_of(&headers)?;
    let new = Box::new(new_ticket(&caller, &sent.ticket).await?);
    let receipt = caller.wrote(acted(&caller, key, Deed::CreateTicket(new)).await)?;
    let id = receipt.outcome.ticket.ok_or_else(Problem::unavailable)?;
    let url = format!("{}/api/v2/tickets/{id}.json", caller.here.base);
    let done = answer(&caller, id, |_| 1).await?;
    let location = [(LOCATION, url)];
    Ok(looked_up((StatusCode::CREATED, location, Json(done)).into_response(), &headers, &receipt))
}

/// Says something on a ticket, changes it, or both at once.
#[utoipa::path(put, path = "/tickets/{ticket_id}", tag = "Tickets", params(("ticket_id" = i64, Path)), request_body = Sent,
    responses((status = 200, description = "The ticket and what was done to it", body = Done)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<Sent>) -> Result<Json<Done>, Problem> {
    let receipt = change(&caller, id, &sent.ticket, |_| key()).await?;
    answer(&caller, TicketId(id), |version| version - receipt.versions + 1).await.map(Json)
}

/// Changes a ticket as it is now; `key` names each try.
pub(in crate::server) async fn change(
    caller: &Caller,
    id: i64,
    sent: &TicketSent,
    key: impl Fn(u32) -> Key + Send + Sync,
) -> Result<Receipt, Problem> {
    let mut tried = 1;
    loop {
        let before = ticket(caller, id).await?;
        let changed = changed(caller, &before, sent).await?;
        let expect = changed.relative.then_some(before.version);
        let change = Box::new(changed.change);
        let deed = Deed::UpdateTicket { ticket: TicketId(id), change, comment: changed.comment, expect };
        match acted(caller, key(tried), deed).await {
            Err(Error::Conflict { .. }) if sent.safe_update.is_absent() && tried < TRIES => tried += 1,
            done => return caller.wrote(done),
        }
    }
}

/// A ticket as it is now, with the entry of its history that has the number which is made of its version.
async fn answer(caller: &Caller, id: TicketId, number: impl Fn(i64) -> i64 + Send) -> Result<Done, Problem> {
    let session = caller.session().await?;
    let place = caller.place(&session);
    let ticket = ticket(caller, id.0).await?;
    let (number, version) = (number(ticket.version), ticket.version);
    let audits = caller.say(caller.client.audits(id, number.min(version) - 1, 1).await)?;
    let audit = audits.rows.first().ok_or_else(Problem::not_found)?;
    // Where nothing became different nothing was written: there is no entry, and the last one stands for it, empty.
    let mut audit = AuditShown::of(audit, &place);
    if number > version {
        audit.clear();
    }
    let mut ticket = shown(caller, &place, std::slice::from_ref(&ticket), &BTreeSet::new()).await?;
    Ok(Done { ticket: ticket.pop().ok_or_else(Problem::not_found)?, audit })
}
