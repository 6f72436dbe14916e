//! Who belongs where. Here a person belongs to one organization at most: a membership has its person's number, and is
//! always the default one.

use super::many;
use crate::client::listed::{OrganizationFilter, Part, PeopleFilter, Spot};
use crate::domain::act::{Deed, OrganizationRef, PersonChange};
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::person::{Among, Person};
use crate::server::App;
use crate::server::ask::{Ask, Id, Ids};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Listed, Pages, created, envelope, page, sent};
use crate::server::users::{Looking, found};
use crate::wire::{Organization, OrganizationMembership};
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .merge(many::memberships())
        .routes(routes!(show, delete))
        .routes(routes!(of_organization))
        .routes(routes!(of_user, create_for_user))
        .routes(routes!(show_of_user, delete_of_user))
        .routes(routes!(make_default))
        .routes(routes!(make_organization_default))
        .routes(routes!(leave))
}

envelope!(
    /// Who belongs where.
    OrganizationMembershipOne { organization_membership: OrganizationMembership }
);
page!(
    /// A page of who belongs where.
    OrganizationMembershipPage { organization_memberships: OrganizationMembership }
);

/// Who is to belong where.
#[derive(Deserialize, ToSchema)]
pub(in crate::server) struct JoiningOrganization {
    user_id: Option<i64>,
    organization_id: i64,
}

sent!(
    /// Who is to belong where.
    OrganizationMembershipSent { organization_membership: JoiningOrganization }
);

/// Memberships of people, in their order, with what is wanted beside them.
async fn page_of(
    caller: &Caller,
    ask: &Ask,
    paging: &Paging,
    looking: &Looking,
    rows: Rows<Person>,
) -> Result<Listed, Problem> {
    let known = organizations(caller, looking, &rows.rows).await?;
    let people: Vec<_> = rows.rows.iter().map(|person| looking.user(person)).collect();
    let place = &looking.place;
    let rows = rows.map(|person| {
        let organization = person.organization.and_then(|id| known.get(&id));
        OrganizationMembership::of(&person, organization, place)
    });
    let mut body = rows.body("organization_memberships", paging, &caller.here.url(), ask);
    let include = ask.include();
    if include.contains("users") {
        body.insert("users".to_owned(), json!(people));
    }
    if include.contains("organizations") && looking.session.me.role.is_staff() {
        let all: Vec<_> = known.values().map(|one| Organization::of(one, place)).collect();
        body.insert("organizations".to_owned(), json!(all));
    }
    Ok(Json(body))
}

type Known = BTreeMap<OrganizationId, crate::domain::account::Organization>;

/// Where people belong.
async fn organizations(caller: &Caller, looking: &Looking, people: &[Person]) -> Result<Known, Problem> {
    let known = if looking.session.me.role.is_staff() {
        let mut ids: Vec<OrganizationId> = people.iter().filter_map(|one| one.organization).collect();
        ids.sort_unstable();
        ids.dedup();
        let which = OrganizationFilter { ids: Some(ids), ..OrganizationFilter::default() };
        let part = Part { spot: Spot::Skip(0), descending: false, limit: 100 };
        caller.say(caller.client.organizations_listed(&which, part).await)?.rows
    } else {
        looking.session.organization.clone().into_iter().collect()
    };
    Ok(known.into_iter().map(|one| (one.id, one)).collect())
}

async fn one(caller: &Caller, looking: &Looking, person: &Person) -> Result<OrganizationMembershipOne, Problem> {
    let id = person.organization.ok_or_else(Problem::not_found)?;
    let known = organizations(caller, looking, std::slice::from_ref(person)).await?;
    Ok(OrganizationMembershipOne {
        organization_membership: OrganizationMembership::of(person, known.get(&id), &looking.place),
    })
}

/// Who belongs where; end users get what is theirs.
#[utoipa::path(get, path = "/organization_memberships", tag = "Organization Memberships", params(Pages),
    responses((status = 200, description = "A page", body = OrganizationMembershipPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::any(&caller).await?;
    if !looking.session.me.role.is_staff() {
        let me = looking.session.me.id.0;
        return whole(&caller, &ask, &looking, &found(&caller, me).await?).await;
    }
    listed(&caller, &ask, &looking, PeopleFilter { belonging: true, ..PeopleFilter::default() }).await
}

async fn listed(caller: &Caller, ask: &Ask, looking: &Looking, which: PeopleFilter) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let slice = caller.say(caller.client.people_listed(&which, paging.part(ask)?).await)?;
    let count = if paging.counts() { Some(caller.say(caller.client.count_people(&which).await)?) } else { None };
    page_of(caller, ask, &paging, looking, Rows::by_number(slice, count, |person| person.id.0)).await
}

