mod sent;

pub use sent::{Output, Sent};

use super::{Action, BadRow, Conditions};
use crate::domain::id::{FieldId, GroupId, PersonId};
use crate::domain::rule::{Automation, Macro as DomainMacro, Owner, Trigger};
use crate::domain::setup::{ItemKind, Lookup};
use crate::domain::view::{Column, SortKey, View as DomainView};
use crate::wire::{Place, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

/// A trigger or an automation.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = BusinessRule)]
pub struct Rule {
    id: i64,
    url: Option<String>,
    title: String,
    raw_title: String,
    description: String,
    active: bool,
    position: i64,
    default: bool,
    conditions: Conditions,
    actions: Vec<Action>,
    created_at: Option<Time>,
    updated_at: Option<Time>,
    /// Of automations: the name in scripts.
    #[serde(skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    /// Of triggers: in which part of their list it stands; here they have none.
    category_id: Option<String>,
    /// Of automations: whether it runs once for each time that the ticket enters a status.
    #[serde(skip_serializing_if = "Option::is_none")]
    once: Option<bool>,
}

/// A macro.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Macro {
    id: i64,
    url: Option<String>,
    title: String,
    raw_title: String,
    description: String,
    active: bool,
    position: i64,
    default: bool,
    actions: Vec<Action>,
    restriction: Option<Restriction>,
    created_at: Option<Time>,
    updated_at: Option<Time>,
}

/// A saved list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = SavedView)]
pub struct View {
    id: i64,
    url: Option<String>,
    title: String,
    raw_title: String,
    description: String,
    active: bool,
    position: i64,
    default: bool,
    conditions: Conditions,
    execution: Execution,
    restriction: Option<Restriction>,
    slug: String,
    created_at: Option<Time>,
    updated_at: Option<Time>,
}

/// Whose it is; nothing where it is everybody's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[schema(as = ViewRestriction)]
pub struct Restriction {
    /// `Group` or `User`
    pub r#type: String,
    /// Which.
    pub id: Option<i64>,
    /// Which, where several could be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<i64>>,
}

/// How a view shows its tickets.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Execution {
    group_by: Option<String>,
    group_order: &'static str,
    sort_by: &'static str,
    sort_order: &'static str,
    columns: Vec<ViewColumn>,
    fields: Vec<ViewColumn>,
    custom_fields: Vec<ViewColumn>,
    group: Option<Ordered>,
    sort: Option<Ordered>,
}

/// A column by which a view gathers or orders its tickets.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ViewOrder)]
pub struct Ordered {
    id: Json,
    title: String,
    order: &'static str,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ViewColumn {
    /// Its name; of a field of the account's own its number.
    pub id: Json,
    /// As people read it.
    pub title: String,
}

impl Rule {
    /// A trigger.
    pub fn trigger(one: &Trigger, lookup: &dyn Lookup, place: &Place) -> Self {
        let (created_at, updated_at) = place.item_dates(ItemKind::Trigger, one.id.0);
        Self {
            id: one.id.0,
            url: place.url(&format!("triggers/{}", one.id)),
            title: one.title.clone(),
            raw_title: one.title.clone(),
            description: one.description.clone(),
            active: one.active,
            position: one.position,
            default: false,
            conditions: Conditions::of(&one.when, lookup),
            actions: Action::all(&one.then, lookup),
            created_at,
            updated_at,
            slug: None,
            category_id: None,
            once: None,
        }
    }

    /// An automation.
    pub fn automation(one: &Automation, lookup: &dyn Lookup, place: &Place) -> Self {
        let (created_at, updated_at) = place.item_dates(ItemKind::Automation, one.id.0);
        Self {
            id: one.id.0,
            url: place.url(&format!("automations/{}", one.id)),
            title: one.title.clone(),
            raw_title: one.title.clone(),
            description: one.description.clone(),
            active: one.active,
            position: one.position,
            default: false,
            conditions: Conditions::of(&one.when, lookup),
            actions: Action::all(&one.then, lookup),
            created_at,
            updated_at,
            slug: Some(one.slug.clone()),
            category_id: None,
            once: Some(one.once),
        }
    }
}

impl Macro {
    /// A macro.
    pub fn of(one: &DomainMacro, lookup: &dyn Lookup, place: &Place) -> Self {
        let (created_at, updated_at) = place.item_dates(ItemKind::Macro, one.id.0);
        Self {
            id: one.id.0,
            url: place.url(&format!("macros/{}", one.id)),
            title: one.title.clone(),
            raw_title: one.title.clone(),
            description: one.description.clone(),
            active: one.active,
            position: one.position,
            default: false,
            actions: Action::all(&one.then, lookup),
            created_at,
            updated_at,
            restriction: Restriction::of(one.owner),
        }
    }
}

