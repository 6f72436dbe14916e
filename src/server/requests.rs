//! Requests: tickets as those see them who asked for something. Whoever asks here, agents too, is an end user before their
//! own: nothing internal has a place in any answer.

mod unsigned;

use super::App;
use super::ask::{Ask, Id, Ids};
use super::body::Body;
use super::caller::{Caller, Here};
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Listed, Pages, envelope, page, sent};
use super::tickets::change::{comment, fields, person};
use super::tickets::list::{FAR, total, wanted};
use super::tickets::said::said_ask;
use super::tickets::write::{key, key_of, looked_up};
use crate::client::{Client as _, Count, Cursor, ListAsk, SaidAsk, Session, Source};
use crate::domain::act::{Change, Deed, NewTicket};
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::id::{CommentId, KindId, PersonId, TicketId};
use crate::domain::person::PersonRef;
use crate::domain::status::Status;
use crate::domain::ticket::Request as Domain;
use crate::domain::view::{Sort, SortKey};
use crate::wire::sent::TicketSent;
use crate::wire::{Comment, Request, Time};
use axum::Json;
use axum::extract::{FromRequest as _, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use unsigned::TakenOne;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const UNSOLVED: &str = "status<solved";
const SOLVED: &str = "status>=solved";
/// Searches end here.
const SEARCHED: u64 = 1_000;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(open))
        .routes(routes!(solved))
        .routes(routes!(ccd))
        .routes(routes!(search))
        .routes(routes!(of_user))
        .routes(routes!(of_organization))
        .routes(routes!(show, update))
        .routes(routes!(comments))
        .routes(routes!(one_comment))
}

envelope!(
    /// A request.
    RequestOne { request: Request }
);
page!(
    /// A page of requests.
    RequestPage { requests: Request }
);
sent!(
    /// A request that is sent: `subject`, `comment`, `custom_fields`, `ticket_form_id`, `collaborators`, `email_ccs`,
    /// `solved`, `via_followup_source_id`. Everything else is passed over.
    RequestSent { request: TicketSent }
);
page!(
    /// A page of what was said in public.
    RequestCommentPage { comments: Comment }
);
envelope!(
    /// Something said in public.
    RequestCommentOne { comment: Comment }
);

/// Somebody who spoke on a request, as its requester is told of them.
#[derive(Serialize, ToSchema)]
struct Author {
    id: i64,
    name: String,
    photo: Option<String>,
    agent: bool,
}

/// One's own requests.
#[utoipa::path(get, path = "/requests", tag = "Requests",
    params(Pages, ("status" = Option<String>, Query), ("sort_by" = Option<String>, Query), ("sort_order" = Option<String>, Query)),
    responses((status = 200, description = "A page of requests", body = RequestPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let named = statuses(&ask)?;
    listed(&caller, &ask, Source::Mine, &named).await
}

/// One's own requests that are not solved.
#[utoipa::path(get, path = "/requests/open", tag = "Requests", params(Pages),
    responses((status = 200, description = "A page of requests", body = RequestPage)))]
async fn open(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    listed(&caller, &ask, Source::Mine, UNSOLVED).await
}

/// One's own requests that are solved.
#[utoipa::path(get, path = "/requests/solved", tag = "Requests", params(Pages),
    responses((status = 200, description = "A page of requests", body = RequestPage)))]
async fn solved(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    listed(&caller, &ask, Source::Mine, SOLVED).await
}

/// Requests that have one in copy.
#[utoipa::path(get, path = "/requests/ccd", tag = "Requests", params(Pages),
    responses((status = 200, description = "A page of requests", body = RequestPage)))]
async fn ccd(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let named = statuses(&ask)?;
    listed(&caller, &ask, Source::Ccd, &named).await
}

/// Requests found by their words, in numbered pages.
#[utoipa::path(get, path = "/requests/search", tag = "Requests",
    params(Pages, ("query" = Option<String>, Query), ("status" = Option<String>, Query),
        ("organization_id" = Option<i64>, Query), ("cc_id" = Option<bool>, Query)),
    responses((status = 200, description = "A page of requests", body = RequestPage)))]
