//! Organizations, and who belongs to them.

mod many;
pub(super) mod memberships;
pub(super) mod write;

use super::App;
use super::ask::{Ask, Id};
use super::caller::Caller;
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Counted, Listed, Pages, envelope, page};
use crate::client::listed::{OrganizationFilter, Part, PeopleFilter, Spot};
use crate::client::{Client as _, Source};
use crate::domain::account::Organization as Domain;
use crate::domain::act::OrganizationRef;
use crate::domain::id::OrganizationId;
use crate::domain::person::Among;
use crate::domain::suggest::MIN_CHARS;
use crate::wire::{Organization, Own, Place};
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, write::create))
        .routes(routes!(show, write::update, write::delete))
        .routes(routes!(show_many))
        .routes(routes!(search))
        .routes(routes!(autocomplete))
        .routes(routes!(count))
        .routes(routes!(related))
        .routes(routes!(of_user))
        .routes(routes!(count_of_user))
        .routes(routes!(write::create_or_update))
        .merge(many::routes())
        .merge(memberships::routes())
}

/// An organization as the one who asks gets it.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum AnyOrganization {
    Agent(Box<Organization>),
    Own(Box<Own>),
}

envelope!(
    /// An organization.
    OrganizationOne { organization: AnyOrganization }
);
page!(
    /// A page of organizations.
    OrganizationPage { organizations: AnyOrganization }
);

/// An organization that the one who asks may know; end users know their own.
pub(super) async fn found(caller: &Caller, id: i64) -> Result<Domain, Problem> {
    caller.say(caller.client.organization(OrganizationRef::Id(OrganizationId(id))).await)
}

/// Organizations by number.
#[utoipa::path(get, path = "/organizations", tag = "Organizations", params(Pages),
    responses((status = 200, description = "A page of organizations", body = OrganizationPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    listed(&caller, &ask, OrganizationFilter::default()).await
}

async fn listed(caller: &Caller, ask: &Ask, which: OrganizationFilter) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let place = caller.place(&caller.staff().await?);
    let slice = caller.say(caller.client.organizations_listed(&which, paging.part(ask)?).await)?;
    let count = if paging.counts() { Some(counted(caller, &which).await?) } else { None };
    let rows = Rows::by_number(slice, count, |one| one.id.0).map(|one| Organization::of(&one, &place));
    Ok(Json(rows.body("organizations", &paging, &caller.here.url(), ask)))
}

async fn counted(caller: &Caller, which: &OrganizationFilter) -> Result<u64, Problem> {
    caller.say(caller.client.count_organizations(which).await)
}

/// An organization; end users get their own.
#[utoipa::path(get, path = "/organizations/{organization_id}", tag = "Organizations", params(("organization_id" = i64, Path)),
    responses((status = 200, description = "The organization", body = OrganizationOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<OrganizationOne>, Problem> {
    let session = caller.session().await?;
    let found = found(&caller, id).await?;
    Ok(one(&found, session.me.role.is_staff(), &caller.place(&session)))
}

fn one(found: &Domain, staff: bool, place: &Place) -> Json<OrganizationOne> {
    let organization = if staff {
        AnyOrganization::Agent(Box::new(Organization::of(found, place)))
    } else {
        AnyOrganization::Own(Box::new(Own::of(found, place)))
    };
    Json(OrganizationOne { organization })
}

/// Organizations of these numbers; numbers of none are left out.
#[utoipa::path(get, path = "/organizations/show_many", tag = "Organizations", params(("ids" = Option<String>, Query), Pages),
    responses((status = 200, description = "The organizations", body = OrganizationPage)))]
async fn show_many(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let ids = ask.ids("ids")?.into_iter().map(OrganizationId).collect();
    listed(&caller, &ask, OrganizationFilter { ids: Some(ids), ..OrganizationFilter::default() }).await
}

/// Organizations of a number elsewhere, or the one of a whole name.
#[utoipa::path(get, path = "/organizations/search", tag = "Organizations", params(("name" = Option<String>, Query), ("external_id" = Option<String>, Query)),
    responses((status = 200, description = "The organizations", body = OrganizationPage)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    caller.staff().await?;
    if let Some(id) = ask.get("external_id") {
        let external_ids = vec![id.to_owned()];
        return listed(&caller, &ask, OrganizationFilter { external_ids, ..OrganizationFilter::default() }).await;
    }
    let ids = match ask.get("name") {
        None => Vec::new(),
        Some(name) => match caller.client.organization(OrganizationRef::Name(name.to_owned())).await {
            Ok(found) => vec![found.id],
            Err(error) if error.sort() == crate::domain::refusal::Sort::NotFound => Vec::new(),
            Err(error) => return Err(caller.problem(&error)),
        },
    };
    listed(&caller, &ask, OrganizationFilter { ids: Some(ids), ..OrganizationFilter::default() }).await
}

