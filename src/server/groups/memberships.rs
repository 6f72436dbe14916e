//! Which agents work in which groups.

use super::found as found_group;
use crate::client::listed::{Part, PeopleFilter, Spot};
use crate::domain::act::{Deed, PersonChange};
use crate::domain::id::{GroupId, PersonId};
use crate::domain::job::JobSort;
use crate::domain::person::{Among, Person, Role};
use crate::server::App;
use crate::server::ask::{Ask, Id, Ids};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::jobs::{Asked, JobOne, begin};
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Listed, Pages, created, envelope, page, sent};
use crate::server::tickets::many::{numbered, readable};
use crate::server::users::{Looking, found};
use crate::wire::{Group, GroupMembership};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(create_many))
        .routes(routes!(destroy_many))
        .routes(routes!(assignable))
        .routes(routes!(show, delete))
        .routes(routes!(of_group))
        .routes(routes!(of_group_assignable))
        .routes(routes!(of_user, create_for_user))
        .routes(routes!(show_of_user, delete_of_user))
        .routes(routes!(make_default))
}

envelope!(
    /// Who works in which group.
    GroupMembershipOne { group_membership: GroupMembership }
);
page!(
    /// A page of who works in which group.
    GroupMembershipPage { group_memberships: GroupMembership }
);

/// Who is to work in which group.
#[derive(Deserialize, ToSchema)]
pub(in crate::server) struct JoiningGroup {
    user_id: Option<i64>,
    group_id: i64,
    /// Whether it is the group in which they work first.
    default: Option<bool>,
}

sent!(
    /// Who is to work in which group.
    GroupMembershipSent { group_membership: JoiningGroup }
);

/// Everybody of the team, or of a group: they are few.
async fn team(caller: &Caller, of: Option<Among>) -> Result<Vec<Person>, Problem> {
    let which = PeopleFilter { roles: vec![Role::Agent, Role::Admin], of, ..PeopleFilter::default() };
    let mut all: Vec<Person> = Vec::new();
    loop {
        let spot = all.last().map_or(Spot::Skip(0), |last| Spot::After(last.id.0));
        let slice =
            caller.say(caller.client.people_listed(&which, Part { spot, descending: false, limit: 100 }).await)?;
        all.extend(slice.rows);
        if !slice.more {
            return Ok(all);
        }
    }
}

fn paged(
    caller: &Caller,
    ask: &Ask,
    looking: &Looking,
    people: &[Person],
    group: Option<GroupId>,
) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let all = people.iter().flat_map(|person| GroupMembership::all(person, &looking.place));
    let all = all.filter(|one| group.is_none_or(|group| one.group() == group)).collect();
    let mut body = Rows::whole(all, &paging)?.body("group_memberships", &paging, &caller.here.url(), ask);
    let include = ask.include();
    if include.contains("users") {
        body.insert("users".to_owned(), json!(people.iter().map(|one| looking.user(one)).collect::<Vec<_>>()));
    }
    if include.contains("groups") {
        let default = looking.session.settings.default_group;
        let groups = looking.session.groups.iter().map(|one| Group::of(one, default == Some(one.id), &looking.place));
        body.insert("groups".to_owned(), json!(groups.collect::<Vec<_>>()));
    }
    Ok(Json(body))
}

/// Who works in which group.
#[utoipa::path(get, path = "/group_memberships", tag = "Group Memberships", params(Pages),
    responses((status = 200, description = "A page", body = GroupMembershipPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    paged(&caller, &ask, &looking, &team(&caller, None).await?, None)
}

/// Who works in which group and can be given tickets.
#[utoipa::path(get, path = "/group_memberships/assignable", tag = "Group Memberships", params(Pages),
    responses((status = 200, description = "A page", body = GroupMembershipPage)))]
async fn assignable(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let mut people = team(&caller, None).await?;
    people.retain(Person::works);
    paged(&caller, &ask, &looking, &people, None)
}

/// Who works in a group.
#[utoipa::path(get, path = "/groups/{group_id}/memberships", tag = "Group Memberships", params(("group_id" = i64, Path), Pages),
    responses((status = 200, description = "A page", body = GroupMembershipPage)))]
async fn of_group(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let group = found_group(&caller, id).await?.id;
    paged(&caller, &ask, &looking, &team(&caller, Some(Among::Group(group))).await?, Some(group))
}

