//! Fields, kinds, statuses and views as an account tells them.

use crate::client::ViewTitle;
use crate::domain::account::{Appearance, Kind};
use crate::domain::field::{Access, Choice, Field, FieldType, Holder, Pattern, SystemField, Value};
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, RuleId, StatusId};
use crate::domain::rule::Owner;
use crate::domain::status::{CustomStatus, Status};
use crate::domain::tag::Tag;
use crate::domain::view::Column;
use crate::domain::word::words;
use crate::wire::received::Row;
use crate::wire::rules::read_column;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// A field; none for those that ours has no place for.
pub(super) fn field(row: Row<'_>, of: Holder) -> Option<Field> {
    let title = row.words("title");
    let portal = row.filled("title_in_portal").filter(|portal| *portal != title).map(str::to_owned);
    let sees = row.flag("visible_in_portal").unwrap_or_default();
    let edits = row.flag("editable_in_portal").unwrap_or_default();
    let access = match (sees, edits) {
        (_, true) => Access::RequestersEdit,
        (true, false) => Access::RequestersSee,
        (false, false) => Access::Agents,
    };
    Some(Field {
        id: FieldId(row.int("id")?),
        of,
        slug: row.filled("key").map_or_else(|| slug(&title, "_"), str::to_owned),
        requester_title: portal,
        description: row.words("description"),
        translations: BTreeMap::new(),
        kind: field_type(row)?,
        access,
        required_to_submit: row.flag("required_in_portal").unwrap_or_default(),
        required_to_solve: row.flag("required").unwrap_or_default(),
        default: None,
        active: row.flag("active").unwrap_or(true),
        position: row.int("position").unwrap_or_default(),
        title,
    })
}

fn field_type(row: Row<'_>) -> Option<FieldType> {
    let name = row.text("type")?;
    Some(match name {
        // A number of another object: as it is written.
        "text" | "lookup" => FieldType::Text,
        "textarea" => FieldType::Lines,
        "integer" => FieldType::Integer,
        "decimal" => FieldType::Decimal,
        "date" => FieldType::Date,
        "checkbox" => FieldType::Checkbox { tag: row.filled("tag").and_then(|tag| Tag::parse(tag).ok()) },
        "tagger" | "dropdown" => FieldType::Choice(choices(row)),
        "multiselect" => FieldType::Choices(choices(row)),
        "regexp" => FieldType::Pattern(Pattern::new(row.words("regexp_for_validation"))),
        "partialcreditcard" => FieldType::Masked,
        "basic_priority" => FieldType::System(SystemField::Priority),
        other => FieldType::System(SystemField::parse(other)?),
    })
}

fn choices(row: Row<'_>) -> Vec<Choice> {
    let one = |option: Row<'_>| Some(Choice::new(option.text("name")?, Tag::parse(option.text("value")?).ok()?));
    row.list("custom_field_options").filter_map(one).collect()
}

/// What a field holds.
pub(super) fn held(field: &Field, value: &Json) -> Option<Value> {
    let written = crate::wire::written(value).filter(|text| !text.trim().is_empty())?;
    match field.kind.read(&written) {
        Ok(value) => value,
        // An option that is gone stays where it was chosen.
        Err(_) => match &field.kind {
            FieldType::Choice(_) => Tag::parse(&written).ok().map(Value::Choice),
            FieldType::Choices(_) => {
                let tags: BTreeSet<Tag> = written.split_whitespace().filter_map(|tag| Tag::parse(tag).ok()).collect();
                Some(tags).filter(|tags| !tags.is_empty()).map(Value::Choices)
            }
            FieldType::Pattern(_) | FieldType::Masked => Some(Value::Text(written)),
            _ => None,
        },
    }
}

