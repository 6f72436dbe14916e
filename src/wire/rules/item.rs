use super::{Action, BadRow, Conditions, Row, read_actions};
use crate::domain::condition::Condition;
use crate::domain::id::{FieldId, GroupId, PersonId, RuleId};
use crate::domain::rule::{Automation, Macro as DomainMacro, Owner, Trigger};
use crate::domain::setup::{Document, Item, ItemKind, Lookup, Mentions};
use crate::domain::view::{Column, Sort, SortKey, View as DomainView};
use crate::wire::{Given, Place};
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
    /// Of automations: the name in scripts.
    #[serde(skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
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
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ViewColumn {
    /// Its name; of a field of the account's own its number.
    pub id: Json,
    /// As people read it.
    pub title: String,
}

/// A rule, macro or view to be made or changed: views are written in another shape than they are read in.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = SentRule)]
pub struct Sent {
    /// As people read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is for.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub description: Given<String>,
    /// Whether it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// What must be true: replaces both lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Conditions>,
    /// The same, as views are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<Vec<Row>>,
    /// The same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any: Option<Vec<Row>>,
    /// What is done: replaces all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<Vec<Action>>,
    /// Whose it is.
    #[schema(value_type = Option<Restriction>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub restriction: Given<Restriction>,
    /// How a view shows its tickets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<Output>,
    /// The name in scripts, of views and automations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Of automations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub once: Option<bool>,
    /// Which is meant, where several are changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
}

/// How a view is to show its tickets.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = ViewOutput)]
pub struct Output {
    /// Names of columns, and numbers of fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<Json>>,
    /// By what rows are gathered.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Given::is_absent")]
    pub group_by: Given<String>,
    /// In which order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_by: Option<String>,
    /// `asc` or `desc`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_order: Option<String>,
}

impl Rule {
    /// A trigger.
    pub fn trigger(one: &Trigger, lookup: &dyn Lookup, place: &Place) -> Self {
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
            slug: None,
            once: None,
        }
    }

    /// An automation.
    pub fn automation(one: &Automation, lookup: &dyn Lookup, place: &Place) -> Self {
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
            slug: Some(one.slug.clone()),
            once: Some(one.once),
        }
    }
}

