//! Tickets that go and come back, and what was said blackened.

use super::list::total;
use super::said::{CommentShown, one_comment};
use super::ticket;
use super::write::{acted, key};
use crate::client::{Client as _, Cursor, Page};
use crate::domain::act::Deed;
use crate::domain::id::{AttachmentId, CommentId, TicketId};
use crate::domain::refusal::Sort;
use crate::domain::removal::{self, DeletedTicket as Domain, Removal};
use crate::server::App;
use crate::server::ask::{Ask, Id, Ids};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Listed, Pages, envelope, page};
use crate::wire::sent::Number;
use crate::wire::{Attachment, DeletedTicket, plain};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// So many are read at once.
const MOST: u32 = 100;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(delete))
        .routes(routes!(mark_as_spam))
        .routes(routes!(deleted))
        .routes(routes!(restore))
        .routes(routes!(restore_many))
        .routes(routes!(redact))
        .routes(routes!(redact_marked))
        .routes(routes!(redact_file))
}

page!(
    /// A page of deleted tickets.
    DeletedPage { deleted_tickets: DeletedTicket }
);
envelope!(
    /// A comment as it stands now.
    RedactedOne { comment: CommentShown }
);
envelope!(
    /// What is left of a file.
    RedactedFile { attachment: Attachment }
);

/// Does something of a ticket that is to go, or is gone.
async fn remove(caller: &Caller, removal: Removal) -> Result<(), Problem> {
    caller.staff().await?;
    caller.say(acted(caller, key(), Deed::Removal(removal)).await).map(|_| ())
}

/// A ticket goes, until it is brought back.
#[utoipa::path(delete, path = "/tickets/{ticket_id}", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    remove(&caller, Removal::Delete(TicketId(id))).await.map(|()| StatusCode::NO_CONTENT)
}

/// A ticket goes, and whoever asked is shut out.
#[utoipa::path(put, path = "/tickets/{ticket_id}/mark_as_spam", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "It is gone", body = Object)))]
async fn mark_as_spam(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    remove(&caller, Removal::Spam(TicketId(id))).await.map(|()| Json(json!({})))
}

/// Deleted tickets that can be brought back, the last deleted first.
#[utoipa::path(get, path = "/deleted_tickets", tag = "Tickets", params(Pages),
    responses((status = 200, description = "A page", body = DeletedPage)))]
async fn deleted(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let (page, more) = found(&caller, &paging).await?;
    let name = |one: &Domain| one.by.and_then(|by| page.names.people.get(&by).cloned());
    let (first, last) = (page.rows.first().map(Cursor::after_deleted), page.rows.last().map(Cursor::after_deleted));
    let count = total(&paging, page.rows.len(), more);
    let rows = page.rows.iter().map(|one| DeletedTicket::of(one, name(one))).collect();
    let rows = Rows { rows, first, last, more, count };
    Ok(Json(rows.body("deleted_tickets", &paging, &caller.here.url(), &ask)))
}

/// A page of them, and whether there are more. The list goes one way: whoever asks for another page than the next one is
/// walked there.
async fn found(caller: &Caller, paging: &Paging) -> Result<(Page<Domain>, bool), Problem> {
    let read = async |after: Option<Cursor>, limit: u32| caller.say(caller.client.deleted_tickets(after, limit).await);
    let onward = |page: Page<Domain>| {
        let more = page.next.is_some();
        (page, more)
    };
    let (mut skip, size, mut after) = (paging.skip(), paging.size(), None);
    match paging {
        Paging::Cursor { before: Some(before), after: None, .. } => {
            let mut all: Vec<Domain> = Vec::new();
            loop {
                let page = read(after, MOST).await?;
                let end = page.rows.iter().position(|row| Cursor::after_deleted(row) == *before);
                all.extend(page.rows.into_iter().take(end.unwrap_or(usize::MAX)));
                after = page.next.filter(|_| end.is_none());
                if after.is_none() {
                    let rows = all.split_off(all.len().saturating_sub(size as usize));
                    return Ok((Page::new(rows, page.names, None), !all.is_empty()));
                }
            }
        }
        Paging::Cursor { after: from, .. } => read(from.clone(), size).await.map(onward),
        Paging::Offset { .. } => loop {
            let limit = u32::try_from(skip).unwrap_or(MOST).min(MOST);
            if limit == 0 {
                return read(after, size).await.map(onward);
            }
            let page = read(after, limit).await?;
            skip -= u64::from(limit);
            after = page.next;
            if after.is_none() {
                return Ok((Page::new(Vec::new(), page.names, None), false));
            }
        },
    }
}

/// A deleted ticket comes back as it was.
#[utoipa::path(put, path = "/deleted_tickets/{ticket_id}/restore", tag = "Tickets", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "It is back", body = Object)))]
async fn restore(caller: Caller, Id(id): Id) -> Result<Json<Value>, Problem> {
    remove(&caller, Removal::Restore(TicketId(id))).await.map(|()| Json(json!({})))
}

/// Deleted tickets come back; those that are not deleted are left as they are.
#[utoipa::path(put, path = "/deleted_tickets/restore_many", tag = "Tickets", params(("ids" = String, Query)),
    responses((status = 200, description = "They are back", body = Object)))]
