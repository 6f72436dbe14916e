//! Ways to reach somebody: an address, and one a person.

use super::{Looking, found};
use crate::client::Error;
use crate::domain::act::{Deed, PersonChange};
use crate::domain::person::{EmailAddress, Person, Standing};
use crate::domain::refusal::{Field, Refusal};
use crate::server::App;
use crate::server::ask::{Ask, Id, Ids};
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Listed, Pages, created, envelope, page, sent};
use crate::wire::{Identity, sent};
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
        .routes(routes!(make_primary))
        .routes(routes!(verify))
        .routes(routes!(request_verification))
        .routes(routes!(list_own, create_own))
        .routes(routes!(show_own, delete_own))
        .routes(routes!(make_own_primary))
        .routes(routes!(request_own_verification))
}

envelope!(
    /// A way to reach somebody.
    IdentityOne { identity: Identity }
);
page!(
    /// A page of ways to reach somebody.
    IdentityPage { identities: Identity }
);
sent!(
    /// A way to reach somebody.
    IdentitySent { identity: sent::Identity }
);

/// Somebody with their address, if they have one.
async fn theirs(caller: &Caller, id: i64) -> Result<(Person, Option<Identity>), Problem> {
    let looking = Looking::any(caller).await?;
    let person = found(caller, id).await?;
    let identity = Identity::of(&person, &looking.place);
    Ok((person, identity))
}

/// The one of a number, which is its owner's.
async fn one(caller: &Caller, Ids(user, id): Ids) -> Result<(Person, Identity), Problem> {
    let (person, identity) = theirs(caller, user).await?;
    let identity = identity.filter(|_| person.id.0 == id).ok_or_else(Problem::not_found)?;
    Ok((person, identity))
}

fn address(caller: &Caller, sent: &sent::Identity) -> Result<EmailAddress, Problem> {
    if sent.kind.as_deref().is_some_and(|kind| kind != "email") {
        return Err(Problem::invalid("type", "InvalidValue", "Only addresses of type email are kept here"));
    }
    let text = sent.value.as_deref().unwrap_or_default();
    EmailAddress::parse(text).map_err(|_| caller.problem(&Error::Refused(Refusal::Malformed(Field::Email))))
}

async fn set(caller: &Caller, person: &Person, email: Option<EmailAddress>) -> Result<(), Problem> {
    let change = PersonChange { email: Some(email), ..PersonChange::default() };
    caller.act(Deed::UpdatePerson { person: person.id, change }).await.map(|_| ())
}

/// Their addresses.
#[utoipa::path(get, path = "/users/{user_id}/identities", tag = "Identities", params(("user_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of addresses", body = IdentityPage)))]
async fn list(caller: Caller, Id(id): Id, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let all: Vec<Identity> = theirs(&caller, id).await?.1.into_iter().collect();
    Ok(Json(Rows::whole(all, &paging)?.body("identities", &paging, &caller.here.url(), &ask)))
}

/// An address for somebody who has none: whoever has one gets another by changing it.
#[utoipa::path(post, path = "/users/{user_id}/identities", tag = "Identities", params(("user_id" = i64, Path)), request_body = IdentitySent,
    responses((status = 201, description = "The new address", body = IdentityOne)))]
async fn create(caller: Caller, Id(id): Id, Body(sent): Body<IdentitySent>) -> Result<Response, Problem> {
    let (person, known) = theirs(&caller, id).await?;
    let email = address(&caller, &sent.identity)?;
    if known.is_some() {
        return Err(Problem::invalid("value", "TooManyValues", "A person has one address here; change that one"));
    }
    set(&caller, &person, Some(email)).await?;
    let identity = theirs(&caller, id).await?.1.ok_or_else(Problem::not_found)?;
    Ok(created(&caller, &format!("users/{id}/identities/{id}"), IdentityOne { identity }))
}

/// An address.
#[utoipa::path(get, path = "/users/{user_id}/identities/{user_identity_id}", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 200, description = "The address", body = IdentityOne)))]
async fn show(caller: Caller, ids: Ids) -> Result<Json<IdentityOne>, Problem> {
    Ok(Json(IdentityOne { identity: one(&caller, ids).await?.1 }))
}

/// Another address instead. That it is theirs only they can show, by the link that is sent there.
#[utoipa::path(put, path = "/users/{user_id}/identities/{user_identity_id}", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)), request_body = IdentitySent,
    responses((status = 200, description = "The address", body = IdentityOne)))]
