//! Groups of agents.

pub(super) mod memberships;

use super::App;
use super::ask::{Ask, Id};
use super::body::Body;
use super::caller::Caller;
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Counted, Listed, Pages, created, envelope, page, sent};
use crate::client::Session;
use crate::client::listed::{Part, PeopleFilter, Spot};
use crate::domain::account::Group as Domain;
use crate::domain::act::Deed;
use crate::domain::id::GroupId;
use crate::domain::person::Role;
use crate::wire::{Group, User};
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
        .routes(routes!(assignable))
        .routes(routes!(count))
        .routes(routes!(of_user))
        .routes(routes!(count_of_user))
        .merge(memberships::routes())
}

envelope!(
    /// A group.
    GroupOne { group: Group }
);
page!(
    /// A page of groups.
    GroupPage { groups: Group }
);

/// A group to be made or renamed.
#[derive(Deserialize, ToSchema)]
pub(in crate::server) struct NamedGroup {
    name: Option<String>,
    /// What it is for; for the team.
    description: Option<String>,
}

sent!(
    /// A group to be made or renamed.
    GroupSent { group: NamedGroup }
);

/// A group, for the team.
pub(super) async fn found(caller: &Caller, id: i64) -> Result<Domain, Problem> {
    let groups = caller.staff().await?.groups;
    groups.into_iter().find(|group| group.id == GroupId(id)).ok_or_else(Problem::not_found)
}

fn object(caller: &Caller, session: &Session, group: &Domain) -> Group {
    Group::of(group, session.settings.default_group == Some(group.id), &caller.place(session))
}

fn paged(caller: &Caller, ask: &Ask, session: &Session, groups: Vec<Domain>) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let mut groups = groups;
    groups.sort_by_key(|group| group.id);
    let rows = groups.iter().map(|group| object(caller, session, group)).collect();
    Ok(Json(Rows::whole(rows, &paging)?.body("groups", &paging, &caller.here.url(), ask)))
}

/// All groups.
#[utoipa::path(get, path = "/groups", tag = "Groups", params(Pages, ("include" = Option<String>, Query)), responses((status = 200, description = "A page of groups", body = GroupPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let session = caller.staff().await?;
    let Json(mut body) = paged(&caller, &ask, &session, session.groups.clone())?;
    if ask.include().contains("users") {
        let which = PeopleFilter { roles: vec![Role::Agent, Role::Admin], ..PeopleFilter::default() };
        let part = Part { spot: Spot::Skip(0), descending: false, limit: 100 };
        let people = caller.say(caller.client.people_listed(&which, part).await)?.rows;
        let place = caller.place(&session);
        let in_some = people.iter().filter(|person| !person.groups.is_empty());
        body.insert("users".to_owned(), in_some.map(|person| json!(User::of(person, &place))).collect());
    }
    Ok(Json(body))
}

/// The groups to which tickets can be handed: all.
#[utoipa::path(get, path = "/groups/assignable", tag = "Groups", params(Pages), responses((status = 200, description = "A page of groups", body = GroupPage)))]
async fn assignable(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    list(caller, ask).await
}

/// How many groups there are.
#[utoipa::path(get, path = "/groups/count", tag = "Groups", responses((status = 200, description = "How many", body = Counted)))]
async fn count(caller: Caller) -> Result<Json<Counted>, Problem> {
    let session = caller.staff().await?;
    Ok(Counted::now(session.groups.len() as u64, &caller))
}

/// A group.
#[utoipa::path(get, path = "/groups/{group_id}", tag = "Groups", params(("group_id" = i64, Path)),
    responses((status = 200, description = "The group", body = GroupOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<GroupOne>, Problem> {
    one(&caller, id).await.map(Json)
}

async fn one(caller: &Caller, id: i64) -> Result<GroupOne, Problem> {
    let group = found(caller, id).await?;
    Ok(GroupOne { group: object(caller, &caller.session().await?, &group) })
}

/// A new group.
#[utoipa::path(post, path = "/groups", tag = "Groups", request_body = GroupSent,
    responses((status = 201, description = "The new group", body = GroupOne)))]
async fn create(caller: Caller, Body(sent): Body<GroupSent>) -> Result<Response, Problem> {
    let receipt = caller.act(Deed::CreateGroup { name: sent.group.name.unwrap_or_default() }).await?;
    let id = receipt.outcome.group.ok_or_else(Problem::not_found)?;
    describe(&caller, id, sent.group.description.filter(|text| !text.trim().is_empty())).await?;
    Ok(created(&caller, &format!("groups/{id}"), one(&caller, id.0).await?))
}

async fn describe(caller: &Caller, group: GroupId, description: Option<String>) -> Result<(), Problem> {
    let Some(description) = description else { return Ok(()) };
    caller.act(Deed::DescribeGroup { group, description }).await.map(|_| ())
}

/// A group gets another name.
#[utoipa::path(put, path = "/groups/{group_id}", tag = "Groups", params(("group_id" = i64, Path)), request_body = GroupSent,
    responses((status = 200, description = "The group as it is now", body = GroupOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<GroupSent>) -> Result<Json<GroupOne>, Problem> {
    let group = found(&caller, id).await?.id;
    match sent.group.name {
        Some(name) => _ = caller.act(Deed::RenameGroup { group, name }).await?,
        None => _ = caller.admin().await?,
    }
    describe(&caller, group, sent.group.description).await?;
    one(&caller, id).await.map(Json)
}

/// A group that nothing and nobody is in is deleted.
#[utoipa::path(delete, path = "/groups/{group_id}", tag = "Groups", params(("group_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    let group = found(&caller, id).await?.id;
    caller.act(Deed::DeleteGroup { group }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The groups of an agent.
#[utoipa::path(get, path = "/users/{user_id}/groups", tag = "Groups", params(("user_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of groups", body = GroupPage)))]
async fn of_user(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let session = caller.staff().await?;
    let theirs = super::users::found(&caller, id).await?.groups;
    let groups = session.groups.iter().filter(|group| theirs.contains(&group.id)).cloned().collect();
    paged(&caller, &ask, &session, groups)
}

/// In how many groups an agent works.
#[utoipa::path(get, path = "/users/{user_id}/groups/count", tag = "Groups", params(("user_id" = i64, Path)),
    responses((status = 200, description = "How many", body = Counted)))]
async fn count_of_user(caller: Caller, Id(id): Id) -> Result<Json<Counted>, Problem> {
    caller.staff().await?;
    let theirs = super::users::found(&caller, id).await?.groups;
    Ok(Counted::now(theirs.len() as u64, &caller))
}
