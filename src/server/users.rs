//! People.

mod aside;
mod identities;
mod many;
mod password;
pub(super) mod write;

use super::App;
use super::ask::{Ask, Id};
use super::caller::{Caller, Here};
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Counted, Listed, Pages, envelope, page};
use crate::client::listed::{Part, PeopleFilter, Spot};
use crate::client::{Client as _, PeopleAsk, Session, Source};
use crate::domain::id::{GroupId, OrganizationId, PersonId};
use crate::domain::person::{Among, Person, Role};
use crate::domain::suggest::MIN_CHARS;
use crate::wire::{EndUser, Nobody, Place, User};
use axum::Json;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(list, write::create))
        .routes(routes!(show, write::update, write::delete))
        .routes(routes!(show_end_user, write::update_end_user))
        .routes(routes!(show_many))
        .routes(routes!(search))
        .routes(routes!(autocomplete, autocomplete_by_post))
        .routes(routes!(count))
        .routes(routes!(related))
        .routes(routes!(of_group))
        .routes(routes!(count_of_group))
        .routes(routes!(of_organization))
        .routes(routes!(count_of_organization))
        .routes(routes!(write::create_or_update))
        .routes(routes!(write::merge))
        .merge(identities::routes())
        .merge(many::routes())
        .merge(password::routes())
}

/// A person as the one who asks gets them.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum AnyUser {
    Agent(Box<User>),
    Own(Box<EndUser>),
    Nobody(Nobody),
}

envelope!(
    /// A person.
    UserOne { user: AnyUser }
);
page!(
    /// A page of people.
    UserPage { users: User }
);

/// Somebody of the team who looks at people.
pub(super) struct Looking {
    pub(super) session: Session,
    pub(super) place: Place,
}

impl Looking {
    /// Anybody; of others than the team's nobody finds anybody but themselves.
    pub(super) async fn any(caller: &Caller) -> Result<Self, Problem> {
        let session = caller.session().await?;
        let place = caller.place(&session);
        Ok(Self { session, place })
    }

    /// Nobody but the team.
    pub(super) async fn staff(caller: &Caller) -> Result<Self, Problem> {
        let session = caller.staff().await?;
        let place = caller.place(&session);
        Ok(Self { session, place })
    }

    pub(super) fn user(&self, person: &Person) -> AnyUser {
        if self.session.me.role.is_staff() {
            AnyUser::Agent(Box::new(User::of(person, &self.place)))
        } else {
            AnyUser::Own(Box::new(EndUser::of(person, &self.place)))
        }
    }

    pub(super) fn one(&self, person: &Person) -> Json<UserOne> {
        Json(UserOne { user: self.user(person) })
    }
}

/// Somebody by their number; whom one may not know is not told from whom there is not.
pub(super) async fn found(caller: &Caller, id: i64) -> Result<Person, Problem> {
    let page = caller.say(caller.client.people(PeopleAsk::Ids(vec![PersonId(id)])).await)?;
    page.rows.into_iter().next().ok_or_else(Problem::not_found)
}

/// Who asks. Whoever does not say who they are is told that they are nobody, not that they may not ask: clients rely on it.
#[utoipa::path(get, path = "/users/me", tag = "Users", responses((status = 200, description = "Who asks", body = UserOne)))]
async fn me(here: Here, caller: Option<Caller>) -> Result<Json<UserOne>, Problem> {
    let Some(caller) = caller else {
        return Ok(Json(UserOne { user: AnyUser::Nobody(User::anonymous(&here.base)) }));
    };
    let looking = Looking::any(&caller).await?;
    Ok(looking.one(&looking.session.me))
}

/// People by number.
#[utoipa::path(get, path = "/users", tag = "Users", params(Pages, ("role" = Option<String>, Query), ("external_id" = Option<String>, Query), ("include" = Option<String>, Query)),
    responses((status = 200, description = "A page of people", body = UserPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    listed(&caller, &ask, filter(&ask)?).await
}

/// Those whom the parameters of a list name.
fn filter(ask: &Ask) -> Result<PeopleFilter, Problem> {
    let role = |name: &String| Role::parse(name).ok_or_else(|| Problem::bad_parameter("role"));
    let roles = ask.list("role").iter().map(role).collect::<Result<_, _>>()?;
    Ok(PeopleFilter { roles, external_ids: ask.list("external_id"), ..PeopleFilter::default() })
}

/// A page of people with what is wanted beside them.
pub(super) async fn listed(caller: &Caller, ask: &Ask, which: PeopleFilter) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let looking = Looking::staff(caller).await?;
    let slice = caller.say(caller.client.people_listed(&which, paging.part(ask)?).await)?;
    let count = if paging.counts() { Some(counted(caller, &which).await?) } else { None };
    let beside = aside::of(caller, &looking, ask, &slice.rows).await?;
    let rows = Rows::by_number(slice, count, |person| person.id.0).map(|person| looking.user(&person));
    let mut body = rows.body("users", &paging, &caller.here.url(), ask);
    body.extend(beside);
    Ok(Json(body))
}

async fn counted(caller: &Caller, which: &PeopleFilter) -> Result<u64, Problem> {
    caller.say(caller.client.count_people(which).await)
}