/// What of one person there is.
async fn whole(caller: &Caller, ask: &Ask, looking: &Looking, person: &Person) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let theirs = person.organization.map(|_| person.clone()).into_iter().collect();
    page_of(caller, ask, &paging, looking, Rows::whole(theirs, &paging)?).await
}

/// Who belongs to an organization. Agents only: others are not told who their colleagues are.
#[utoipa::path(get, path = "/organizations/{organization_id}/organization_memberships", tag = "Organization Memberships",
    params(("organization_id" = i64, Path), Pages), responses((status = 200, description = "A page", body = OrganizationMembershipPage)))]
async fn of_organization(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let of = Some(Among::Organization(super::found(&caller, id).await?.id));
    listed(&caller, &ask, &looking, PeopleFilter { of, ..PeopleFilter::default() }).await
}

/// Where somebody belongs.
#[utoipa::path(get, path = "/users/{user_id}/organization_memberships", tag = "Organization Memberships",
    params(("user_id" = i64, Path), Pages), responses((status = 200, description = "A page", body = OrganizationMembershipPage)))]
async fn of_user(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::any(&caller).await?;
    whole(&caller, &ask, &looking, &found(&caller, id).await?).await
}

/// Somebody who belongs nowhere is put somewhere.
#[utoipa::path(post, path = "/organization_memberships", tag = "Organization Memberships", request_body = OrganizationMembershipSent,
    responses((status = 201, description = "Where they belong now", body = OrganizationMembershipOne)))]
async fn create(caller: Caller, Body(sent): Body<OrganizationMembershipSent>) -> Result<Response, Problem> {
    let user = sent.organization_membership.user_id.ok_or_else(|| Problem::bad_body("user_id is missing"))?;
    join(&caller, user, sent.organization_membership.organization_id).await
}

/// The same, of the person in the path.
#[utoipa::path(post, path = "/users/{user_id}/organization_memberships", tag = "Organization Memberships",
    params(("user_id" = i64, Path)), request_body = OrganizationMembershipSent,
    responses((status = 201, description = "Where they belong now", body = OrganizationMembershipOne)))]
async fn create_for_user(
    caller: Caller,
    Id(id): Id,
    Body(sent): Body<OrganizationMembershipSent>,
) -> Result<Response, Problem> {
    join(&caller, id, sent.organization_membership.organization_id).await
}

async fn join(caller: &Caller, user: i64, organization: i64) -> Result<Response, Problem> {
    let looking = Looking::staff(caller).await?;
    put(caller, user, organization).await?;
    let body = one(caller, &looking, &found(caller, user).await?).await?;
    Ok(created(caller, &format!("organization_memberships/{user}"), body))
}

/// Puts somebody somewhere, and says which membership that is.
pub(in crate::server) async fn joined(caller: &Caller, wanted: &JoiningOrganization) -> Result<i64, Problem> {
    caller.staff().await?;
    let user = wanted.user_id.ok_or_else(|| Problem::bad_body("user_id is missing"))?;
    // A row that was done before is not done again.
    let done = caller.say(caller.client.done_under(&caller.key("change")).await)?.is_some();
    if !done {
        put(caller, user, wanted.organization_id).await?;
    }
    Ok(user)
}

async fn put(caller: &Caller, user: i64, organization: i64) -> Result<(), Problem> {
    let person = found(caller, user).await?;
    let organization = super::found(caller, organization).await?.id;
    if person.organization == Some(organization) {
        return Err(Problem::invalid("organization_id", "DuplicateValue", "They belong there already"));
    }
    if person.organization.is_some() {
        let why = "A person belongs to one organization here; take them out of the other one first";
        return Err(Problem::invalid("organization_id", "TooManyValues", why));
    }
    belong(caller, person.id, Some(organization)).await
}

async fn belong(caller: &Caller, person: PersonId, to: Option<OrganizationId>) -> Result<(), Problem> {
    let change = PersonChange { organization: Some(to.map(OrganizationRef::Id)), ..PersonChange::default() };
    caller.act(Deed::UpdatePerson { person, change }).await.map(|_| ())
}

