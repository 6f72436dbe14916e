//! Tickets as agents see them.

use super::App;
use super::ask::Id;
use super::caller::Caller;
use super::problem::Problem;
use crate::client::Client as _;
use crate::domain::id::TicketId;
use crate::wire::Ticket;
use axum::Json;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// A ticket.
#[utoipa::path(get, path = "/tickets/{ticket_id}", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "The ticket", body = Value)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    let session = caller.session().await?;
    let thread = caller.say(caller.client.ticket(TicketId(id), 0).await)?;
    Ok(Json(json!({ "ticket": Ticket::of(&thread.item, &caller.place(&session)) })))
}
