//! The set-up: each thing is a row with its document as JSON, in which others are named by their numbers.

mod uses;

use super::Store;
use super::dialect::{Batch, read_row};
use super::fault::{Fault, FaultKind};
use super::ticket::{damaged, json_numbers};
use crate::domain::id::GroupId;
use crate::domain::person::Person;
use crate::domain::rule::Owner;
use crate::domain::setup::{Datum, Directory, Document, Item, ItemKey, ItemKind, Mentions, Numbers, Refers, Setup};
use crate::domain::time::Timestamp;
use crate::domain::view::View;
use serde_json::{Map, Value as Json};
use sqlx::Row;
use std::collections::BTreeMap;
pub(super) use uses::{UsesRow, options_held, push_use};

/// A row of `SELECT kind, id, body FROM items`.
pub(super) struct ItemRow(pub(super) Item);

read_row!(ItemRow, |row| {
    let kind = ItemKind::parse(row.try_get(0)?).ok_or_else(|| damaged("there is no such kind of set-up"))?;
    let (id, body): (i64, String) = (row.try_get(1)?, row.try_get(2)?);
    read_item(kind, id, &body).map(Self)
});

fn read_item(kind: ItemKind, id: i64, body: &str) -> sqlx::Result<Item> {
    let json = serde_json::from_str(body).map_err(|error| damaged(&error.to_string()))?;
    let document = document(json).ok_or_else(|| damaged("a document of the set-up is none"))?;
    Item::read(kind, id, &document, &Numbers)
        .map_err(|fault| damaged(&format!("{} {id} of the set-up: {}: {:?}", kind.name(), fault.key, fault.why)))
}

/// A JSON object as a document.
pub(super) fn document(json: Json) -> Option<Document> {
    match datum(json)? {
        Datum::Table(document) => Some(document),
        _ => None,
    }
}

fn datum(json: Json) -> Option<Datum> {
    Some(match json {
        Json::String(text) => Datum::Text(text),
        Json::Number(number) => Datum::Number(number.as_i64()?),
        Json::Bool(flag) => Datum::Flag(flag),
        Json::Array(list) => Datum::List(list.into_iter().map(datum).collect::<Option<_>>()?),
        Json::Object(table) => {
            let pairs = table.into_iter().map(|(key, json)| Some((key, datum(json)?)));
            Datum::Table(Document(pairs.collect::<Option<_>>()?))
        }
        Json::Null => return None,
    })
}

fn json(datum: &Datum) -> Json {
    match datum {
        Datum::Text(text) => Json::from(text.as_str()),
        Datum::Number(number) => Json::from(*number),
        Datum::Flag(flag) => Json::from(*flag),
        Datum::List(list) => list.iter().map(json).collect(),
        Datum::Table(document) => object(document),
    }
}

fn object(document: &Document) -> Json {
    Json::Object(document.0.iter().map(|(key, datum)| (key.clone(), json(datum))).collect::<Map<_, _>>())
}

/// Reads what all work by, in its order.
pub(super) fn push_common(batch: &mut Batch) {
    let common = |kind: &&ItemKind| !matches!(kind, ItemKind::View | ItemKind::Macro);
    batch.push(of_kinds("", ItemKind::ALL.iter().filter(common)), Vec::new());
}

/// The things of those kinds: what only a newer program knows is passed over.
fn of_kinds<'k>(when: &str, kinds: impl Iterator<Item = &'k ItemKind>) -> String {
    let names: Vec<String> = kinds.map(|kind| format!("'{}'", kind.name())).collect();
    format!("SELECT kind, id, body FROM items WHERE {when}kind IN ({}) ORDER BY position, id", names.join(", "))
}

/// Reads everything, for an act that changes something of it.
pub(super) fn push_all(batch: &mut Batch, wanted: bool) {
    batch.push(of_kinds("$1 AND ", ItemKind::ALL.iter()), vec![wanted.into()]);
}

