//! People.

use super::App;
use super::caller::{Caller, Here};
use super::problem::Problem;
use crate::wire::{EndUser, User};
use axum::Json;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(me))
}

/// Who asks. Whoever does not say who they are is told that they are nobody, not that they may not ask: clients rely on it.
#[utoipa::path(get, path = "/users/me", tag = "Users", responses((status = 200, description = "Who asks", body = Value)))]
async fn me(here: Here, caller: Option<Caller>) -> Result<Json<Value>, Problem> {
    let Some(caller) = caller else { return Ok(Json(json!({ "user": User::anonymous(&here.base) }))) };
    let session = caller.session().await?;
    let place = caller.place(&session);
    let user = if session.me.role.is_staff() {
        json!(User::of(&session.me, &place))
    } else {
        json!(EndUser::of(&session.me, &place))
    };
    Ok(Json(json!({ "user": user })))
}
