//! The protocol itself, written down.

use guichet::client::Error;
use guichet::client::native::METHODS;
use guichet::wire::native::{Shapes, Travels};
use serde_json::Value;
use std::fmt::Write;

/// A schema in a line: `{ id: int64, subject: string, kind?: int64 }`.
fn short(shape: &Value) -> String {
    let all = |list: &Value, between: &str| {
        list.as_array().into_iter().flatten().map(short).collect::<Vec<_>>().join(between)
    };
    if let Some(name) = shape["$ref"].as_str() {
        return name.trim_start_matches("#/components/schemas/Native").to_owned();
    }
    if let Some(names) = shape["enum"].as_array() {
        return names.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    if shape["oneOf"].is_array() {
        return all(&shape["oneOf"], "\n    | ");
    }
    if shape["anyOf"].is_array() {
        return all(&shape["anyOf"], " | ");
    }
    let kind = shape["type"].as_str().unwrap_or("nothing");
    match kind {
        "array" if shape["prefixItems"].is_array() => format!("[{}]", all(&shape["prefixItems"], ", ")),
        "array" => format!("[{}]", short(&shape["items"])),
        "object" if shape["additionalProperties"].is_object() => format!(
            "{{ {}: {} }}",
            shape["propertyNames"]["format"].as_str().unwrap_or_default(),
            short(&shape["additionalProperties"])
        ),
        "object" if shape["properties"].is_object() => {
            let required = |key: &str| shape["required"].as_array().is_some_and(|all| all.iter().any(|one| one == key));
            let keys = shape["properties"].as_object().into_iter().flatten();
            let keys = keys.map(|(key, of)| format!("{key}{}: {}", if required(key) { "" } else { "?" }, short(of)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        _ => shape["format"].as_str().unwrap_or(kind).to_owned(),
    }
}

/// Every method and every type by its keys: a change of it is a change for peers of other versions, and is seen here.
#[test]
fn the_protocol_is_as_it_was() {
    let mut shapes = Shapes::default();
    let mut text = String::new();
    for method in METHODS {
        let (ask, answer) = (short(&(method.ask)(&mut shapes)), short(&(method.answer)(&mut shapes)));
        let ways = [(method.keyed, " keyed"), (method.takes_file, " takes file"), (method.gives_file, " gives file")];
        let ways: String = ways.iter().filter(|(is, _)| *is).map(|(_, way)| *way).collect();
        writeln!(text, "{} {ask} -> {answer}{ways}", method.name).expect("written");
    }
    Error::shape(&mut shapes);
    text.push('\n');
    for (name, shape) in shapes.all() {
        writeln!(text, "{name} {}", short(shape)).expect("written");
    }
    insta::assert_snapshot!(text);
}

/// No two types have one name: the second would be described as the first.
#[test]
fn every_method_is_described() {
    let document = serde_json::to_value(guichet::server::document()).expect("JSON");
    for method in METHODS {
        let operation = &document["paths"][format!("/api/guichet/v1/{}", method.name)]["post"];
        assert_eq!(operation["summary"], method.about);
        assert!(operation["responses"]["200"].is_object() && operation["responses"]["default"].is_object());
    }
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let text = document.to_string();
    for part in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().expect("a name");
        assert!(schemas.contains_key(name), "{name} is named and not described");
    }
    let bare: Vec<_> =
        schemas.iter().filter(|(_, schema)| **schema == serde_json::json!({ "type": "object" })).collect();
    assert!(bare.is_empty(), "described as anything at all: {bare:?}");
    assert!(schemas["NativeTicket"]["properties"]["subject"]["type"] == "string", "{}", schemas["NativeTicket"]);
}