/// Writes a thing, new or in place of what it was, at that moment.
pub(super) fn push_set(batch: &mut Batch, item: &Item, at: Timestamp) {
    let key = item.key();
    let (owner, owner_id) = match item.owner() {
        Owner::Account => (0, 0),
        Owner::Group(id) => (1, id.0),
        Owner::Person(id) => (2, id.0),
    };
    if let Item::Kind(kind) = item {
        // The row to which tickets refer.
        batch.push(
            "INSERT INTO kinds (id, slug, name, guidance, priority, position) VALUES ($1, $2, $3, $4, NULL, $5) \
             ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, \
             guidance = excluded.guidance, position = excluded.position",
            vec![
                key.id.into(),
                kind.slug.as_str().into(),
                kind.name.as_str().into(),
                kind.guidance.as_str().into(),
                kind.position.into(),
            ],
        );
    }
    batch.push(
        "INSERT INTO items (kind, id, owner, owner_id, position, body, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) \
         ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, owner_id = excluded.owner_id, \
         position = excluded.position, body = excluded.body, updated_at = excluded.updated_at",
        vec![
            key.kind.name().into(),
            key.id.into(),
            i64::from(owner).into(),
            owner_id.into(),
            item.position().into(),
            object(&item.document(&Numbers)).to_string().into(),
            at.0.into(),
        ],
    );
    push_people(batch, item);
}

/// The people whom a thing names.
fn push_people(batch: &mut Batch, item: &Item) {
    let key = item.key();
    batch.push("DELETE FROM item_people WHERE kind = $1 AND item_id = $2", vec![key.kind.name().into(), key.id.into()]);
    for (what, id) in Mentions::of_item(item).ids {
        if what == Refers::Person {
            batch.push(
                "INSERT INTO item_people (person_id, kind, item_id) SELECT id, $2, $3 FROM people WHERE id = $1",
                vec![id.into(), key.kind.name().into(), key.id.into()],
            );
        }
    }
}

/// Takes a thing away. Its number stays in its place: it is never used again.
pub(super) fn push_delete(batch: &mut Batch, key: ItemKey) {
    let values = || vec![key.kind.name().into(), key.id.into()];
    batch.push("DELETE FROM items WHERE kind = $1 AND id = $2", values());
    batch.push("DELETE FROM item_people WHERE kind = $1 AND item_id = $2", values());
    push_gone(batch, GONE, key.id);
    if key.kind == ItemKind::Kind {
        batch.push("DELETE FROM kinds WHERE id = $1", vec![key.id.into()]);
    }
    if key.kind == ItemKind::Webhook {
        super::webhook::push_gone(batch, key.id);
    }
}

/// Takes a group away, but not its number.
pub(super) fn push_delete_group(batch: &mut Batch, group: GroupId) {
    batch.push("DELETE FROM agent_groups WHERE id = $1", vec![group.0.into()]);
    push_gone(batch, GONE_GROUP, group.0);
}

/// What stands in the place of the kind of a thing that is no more.
const GONE: &str = "gone";
/// The same for a group.
const GONE_GROUP: &str = "gone group";

fn push_gone(batch: &mut Batch, kind: &'static str, id: i64) {
    batch.push(
        "INSERT INTO items (kind, id, owner, owner_id, position, body) VALUES ($1, $2, 0, 0, 0, '{}')",
        vec![kind.into(), id.into()],
    );
}

