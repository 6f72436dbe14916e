use crate::domain::comment::Channel;
use crate::domain::report::{Cell, Dimension, Key, Row, Spread};
use crate::domain::status::{Priority, Status};
use serde_json::{Map, Value, json};

/// A row of a report: its values under the names of their dimensions, then what is counted. `name` knows what numbers
/// are called, and the dates of times; `search` is what finds the tickets that were opened.
pub fn report_row(
    by: &[Dimension],
    row: &Row,
    name: &dyn Fn(Dimension, &Key) -> String,
    search: Option<String>,
) -> Map<String, Value> {
    let keys = by.iter().zip(&row.keys);
    let mut object: Map<String, Value> =
        keys.map(|(one, key)| (one.name().to_owned(), value(*one, key, name))).collect();
    object.extend(report_cell(&row.cell));
    object.insert("search".to_owned(), search.into());
    object
}

/// What is counted of some tickets. Durations are whole seconds.
pub fn report_cell(cell: &Cell) -> Map<String, Value> {
    Map::from_iter([
        ("opened".to_owned(), cell.opened.into()),
        ("solved".to_owned(), cell.solved.into()),
        ("unsolved".to_owned(), cell.unsolved.into()),
        ("reopened".to_owned(), cell.reopened.into()),
        ("first_answer".to_owned(), cell.first_answer.map(spread).into()),
        ("solution".to_owned(), cell.solution.map(spread).into()),
    ])
}

fn spread(spread: Spread) -> Value {
    json!({
        "count": spread.count,
        "median_seconds": spread.median.0 / 1_000,
        "p90_seconds": spread.p90.0 / 1_000,
        "mean_seconds": spread.mean.0 / 1_000,
    })
}

fn value(dimension: Dimension, key: &Key, name: &dyn Fn(Dimension, &Key) -> String) -> Value {
    let named = |id: Option<i64>| {
        let name = id.map(|_| name(dimension, key));
        json!({ "id": id, "name": name })
    };
    match key {
        Key::Status(status) => Status::name(*status).into(),
        Key::Kind(id) => named(id.map(|id| id.0)),
        Key::Organization(id) => named(id.map(|id| id.0)),
        Key::Group(id) => named(id.map(|id| id.0)),
        Key::Assignee(id) => named(id.map(|id| id.0)),
        Key::Requester(id) => named(Some(id.0)),
        Key::Channel(channel) => Channel::name(*channel).into(),
        Key::Priority(priority) => priority.map(Priority::name).into(),
        Key::Tag(tag) => tag.as_ref().map(ToString::to_string).into(),
        Key::Before => "before".into(),
        Key::After => "after".into(),
        Key::Time(_) => name(dimension, key).into(),
    }
}
