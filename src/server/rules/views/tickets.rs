//! What views list.

use super::KIND;
use crate::client::{Client as _, Count, Edges, ListAsk, Source};
use crate::domain::condition::{Condition, Use};
use crate::domain::setup::Item;
use crate::domain::ticket::Ticket as Domain;
use crate::domain::view::{Column, Sort, View};
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::rules::Shelf;
use crate::server::shape::{Listed, Pages, envelope, page, sent};
use crate::server::tickets::shown::{Shown, beside, shown};
use crate::wire::rules::{Sent, column_name, read_sort};
use crate::wire::{FieldValue, Ticket, Time};
use axum::Json;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(tickets))
        .routes(routes!(execute))
        .routes(routes!(count))
        .routes(routes!(count_many))
        .routes(routes!(preview))
        .routes(routes!(preview_count))
}

/// So many views are counted at once.
const MOST_COUNTED: usize = 20;

page!(
    /// A page of tickets.
    ViewTickets { tickets: Shown }
);

/// How many tickets a view has.
#[derive(Serialize, ToSchema)]
pub(in crate::server) struct ViewCount {
    view_id: Option<i64>,
    url: Option<String>,
    value: Option<u64>,
    pretty: String,
    fresh: bool,
    active: Option<bool>,
}

envelope!(
    /// How many tickets a view has.
    ViewCountOne { view_count: ViewCount }
);
envelope!(
    /// How many tickets views have.
    ViewCounts { view_counts: Vec<ViewCount> }
);
sent!(
    /// A view that is not kept.
    PreviewSent { view: Sent }
);

/// Rows of a view as a list shows them.
#[derive(Serialize, ToSchema)]
struct ViewRows {
    rows: Vec<Object>,
    columns: Vec<Object>,
    groups: Vec<Object>,
    users: Vec<Object>,
}

/// Anything under names.
type Object = Map<String, Value>;

async fn view(caller: &Caller, id: i64) -> Result<(Shelf, View), Problem> {
    let shelf = Shelf::of(caller, KIND).await?;
    let Item::View(view) = shelf.find(id)?.clone() else { return Err(Problem::not_found()) };
    Ok((shelf, view))
}

fn sort(ask: &Ask, usual: Sort) -> Option<Sort> {
    let by = ask.get("sort_by").and_then(read_sort)?;
    let descending = ask.get("sort_order").map_or(usual.descending, |order| order == "desc");
    Some(Sort { by, descending })
}

/// A page of what a view lists.
async fn rows(caller: &Caller, ask: &Ask, paging: &Paging, view: &View) -> Result<Rows<Domain>, Problem> {
    let source = Source::View(view.slug.clone());
    let mut wanted = ListAsk { skip: paging.skip(), limit: paging.size(), ..ListAsk::first(source.clone()) };
    match paging {
        // A sort of the other scheme is left alone, as real servers do.
        Paging::Cursor { after, before, .. } => (wanted.after, wanted.before) = (after.clone(), before.clone()),
        Paging::Offset { .. } => wanted.sort = sort(ask, view.sort),
    }
    let page = caller.say(caller.client.tickets(wanted).await)?;
    let count = if paging.counts() { Some(counted(caller, vec![source]).await?.remove(0)) } else { None };
    let (first, last, more) = match page.edges {
        Some(Edges { first, last, more }) => (Some(first), Some(last), more),
        None => (None, None, page.next.is_some()),
    };
    Ok(Rows { rows: page.rows, first, last, more, count })
}

async fn counted(caller: &Caller, sources: Vec<Source>) -> Result<Vec<Count>, Problem> {
    let wanted = sources.len();
    let counts = caller.say(caller.client.counts(sources).await)?;
    if counts.len() == wanted { Ok(counts) } else { Err(Problem::unavailable()) }
}

/// The tickets of a view.
#[utoipa::path(get, path = "/views/{view_id}/tickets", tag = "Views", params(("view_id" = i64, Path), ("include" = Option<String>, Query), Pages),
    responses((status = 200, description = "A page of tickets", body = ViewTickets)))]
async fn tickets(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let (shelf, view) = view(&caller, id).await?;
    let found = rows(&caller, &ask, &paging, &view).await?;
    let include = ask.include();
    let beside = beside(&caller, &shelf.session, &found.rows, &include).await?;
    let Rows { rows, first, last, more, count } = found;
    let rows = shown(&caller, &shelf.place, &rows, &include).await?;
    let mut body = Rows { rows, first, last, more, count }.body("tickets", &paging, &caller.here.url(), &ask);
    body.extend(beside);
    Ok(Json(body))
}

