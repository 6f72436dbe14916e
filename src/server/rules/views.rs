//! Views: saved lists.

mod tickets;

use super::{Shelf, definitions, destroy_many as drop_many, update_many as change_many};
use super::{create as make, delete as drop_one, list as all, search as find, show as one, update as change};
use crate::domain::setup::ItemKind;
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::{Counted, Listed, Pages, envelope, page, sent};
use crate::wire::rules::{Sent, View};
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const KIND: ItemKind = ItemKind::View;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(active))
        .routes(routes!(search))
        .routes(routes!(show, update, delete))
        .routes(routes!(update_many))
        .routes(routes!(destroy_many))
        .routes(routes!(definition))
        .routes(routes!(count))
        .routes(routes!(compact))
        .routes(routes!(show_many))
        .merge(tickets::routes())
}

envelope!(
    /// One of them.
    ViewOne { view: View }
);
page!(
    /// A page of them.
    ViewPage { views: View }
);
sent!(
    /// One to be made or changed.
    ViewSent { view: Sent }
);
sent!(
    /// Several to be changed, each with its number.
    ViewManySent { views: Vec<Sent> }
);

/// All of them in their order.
#[utoipa::path(get, path = "/views", tag = "Views", params(Pages, ("active" = Option<bool>, Query)),
    responses((status = 200, description = "A page", body = ViewPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, None).await
}

/// Those that are switched on.
#[utoipa::path(get, path = "/views/active", tag = "Views", params(Pages),
    responses((status = 200, description = "A page", body = ViewPage)))]
async fn active(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    all(&caller, &ask, KIND, Some(true)).await
}

/// Those with such a title.
#[utoipa::path(get, path = "/views/search", tag = "Views", params(Pages, ("query" = String, Query)),
    responses((status = 200, description = "A page", body = ViewPage)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    find(&caller, &ask, KIND).await
}

/// One of them.
#[utoipa::path(get, path = "/views/{view_id}", tag = "Views", params(("view_id" = i64, Path)),
    responses((status = 200, description = "It", body = ViewOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Listed, Problem> {
    one(&caller, KIND, id).await
}

/// A new one.
#[utoipa::path(post, path = "/views", tag = "Views", request_body = ViewSent,
    responses((status = 201, description = "The new one", body = ViewOne)))]
async fn create(caller: Caller, Body(sent): Body<ViewSent>) -> Result<Response, Problem> {
    make(&caller, KIND, &sent.view).await
}

/// It becomes different.
#[utoipa::path(put, path = "/views/{view_id}", tag = "Views", params(("view_id" = i64, Path)), request_body = ViewSent,
    responses((status = 200, description = "As it is now", body = ViewOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<ViewSent>) -> Result<Listed, Problem> {
    change(&caller, KIND, id, &sent.view).await
}

/// Several become different.
#[utoipa::path(put, path = "/views/update_many", tag = "Views", request_body = ViewManySent,
    responses((status = 200, description = "As they are now", body = ViewPage)))]
async fn update_many(caller: Caller, Body(sent): Body<ViewManySent>) -> Result<Listed, Problem> {
    change_many(&caller, KIND, &sent.views).await
}

/// It is deleted.
#[utoipa::path(delete, path = "/views/{view_id}", tag = "Views", params(("view_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    drop_one(&caller, KIND, id).await
}

/// Several are deleted, at once and without a job.
#[utoipa::path(delete, path = "/views/destroy_many", tag = "Views", params(("ids" = String, Query)),
    responses((status = 204, description = "They are gone")))]
async fn destroy_many(caller: Caller, ask: Ask) -> Result<StatusCode, Problem> {
    drop_many(&caller, KIND, &ask).await
}

/// Of what they can be made.
#[utoipa::path(get, path = "/views/definitions", tag = "Views",
    responses((status = 200, description = "Fields, with how they are compared or set", body = definitions::Definitions)))]
async fn definition(caller: Caller) -> Result<axum::Json<definitions::Definitions>, Problem> {
    definitions::of(&caller, KIND).await
}

/// How many views the one who asks has.
#[utoipa::path(get, path = "/views/count", tag = "Views", responses((status = 200, description = "How many", body = Counted)))]
async fn count(caller: Caller) -> Result<axum::Json<Counted>, Problem> {
    let shelf = Shelf::of(&caller, KIND).await?;
    Ok(Counted::now(shelf.items.len() as u64, &caller))
}

/// The most views that stand beside an agent's tickets.
const BESIDE: usize = 32;

/// Those that stand beside an agent's tickets: the first of those that are switched on.
#[utoipa::path(get, path = "/views/compact", tag = "Views", responses((status = 200, description = "Views", body = ViewPage)))]
async fn compact(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let shelf = Shelf::of(&caller, KIND).await?;
    shelf.page(&caller, &ask, shelf.items.iter().filter(|item| item.is_active()).take(BESIDE))
}

/// Views of these numbers; numbers of none are left out.
#[utoipa::path(get, path = "/views/show_many", tag = "Views", params(("ids" = String, Query)), responses((status = 200, description = "Views", body = ViewPage)))]
async fn show_many(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let ids = ask.ids("ids")?;
    let shelf = Shelf::of(&caller, KIND).await?;
    shelf.page(&caller, &ask, shelf.items.iter().filter(|item| ids.contains(&item.key().id)))
}
