use crate::domain::field::Value;
use crate::domain::tag::Tag;
use serde::Serialize;

/// What a field holds: decimals and days are texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
