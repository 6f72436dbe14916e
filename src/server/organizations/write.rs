//! Organizations that are made and changed.

use super::{AnyOrganization, OrganizationOne, by_external_id, found, one};
use crate::client::Client as _;
use crate::domain::act::{Deed, OrganizationChange, OrganizationRef};
use crate::domain::field::Field;
use crate::domain::id::OrganizationId;
use crate::domain::refusal::Sort;
use crate::server::ask::Id;
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::{created, sent};
use crate::wire::{Given, Organization, sent};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

sent!(
    /// An organization to be made or changed.
    OrganizationSent { organization: sent::Organization }
);

/// A new organization.
#[utoipa::path(post, path = "/organizations", tag = "Organizations", request_body = OrganizationSent,
    responses((status = 201, description = "The new organization", body = OrganizationOne)))]
pub(super) async fn create(caller: Caller, Body(sent): Body<OrganizationSent>) -> Result<Response, Problem> {
    make(&caller, &sent.organization).await
}

async fn make(caller: &Caller, wanted: &sent::Organization) -> Result<Response, Problem> {
    let session = caller.staff().await?;
    let id = made(caller, wanted).await?;
    let made = Organization::of(&found(caller, id.0).await?, &caller.place(&session));
    let body = OrganizationOne { organization: AnyOrganization::Agent(Box::new(made)) };
    Ok(created(caller, &format!("organizations/{id}"), body))
}

/// Makes an organization.
pub(in crate::server) async fn made(caller: &Caller, wanted: &sent::Organization) -> Result<OrganizationId, Problem> {
    let session = caller.staff().await?;
    let known: Vec<Field> = session.fields.values().cloned().collect();
    let fields = wanted.fields(&known).map_err(|refusal| caller.problem(&refusal.into()))?;
    let profile = wanted.profile().map_err(|refusal| caller.problem(&refusal.into()))?;
    let receipt = caller.act(Deed::CreateOrganization(wanted.new_organization())).await?;
    let id = receipt.outcome.organization.ok_or_else(Problem::not_found)?;
    let change = OrganizationChange { fields, profile, ..OrganizationChange::default() };
    if change != OrganizationChange::default() {
        caller.act(Deed::UpdateOrganization { organization: id, change }).await?;
    }
    Ok(id)
}

/// An organization by its number, its number elsewhere or its name: changed where it is known, else made.
#[utoipa::path(post, path = "/organizations/create_or_update", tag = "Organizations", request_body = OrganizationSent,
    responses((status = 200, description = "The organization, changed", body = OrganizationOne), (status = 201, description = "The new organization", body = OrganizationOne)))]
pub(super) async fn create_or_update(caller: Caller, Body(sent): Body<OrganizationSent>) -> Result<Response, Problem> {
    caller.staff().await?;
    let wanted = &sent.organization;
    let elsewhere = match &wanted.external_id {
        Given::Value(id) if wanted.known().is_none() => by_external_id(&caller, id).await?,
        _ => None,
    };
    let which = match (wanted.known().or(elsewhere), &wanted.name) {
        (Some(id), _) => Some(OrganizationRef::Id(id)),
        (None, Some(name)) => Some(OrganizationRef::Name(name.clone())),
        (None, None) => None,
    };
    let known = match which {
        Some(which) => match caller.client.organization(which).await {
            Ok(known) => Some(known.id),
            Err(error) if error.sort() == Sort::NotFound && wanted.known().is_none() => None,
            Err(error) => return Err(caller.problem(&error)),
        },
        None => None,
    };
    match known {
        Some(id) => Ok(change(&caller, id, wanted).await?.into_response()),
        None => make(&caller, wanted).await,
    }
}

/// An organization becomes different.
#[utoipa::path(put, path = "/organizations/{organization_id}", tag = "Organizations", request_body = OrganizationSent, params(("organization_id" = i64, Path)),
    responses((status = 200, description = "The organization as it is now", body = OrganizationOne)))]
pub(super) async fn update(
    caller: Caller,
    Id(id): Id,
    Body(sent): Body<OrganizationSent>,
) -> Result<Json<OrganizationOne>, Problem> {
    caller.staff().await?;
    found(&caller, id).await?;
    change(&caller, OrganizationId(id), &sent.organization).await
}

async fn change(
    caller: &Caller,
    id: OrganizationId,
    wanted: &sent::Organization,
) -> Result<Json<OrganizationOne>, Problem> {
    let session = caller.session().await?;
    changed(caller, id, wanted).await?;
    Ok(one(&found(caller, id.0).await?, true, &caller.place(&session)))
}

/// Changes an organization.
pub(in crate::server) async fn changed(
    caller: &Caller,
    id: OrganizationId,
    wanted: &sent::Organization,
) -> Result<(), Problem> {
    let session = caller.session().await?;
    let known: Vec<Field> = session.fields.values().cloned().collect();
    let change = wanted.change(&known).map_err(|refusal| caller.problem(&refusal.into()))?;
    caller.act(Deed::UpdateOrganization { organization: id, change }).await.map(|_| ())
}

/// An organization is deleted: its people belong nowhere from then on.
#[utoipa::path(delete, path = "/organizations/{organization_id}", tag = "Organizations", params(("organization_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
pub(super) async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    deleted(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes an organization.
pub(in crate::server) async fn deleted(caller: &Caller, id: i64) -> Result<(), Problem> {
    caller.admin().await?;
    caller.act(Deed::DeleteOrganization { organization: OrganizationId(id) }).await.map(|_| ())
}
