use crate::domain::setup::{Datum, Document, Item, ItemKind, Lookup};
use serde_json::{Map, Value};

/// What one of a kind is called on the wire.
pub const fn singular(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Kind => "ticket_form",
        ItemKind::Field => "ticket_field",
        ItemKind::Status => "custom_status",
        other => other.name(),
    }
}

/// What several of a kind are called on the wire.
pub const fn plural(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Kind => "ticket_forms",
        ItemKind::Field => "ticket_fields",
        ItemKind::Status => "custom_statuses",
        ItemKind::View => "views",
        ItemKind::Macro => "macros",
        ItemKind::Trigger => "triggers",
        ItemKind::Automation => "automations",
        ItemKind::Text => "texts",
        ItemKind::Webhook => "webhooks",
        ItemKind::Schedule => "schedules",
    }
}

/// A thing of the set-up: its document with its number as `id`.
pub fn item(item: &Item, lookup: &dyn Lookup) -> Value {
    let mut object = object(&item.document(lookup));
    object.insert("id".to_owned(), item.key().id.into());
    Value::Object(object)
}

/// A document as JSON.
pub fn object(document: &Document) -> Map<String, Value> {
    document.0.iter().map(|(key, datum)| (key.clone(), value(datum))).collect()
}

fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Text(text) => text.as_str().into(),
        Datum::Number(number) => (*number).into(),
        Datum::Flag(flag) => (*flag).into(),
        Datum::List(list) => list.iter().map(value).collect(),
        Datum::Table(document) => Value::Object(object(document)),
    }
}

/// JSON as a document. Under a name with `null` there is nothing.
///
/// # Errors
/// Under which name something stands that documents do not have: a number with decimals, or `null` in a list.
pub fn document(object: Map<String, Value>) -> Result<Document, String> {
    let mut document = Document::default();
    for (key, value) in object {
        if !value.is_null() {
            let datum = datum(value).ok_or_else(|| key.clone())?;
            document.0.insert(key, datum);
        }
    }
    Ok(document)
}

fn datum(value: Value) -> Option<Datum> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(flag) => Datum::Flag(flag),
        Value::Number(number) => Datum::Number(number.as_i64()?),
        Value::String(text) => Datum::Text(text),
        Value::Array(list) => Datum::List(list.into_iter().map(datum).collect::<Option<_>>()?),
        Value::Object(object) => Datum::Table(document(object).ok()?),
    })
}
