//! What works by conditions and actions: views, macros, triggers and automations. What they have in common.

mod automations;
mod definitions;
mod family;
mod macros;
mod triggers;
mod views;

use super::App;
use super::ask::Ask;
use super::caller::Caller;
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Listed, created};
use crate::client::{Client as _, Session};
use crate::domain::act::Deed;
use crate::domain::rule::Owner;
use crate::domain::setup::{Directory, Item, ItemKey, ItemKind, Mentions};
use crate::domain::view::Column;
use crate::language::{Language, args};
use crate::wire::Place;
use crate::wire::document::{plural, singular};
use crate::wire::rules::{BadRow, Macro, Rule, Sent, View};
use crate::words;
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(triggers::routes())
        .merge(automations::routes())
        .merge(macros::routes())
        .merge(views::routes())
}

/// One of them.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum AnyRule {
    Rule(Box<Rule>),
    Macro(Box<Macro>),
    View(Box<View>),
}

/// All of a kind, with what is needed to read and write them.
struct Shelf {
    kind: ItemKind,
    items: Vec<Item>,
    session: Session,
    place: Place,
    names: Directory,
}

impl Shelf {
    /// All of a kind that the one who asks has, in their order.
    async fn of(caller: &Caller, kind: ItemKind) -> Result<Self, Problem> {
        let session = caller.staff().await?;
        let mut items = caller.say(caller.client.items(kind).await)?;
        items.sort_by_key(|item| (item.position(), item.key().id));
        let mentions = items.iter().map(Mentions::of_item).fold(Mentions::default(), Mentions::and);
        let names = caller.say(caller.client.directory(mentions).await)?;
        let place = caller.place(&session);
        Ok(Self { kind, items, session, place, names })
    }

    fn find(&self, id: i64) -> Result<&Item, Problem> {
        self.items.iter().find(|item| item.key().id == id).ok_or_else(Problem::not_found)
    }

    fn title(caller: &Caller, item: &Item) -> String {
        words::item_title(caller.words(), item)
    }

    fn object(&self, caller: &Caller, item: &Item) -> Option<AnyRule> {
        let (names, place) = (&self.names, &self.place);
        Some(match item {
            Item::Trigger(one) => AnyRule::Rule(Box::new(Rule::trigger(one, names, place))),
            Item::Automation(one) => AnyRule::Rule(Box::new(Rule::automation(one, names, place))),
            Item::Macro(one) => AnyRule::Macro(Box::new(Macro::of(one, names, place))),
            Item::View(one) => {
                let titles = |column| self.column(caller, column);
                let title = Self::title(caller, item);
                AnyRule::View(Box::new(View::of(one, title, &titles, names, place)))
            }
            // Nothing else stands on such a shelf.
            Item::Kind(_) | Item::Field(_) | Item::Status(_) | Item::Text(_) | Item::Webhook(_) | Item::Schedule(_) => {
                return None;
            }
        })
    }

    /// What a column is called.
    fn column(&self, caller: &Caller, column: Column) -> String {
        match column {
            Column::Id => caller.words().word("column-number"),
            Column::Field(id) => self.session.fields.get(&id).map_or_else(String::new, |field| field.title.clone()),
            other => caller.words().word(&format!("field-{}", other.name())),
        }
    }

    fn one(&self, caller: &Caller, item: &Item) -> Map<String, Value> {
        Map::from_iter([(singular(self.kind).to_owned(), json!(self.object(caller, item)))])
    }

    fn page<'i>(
        &self,
        caller: &Caller,
        ask: &Ask,
        items: impl IntoIterator<Item = &'i Item>,
    ) -> Result<Listed, Problem> {
        let paging = Paging::of(ask)?;
        let rows = items.into_iter().filter_map(|item| self.object(caller, item)).collect();
        Ok(Json(Rows::whole(rows, &paging)?.body(plural(self.kind), &paging, &caller.here.url(), ask)))
    }

    /// What becomes of one by what is sent.
    async fn changed(&self, caller: &Caller, item: Item, sent: &Sent) -> Result<Item, Problem> {
        let names = caller.say(caller.client.directory(sent.mentions(&self.names)).await)?;
        let shown = if item.key().id == 0 { String::new() } else { Self::title(caller, &item) };
        sent.apply(item, &shown, &names).map_err(|bad| understood(caller.words(), &bad))
    }

    async fn keep(&self, caller: &Caller, item: Item) -> Result<i64, Problem> {
        let receipt = caller.act(Deed::SetItem(Box::new(item))).await?;
        receipt.outcome.item.map(|key| key.id).ok_or_else(Problem::not_found)
    }
}

/// Why something is no condition or no action.
fn understood(words: &Language, bad: &BadRow) -> Problem {
    let (field, said) = match bad {
        BadRow::Field(name) => ("base", words.say("server-no-field", args![name = name.as_str()])),
        BadRow::Operator { field, operator } => {
            ("base", words.say("server-no-operator", args![name = field.as_str(), operator = operator.as_str()]))
        }
        BadRow::Value { field, value } => {
            ("base", words.say("server-no-value", args![name = field.as_str(), value = value.as_str()]))
        }
        BadRow::Sentence(error) => ("conditions", words::sentence_error(words, error)),
        BadRow::Action(_) => ("actions", words.word("server-no-action")),
    };
    Problem::invalid(field, "InvalidValue", &said)
}

