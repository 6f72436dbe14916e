//! Suspended tickets: mails that came in and are nobody's.

use super::App;
use super::ask::{Ask, Id};
use super::caller::{Caller, fresh_key};
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Listed, Pages, envelope, page};
use crate::client::{Client as _, Cursor};
use crate::domain::act::Deed;
use crate::domain::id::TicketId;
use crate::domain::mailroom::MailDeed;
use crate::domain::suspended::Suspended;
use crate::language::args;
use crate::post::suspended;
use crate::wire::{SuspendedTicket, Ticket};
use axum::Json;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show, delete))
        .routes(routes!(recover))
        .routes(routes!(recover_many))
        .routes(routes!(destroy_many))
}

envelope!(
    /// A mail that is nobody's.
    SuspendedOne { suspended_ticket: SuspendedTicket }
);
page!(
    /// A page of mails that are nobody's.
    SuspendedPage { suspended_tickets: SuspendedTicket }
);
envelope!(
    /// What a mail became.
    RecoveredOne { ticket: Ticket }
);
envelope!(
    /// What mails became.
    RecoveredMany { tickets: Vec<Ticket> }
);

/// The newest mails that are nobody's, by cursor. For agents who work with all tickets.
#[utoipa::path(get, path = "/suspended_tickets", tag = "Suspended Tickets", params(Pages),
    responses((status = 200, description = "A page", body = SuspendedPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let place = caller.place(&caller.staff().await?);
    let mut after = match &paging {
        Paging::Cursor { after, .. } => after.clone(),
        Paging::Offset { .. } => None,
    };
    let mut skip = paging.skip();
    // Kept are a thousand at most: numbered pages walk there.
    let page = loop {
        let limit = u32::try_from(skip.min(100)).unwrap_or(100);
        let limit = if limit == 0 { paging.size() } else { limit };
        let page = caller.say(caller.client.suspended(after.clone(), limit).await)?;
        if skip == 0 {
            break page;
        }
        skip -= u64::from(limit).min(skip);
        after.clone_from(&page.next);
        if page.next.is_none() {
            break crate::client::Page::new(Vec::new(), page.names, None);
        }
    };
    let at = |one: &Suspended| Cursor(one.id.to_string());
    let (first, last) = (page.rows.first().map(at), page.rows.last().map(at));
    let rows = page.rows.iter().map(|one| SuspendedTicket::of(one, None, &place)).collect();
    let rows = Rows { rows, first, last, more: page.next.is_some(), count: None };
    Ok(Json(rows.body("suspended_tickets", &paging, &caller.here.url(), &ask)))
}

/// A mail that is nobody's, with what it says.
#[utoipa::path(get, path = "/suspended_tickets/{id}", tag = "Suspended Tickets", params(("id" = i64, Path)),
    responses((status = 200, description = "The mail", body = SuspendedOne)))]
async fn show(caller: Caller, Id(id): Id) -> Result<Json<SuspendedOne>, Problem> {
    let place = caller.place(&caller.staff().await?);
    let (about, mail) = caller.say(suspended::read(&caller.client, id).await)?;
    let text = mail.map(|mail| mail.whole_text);
    Ok(Json(SuspendedOne { suspended_ticket: SuspendedTicket::of(&about, text, &place) }))
}

/// A mail is thrown away.
#[utoipa::path(delete, path = "/suspended_tickets/{id}", tag = "Suspended Tickets", params(("id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, Id(id): Id) -> Result<StatusCode, Problem> {
    caller.staff().await?;
    caller.act(Deed::Mail(MailDeed::DropMail(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mails are thrown away; those that are gone already are left out.
#[utoipa::path(delete, path = "/suspended_tickets/destroy_many", tag = "Suspended Tickets", params(("ids" = String, Query)),
    responses((status = 204, description = "They are gone")))]
async fn destroy_many(caller: Caller, ask: Ask) -> Result<StatusCode, Problem> {
    caller.staff().await?;
    for id in ask.ids("ids")? {
        match caller.client.act(fresh_key(), Deed::Mail(MailDeed::DropMail(id))).await {
            Err(error) if error.sort() != crate::domain::refusal::Sort::NotFound => {
                return Err(caller.problem(&error));
            }
            _ => {}
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn taken(caller: &Caller, id: i64) -> Result<Ticket, Problem> {
    let session = caller.staff().await?;
    let (about, mail) = caller.say(suspended::read(&caller.client, id).await)?;
    let unreadable = || Problem::invalid("base", "RecordInvalid", &caller.words().word("server-mail-unreadable"));
    let mail = mail.ok_or_else(unreadable)?;
    let head = caller.words().say("mail-taken-from", args![from = mail.from.to_string()]);
    let (receipt, _) = caller.say(suspended::take(&caller.client, about, mail, None, &head).await)?;
    let ticket = receipt.outcome.ticket.unwrap_or(TicketId(0));
    let thread = caller.say(caller.client.ticket(ticket, 0).await)?;
    Ok(Ticket::of(&thread.item, &caller.place(&session)))
}

/// A mail becomes a ticket of its sender's.
#[utoipa::path(put, path = "/suspended_tickets/{id}/recover", tag = "Suspended Tickets", params(("id" = i64, Path)),
    responses((status = 200, description = "The ticket", body = RecoveredOne)))]
async fn recover(caller: Caller, Id(id): Id) -> Result<Json<RecoveredOne>, Problem> {
    Ok(Json(RecoveredOne { ticket: taken(&caller, id).await? }))
}

/// Mails become tickets.
#[utoipa::path(put, path = "/suspended_tickets/recover_many", tag = "Suspended Tickets", params(("ids" = String, Query)),
    responses((status = 200, description = "The tickets", body = RecoveredMany)))]
async fn recover_many(caller: Caller, ask: Ask) -> Result<Json<RecoveredMany>, Problem> {
    caller.staff().await?;
    let mut tickets = Vec::new();
    for id in ask.ids("ids")? {
        tickets.push(taken(&caller, id).await?);
    }
    Ok(Json(RecoveredMany { tickets }))
}