/// A view with its rows, as a list shows them.
#[utoipa::path(get, path = "/views/{view_id}/execute", tag = "Views", params(("view_id" = i64, Path), Pages),
    responses((status = 200, description = "Rows", body = ViewRows)))]
async fn execute(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let (shelf, view) = view(&caller, id).await?;
    let rows = rows(&caller, &ask, &paging, &view).await?;
    let mut body = listed(&caller, &shelf, &view, &rows.rows).await?;
    let item = Item::View(view);
    body.extend(shelf.one(&caller, &item));
    let none: Vec<Value> = Vec::new();
    let paged = Rows { rows: none, first: rows.first, last: rows.last, more: rows.more, count: rows.count };
    let mut around = paged.body("none", &paging, &caller.here.url(), &ask);
    around.remove("none");
    body.extend(around);
    Ok(Json(body))
}

/// What the rows of a view show where it names no columns.
const USUAL: [Column; 6] =
    [Column::Id, Column::Subject, Column::Requester, Column::Created, Column::Assignee, Column::Status];

async fn listed(caller: &Caller, shelf: &Shelf, view: &View, tickets: &[Domain]) -> Result<Object, Problem> {
    let columns = if view.columns.is_empty() { USUAL.to_vec() } else { view.columns.clone() };
    let title = |column: Column| shelf.column(caller, column);
    let named = columns.iter().map(|column| json!({ "id": column_name(*column), "title": title(*column) }));
    let named: Vec<Value> = named.collect();
    let ids: Vec<_> = tickets.iter().map(|ticket| ticket.id).collect();
    let mut texts = caller.say(caller.client.opened_with(ids, false).await)?;
    let mut row = |ticket: &Domain| row(ticket, texts.remove(&ticket.id), view, &columns, shelf);
    let rows: Vec<Value> = tickets.iter().map(&mut row).collect();
    let mut people: Vec<_> = tickets.iter().flat_map(|one| [Some(one.requester), one.assignee]).flatten().collect();
    people.sort_unstable();
    people.dedup();
    let mut users = Vec::new();
    for some in people.chunks(100) {
        let ask = crate::client::PeopleAsk::Ids(some.to_vec());
        let found = caller.say(caller.client.people(ask).await)?.rows;
        users.extend(found.iter().map(|person| {
            json!({ "id": person.id.0, "name": person.name, "url": format!("{}/api/v2/users/{}.json", caller.here.base, person.id) })
        }));
    }
    let groups = shelf.session.groups.iter().filter(|group| tickets.iter().any(|one| one.group == Some(group.id)));
    let groups: Vec<Value> = groups.map(|group| json!({ "id": group.id.0, "name": group.name })).collect();
    let parts = [("columns", named), ("rows", rows), ("groups", groups), ("users", users)];
    Ok(parts.into_iter().map(|(name, list)| (name.to_owned(), Value::Array(list))).collect())
}

fn row(ticket: &Domain, description: Option<String>, view: &View, columns: &[Column], shelf: &Shelf) -> Value {
    let mut row = Map::new();
    for column in columns.iter().copied().chain(view.group_by) {
        let (name, value) = cell(ticket, column);
        row.insert(name, value);
    }
    let whole = json!(Ticket::of(ticket, &shelf.place).with_description(description));
    let part = ["id", "url", "subject", "description", "status", "type", "priority"];
    let part = part.iter().map(|name| ((*name).to_owned(), whole[*name].clone())).collect();
    row.insert("ticket_id".to_owned(), json!(ticket.id.0));
    row.insert("ticket".to_owned(), Value::Object(part));
    Value::Object(row)
}

fn cell(ticket: &Domain, column: Column) -> (String, Value) {
    let by_id = match column {
        Column::Requester => Some(("requester_id", json!(ticket.requester.0))),
        Column::Organization => Some(("organization_id", json!(ticket.organization.map(|id| id.0)))),
        Column::Assignee => Some(("assignee_id", json!(ticket.assignee.map(|id| id.0)))),
        Column::Group => Some(("group_id", json!(ticket.group.map(|id| id.0)))),
        Column::Kind => Some(("ticket_form_id", json!(ticket.kind.map(|id| id.0)))),
        _ => None,
    };
    if let Some((name, value)) = by_id {
        return (name.to_owned(), value);
    }
    let value = match column {
        Column::Id => json!(ticket.id.0),
        Column::Subject => json!(ticket.subject),
        Column::Status => json!(ticket.status().name()),
        Column::Priority => json!(ticket.priority.map(crate::domain::status::Priority::name)),
        Column::Tags => json!(ticket.tags.iter().map(crate::domain::tag::Tag::as_str).collect::<Vec<_>>()),
        Column::Created => json!(Time::from(ticket.created_at)),
        Column::Updated => json!(Time::from(ticket.updated_at)),
        Column::Due => json!(ticket.due_at.map(Time::from)),
        Column::Field(id) => json!(ticket.fields.get(&id).map(FieldValue::of)),
        _ => Value::Null,
    };
    (column_name(column), value)
}

