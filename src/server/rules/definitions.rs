//! Of what rules and views can be made: fields with how they are compared, and with what they can be set.

use crate::domain::field::Holder;
use crate::domain::setup::ItemKind;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// Of what something can be made.
#[derive(Serialize, ToSchema)]
pub struct Definitions {
    definitions: Parts,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DefinitionParts)]
struct Parts {
    conditions_all: Vec<Field>,
    conditions_any: Vec<Field>,
    actions: Vec<Field>,
}

/// What can be done.
#[derive(Serialize, ToSchema)]
#[schema(as = DefinitionActions)]
pub struct Actions {
    actions: Vec<Field>,
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = DefinitionField)]
#[expect(clippy::struct_field_names, reason = "the API's names")]
struct Field {
    field: String,
    title: String,
    operators: Vec<Operator>,
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = DefinitionOperator)]
struct Operator {
    value: &'static str,
    /// Whether it takes no value.
    terminal: bool,
}

const IS: &[&str] = &["is", "is_not"];
const ORDERED: &[&str] = &["is", "is_not", "less_than", "greater_than"];
const INCLUDES: &[&str] = &["includes", "not_includes"];
const CHANGES: &[&str] = &["changed", "value", "value_previous", "not_changed", "not_value", "not_value_previous"];
const TERMINAL: &[&str] = &["changed", "not_changed", "present", "not_present"];

/// What every ticket has, and how it is compared.
const TICKET: &[(&str, &[&str])] = &[
    ("status", ORDERED),
    ("priority", ORDERED),
    ("type", IS),
    ("group_id", IS),
    ("assignee_id", IS),
    ("requester_id", IS),
    ("submitter_id", IS),
    ("organization_id", IS),
    ("ticket_form_id", IS),
    ("custom_status_id", IS),
    ("current_tags", INCLUDES),
    ("via_id", IS),
    ("ticket_is_public", IS),
    ("condition", &["is"]),
];
/// What is asked of time.
const HOURS: &[&str] = &[
    "NEW",
    "OPEN",
    "PENDING",
    "HOLD",
    "SOLVED",
    "CLOSED",
    "created_at",
    "updated_at",
    "assigned_at",
    "requester_updated_at",
    "assignee_updated_at",
    "until_due_date",
];
/// What is asked of what was just done.
const UPDATE: &[(&str, &[&str])] = &[
    ("update_type", &["is"]),
    ("role", IS),
    ("current_via_id", IS),
    ("comment_is_public", &["is"]),
    ("subject_includes_word", INCLUDES),
    ("comment_includes_word", INCLUDES),
];
const ACTIONS: &[&str] = &[
    "status",
    "custom_status_id",
    "priority",
    "type",
    "ticket_form_id",
    "group_id",
    "assignee_id",
    "current_tags",
    "remove_tags",
    "set_tags",
    "cc",
    "follower",
    "action",
];
const OF_MACROS: &[&str] = &["subject", "comment_value", "comment_mode_is_public"];

fn field(name: &str, title: &str, operators: &[&'static str]) -> Field {
    let operators = operators.iter().map(|value| Operator { value, terminal: TERMINAL.contains(value) }).collect();
    Field { field: name.to_owned(), title: title.to_owned(), operators }
}

/// Of what one of a kind can be made.
pub(super) async fn of(caller: &Caller, kind: ItemKind) -> Result<Json<Definitions>, Problem> {
    let session = caller.staff().await?;
    let own = session.fields.values().filter(|field| field.of == Holder::Ticket && !field.is_system());
    let own: Vec<(String, String)> =
        own.map(|field| (format!("custom_fields_{}", field.id), field.title.clone())).collect();
    let mut conditions = Vec::new();
    if kind != ItemKind::Macro {
        let with_changes = |operators: &[&'static str]| -> Vec<&'static str> {
            let changes = if kind == ItemKind::Trigger { CHANGES } else { &[] };
            operators.iter().chain(changes).copied().collect()
        };
        let all = TICKET.iter().map(|(name, operators)| field(name, name, &with_changes(operators)));
        conditions.extend(all);
        conditions.extend(own.iter().map(|(name, title)| {
            field(name, title, &["is", "is_not", "less_than", "greater_than", "present", "not_present"])
        }));
    }
    if matches!(kind, ItemKind::View | ItemKind::Automation) {
        conditions.extend(HOURS.iter().map(|name| field(name, name, &["is", "less_than", "greater_than"])));
    }
    if kind == ItemKind::Trigger {
        conditions.extend(UPDATE.iter().map(|(name, operators)| field(name, name, operators)));
    }
    let actions = if kind == ItemKind::View { Vec::new() } else { doable(kind, &own) };
    let parts = Parts { conditions_any: conditions.clone(), conditions_all: conditions, actions };
    Ok(Json(Definitions { definitions: parts }))
}

fn doable(kind: ItemKind, own: &[(String, String)]) -> Vec<Field> {
    let more: &[&str] = if kind == ItemKind::Macro { OF_MACROS } else { &["notification_webhook"] };
    let named = ACTIONS.iter().chain(more).map(|name| field(name, name, &["is"]));
    named.chain(own.iter().map(|(name, title)| field(name, title, &["is"]))).collect()
}

/// What one of a kind can do.
pub(super) async fn actions(caller: &Caller, kind: ItemKind) -> Result<Json<Actions>, Problem> {
    let Json(Definitions { definitions }) = of(caller, kind).await?;
    Ok(Json(Actions { actions: definitions.actions }))
}
