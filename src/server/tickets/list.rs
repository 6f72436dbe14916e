//! Lists of tickets: all, and those of people and organizations.

use super::shown::{Shown, beside, shown};
use super::{Counted, counted};
use crate::client::{Client as _, Count, ListAsk, Source};
use crate::domain::ticket::Ticket;
use crate::domain::view::{Sort, SortKey};
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use axum::Json;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Numbered pages end here, and so does their count.
const LISTED: u64 = 10_000;
/// Whoever asks for nothing but a number is counted for further.
pub(in crate::server) const FAR: u64 = 100_000;
/// So many numbers stand in one query.
const TOGETHER: usize = 50;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(all))
        .routes(routes!(count))
        .routes(routes!(show_many))
        .routes(routes!(recent))
        .routes(routes!(of_organization))
        .routes(routes!(of_organization_count))
        .routes(routes!(requested))
        .routes(routes!(assigned))
        .routes(routes!(assigned_count))
        .routes(routes!(ccd))
        .routes(routes!(ccd_count))
        .routes(routes!(followed))
}

/// A page of tickets.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
pub(in crate::server) struct Tickets {
    tickets: Vec<Shown>,
    /// For numbered pages: how many there are, up to 10,000.
    count: Option<u64>,
    /// For numbered pages.
    next_page: Option<String>,
    /// For numbered pages.
    previous_page: Option<String>,
    /// For pages by cursor.
    meta: Option<Value>,
    /// For pages by cursor.
    links: Option<Value>,
}

/// Tickets that can be seen, the oldest first unless another order is asked for.
#[utoipa::path(get, path = "/tickets", tag = "Tickets",
    params(("external_id" = Option<String>, Query), ("sort" = Option<String>, Query), ("sort_by" = Option<String>, Query),
        ("sort_order" = Option<String>, Query), ("include" = Option<String>, Query), ("page[size]" = Option<u32>, Query),
        ("page[after]" = Option<String>, Query), ("page[before]" = Option<String>, Query), ("page" = Option<u64>, Query),
        ("per_page" = Option<u32>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn all(caller: Caller, ask: Ask) -> Result<Json<Value>, Problem> {
    let query = ask.get("external_id").map(|id| format!("external_id:{}", quoted(id))).unwrap_or_default();
    page(&caller, &ask, Source::Search(query)).await
}

/// How many tickets can be seen, up to 100,000.
#[utoipa::path(get, path = "/tickets/count", tag = "Tickets",
    responses((status = 200, description = "How many", body = Counted)))]
async fn count(caller: Caller) -> Result<Json<Value>, Problem> {
    number(&caller, String::new()).await
}

/// Several tickets by their numbers, 100 at most; those that cannot be seen are left out.
#[utoipa::path(get, path = "/tickets/show_many", tag = "Tickets",
    params(("ids" = String, Query, description = "Numbers with commas between them"), ("include" = Option<String>, Query)),
    responses((status = 200, description = "The tickets", body = Tickets)))]
async fn show_many(caller: Caller, ask: Ask) -> Result<Json<Value>, Problem> {
    let tickets = by_ids(&caller, &ask.ids("ids")?).await?;
    let session = caller.session().await?;
    let include = ask.include();
    let rows = shown(&caller, &caller.place(&session), &tickets, &include).await?;
    let mut body = Map::new();
    body.insert("count".to_owned(), json!(rows.len()));
    body.insert("tickets".to_owned(), json!(rows));
    body.extend(beside(&caller, &session, &tickets, &include).await?);
    body.extend([("next_page".to_owned(), Value::Null), ("previous_page".to_owned(), Value::Null)]);
    Ok(Json(Value::Object(body)))
}

/// What of the caller's own tickets changed last.
#[utoipa::path(get, path = "/tickets/recent", tag = "Tickets",
    responses((status = 200, description = "Five tickets at most", body = Tickets)))]
