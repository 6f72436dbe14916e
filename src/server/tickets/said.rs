//! What was said on tickets, and what was done to them.

use super::shown::users;
use super::{Counted, counted, ticket};
use crate::client::{Client as _, Count, Cursor, SaidAsk};
use crate::domain::act::Deed;
use crate::domain::event::Audit as DomainAudit;
use crate::domain::id::{AuditId, CommentId, TicketId};
use crate::server::App;
use crate::server::ask::{Ask, Id, Ids};
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::wire::{Audit, Comment, Held, Place};
use axum::Json;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(comments))
        .routes(routes!(comments_count))
        .routes(routes!(make_private))
        .routes(routes!(audits))
        .routes(routes!(audits_count))
        .routes(routes!(audit))
        .routes(routes!(make_audit_private))
}

/// What a client said of itself when it did something: nothing is kept of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub(in crate::server) struct Metadata {
    system: Map<String, Value>,
    custom: Map<String, Value>,
}

/// A comment as agents get it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(in crate::server) struct CommentShown {
    #[serde(flatten)]
    comment: Comment,
    audit_id: Option<i64>,
    metadata: Metadata,
}

/// An entry of a history.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(in crate::server) struct AuditShown {
    #[serde(flatten, serialize_with = "numbered")]
    audit: Audit,
    metadata: Metadata,
}

/// So many events one entry has at most, for their numbers.
const EVENTS: i64 = 10_000;

/// An entry with numbers for its events: made of its own and their places, for they have none.
fn numbered<S: Serializer>(audit: &Audit, to: S) -> Result<S::Ok, S::Error> {
    let mut entry = serde_json::to_value(audit).map_err(serde::ser::Error::custom)?;
    let number = entry["id"].as_i64().unwrap_or_default();
    let events = entry["events"].as_array_mut().into_iter().flatten();
    for (event, place) in events.zip(1..EVENTS) {
        // What was said has a number of its own.
        if event["id"].is_null() {
            event["id"] = json!(number * EVENTS + place);
        }
    }
    entry.serialize(to)
}

impl AuditShown {
    pub(in crate::server) fn of(audit: &DomainAudit, place: &Place) -> Self {
        Self { audit: Audit::of(audit, place), metadata: Metadata::default() }
    }

    /// The same of a history that is gone through from its beginning.
    fn after(held: &mut Held, audit: &DomainAudit, place: &Place) -> Self {
        Self { audit: Audit::after(held, audit, place), metadata: Metadata::default() }
    }

    /// Without what happened.
    pub(super) fn clear(&mut self) {
        self.audit = self.audit.clone().without_events();
    }
}

/// A page of comments.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct Comments {
    comments: Vec<CommentShown>,
    count: Option<u64>,
    next_page: Option<String>,
    previous_page: Option<String>,
    meta: Option<Value>,
    links: Option<Value>,
}

/// A page of a history.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct Audits {
    audits: Vec<AuditShown>,
    count: Option<u64>,
    next_page: Option<String>,
    previous_page: Option<String>,
    meta: Option<Value>,
    links: Option<Value>,
}

/// An entry of a history by itself.
#[derive(Serialize, ToSchema)]
struct OneAudit {
    audit: AuditShown,
}

/// The comments that a page asks for.
pub(in crate::server) fn said_ask(ask: &Ask, paging: &Paging) -> Result<SaidAsk, Problem> {
    let place = |cursor: &Option<Cursor>| {
        let number = |cursor: &Cursor| cursor.0.parse().map(CommentId).map_err(|_| bad_place());
        cursor.as_ref().map(number).transpose()
    };
    let (after, before) = match paging {
        Paging::Cursor { after, before, .. } => (place(after)?, place(before)?),
        Paging::Offset { .. } => (None, None),
    };
    Ok(SaidAsk {
        newest_first: newest_first(ask),
        after,
        before,
        skip: paging.skip(),
        limit: paging.size(),
        ..SaidAsk::default()
    })
}

fn bad_place() -> Problem {
    Problem::bad_paging("InvalidPaginationParameter", "That is no place of this list")
}

/// Both schemes have a name of their own for the order.
fn newest_first(ask: &Ask) -> bool {
    let descending = ask.get("sort_order").is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    descending || ask.get("sort").is_some_and(|sort| sort.starts_with('-'))
}

/// What was said on a ticket, notes too, the oldest first unless asked for otherwise.
#[utoipa::path(get, path = "/tickets/{ticket_id}/comments", tag = "Ticket Comments",
    params(("ticket_id" = i64, Path), ("sort" = Option<String>, Query), ("sort_order" = Option<String>, Query),
        ("include" = Option<String>, Query), ("page[size]" = Option<u32>, Query), ("page" = Option<u64>, Query)),
    responses((status = 200, description = "A page of comments", body = Comments)))]
