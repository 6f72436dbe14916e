//! A request of somebody who has not signed in, where the account takes any.

use super::RequestSent;
use crate::domain::act::NewTicket;
use crate::domain::comment::{Channel, NewComment, Visibility};
use crate::domain::id::KindId;
use crate::domain::person::EmailAddress;
use crate::server::App;
use crate::server::body::Body;
use crate::server::caller::Here;
use crate::server::problem::Problem;
use crate::server::shape::envelope;
use crate::server::tickets::change::{comment, fields};
use crate::wire::sent::{Somebody, TicketSent};
use crate::wire::{Time, Via};
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{FromRequest as _, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// The longest body, in bytes: the longest text, and what stands around it.
const MOST_BYTES: usize = 128 * 1024;

/// That a request was taken, with nothing but what was sent: whether the address is known, and what has become of the
/// request, is for whoever reads the mails of that address.
#[derive(Serialize, ToSchema)]
pub(super) struct Taken {
    /// None: the number goes to the address.
    id: Option<i64>,
    subject: String,
    description: String,
    status: &'static str,
    via: Via,
    created_at: Time,
}

envelope!(
    /// That a request was taken.
    TakenOne { request: Taken }
);

pub(super) async fn create(app: &App, here: &Here, request: Request) -> Result<Response, Problem> {
    let visitor = here.visitor();
    if !here.say(visitor.takes_strangers().await)? {
        return Err(Problem::unknown_caller());
    }
    app.strangers().count(here.from).map_err(Problem::too_fast)?;
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.map_err(|_| Problem::too_large())?;
    let request = Request::from_parts(parts, bytes.into());
    let Body(sent) = Body::<RequestSent>::from_request(request, app).await?;
    let sent = sent.request;
    let (name, email) = requester(&sent)?;
    let new = new(&sent)?;
    let taken = Taken {
        id: None,
        subject: new.subject.clone(),
        description: new.comment.body.clone(),
        status: "new",
        via: Via::of(Channel::Anonymous),
        created_at: visitor.now().into(),
    };
    here.say(visitor.ask_unsigned(name, email, new).await)?;
    Ok((StatusCode::CREATED, Json(TakenOne { request: taken })).into_response())
}

/// Who they say that they are.
fn requester(sent: &TicketSent) -> Result<(String, EmailAddress), Problem> {
    let missing =
        |field: &str| Problem::invalid(field, "BlankValue", "Whoever has not signed in gives a name and an email");
    let Some(Somebody::Address { email, name }) = &sent.requester else { return Err(missing("requester")) };
    let name = name.clone().filter(|name| !name.trim().is_empty()).ok_or_else(|| missing("name"))?;
    let email =
        EmailAddress::parse(email).map_err(|_| Problem::invalid("email", "InvalidValue", "This is no address"))?;
    Ok((name, email))
}

/// Only what can be taken from somebody of whom nobody knows who it is. What the team says of a request is passed over, as
/// for everybody else here.
fn new(sent: &TicketSent) -> Result<NewTicket, Problem> {
    let first = sent.comment.as_ref().map(|sent| comment(sent, true));
    let described = || NewComment::public(sent.description.clone().unwrap_or_default());
    let first = NewComment { visibility: Visibility::Public, ..first.unwrap_or_else(described) };
    Ok(NewTicket {
        kind: sent.ticket_form_id.map(|id| KindId(id.0)),
        ccs: super::copied(sent)?,
        fields: fields(sent.custom_fields.iter().chain(&sent.fields).flatten())?,
        ..NewTicket::new(sent.subject.clone().unwrap_or_default(), first)
    })
}