async fn recent(caller: Caller) -> Result<Json<Value>, Problem> {
    let session = caller.session().await?;
    let source = Source::Search("assignee:me".to_owned());
    let ask = ListAsk { sort: Some(Sort::LATEST), limit: 5, ..ListAsk::first(source) };
    let tickets = caller.say(caller.client.tickets(ask).await)?.rows;
    let rows = shown(&caller, &caller.place(&session), &tickets, &std::collections::BTreeSet::new()).await?;
    Ok(Json(json!({ "tickets": rows, "count": rows.len(), "next_page": null, "previous_page": null })))
}

/// Tickets of an organization.
#[utoipa::path(get, path = "/organizations/{organization_id}/tickets", tag = "Tickets",
    params(("organization_id" = i64, Path), ("page[size]" = Option<u32>, Query), ("page" = Option<u64>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn of_organization(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    let which = crate::domain::act::OrganizationRef::Id(crate::domain::id::OrganizationId(id));
    caller.say(caller.client.organization(which).await)?;
    page(&caller, &ask, Source::Search(format!("organization:{id}"))).await
}

/// How many tickets an organization has.
#[utoipa::path(get, path = "/organizations/{organization_id}/tickets/count", tag = "Tickets",
    params(("organization_id" = i64, Path)), responses((status = 200, description = "How many", body = Counted)))]
async fn of_organization_count(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    number(&caller, format!("organization:{id}")).await
}

