//! Macros: changes and a text that an agent applies by hand.

mod apply;

use super::{create as make, delete as drop_one, list as all, search as find, show as one, update as change};
use super::{definitions, destroy_many as drop_many, update_many as change_many};
use crate::domain::setup::ItemKind;
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::{Listed, Pages, envelope, page, sent};
use crate::wire::rules::{Macro, Sent};
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const KIND: ItemKind = ItemKind::Macro;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(active))
        .routes(routes!(search))
        .routes(routes!(show, update, delete))
        .routes(routes!(update_many))
        .routes(routes!(destroy_many))
        .routes(routes!(definition))
        .routes(routes!(actions))
        .routes(routes!(apply::apply))
        .routes(routes!(apply::apply_to))
}

envelope!(
    /// One of them.
    MacroOne { r#macro: Macro }
);
page!(
    /// A page of them.
    MacroPage { macros: Macro }
);
sent!(
    /// One to be made or changed.
    MacroSent { r#macro: Sent }
);
sent!(
    /// Several to be changed, each with its number.
    MacroManySent { macros: Vec<Sent> }
);

/// All of them in their order.
#[utoipa::path(get, path = "/macros", tag = "Macros", params(Pages, ("active" = Option<bool>, Query)),
    responses((status = 200, description = "A page", body = MacroPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, None).await
}

/// Those that are switched on.
#[utoipa::path(get, path = "/macros/active", tag = "Macros", params(Pages),
    responses((status = 200, description = "A page", body = MacroPage)))]
async fn active(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, Some(true)).await
}

/// Those with such a title.
#[utoipa::path(get, path = "/macros/search", tag = "Macros", params(Pages, ("query" = String, Query)),
    responses((status = 200, description = "A page", body = MacroPage)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    find(&caller, &ask, KIND).await
}

/// One of them.
#[utoipa::path(get, path = "/macros/{macro_id}", tag = "Macros", params(("macro_id" = i64, Path)),
    responses((status = 200, description = "It", body = MacroOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Listed, Problem> {
    one(&caller, KIND, id).await
}

/// A new one.
#[utoipa::path(post, path = "/macros", tag = "Macros", request_body = MacroSent,
    responses((status = 201, description = "The new one", body = MacroOne)))]
async fn create(caller: Caller, Body(sent): Body<MacroSent>) -> Result<Response, Problem> {
    make(&caller, KIND, &sent.r#macro).await
}

/// It becomes different.
#[utoipa::path(put, path = "/macros/{macro_id}", tag = "Macros", params(("macro_id" = i64, Path)), request_body = MacroSent,
    responses((status = 200, description = "As it is now", body = MacroOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<MacroSent>) -> Result<Listed, Problem> {
    change(&caller, KIND, id, &sent.r#macro).await
}

/// Several become different.
#[utoipa::path(put, path = "/macros/update_many", tag = "Macros", request_body = MacroManySent,
    responses((status = 200, description = "As they are now", body = MacroPage)))]
async fn update_many(caller: Caller, Body(sent): Body<MacroManySent>) -> Result<Listed, Problem> {
    change_many(&caller, KIND, &sent.macros).await
}

/// It is deleted.
#[utoipa::path(delete, path = "/macros/{macro_id}", tag = "Macros", params(("macro_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    drop_one(&caller, KIND, id).await
}

/// Several are deleted, at once and without a job.
#[utoipa::path(delete, path = "/macros/destroy_many", tag = "Macros", params(("ids" = String, Query)),
    responses((status = 204, description = "They are gone")))]
async fn destroy_many(caller: Caller, ask: Ask) -> Result<StatusCode, Problem> {
    drop_many(&caller, KIND, &ask).await
}

/// Of what they can be made.
#[utoipa::path(get, path = "/macros/definitions", tag = "Macros",
    responses((status = 200, description = "Fields, with how they are compared or set", body = definitions::Definitions)))]
async fn definition(caller: Caller) -> Result<axum::Json<definitions::Definitions>, Problem> {
    definitions::of(&caller, KIND).await
}

/// What macros can do.
#[utoipa::path(get, path = "/macros/actions", tag = "Macros", responses((status = 200, description = "Actions", body = definitions::Actions)))]
async fn actions(caller: Caller) -> Result<axum::Json<definitions::Actions>, Problem> {
    definitions::actions(&caller, KIND).await
}
