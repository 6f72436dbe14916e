//! One question for everything: tickets by the query language, people, organizations and groups by their names.

mod parted;

use super::App;
use super::ask::Ask;
use super::caller::Caller;
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::Listed;
use super::tickets::list::{FAR, wanted};
use super::tickets::shown::{beside, shown};
use crate::client::listed::{OrganizationFilter, Part, Spot};
use crate::client::{Client as _, Count, Error, ListAsk, Session, Source};
use crate::domain::search::{Fault, QueryError};
use crate::domain::ticket::Ticket;
use crate::domain::view::{Sort, SortKey};
use crate::wire::{Group, Organization, User};
use axum::Json;
use parted::{Kind, Parted};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Nobody gets further than so many results.
const MOST: u64 = 1_000;
/// So many people and organizations stand before the tickets where a question says nothing of what it looks for.
const FEW: u32 = 100;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(count)).routes(routes!(export))
}

/// What was found: tickets, users, groups and organizations, each with its `result_type`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct Results {
    results: Vec<Value>,
    facets: Option<String>,
    next_page: Option<String>,
    previous_page: Option<String>,
    count: u64,
}

/// What was found, by cursor.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct Exported {
    results: Vec<Value>,
    facets: Option<String>,
    meta: crate::wire::Meta,
    links: super::shape::Links,
}

/// How much was found: nothing else stands beside it.
#[derive(Serialize, ToSchema)]
#[schema(as = FoundNumber)]
struct Number {
    count: u64,
}

/// Finds tickets, users, groups and organizations, in numbered pages.
#[utoipa::path(get, path = "/search", tag = "Search",
    params(("query" = String, Query), ("sort_by" = Option<String>, Query), ("sort_order" = Option<String>, Query),
        ("include" = Option<String>, Query), ("page" = Option<u64>, Query), ("per_page" = Option<u32>, Query)),
    responses((status = 200, description = "A page of results", body = Results)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    if ask.get("page[size]").is_some() {
        return Err(Problem::bad_paging("InvalidPaginationParameter", "page[size] is not taken here"));
    }
    let session = caller.staff().await?;
    let parted = Parted::of(ask.get("query").ok_or_else(|| Problem::bad_parameter("query"))?);
    let paging = Paging::of(&ask)?;
    if paging.skip() >= MOST {
        return Err(Problem::search_ends());
    }
    // What is not a ticket comes first: there is little of it.
    let others = others(&caller, &session, &parted).await?;
    let some = others.len() as u64;
    let (from, size) = (paging.skip(), u64::from(paging.size()));
    let taken = usize::try_from(from).unwrap_or(usize::MAX);
    let mut results: Vec<Value> = others.into_iter().skip(taken).take(paging.size() as usize).collect();
    let mut body = Map::new();
    let mut count = some;
    if parted.wants(Kind::Ticket) {
        let source = Source::Search(understood(&caller, &parted.query).await);
        count += caller.say(caller.client.count_up_to(&source, MOST).await)?.value;
        let room = size - results.len() as u64;
        if room > 0 {
            let limit = u32::try_from(room).unwrap_or(FEW);
            let asked =
                ListAsk { sort: sort(&ask, &parted), skip: from.saturating_sub(some), limit, ..ListAsk::first(source) };
            let tickets = caller.say(caller.client.tickets(asked).await)?.rows;
            results.extend(told(&caller, &session, &tickets, &ask).await?);
            body.extend(beside(&caller, &session, &tickets, &included(&ask)).await?);
        }
    }
    let more = from + results.len() as u64 <= count.saturating_sub(1) && !results.is_empty();
    let count = Count { value: count, or_more: false };
    let rows = Rows { rows: results, first: None, last: None, more, count: Some(count) };
    let mut page = rows.body("results", &paging, &caller.here.url(), &ask);
    page.insert("facets".to_owned(), Value::Null);
    page.extend(body);
    Ok(Json(page))
}

/// How much there is, up to 100,000.
#[utoipa::path(get, path = "/search/count", tag = "Search", params(("query" = String, Query)),
    responses((status = 200, description = "How much", body = Number)))]
async fn count(caller: Caller, ask: Ask) -> Result<Json<Number>, Problem> {
    let session = caller.staff().await?;
    let parted = Parted::of(ask.get("query").ok_or_else(|| Problem::bad_parameter("query"))?);
    let mut count = others(&caller, &session, &parted).await?.len() as u64;
    if parted.wants(Kind::Ticket) {
        let source = Source::Search(understood(&caller, &parted.query).await);
        count += caller.say(caller.client.count_up_to(&source, FAR).await)?.value;
    }
    Ok(Json(Number { count }))
}

/// Everything of one kind that a query finds, by cursor and without an end.
#[utoipa::path(get, path = "/search/export", tag = "Search",
    params(("query" = String, Query), ("filter[type]" = Option<String>, Query), ("page[size]" = Option<u32>, Query),
        ("page[after]" = Option<String>, Query), ("include" = Option<String>, Query)),
    responses((status = 200, description = "A page of results", body = Exported)))]
