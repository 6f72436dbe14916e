//! Triggers: what is done when a ticket is made or changed.

use super::family::family;
use super::family::prelude::*;
use super::reorder;
use crate::wire::rules::Rule;
use serde::Deserialize;
use utoipa::ToSchema;

pub(super) fn routes() -> OpenApiRouter<App> {
    common().routes(routes!(put_in_order))
}

family!(
    Trigger as "Triggers", "trigger_id",
    TriggerOne { trigger: Rule }, TriggerPage { triggers }, TriggerSent, TriggerManySent,
    all "/triggers", active "/triggers/active", search "/triggers/search", each "/triggers/{trigger_id}",
    definitions "/triggers/definitions", update "/triggers/update_many", destroy "/triggers/destroy_many",
);

/// In which order triggers are tried.
#[derive(Deserialize, ToSchema)]
struct TriggerOrder {
    trigger_ids: Vec<i64>,
}

/// Triggers are tried in another order.
#[utoipa::path(put, path = "/triggers/reorder", tag = "Triggers", request_body = TriggerOrder,
    responses((status = 200, description = "All in their order", body = TriggerPage)))]
async fn put_in_order(caller: Caller, Body(sent): Body<TriggerOrder>) -> Result<Listed, Problem> {
    reorder(&caller, KIND, sent.trigger_ids).await
}
