//! Ticket forms: what requests can be about.

use super::{Known, delete as drop_item, keep, whole};
use crate::domain::account::Kind;
use crate::domain::act::Deed;
use crate::domain::id::KindId;
use crate::domain::setup::{Item, ItemKind};
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Listed, created, envelope, page, sent};
use crate::wire::setup::{Form, SentForm};
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
        .routes(routes!(show_many))
        .routes(routes!(reorder))
        .routes(routes!(clone))
        .routes(routes!(super::fields::count))
}

envelope!(
    /// A form.
    FormOne { ticket_form: Form }
);
page!(
    /// A page of forms.
    FormPage { ticket_forms: Form }
);
sent!(
    /// A form to be made or changed.
    FormSent { ticket_form: SentForm }
);
sent!(
    /// All forms in another order.
    FormOrder { ticket_form_ids: Vec<i64> }
);

/// The forms of which the one who asks may know, with their places: requesters know of those that they may choose.
fn theirs(known: &Known) -> Vec<(usize, &Kind)> {
    let reader = known.session.reader();
    let staff = known.session.me.role.is_staff();
    let all = known.session.kinds.iter().enumerate();
    all.filter(|(_, kind)| staff || kind.is_offered(reader)).collect()
}

fn form(known: &Known, (at, kind): (usize, &Kind)) -> Form {
    Form::of(kind, at, &known.place, |id| known.session.fields.get(&id))
}

fn paged(caller: &Caller, ask: &Ask, known: &Known, kinds: Vec<(usize, &Kind)>) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let rows = kinds.into_iter().map(|one| form(known, one)).collect();
    Ok(Json(Rows::whole(rows, &paging)?.body("ticket_forms", &paging, &caller.here.url(), ask)))
}

fn fits(kind: &Kind, ask: &Ask) -> bool {
    let is = |name: &str, value: bool| ask.get(name).is_none_or(|_| ask.is(name) == value);
    is("active", kind.active) && is("end_user_visible", kind.requesters)
}

/// All forms in their order, as far as the one who asks may know of them.
#[utoipa::path(get, path = "/ticket_forms", tag = "Ticket Forms",
    params(("active" = Option<bool>, Query), ("end_user_visible" = Option<bool>, Query), ("fallback_to_default" = Option<bool>, Query)),
    responses((status = 200, description = "Forms", body = FormPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let known = Known::of(&caller).await?;
    let all = theirs(&known);
    let mut wanted: Vec<(usize, &Kind)> = all.iter().copied().filter(|(_, kind)| fits(kind, &ask)).collect();
    if wanted.is_empty() && ask.is("fallback_to_default") {
        wanted = all.into_iter().filter(|(_, kind)| kind.default).collect();
    }
    paged(&caller, &ask, &known, wanted)
}

/// Forms of these numbers; numbers of none are left out.
#[utoipa::path(get, path = "/ticket_forms/show_many", tag = "Ticket Forms", params(("ids" = String, Query)),
    responses((status = 200, description = "Forms", body = FormPage)))]
async fn show_many(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let ids = ask.ids("ids")?;
    let known = Known::of(&caller).await?;
    let wanted = theirs(&known).into_iter().filter(|(_, kind)| ids.contains(&kind.id.0) && fits(kind, &ask));
    paged(&caller, &ask, &known, wanted.collect())
}

async fn one(caller: &Caller, id: i64) -> Result<FormOne, Problem> {
    let known = Known::of(caller).await?;
    let found = theirs(&known).into_iter().find(|(_, kind)| kind.id == KindId(id));
    found.map(|one| FormOne { ticket_form: form(&known, one) }).ok_or_else(Problem::not_found)
}

/// A form.
#[utoipa::path(get, path = "/ticket_forms/{ticket_form_id}", tag = "Ticket Forms", params(("ticket_form_id" = i64, Path)),
    responses((status = 200, description = "The form", body = FormOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<FormOne>, Problem> {
    one(&caller, id).await.map(Json)
}

/// A new form.
#[utoipa::path(post, path = "/ticket_forms", tag = "Ticket Forms", request_body = FormSent,
    responses((status = 201, description = "The new form", body = FormOne)))]
async fn create(caller: Caller, Body(sent): Body<FormSent>) -> Result<Response, Problem> {
    caller.admin().await?;
    let id = keep(&caller, Item::Kind(sent.ticket_form.fresh())).await?;
    Ok(created(&caller, &format!("ticket_forms/{id}"), one(&caller, id).await?))
}

async fn kind(caller: &Caller, id: i64) -> Result<Kind, Problem> {
    match whole(caller, ItemKind::Kind, id).await? {
        Item::Kind(kind) => Ok(kind),
        _ => Err(Problem::not_found()),
    }
}

/// A form becomes different.
#[utoipa::path(put, path = "/ticket_forms/{ticket_form_id}", tag = "Ticket Forms", params(("ticket_form_id" = i64, Path)), request_body = FormSent,
    responses((status = 200, description = "The form as it is now", body = FormOne)))]
async fn update(caller: Caller, Id(id): Id, Body(sent): Body<FormSent>) -> Result<Json<FormOne>, Problem> {
    let kind = sent.ticket_form.apply(kind(&caller, id).await?);
    keep(&caller, Item::Kind(kind)).await?;
    one(&caller, id).await.map(Json)
}

/// A form of which there are no tickets is deleted.
#[utoipa::path(delete, path = "/ticket_forms/{ticket_form_id}", tag = "Ticket Forms", params(("ticket_form_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    kind(&caller, id).await?;
    drop_item(&caller, ItemKind::Kind, id).await
}

/// A form like another, under another name.
#[utoipa::path(post, path = "/ticket_forms/{ticket_form_id}/clone", tag = "Ticket Forms", params(("ticket_form_id" = i64, Path)),
    responses((status = 200, description = "The new form", body = FormOne)))]
async fn clone(caller: Caller, Id(id): Id) -> Result<Json<FormOne>, Problem> {
    caller.admin().await?;
    let known = Known::of(&caller).await?;
    let like = kind(&caller, id).await?;
    let taken = |slug: &str| known.session.kinds.iter().any(|kind| kind.slug == slug);
    let slug = (2..1_000).map(|at| format!("{}-{at}", like.slug)).find(|slug| !taken(slug)).unwrap_or_default();
    let number = slug.rsplit('-').next().unwrap_or_default();
    let name = format!("{} {number}", like.name);
    let new = Kind { id: KindId(0), slug, name, default: false, position: 0, ..like };
    let id = keep(&caller, Item::Kind(new)).await?;
    one(&caller, id).await.map(Json)
}

/// Forms come into another order.
#[utoipa::path(put, path = "/ticket_forms/reorder", tag = "Ticket Forms", request_body = FormOrder,
    responses((status = 200, description = "All in their order", body = FormPage)))]
async fn reorder(caller: Caller, Body(sent): Body<FormOrder>) -> Result<Listed, Problem> {
    caller.act(Deed::OrderItems { kind: ItemKind::Kind, order: sent.ticket_form_ids }).await?;
    list(caller, Ask::default()).await
}