async fn search(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    if ask.get("page[size]").is_some() {
        return Err(Problem::bad_paging("InvalidPaginationParameter", "page[size] is not taken here"));
    }
    let mut query = vec![ask.get("query").unwrap_or_default().to_owned(), statuses(&ask)?];
    query.extend(ask.number::<i64>("organization_id")?.map(|id| format!("organization:{id}")));
    if Paging::of(&ask)?.skip() >= SEARCHED {
        return Err(Problem::search_ends());
    }
    let source = if ask.is("cc_id") { Source::Ccd } else { Source::Search(String::new()) };
    listed(&caller, &ask, source, &query.join(" ")).await
}

/// Requests of somebody: of others than oneself only for the team.
#[utoipa::path(get, path = "/users/{user_id}/requests", tag = "Requests", params(("user_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of requests", body = RequestPage)))]
async fn of_user(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let named = statuses(&ask)?;
    let me = caller.session().await?.me;
    if me.id.0 == id {
        return listed(&caller, &ask, Source::Mine, &named).await;
    }
    if !me.role.is_staff() {
        return Err(Problem::forbidden());
    }
    let requester = super::users::found(&caller, id).await?.id;
    listed_of(&caller, &ask, (Source::requests_of(requester), Some(requester)), &named).await
}

/// Requests of one's own organization, where its people read each other's.
#[utoipa::path(get, path = "/organizations/{organization_id}/requests", tag = "Requests",
    params(("organization_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of requests", body = RequestPage)))]
async fn of_organization(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let own = caller.session().await?.organization;
    if own.is_none_or(|own| own.id.0 != id) {
        return Err(Problem::forbidden());
    }
    let named = statuses(&ask)?;
    listed(&caller, &ask, Source::Organization, &named).await
}

/// `status=hold,open` as a query says it.
fn statuses(ask: &Ask) -> Result<String, Problem> {
    let one = |name: String| match Status::parse(&name) {
        Some(_) => Ok(format!("status:{name}")),
        None => Err(Problem::bad_parameter("status")),
    };
    let named: Vec<String> = ask.list("status").into_iter().map(one).collect::<Result<_, _>>()?;
    Ok(named.join(" "))
}

async fn listed(caller: &Caller, ask: &Ask, source: Source, narrow: &str) -> Result<Listed, Problem> {
    listed_of(caller, ask, (source, None), narrow).await
}

/// Those of another, where one is named.
async fn listed_of(
    caller: &Caller,
    ask: &Ask,
    (source, of): (Source, Option<PersonId>),
    narrow: &str,
) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let narrow = Some(narrow.trim().to_owned()).filter(|text| !text.is_empty());
    let asked = ListAsk { narrow: narrow.clone(), ..wanted(source.clone(), sort(ask)?, &paging) };
    let found = caller.say(match of {
        Some(other) => caller.client.requests_of(other, asked).await,
        None => caller.client.requests(asked).await,
    })?;
    let session = caller.session().await?;
    let (first, last, more) = match found.edges {
        Some(edges) => (Some(edges.first), Some(edges.last), edges.more),
        None => (None, None, false),
    };
    let count = match &paging {
        Paging::Cursor { .. } => None,
        Paging::Offset { .. } => match total(&paging, found.rows.len(), more) {
            Some(count) => Some(count),
            None if of.is_some() => {
                let Source::Search(text) = &source else { return Err(Problem::unavailable()) };
                let all = Source::Search(format!("{text} {}", narrow.unwrap_or_default()));
                Some(caller.say(caller.client.count_up_to(&all, FAR).await)?)
            }
            None => Some(caller.say(caller.client.count_requests(&source, narrow.as_deref(), FAR).await)?),
        },
    };
    let ids: Vec<TicketId> = found.rows.iter().map(|request| request.id).collect();
    let mut texts = caller.say(caller.client.opened_with(ids, of.is_none()).await)?;
    let place = caller.place(&session);
    let one = |request: &Domain| {
        let shown = Request::of(request, session.me.id, &place).with_copied(request, &found.names.people);
        shown.with_description(texts.remove(&request.id))
    };
    let rows = Rows { rows: found.rows.iter().map(one).collect(), first, last, more, count };
    Ok(Json(rows.body("requests", &paging, &caller.here.url(), ask)))
}