/// A form as a kind.
pub(super) fn kind(row: Row<'_>, position: i64, staff: bool) -> Option<Kind> {
    let id = KindId(row.int("id")?);
    let name = row.words("name");
    let shown = row.filled("display_name").filter(|_| !staff).map_or_else(|| name.clone(), str::to_owned);
    let theirs = if staff { "agent_conditions" } else { "end_user_conditions" };
    let slug = row.filled("kind").map_or_else(|| slug(&name, "-"), str::to_owned);
    Some(Kind {
        name: shown,
        guidance: row.words("guidance"),
        fields: row.ints("ticket_field_ids").map(FieldId).collect(),
        conditions: row.list(theirs).flat_map(appearances).collect(),
        active: row.flag("active").unwrap_or(true),
        requesters: row.flag("end_user_visible").unwrap_or(true),
        default: row.flag("default").unwrap_or_default(),
        position,
        ..Kind::new(id, &slug)
    })
}

/// Those of its fields that must be filled in, and those that need not.
fn appearances(condition: Row<'_>) -> Vec<Appearance> {
    let Some(parent) = condition.int("parent_field_id") else { return Vec::new() };
    let value = crate::wire::written(condition.get("value").0).unwrap_or_default();
    let mut shown: BTreeMap<bool, Vec<FieldId>> = BTreeMap::new();
    for child in condition.list("child_fields") {
        let required = child.flag("is_required").unwrap_or_default();
        shown.entry(required).or_default().extend(child.int("id").map(FieldId));
    }
    let one = |(required, shows)| Appearance { field: FieldId(parent), value: value.clone(), shows, required };
    shown.into_iter().map(one).collect()
}

/// A status of the account's own.
pub(super) fn status(row: Row<'_>, position: i64) -> Option<CustomStatus> {
    Some(CustomStatus {
        id: StatusId(row.int("id")?),
        category: Status::parse(row.text("status_category")?)?,
        name: row.words("agent_label"),
        requester_name: row.filled("end_user_label").map(str::to_owned),
        description: row.words("description"),
        active: row.flag("active").unwrap_or(true),
        default: row.flag("default").unwrap_or_default(),
        position: row.int("position").unwrap_or(position),
        translations: BTreeMap::new(),
    })
}

/// A view as a tab shows it.
pub(super) fn view(row: Row<'_>) -> Option<ViewTitle> {
    let title = row.words("title");
    let execution = row.get("execution");
    let column = |column: Row<'_>| read_column(column.get("id").0).ok();
    let by = execution.get("group_by");
    let by = if by.0.is_object() { by.get("id") } else { by };
    let group_by = read_column(by.0).ok().filter(|column: &Column| column.gathers());
    Some(ViewTitle {
        id: RuleId(row.int("id")?),
        slug: row.filled("slug").map_or_else(|| slug(&title, "-"), str::to_owned),
        title,
        owner: owner(row.get("restriction")),
        columns: execution.list("columns").filter_map(column).collect(),
        group_by,
    })
}

/// Whose a view or macro is.
pub(super) fn owner(restriction: Row<'_>) -> Owner {
    let id = restriction.int("id").or_else(|| restriction.ints("ids").next());
    match (restriction.text("type"), id) {
        (Some("Group"), Some(id)) => Owner::Group(GroupId(id)),
        (Some("User"), Some(id)) => Owner::Person(PersonId(id)),
        _ => Owner::Account,
    }
}

/// A name for scripts out of a title.
fn slug(title: &str, between: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric();
    let parts = words(title).into_iter().map(|word| word.chars().filter(plain).collect::<String>());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between).chars().take(60).collect()
}

/// Gives those another name for scripts that have none, or the same as one before.
pub(super) fn unique<T>(all: &mut [T], slug: impl Fn(&mut T) -> &mut String, id: impl Fn(&T) -> i64) {
    let mut seen = BTreeSet::new();
    for one in all {
        let number = id(one);
        let name = slug(one);
        if name.is_empty() || !seen.insert(name.clone()) {
            *name = if name.is_empty() { format!("n{number}") } else { format!("{name}-{number}") };
            seen.insert(name.clone());
        }
    }
}
