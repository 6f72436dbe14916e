use crate::domain::setup::Document;
use crate::language::{Language, args};
use crate::notation::{self, Unreadable};

/// TOML, or JSON, as a document, and the names that are to have nothing (`null`).
///
/// # Errors
/// A sentence that says what is wrong, with the line.
pub fn read(text: &str, words: &Language) -> Result<(Document, Vec<String>), String> {
    let no_datum = |key: &str| words.say("setup-no-datum", args![key = key]);
    if text.trim_start().starts_with('{') {
        let json: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let nothing = json.iter().filter(|(_, value)| value.is_null()).map(|(key, _)| key.clone()).collect();
        let document = crate::wire::document::document(json).map_err(|key| no_datum(&key))?;
        return Ok((document, nothing));
    }
    let document = notation::read(text).map_err(|unreadable| match unreadable {
        Unreadable::Syntax { line, why } => words.say("setup-no-toml", args![line = line.to_string(), why = why]),
        Unreadable::Datum(key) => no_datum(&key),
    })?;
    Ok((document, Vec::new()))
}
