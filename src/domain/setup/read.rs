mod fields;
mod hours;
mod rules;

use super::lookup::found;
use super::{Datum, Document, Item, ItemFault, ItemKind, Lookup, Refers, Why};
use crate::domain::id::{FieldId, KindId, RuleId, ScheduleId, StatusId, TextId, WebhookId};
use std::cell::RefCell;
use std::collections::BTreeSet;

impl Item {
    /// What a document says; what is left out is as usual.
    ///
    /// # Errors
    /// The first name whose value is missing or means nothing.
    pub fn read(kind: ItemKind, id: i64, document: &Document, lookup: &dyn Lookup) -> Result<Self, ItemFault> {
        let reading = Reading { document, lookup, path: String::new(), known: RefCell::default() };
        let item = match kind {
            ItemKind::Kind => Self::Kind(reading.kind(KindId(id))?),
            ItemKind::Field => Self::Field(reading.field(FieldId(id))?),
            ItemKind::Status => Self::Status(reading.status(StatusId(id))?),
            ItemKind::View => Self::View(reading.view(RuleId(id))?),
            ItemKind::Macro => Self::Macro(reading.macro_(RuleId(id))?),
            ItemKind::Trigger => Self::Trigger(reading.trigger(RuleId(id))?),
            ItemKind::Automation => Self::Automation(reading.automation(RuleId(id))?),
            ItemKind::Text => Self::Text(reading.notice(TextId(id))?),
            ItemKind::Webhook => Self::Webhook(reading.webhook(WebhookId(id))?),
            ItemKind::Schedule => Self::Schedule(reading.schedule(ScheduleId(id))?),
        };
        reading.done().map(|()| item)
    }
}

struct Reading<'a> {
    document: &'a Document,
    lookup: &'a dyn Lookup,
    /// The names on the way to it, each with a dot behind.
    path: String,
    /// The names that were asked for: any other is a slip of the pen.
    known: RefCell<BTreeSet<&'static str>>,
}

type Read<T> = Result<T, ItemFault>;

impl<'a> Reading<'a> {
    fn fault(&self, key: &str, why: Why) -> ItemFault {
        ItemFault { key: format!("{}{key}", self.path), why }
    }

    fn get(&self, key: &'static str) -> Option<&'a Datum> {
        self.known.borrow_mut().insert(key);
        self.document.get(key)
    }

    /// Refuses names that mean nothing.
    fn done(&self) -> Read<()> {
        let known = self.known.borrow();
        match self.document.0.keys().find(|key| !known.contains(key.as_str())) {
            Some(key) => Err(self.fault(key, Why::Key(known.iter().copied().collect()))),
            None => Ok(()),
        }
    }

    fn some_text(&self, key: &'static str) -> Read<Option<&'a str>> {
        match self.get(key) {
            None => Ok(None),
            Some(Datum::Text(text)) => Ok(Some(text)),
            Some(_) => Err(self.fault(key, Why::Type("text"))),
        }
    }

    fn text(&self, key: &'static str) -> Read<String> {
        let text = self.some_text(key)?.ok_or_else(|| self.fault(key, Why::Missing))?;
        Ok(text.to_owned())
    }

    fn text_or(&self, key: &'static str, usual: &str) -> Read<String> {
        Ok(self.some_text(key)?.unwrap_or(usual).to_owned())
    }

    fn flag(&self, key: &'static str, usual: bool) -> Read<bool> {
        match self.get(key) {
            None => Ok(usual),
            Some(Datum::Flag(flag)) => Ok(*flag),
            Some(_) => Err(self.fault(key, Why::Type("flag"))),
        }
    }

    fn position(&self) -> Read<i64> {
        match self.get("position") {
            None => Ok(0),
            Some(Datum::Number(number)) => Ok(*number),
            Some(_) => Err(self.fault("position", Why::Type("number"))),
        }
    }

    fn list(&self, key: &'static str) -> Read<&'a [Datum]> {
        match self.get(key) {
            None => Ok(&[]),
            Some(Datum::List(list)) => Ok(list),
            Some(_) => Err(self.fault(key, Why::Type("list"))),
        }
    }

    fn texts(&self, key: &'static str) -> Read<Vec<&'a str>> {
        let text = |datum: &'a Datum| match datum {
            Datum::Text(text) => Ok(text.as_str()),
            _ => Err(self.fault(key, Why::Type("text"))),
        };
        self.list(key)?.iter().map(text).collect()
    }

    fn table(&self, key: &'static str) -> Read<Option<&'a Document>> {
        match self.get(key) {
            None => Ok(None),
            Some(Datum::Table(table)) => Ok(Some(table)),
            Some(_) => Err(self.fault(key, Why::Type("table"))),
        }
    }

    /// Another reading of a part: of a table or list, the one under that name or at that place.
    fn part(&self, key: &'static str, which: &dyn std::fmt::Display, datum: &'a Datum) -> Read<Self> {
        match datum {
            Datum::Table(document) => {
                let path = format!("{}{key}.{which}.", self.path);
                Ok(Self { document, lookup: self.lookup, path, known: RefCell::default() })
            }
            _ => Err(self.fault(key, Why::Type("table"))),
        }
    }

    fn named<T>(&self, key: &'static str, usual: Option<T>, parse: impl Fn(&str) -> Option<T>) -> Read<T> {
        match (self.some_text(key)?, usual) {
            (Some(text), _) => parse(text).ok_or_else(|| self.fault(key, Why::Value(text.to_owned()))),
            (None, Some(usual)) => Ok(usual),
            (None, None) => Err(self.fault(key, Why::Missing)),
        }
    }

    fn refers(&self, what: Refers, key: &'static str, text: &str) -> Read<i64> {
        found(self.lookup, what, &format!("{}{key}", self.path), text)
    }

    fn fields(&self, key: &'static str) -> Read<Vec<FieldId>> {
        self.texts(key)?.into_iter().map(|text| self.refers(Refers::Field, key, text).map(FieldId)).collect()
    }
}
