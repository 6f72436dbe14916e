//! The labels in use.

use super::App;
use super::ask::Ask;
use super::body::Body;
use super::caller::Caller;
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Counted, Listed, Pages, page};
use crate::domain::suggest::MIN_CHARS;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(autocomplete, autocomplete_by_post))
}

/// A label, and how many tickets of the last 60 days have it.
#[derive(Serialize, ToSchema)]
#[schema(as = TagInUse)]
struct Tag {
    name: String,
    count: u64,
}

page!(
    /// A page of labels.
    TagPage { tags: Tag }
);

/// Labels.
#[derive(Serialize, ToSchema)]
struct TagNames {
    tags: Vec<String>,
    count: usize,
}

/// How a label begins.
#[derive(Deserialize, ToSchema)]
struct TypedTag {
    name: Option<String>,
}

/// The labels of tickets that changed in the last 60 days, the most used first.
#[utoipa::path(get, path = "/tags", tag = "Tags", params(Pages), responses((status = 200, description = "A page", body = TagPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let tags = caller.say(caller.client.tags_in_use().await)?;
    let rows = tags.into_iter().map(|(name, count)| Tag { name, count }).collect();
    Ok(Json(Rows::whole(rows, &paging)?.body("tags", &paging, &caller.here.url(), &ask)))
}

/// How many labels there are.
#[utoipa::path(get, path = "/tags/count", tag = "Tags", responses((status = 200, description = "How many", body = Counted)))]
async fn count(caller: Caller) -> Result<Json<Counted>, Problem> {
    let tags = caller.say(caller.client.tags_in_use().await)?;
    Ok(Counted::now(tags.len() as u64, &caller))
}

/// Labels that begin so: from two characters on.
#[utoipa::path(get, path = "/autocomplete/tags", tag = "Tags", params(("name" = String, Query)),
    responses((status = 200, description = "Labels", body = TagNames)))]
async fn autocomplete(caller: Caller, ask: Ask) -> Result<Json<TagNames>, Problem> {
    named(&caller, ask.get("name").unwrap_or_default()).await
}

/// The same, for what should not stand in an address.
#[utoipa::path(post, path = "/autocomplete/tags", tag = "Tags", request_body = TypedTag,
    responses((status = 200, description = "Labels", body = TagNames)))]
async fn autocomplete_by_post(caller: Caller, Body(typed): Body<TypedTag>) -> Result<Json<TagNames>, Problem> {
    named(&caller, typed.name.as_deref().unwrap_or_default()).await
}

async fn named(caller: &Caller, start: &str) -> Result<Json<TagNames>, Problem> {
    caller.staff().await?;
    if start.trim().chars().count() < MIN_CHARS {
        return Err(Problem::bad_parameter("name"));
    }
    let tags = caller.say(caller.client.tags_like(start.trim()).await)?;
    Ok(Json(TagNames { count: tags.len(), tags }))
}
