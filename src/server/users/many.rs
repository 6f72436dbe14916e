//! Many people at once: each of these routes begins a job.

use crate::domain::job::JobSort;
use crate::server::App;
use crate::server::ask::Ask;
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::jobs::{Asked, JobOne, begin};
use crate::server::problem::Problem;
use crate::server::tickets::many::{numbered, readable};
use crate::wire::sent;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_many))
        .routes(routes!(create_or_update_many))
        .routes(routes!(update_many))
        .routes(routes!(destroy_many))
}

/// People to be made.
#[derive(Deserialize, ToSchema)]
struct UsersSent {
    #[schema(value_type = Vec<sent::User>)]
    users: Vec<Value>,
}

fn each(sort: JobSort, users: Vec<Value>) -> Result<Asked, Problem> {
    readable::<sent::User>(&users)?;
    Ok(Asked::of(sort, users.into_iter().map(|user| json!({ "user": user })).collect()))
}

/// People to be made, 100 at most.
#[utoipa::path(post, path = "/users/create_many", tag = "Users", request_body = UsersSent,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn create_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(sent): Body<UsersSent>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    begin(&app, &caller, &headers, each(JobSort::CreateUsers, sent.users)?).await
}

/// People by address or number elsewhere, 100 at most: changed where they are known, else made.
#[utoipa::path(post, path = "/users/create_or_update_many", tag = "Users", request_body = UsersSent,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn create_or_update_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(sent): Body<UsersSent>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    begin(&app, &caller, &headers, each(JobSort::CreateOrUpdateUsers, sent.users)?).await
}

/// The same change of several people, or each with their own.
#[derive(Deserialize, ToSchema)]
struct UserChanges {
    #[serde(default)]
    #[schema(value_type = Option<sent::User>)]
    user: Option<Value>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<sent::User>>)]
    users: Option<Vec<Value>>,
}

/// Whom a job is about, by their numbers here or elsewhere.
fn named(ask: &Ask) -> Result<Vec<Value>, Problem> {
    let elsewhere = ask.list("external_ids");
    if elsewhere.is_empty() {
        return Ok(numbered(ask.ids("ids")?));
    }
    Ok(elsewhere.into_iter().map(|id| json!({ "external_id": id })).collect())
}

/// Changes people, 100 at most: those of `ids` or `external_ids` in the same way, or each as they say themselves.
#[utoipa::path(put, path = "/users/update_many", tag = "Users", request_body = UserChanges,
    params(("ids" = Option<String>, Query), ("external_ids" = Option<String>, Query),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn update_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
    Body(sent): Body<UserChanges>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    let asked = match (sent.user, sent.users) {
        (Some(user), None) => {
            readable::<sent::User>(std::slice::from_ref(&user))?;
            Asked { sort: JobSort::UpdateUsers, common: json!({ "user": user }), rows: named(&ask)? }
        }
        (None, Some(users)) => {
            readable::<sent::User>(&users)?;
            let row = |user: Value| json!({ "id": user["id"], "external_id": user["external_id"], "user": user });
            Asked::of(JobSort::UpdateUsers, users.into_iter().map(row).collect())
        }
        _ => return Err(Problem::bad_body("Either user or users says what becomes different")),
    };
    begin(&app, &caller, &headers, asked).await
}

/// People are taken out of the account, 100 at most.
#[utoipa::path(delete, path = "/users/destroy_many", tag = "Users",
    params(("ids" = Option<String>, Query), ("external_ids" = Option<String>, Query),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn destroy_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, Problem> {
    caller.staff().await?;
    begin(&app, &caller, &headers, Asked::of(JobSort::DeleteUsers, named(&ask)?)).await
}
