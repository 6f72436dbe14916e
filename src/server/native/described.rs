use crate::client::Error;
use crate::client::native::{KEY, Method, PREFIX, VIA};
use crate::wire::native::{Shapes, Travels};
use serde_json::{Value, json};
use utoipa::openapi::path::Paths;
use utoipa::openapi::{RefOr, Schema};

/// What an `OpenAPI` document says of a method, and of what travels with it.
pub(super) fn described(method: &Method) -> (Vec<(String, RefOr<Schema>)>, Paths) {
    let mut shapes = Shapes::default();
    let (ask, answer) = ((method.ask)(&mut shapes), (method.answer)(&mut shapes));
    let error = json!({
        "description": "Why not, as the program's own error",
        "content": { "application/json": { "schema": {
            "type": "object",
            "properties": { "error": { "type": "string" }, "guichet": Error::shape(&mut shapes) },
            "required": ["error"],
        } } },
    });
    let operation = json!({
        "tags": ["Guichet"],
        "summary": method.about,
        "operationId": format!("guichet_{}", method.name),
        "parameters": parameters(method),
        "requestBody": { "required": method.takes_file, "content": content(method.takes_file, &ask) },
        "responses": {
            "200": { "description": "What is answered", "content": content(method.gives_file, &answer) },
            "default": error,
        },
    });
    let paths = json!({ format!("{PREFIX}/{}", method.name): { "post": operation } });
    let named = shapes.all().iter().map(|(name, shape)| (format!("Native{name}"), schema(shape)));
    // What cannot be described has no route: a test looks at every one of them.
    (named.collect(), serde_json::from_value(paths).unwrap_or_default())
}

fn schema(shape: &Value) -> RefOr<Schema> {
    serde_json::from_value(shape.clone()).unwrap_or_else(|_| RefOr::T(Schema::default()))
}

/// JSON; with a file it stands on the first line and the file after it.
fn content(with_file: bool, shape: &Value) -> Value {
    if with_file {
        let said = "The first line is JSON, the file follows it";
        json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary", "description": said } } })
    } else {
        json!({ "application/json": { "schema": shape } })
    }
}

fn parameters(method: &Method) -> Value {
    let header = |name: &str, required: bool, about: &str| json!({ "name": name, "in": "header", "required": required, "description": about, "schema": { "type": "string" } });
    let mut all = vec![header(VIA, false, "`web` for who sits before a screen, `api` for programs")];
    if method.keyed {
        all.push(header(KEY, true, "The same again does nothing twice; percent-encoded"));
    }
    Value::Array(all)
}
