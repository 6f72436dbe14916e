//! Macros: changes and a text that an agent applies by hand.

mod apply;

use super::definitions;
use super::family::family;
use super::family::prelude::*;
use crate::wire::rules::Macro;

pub(super) fn routes() -> OpenApiRouter<App> {
    common().routes(routes!(actions)).routes(routes!(apply::apply)).routes(routes!(apply::apply_to))
}

family!(
    Macro as "Macros", "macro_id",
    MacroOne { r#macro: Macro }, MacroPage { macros }, MacroSent, MacroManySent,
    all "/macros", active "/macros/active", search "/macros/search", each "/macros/{macro_id}",
    definitions "/macros/definitions", update "/macros/update_many", destroy "/macros/destroy_many",
);

/// What macros can do.
#[utoipa::path(get, path = "/macros/actions", tag = "Macros", responses((status = 200, description = "Actions", body = definitions::Actions)))]
async fn actions(caller: Caller) -> Result<axum::Json<definitions::Actions>, Problem> {
    definitions::actions(&caller, KIND).await
}
