use super::Travels;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// JSON schemas of values that travel, by the names of their types.
#[derive(Clone, Debug, Default)]
pub struct Shapes(BTreeMap<String, Json>);

/// Where the schemas stand in an `OpenAPI` document.
const PLACE: &str = "#/components/schemas/Native";

impl Shapes {
    /// All so far: the name of a type and its schema.
    pub fn all(&self) -> &BTreeMap<String, Json> {
        &self.0
    }

    /// The schema of a type by its name, made unless there is one of that name.
    pub(crate) fn define(&mut self, name: String, make: impl FnOnce(&mut Self) -> Json) -> Json {
        let place = json!({ "$ref": format!("{PLACE}{name}") });
        if !self.0.contains_key(&name) {
            // For types that are parts of themselves.
            self.0.insert(name.clone(), Json::Null);
            let schema = make(self);
            self.0.insert(name, schema);
        }
        place
    }

    /// By what name a schema is known; that of a list is its items'.
    pub(crate) fn name(shape: &Json) -> String {
        let place = shape.get("$ref").and_then(Json::as_str);
        place.map_or_else(String::new, |place| place.trim_start_matches(PLACE).to_owned())
    }

    /// The schema of what stands under a key, and whether the key can be left out. What is handed in only says where it
    /// stands; it is never called.
    pub(crate) fn key<S, T: Travels>(&mut self, _: impl for<'a> Fn(&'a S) -> Option<&'a T>) -> (Json, bool) {
        (T::shape(self), T::OMITTABLE)
    }

    pub(crate) fn object<const N: usize>(keys: [(&str, (Json, bool)); N]) -> Json {
        let required: Vec<&str> = keys.iter().filter(|(_, (_, omittable))| !omittable).map(|(key, _)| *key).collect();
        let required = Json::from(required);
        let properties: Map<String, Json> = keys.into_iter().map(|(key, (shape, _))| (key.to_owned(), shape)).collect();
        json!({ "type": "object", "properties": properties, "required": required })
    }

    /// Several things, each at its place.
    pub(crate) fn list<const N: usize>(items: [(&str, (Json, bool)); N]) -> Json {
        let least = items.iter().take_while(|(_, (_, omittable))| !omittable).count();
        let items: Vec<Json> = items.into_iter().map(|(_, (shape, _))| shape).collect();
        json!({ "type": "array", "prefixItems": items, "items": false, "minItems": least })
    }

    /// One of several variants, with what each has.
    pub(crate) fn one_of<const N: usize>(variants: [(String, Option<Json>); N]) -> Json {
        let mut alone = Vec::new();
        let mut several = Vec::new();
        for (name, payload) in variants {
            match payload {
                None => alone.push(Json::String(name)),
                Some(payload) => several.push(json!({
                    "type": "object",
                    "properties": { name.clone(): payload },
                    "required": [name],
                    "maxProperties": 1,
                })),
            }
        }
        let alone = (!alone.is_empty()).then(|| json!({ "type": "string", "enum": alone }));
        let mut all: Vec<Json> = alone.into_iter().chain(several).collect();
        if all.len() == 1 { all.remove(0) } else { json!({ "oneOf": all }) }
    }
}
