//! Automations: what is done by itself.

use super::{create as make, delete as drop_one, list as all, search as find, show as one, update as change};
use super::{definitions, destroy_many as drop_many, update_many as change_many};
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
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const KIND: ItemKind = ItemKind::Automation;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(active))
        .routes(routes!(search))
        .routes(routes!(show, update, delete))
        .routes(routes!(update_many))
        .routes(routes!(destroy_many))
        .routes(routes!(definition))
}

envelope!(
    /// One of them.
    AutomationOne { automation: Rule }
);
page!(
    /// A page of them.
    AutomationPage { automations: Rule }
);
sent!(
    /// One to be made or changed.
    AutomationSent { automation: Sent }
);
sent!(
    /// Several to be changed, each with its number.
    AutomationManySent { automations: Vec<Sent> }
);

/// All of them in their order.
#[utoipa::path(get, path = "/automations", tag = "Automations", params(Pages, ("active" = Option<bool>, Query)),
    responses((status = 200, description = "A page", body = AutomationPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, None).await
}

/// Those that are switched on.
#[utoipa::path(get, path = "/automations/active", tag = "Automations", params(Pages),
    responses((status = 200, description = "A page", body = AutomationPage)))]
async fn active(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, Some(true)).await
}

/// Those with such a title.
#[utoipa::path(get, path = "/automations/search", tag = "Automations", params(Pages, ("query" = String, Query)),
    responses((status = 200, description = "A page", body = AutomationPage)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    find(&caller, &ask, KIND).await
}

/// One of them.
#[utoipa::path(get, path = "/automations/{automation_id}", tag = "Automations", params(("automation_id" = i64, Path)),
    responses((status = 200, description = "It", body = AutomationOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Listed, Problem> {
    one(&caller, KIND, id).await
}

/// A new one.
#[utoipa::path(post, path = "/automations", tag = "Automations", request_body = AutomationSent,
    responses((status = 201, description = "The new one", body = AutomationOne)))]
async fn create(caller: Caller, Body(sent): Body<AutomationSent>) -> Result<Response, Problem> {
    make(&caller, KIND, &sent.automation).await
}

/// It becomes different.
#[utoipa::path(put, path = "/automations/{automation_id}", tag = "Automations", params(("automation_id" = i64, Path)), request_body = AutomationSent,
    responses((status = 200, description = "As it is now", body = AutomationOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<AutomationSent>) -> Result<Listed, Problem> {
    change(&caller, KIND, id, &sent.automation).await
}

/// Several become different.
#[utoipa::path(put, path = "/automations/update_many", tag = "Automations", request_body = AutomationManySent,
    responses((status = 200, description = "As they are now", body = AutomationPage)))]
async fn update_many(caller: Caller, Body(sent): Body<AutomationManySent>) -> Result<Listed, Problem> {
    change_many(&caller, KIND, &sent.automations).await
}

/// It is deleted.
#[utoipa::path(delete, path = "/automations/{automation_id}", tag = "Automations", params(("automation_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    drop_one(&caller, KIND, id).await
}

/// Several are deleted, at once and without a job.
#[utoipa::path(delete, path = "/automations/destroy_many", tag = "Automations", params(("ids" = String, Query)),
    responses((status = 204, description = "They are gone")))]
async fn destroy_many(caller: Caller, ask: Ask) -> Result<StatusCode, Problem> {
    drop_many(&caller, KIND, &ask).await
}

/// Of what they can be made.
#[utoipa::path(get, path = "/automations/definitions", tag = "Automations",
    responses((status = 200, description = "Fields, with how they are compared or set", body = definitions::Definitions)))]
async fn definition(caller: Caller) -> Result<axum::Json<definitions::Definitions>, Problem> {
    definitions::of(&caller, KIND).await
}