/// A membership.
#[utoipa::path(get, path = "/organization_memberships/{organization_membership_id}", tag = "Organization Memberships",
    params(("organization_membership_id" = i64, Path)), responses((status = 200, description = "Who belongs where", body = OrganizationMembershipOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<OrganizationMembershipOne>, Problem> {
    let looking = Looking::any(&caller).await?;
    one(&caller, &looking, &found(&caller, id).await?).await.map(Json)
}

/// A membership of the person in the path.
#[utoipa::path(get, path = "/users/{user_id}/organization_memberships/{organization_membership_id}", tag = "Organization Memberships",
    params(("user_id" = i64, Path), ("organization_membership_id" = i64, Path)),
    responses((status = 200, description = "Who belongs where", body = OrganizationMembershipOne)))]
async fn show_of_user(caller: Caller, Ids(user, id): Ids) -> Result<Json<OrganizationMembershipOne>, Problem> {
    if user != id {
        return Err(Problem::not_found());
    }
    show(caller, Id(id)).await
}

/// Somebody belongs nowhere any more.
#[utoipa::path(delete, path = "/organization_memberships/{organization_membership_id}", tag = "Organization Memberships",
    params(("organization_membership_id" = i64, Path)), responses((status = 204, description = "They belong nowhere")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    left(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes somebody out of where they belong.
pub(in crate::server) async fn left(caller: &Caller, id: i64) -> Result<(), Problem> {
    caller.staff().await?;
    if caller.say(caller.client.done_under(&caller.key("change")).await)?.is_some() {
        return Ok(());
    }
    let person = found(caller, id).await?;
    person.organization.ok_or_else(Problem::not_found)?;
    belong(caller, person.id, None).await
}

/// The person in the path belongs nowhere any more.
#[utoipa::path(delete, path = "/users/{user_id}/organization_memberships/{organization_membership_id}", tag = "Organization Memberships",
    params(("user_id" = i64, Path), ("organization_membership_id" = i64, Path)),
    responses((status = 204, description = "They belong nowhere")))]
async fn delete_of_user(caller: Caller, Ids(user, id): Ids) -> Result<StatusCode, Problem> {
    if user != id {
        return Err(Problem::not_found());
    }
    delete(caller, Id(id)).await
}

/// The only membership is the default one already; answered with all, as clients expect.
#[utoipa::path(put, path = "/users/{user_id}/organization_memberships/{organization_membership_id}/make_default", tag = "Organization Memberships",
    params(("user_id" = i64, Path), ("organization_membership_id" = i64, Path)),
    responses((status = 200, description = "All memberships", body = OrganizationMembershipPage)))]
async fn make_default(caller: Caller, Ids(user, id): Ids) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let person = found(&caller, user).await?;
    if user != id || person.organization.is_none() {
        return Err(Problem::not_found());
    }
    whole(&caller, &Ask::default(), &looking, &person).await
}

/// The only organization is the default one already.
#[utoipa::path(put, path = "/users/{user_id}/organizations/{organization_id}/make_default", tag = "Organization Memberships",
    params(("user_id" = i64, Path), ("organization_id" = i64, Path)),
    responses((status = 200, description = "The membership", body = OrganizationMembershipOne)))]
async fn make_organization_default(
    caller: Caller,
    Ids(user, id): Ids,
) -> Result<Json<OrganizationMembershipOne>, Problem> {
    let looking = Looking::staff(&caller).await?;
    let person = member(&caller, user, id).await?;
    one(&caller, &looking, &person).await.map(Json)
}

/// Somebody leaves an organization.
#[utoipa::path(delete, path = "/users/{user_id}/organizations/{organization_id}", tag = "Organization Memberships",
    params(("user_id" = i64, Path), ("organization_id" = i64, Path)),
    responses((status = 204, description = "They belong nowhere")))]
async fn leave(caller: Caller, Ids(user, id): Ids) -> Result<StatusCode, Problem> {
    caller.staff().await?;
    let person = member(&caller, user, id).await?;
    belong(&caller, person.id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody who belongs there.
async fn member(caller: &Caller, user: i64, organization: i64) -> Result<Person, Problem> {
    let person = found(caller, user).await?;
    if person.organization == Some(OrganizationId(organization)) { Ok(person) } else { Err(Problem::not_found()) }
}