async fn export(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let session = caller.staff().await?;
    let parted = Parted::of(ask.get("query").unwrap_or_default());
    let bad = || Problem::bad_parameter("filter[type]");
    let filter = ask.get("filter[type]").map(|name| Kind::parse(name).ok_or_else(bad)).transpose()?;
    // One list cannot go on in several kinds: of those that are asked for, these are the ones without an end.
    let kind = filter.or(parted.kind).unwrap_or(Kind::Ticket);
    let parted = parted.only(kind);
    let paging = Paging::by_cursor(&ask)?;
    let mut body = Map::new();
    let rows = if kind == Kind::Ticket {
        let sort = Sort { by: SortKey::Id, descending: true };
        let asked = wanted(Source::Search(understood(&caller, &parted.query).await), sort, &paging);
        let found = caller.say(caller.client.tickets(asked).await)?;
        body.extend(beside(&caller, &session, &found.rows, &included(&ask)).await?);
        let rows = told(&caller, &session, &found.rows, &ask).await?;
        let (first, last, more) = match found.edges {
            Some(edges) => (Some(edges.first), Some(edges.last), edges.more),
            None => (None, None, false),
        };
        Rows { rows, first, last, more, count: None }
    } else {
        Rows::whole(others(&caller, &session, &parted).await?, &paging)?
    };
    let mut page = rows.body("results", &paging, &caller.here.url(), &ask);
    // There is no way back here.
    page["links"]["prev"] = Value::Null;
    page.insert("facets".to_owned(), Value::Null);
    page.extend(body);
    Ok(Json(page))
}

/// The names of what is wanted beside: `tickets(users,groups)` names the kind around them.
fn included(ask: &Ask) -> std::collections::BTreeSet<String> {
    let names = ask.list("include");
    names.iter().map(|name| name.trim_start_matches("tickets(").trim_end_matches(')').to_owned()).collect()
}

/// The order of tickets: what the query says, else what is asked for, else how well they fit.
fn sort(ask: &Ask, parted: &Parted) -> Option<Sort> {
    if parted.ordered {
        return None;
    }
    let by = match ask.get("sort_by") {
        Some("updated_at") => SortKey::Updated,
        Some("created_at") => SortKey::Id,
        Some("priority") => SortKey::Priority,
        Some("status") => SortKey::Status,
        _ if parted.has_words => SortKey::Relevance,
        _ => SortKey::Updated,
    };
    Some(Sort { by, descending: ask.get("sort_order").is_none_or(|order| !order.eq_ignore_ascii_case("asc")) })
}

fn typed(value: Value, kind: Kind) -> Value {
    let mut value = value;
    value["result_type"] = json!(kind.name());
    value
}

async fn told(caller: &Caller, session: &Session, tickets: &[Ticket], ask: &Ask) -> Result<Vec<Value>, Problem> {
    let rows = shown(caller, &caller.place(session), tickets, &included(ask)).await?;
    Ok(rows.into_iter().map(|ticket| typed(json!(ticket), Kind::Ticket)).collect())
}

/// So many words with a colon may be in a query.
const COLONS: usize = 8;

/// A query in which words with a colon that is no keyword's stand in quotes: people paste what they read.
async fn understood(caller: &Caller, query: &str) -> String {
    let mut query = query.to_owned();
    for _ in 0..COLONS {
        let asked = caller.client.count_up_to(&Source::Search(query.clone()), 1).await;
        let Err(Error::Unclear(QueryError { at, fault: Fault::Keyword | Fault::NoValue, .. })) = asked else { break };
        let Some(from) = query.char_indices().nth(at).map(|(from, _)| from) else { break };
        let from = from + usize::from(query[from..].starts_with('-'));
        let to = query[from..].find(char::is_whitespace).map_or(query.len(), |length| from + length);
        let word = query[from..to].replace(['"', '\\'], " ");
        query.replace_range(from..to, &format!("\"{word}\""));
    }
    query
}

/// Groups, organizations and people, as far as the query can be about them.
async fn others(caller: &Caller, session: &Session, parted: &Parted) -> Result<Vec<Value>, Problem> {
    let place = caller.place(session);
    let mut found = Vec::new();
    let named = parted.kind.is_some();
    let part = || Part { spot: Spot::Skip(0), descending: false, limit: FEW };
    // What else is said of these is not understood: whoever changes all that is found must not find all that there is.
    let plain = parted.is_plain() || (named && parted.is_open());
    if parted.wants(Kind::Group) && plain {
        let words: Vec<String> = parted.words.iter().map(|word| word.to_lowercase()).collect();
        let fits = |name: &str| words.iter().all(|word| name.to_lowercase().contains(word));
        let groups = session.groups.iter().filter(|group| fits(&group.name));
        let default = session.settings.default_group;
        let told = groups.map(|group| typed(json!(Group::of(group, default == Some(group.id), &place)), Kind::Group));
        found.extend(told);
    }
    if parted.wants(Kind::Organization) && plain {
        let which = OrganizationFilter { text: parted.words.join(" "), ..OrganizationFilter::default() };
        let rows = caller.say(caller.client.organizations_listed(&which, part()).await)?.rows;
        found.extend(rows.iter().map(|one| typed(json!(Organization::of(one, &place)), Kind::Organization)));
    }
    if parted.wants(Kind::User) && (named || parted.is_plain()) {
        let which = super::users::queried(&parted.query)?;
        let rows = caller.say(caller.client.people_listed(&which, part()).await)?.rows;
        found.extend(rows.iter().map(|one| typed(json!(User::of(one, &place)), Kind::User)));
    }
    Ok(found)
}
