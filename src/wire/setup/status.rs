use super::set;
use crate::domain::id::StatusId;
use crate::domain::setup::ItemKind;
use crate::domain::status::{CustomStatus, Status as Category};
use crate::wire::{Given, Place, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A status of the account's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CustomStatus)]
#[expect(clippy::struct_field_names, reason = "the API's names")]
pub struct Status {
    id: i64,
    url: Option<String>,
    status_category: &'static str,
    agent_label: String,
    raw_agent_label: String,
    end_user_label: String,
    raw_end_user_label: String,
    description: String,
    raw_description: String,
    end_user_description: String,
    raw_end_user_description: String,
    active: bool,
    default: bool,
    position: i64,
    created_at: Option<Time>,
    updated_at: Option<Time>,
}

impl Status {
    /// A status.
    pub fn of(one: &CustomStatus, place: &Place) -> Self {
        let for_them = one.requester_name.clone().unwrap_or_else(|| one.name.clone());
        let (created_at, updated_at) = place.item_dates(ItemKind::Status, one.id.0);
        Self {
            id: one.id.0,
            url: place.url(&format!("custom_statuses/{}", one.id)),
            status_category: one.category.name(),
            agent_label: one.name.clone(),
            raw_agent_label: one.name.clone(),
            end_user_label: for_them.clone(),
            raw_end_user_label: for_them,
            description: one.description.clone(),
            raw_description: one.description.clone(),
            end_user_description: String::new(),
            raw_end_user_description: String::new(),
            active: one.active,
            default: one.default,
            position: one.position,
            created_at,
            updated_at,
        }
    }
}

/// A status to be made or changed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct SentStatus {
    /// `new`, `open`, `pending`, `hold` or `solved`; it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_category: Option<String>,
    /// As agents read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_label: Option<String>,
    /// As requesters read it; they read the category when none.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub end_user_label: Given<String>,
    /// What it is for.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub description: Given<String>,
    /// Whether it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Whether a ticket gets it that enters the category without a choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
}

impl SentStatus {
    /// A new one of that category, which must be named.
    pub fn fresh(&self) -> Option<CustomStatus> {
        let category = self.status_category.as_deref().and_then(Category::parse)?;
        let blank = CustomStatus {
            id: StatusId(0),
            category,
            name: String::new(),
            requester_name: None,
            description: String::new(),
            active: true,
            default: false,
            position: 0,
            translations: BTreeMap::new(),
        };
        Some(self.apply(blank))
    }

    /// What becomes of one.
    #[must_use]
    pub fn apply(&self, mut one: CustomStatus) -> CustomStatus {
        let shown = one.requester_name.clone().unwrap_or_else(|| one.name.clone());
        set(&mut one.category, self.status_category.as_deref().and_then(Category::parse));
        set(&mut one.name, self.agent_label.clone());
        let label = self.end_user_label.clone().change().map(|label| label.filter(|text| !text.trim().is_empty()));
        // As it was shown where there is none, it is no change.
        let label = label.filter(|label| one.requester_name.is_some() || label.as_deref() != Some(&shown));
        set(&mut one.requester_name, label);
        set(&mut one.description, self.description.clone().change().map(Option::unwrap_or_default));
        set(&mut one.active, self.active);
        set(&mut one.default, self.default);
        one
    }
}