/// People who need no pages.
async fn whole(caller: &Caller, looking: &Looking, ask: &Ask, people: &[Person]) -> Result<Listed, Problem> {
    let users: Vec<AnyUser> = people.iter().map(|person| looking.user(person)).collect();
    let mut body = Map::new();
    body.insert("users".to_owned(), json!(users));
    body.insert("count".to_owned(), json!(people.len()));
    body.insert("next_page".to_owned(), Value::Null);
    body.insert("previous_page".to_owned(), Value::Null);
    body.extend(aside::of(caller, looking, ask, people).await?);
    Ok(Json(body))
}

/// Somebody.
#[utoipa::path(get, path = "/users/{user_id}", tag = "Users", params(("user_id" = i64, Path), ("include" = Option<String>, Query)),
    responses((status = 200, description = "The person", body = UserOne)))]
async fn show(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::any(&caller).await?;
    let person = found(&caller, id).await?;
    let mut body = Map::from_iter([("user".to_owned(), json!(looking.user(&person)))]);
    if looking.session.me.role.is_staff() {
        body.extend(aside::of(&caller, &looking, &ask, std::slice::from_ref(&person)).await?);
    }
    Ok(Json(body))
}

/// Oneself, as end users ask for it.
#[utoipa::path(get, path = "/end_users/{user_id}", tag = "Users", params(("user_id" = i64, Path)),
    responses((status = 200, description = "The person", body = UserOne)))]
async fn show_end_user(caller: Caller, Id(id): Id) -> Result<Json<UserOne>, Problem> {
    let looking = Looking::any(&caller).await?;
    Ok(looking.one(&found(&caller, id).await?))
}

/// People of these numbers; numbers of nobody are left out.
#[utoipa::path(get, path = "/users/show_many", tag = "Users", params(("ids" = Option<String>, Query), ("external_ids" = Option<String>, Query), ("include" = Option<String>, Query)),
    responses((status = 200, description = "The people", body = UserPage)))]
async fn show_many(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let looking = Looking::staff(&caller).await?;
    let external_ids = ask.list("external_ids");
    if external_ids.len() > 100 {
        return Err(Problem::too_many_values());
    }
    let people = if external_ids.is_empty() {
        let ids = ask.ids("ids")?.into_iter().map(PersonId).collect();
        caller.say(caller.client.people(PeopleAsk::Ids(ids)).await)?.rows
    } else {
        by_external_ids(&caller, external_ids).await?
    };
    whole(&caller, &looking, &ask, &people).await
}

/// People by their numbers elsewhere.
pub(super) async fn by_external_ids(caller: &Caller, external_ids: Vec<String>) -> Result<Vec<Person>, Problem> {
    let which = PeopleFilter { external_ids, ..PeopleFilter::default() };
    let part = Part { spot: Spot::Skip(0), descending: false, limit: 100 };
    Ok(caller.say(caller.client.people_listed(&which, part).await)?.rows)
}

/// People who fit a text, or have a number elsewhere.
#[utoipa::path(get, path = "/users/search", tag = "Users", params(Pages, ("query" = Option<String>, Query), ("external_id" = Option<String>, Query), ("include" = Option<String>, Query)),
    responses((status = 200, description = "A page of people", body = UserPage)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    if ask.get("page[size]").is_some() {
        return Err(Problem::bad_paging("InvalidPaginationParameter", "page[size] is not taken here"));
    }
    let which = match ask.get("external_id") {
        Some(id) => PeopleFilter { external_ids: vec![id.to_owned()], ..PeopleFilter::default() },
        None => queried(ask.get("query").unwrap_or_default())?,
    };
    listed(&caller, &ask, which).await
}

/// What a query says of people: words, `role:agent`, `email:…`, `name:…`, `external_id:…`, `organization:7`.
pub(super) fn queried(query: &str) -> Result<PeopleFilter, Problem> {
    let mut which = PeopleFilter::default();
    let mut words = Vec::new();
    for word in query.split_whitespace() {
        let plain = |text: &str| text.trim_matches('"').to_owned();
        match word.split_once(':') {
            Some(("type", _)) => {}
            Some(("role", role)) => which.roles.extend(Role::parse(&plain(role))),
            Some(("external_id", id)) => which.external_ids.push(plain(id)),
            Some(("organization" | "organization_id", id)) => {
                let id = plain(id).parse().map_err(|_| Problem::bad_parameter("query"))?;
                which.of = Some(Among::Organization(OrganizationId(id)));
            }
            Some(("name" | "email" | "phone" | "user", text)) => words.push(plain(text)),
            _ => words.push(plain(word).trim_end_matches('*').to_owned()),
        }
    }
    let text = words.join(" ");
    which.text = (!text.trim().is_empty()).then_some(text);
    Ok(which)
}

/// What is typed to find somebody.
#[derive(Deserialize, ToSchema)]
#[schema(as = UserTyped)]
struct Typed {
    name: Option<String>,
    phone: Option<String>,
}

