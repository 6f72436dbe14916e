//! People who are made, changed, merged and taken out.

use super::{Looking, UserOne, by_external_ids, found};
use crate::client::{Client as _, PeopleAsk};
use crate::domain::act::{Deed, PersonChange};
use crate::domain::field::Field;
use crate::domain::id::PersonId;
use crate::domain::life::PersonDeed;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::server::ask::Id;
use crate::server::body::Body;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::{created, sent};
use crate::wire::{Given, sent};
use axum::Json;
use axum::response::{IntoResponse as _, Response};

sent!(
    /// A person to be made or changed.
    UserSent { user: sent::User }
);

/// Somebody new.
#[utoipa::path(post, path = "/users", tag = "Users", request_body = UserSent,
    responses((status = 201, description = "The new person", body = UserOne)))]
pub(super) async fn create(caller: Caller, Body(sent): Body<UserSent>) -> Result<Response, Problem> {
    let looking = Looking::staff(&caller).await?;
    make(&caller, &looking, &sent.user).await
}

async fn make(caller: &Caller, looking: &Looking, user: &sent::User) -> Result<Response, Problem> {
    let id = made(caller, looking, user).await?;
    let person = found(caller, id.0).await?;
    Ok(created(caller, &format!("users/{id}"), UserOne { user: looking.user(&person) }))
}

/// Makes somebody.
pub(in crate::server) async fn made(
    caller: &Caller,
    looking: &Looking,
    user: &sent::User,
) -> Result<PersonId, Problem> {
    let fields: Vec<Field> = looking.session.fields.values().cloned().collect();
    let refused = |refusal: Refusal| caller.problem(&refusal.into());
    let (new, later) = (user.new_person().map_err(refused)?, user.later(&fields).map_err(refused)?);
    let receipt = caller.act(Deed::CreatePerson(new)).await?;
    let id = receipt.outcome.person.ok_or_else(Problem::not_found)?;
    if later != PersonChange::default() {
        caller.act(Deed::UpdatePerson { person: id, change: later }).await?;
    }
    Ok(id)
}

/// Somebody by address or number elsewhere: changed where they are known, else made.
#[utoipa::path(post, path = "/users/create_or_update", tag = "Users", request_body = UserSent,
    responses((status = 200, description = "The person, changed", body = UserOne), (status = 201, description = "The new person", body = UserOne)))]
pub(super) async fn create_or_update(caller: Caller, Body(sent): Body<UserSent>) -> Result<Response, Problem> {
    let looking = Looking::staff(&caller).await?;
    match known(&caller, &sent.user).await? {
        Some(person) => Ok(change(&caller, &looking, &person, &sent.user).await?.into_response()),
        None => make(&caller, &looking, &sent.user).await,
    }
}

/// Whom what is sent means, where they are known.
pub(in crate::server) async fn known(caller: &Caller, user: &sent::User) -> Result<Option<Person>, Problem> {
    if let Some(id) = user.id {
        return found(caller, id).await.map(Some);
    }
    let address = user.address().map_err(|refusal| caller.problem(&refusal.into()))?;
    if let Given::Value(address) = address {
        let page = caller.say(caller.client.people(PeopleAsk::Address(address)).await)?;
        if let Some(person) = page.rows.into_iter().next() {
            return Ok(Some(person));
        }
    }
    match &user.external_id {
        Given::Value(id) => Ok(by_external_ids(caller, vec![id.clone()]).await?.into_iter().next()),
        Given::Absent | Given::Null => Ok(None),
    }
}

/// Somebody becomes different.
#[utoipa::path(put, path = "/users/{user_id}", tag = "Users", request_body = UserSent, params(("user_id" = i64, Path)),
    responses((status = 200, description = "The person as they are now", body = UserOne)))]
pub(super) async fn update(caller: Caller, Id(id): Id, Body(sent): Body<UserSent>) -> Result<Json<UserOne>, Problem> {
    let looking = Looking::any(&caller).await?;
    let person = found(&caller, id).await?;
    change(&caller, &looking, &person, &sent.user).await
}

/// The same of oneself, as end users ask for it.
#[utoipa::path(put, path = "/end_users/{user_id}", tag = "Users", request_body = UserSent, params(("user_id" = i64, Path)),
    responses((status = 200, description = "The person as they are now", body = UserOne)))]
pub(super) async fn update_end_user(caller: Caller, id: Id, sent: Body<UserSent>) -> Result<Json<UserOne>, Problem> {
    update(caller, id, sent).await
}

async fn change(
    caller: &Caller,
    looking: &Looking,
    person: &Person,
    user: &sent::User,
) -> Result<Json<UserOne>, Problem> {
    changed(caller, looking, person, user).await?;
    Ok(looking.one(&found(caller, person.id.0).await?))
}

/// Changes somebody.
pub(in crate::server) async fn changed(
    caller: &Caller,
    looking: &Looking,
    person: &Person,
    user: &sent::User,
) -> Result<(), Problem> {
    let fields: Vec<Field> = looking.session.fields.values().cloned().collect();
    let change = user.change(person, &fields).map_err(|refusal| caller.problem(&refusal.into()))?;
    if change != PersonChange::default() {
        caller.act(Deed::UpdatePerson { person: person.id, change }).await?;
    }
    Ok(())
}

/// Somebody is taken out of the account: answered with who they were, for clients rely on it.
#[utoipa::path(delete, path = "/users/{user_id}", tag = "Users", params(("user_id" = i64, Path)),
    responses((status = 200, description = "The person, no longer active", body = UserOne)))]
pub(super) async fn delete(caller: Caller, Id(id): Id) -> Result<Json<UserOne>, Problem> {
    let looking = Looking::any(&caller).await?;
    let person = found(&caller, id).await?.id;
    caller.act(Deed::Person(PersonDeed::Delete(person))).await?;
    Ok(looking.one(&found(&caller, id).await?))
}

/// An end user turns out to be somebody else, whom the body names.
#[utoipa::path(put, path = "/users/{user_id}/merge", tag = "Users", request_body = UserSent, params(("user_id" = i64, Path)),
    responses((status = 200, description = "Who they are", body = UserOne)))]
pub(super) async fn merge(caller: Caller, Id(id): Id, Body(sent): Body<UserSent>) -> Result<Json<UserOne>, Problem> {
    let looking = Looking::staff(&caller).await?;
    let target = sent.user.person().ok_or_else(|| Problem::bad_body("user.id says into whom"))?;
    found(&caller, id).await?;
    found(&caller, target.0).await?;
    caller.act(Deed::Person(PersonDeed::Merge { source: PersonId(id), target })).await?;
    Ok(looking.one(&found(&caller, target.0).await?))
}
