use super::Place;
use crate::domain::field::{Field, Holder, Value};
use crate::domain::id::FieldId;
use crate::domain::refusal::{self, Refusal};
use crate::domain::tag::Tag;
use serde::Serialize;
use serde_json::{Map, Value as Json};
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

/// A value of a field as it is written: `null` is nothing. None for what no field holds.
pub fn written(value: &Json) -> Option<String> {
    Some(match value {
        Json::Null => String::new(),
        Json::Bool(on) => on.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Array(tags) => tags.iter().map(Json::as_str).collect::<Option<Vec<_>>>()?.join(" "),
        Json::Object(_) => return None,
    })
}

/// What is to stand in fields of people or organizations, by their names. What no field is called is left alone.
///
/// # Errors
/// [`Refusal::Malformed`] where no field holds such a thing.
pub fn fields_of<'f>(
    of: Holder,
    known: impl IntoIterator<Item = &'f Field>,
    given: &Map<String, Json>,
) -> Result<BTreeMap<FieldId, String>, Refusal> {
    let named = known.into_iter().filter(|field| field.of == of && !field.is_system());
    let named = named.filter_map(|field| Some((field.id, given.get(&field.slug)?)));
    let text = |value| written(value).ok_or(Refusal::Malformed(refusal::Field::Fields));
    named.map(|(id, value)| Ok((id, text(value)?))).collect()
}
