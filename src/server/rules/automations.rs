//! Automations: what is done by itself.

use super::family::family;
use super::family::prelude::*;
use crate::wire::rules::Rule;

pub(super) fn routes() -> OpenApiRouter<App> {
    common()
}

family!(
    Automation as "Automations", "automation_id",
    AutomationOne { automation: Rule }, AutomationPage { automations }, AutomationSent, AutomationManySent,
    all "/automations", active "/automations/active", search "/automations/search", each "/automations/{automation_id}",
    definitions "/automations/definitions", update "/automations/update_many", destroy "/automations/destroy_many",
);
