//! Many tickets at once: each of these routes begins a job.

use crate::domain::job::JobSort;
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::{Body, unreadable};
use crate::server::caller::Caller;
use crate::server::jobs::{Asked, JobOne, begin};
use crate::server::problem::Problem;
use crate::wire::sent::{Number, TicketSent};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_many))
        .routes(routes!(update_many))
        .routes(routes!(destroy_many))
        .routes(routes!(mark_many_as_spam))
        .routes(routes!(merge))
        .routes(routes!(purge))
        .routes(routes!(purge_many))
}

/// Rows of numbers.
pub(in crate::server) fn numbered(ids: Vec<i64>) -> Vec<Value> {
    ids.into_iter().map(|id| json!({ "id": id })).collect()
}

/// Looks whether each can be read at all: what makes no sense is said at once, not row by row.
pub(in crate::server) fn readable<T: serde::de::DeserializeOwned>(things: &[Value]) -> Result<(), Problem> {
    for thing in things {
        serde_json::from_value::<T>(thing.clone()).map_err(|error| unreadable(&error))?;
    }
    Ok(())
}

/// The number that something sent has, which may be written as a text.
pub(in crate::server) fn id_of(thing: &Value) -> Result<i64, Problem> {
    let number = serde_json::from_value::<Number>(thing["id"].clone());
    number.map(|number| number.0).map_err(|_| Problem::bad_body("id says which"))
}

/// Tickets to be made.
#[derive(Deserialize, ToSchema)]
struct TicketsSent {
    #[schema(value_type = Vec<TicketSent>)]
    tickets: Vec<Value>,
}

/// Tickets to be made, 100 at most.
#[utoipa::path(post, path = "/tickets/create_many", tag = "Tickets", request_body = TicketsSent,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn create_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(sent): Body<TicketsSent>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    readable::<TicketSent>(&sent.tickets)?;
    let rows = sent.tickets.into_iter().map(|ticket| json!({ "ticket": ticket })).collect();
    begin(&app, &caller, &headers, Asked::of(JobSort::CreateTickets, rows)).await
}

/// The same change of several tickets, or each with its own.
#[derive(Deserialize, ToSchema)]
struct TicketChanges {
    #[serde(default)]
    #[schema(value_type = Option<TicketSent>)]
    ticket: Option<Value>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<TicketSent>>)]
    tickets: Option<Vec<Value>>,
}

/// Changes tickets, 100 at most: those of `ids` in the same way, or each as it says itself.
#[utoipa::path(put, path = "/tickets/update_many", tag = "Tickets", request_body = TicketChanges,
    params(("ids" = Option<String>, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn update_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
    Body(sent): Body<TicketChanges>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    let asked = match (sent.ticket, sent.tickets) {
        (Some(ticket), None) => {
            readable::<TicketSent>(std::slice::from_ref(&ticket))?;
            let common = json!({ "ticket": ticket });
            Asked { sort: JobSort::UpdateTickets, common, rows: numbered(ask.ids("ids")?) }
        }
        (None, Some(tickets)) => {
            readable::<TicketSent>(&tickets)?;
            let row = |ticket: Value| Ok::<_, Problem>(json!({ "id": id_of(&ticket)?, "ticket": ticket }));
            Asked::of(JobSort::UpdateTickets, tickets.into_iter().map(row).collect::<Result<_, _>>()?)
        }
        _ => return Err(Problem::bad_body("Either ticket or tickets says what becomes different")),
    };
    begin(&app, &caller, &headers, asked).await
}

/// Tickets go, 100 at most, until they are brought back.
#[utoipa::path(delete, path = "/tickets/destroy_many", tag = "Tickets",
    params(("ids" = String, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn destroy_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, Problem> {
    begin(&app, &caller, &headers, Asked::of(JobSort::DeleteTickets, numbered(ask.ids("ids")?))).await
}

/// Tickets go, 100 at most, and whoever asked is shut out.
#[utoipa::path(put, path = "/tickets/mark_many_as_spam", tag = "Tickets",
    params(("ids" = String, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn mark_many_as_spam(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, Problem> {
    begin(&app, &caller, &headers, Asked::of(JobSort::SpamTickets, numbered(ask.ids("ids")?))).await
}

/// What is merged, and what is said with it.
#[derive(Deserialize, Serialize, ToSchema)]
struct Merging {
    /// Those that close.
    #[schema(value_type = Vec<i64>)]
    ids: Vec<Number>,
    source_comment: Option<String>,
    target_comment: Option<String>,
    #[serde(default)]
    source_comment_is_public: bool,
    #[serde(default)]
    target_comment_is_public: bool,
}

/// Tickets are closed in favour of another.
#[utoipa::path(post, path = "/tickets/{ticket_id}/merge", tag = "Tickets", request_body = Merging,
    params(("ticket_id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn merge(
    State(app): State<App>,
    caller: Caller,
    Id(target): Id,
    headers: HeaderMap,
    Body(sent): Body<Merging>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    super::ticket(&caller, target).await?;
    let rows = numbered(sent.ids.iter().map(|id| id.0).collect());
    let mut common = json!(sent);
    common["target"] = json!(target);
    // They are the rows.
    common.as_object_mut().and_then(|common| common.remove("ids"));
    begin(&app, &caller, &headers, Asked { sort: JobSort::MergeTickets, common, rows }).await
}

/// A deleted ticket goes for good.
#[utoipa::path(delete, path = "/deleted_tickets/{ticket_id}", tag = "Tickets",
    params(("ticket_id" = i64, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn purge(State(app): State<App>, caller: Caller, Id(id): Id, headers: HeaderMap) -> Result<Response, Problem> {
    begin(&app, &caller, &headers, Asked::of(JobSort::PurgeTickets, numbered(vec![id]))).await
}

/// Deleted tickets go for good, 100 at most.
#[utoipa::path(delete, path = "/deleted_tickets/destroy_many", tag = "Tickets",
    params(("ids" = String, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn purge_many(State(app): State<App>, caller: Caller, headers: HeaderMap, ask: Ask) -> Result<Response, Problem> {
    begin(&app, &caller, &headers, Asked::of(JobSort::PurgeTickets, numbered(ask.ids("ids")?))).await
}
