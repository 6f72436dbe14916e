//! Guichet's own dialect: every value that a client asks with or answers with, as JSON and back, without loss.
//!
//! The REST API has Zendesk's shapes, which leave out what they have no key for. Between two Guichets nothing may be lost,
//! and what is added to a value must not be forgotten here: each type has one row, the names of its fields or variants, and
//! does not build until the row is whole. Keys are the fields' own names and variants are in snake case, so a change of a
//! name is a change of the protocol; a test holds all of them against what they were.
//!
//! - A key that is not known is passed over, and what can be empty or missing may be left out: an older or a newer peer is
//!   understood as far as it says something that both know. A variant that is not known is said to be so.
//! - Conditions travel as sentences with numbers and things of the set-up as documents with numbers, as the store keeps
//!   them: what reads back has everything that the rest of the program relies on.
//! - What is kept of secrets does not travel: an account makes it itself.
//!
//! `serde`'s remote derives would want each field's type once more, an adapter for each container around it, and code for
//! each format that is never used; so these are tables of names over [`serde_json::Value`].

mod act;
mod basic;
mod event;
mod frame;
mod key;
mod person;
mod refusal;
mod removal;
mod report;
mod rows;
mod rule;
mod setting;
mod shape;
mod text;
mod ticket;

pub use frame::{framed, unframed};
pub use key::Key;
pub(crate) use rows::{enums, packed, structs, unpacked, variant_shape};
pub use shape::Shapes;

use serde_json::{Map, Value as Json};
use std::fmt;

/// A value that travels between two Guichets.
pub trait Travels: Sized {
    /// Whether `null` is one of its values.
    const NULLABLE: bool = false;
    /// Whether the key under which it stands can be left out.
    const OMITTABLE: bool = false;

    /// As JSON.
    fn pack(self) -> Json;

    /// From JSON.
    ///
    /// # Errors
    /// Where something stands that it cannot be.
    fn unpack(json: Json) -> Result<Self, Trouble>;

    /// Its JSON schema.
    fn shape(shapes: &mut Shapes) -> Json;

    /// As what stands under a key; none is left out.
    fn pack_key(self) -> Option<Json> {
        Some(self.pack())
    }

    /// From what stands under a key.
    ///
    /// # Errors
    /// As [`unpack`](Self::unpack); or nothing stands there and it cannot be left out.
    fn unpack_key(json: Option<Json>) -> Result<Self, Trouble> {
        json.map_or(Err(Trouble::new("is missing")), Self::unpack)
    }
}

/// What cannot be understood. Nothing of what was sent is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Where, outermost first: `.deed.update_ticket.change`.
    at: String,
    what: &'static str,
}

impl Trouble {
    pub(crate) const fn new(what: &'static str) -> Self {
        Self { at: String::new(), what }
    }

    /// The same further in.
    pub(crate) fn under(mut self, place: &str) -> Self {
        self.at.insert_str(0, place);
        self.at.insert(0, '.');
        self
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.at.is_empty() { "it" } else { &self.at }, self.what)
    }
}

impl std::error::Error for Trouble {}

/// What stands under the keys of an object.
pub(crate) struct Parts(Map<String, Json>);

impl Parts {
    pub(crate) fn of(json: Json) -> Result<Self, Trouble> {
        match json {
            Json::Object(parts) => Ok(Self(parts)),
            _ => Err(Trouble::new("is no object")),
        }
    }

    /// What stands under a key, which is taken out.
    pub(crate) fn take<T: Travels>(&mut self, key: &str) -> Result<T, Trouble> {
        T::unpack_key(self.0.remove(key)).map_err(|trouble| trouble.under(key))
    }
}