impl View {
    /// A view with its title as people read it; `titles` names its columns.
    pub fn of(
        one: &DomainView,
        title: String,
        titles: &dyn Fn(Column) -> String,
        lookup: &dyn Lookup,
        place: &Place,
    ) -> Self {
        let column = |column: &Column| ViewColumn { id: column_id(*column), title: titles(*column) };
        let columns: Vec<ViewColumn> = one.columns.iter().map(column).collect();
        let (custom_fields, fields) = columns.iter().cloned().partition(|column| column.id.is_i64());
        let (created_at, updated_at) = place.item_dates(ItemKind::View, one.id.0);
        let order = if one.sort.descending { "desc" } else { "asc" };
        let execution = Execution {
            group_by: one.group_by.map(column_name),
            group_order: "asc",
            sort_by: sort_name(one.sort.by),
            sort_order: order,
            columns,
            fields,
            custom_fields,
            group: one.group_by.map(|by| Ordered { id: column_id(by), title: titles(by), order: "asc" }),
            sort: Some(Ordered { id: sort_name(one.sort.by).into(), title: sort_name(one.sort.by).to_owned(), order }),
        };
        Self {
            id: one.id.0,
            url: place.url(&format!("views/{}", one.id)),
            raw_title: title.clone(),
            title,
            description: one.description.clone(),
            active: one.active,
            position: one.position,
            default: false,
            conditions: Conditions::of(&one.when, lookup),
            execution,
            restriction: Restriction::of(one.owner),
            slug: one.slug.clone(),
            created_at,
            updated_at,
        }
    }
}

impl Restriction {
    fn of(owner: Owner) -> Option<Self> {
        match owner {
            Owner::Account => None,
            Owner::Group(id) => Some(Self { r#type: "Group".to_owned(), id: Some(id.0), ids: Some(vec![id.0]) }),
            Owner::Person(id) => Some(Self { r#type: "User".to_owned(), id: Some(id.0), ids: None }),
        }
    }

    fn owner(&self) -> Result<Owner, BadRow> {
        let id = self.id.or_else(|| self.ids.as_ref()?.first().copied());
        match (self.r#type.as_str(), id) {
            ("Group", Some(id)) => Ok(Owner::Group(GroupId(id))),
            ("User", Some(id)) => Ok(Owner::Person(PersonId(id))),
            _ => Err(BadRow::Value { field: "restriction".to_owned(), value: self.r#type.clone() }),
        }
    }
}

/// What the API calls columns otherwise than we do.
const COLUMNS: [(Column, &str); 3] =
    [(Column::Id, "nice_id"), (Column::Kind, "ticket_form"), (Column::Due, "due_date")];

/// What a column is called.
pub fn column_name(column: Column) -> String {
    match column {
        Column::Field(id) => id.to_string(),
        other => COLUMNS.into_iter().find(|(one, _)| *one == other).map_or(other.name(), |(_, name)| name).to_owned(),
    }
}

fn column_id(column: Column) -> Json {
    match column {
        Column::Field(id) => id.0.into(),
        other => column_name(other).into(),
    }
}

/// The column of that name or number.
///
/// # Errors
/// There is none.
pub fn read_column(value: &Json) -> Result<Column, BadRow> {
    let bad = || BadRow::Value { field: "columns".to_owned(), value: value.to_string() };
    let text = match value {
        Json::Number(number) => return number.as_i64().map(|id| Column::Field(FieldId(id))).ok_or_else(bad),
        Json::String(text) => text.as_str(),
        _ => return Err(bad()),
    };
    let named = COLUMNS.into_iter().find(|(_, name)| *name == text).map(|(column, _)| column);
    let system = || Column::SYSTEM.into_iter().find(|column| column.name() == text);
    let custom = || text.parse().ok().map(|id| Column::Field(FieldId(id)));
    named.or_else(system).or_else(custom).ok_or_else(bad)
}

const fn sort_name(by: SortKey) -> &'static str {
    match by {
        SortKey::Id => "nice_id",
        other => other.name(),
    }
}

/// The key of that name.
pub fn read_sort(name: &str) -> Option<SortKey> {
    if name == "nice_id" { Some(SortKey::Id) } else { SortKey::parse(name) }
}