/// The oldest first, unless asked for otherwise.
fn sort(ask: &Ask) -> Result<Sort, Problem> {
    let asked = ask.get("sort").or_else(|| ask.get("sort_by")).unwrap_or("created_at");
    let (name, back) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
    let by = match name {
        "updated_at" => SortKey::Updated,
        "created_at" | "id" => SortKey::Id,
        "status" => SortKey::Status,
        // What the old names cannot be is passed over, as real servers do.
        _ if ask.get("sort").is_none() => SortKey::Id,
        _ => return Err(Problem::bad_paging("InvalidPaginationParameter", "sort is not valid")),
    };
    Ok(Sort { by, descending: back || ask.get("sort_order").is_some_and(|order| order.eq_ignore_ascii_case("desc")) })
}

/// A request.
#[utoipa::path(get, path = "/requests/{request_id}", tag = "Requests", params(("request_id" = i64, Path)),
    responses((status = 200, description = "The request", body = RequestOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<RequestOne>, Problem> {
    let session = caller.session().await?;
    one(&caller, &session, TicketId(id)).await.map(Json)
}

async fn one(caller: &Caller, session: &Session, id: TicketId) -> Result<RequestOne, Problem> {
    let thread = caller.say(caller.client.request(id, 0).await)?;
    let mut texts = caller.say(caller.client.opened_with([id], true).await)?;
    let shown = Request::of(&thread.item, session.me.id, &caller.place(session));
    let request = shown.with_copied(&thread.item, &thread.names.people).with_description(texts.remove(&id));
    Ok(RequestOne { request })
}

/// What a new request is answered with: a request of one's own, or that it was taken.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only described")]
enum Made {
    Own(Box<RequestOne>),
    Taken(TakenOne),
}

/// A new request: one's own, or, where the account takes any, of somebody who has not signed in. Those name themselves as
/// `requester` with `name` and `email`, attach nothing and put nobody in copy; they are told that it was taken and nothing
/// else.
#[utoipa::path(post, path = "/requests", tag = "Requests", request_body = RequestSent,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, description = "The request", body = Made)))]
async fn create(
    State(app): State<App>,
    here: Here,
    caller: Option<Caller>,
    headers: HeaderMap,
    request: axum::extract::Request,
) -> Result<Response, Problem> {
    let Some(caller) = caller else { return unsigned::create(&app, &here, request).await };
    let Body(sent) = Body::<RequestSent>::from_request(request, &app).await?;
    let key = key_of(&headers)?;
    let session = caller.session().await?;
    let new = Box::new(new_request(&session, &sent.request)?);
    let receipt = caller.wrote(caller.client.act(key, Deed::CreateTicket(new)).await)?;
    let id = receipt.outcome.ticket.ok_or_else(Problem::unavailable)?;
    let location = [(LOCATION, format!("{}/api/v2/requests/{id}.json", caller.here.base))];
    let request = one(&caller, &session, id).await?;
    Ok(looked_up((StatusCode::CREATED, location, Json(request)).into_response(), &headers, &receipt))
}

/// Only what is a requester's to say: that it is public is not theirs to choose.
fn new_request(session: &Session, sent: &TicketSent) -> Result<NewTicket, Problem> {
    let first = sent.comment.as_ref().map(|sent| comment(sent, true));
    let described = || NewComment::public(sent.description.clone().unwrap_or_default());
    let first = NewComment { visibility: Visibility::Public, ..first.unwrap_or_else(described) };
    let kind = sent.ticket_form_id.map(|id| KindId(id.0));
    // As the API has it: who names no form means the account's own; where that is the team's alone, the first for requesters.
    let own = || session.offered().find(|kind| kind.default).or_else(|| session.offered().next());
    let kind = kind.or_else(|| own().map(|kind| kind.id));
    Ok(NewTicket {
        kind,
        ccs: copied(sent)?,
        fields: fields(sent.custom_fields.iter().chain(&sent.fields).flatten())?,
        follow_up_of: sent.via_followup_source_id.map(|id| TicketId(id.0)),
        ..NewTicket::new(sent.subject.clone().unwrap_or_default(), first)
    })
}

fn copied(sent: &TicketSent) -> Result<Vec<PersonRef>, Problem> {
    let named = [&sent.collaborators, &sent.additional_collaborators].into_iter().flatten().flatten();
    let coming = sent.email_ccs.iter().flatten().filter(|one| !one.leaves).map(|one| &one.who);
    named.chain(coming).map(|who| person(who, "email_ccs")).collect()
}

/// Answers on a request, adds people in copy, or says that it is solved.
#[utoipa::path(put, path = "/requests/{request_id}", tag = "Requests", params(("request_id" = i64, Path)),
    request_body = RequestSent, responses((status = 200, description = "The request", body = RequestOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<RequestSent>) -> Result<Json<RequestOne>, Problem> {
    let session = caller.session().await?;
    let id = TicketId(id);
    // Whether it is theirs as a request, whatever else they may do with it.
    caller.say(caller.client.request(id, 0).await)?;
    let said = sent.request.comment.as_ref().map(|sent| comment(sent, true));
    let said = said.filter(|said| !said.body.trim().is_empty() || !said.uploads.is_empty());
    let said = said.map(|said| NewComment { visibility: Visibility::Public, ..said });
    let status = sent.request.solved.filter(|solved| *solved).map(|_| Status::Solved);
    let change = Box::new(Change { status, add_ccs: copied(&sent.request)?, ..Change::default() });
    let deed = Deed::UpdateTicket { ticket: id, change, comment: said, expect: None };
    caller.wrote(caller.client.act(key(), deed).await)?;
    one(&caller, &session, id).await.map(Json)
}

/// What was said on a request in public, the oldest first unless asked for otherwise.
#[utoipa::path(get, path = "/requests/{request_id}/comments", tag = "Requests",
    params(("request_id" = i64, Path), Pages, ("since" = Option<String>, Query), ("role" = Option<String>, Query),
        ("include" = Option<String>, Query)),
    responses((status = 200, description = "A page of comments", body = RequestCommentPage)))]
async fn comments(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let since = ask.get("since").map(|text| Time::parse(text).ok_or_else(|| Problem::bad_parameter("since")));
    let by_staff = match ask.get("role") {
        None => None,
        Some("agent") => Some(true),
        Some("end_user" | "end-user") => Some(false),
        Some(_) => return Err(Problem::bad_parameter("role")),
    };
    let asked = SaidAsk { since: since.transpose()?.map(|time| time.0), by_staff, ..said_ask(&ask, &paging)? };
    let filtered = asked.since.is_some() || by_staff.is_some();
    let page = caller.say(caller.client.said(TicketId(id), true, asked).await)?;
    let place = caller.place(&caller.session().await?);
    let all = u64::from(page.ticket.public_comments);
    let shown = paging.skip() + page.comments.len() as u64;
    let count = if filtered { shown } else { all };
    let at = |comment: &crate::domain::comment::Comment| Cursor(comment.id.to_string());
    let rows = Rows {
        first: page.comments.first().map(at),
        last: page.comments.last().map(at),
        rows: page.comments.iter().map(|comment| Comment::of(comment, &place)).collect(),
        more: page.more,
        count: Some(Count { value: count, or_more: filtered && page.more }),
    };
    let mut body = rows.body("comments", &paging, &caller.here.url(), &ask);
    if ask.include().contains("users") {
        let authors = caller.say(caller.client.authors(&page.comments).await)?;
        let one = |(id, name, agent): (crate::domain::id::PersonId, String, bool)| Author {
            id: id.0,
            name,
            photo: None,
            agent,
        };
        body.insert("users".to_owned(), json!(authors.into_iter().map(one).collect::<Vec<_>>()));
    }
    Ok(Json(body))
}

/// Something said on a request in public.
#[utoipa::path(get, path = "/requests/{request_id}/comments/{comment_id}", tag = "Requests",
    params(("request_id" = i64, Path), ("comment_id" = i64, Path)),
    responses((status = 200, description = "The comment", body = RequestCommentOne)))]
async fn one_comment(caller: Caller, Ids(id, comment): Ids) -> Result<Json<RequestCommentOne>, Problem> {
    let asked = SaidAsk { only: Some(CommentId(comment)), limit: 1, ..SaidAsk::default() };
    let page = caller.say(caller.client.said(TicketId(id), true, asked).await)?;
    let place = caller.place(&caller.session().await?);
    let found = page.comments.first().ok_or_else(Problem::not_found)?;
    Ok(Json(RequestCommentOne { comment: Comment::of(found, &place) }))
}