/// Who works in a group and can be given tickets.
#[utoipa::path(get, path = "/groups/{group_id}/memberships/assignable", tag = "Group Memberships", params(("group_id" = i64, Path), Pages),
    responses((status = 200, description = "A page", body = GroupMembershipPage)))]
async fn of_group_assignable(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let group = found_group(&caller, id).await?.id;
    let mut people = team(&caller, Some(Among::Group(group))).await?;
    people.retain(Person::works);
    paged(&caller, &ask, &looking, &people, Some(group))
}

/// In which groups somebody works.
#[utoipa::path(get, path = "/users/{user_id}/group_memberships", tag = "Group Memberships", params(("user_id" = i64, Path), Pages),
    responses((status = 200, description = "A page", body = GroupMembershipPage)))]
async fn of_user(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let person = found(&caller, id).await?;
    paged(&caller, &ask, &looking, &[person], None)
}

/// A membership by its number, which says whose and of what it is.
async fn one(caller: &Caller, looking: &Looking, id: i64) -> Result<(Person, GroupMembership), Problem> {
    let (user, group) = GroupMembership::parts(id);
    let person = found(caller, user.0).await?;
    let membership = GroupMembership::all(&person, &looking.place).find(|one| one.group() == group);
    membership.map(|one| (person, one)).ok_or_else(Problem::not_found)
}

/// A membership.
#[utoipa::path(get, path = "/group_memberships/{group_membership_id}", tag = "Group Memberships", params(("group_membership_id" = i64, Path)),
    responses((status = 200, description = "Who works where", body = GroupMembershipOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<GroupMembershipOne>, Problem> {
    let looking = Looking::staff(&caller).await?;
    let (_, group_membership) = one(&caller, &looking, id).await?;
    Ok(Json(GroupMembershipOne { group_membership }))
}

/// A membership of the person in the path.
#[utoipa::path(get, path = "/users/{user_id}/group_memberships/{group_membership_id}", tag = "Group Memberships",
    params(("user_id" = i64, Path), ("group_membership_id" = i64, Path)),
    responses((status = 200, description = "Who works where", body = GroupMembershipOne)))]
async fn show_of_user(caller: Caller, ids: Ids) -> Result<Json<GroupMembershipOne>, Problem> {
    show(caller, theirs(ids)?).await
}

/// The membership, if it is that person's.
fn theirs(Ids(user, id): Ids) -> Result<Id, Problem> {
    if GroupMembership::parts(id).0.0 == user { Ok(Id(id)) } else { Err(Problem::not_found()) }
}

async fn work_in(caller: &Caller, person: &Person, groups: Vec<GroupId>) -> Result<(), Problem> {
    let change = PersonChange { groups: Some(groups), ..PersonChange::default() };
    caller.act(Deed::UpdatePerson { person: person.id, change }).await.map(|_| ())
}

/// An agent works in another group too.
#[utoipa::path(post, path = "/group_memberships", tag = "Group Memberships", request_body = GroupMembershipSent,
    responses((status = 201, description = "Who works where", body = GroupMembershipOne)))]
async fn create(caller: Caller, Body(sent): Body<GroupMembershipSent>) -> Result<Response, Problem> {
    let user = sent.group_membership.user_id.ok_or_else(|| Problem::bad_body("user_id is missing"))?;
    join(&caller, user, &sent.group_membership).await
}

/// The agent in the path works in another group too.
#[utoipa::path(post, path = "/users/{user_id}/group_memberships", tag = "Group Memberships", params(("user_id" = i64, Path)), request_body = GroupMembershipSent,
    responses((status = 201, description = "Who works where", body = GroupMembershipOne)))]
async fn create_for_user(
    caller: Caller,
    Id(id): Id,
    Body(sent): Body<GroupMembershipSent>,
) -> Result<Response, Problem> {
    join(&caller, id, &sent.group_membership).await
}

async fn join(caller: &Caller, user: i64, wanted: &JoiningGroup) -> Result<Response, Problem> {
    let looking = Looking::staff(caller).await?;
    let number = put(caller, user, wanted).await?;
    let (_, group_membership) = one(caller, &looking, number).await?;
    let path = format!("group_memberships/{number}");
    Ok(created(caller, &path, GroupMembershipOne { group_membership }))
}

