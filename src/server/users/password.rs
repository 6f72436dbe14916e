//! Passwords: set by admins, or changed by whoever knows the one before.

use super::found;
use crate::client::Client as _;
use crate::domain::id::PersonId;
use crate::domain::refusal::{Field, Refusal};
use crate::domain::secret::{MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARS, Secret};
use crate::server::App;
use crate::server::ask::Id;
use crate::server::body::Body;
use crate::server::caller::{Caller, fresh_key};
use crate::server::guess::Guess;
use crate::server::problem::Problem;
use crate::words;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(set, change)).routes(routes!(requirements))
}

/// A new password.
#[derive(Deserialize, ToSchema)]
struct Password {
    password: String,
    /// The one before, for one's own.
    previous_password: Option<String>,
}

/// What a password must be.
#[derive(Serialize, ToSchema)]
struct Requirements {
    requirements: Vec<String>,
}

/// Sets somebody's password. Admins only.
#[utoipa::path(post, path = "/users/{user_id}/password", tag = "Passwords", params(("user_id" = i64, Path)), request_body = Password,
    responses((status = 200, description = "It is set", body = Object)))]
async fn set(caller: Caller, Id(id): Id, Body(sent): Body<Password>) -> Result<Json<Value>, Problem> {
    caller.admin().await?;
    found(&caller, id).await?;
    keep(&caller, id, sent.password).await
}

/// Changes one's own password, by the one before.
#[utoipa::path(put, path = "/users/{user_id}/password", tag = "Passwords", params(("user_id" = i64, Path)), request_body = Password,
    responses((status = 200, description = "It is changed", body = Object)))]
async fn change(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    Body(sent): Body<Password>,
) -> Result<Json<Value>, Problem> {
    let me = caller.session().await?.me;
    if me.id != PersonId(id) {
        // Whether there is anybody of that number is not told.
        return Err(Problem::forbidden());
    }
    let previous = Secret::new(sent.previous_password.unwrap_or_default());
    let email = me.email.ok_or_else(Problem::forbidden)?;
    match app.guess(&caller.here, email.as_str(), previous).await? {
        Guess::Right(person) if person.id == me.id => {}
        Guess::Right(_) | Guess::Wrong => {
            return Err(Problem::invalid("previous_password", "InvalidValue", "That is not the password"));
        }
        Guess::TooOften => return Err(Problem::too_fast(60)),
    }
    keep(&caller, id, sent.password).await
}

async fn keep(caller: &Caller, id: i64, password: String) -> Result<Json<Value>, Problem> {
    caller.say(caller.client.set_password(fresh_key(), PersonId(id), Secret::new(password)).await)?;
    Ok(Json(json!({})))
}

/// What a password must be, in sentences.
#[utoipa::path(get, path = "/users/{user_id}/password/requirements", tag = "Passwords", params(("user_id" = i64, Path)),
    responses((status = 200, description = "Sentences", body = Requirements)))]
async fn requirements(caller: Caller, Id(id): Id) -> Result<Json<Requirements>, Problem> {
    found(&caller, id).await?;
    let field = Field::Password;
    let rules = [
        Refusal::TooShort { field, min: MIN_PASSWORD_CHARS as u64 },
        Refusal::TooLong { field, max: MAX_PASSWORD_BYTES as u64 },
    ];
    let requirements = rules.iter().map(|rule| words::refusal(caller.words(), rule)).collect();
    Ok(Json(Requirements { requirements }))
}
