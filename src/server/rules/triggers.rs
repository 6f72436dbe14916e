//! Triggers: what is done when a ticket is made or changed.

use super::{create as make, delete as drop_one, list as all, search as find, show as one, update as change};
use super::{definitions, destroy_many as drop_many, reorder, update_many as change_many};
use crate::domain::setup::ItemKind;
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::{Listed, Pages, envelope, page, sent};
use crate::wire::rules::{Rule, Sent};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const KIND: ItemKind = ItemKind::Trigger;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(active))
        .routes(routes!(search))
        .routes(routes!(show, update, delete))
        .routes(routes!(update_many))
        .routes(routes!(destroy_many))
        .routes(routes!(definition))
        .routes(routes!(put_in_order))
}

envelope!(
    /// One of them.
    TriggerOne { trigger: Rule }
);
page!(
    /// A page of them.
    TriggerPage { triggers: Rule }
);
sent!(
    /// One to be made or changed.
    TriggerSent { trigger: Sent }
);
sent!(
    /// Several to be changed, each with its number.
    TriggerManySent { triggers: Vec<Sent> }
);

/// All of them in their order.
#[utoipa::path(get, path = "/triggers", tag = "Triggers", params(Pages, ("active" = Option<bool>, Query)),
    responses((status = 200, description = "A page", body = TriggerPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, None).await
}

/// Those that are switched on.
#[utoipa::path(get, path = "/triggers/active", tag = "Triggers", params(Pages),
    responses((status = 200, description = "A page", body = TriggerPage)))]
async fn active(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, Some(true)).await
}

/// Those with such a title.
#[utoipa::path(get, path = "/triggers/search", tag = "Triggers", params(Pages, ("query" = String, Query)),
    responses((status = 200, description = "A page", body = TriggerPage)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    find(&caller, &ask, KIND).await
}

/// One of them.
#[utoipa::path(get, path = "/triggers/{trigger_id}", tag = "Triggers", params(("trigger_id" = i64, Path)),
    responses((status = 200, description = "It", body = TriggerOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Listed, Problem> {
    one(&caller, KIND, id).await
}

/// A new one.
#[utoipa::path(post, path = "/triggers", tag = "Triggers", request_body = TriggerSent,
    responses((status = 201, description = "The new one", body = TriggerOne)))]
async fn create(caller: Caller, Body(sent): Body<TriggerSent>) -> Result<Response, Problem> {
    make(&caller, KIND, &sent.trigger).await
}

/// It becomes different.
#[utoipa::path(put, path = "/triggers/{trigger_id}", tag = "Triggers", params(("trigger_id" = i64, Path)), request_body = TriggerSent,
    responses((status = 200, description = "As it is now", body = TriggerOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<TriggerSent>) -> Result<Listed, Problem> {
    change(&caller, KIND, id, &sent.trigger).await
}

/// Several become different.
#[utoipa::path(put, path = "/triggers/update_many", tag = "Triggers", request_body = TriggerManySent,
    responses((status = 200, description = "As they are now", body = TriggerPage)))]
async fn update_many(caller: Caller, Body(sent): Body<TriggerManySent>) -> Result<Listed, Problem> {
    change_many(&caller, KIND, &sent.triggers).await
}

/// It is deleted.
#[utoipa::path(delete, path = "/triggers/{trigger_id}", tag = "Triggers", params(("trigger_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    drop_one(&caller, KIND, id).await
}

/// Several are deleted, at once and without a job.
#[utoipa::path(delete, path = "/triggers/destroy_many", tag = "Triggers", params(("ids" = String, Query)),
    responses((status = 204, description = "They are gone")))]
async fn destroy_many(caller: Caller, ask: Ask) -> Result<StatusCode, Problem> {
    drop_many(&caller, KIND, &ask).await
}

/// Of what they can be made.
#[utoipa::path(get, path = "/triggers/definitions", tag = "Triggers",
    responses((status = 200, description = "Fields, with how they are compared or set", body = definitions::Definitions)))]
async fn definition(caller: Caller) -> Result<axum::Json<definitions::Definitions>, Problem> {
    definitions::of(&caller, KIND).await
}

/// In which order triggers are tried.
#[derive(Deserialize, ToSchema)]
struct TriggerOrder {
    trigger_ids: Vec<i64>,
}

/// Triggers are tried in another order.
#[utoipa::path(put, path = "/triggers/reorder", tag = "Triggers", request_body = TriggerOrder,
    responses((status = 200, description = "All in their order", body = TriggerPage)))]
async fn put_in_order(caller: Caller, Body(sent): Body<TriggerOrder>) -> Result<Listed, Problem> {
    reorder(&caller, KIND, sent.trigger_ids).await
}
