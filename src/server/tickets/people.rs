//! Who is on a ticket beside its requester.

use super::shown::users;
use super::ticket;
use crate::domain::id::PersonId;
use crate::server::App;
use crate::server::ask::Id;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::wire::User;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(collaborators)).routes(routes!(email_ccs)).routes(routes!(followers))
}

/// People on a ticket.
#[derive(Serialize, ToSchema)]
struct Users {
    users: Vec<User>,
    count: usize,
    next_page: Option<String>,
    previous_page: Option<String>,
}

async fn answer(caller: &Caller, people: impl IntoIterator<Item = PersonId>) -> Result<Json<Users>, Problem> {
    let session = caller.session().await?;
    let users = users(caller, &session, people).await?;
    let count = users.len();
    Ok(Json(Users { users, count, next_page: None, previous_page: None }))
}

/// Who is in copy of a ticket or follows it.
#[utoipa::path(get, path = "/tickets/{ticket_id}/collaborators", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "People", body = Users)))]
async fn collaborators(caller: Caller, Id(id): Id) -> Result<Json<Users>, Problem> {
    let ticket = ticket(&caller, id).await?;
    answer(&caller, ticket.ccs.iter().chain(&ticket.followers).copied()).await
}

/// Who is in copy of a ticket.
#[utoipa::path(get, path = "/tickets/{ticket_id}/email_ccs", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "People", body = Users)))]
async fn email_ccs(caller: Caller, Id(id): Id) -> Result<Json<Users>, Problem> {
    let ticket = ticket(&caller, id).await?;
    answer(&caller, ticket.ccs).await
}

/// Who follows a ticket.
#[utoipa::path(get, path = "/tickets/{ticket_id}/followers", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "Agents", body = Users)))]
async fn followers(caller: Caller, Id(id): Id) -> Result<Json<Users>, Problem> {
    let ticket = ticket(&caller, id).await?;
    answer(&caller, ticket.followers).await
}
