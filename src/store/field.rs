//! What fields hold, as JSON in one column, and as rows by which tickets are found.

use super::dialect::Value as Bound;
use super::ticket::damaged;
use crate::domain::field::{Day, Decimal, Value, found};
use crate::domain::id::FieldId;
use crate::domain::tag::Tag;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// A value with its type. The names are a format that is kept for good.
pub(super) fn write_value(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!({ "text": text }),
        Value::Integer(number) => json!({ "integer": number }),
        Value::Decimal(number) => json!({ "decimal": number.0 }),
        Value::Date(day) => json!({ "date": day.number() }),
        Value::Checked(on) => json!({ "checked": on }),
        Value::Choice(tag) => json!({ "choice": tag.as_str() }),
        Value::Choices(tags) => json!({ "choices": tags.iter().map(Tag::as_str).collect::<Vec<_>>() }),
    }
}

/// The way back from [`write_value`].
pub(super) fn read_value(json: &Json) -> Option<Value> {
    let (name, json) = json.as_object()?.iter().next()?;
    let tag = |json: &Json| Tag::parse(json.as_str()?).ok();
    match name.as_str() {
        "text" => Some(Value::Text(json.as_str()?.to_owned())),
        "integer" => json.as_i64().map(Value::Integer),
        "decimal" => json.as_i64().map(|number| Value::Decimal(Decimal(number))),
        "date" => Day::of(json.as_i64()?).map(Value::Date),
        "checked" => json.as_bool().map(Value::Checked),
        "choice" => tag(json).map(Value::Choice),
        "choices" => json.as_array()?.iter().map(tag).collect::<Option<BTreeSet<_>>>().map(Value::Choices),
        _ => None,
    }
}

/// All fields of one ticket, person or organization.
pub(super) fn write_fields(fields: &BTreeMap<FieldId, Value>) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let all: Map<String, Json> = fields.iter().map(|(id, value)| (id.to_string(), write_value(value))).collect();
    Json::Object(all).to_string()
}

/// The way back from [`write_fields`].
pub(super) fn read_fields(text: &str) -> sqlx::Result<BTreeMap<FieldId, Value>> {
    if text == "{}" {
        return Ok(BTreeMap::new());
    }
    let all: Map<String, Json> = serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))?;
    let one = |(id, json): (&String, &Json)| Some((FieldId(id.parse().ok()?), read_value(json)?));
    all.iter().map(|pair| one(pair).ok_or_else(|| damaged("a field holds what it cannot"))).collect()
}

/// By what the tickets, people or organizations are found that hold a value: a number, or a folded text; several for
/// several options.
pub(super) fn found_by(value: &Value) -> Vec<(Option<i64>, Option<String>)> {
    let text = |text: String| (None, Some(text));
    match value {
        Value::Text(words) => vec![text(found(words))],
        Value::Integer(number) | Value::Decimal(Decimal(number)) => vec![(Some(*number), None)],
        Value::Date(day) => vec![(Some(day.number()), None)],
        Value::Checked(on) => vec![(Some(i64::from(*on)), None)],
        Value::Choice(tag) => vec![text(tag.to_string())],
        Value::Choices(tags) => tags.iter().map(|tag| text(tag.to_string())).collect(),
    }
}

/// The rows of one field of a ticket, a person or an organization.
pub(super) fn rows(holder: i64, field: FieldId, value: &Value) -> Vec<[Bound; 4]> {
    let row = |(number, text): (Option<i64>, Option<String>)| -> [Bound; 4] {
        [field.0.into(), number.into(), text.into(), holder.into()]
    };
    found_by(value).into_iter().map(row).collect()
}