fn view_count(caller: &Caller, view: Option<&View>, count: Count) -> ViewCount {
    let url = |view: &View| format!("{}/api/v2/views/{}/count.json", caller.here.base, view.id);
    let pretty = if count.or_more { format!("~{}", count.value) } else { count.value.to_string() };
    ViewCount {
        view_id: view.map(|view| view.id.0),
        url: view.map(url),
        value: Some(count.value),
        pretty,
        fresh: true,
        active: view.map(|view| view.active),
    }
}

/// How many tickets a view has; nobody counts past a bound.
#[utoipa::path(get, path = "/views/{view_id}/count", tag = "Views", params(("view_id" = i64, Path)),
    responses((status = 200, description = "How many", body = ViewCountOne)))]
async fn count(caller: Caller, Id(id): Id) -> Result<Json<ViewCountOne>, Problem> {
    let (_, view) = view(&caller, id).await?;
    let count = counted(&caller, vec![Source::View(view.slug.clone())]).await?.remove(0);
    Ok(Json(ViewCountOne { view_count: view_count(&caller, Some(&view), count) }))
}

/// How many tickets these views have, 20 at most.
#[utoipa::path(get, path = "/views/count_many", tag = "Views", params(("ids" = String, Query)),
    responses((status = 200, description = "How many, of each", body = ViewCounts)))]
async fn count_many(caller: Caller, ask: Ask) -> Result<Json<ViewCounts>, Problem> {
    let ids = ask.ids("ids")?;
    let shelf = Shelf::of(&caller, KIND).await?;
    if ids.len() > MOST_COUNTED {
        return Err(Problem::too_many_values());
    }
    let wanted = shelf.items.iter().filter_map(|item| match item {
        Item::View(view) if ids.contains(&view.id.0) => Some(view),
        _ => None,
    });
    let views: Vec<&View> = wanted.collect();
    let counts = counted(&caller, views.iter().map(|view| Source::View(view.slug.clone())).collect()).await?;
    let view_counts = views.iter().zip(counts).map(|(view, count)| view_count(&caller, Some(view), count)).collect();
    Ok(Json(ViewCounts { view_counts }))
}

/// A view that is not kept, with its condition.
async fn tried(caller: &Caller, sent: &Sent) -> Result<(Shelf, View), Problem> {
    let shelf = Shelf::of(caller, KIND).await?;
    let fresh = sent.fresh(KIND).ok_or_else(Problem::not_found)?;
    match shelf.changed(caller, fresh, sent).await? {
        Item::View(view) => Ok((shelf, view)),
        _ => Err(Problem::not_found()),
    }
}

async fn matching(
    caller: &Caller,
    shelf: &Shelf,
    when: Condition,
    limit: u32,
) -> Result<(Count, Vec<Domain>), Problem> {
    if let Err(unfit) = when.allowed_in(Use::View) {
        let said = crate::words::unfit(caller.words(), &unfit, Use::View, &shelf.names);
        return Err(Problem::invalid("conditions", "InvalidValue", &said));
    }
    let (count, page) = caller.say(caller.client.matching(when, limit).await)?;
    Ok((count, page.rows))
}

/// What a view would list that is not kept: the latest.
#[utoipa::path(post, path = "/views/preview", tag = "Views", request_body = PreviewSent,
    responses((status = 200, description = "Rows", body = ViewRows)))]
async fn preview(caller: Caller, Body(sent): Body<PreviewSent>) -> Result<Listed, Problem> {
    let (shelf, view) = tried(&caller, &sent.view).await?;
    let (count, tickets) = matching(&caller, &shelf, view.when.clone(), 100).await?;
    let mut body = listed(&caller, &shelf, &view, &tickets).await?;
    body.insert("count".to_owned(), json!(count.value));
    body.insert("next_page".to_owned(), Value::Null);
    body.insert("previous_page".to_owned(), Value::Null);
    Ok(Json(body))
}

/// How many tickets a view would list that is not kept.
#[utoipa::path(post, path = "/views/preview/count", tag = "Views", request_body = PreviewSent,
    responses((status = 200, description = "How many", body = ViewCountOne)))]
async fn preview_count(caller: Caller, Body(sent): Body<PreviewSent>) -> Result<Json<ViewCountOne>, Problem> {
    let (shelf, view) = tried(&caller, &sent.view).await?;
    let (count, _) = matching(&caller, &shelf, view.when, 1).await?;
    Ok(Json(ViewCountOne { view_count: view_count(&caller, None, count) }))
}