impl Macro {
    /// A macro.
    pub fn of(one: &DomainMacro, lookup: &dyn Lookup, place: &Place) -> Self {
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
        let execution = Execution {
            group_by: one.group_by.map(column_name),
            group_order: "asc",
            sort_by: sort_name(one.sort.by),
            sort_order: if one.sort.descending { "desc" } else { "asc" },
            columns,
            fields,
            custom_fields,
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

fn read_column(value: &Json) -> Result<Column, BadRow> {
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

impl Sent {
    /// What it names, as far as it is written out in words of ours. What fields hold is known already.
    pub fn mentions(&self, known: &dyn Lookup) -> Mentions {
        let rows = self.conditions.iter().flat_map(|both| both.all.iter().chain(&both.any));
        let rows = rows.chain(self.all.iter().flatten()).chain(self.any.iter().flatten());
        let sentences = rows.filter(|row| row.field == "condition").filter_map(|row| row.value.as_str());
        let mut mentions = Mentions::default();
        for sentence in sentences {
            mentions = mentions.and(Mentions::of_sentence(sentence, known));
        }
        let actions: Vec<&str> = self.actions.iter().flatten().filter_map(|action| action.value.as_str()).collect();
        let document = Document::default().with("title", "any").with("when", "").with("actions", actions);
        mentions.and(Mentions::of_document(ItemKind::Trigger, &document, known))
    }

    /// Whether it says what must be true.
    pub fn condition(&self, lookup: &dyn Lookup) -> Result<Option<Condition>, BadRow> {
        let both = match (&self.conditions, &self.all, &self.any) {
            (Some(both), ..) => both.clone(),
            (None, None, None) => return Ok(None),
            (None, all, any) => {
                Conditions { all: all.clone().unwrap_or_default(), any: any.clone().unwrap_or_default() }
            }
        };
        both.read(lookup).map(Some)
    }

    /// A new one of a kind, with nothing but what must be.
    pub fn fresh(&self, kind: ItemKind) -> Option<Item> {
        let title = self.title.clone().unwrap_or_default();
        let slug = self.slug.clone().unwrap_or_else(|| slug_of(&title));
        let (id, when, then) = (RuleId(0), Condition::EVERYTHING, Vec::new());
        let (description, active, position, owner) = (String::new(), true, 0, Owner::Account);
        Some(match kind {
            ItemKind::Trigger => Item::Trigger(Trigger { id, title, description, active, position, when, then }),
            ItemKind::Automation => {
                Item::Automation(Automation { id, slug, title, description, active, position, when, then, once: false })
            }
            ItemKind::Macro => Item::Macro(DomainMacro { id, title, description, active, position, owner, then }),
            ItemKind::View => Item::View(DomainView {
                id,
                slug,
                title: Some(title),
                description,
                active,
                position,
                owner,
                when,
                sort: Sort::LATEST,
                group_by: None,
                columns: Vec::new(),
            }),
            _ => return None,
        })
    }

    /// What becomes of one; `shown` is its title as it was shown, which is no change.
    ///
    /// # Errors
    /// The first that cannot be understood.
    pub fn apply(&self, item: Item, shown: &str, lookup: &dyn Lookup) -> Result<Item, BadRow> {
        let (when, then) = (self.condition(lookup)?, self.then(lookup)?);
        let owner = match &self.restriction {
            Given::Absent => None,
            Given::Null => Some(Owner::Account),
            Given::Value(restriction) => Some(restriction.owner()?),
        };
        let title = self.title.clone().filter(|title| title != shown);
        let description = self.description.clone().change().map(Option::unwrap_or_default);
        let mut item = item;
        match &mut item {
            Item::Trigger(one) => {
                set(&mut one.title, title);
                set(&mut one.description, description);
                set(&mut one.when, when);
                set(&mut one.then, then);
            }
            Item::Automation(one) => {
                set(&mut one.title, title);
                set(&mut one.slug, self.slug.clone());
                set(&mut one.description, description);
                set(&mut one.when, when);
                set(&mut one.then, then);
                set(&mut one.once, self.once);
            }
            Item::Macro(one) => {
                set(&mut one.title, title);
                set(&mut one.description, description);
                set(&mut one.then, then);
                set(&mut one.owner, owner);
            }
            Item::View(one) => {
                set(&mut one.title, title.map(Some));
                set(&mut one.slug, self.slug.clone());
                set(&mut one.description, description);
                set(&mut one.when, when);
                set(&mut one.owner, owner);
                self.output.as_ref().map_or(Ok(()), |output| output.apply(one))?;
            }
            _ => {}
        }
        let item = self.position.filter(|at| *at > 0).map_or(item.clone(), |at| item.clone().at(at));
        Ok(self.active.and_then(|on| item.clone().switched(on)).unwrap_or(item))
    }

    fn then(&self, lookup: &dyn Lookup) -> Result<Option<Vec<crate::domain::rule::Action>>, BadRow> {
        self.actions.as_ref().map(|actions| read_actions(actions, lookup)).transpose()
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

impl Output {
    fn apply(&self, view: &mut DomainView) -> Result<(), BadRow> {
        let bad = |field: &str, value: &str| BadRow::Value { field: field.to_owned(), value: value.to_owned() };
        if let Some(columns) = &self.columns {
            view.columns = columns.iter().map(read_column).collect::<Result<_, _>>()?;
        }
        match &self.group_by {
            Given::Absent => {}
            Given::Null => view.group_by = None,
            Given::Value(name) if name.is_empty() => view.group_by = None,
            Given::Value(name) => view.group_by = Some(read_column(&name.as_str().into())?),
        }
        if let Some(name) = &self.sort_by {
            view.sort.by = read_sort(name).ok_or_else(|| bad("sort_by", name))?;
        }
        if let Some(order) = &self.sort_order {
            view.sort.descending = order == "desc";
        }
        Ok(())
    }
}

/// A name for scripts out of a title.
fn slug_of(title: &str) -> String {
    let folded = crate::domain::word::words(title).join("-");
    let plain: String = folded.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    plain.trim_matches('-').chars().take(60).collect()
}
