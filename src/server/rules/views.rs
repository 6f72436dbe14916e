//! Views: saved lists.

mod tickets;

use super::Shelf;
use super::family::family;
use super::family::prelude::*;
use crate::server::shape::Counted;
use crate::wire::rules::View;

pub(super) fn routes() -> OpenApiRouter<App> {
    common().routes(routes!(count)).routes(routes!(compact)).routes(routes!(show_many)).merge(tickets::routes())
}

family!(
    View as "Views", "view_id",
    ViewOne { view: View }, ViewPage { views }, ViewSent, ViewManySent,
    all "/views", active "/views/active", search "/views/search", each "/views/{view_id}",
    definitions "/views/definitions", update "/views/update_many", destroy "/views/destroy_many",
);

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
