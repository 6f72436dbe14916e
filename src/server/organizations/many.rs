//! Many organizations at once: each of these routes begins a job.

use super::memberships::JoiningOrganization;
use crate::domain::job::JobSort;
use crate::server::App;
use crate::server::ask::Ask;
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::jobs::{Asked, JobOne, begin};
use crate::server::problem::Problem;
use crate::server::tickets::many::{id_of, numbered, readable};
use crate::wire::sent;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create_many)).routes(routes!(update_many)).routes(routes!(destroy_many))
}

/// The routes of many memberships.
pub(super) fn memberships() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(join_many)).routes(routes!(leave_many))
}

/// Who is to belong where.
#[derive(Deserialize, ToSchema)]
struct OrganizationMembershipsSent {
    #[schema(value_type = Vec<JoiningOrganization>)]
    organization_memberships: Vec<Value>,
}

/// People who belong nowhere are put somewhere, 100 at most.
#[utoipa::path(post, path = "/organization_memberships/create_many", tag = "Organization Memberships",
    request_body = OrganizationMembershipsSent, params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn join_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(sent): Body<OrganizationMembershipsSent>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    readable::<JoiningOrganization>(&sent.organization_memberships)?;
    let rows = sent.organization_memberships.into_iter();
    let rows = rows.map(|one| json!({ "organization_membership": one })).collect();
    begin(&app, &caller, &headers, Asked::of(JobSort::CreateOrganizationMemberships, rows)).await
}

/// People belong nowhere any more, 100 at most.
#[utoipa::path(delete, path = "/organization_memberships/destroy_many", tag = "Organization Memberships",
    params(("ids" = String, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn leave_many(State(app): State<App>, caller: Caller, headers: HeaderMap, ask: Ask) -> Result<Response, Problem> {
    caller.staff().await?;
    let rows = numbered(ask.ids("ids")?);
    begin(&app, &caller, &headers, Asked::of(JobSort::DeleteOrganizationMemberships, rows)).await
}

/// Organizations to be made.
#[derive(Deserialize, ToSchema)]
struct OrganizationsSent {
    #[schema(value_type = Vec<sent::Organization>)]
    organizations: Vec<Value>,
}

/// Organizations to be made, 100 at most.
#[utoipa::path(post, path = "/organizations/create_many", tag = "Organizations", request_body = OrganizationsSent,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn create_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(sent): Body<OrganizationsSent>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    readable::<sent::Organization>(&sent.organizations)?;
    let rows = sent.organizations.into_iter().map(|one| json!({ "organization": one })).collect();
    begin(&app, &caller, &headers, Asked::of(JobSort::CreateOrganizations, rows)).await
}

/// The same change of several organizations, or each with its own.
#[derive(Deserialize, ToSchema)]
struct OrganizationChanges {
    #[serde(default)]
    #[schema(value_type = Option<sent::Organization>)]
    organization: Option<Value>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<sent::Organization>>)]
    organizations: Option<Vec<Value>>,
}

/// Changes organizations, 100 at most: those of `ids` in the same way, or each as it says itself.
#[utoipa::path(put, path = "/organizations/update_many", tag = "Organizations", request_body = OrganizationChanges,
    params(("ids" = Option<String>, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn update_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
    Body(sent): Body<OrganizationChanges>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    let sort = JobSort::UpdateOrganizations;
    let asked = match (sent.organization, sent.organizations) {
        (Some(one), None) => {
            readable::<sent::Organization>(std::slice::from_ref(&one))?;
            Asked { sort, common: json!({ "organization": one }), rows: numbered(ask.ids("ids")?) }
        }
        (None, Some(all)) => {
            readable::<sent::Organization>(&all)?;
            let row = |one: Value| Ok::<_, Problem>(json!({ "id": id_of(&one)?, "organization": one }));
            Asked::of(sort, all.into_iter().map(row).collect::<Result<_, _>>()?)
        }
        _ => return Err(Problem::bad_body("Either organization or organizations says what becomes different")),
    };
    begin(&app, &caller, &headers, asked).await
}

/// Organizations are deleted, 100 at most.
#[utoipa::path(delete, path = "/organizations/destroy_many", tag = "Organizations",
    params(("ids" = String, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn destroy_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, Problem> {
    caller.admin().await?;
    begin(&app, &caller, &headers, Asked::of(JobSort::DeleteOrganizations, numbered(ask.ids("ids")?))).await
}