/// All of a kind, or those that work, or are somebody's own, or everybody's.
async fn list(caller: &Caller, ask: &Ask, kind: ItemKind, active: Option<bool>) -> Result<Listed, Problem> {
    let shelf = Shelf::of(caller, kind).await?;
    let active = active.or_else(|| ask.get("active").map(|_| ask.is("active")));
    let mut items: Vec<&Item> = shelf.items.iter().filter(|item| fits(item, ask, active)).collect();
    order(caller, ask, &mut items);
    shelf.page(caller, ask, items)
}

fn fits(item: &Item, ask: &Ask, active: Option<bool>) -> bool {
    let access = match ask.get("access") {
        Some("personal") => matches!(item.owner(), Owner::Person(_)),
        Some("shared") => !matches!(item.owner(), Owner::Person(_)),
        Some("account") => item.owner() == Owner::Account,
        _ => true,
    };
    access && active.is_none_or(|active| item.is_active() == active)
}

fn order(caller: &Caller, ask: &Ask, items: &mut [&Item]) {
    match ask.get("sort_by").or_else(|| ask.get("sort")).map(|by| by.trim_start_matches('-')) {
        Some("alphabetical" | "title") => items.sort_by_key(|item| Shelf::title(caller, item).to_lowercase()),
        Some("created_at" | "id") => items.sort_by_key(|item| item.key().id),
        _ => {}
    }
    let backward = ask.get("sort").is_some_and(|by| by.starts_with('-'));
    if ask.get("sort_order") == Some("desc") || backward {
        items.reverse();
    }
}

/// Those with these words in the title.
async fn search(caller: &Caller, ask: &Ask, kind: ItemKind) -> Result<Listed, Problem> {
    let shelf = Shelf::of(caller, kind).await?;
    let active = ask.get("active").map(|_| ask.is("active"));
    let wanted = ask.get("query").unwrap_or_default().to_lowercase();
    let found = |item: &&Item| Shelf::title(caller, item).to_lowercase().contains(&wanted) && fits(item, ask, active);
    let mut items: Vec<&Item> = shelf.items.iter().filter(found).collect();
    order(caller, ask, &mut items);
    shelf.page(caller, ask, items)
}

async fn show(caller: &Caller, kind: ItemKind, id: i64) -> Result<Listed, Problem> {
    let shelf = Shelf::of(caller, kind).await?;
    Ok(Json(shelf.one(caller, shelf.find(id)?)))
}

async fn create(caller: &Caller, kind: ItemKind, sent: &Sent) -> Result<Response, Problem> {
    let shelf = Shelf::of(caller, kind).await?;
    let fresh = sent.fresh(kind).ok_or_else(Problem::not_found)?;
    let id = shelf.keep(caller, shelf.changed(caller, fresh, sent).await?).await?;
    let shelf = Shelf::of(caller, kind).await?;
    let body = shelf.one(caller, shelf.find(id)?);
    Ok(created(caller, &format!("{}/{id}", plural(kind)), body))
}

async fn update(caller: &Caller, kind: ItemKind, id: i64, sent: &Sent) -> Result<Listed, Problem> {
    let shelf = Shelf::of(caller, kind).await?;
    let item = shelf.changed(caller, shelf.find(id)?.clone(), sent).await?;
    shelf.keep(caller, item).await?;
    show(caller, kind, id).await
}

/// Several, each by its number; answered with all of them.
async fn update_many(caller: &Caller, kind: ItemKind, sent: &[Sent]) -> Result<Listed, Problem> {
    if sent.len() > 100 {
        return Err(Problem::too_many_values());
    }
    let shelf = Shelf::of(caller, kind).await?;
    let mut items = Vec::with_capacity(sent.len());
    for one in sent {
        let item = shelf.find(one.id.unwrap_or_default())?.clone();
        items.push(shelf.changed(caller, item, one).await?);
    }
    let ids: Vec<i64> = items.iter().map(|item| item.key().id).collect();
    for item in items {
        shelf.keep(caller, item).await?;
    }
    let shelf = Shelf::of(caller, kind).await?;
    shelf.page(caller, &Ask::default(), shelf.items.iter().filter(|item| ids.contains(&item.key().id)))
}

async fn delete(caller: &Caller, kind: ItemKind, id: i64) -> Result<StatusCode, Problem> {
    Shelf::of(caller, kind).await?.find(id)?;
    caller.act(Deed::DeleteItem(ItemKey { kind, id })).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Several; 204, and no job.
async fn destroy_many(caller: &Caller, kind: ItemKind, ask: &Ask) -> Result<StatusCode, Problem> {
    let shelf = Shelf::of(caller, kind).await?;
    for id in ask.ids("ids")? {
        // Those that are gone already are left out, as elsewhere.
        if shelf.find(id).is_ok() {
            caller.act(Deed::DeleteItem(ItemKey { kind, id })).await?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn reorder(caller: &Caller, kind: ItemKind, order: Vec<i64>) -> Result<Listed, Problem> {
    caller.act(Deed::OrderItems { kind, order }).await?;
    list(caller, &Ask::default(), kind, None).await
}
