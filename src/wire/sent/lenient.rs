//! What careless clients send is taken for what they mean: a number or a flag where a text belongs, a text where a number
//! or a flag belongs.

use crate::wire::Given;
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

fn worded(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A text.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    given_text(deserializer).map(Given::value)
}

/// A text that may be taken away.
pub fn given_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Given<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(Given::Null),
        value => worded(value).map(Given::Value).ok_or_else(|| D::Error::custom("a text is needed")),
    }
}

/// Yes or no.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    if value.is_null() {
        return Ok(None);
    }
    let flag = match worded(value).unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" | "" => Some(false),
        _ => None,
    };
    flag.map(Some).ok_or_else(|| D::Error::custom("true or false is needed"))
}

/// A number.
pub fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    given_number(deserializer).map(Given::value)
}

/// A number that may be taken away: an empty text does so too.
pub fn given_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Given<i64>, D::Error> {
    let found = match Value::deserialize(deserializer)? {
        Value::Null => return Ok(Given::Null),
        Value::String(text) if text.trim().is_empty() => return Ok(Given::Null),
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    found.map(Given::Value).ok_or_else(|| D::Error::custom("a whole number is needed"))
}

/// Several texts, or one in which they stand between spaces or commas.
pub fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let bad = || D::Error::custom("a list of texts is needed");
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => None,
        Value::Array(list) => Some(list.into_iter().map(|one| worded(one).ok_or_else(bad)).collect::<Result<_, _>>()?),
        value => {
            let text = worded(value).ok_or_else(bad)?;
            Some(text.split([' ', ',']).filter(|one| !one.is_empty()).map(str::to_owned).collect())
        }
    })
}
