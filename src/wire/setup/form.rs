use super::{set, slug_of};
use crate::domain::account::{Appearance, Kind};
use crate::domain::field::{Field, FieldType, Value};
use crate::domain::id::{FieldId, KindId};
use crate::wire::{Given, Place, TicketForm};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A form with what appears on it when.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WholeTicketForm)]
pub struct Form {
    #[serde(flatten)]
    shown: TicketForm,
    raw_display_name: String,
    in_all_brands: bool,
    restricted_brand_ids: Vec<i64>,
    agent_conditions: Vec<FormCondition>,
    end_user_conditions: Vec<FormCondition>,
}

/// Fields that stand on a form only while another one has a value.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct FormCondition {
    /// The field that decides.
    pub parent_field_id: i64,
    /// What it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_field_type: Option<String>,
    /// What it must hold.
    pub value: Json,
    /// The fields that appear then.
    pub child_fields: Vec<ChildField>,
}

/// A field that appears.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct ChildField {
    /// Which.
    pub id: i64,
    /// Whether it must be filled in.
    pub is_required: bool,
}

impl Form {
    /// A kind at a place among the account's, with its fields.
    pub fn of<'f>(kind: &Kind, position: usize, place: &Place, field: impl Fn(FieldId) -> Option<&'f Field>) -> Self {
        let condition = |when: &Appearance| {
            let parent = field(when.field);
            let ticked = parent.is_some_and(|field| matches!(field.kind, FieldType::Checkbox { .. }));
            let child = |id: &FieldId| ChildField { id: id.0, is_required: when.required };
            FormCondition {
                parent_field_id: when.field.0,
                parent_field_type: parent.map(|field| field.kind.name().to_owned()),
                value: if ticked { Json::Bool(when.value == "true") } else { when.value.as_str().into() },
                child_fields: when.shows.iter().map(child).collect(),
            }
        };
        let conditions: Vec<FormCondition> = kind.conditions.iter().map(condition).collect();
        Self {
            shown: TicketForm::of(kind, position, place),
            raw_display_name: kind.name.clone(),
            in_all_brands: true,
            restricted_brand_ids: Vec::new(),
            agent_conditions: conditions.clone(),
            end_user_conditions: conditions,
        }
    }
}

/// A form to be made or changed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct SentForm {
    /// As people read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When to use it.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub guidance: Given<String>,
    /// The name in scripts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Whether it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Whether requesters may choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_user_visible: Option<bool>,
    /// Whether tickets without a choice have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
    /// The fields on it, in their order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_field_ids: Option<Vec<i64>>,
    /// What appears when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_conditions: Option<Vec<FormCondition>>,
    /// The same; what appears is the same for everybody here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_user_conditions: Option<Vec<FormCondition>>,
}

impl SentForm {
    /// A new one.
    pub fn fresh(&self) -> Kind {
        let name = self.name.clone().unwrap_or_default();
        let slug = self.kind.clone().unwrap_or_else(|| slug_of(&name, "-"));
        self.apply(Kind { position: 0, name, ..Kind::new(KindId(0), &slug) })
    }

    /// What becomes of one. Its place is changed by putting all in order.
    #[must_use]
    pub fn apply(&self, mut one: Kind) -> Kind {
        set(&mut one.name, self.name.clone());
        set(&mut one.slug, self.kind.clone());
        set(&mut one.guidance, self.guidance.clone().change().map(Option::unwrap_or_default));
        set(&mut one.active, self.active);
        set(&mut one.requesters, self.end_user_visible);
        set(&mut one.default, self.default);
        set(&mut one.fields, self.ticket_field_ids.as_ref().map(|ids| ids.iter().copied().map(FieldId).collect()));
        let conditions = self.agent_conditions.as_ref().or(self.end_user_conditions.as_ref());
        set(&mut one.conditions, conditions.map(|all| all.iter().flat_map(appearances).collect()));
        one
    }
}

/// Those of its fields that must be filled in, and those that need not.
fn appearances(condition: &FormCondition) -> Vec<Appearance> {
    let mut shown: BTreeMap<bool, Vec<FieldId>> = BTreeMap::new();
    for child in &condition.child_fields {
        shown.entry(child.is_required).or_default().push(FieldId(child.id));
    }
    let value = match &condition.value {
        Json::String(text) => text.clone(),
        Json::Bool(on) => Value::Checked(*on).written(),
        other => other.to_string(),
    };
    let appearance = |(required, shows)| Appearance {
        field: FieldId(condition.parent_field_id),
        value: value.clone(),
        shows,
        required,
    };
    shown.into_iter().map(appearance).collect()
}