/// The set-up of a new account, as numbered there. Each file may refer to what stands in those before it.
pub fn stock() -> Result<Vec<Item>, Fault> {
    const FILES: [(ItemKind, &str); 6] = [
        (ItemKind::Field, include_str!("../../assets/stock/fields.toml")),
        (ItemKind::Kind, include_str!("../../assets/stock/kinds.toml")),
        (ItemKind::Text, include_str!("../../assets/stock/texts.toml")),
        (ItemKind::View, include_str!("../../assets/stock/views.toml")),
        (ItemKind::Trigger, include_str!("../../assets/stock/triggers.toml")),
        (ItemKind::Automation, include_str!("../../assets/stock/automations.toml")),
    ];
    let mut items: Vec<Item> = Vec::new();
    // The four kinds have the first numbers, as in every account so far.
    let mut next = 1 + i64::try_from(read_stock(FILES[1].1)?.len()).unwrap_or_default();
    for (kind, text) in FILES {
        let setup = Setup::of(items.iter().cloned());
        let directory = Directory::of(&setup, &BTreeMap::new());
        for (document, position) in read_stock(text)?.iter().zip(1_i64..) {
            let id = if kind == ItemKind::Kind { position } else { next };
            next += i64::from(kind != ItemKind::Kind);
            let item = Item::read(kind, id, document, &directory);
            let item = item.map_err(|fault| wrong(format!("{} {position}: {fault:?}", kind.name())))?;
            items.push(item.at(position));
        }
    }
    Ok(items)
}

fn read_stock(text: &str) -> Result<Vec<Document>, Fault> {
    let json: Json = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let list = json.get("item").and_then(Json::as_array).cloned().unwrap_or_default();
    list.into_iter().map(|one| document(one).ok_or_else(|| wrong("no document".to_owned()))).collect()
}

fn wrong(detail: String) -> Fault {
    Fault::new(FaultKind::Other, detail)
}

impl Store {
    /// The views that an agent has, in the order of their tabs, those that are switched off too.
    pub async fn views(&self, person: &Person) -> Result<Vec<View>, Fault> {
        let items = self.owned(ItemKind::View, person).await?;
        let view = |item| if let Item::View(view) = item { Some(view) } else { None };
        Ok(items.into_iter().filter_map(view).collect())
    }

    /// The views or macros that an agent has, in their order.
    pub async fn owned(&self, kind: ItemKind, person: &Person) -> Result<Vec<Item>, Fault> {
        let groups = json_numbers(person.groups.iter().map(|id| id.0));
        let sql = format!(
            "SELECT kind, id, body FROM items WHERE kind = $1 AND (owner = 0 OR (owner = 2 AND owner_id = $2) \
             OR (owner = 1 AND owner_id IN {})) ORDER BY position, id",
            self.dialect().numbers(3)
        );
        let rows: Vec<ItemRow> =
            self.db().read(sql, vec![kind.name().into(), person.id.0.into(), groups.into()]).await?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Everything of that kind, whoever has it, in its order.
    pub async fn items(&self, kind: ItemKind) -> Result<Vec<Item>, Fault> {
        let sql = "SELECT kind, id, body FROM items WHERE kind = $1 ORDER BY position, id";
        let rows: Vec<ItemRow> = self.db().read(sql.to_owned(), vec![kind.name().into()]).await?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }
}

#[cfg(test)]
mod test {
    use super::{document, object, stock};
    use crate::domain::condition::{Op, Test};
    use crate::domain::setup::{Item, Numbers};
    use crate::domain::status::Status;
    use crate::domain::view::Sort;

    /// What a new account works by is kept as it was meant, and no two things have one number.
    #[test]
    fn the_stock_survives_being_written() {
        let items = stock().map_err(|fault| fault.detail).unwrap_or_default();
        assert!(items.len() >= 20, "the stock cannot be read");
        let mut keys: Vec<_> = items.iter().map(Item::key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), items.len());
        for item in items {
            let written = object(&item.document(&Numbers));
            let read = document(written).map(|again| Item::read(item.kind(), item.key().id, &again, &Numbers));
            assert_eq!(read, Some(Ok(item)));
        }
    }

    /// R159: where work waits, the urgent stands on top.
    #[test]
    fn queues_begin_with_the_urgent() {
        for item in stock().unwrap_or_default() {
            let Item::View(view) = item else { continue };
            if view.when.tests().contains(&&Test::Status(Op::Below, Status::Solved)) {
                assert_eq!(view.sort, Sort::URGENT, "{}", view.slug);
            }
        }
    }
}
