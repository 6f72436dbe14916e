//! Tickets as agents see them.

mod cases;
pub(super) mod change;
pub(super) mod list;
pub(super) mod many;
mod people;
mod removal;
pub(super) mod said;
pub(super) mod shown;
mod tags;
pub(super) mod write;

use super::App;
use super::ask::{Ask, Id};
use super::caller::Caller;
use super::problem::Problem;
use crate::client::{Client as _, Source};
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::wire::Time;
use axum::Json;
use serde::Serialize;
use serde_json::{Map, Value, json};
use shown::Shown;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(related))
        .merge(cases::routes())
        .merge(list::routes())
        .merge(many::routes())
        .merge(people::routes())
        .merge(removal::routes())
        .merge(said::routes())
        .merge(tags::routes())
        .merge(write::routes())
}

/// A ticket by itself.
#[derive(Serialize, ToSchema)]
struct One {
    ticket: Shown,
    #[serde(flatten)]
    beside: Map<String, Value>,
}

/// A ticket.
#[utoipa::path(get, path = "/tickets/{ticket_id}", tag = "Tickets", params(("ticket_id" = i64, Path),
    ("include" = Option<String>, Query, description = "users, groups, organizations, ticket_forms, comment_count")),
    responses((status = 200, description = "The ticket", body = One)))]
async fn show(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<One>, Problem> {
    let session = caller.session().await?;
    let thread = caller.say(caller.client.ticket(TicketId(id), 0).await)?;
    let tickets = [thread.item];
    let include = ask.include();
    let mut ticket = shown::shown(&caller, &caller.place(&session), &tickets, &include).await?;
    let beside = shown::beside(&caller, &session, &tickets, &include).await?;
    Ok(Json(One { ticket: ticket.pop().ok_or_else(Problem::not_found)?, beside }))
}

/// What a ticket has to do with others.
#[derive(Serialize, ToSchema)]
struct Related {
    topic_id: Option<String>,
    jira_issue_ids: Vec<String>,
    followup_source_ids: Vec<String>,
    from_archive: bool,
    incidents: u64,
}

/// What a ticket has to do with others: the answer stands by itself, without a name around it.
#[utoipa::path(get, path = "/tickets/{ticket_id}/related", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "What it has to do with others", body = Related)))]
async fn related(caller: Caller, Id(id): Id) -> Result<Json<Related>, Problem> {
    let ticket = ticket(&caller, id).await?;
    let followup_source_ids = ticket.follow_up_of.iter().map(ToString::to_string).collect();
    let incidents = caller.client.count_up_to(&Source::Incidents(ticket.id), list::FAR).await;
    Ok(Json(Related {
        topic_id: None,
        jira_issue_ids: Vec::new(),
        followup_source_ids,
        from_archive: false,
        incidents: caller.say(incidents)?.value,
    }))
}

/// A ticket as whoever asks sees it.
async fn ticket(caller: &Caller, id: i64) -> Result<Ticket, Problem> {
    caller.say(caller.client.ticket(TicketId(id), 0).await).map(|thread| thread.item)
}

/// A number of things, as the API counts them.
fn counted(caller: &Caller, value: u64) -> Json<Value> {
    Json(json!({ "count": { "value": value, "refreshed_at": Time(caller.client.now()) } }))
}

/// A number of things.
#[derive(ToSchema)]
#[schema(as = TicketsCounted)]
#[expect(dead_code, reason = "only described")]
struct Counted {
    count: CountedValue,
}

/// So many, at that moment.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct CountedValue {
    value: u64,
    refreshed_at: Option<Time>,
}
