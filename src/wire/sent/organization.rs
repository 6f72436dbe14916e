use super::{kept, labels, lenient};
use crate::domain::act::{NewOrganization, OrganizationChange};
use crate::domain::field::{Field as AccountField, Holder};
use crate::domain::id::{FieldId, GroupId, OrganizationId};
use crate::domain::profile::ProfileChange;
use crate::domain::refusal::Refusal;
use crate::wire::{Given, fields_of};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An organization to be made or changed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = SentOrganization)]
pub struct Organization {
    /// As people read it.
    #[serde(deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mail domains of its people.
    #[serde(deserialize_with = "lenient::texts", skip_serializing_if = "Option::is_none")]
    pub domain_names: Option<Vec<String>>,
    /// Whether its people see each other's requests.
    #[serde(deserialize_with = "lenient::flag", skip_serializing_if = "Option::is_none")]
    pub shared_tickets: Option<bool>,
    /// Whether they may answer on them.
    #[serde(deserialize_with = "lenient::flag", skip_serializing_if = "Option::is_none")]
    pub shared_comments: Option<bool>,
    /// What the account's own fields hold, by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_fields: Option<Map<String, Value>>,
    /// Which is meant.
    #[serde(deserialize_with = "lenient::number", skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Its number elsewhere.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub external_id: Given<String>,
    /// The group that works on its tickets.
    #[schema(value_type = Option<i64>)]
    #[serde(deserialize_with = "lenient::given_number", skip_serializing_if = "Given::is_absent")]
    pub group_id: Given<i64>,
    /// Where to find it, and the like; for the team.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub details: Given<String>,
    /// What agents wrote down.
    #[schema(value_type = Option<String>)]
    #[serde(deserialize_with = "lenient::given_text", skip_serializing_if = "Given::is_absent")]
    pub notes: Given<String>,
    /// All labels.
    #[serde(deserialize_with = "lenient::texts", skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

impl Organization {
    /// Which is meant, if it says so.
    pub fn known(&self) -> Option<OrganizationId> {
        self.id.map(OrganizationId)
    }

    /// As a new one.
    pub fn new_organization(&self) -> NewOrganization {
        NewOrganization {
            name: self.name.clone().unwrap_or_default(),
            domains: self.domain_names.clone().unwrap_or_default(),
            shared_tickets: self.shared_tickets.unwrap_or_default(),
            shared_comments: self.shared_comments.unwrap_or_default(),
        }
    }

    /// What its fields are to hold.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn fields(&self, fields: &[AccountField]) -> Result<BTreeMap<FieldId, String>, Refusal> {
        let given = self.organization_fields.as_ref();
        given.map_or_else(|| Ok(BTreeMap::new()), |given| fields_of(Holder::Organization, fields, given))
    }

    /// As a change.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn change(&self, fields: &[AccountField]) -> Result<OrganizationChange, Refusal> {
        Ok(OrganizationChange {
            name: self.name.clone(),
            domains: self.domain_names.clone(),
            shared_tickets: self.shared_tickets,
            shared_comments: self.shared_comments,
            fields: self.fields(fields)?,
            profile: self.profile()?,
        })
    }

    /// What of it the team keeps for itself.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn profile(&self) -> Result<Option<Box<ProfileChange>>, Refusal> {
        let change = ProfileChange {
            tags: self.tags.as_deref().map(labels).transpose()?,
            notes: kept(&self.notes),
            details: kept(&self.details),
            external_id: kept(&self.external_id),
            group: self.group_id.clone().change().map(|id| id.map(GroupId)),
            ..ProfileChange::default()
        };
        Ok((change != ProfileChange::default()).then(|| Box::new(change)))
    }
}
