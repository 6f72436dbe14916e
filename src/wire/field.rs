use super::Place;
use crate::domain::field::Value;
use crate::domain::id::FieldId;
use crate::domain::tag::Tag;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a field holds: decimals and days are texts.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum FieldValue {
    /// A text, a decimal, a day, or the tag of an option.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A checkbox.
    Flag(bool),
    /// The tags of several options.
    Tags(Vec<String>),
}

impl FieldValue {
    /// A value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Integer(number) => Self::Number(*number),
            Value::Checked(on) => Self::Flag(*on),
            Value::Choices(tags) => Self::Tags(tags.iter().map(Tag::to_string).collect()),
            other => Self::Text(other.written()),
        }
    }
}

/// A field with what it holds: nothing is `null`.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CustomField {
    id: i64,
    value: Option<FieldValue>,
}

impl CustomField {
    /// All of an account's fields with what they hold here, and those that are switched off but hold something.
    pub fn all(held: &BTreeMap<FieldId, Value>, place: &Place) -> Vec<Self> {
        let others = held.keys().filter(|id| !place.fields.contains(id));
        let ids = place.fields.iter().chain(others);
        ids.map(|id| Self { id: id.0, value: held.get(id).map(FieldValue::of) }).collect()
    }
}

/// What fields of a person or an organization hold, by their names, as the API has it.
pub(super) fn by_name(held: &BTreeMap<FieldId, Value>, place: &Place) -> BTreeMap<String, FieldValue> {
    let named = held.iter().filter_map(|(id, value)| Some((place.others.get(id)?.clone(), FieldValue::of(value))));
    named.collect()
}