async fn restore_many(caller: Caller, ask: Ask) -> Result<Json<Value>, Problem> {
    caller.staff().await?;
    for id in ask.ids("ids")? {
        match acted(&caller, key(), Deed::Removal(Removal::Restore(TicketId(id)))).await {
            Err(error) if error.sort() != Sort::NotFound => return Err(caller.problem(&error)),
            _ => {}
        }
    }
    Ok(Json(json!({})))
}

/// What is to be blackened.
#[derive(Deserialize, ToSchema)]
struct Piece {
    text: String,
}

/// A piece of what was said is blackened wherever it stands in a comment, for good.
#[utoipa::path(put, path = "/tickets/{ticket_id}/comments/{comment_id}/redact", tag = "Ticket Comments",
    params(("ticket_id" = i64, Path), ("comment_id" = i64, Path)), request_body = Piece,
    responses((status = 200, description = "The comment as it stands now", body = RedactedOne)))]
async fn redact(caller: Caller, Ids(id, said): Ids, Body(sent): Body<Piece>) -> Result<Json<RedactedOne>, Problem> {
    ticket(&caller, id).await?;
    one_comment(&caller, TicketId(id), CommentId(said)).await?;
    blacken(&caller, (TicketId(id), CommentId(said)), sent.text).await?;
    Ok(Json(RedactedOne { comment: one_comment(&caller, TicketId(id), CommentId(said)).await? }))
}

/// What does not stand in the comment is wrong in what was sent.
async fn blacken(caller: &Caller, (ticket, comment): (TicketId, CommentId), text: String) -> Result<(), Problem> {
    let deed = Deed::Removal(Removal::Redact { ticket, comment, text });
    caller.wrote(acted(caller, key(), deed).await).map(|_| ())
}

/// What is to be blackened, marked in the comment: `My number is <redact>847564</redact>`.
#[derive(Deserialize, ToSchema)]
struct Marked {
    #[schema(value_type = i64)]
    ticket_id: Number,
    #[serde(default)]
    html_body: String,
    /// Links to files of the comment.
    #[serde(default)]
    external_attachment_urls: Vec<String>,
}

/// Pieces of what was said, and files, are taken away for good. A piece goes wherever it stands in the comment, not only
/// where it is marked: whoever takes a number away wants it nowhere.
#[utoipa::path(put, path = "/comment_redactions/{comment_id}", tag = "Ticket Comments",
    params(("comment_id" = i64, Path)), request_body = Marked,
    responses((status = 200, description = "The comment as it stands now", body = RedactedOne)))]
async fn redact_marked(caller: Caller, Id(said): Id, Body(sent): Body<Marked>) -> Result<Json<RedactedOne>, Problem> {
    let at = (TicketId(sent.ticket_id.0), CommentId(said));
    ticket(&caller, at.0.0).await?;
    one_comment(&caller, at.0, at.1).await?;
    let pieces = marked(&sent.html_body);
    if pieces.is_empty() && sent.external_attachment_urls.is_empty() {
        return Err(Problem::invalid("html_body", "BlankValue", "html_body marks nothing"));
    }
    for piece in pieces {
        blacken(&caller, at, piece).await?;
    }
    for link in &sent.external_attachment_urls {
        let token = link.split("/attachments/token/").nth(1).and_then(|rest| rest.split(['/', '?']).next());
        let bad = || Problem::invalid("external_attachment_urls", "InvalidValue", "That is no file of the comment");
        let (file, _) = caller.here.visitor().file_by_link(token.ok_or_else(bad)?).await.map_err(|_| bad())?;
        let deed = Removal::RedactFile { ticket: at.0, comment: at.1, file: file.id };
        caller.wrote(acted(&caller, key(), Deed::Removal(deed)).await)?;
    }
    Ok(Json(RedactedOne { comment: one_comment(&caller, at.0, at.1).await? }))
}

/// The texts between marks, the longest first: a part of one would be gone before it otherwise.
fn marked(html: &str) -> Vec<String> {
    let pieces = html.split("<redact>").skip(1).filter_map(|rest| rest.split("</redact>").next());
    let mut pieces: Vec<String> = pieces.map(plain).map(|piece| piece.trim().to_owned()).collect();
    pieces.retain(|piece| !piece.is_empty());
    pieces.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    pieces.dedup();
    pieces
}

/// A file is taken off a comment for good; that there was one stays to be seen.
#[utoipa::path(put, path = "/tickets/{ticket_id}/comments/{comment_id}/attachments/{attachment_id}/redact",
    tag = "Attachments",
    params(("ticket_id" = i64, Path), ("comment_id" = i64, Path), ("attachment_id" = i64, Path)),
    responses((status = 200, description = "What is left of it", body = RedactedFile)))]
async fn redact_file(
    caller: Caller,
    Path((id, said, file)): Path<(i64, i64, i64)>,
) -> Result<Json<RedactedFile>, Problem> {
    let (id, comment, file) = (TicketId(id), CommentId(said), AttachmentId(file));
    ticket(&caller, id.0).await?;
    remove(&caller, Removal::RedactFile { ticket: id, comment, file }).await?;
    let place = caller.place(&caller.session().await?);
    Ok(Json(RedactedFile { attachment: Attachment::of(&removal::emptied(file), &place) }))
}
