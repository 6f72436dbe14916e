//! Numbers, flags, and what holds others.

use super::{Key, Shapes, Travels, Trouble, items};
use crate::domain::id::{
    AttachmentId, AuditId, CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, RuleId, ScheduleId, StatusId,
    TextId, TicketId, WebhookId,
};
use crate::domain::time::{Span, Timestamp};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// Whole numbers.
macro_rules! whole {
    ($($type:ident $format:literal),+ $(,)?) => {$(
        impl Travels for $type {
            fn pack(self) -> Json {
                self.into()
            }

            fn unpack(json: Json) -> Result<Self, Trouble> {
                let wide = json.as_i64().map(i128::from).or_else(|| json.as_u64().map(i128::from));
                wide.and_then(|wide| wide.try_into().ok()).ok_or(Trouble::new("is no whole number that fits"))
            }

            fn shape(_: &mut Shapes) -> Json {
                json!({ "type": "integer", "format": $format })
            }
        }
    )+};
}

whole!(i64 "int64", u64 "uint64", u32 "uint32", u16 "uint16", usize "uint64");

/// Numbers with a meaning.
macro_rules! numbers {
    ($($type:ident),+ $(,)?) => {$(
        impl Travels for $type {
            fn pack(self) -> Json {
                self.0.pack()
            }

            fn unpack(json: Json) -> Result<Self, Trouble> {
                i64::unpack(json).map(Self)
            }

            fn shape(shapes: &mut Shapes) -> Json {
                i64::shape(shapes)
            }
        }
    )+};
}

numbers!(
    TicketId,
    PersonId,
    OrganizationId,
    GroupId,
    CommentId,
    AttachmentId,
    AuditId,
    ScheduleId,
    KindId,
    FieldId,
    StatusId,
    RuleId,
    TextId,
    WebhookId,
    Timestamp,
    Span,
);

impl Travels for bool {
    fn pack(self) -> Json {
        Json::Bool(self)
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        json.as_bool().ok_or(Trouble::new("is neither true nor false"))
    }

    fn shape(_: &mut Shapes) -> Json {
        json!({ "type": "boolean" })
    }
}

/// Nothing, as an answer.
impl Travels for () {
    const NULLABLE: bool = true;
    const OMITTABLE: bool = true;

    fn pack(self) -> Json {
        Json::Null
    }

    fn unpack(_: Json) -> Result<Self, Trouble> {
        Ok(())
    }

    fn shape(_: &mut Shapes) -> Json {
        json!({ "type": "null" })
    }
}

impl<T: Travels> Travels for Box<T> {
    const NULLABLE: bool = T::NULLABLE;
    const OMITTABLE: bool = T::OMITTABLE;

    fn pack(self) -> Json {
        (*self).pack()
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        T::unpack(json).map(Self::new)
    }

    fn shape(shapes: &mut Shapes) -> Json {
        T::shape(shapes)
    }

    fn pack_key(self) -> Option<Json> {
        (*self).pack_key()
    }

    fn unpack_key(json: Option<Json>) -> Result<Self, Trouble> {
        T::unpack_key(json).map(Self::new)
    }
}

/// `null` when there is none. Under a key there is nothing then, so that what may be `null` itself stands there as it is;
/// elsewhere it stands in a list of its own.
impl<T: Travels> Travels for Option<T> {
    const NULLABLE: bool = true;
    const OMITTABLE: bool = true;

    fn pack(self) -> Json {
        match self {
            None => Json::Null,
            Some(one) if T::NULLABLE => Json::Array(vec![one.pack()]),
            Some(one) => one.pack(),
        }
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        match json {
            Json::Null => Ok(None),
            json if T::NULLABLE => T::unpack_key(items(json)?.next()).map(Some),
            json => T::unpack(json).map(Some),
        }
    }

    fn shape(shapes: &mut Shapes) -> Json {
        json!({ "anyOf": [T::shape(shapes), { "type": "null" }] })
    }

    fn pack_key(self) -> Option<Json> {
        self.map(T::pack)
    }