async fn update(caller: Caller, ids: Ids, Body(sent): Body<IdentitySent>) -> Result<Json<IdentityOne>, Problem> {
    let (person, identity) = one(&caller, ids).await?;
    if sent.identity.value.is_some() {
        set(&caller, &person, Some(address(&caller, &sent.identity)?)).await?;
    } else if sent.identity.verified == Some(true) && person.standing != Standing::Active {
        return Err(unverifiable());
    }
    let identity = theirs(&caller, person.id.0).await?.1.unwrap_or(identity);
    Ok(Json(IdentityOne { identity }))
}

fn unverifiable() -> Problem {
    let why = "Only whoever reads the mail there can show that an address is theirs; request_verification sends a link";
    Problem::invalid("verified", "InvalidValue", why)
}

/// Takes an address away.
#[utoipa::path(delete, path = "/users/{user_id}/identities/{user_identity_id}", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(caller: Caller, ids: Ids) -> Result<StatusCode, Problem> {
    let (person, _) = one(&caller, ids).await?;
    set(&caller, &person, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The only address is the first one already; answered with all, as clients expect.
#[utoipa::path(put, path = "/users/{user_id}/identities/{user_identity_id}/make_primary", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 200, description = "All addresses", body = IdentityPage)))]
async fn make_primary(caller: Caller, ids: Ids) -> Result<Listed, Problem> {
    let (_, identity) = one(&caller, ids).await?;
    let paging = Paging::of(&Ask::default())?;
    Ok(Json(Rows::whole(vec![identity], &paging)?.body("identities", &paging, &caller.here.url(), &Ask::default())))
}

/// That an address is theirs only its owner can show: refused unless they have.
#[utoipa::path(put, path = "/users/{user_id}/identities/{user_identity_id}/verify", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 200, description = "The address", body = IdentityOne)))]
async fn verify(caller: Caller, ids: Ids) -> Result<Json<IdentityOne>, Problem> {
    caller.staff().await?;
    let (person, identity) = one(&caller, ids).await?;
    if person.standing == Standing::Active { Ok(Json(IdentityOne { identity })) } else { Err(unverifiable()) }
}

/// Sends a link to an address, by which its owner shows that it is theirs.
#[utoipa::path(put, path = "/users/{user_id}/identities/{user_identity_id}/request_verification", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 200, description = "It will be sent", body = Object)))]
async fn request_verification(caller: Caller, ids: Ids) -> Result<Json<Value>, Problem> {
    let (person, _) = one(&caller, ids).await?;
    if let Some(email) = person.email {
        caller.say(caller.here.visitor().ask_access(None, email).await)?;
    }
    Ok(Json(json!({})))
}

/// One's own addresses.
#[utoipa::path(get, path = "/end_users/{user_id}/identities", tag = "Identities", params(("user_id" = i64, Path), Pages),
    responses((status = 200, description = "A page of addresses", body = IdentityPage)))]
async fn list_own(caller: Caller, id: Id, ask: Ask) -> Result<Listed, Problem> {
    list(caller, id, ask).await
}

/// An address for oneself.
#[utoipa::path(post, path = "/end_users/{user_id}/identities", tag = "Identities", params(("user_id" = i64, Path)), request_body = IdentitySent,
    responses((status = 201, description = "The new address", body = IdentityOne)))]
async fn create_own(caller: Caller, id: Id, sent: Body<IdentitySent>) -> Result<Response, Problem> {
    create(caller, id, sent).await
}

/// One's own address.
#[utoipa::path(get, path = "/end_users/{user_id}/identities/{user_identity_id}", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 200, description = "The address", body = IdentityOne)))]
async fn show_own(caller: Caller, ids: Ids) -> Result<Json<IdentityOne>, Problem> {
    show(caller, ids).await
}

/// Takes one's own address away.
#[utoipa::path(delete, path = "/end_users/{user_id}/identities/{user_identity_id}", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete_own(caller: Caller, ids: Ids) -> Result<StatusCode, Problem> {
    delete(caller, ids).await
}

/// One's only address is the first one already.
#[utoipa::path(put, path = "/end_users/{user_id}/identities/{user_identity_id}/make_primary", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 200, description = "All addresses", body = IdentityPage)))]
async fn make_own_primary(caller: Caller, ids: Ids) -> Result<Listed, Problem> {
    make_primary(caller, ids).await
}

/// Sends a link to one's own address.
#[utoipa::path(put, path = "/end_users/{user_id}/identities/{user_identity_id}/request_verification", tag = "Identities",
    params(("user_id" = i64, Path), ("user_identity_id" = i64, Path)),
    responses((status = 200, description = "It will be sent", body = Object)))]
async fn request_own_verification(caller: Caller, ids: Ids) -> Result<Json<Value>, Problem> {
    request_verification(caller, ids).await
}
