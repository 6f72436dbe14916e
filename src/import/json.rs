use super::map::Map;
use super::record::Place;
use super::row::{Row, record};
use super::{Fault, Input, Trouble, Why};
use serde_json::Value;

/// Reads JSON by a mapping: a list of objects, an object with one list of objects in it, or one object a line.
///
/// # Errors
/// The file is not UTF-8 or holds no list.
pub fn read(name: &str, bytes: &[u8], map: &Map) -> Result<Input, Trouble> {
    let records = values(name, bytes)?
        .into_iter()
        .map(|(line, value)| {
            let place = Place { file: name.to_owned(), line };
            value.and_then(|value| record(&Object(&value), map, place))
        })
        .collect();
    Ok(Input { format: "json", source: None, records })
}

type Numbered = (u64, Result<Value, Fault>);

/// The objects of a JSON file with their places: of a list from 1, of lines their line.
pub(super) fn values(name: &str, bytes: &[u8]) -> Result<Vec<Numbered>, Trouble> {
    let text = std::str::from_utf8(bytes).map_err(|error| Trouble::Unreadable(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(list)) => Ok(numbered(list)),
        Ok(Value::Object(mut object)) => {
            let only = object.values_mut().find(|value| value.is_array()).map(Value::take);
            match only {
                Some(Value::Array(list)) => Ok(numbered(list)),
                _ => Ok(numbered(vec![Value::Object(object)])),
            }
        }
        Ok(_) => Err(Trouble::NoList),
        Err(error) if text.starts_with('[') => Err(Trouble::Unreadable(error.to_string())),
        Err(error) => lines(name, text).ok_or_else(|| Trouble::Unreadable(error.to_string())),
    }
}

fn numbered(list: Vec<Value>) -> Vec<Numbered> {
    (1..).zip(list.into_iter().map(Ok)).collect()
}

/// One object a line, if the first line is one.
fn lines(name: &str, text: &str) -> Option<Vec<Numbered>> {
    let filled = (1_u64..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let rows: Vec<Numbered> = filled
        .map(|(line, text)| {
            let why = |error: serde_json::Error| Why::Unreadable(error.to_string());
            let fault = |error| Fault { file: name.to_owned(), line, why: why(error) };
            (line, serde_json::from_str(text).map_err(fault))
        })
        .collect();
    rows.first().is_some_and(|(_, first)| first.is_ok()).then_some(rows)
}

/// An object as a row: columns are paths such as `requester.name`.
pub(super) struct Object<'a>(pub &'a Value);

impl Object<'_> {
    fn at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(self.0, |value, step| match value {
            Value::Array(list) => step.parse::<usize>().ok().and_then(|place| list.get(place)),
            other => other.get(step),
        })
    }
}

impl Row for Object<'_> {
    fn value(&self, column: &str) -> Option<String> {
        as_text(self.at(column)?)
    }

    fn list(&self, column: &str) -> Vec<Box<dyn Row + '_>> {
        let elements = self.at(column).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        elements.iter().map(|value| Box::new(Object(value)) as Box<dyn Row>).collect()
    }
}

fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null | Value::Object(_) => return None,
        Value::String(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().filter_map(as_text).collect::<Vec<_>>().join(","),
    };
    Some(text).filter(|text| !text.trim().is_empty())
}