async fn comments(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    let paging = Paging::of(&ask)?;
    let page = caller.say(caller.client.said(TicketId(id), false, said_ask(&ask, &paging)?).await)?;
    let session = caller.session().await?;
    let place = caller.place(&session);
    let done = caller.say(caller.client.done_on(TicketId(id)).await)?;
    let audits: BTreeMap<CommentId, AuditId> =
        done.into_iter().flat_map(|(audit, _, said)| said.into_iter().map(move |id| (id, audit))).collect();
    let authors = page.comments.iter().map(|comment| comment.author);
    let beside = if ask.include().contains("users") { Some(users(&caller, &session, authors).await?) } else { None };
    let at = |comment: &crate::domain::comment::Comment| Cursor(comment.id.to_string());
    let one = |comment: &crate::domain::comment::Comment| CommentShown {
        comment: Comment::of(comment, &place),
        audit_id: audits.get(&comment.id).map(|id| id.0),
        metadata: Metadata::default(),
    };
    let rows = Rows {
        first: page.comments.first().map(at),
        last: page.comments.last().map(at),
        rows: page.comments.iter().map(one).collect(),
        more: page.more,
        count: Some(Count { value: u64::from(page.ticket.comments), or_more: false }),
    };
    let mut body = rows.body("comments", &paging, &caller.here.url(), &ask);
    body.extend(beside.map(|users| ("users".to_owned(), json!(users))));
    Ok(Json(Value::Object(body)))
}

/// A comment of a ticket by itself.
pub(super) async fn one_comment(
    caller: &Caller,
    ticket: TicketId,
    comment: CommentId,
) -> Result<CommentShown, Problem> {
    let ask = SaidAsk { only: Some(comment), limit: 1, ..SaidAsk::default() };
    let page = caller.say(caller.client.said(ticket, false, ask).await)?;
    let found = page.comments.first().ok_or_else(Problem::not_found)?;
    let done = caller.say(caller.client.done_on(ticket).await)?;
    let audit = done.into_iter().find(|(_, _, said)| said.contains(&comment)).map(|(audit, ..)| audit.0);
    let place = caller.place(&caller.session().await?);
    Ok(CommentShown { comment: Comment::of(found, &place), audit_id: audit, metadata: Metadata::default() })
}

/// How many comments a ticket has.
#[utoipa::path(get, path = "/tickets/{ticket_id}/comments/count", tag = "Ticket Comments",
    params(("ticket_id" = i64, Path)), responses((status = 200, description = "How many", body = Counted)))]
async fn comments_count(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    let ticket = ticket(&caller, id).await?;
    Ok(counted(&caller, u64::from(ticket.comments)))
}

/// Turns a public comment into a note, for good.
#[utoipa::path(put, path = "/tickets/{ticket_id}/comments/{comment_id}/make_private", tag = "Ticket Comments",
    params(("ticket_id" = i64, Path), ("comment_id" = i64, Path)),
    responses((status = 200, description = "It is a note", body = Object)))]
async fn make_private(caller: Caller, Ids(id, comment): Ids) -> Result<Json<Value>, Problem> {
    ticket(&caller, id).await?;
    let deed = Deed::MakeInternal { ticket: TicketId(id), comment: CommentId(comment) };
    caller.say(super::write::acted(&caller, super::write::key(), deed).await)?;
    Ok(Json(json!({})))
}

/// What was done to a ticket, the oldest first unless asked for otherwise.
#[utoipa::path(get, path = "/tickets/{ticket_id}/audits", tag = "Ticket Audits",
    params(("ticket_id" = i64, Path), ("sort" = Option<String>, Query), ("sort_order" = Option<String>, Query),
        ("include" = Option<String>, Query), ("page[size]" = Option<u32>, Query), ("page" = Option<u64>, Query)),
    responses((status = 200, description = "A page of the history", body = Audits)))]
async fn audits(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    let paging = Paging::of(&ask)?;
    let version = ticket(&caller, id).await?.version;
    let window = Window::of(&paging, newest_first(&ask), version)?;
    let found = caller.say(caller.client.audits(TicketId(id), window.after, window.limit).await)?;
    let session = caller.session().await?;
    let place = caller.place(&session);
    let mut audits = found.rows;
    let authors = audits.iter().filter_map(|audit| audit.who.person());
    let beside = if ask.include().contains("users") { Some(users(&caller, &session, authors).await?) } else { None };
    let mut held = held(&caller, id, window.after).await?;
    let mut shown: Vec<AuditShown> = audits.iter().map(|one| AuditShown::after(&mut held, one, &place)).collect();
    if window.newest_first {
        audits.reverse();
        shown.reverse();
    }
    let at = |audit: &DomainAudit| Cursor(audit.number.to_string());
    let rows = Rows {
        first: audits.first().map(at),
        last: audits.last().map(at),
        rows: shown,
        more: window.more,
        count: Some(Count { value: version.unsigned_abs(), or_more: false }),
    };
    let mut body = rows.body("audits", &paging, &caller.here.url(), &ask);
    body.extend(beside.map(|users| ("users".to_owned(), json!(users))));
    Ok(Json(Value::Object(body)))
}