/// An object of those keys that are not left out.
pub(crate) fn object(parts: impl IntoIterator<Item = (&'static str, Option<Json>)>) -> Json {
    parts.into_iter().filter_map(|(key, json)| Some((key.to_owned(), json?))).collect()
}

/// The items of a list that should have so many; those that are missing may be such as can be left out.
pub(crate) fn items(json: Json) -> Result<impl Iterator<Item = Json>, Trouble> {
    match json {
        Json::Array(items) => Ok(items.into_iter()),
        _ => Err(Trouble::new("is no list")),
    }
}

/// A variant, with what it has.
pub(crate) fn tagged(variant: &str, payload: Option<Json>) -> Json {
    let name = snake(variant);
    match payload {
        None => Json::String(name),
        Some(payload) => Json::Object(Map::from_iter([(name, payload)])),
    }
}

/// The name of a variant and what it has.
pub(crate) fn opened(json: Json) -> Result<(String, Option<Json>), Trouble> {
    match json {
        Json::String(name) => Ok((name, None)),
        Json::Object(parts) if parts.len() == 1 => {
            let mut parts = parts.into_iter();
            let (name, payload) = parts.next().ok_or(Trouble::new("is empty"))?;
            Ok((name, Some(payload)))
        }
        _ => Err(Trouble::new("is neither a name nor an object with a single name")),
    }
}

/// `UpdateTicket` as `update_ticket`.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq)]
    struct Lamp {
        name: String,
        bulbs: Vec<u32>,
        #[allow(clippy::option_option, reason = "left out and taken away are two things")]
        shade: Option<Option<bool>>,
        state: State,
    }

    #[derive(Debug, PartialEq, Eq)]
    enum State {
        Off,
        DimmedTo(u32, Option<u32>),
        Blinking { every: i64 },
    }

    structs! { Lamp { name, bulbs, shade, state } }
    enums! { State { Off, DimmedTo(level, until), Blinking { every } } }

    fn read(text: &str) -> Result<Lamp, Trouble> {
        Lamp::unpack(serde_json::from_str(text).map_err(|_| Trouble::new("is no JSON"))?)
    }

    #[test]
    fn an_older_or_a_newer_peer_is_understood() -> Result<(), Trouble> {
        let bare = Lamp { name: "a".into(), bulbs: vec![], shade: None, state: State::Off };
        assert_eq!(read(r#"{"name": "a", "state": "off"}"#)?, bare);
        assert_eq!(read(r#"{"name": "a", "state": "off", "bulbs": null, "colour": {"red": [1]}}"#)?, bare);
        let state = read(r#"{"name": "a", "state": {"dimmed_to": [3]}}"#)?.state;
        assert_eq!(state, State::DimmedTo(3, None));
        let state = read(r#"{"name": "a", "state": {"blinking": {"every": 2, "loud": true}}}"#)?.state;
        assert_eq!(state, State::Blinking { every: 2 });
        Ok(())
    }

    #[test]
    fn what_is_left_out_and_what_is_taken_away_are_two_things() -> Result<(), Trouble> {
        for shade in [None, Some(None), Some(Some(true))] {
            let packed = Lamp { name: "a".into(), bulbs: vec![1], shade, state: State::DimmedTo(1, Some(2)) }.pack();
            assert_eq!(packed.get("shade").cloned(), shade.map(|one| one.map_or(Json::Null, Json::Bool)));
            assert_eq!(Lamp::unpack(packed)?.shade, shade);
        }
        Ok(())
    }

    #[test]
    fn what_cannot_be_understood_is_said_with_its_place_and_without_its_text() {
        let said = |text: &str| read(text).map(|_| ()).map_err(|trouble| trouble.to_string());
        let rows = [
            (r#"{"state": "off"}"#, ".name is missing"),
            (r#"{"name": "a", "state": "on\u001b[2J"}"#, ".state has a name that is not known here"),
            (r#"{"name": "a", "state": {"blinking": {}}}"#, ".state.blinking.every is missing"),
            (
                r#"{"name": "a", "state": {"blinking": {"every": 0.5}}}"#,
                ".state.blinking.every is no whole number that fits",
            ),
            (
                r#"{"name": "a", "state": {"off": 1, "on": 2}}"#,
                ".state is neither a name nor an object with a single name",
            ),
            (r#"{"name": "a", "state": "off", "bulbs": [1, -1]}"#, ".bulbs.1 is no whole number that fits"),
            ("[]", "it is no object"),
        ];
        for (text, expected) in rows {
            assert_eq!(said(text), Err(expected.to_owned()), "{text}");
        }
    }
}