/// Puts an agent into a group, and says which membership that is.
pub(in crate::server) async fn joined(caller: &Caller, wanted: &JoiningGroup) -> Result<i64, Problem> {
    caller.staff().await?;
    let user = wanted.user_id.ok_or_else(|| Problem::bad_body("user_id is missing"))?;
    // A row that was done before is not done again.
    if caller.say(caller.client.done_under(&caller.key("change")).await)?.is_some() {
        return Ok(GroupMembership::number(PersonId(user), GroupId(wanted.group_id)));
    }
    put(caller, user, wanted).await
}

async fn put(caller: &Caller, user: i64, wanted: &JoiningGroup) -> Result<i64, Problem> {
    let person = found(caller, user).await?;
    let group = found_group(caller, wanted.group_id).await?.id;
    if person.groups.contains(&group) {
        return Err(Problem::invalid("user_id", "DuplicateValue", "They work in that group already"));
    }
    let mut groups = person.groups.clone();
    let at = if wanted.default == Some(true) { 0 } else { groups.len() };
    groups.insert(at, group);
    work_in(caller, &person, groups).await?;
    Ok(GroupMembership::number(person.id, group))
}

/// An agent works in a group no longer.
#[utoipa::path(delete, path = "/group_memberships/{group_membership_id}", tag = "Group Memberships", params(("group_membership_id" = i64, Path)),
    responses((status = 204, description = "They work there no longer")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    left(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes an agent out of a group.
pub(in crate::server) async fn left(caller: &Caller, id: i64) -> Result<(), Problem> {
    let looking = Looking::staff(caller).await?;
    if caller.say(caller.client.done_under(&caller.key("change")).await)?.is_some() {
        return Ok(());
    }
    let (person, membership) = one(caller, &looking, id).await?;
    let groups = person.groups.iter().copied().filter(|group| *group != membership.group()).collect();
    work_in(caller, &person, groups).await
}

/// The agent in the path works in a group no longer.
#[utoipa::path(delete, path = "/users/{user_id}/group_memberships/{group_membership_id}", tag = "Group Memberships",
    params(("user_id" = i64, Path), ("group_membership_id" = i64, Path)),
    responses((status = 204, description = "They work there no longer")))]
async fn delete_of_user(caller: Caller, ids: Ids) -> Result<StatusCode, Problem> {
    delete(caller, theirs(ids)?).await
}

/// An agent works in this group first; answered with all, as clients expect.
#[utoipa::path(put, path = "/users/{user_id}/group_memberships/{group_membership_id}/make_default", tag = "Group Memberships",
    params(("user_id" = i64, Path), ("group_membership_id" = i64, Path)),
    responses((status = 200, description = "All memberships of that agent", body = GroupMembershipPage)))]
async fn make_default(caller: Caller, ids: Ids) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let (person, membership) = one(&caller, &looking, theirs(ids)?.0).await?;
    let first = membership.group();
    let others = person.groups.iter().copied().filter(|group| *group != first);
    let groups: Vec<GroupId> = std::iter::once(first).chain(others).collect();
    if groups != person.groups {
        work_in(&caller, &person, groups).await?;
    }
    let person = found(&caller, person.id.0).await?;
    paged(&caller, &Ask::default(), &looking, &[person], None)
}

/// Which agents are to work in which groups.
#[derive(Deserialize, ToSchema)]
struct GroupMembershipsSent {
    #[schema(value_type = Vec<JoiningGroup>)]
    group_memberships: Vec<Value>,
}

/// Agents work in other groups too, 100 at most.
#[utoipa::path(post, path = "/group_memberships/create_many", tag = "Group Memberships", request_body = GroupMembershipsSent,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn create_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(sent): Body<GroupMembershipsSent>,
) -> Result<Response, Problem> {
    caller.staff().await?;
    readable::<JoiningGroup>(&sent.group_memberships)?;
    let rows = sent.group_memberships.into_iter().map(|one| json!({ "group_membership": one })).collect();
    begin(&app, &caller, &headers, Asked::of(JobSort::CreateGroupMemberships, rows)).await
}

/// Agents work in groups no longer, 100 at most.
#[utoipa::path(delete, path = "/group_memberships/destroy_many", tag = "Group Memberships",
    params(("ids" = String, Query), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, description = "How it goes", body = JobOne)))]
async fn destroy_many(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, Problem> {
    caller.staff().await?;
    begin(&app, &caller, &headers, Asked::of(JobSort::DeleteGroupMemberships, numbered(ask.ids("ids")?))).await
}