/// People whose name, address or phone number begins so: from two characters on.
#[utoipa::path(get, path = "/users/autocomplete", tag = "Users", params(("name" = Option<String>, Query), ("phone" = Option<String>, Query), ("filter" = Option<String>, Query)),
    responses((status = 200, description = "People", body = UserPage)))]
async fn autocomplete(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let text = ask.get("name").or_else(|| ask.get("phone")).unwrap_or_default().to_owned();
    suggested(&caller, &ask, text).await
}

/// The same, for what should not stand in an address.
#[utoipa::path(post, path = "/users/autocomplete", tag = "Users", request_body = Typed, params(("filter" = Option<String>, Query)),
    responses((status = 200, description = "People", body = UserPage)))]
async fn autocomplete_by_post(
    caller: Caller,
    ask: Ask,
    super::body::Body(typed): super::body::Body<Typed>,
) -> Result<Listed, Problem> {
    suggested(&caller, &ask, typed.name.or(typed.phone).unwrap_or_default()).await
}

async fn suggested(caller: &Caller, ask: &Ask, text: String) -> Result<Listed, Problem> {
    let looking = Looking::staff(caller).await?;
    if text.trim().chars().count() < MIN_CHARS {
        return Err(Problem::bad_parameter("name"));
    }
    let staff_only = ask.get("filter") == Some("assignable");
    let people = caller.say(caller.client.people(PeopleAsk::Suggest { text, staff_only, limit: 100 }).await)?;
    whole(caller, &looking, ask, &people.rows).await
}

/// How many people there are.
#[utoipa::path(get, path = "/users/count", tag = "Users", params(("role" = Option<String>, Query)),
    responses((status = 200, description = "How many", body = Counted)))]
async fn count(caller: Caller, ask: Ask) -> Result<Json<Counted>, Problem> {
    caller.staff().await?;
    Ok(Counted::now(counted(&caller, &filter(&ask)?).await?, &caller))
}

/// What concerns somebody, in numbers.
#[derive(Serialize, ToSchema)]
pub(in crate::server) struct UserRelated {
    assigned_tickets: u64,
    requested_tickets: u64,
    ccd_tickets: u64,
    organization_subscriptions: u64,
}

envelope!(
    /// What concerns somebody, in numbers.
    UserRelatedOne { user_related: UserRelated }
);

/// How many tickets somebody has, of those that the one who asks may see.
#[utoipa::path(get, path = "/users/{user_id}/related", tag = "Users", params(("user_id" = i64, Path)),
    responses((status = 200, description = "Numbers", body = UserRelatedOne)))]
async fn related(caller: Caller, Id(id): Id) -> Result<Json<UserRelatedOne>, Problem> {
    caller.staff().await?;
    let person = found(&caller, id).await?.id;
    let sources = ["assignee", "requester", "cc"].map(|word| Source::Search(format!("{word}:{person}")));
    let counts = caller.say(caller.client.counts(sources.to_vec()).await)?;
    let count = |at: usize| counts.get(at).map_or(0, |count| count.value);
    let (assigned_tickets, requested_tickets, ccd_tickets) = (count(0), count(1), count(2));
    let user_related = UserRelated { assigned_tickets, requested_tickets, ccd_tickets, organization_subscriptions: 0 };
    Ok(Json(UserRelatedOne { user_related }))
}

fn in_group(id: i64, ask: &Ask) -> Result<PeopleFilter, Problem> {
    Ok(PeopleFilter { of: Some(Among::Group(GroupId(id))), ..filter(ask)? })
}

fn in_organization(id: i64, ask: &Ask) -> Result<PeopleFilter, Problem> {
    Ok(PeopleFilter { of: Some(Among::Organization(OrganizationId(id))), ..filter(ask)? })
}

/// The agents of a group.
#[utoipa::path(get, path = "/groups/{group_id}/users", tag = "Users", params(("group_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of people", body = UserPage)))]
async fn of_group(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    super::groups::found(&caller, id).await?;
    listed(&caller, &ask, in_group(id, &ask)?).await
}

/// How many agents a group has.
#[utoipa::path(get, path = "/groups/{group_id}/users/count", tag = "Users", params(("group_id" = i64, Path)),
    responses((status = 200, description = "How many", body = Counted)))]
async fn count_of_group(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Counted>, Problem> {
    super::groups::found(&caller, id).await?;
    Ok(Counted::now(counted(&caller, &in_group(id, &ask)?).await?, &caller))
}

/// The people of an organization.
#[utoipa::path(get, path = "/organizations/{organization_id}/users", tag = "Users", params(("organization_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of people", body = UserPage)))]
async fn of_organization(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    caller.staff().await?;
    super::organizations::found(&caller, id).await?;
    listed(&caller, &ask, in_organization(id, &ask)?).await
}

/// How many people an organization has.
#[utoipa::path(get, path = "/organizations/{organization_id}/users/count", tag = "Users", params(("organization_id" = i64, Path)),
    responses((status = 200, description = "How many", body = Counted)))]
async fn count_of_organization(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Counted>, Problem> {
    caller.staff().await?;
    super::organizations::found(&caller, id).await?;
    Ok(Counted::now(counted(&caller, &in_organization(id, &ask)?).await?, &caller))
}