/// Tickets that somebody has asked for.
#[utoipa::path(get, path = "/users/{user_id}/tickets/requested", tag = "Tickets",
    params(("user_id" = i64, Path), ("page[size]" = Option<u32>, Query), ("page" = Option<u64>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn requested(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    of_person(&caller, id, &ask, "requester").await
}

/// Tickets that are assigned to somebody.
#[utoipa::path(get, path = "/users/{user_id}/tickets/assigned", tag = "Tickets",
    params(("user_id" = i64, Path), ("page[size]" = Option<u32>, Query), ("page" = Option<u64>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn assigned(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    of_person(&caller, id, &ask, "assignee").await
}

/// How many tickets are assigned to somebody.
#[utoipa::path(get, path = "/users/{user_id}/tickets/assigned/count", tag = "Tickets", params(("user_id" = i64, Path)),
    responses((status = 200, description = "How many", body = Counted)))]
async fn assigned_count(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    number(&caller, format!("assignee:{id}")).await
}

/// Tickets that have somebody in copy.
#[utoipa::path(get, path = "/users/{user_id}/tickets/ccd", tag = "Tickets",
    params(("user_id" = i64, Path), ("page[size]" = Option<u32>, Query), ("page" = Option<u64>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn ccd(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    of_person(&caller, id, &ask, "cc").await
}

/// How many tickets have somebody in copy.
#[utoipa::path(get, path = "/users/{user_id}/tickets/ccd/count", tag = "Tickets", params(("user_id" = i64, Path)),
    responses((status = 200, description = "How many", body = Counted)))]
async fn ccd_count(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    number(&caller, format!("cc:{id}")).await
}

/// Tickets that somebody follows.
#[utoipa::path(get, path = "/users/{user_id}/tickets/followed", tag = "Tickets",
    params(("user_id" = i64, Path), ("page[size]" = Option<u32>, Query), ("page" = Option<u64>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn followed(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    of_person(&caller, id, &ask, "follower").await
}

async fn of_person(caller: &Caller, id: i64, ask: &Ask, keyword: &str) -> Result<Json<Value>, Problem> {
    if !caller.session().await?.me.role.is_staff() {
        return Err(Problem::forbidden());
    }
    let ids = crate::client::PeopleAsk::Ids(vec![crate::domain::id::PersonId(id)]);
    if caller.say(caller.client.people(ids).await)?.rows.is_empty() {
        return Err(Problem::not_found());
    }
    page(caller, ask, Source::Search(format!("{keyword}:{id}"))).await
}

async fn number(caller: &Caller, query: String) -> Result<Json<Value>, Problem> {
    if !caller.session().await?.me.role.is_staff() {
        return Err(Problem::forbidden());
    }
    Ok(counted(caller, caller.say(caller.client.count_up_to(&Source::Search(query), FAR).await)?.value))
}

/// Tickets by their numbers, in the order in which they are asked for.
pub(in crate::server) async fn by_ids(caller: &Caller, ids: &[i64]) -> Result<Vec<Ticket>, Problem> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(TOGETHER) {
        let query: Vec<String> = some.iter().map(|id| format!("id:{id}")).collect();
        let ask = ListAsk { sort: Some(Sort::NEWEST), ..ListAsk::first(Source::Search(query.join(" "))) };
        found.extend(caller.say(caller.client.tickets(ask).await)?.rows);
    }
    found.sort_by_key(|ticket| ids.iter().position(|id| *id == ticket.id.0));
    found.dedup_by_key(|ticket| ticket.id);
    Ok(found)
}

/// A page of a list of tickets.
pub(super) async fn page(caller: &Caller, ask: &Ask, source: Source) -> Result<Json<Value>, Problem> {
    let sort = sort(ask, &Paging::of(ask)?)?;
    sorted(caller, ask, source, sort).await
}

/// The same in an order that nobody chooses.
pub(super) async fn sorted(caller: &Caller, ask: &Ask, source: Source, sort: Sort) -> Result<Json<Value>, Problem> {
    let paging = Paging::of(ask)?;
    let found = caller.say(caller.client.tickets(wanted(source.clone(), sort, &paging)).await)?;
    let session = caller.session().await?;
    let include = ask.include();
    let tickets = found.rows;
    let place = caller.place(&session);
    let (first, last, more) = match found.edges {
        Some(edges) => (Some(edges.first), Some(edges.last), edges.more),
        None => (None, None, false),
    };
    let count = match &paging {
        Paging::Cursor { .. } => None,
        Paging::Offset { .. } if ask.is("exclude_count") => None,
        Paging::Offset { .. } => match total(&paging, tickets.len(), more) {
            Some(count) => Some(count),
            None => Some(caller.say(caller.client.count_up_to(&source, LISTED).await)?),
        },
    };
    let rows = shown(caller, &place, &tickets, &include).await?;
    let rows = Rows { rows, first, last, more, count };
    let mut body = rows.body("tickets", &paging, &caller.here.url(), ask);
    body.extend(beside(caller, &session, &tickets, &include).await?);
    Ok(Json(Value::Object(body)))
}

/// The ask for a page of a list.
pub(in crate::server) fn wanted(source: Source, sort: Sort, paging: &Paging) -> ListAsk {
    let first = ListAsk { sort: Some(sort), limit: paging.size(), ..ListAsk::first(source) };
    match paging {
        Paging::Cursor { after, before, .. } => ListAsk { after: after.clone(), before: before.clone(), ..first },
        Paging::Offset { .. } => ListAsk { skip: paging.skip(), ..first },
    }
}

/// How many a numbered list has, where its last page tells.
pub(in crate::server) const fn total(paging: &Paging, rows: usize, more: bool) -> Option<Count> {
    if more || (rows == 0 && paging.skip() > 0) {
        return None;
    }
    Some(Count { value: paging.skip() + rows as u64, or_more: false })
}

/// The order that is asked for. By cursor only `sort` counts, and what it cannot be is told; with numbers `sort_by` does.
pub(in crate::server) fn sort(ask: &Ask, paging: &Paging) -> Result<Sort, Problem> {
    let oldest = Sort { by: SortKey::Id, descending: false };
    match paging {
        Paging::Cursor { .. } => {
            let Some(sort) = ask.get("sort") else { return Ok(oldest) };
            let (name, descending) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
            let by = match name {
                "updated_at" => SortKey::Updated,
                "id" => SortKey::Id,
                "status" => SortKey::Status,
                _ => return Err(Problem::bad_paging("InvalidPaginationParameter", "sort is not valid")),
            };
            Ok(Sort { by, descending })
        }
        Paging::Offset { .. } => {
            let by = match ask.get("sort_by") {
                Some("updated_at") => SortKey::Updated,
                Some("status") => SortKey::Status,
                Some("priority") => SortKey::Priority,
                _ => SortKey::Id,
            };
            Ok(Sort { by, descending: ask.get("sort_order").is_some_and(|order| order.eq_ignore_ascii_case("desc")) })
        }
    }
}

/// A text as a value in a query.
pub(in crate::server) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