    fn unpack_key(json: Option<Json>) -> Result<Self, Trouble> {
        match json {
            None => Ok(None),
            Some(Json::Null) if !T::NULLABLE => Ok(None),
            Some(json) => T::unpack(json).map(Some),
        }
    }
}

/// What may be empty is left out then.
macro_rules! may_be_empty {
    ($empty:ident) => {
        const OMITTABLE: bool = true;

        fn pack_key(self) -> Option<Json> {
            if self.$empty() { None } else { Some(self.pack()) }
        }

        fn unpack_key(json: Option<Json>) -> Result<Self, Trouble> {
            match json {
                None | Some(Json::Null) => Ok(Self::default()),
                Some(json) => Self::unpack(json),
            }
        }
    };
}

/// What is in a list, with the place of what cannot be understood.
fn each<T: Travels, C: FromIterator<T>>(json: Json) -> Result<C, Trouble> {
    let one = |(at, json)| T::unpack(json).map_err(|trouble: Trouble| trouble.under(&usize::to_string(&at)));
    items(json)?.enumerate().map(one).collect()
}

impl<T: Travels> Travels for Vec<T> {
    may_be_empty!(is_empty);

    fn pack(self) -> Json {
        self.into_iter().map(T::pack).collect()
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        each(json)
    }

    fn shape(shapes: &mut Shapes) -> Json {
        json!({ "type": "array", "items": T::shape(shapes) })
    }
}

impl<T: Travels + Ord> Travels for BTreeSet<T> {
    may_be_empty!(is_empty);

    fn pack(self) -> Json {
        self.into_iter().map(T::pack).collect()
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        each(json)
    }

    fn shape(shapes: &mut Shapes) -> Json {
        json!({ "type": "array", "uniqueItems": true, "items": T::shape(shapes) })
    }
}

impl<K: Key, T: Travels> Travels for BTreeMap<K, T> {
    may_be_empty!(is_empty);

    fn pack(self) -> Json {
        self.into_iter().map(|(key, one)| (key.key(), one.pack())).collect()
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        let Json::Object(parts) = json else { return Err(Trouble::new("is no object")) };
        let one = |(key, json)| Ok((K::of_key(key)?, T::unpack(json)?));
        parts.into_iter().map(one).collect::<Result<_, _>>().map_err(|trouble: Trouble| trouble.under("*"))
    }

    fn shape(shapes: &mut Shapes) -> Json {
        json!({ "type": "object", "propertyNames": { "type": "string", "format": K::FORMAT }, "additionalProperties": T::shape(shapes) })
    }
}

impl<A: Travels, B: Travels> Travels for (A, B) {
    fn pack(self) -> Json {
        Json::Array(vec![self.0.pack(), self.1.pack()])
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        let mut items = items(json)?;
        Ok((A::unpack_key(items.next())?, B::unpack_key(items.next())?))
    }

    fn shape(shapes: &mut Shapes) -> Json {
        let items = [("", (A::shape(shapes), A::OMITTABLE)), ("", (B::shape(shapes), B::OMITTABLE))];
        Shapes::list(items)
    }
}

impl<T: Travels, E: Travels> Travels for Result<T, E> {
    fn pack(self) -> Json {
        match self {
            Ok(one) => json!({ "ok": one.pack() }),
            Err(error) => json!({ "error": error.pack() }),
        }
    }

    fn unpack(json: Json) -> Result<Self, Trouble> {
        let (name, payload) = super::opened(json)?;
        let read = match name.as_str() {
            "ok" => T::unpack_key(payload).map(Ok),
            "error" => E::unpack_key(payload).map(Err),
            _ => Err(Trouble::new("is neither ok nor error")),
        };
        read.map_err(|trouble| trouble.under("result"))
    }

    fn shape(shapes: &mut Shapes) -> Json {
        let variants = [("ok".to_owned(), Some(T::shape(shapes))), ("error".to_owned(), Some(E::shape(shapes)))];
        Shapes::one_of(variants)
    }
}
