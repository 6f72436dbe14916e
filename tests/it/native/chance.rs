//! Random JSON of a schema: so that whatever travels is tried, and what is added is tried without a further word.

use guichet::domain::condition::Condition;
use guichet::domain::setup::{Directory, Item, ItemKind, Numbers};
use guichet::notation;
use guichet::wire::native::{Shapes, Travels};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use serde_json::{Map, Value, json};

/// How deep values lie within each other before they end.
const DEEPEST: u32 = 7;

pub struct Chance<'s> {
    pub shapes: &'s Shapes,
    pub dice: StdRng,
}

impl Chance<'_> {
    /// Something of that schema, written as the program writes it; none where there can be nothing.
    pub fn value(&mut self, shape: &Value, deep: u32) -> Option<Value> {
        if let Some(name) = shape["$ref"].as_str() {
            let name = name.trim_start_matches("#/components/schemas/Native");
            return if name == "Item" { Some(self.item()) } else { self.value(&self.shapes.all()[name], deep + 1) };
        }
        if let Some(variants) = shape["oneOf"].as_array() {
            return self.variant(variants, deep);
        }
        if let Some(either) = shape["anyOf"].as_array() {
            let none = deep > DEEPEST || self.dice.random_bool(0.3);
            return if none { Some(Value::Null) } else { self.value(&either[0], deep) };
        }
        if let Some(names) = shape["enum"].as_array() {
            return names.choose(&mut self.dice).cloned();
        }
        match shape["type"].as_str()? {
            "null" if shape["format"] == "never" => None,
            "null" => Some(Value::Null),
            "boolean" => Some(self.dice.random_bool(0.5).into()),
            "integer" => Some(self.number(shape["format"].as_str().unwrap_or_default())),
            "string" => Some(self.text(shape["format"].as_str().unwrap_or("text")).into()),
            "array" => self.list(shape, deep),
            "object" if shape.get("additionalProperties").is_some() => self.map(shape, deep),
            "object" => self.object(shape, deep),
            other => panic!("a schema of {other}"),
        }
    }

    fn variant(&mut self, variants: &[Value], deep: u32) -> Option<Value> {
        let flat: Vec<&Value> = variants.iter().filter(|one| one.get("enum").is_some()).collect();
        let of = if deep > DEEPEST && !flat.is_empty() { flat } else { variants.iter().collect() };
        // Some variants have what does not travel.
        (0..100).find_map(|_| {
            let one = *of.choose(&mut self.dice)?;
            self.value(one, deep)
        })
    }

    fn list(&mut self, shape: &Value, deep: u32) -> Option<Value> {
        if let Some(items) = shape["prefixItems"].as_array() {
            return items.iter().map(|item| self.value(item, deep)).collect();
        }
        let most = if deep > DEEPEST {
            0
        } else if shape["uniqueItems"] == true {
            1
        } else {
            3
        };
        let count = self.dice.random_range(0..=most);
        (0..count).map(|_| self.value(&shape["items"], deep + 1)).collect()
    }

    fn map(&mut self, shape: &Value, deep: u32) -> Option<Value> {
        let count = if deep > DEEPEST { 0 } else { self.dice.random_range(0..3) };
        let mut map = Map::new();
        for _ in 0..count {
            let key = self.text(shape["propertyNames"]["format"].as_str().expect("a format of keys"));
            map.insert(key, self.value(&shape["additionalProperties"], deep + 1)?);
        }
        Some(Value::Object(map))
    }

    fn object(&mut self, shape: &Value, deep: u32) -> Option<Value> {
        let required = shape["required"].as_array().expect("what is required");
        let mut object = Map::new();
        for (key, of) in shape["properties"].as_object().expect("properties") {
            let must = required.iter().any(|one| one == key);
            if !must && (deep > DEEPEST || self.dice.random_bool(0.3)) {
                continue;
            }
            // Under a key there is a value, or nothing.
            let of = if of["anyOf"].is_array() && !must { &of["anyOf"][0] } else { of };
            let value = self.value(of, deep)?;
            if must || !is_empty(&value) || of["anyOf"].is_array() {
                object.insert(key.clone(), value);
            }
        }
        Some(Value::Object(object))
    }

    fn number(&mut self, format: &str) -> Value {
        let edge = self.dice.random_bool(0.2);
        match format {
            "int64" if edge => (*[i64::MIN, i64::MAX, 0, -1].choose(&mut self.dice).expect("some")).into(),
            "int64" => self.dice.random_range(-5_000_000_000_000..5_000_000_000_000_i64).into(),
            "uint64" if edge => u64::MAX.into(),
            "uint64" => self.dice.next_u64().into(),
            "uint32" => self.dice.next_u32().into(),
            "uint16" => self.dice.random_range(0..=u16::MAX).into(),
            other => panic!("numbers of {other}"),
        }
    }

    fn text(&mut self, format: &str) -> String {
        let hex = |dice: &mut StdRng| format!("{:064x}", dice.next_u64());
        let some: &[&str] = match format {
            "text" | "password" | "token" | "regex" => {
                &["", "a", "Vélo \"x\"\\", "\u{1b}[2J\u{202e}", "two\nlines\r\n", "\0", "ß🦊", "null", "#3", "  "]
            }
            "tag" => &["printer", "x100", "ünï_1"],
            "hosts" => &["none", "10.0.0.5:8080, hooks.example"],
            "email" => &["Ana@gare.example", "a+b@x.example"],
            "date" => &["2026-11-22", "0001-01-01", "9999-12-31"],
            "decimal" => &["0", "3.5", "-999999999999.999999", "0.000001"],
            "name" => &["link_expires", "slug", "new", "open"],
            "condition" => &[
                "everything",
                "nothing",
                "status < solved and not assignee is none",
                "group is #3 or (tags include printer and requester is #7)",
                "created more than 3 days ago",
            ],
            "test" => &["status < solved", "group is #3", "number is 7"],
            "scope" => &["read", "read write", "tickets:read"],
            "step" => &["day", "week", "month"],
            "refers-int64" => &["group 3", "person -7", "field 9223372036854775807"],
            "int64" => return self.number("int64").to_string(),
            "sha256" => return hex(&mut self.dice),
            other => panic!("texts of {other}"),
        };
        let text = *some.choose(&mut self.dice).expect("some");
        match format {
            "condition" | "test" => Condition::read(text, &Numbers).expect("a condition").sentence(&Numbers),
            _ => text.to_owned(),
        }
    }

    fn item(&mut self) -> Value {
        let all = [
            (ItemKind::Macro, "title = 'Close \"it\"'\nactions = ['add tags: a', 'status: solved']"),
            (ItemKind::Trigger, "title = 'Night'\nwhen = 'tags include a'\nactions = ['group: #2']"),
            (ItemKind::View, "slug = 'mine'\nwhen = 'assignee is me and status < solved'"),
            (ItemKind::Status, "name = 'Part'\ncategory = 'pending'\ndefault = true"),
            (
                ItemKind::Schedule,
                "name = 'Paris'\ntime_zone = 'Europe/Paris'\nmonday = ['09:00-12:00', '13:00-17:00']\nholidays = ['2026-12-25 Noël']",
            ),
            (
                ItemKind::Field,
                "slug = 'camera'\ntitle = 'Camera'\ntype = 'tagger'\noptions = [{ name = 'X', value = 'x' }]",
            ),
        ];
        let (kind, toml) = all.choose(&mut self.dice).expect("some");
        let document = notation::read(toml).expect("a document");
        let item = Item::read(*kind, self.dice.random_range(0..9), &document, &Directory::default());
        item.unwrap_or_else(|fault| panic!("{toml}: {fault:?}")).pack()
    }
}

/// What is left out under a key.
fn is_empty(value: &Value) -> bool {
    *value == Value::Null || *value == json!([]) || *value == json!({})
}
