//! Rules, macros and views as they are sent.

use super::{Restriction, read_column, read_sort};
use crate::domain::condition::Condition;
use crate::domain::id::RuleId;
use crate::domain::rule::{Automation, Macro, Owner, Trigger};
use crate::domain::setup::{Document, Item, ItemKind, Lookup, Mentions};
use crate::domain::view::{Sort, View};
use crate::wire::Given;
use crate::wire::rules::{Action, BadRow, Conditions, Row, read_actions};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

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
            ItemKind::Macro => Item::Macro(Macro { id, title, description, active, position, owner, then }),
            ItemKind::View => Item::View(View {
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
    fn apply(&self, view: &mut View) -> Result<(), BadRow> {
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