/// The organization of a number elsewhere, if there is one.
async fn by_external_id(caller: &Caller, id: &str) -> Result<Option<OrganizationId>, Problem> {
    let which = OrganizationFilter { external_ids: vec![id.to_owned()], ..OrganizationFilter::default() };
    let part = Part { spot: Spot::Skip(0), descending: false, limit: 1 };
    let found = caller.say(caller.client.organizations_listed(&which, part).await)?;
    Ok(found.rows.first().map(|one| one.id))
}

/// Organizations with words that begin so: from two characters on.
#[utoipa::path(get, path = "/organizations/autocomplete", tag = "Organizations", params(("name" = String, Query), Pages),
    responses((status = 200, description = "Organizations", body = OrganizationPage)))]
async fn autocomplete(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let text = ask.get("name").unwrap_or_default().to_owned();
    if !(MIN_CHARS..=255).contains(&text.trim().chars().count()) {
        caller.staff().await?;
        return Err(Problem::bad_parameter("name"));
    }
    listed(&caller, &ask, OrganizationFilter { text, ..OrganizationFilter::default() }).await
}

/// How many organizations there are.
#[utoipa::path(get, path = "/organizations/count", tag = "Organizations", responses((status = 200, description = "How many", body = Counted)))]
async fn count(caller: Caller) -> Result<Json<Counted>, Problem> {
    caller.staff().await?;
    Ok(Counted::now(counted(&caller, &OrganizationFilter::default()).await?, &caller))
}

/// What concerns an organization, in numbers.
#[derive(Serialize, ToSchema)]
pub(in crate::server) struct OrganizationRelated {
    tickets_count: u64,
    users_count: u64,
}

envelope!(
    /// What concerns an organization, in numbers.
    OrganizationRelatedOne { organization_related: OrganizationRelated }
);

/// How many people and tickets an organization has.
#[utoipa::path(get, path = "/organizations/{organization_id}/related", tag = "Organizations", params(("organization_id" = i64, Path)),
    responses((status = 200, description = "Numbers", body = OrganizationRelatedOne)))]
async fn related(caller: Caller, Id(id): Id) -> Result<Json<OrganizationRelatedOne>, Problem> {
    caller.staff().await?;
    let found = found(&caller, id).await?.id;
    let counts = caller.say(caller.client.counts(vec![Source::Search(format!("organization:{found}"))]).await)?;
    let which = PeopleFilter { of: Some(Among::Organization(found)), ..PeopleFilter::default() };
    let users_count = caller.say(caller.client.count_people(&which).await)?;
    let tickets_count = counts.first().map_or(0, |count| count.value);
    let organization_related = OrganizationRelated { tickets_count, users_count };
    Ok(Json(OrganizationRelatedOne { organization_related }))
}

/// The organization of somebody, as a list: here one at most.
#[utoipa::path(get, path = "/users/{user_id}/organizations", tag = "Organizations", params(("user_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of organizations", body = OrganizationPage)))]
async fn of_user(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let session = caller.session().await?;
    let place = caller.place(&session);
    let person = super::users::found(&caller, id).await?;
    let mut rows = Vec::new();
    if let Some(organization) = person.organization {
        let Json(one) = one(&found(&caller, organization.0).await?, session.me.role.is_staff(), &place);
        rows.push(one.organization);
    }
    Ok(Json(Rows::whole(rows, &paging)?.body("organizations", &paging, &caller.here.url(), &ask)))
}

/// How many organizations somebody has.
#[utoipa::path(get, path = "/users/{user_id}/organizations/count", tag = "Organizations", params(("user_id" = i64, Path)),
    responses((status = 200, description = "How many", body = Counted)))]
async fn count_of_user(caller: Caller, Id(id): Id) -> Result<Json<Counted>, Problem> {
    let person = super::users::found(&caller, id).await?;
    Ok(Counted::now(u64::from(person.organization.is_some()), &caller))
}