/// A page of a history as the numbers of its entries, which go from 1 without a gap.
struct Window {
    /// The entries after this number,
    after: i64,
    /// so many.
    limit: u32,
    more: bool,
    newest_first: bool,
}

impl Window {
    fn of(paging: &Paging, newest_first: bool, version: i64) -> Result<Self, Problem> {
        let size = i64::from(paging.size());
        let place = |cursor: &Cursor| {
            let number = cursor.0.parse::<i64>().map_err(|_| bad_place())?;
            // As if the list were the other way round.
            Ok::<_, Problem>(if newest_first { version + 1 - number } else { number })
        };
        let (from, to, back) = match paging {
            Paging::Cursor { before: Some(before), after: None, .. } => {
                let to = place(before)?.clamp(1, version + 1) - 1;
                ((to - size).max(0), to, true)
            }
            Paging::Cursor { after, .. } => {
                let from = after.as_ref().map(place).transpose()?.unwrap_or(0).clamp(0, version);
                (from, (from + size).min(version), false)
            }
            Paging::Offset { .. } => {
                let from = i64::try_from(paging.skip()).unwrap_or(i64::MAX).min(version);
                (from, from.saturating_add(size).min(version), false)
            }
        };
        let more = if back { from > 0 } else { to < version };
        let after = if newest_first { version - to } else { from };
        let limit = u32::try_from(to - from).unwrap_or(0);
        // Nothing is asked for beyond the end.
        Ok(if limit == 0 {
            Self { after: version, limit: 1, more, newest_first }
        } else {
            Self { after, limit, more, newest_first }
        })
    }
}

/// How many entries the history of a ticket has.
#[utoipa::path(get, path = "/tickets/{ticket_id}/audits/count", tag = "Ticket Audits",
    params(("ticket_id" = i64, Path)), responses((status = 200, description = "How many", body = Counted)))]
async fn audits_count(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    let ticket = ticket(&caller, id).await?;
    Ok(counted(&caller, ticket.version.unsigned_abs()))
}

/// An entry of a ticket's history.
#[utoipa::path(get, path = "/tickets/{ticket_id}/audits/{audit_id}", tag = "Ticket Audits",
    params(("ticket_id" = i64, Path), ("audit_id" = i64, Path)),
    responses((status = 200, description = "The entry", body = OneAudit)))]
async fn audit(caller: Caller, Ids(id, audit): Ids) -> Result<Json<OneAudit>, Problem> {
    let session = caller.session().await?;
    ticket(&caller, id).await?;
    let done = caller.say(caller.client.done_on(TicketId(id)).await)?;
    let number = done.into_iter().find(|(one, ..)| one.0 == audit).map(|(_, number, _)| number);
    let number = number.ok_or_else(Problem::not_found)?;
    let found = caller.say(caller.client.audits(TicketId(id), number - 1, 1).await)?;
    let found = found.rows.first().filter(|one| one.number == number).ok_or_else(Problem::not_found)?;
    let mut held = held(&caller, id, number - 1).await?;
    Ok(Json(OneAudit { audit: AuditShown::after(&mut held, found, &caller.place(&session)) }))
}

/// What stood in the lists of a ticket after so many entries of its history.
async fn held(caller: &Caller, id: i64, entries: i64) -> Result<Held, Problem> {
    let (mut held, mut after) = (Held::default(), 0);
    while after < entries {
        let limit = u32::try_from(entries - after).unwrap_or(u32::MAX).min(100);
        let page = caller.say(caller.client.audits(TicketId(id), after, limit).await)?;
        held.passed(page.rows.iter().flat_map(|audit| &audit.events));
        let Some(last) = page.rows.last() else { break };
        after = last.number;
    }
    Ok(held)
}

/// Turns the public comment of an entry into a note, for good.
#[utoipa::path(put, path = "/tickets/{ticket_id}/audits/{audit_id}/make_private", tag = "Ticket Audits",
    params(("ticket_id" = i64, Path), ("audit_id" = i64, Path)),
    responses((status = 200, description = "It is a note", body = Object)))]
async fn make_audit_private(caller: Caller, Ids(id, audit): Ids) -> Result<Json<Value>, Problem> {
    ticket(&caller, id).await?;
    let done = caller.say(caller.client.done_on(TicketId(id)).await)?;
    let said = done.into_iter().find(|(one, ..)| one.0 == audit).and_then(|(_, _, said)| said.into_iter().next());
    let comment = said.ok_or_else(Problem::not_found)?;
    let deed = Deed::MakeInternal { ticket: TicketId(id), comment };
    caller.say(super::write::acted(&caller, super::write::key(), deed).await)?;
    Ok(Json(json!({})))
}
