//! Options of fields.

use super::fields::field;
use super::keep;
use crate::domain::field::{Choice, Field, FieldType, Holder};
use crate::domain::setup::Item;
use crate::server::ask::{Ask, Ids};
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Listed, created, envelope, page, sent};
use crate::wire::setup::{FieldOption, SentOption};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

envelope!(
    /// An option of a field.
    OptionOne { custom_field_option: FieldOption }
);
page!(
    /// A page of options of a field.
    OptionPage { custom_field_options: FieldOption }
);
sent!(
    /// An option of a field.
    OptionSent { custom_field_option: SentOption }
);

async fn of(caller: &Caller, holder: Holder, id: i64) -> Result<(Field, Vec<FieldOption>), Problem> {
    let session = caller.staff().await?;
    let field = field(caller, holder, id).await?;
    let options = FieldOption::all(&field, &caller.place(&session));
    Ok((field, options))
}

pub(super) async fn list_options(caller: &Caller, ask: &Ask, holder: Holder, id: i64) -> Result<Listed, Problem> {
    let paging = Paging::of(ask)?;
    let (_, options) = of(caller, holder, id).await?;
    Ok(Json(Rows::whole(options, &paging)?.body("custom_field_options", &paging, &caller.here.url(), ask)))
}

pub(super) async fn show_option(caller: &Caller, holder: Holder, Ids(id, option): Ids) -> Result<OptionOne, Problem> {
    let (_, options) = of(caller, holder, id).await?;
    let found = options.into_iter().find(|one| one.number() == option);
    found.map(|custom_field_option| OptionOne { custom_field_option }).ok_or_else(Problem::not_found)
}

/// The field with other options.
async fn with(caller: &Caller, mut field: Field, options: Vec<Choice>) -> Result<(), Problem> {
    match &mut field.kind {
        FieldType::Choice(known) | FieldType::Choices(known) => *known = options,
        _ => return Err(Problem::not_found()),
    }
    keep(caller, Item::Field(field)).await.map(|_| ())
}

pub(super) async fn take_option(
    caller: &Caller,
    holder: Holder,
    id: i64,
    sent: &SentOption,
) -> Result<Response, Problem> {
    let (field, options) = of(caller, holder, id).await?;
    let known = field.kind.options().to_vec();
    let choice = sent.choice(&known).map_err(|refusal| caller.problem(&refusal.into()))?;
    let at = match sent.id {
        Some(number) => Some(options.iter().position(|one| one.number() == number).ok_or_else(Problem::not_found)?),
        None => known.iter().position(|one| one.tag == choice.tag),
    };
    let (mut after, tag) = (known, choice.tag.clone());
    match at {
        Some(at) => after[at] = choice,
        None => after.push(choice),
    }
    with(caller, field, after).await?;
    let (_, options) = of(caller, holder, id).await?;
    let made = options.into_iter().find(|one| one.tag() == tag.as_str()).ok_or_else(Problem::not_found)?;
    let path = format!("options/{}", made.number());
    let body = OptionOne { custom_field_option: made };
    Ok(if at.is_some() { Json(body).into_response() } else { created(caller, &path, body) })
}

pub(super) async fn drop_option(caller: &Caller, holder: Holder, Ids(id, option): Ids) -> Result<StatusCode, Problem> {
    let (field, options) = of(caller, holder, id).await?;
    let at = options.iter().position(|one| one.number() == option).ok_or_else(Problem::not_found)?;
    let mut after = field.kind.options().to_vec();
    after.remove(at);
    with(caller, field, after).await?;
    Ok(StatusCode::NO_CONTENT)
}
