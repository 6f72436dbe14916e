use super::{Travels, Trouble};
use crate::domain::id::{FieldId, GroupId, OrganizationId, PersonId, StatusId, TicketId};
use crate::domain::report::Step;
use crate::domain::setup::Refers;
use serde_json::Value as Json;

/// A value that can be a key of an object.
pub trait Key: Travels + Ord {
    /// What a schema says of it.
    const FORMAT: &'static str;

    /// As a key.
    fn key(self) -> String {
        match self.pack() {
            Json::String(text) => text,
            other => other.to_string(),
        }
    }

    /// From a key.
    ///
    /// # Errors
    /// It is none.
    fn of_key(key: String) -> Result<Self, Trouble> {
        Self::unpack(Json::String(key))
    }
}

/// Texts, and what is written as one.
macro_rules! texts {
    ($($type:ty: $format:literal),+) => {$(
        impl Key for $type {
            const FORMAT: &'static str = $format;
        }
    )+};
}

texts!(String: "text", Step: "step", Refers: "refers");

impl Key for i64 {
    const FORMAT: &'static str = "int64";

    fn of_key(key: String) -> Result<Self, Trouble> {
        key.parse().map_err(|_| Trouble::new("is no whole number that fits"))
    }
}

/// `group 3`: the first has no spaces.
impl Key for (Refers, i64) {
    const FORMAT: &'static str = "refers-int64";

    fn key(self) -> String {
        format!("{} {}", self.0.key(), self.1)
    }

    fn of_key(key: String) -> Result<Self, Trouble> {
        let (what, id) = key.split_once(' ').ok_or(Trouble::new("is no name with a number"))?;
        Ok((Refers::of_key(what.to_owned())?, i64::of_key(id.to_owned())?))
    }
}

macro_rules! numbers {
    ($($type:ident),+) => {$(
        impl Key for $type {
            const FORMAT: &'static str = "int64";

            fn of_key(key: String) -> Result<Self, Trouble> {
                i64::of_key(key).map($type)
            }
        }
    )+};
}

numbers!(TicketId, PersonId, OrganizationId, GroupId, FieldId, StatusId);
