//! What travels as a text, and what does not travel at all.

use super::{Shapes, Travels, Trouble, structs};
use crate::domain::comment::UploadToken;
use crate::domain::condition::{Condition, Test};
use crate::domain::field::{Day, Decimal, Pattern};
use crate::domain::grant::Scope;
use crate::domain::hosts::Hosts;
use crate::domain::person::EmailAddress;
use crate::domain::secret::{Digest, PasswordHash, Secret};
use crate::domain::setup::{Document, Item, ItemKind, Numbers};
use crate::domain::tag::Tag;
use crate::domain::text::hex;
use crate::wire::document;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

impl Travels for String {
    fn pack(self) -> Json {
        Json::String(self)
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        match json {
            Json::String(text) => Ok(text),
            _ => Err(Trouble::new("is no text")),
        }
    }

    fn shape(_: &mut Shapes) -> Json {
        json!({ "type": "string" })
    }
}

/// Texts with a meaning: how each is written, and read.
macro_rules! texts {
    ($($type:ty: $format:literal, $write:expr, $read:expr, $what:literal;)+) => {$(
        impl Travels for $type {
            fn pack(self) -> Json {
                let write: fn(Self) -> String = $write;
                write(self).pack()
            }

            fn unpack(json: Json) -> Result<Self, Trouble> {
                let read: fn(String) -> Option<Self> = $read;
                read(String::unpack(json)?).ok_or(Trouble::new($what))
            }

            fn shape(_: &mut Shapes) -> Json {
                json!({ "type": "string", "format": $format })
            }
        }
    )+};
}

texts! {
    Tag: "tag", |tag| tag.to_string(), |text| Tag::parse(&text).ok(), "is no tag";
    Hosts: "hosts", |hosts| hosts.to_string(), |text| Hosts::read(&text), "are no hosts";
    EmailAddress: "email", |address| address.to_string(), |text| EmailAddress::parse(&text).ok(), "is no address";
    Secret: "password", |secret| secret.expose().to_owned(), |text| Some(Secret::new(text)), "is no secret";
    Scope: "scope", |scope| scope.to_string(), |text| Some(Scope::new(&text)), "is no scope";
    UploadToken: "token", |token| token.0, |text| Some(UploadToken(text)), "is no token";
    Day: "date", |day| day.to_string(), |text| Day::parse(&text), "is no day";
    Decimal: "decimal", |number| number.to_string(), |text| Decimal::parse(&text), "is no number";
    Pattern: "regex", |pattern| pattern.as_str().to_owned(), |text| Some(Pattern::new(text)), "is no pattern";
    [u8; 32]: "sha256", |bytes| hex(&bytes), |text| bytes(&text), "is no digest";
    &'static str: "name", str::to_owned, |text| known(&text), "is a name too long or too many";
    Condition: "condition", |when| when.sentence(&Numbers), |text| Condition::read(&text, &Numbers).ok(), "is no condition";
    Test: "test", |test| Condition::Test(test).sentence(&Numbers), |text| single(&text), "is no single test";
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    let digit = |at: usize| char::from(*text.as_bytes().get(at)?).to_digit(16);
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::try_from(digit(2 * at)? * 16 + digit(2 * at + 1)?).ok()?;
    }
    (text.len() == 64).then_some(bytes)
}

fn single(sentence: &str) -> Option<Test> {
    match Condition::read(sentence, &Numbers) {
        Ok(Condition::Test(test)) => Some(test),
        _ => None,
    }
}

/// Names that the program itself has, such as a setting's. A newer peer has others, so they are taken as they come, once
/// each, and only so many as nobody ever has.
fn known(text: &str) -> Option<&'static str> {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(name) = known.get(text) {
        return Some(name);
    }
    if text.len() > 100 || known.len() >= 1_000 {
        return None;
    }
    let name: &'static str = Box::leak(text.to_owned().into_boxed_str());
    known.insert(name);
    Some(name)
}

/// What is kept of secrets: whoever asks for a password or a token hands over, or gets, the thing itself, and what is kept
/// of it is made by the account. What somebody else has made, with costs of their own, is not taken.
macro_rules! stay {
    ($($type:ty),+) => {$(
        impl Travels for $type {
            const NULLABLE: bool = true;

            fn pack(self) -> Json {
                Json::Null
            }

            fn unpack(_: Json) -> Result<Self, Trouble> {
                Err(Trouble::new("does not travel"))
            }

            fn shape(_: &mut Shapes) -> Json {
                json!({ "type": "null", "format": "never" })
            }
        }
    )+};
}

stay!(Digest, PasswordHash);

/// A thing of the set-up with its number.
struct Numbered {
    kind: ItemKind,
    id: i64,
    document: Document,
}

structs! { Numbered { kind, id, document } }

impl Travels for Document {
    fn pack(self) -> Json {
        Json::Object(document::object(&self))
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        let Json::Object(parts) = json else { return Err(Trouble::new("is no object")) };
        document::document(parts).map_err(|_| Trouble::new("is no document"))
    }

    fn shape(_: &mut Shapes) -> Json {
        json!({ "type": "object", "format": "document" })
    }
}

impl Travels for Item {
    fn pack(self) -> Json {
        Numbered { kind: self.kind(), id: self.key().id, document: self.document(&Numbers) }.pack()
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        let Numbered { kind, id, document } = Numbered::unpack(json)?;
        Self::read(kind, id, &document, &Numbers).map_err(|_| Trouble::new("cannot be read").under("document"))
    }

    fn shape(shapes: &mut Shapes) -> Json {
        shapes.define("Item".to_owned(), Numbered::shape)
    }
}
