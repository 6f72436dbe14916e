//! What every route can answer beside what it is asked for, in the `OpenAPI` document: said once, for all of them.

use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi, RefOr, Response};

/// Describes refusals and answers that are known already on each route that does not do so itself.
pub(super) fn describe(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let is_page = !path.starts_with("/api/");
        for (operation, is_read) in operations(item) {
            let said = &mut operation.responses.responses;
            if said.contains_key("default") {
                continue;
            }
            let mut add = |status: &str, response: Value| {
                if let Ok(response) = serde_json::from_value::<Response>(response) {
                    said.entry(status.to_owned()).or_insert(RefOr::T(response));
                }
            };
            add("4XX", refusal(is_page));
            add("503", refusal(is_page));
            if is_read {
                add("304", json!({ "description": "It is as the tag in If-None-Match says" }));
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&mut Operation, bool)> {
    let all = [(&mut item.get, true), (&mut item.post, false), (&mut item.put, false)];
    let more = [(&mut item.delete, false), (&mut item.patch, false)];
    all.into_iter().chain(more).filter_map(|(one, is_read)| Some((one.as_mut()?, is_read)))
}

/// The envelopes of errors, as they are.
fn refusal(is_page: bool) -> Value {
    let text = json!({ "schema": { "type": "string" } });
    let envelope = json!({ "schema": {
        "type": "object",
        "properties": {
            "error": { "oneOf": [{ "type": "string" }, { "type": "object" }], "description": "A name, or `title` and `message`" },
            "description": { "type": "string" },
            "details": { "type": "object", "description": "By the names of fields" },
            "errors": { "type": "array", "items": { "type": "object" } },
        },
    } });
    let content = if is_page {
        json!({ "text/html": text.clone(), "text/plain": text, "application/json": envelope })
    } else {
        json!({ "application/json": envelope })
    };
    json!({ "description": "Refused: by the status code and what it says", "content": content })
}
