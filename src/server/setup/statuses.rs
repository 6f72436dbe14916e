//! Statuses of the account's own.

use super::{Known, delete as drop_item, keep, whole};
use crate::domain::setup::{Item, ItemKind};
use crate::domain::status::CustomStatus;
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::{created, envelope, sent};
use crate::wire::setup::{SentStatus, Status};
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
        .routes(routes!(set_default))
}

envelope!(
    /// A status.
    StatusOne { custom_status: Status }
);
envelope!(
    /// All statuses: they come at once.
    StatusAll { custom_statuses: Vec<Status> }
);
sent!(
    /// A status to be made or changed.
    StatusSent { custom_status: SentStatus }
);

/// Which are the usual ones of their categories.
#[derive(Deserialize, ToSchema)]
struct Defaults {
    /// Numbers with commas between them.
    ids: String,
}

/// All statuses of the account's own, as far as the one who asks may know of them.
#[utoipa::path(get, path = "/custom_statuses", tag = "Custom Statuses",
    params(("status_categories" = Option<String>, Query), ("active" = Option<bool>, Query), ("default" = Option<bool>, Query)),
    responses((status = 200, description = "Statuses", body = StatusAll)))]
async fn list(caller: Caller, ask: Ask) -> Result<Json<StatusAll>, Problem> {
    let known = Known::of(&caller).await?;
    let categories = ask.list("status_categories");
    let is = |name: &str, value: bool| ask.get(name).is_none_or(|_| ask.is(name) == value);
    let fits = |one: &&CustomStatus| {
        let category = categories.is_empty() || categories.iter().any(|name| name == one.category.name());
        category && is("active", one.active) && is("default", one.default)
    };
    let mut all: Vec<&CustomStatus> = known.session.statuses.values().filter(fits).collect();
    all.sort_by_key(|one| (one.category, one.position, one.id));
    Ok(Json(StatusAll { custom_statuses: all.into_iter().map(|one| Status::of(one, &known.place)).collect() }))
}

async fn one(caller: &Caller, id: i64) -> Result<StatusOne, Problem> {
    let known = Known::of(caller).await?;
    let found = known.session.statuses.values().find(|one| one.id.0 == id).ok_or_else(Problem::not_found)?;
    Ok(StatusOne { custom_status: Status::of(found, &known.place) })
}

/// A status.
#[utoipa::path(get, path = "/custom_statuses/{custom_status_id}", tag = "Custom Statuses", params(("custom_status_id" = i64, Path)),
    responses((status = 200, description = "The status", body = StatusOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<StatusOne>, Problem> {
    one(&caller, id).await.map(Json)
}

/// A new status.
#[utoipa::path(post, path = "/custom_statuses", tag = "Custom Statuses", request_body = StatusSent,
    responses((status = 201, description = "The new status", body = StatusOne)))]
async fn create(caller: Caller, Body(sent): Body<StatusSent>) -> Result<Response, Problem> {
    caller.admin().await?;
    let why = "status_category is new, open, pending, hold or solved";
    let fresh = sent.custom_status.fresh().ok_or_else(|| Problem::invalid("status_category", "InvalidValue", why))?;
    let id = keep(&caller, Item::Status(fresh)).await?;
    Ok(created(&caller, &format!("custom_statuses/{id}"), one(&caller, id).await?))
}

async fn status(caller: &Caller, id: i64) -> Result<CustomStatus, Problem> {
    match whole(caller, ItemKind::Status, id).await? {
        Item::Status(one) => Ok(one),
        _ => Err(Problem::not_found()),
    }
}

/// A status becomes different.
#[utoipa::path(put, path = "/custom_statuses/{custom_status_id}", tag = "Custom Statuses", params(("custom_status_id" = i64, Path)), request_body = StatusSent,
    responses((status = 200, description = "The status as it is now", body = StatusOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<StatusSent>) -> Result<Json<StatusOne>, Problem> {
    let after = sent.custom_status.apply(status(&caller, id).await?);
    keep(&caller, Item::Status(after)).await?;
    one(&caller, id).await.map(Json)
}

/// A status that no ticket has is deleted.
#[utoipa::path(delete, path = "/custom_statuses/{custom_status_id}", tag = "Custom Statuses", params(("custom_status_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    status(&caller, id).await?;
    drop_item(&caller, ItemKind::Status, id).await
}

/// Statuses become the usual ones of their categories. The path has no `es` at its end, as real servers have it.
#[utoipa::path(put, path = "/custom_status/default", tag = "Custom Statuses", request_body = Defaults,
    responses((status = 200, description = "Done", body = Object)))]
async fn set_default(caller: Caller, Body(sent): Body<Defaults>) -> Result<Json<Value>, Problem> {
    caller.admin().await?;
    let ids = sent.ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    let ids: Vec<i64> =
        ids.map(|id| id.parse().map_err(|_| Problem::bad_parameter("ids"))).collect::<Result<_, _>>()?;
    if ids.len() > 100 {
        return Err(Problem::too_many_values());
    }
    for id in ids {
        let one = status(&caller, id).await?;
        keep(&caller, Item::Status(CustomStatus { default: true, ..one })).await?;
    }
    Ok(Json(json!({})))
}
