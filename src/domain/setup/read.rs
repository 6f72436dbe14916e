mod hours;

use super::lookup::found;
use super::{Datum, Document, Item, ItemFault, ItemKind, Lookup, Refers, Why};
use crate::domain::account::{Appearance, Kind, Translation};
use crate::domain::condition::Condition;
use crate::domain::field::{Access, Choice, Field, FieldType, FieldWords, Holder, Pattern, SystemField};
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, RuleId, ScheduleId, StatusId, TextId, WebhookId};
use crate::domain::notice::{NoticeText, Wording};
use crate::domain::rule::{Action, Automation, Macro, Owner, Trigger};
use crate::domain::status::{CustomStatus, Priority, Status, StatusWords};
use crate::domain::tag::Tag;
use crate::domain::view::{Column, Sort, SortKey, View};
use crate::domain::webhook::Webhook;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

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

    fn when(&self) -> Read<Condition> {
        let text = self.some_text("when")?.ok_or_else(|| self.fault("when", Why::Missing))?;
        super::text::condition(text, self.lookup).map_err(|error| self.fault("when", Why::Condition(error)))
    }

    fn actions(&self) -> Read<Vec<Action>> {
        let action = |(at, text): (usize, &str)| {
            let fault = |bad| self.fault(&format!("actions.{}", at + 1), Why::Action(bad));
            Action::parse(text, self.lookup).map_err(fault)
        };
        self.texts("actions")?.into_iter().enumerate().map(action).collect()
    }

    fn owner(&self) -> Read<Owner> {
        let text = self.some_text("owner")?.unwrap_or("account");
        match text.split_once(':').map(|(sort, name)| (sort.trim(), name.trim())) {
            None if text == "account" => Ok(Owner::Account),
            Some(("group", name)) => Ok(Owner::Group(GroupId(self.refers(Refers::Group, "owner", name)?))),
            Some(("person", name)) => Ok(Owner::Person(PersonId(self.refers(Refers::Person, "owner", name)?))),
            _ => Err(self.fault("owner", Why::Value(text.to_owned()))),
        }
    }

    fn kind(&self, id: KindId) -> Read<Kind> {
        let translations = self
            .translated(|part| Ok(Translation { name: part.text("name")?, guidance: part.text_or("guidance", "")? }))?;
        let statuses = self.texts("statuses")?.into_iter();
        let statuses = statuses.map(|text| self.refers(Refers::Status, "statuses", text).map(StatusId));
        let conditions = self.list("conditions")?.iter().enumerate();
        let conditions = conditions.map(|(at, datum)| self.part("conditions", &(at + 1), datum)?.appearance());
        Ok(Kind {
            id,
            slug: self.text("slug")?,
            name: self.text("name")?,
            guidance: self.text_or("guidance", "")?,
            priority: self.some_text("priority")?.map(|_| self.named("priority", None, Priority::parse)).transpose()?,
            translations,
            fields: self.fields("fields")?,
            conditions: conditions.collect::<Read<_>>()?,
            statuses: statuses.collect::<Read<_>>()?,
            active: self.flag("active", true)?,
            requesters: self.flag("requesters", true)?,
            default: self.flag("default", false)?,
            position: self.position()?,
        })
    }

    /// What stands there for each language.
    fn translated<T>(&self, read: impl Fn(&Self) -> Read<T>) -> Read<BTreeMap<String, T>> {
        let mut translations = BTreeMap::new();
        for (language, datum) in self.table("translations")?.into_iter().flat_map(|table| &table.0) {
            let part = self.part("translations", language, datum)?;
            translations.insert(language.clone(), read(&part)?);
            part.done()?;
        }
        Ok(translations)
    }

    /// A text for each language.
    fn pairs(&self, key: &'static str) -> Read<BTreeMap<String, String>> {
        let pairs = self.table(key)?.into_iter().flat_map(|table| &table.0);
        let pair = |(language, datum): (&String, &Datum)| match datum {
            Datum::Text(text) => Ok((language.clone(), text.clone())),
            _ => Err(self.fault(&format!("{key}.{language}"), Why::Type("text"))),
        };
        pairs.map(pair).collect()
    }

    fn appearance(&self) -> Read<Appearance> {
        let appearance = Appearance {
            field: FieldId(self.refers(Refers::Field, "field", &self.text("field")?)?),
            value: self.text("value")?,
            shows: self.fields("shows")?,
            required: self.flag("required", false)?,
        };
        self.done().map(|()| appearance)
    }

    fn field(&self, id: FieldId) -> Read<Field> {
        let kind = self.field_type()?;
        let default = self
            .some_text("default")?
            .map(|text| kind.read(text).map_err(|_| self.fault("default", Why::Value(text.to_owned()))));
        Ok(Field {
            id,
            of: self.named("of", Some(Holder::Ticket), Holder::parse)?,
            slug: self.text("slug")?,
            title: self.text("title")?,
            requester_title: self.some_text("requester_title")?.map(str::to_owned),
            description: self.text_or("description", "")?,
            translations: self.translated(|part| {
                Ok(FieldWords {
                    title: part.text("title")?,
                    requester_title: part.some_text("requester_title")?.map(str::to_owned),
                    description: part.some_text("description")?.map(str::to_owned),
                })
            })?,
            access: self.named("access", Some(Access::Agents), Access::parse)?,
            required_to_submit: self.flag("required_to_submit", false)?,
            required_to_solve: self.flag("required_to_solve", false)?,
            default: default.transpose()?.flatten(),
            active: self.flag("active", true)?,
            position: self.position()?,
            kind,
        })
    }

    fn field_type(&self) -> Read<FieldType> {
        let name = self.text("type")?;
        let tag =
            |key: &'static str, text: &str| Tag::parse(text).map_err(|_| self.fault(key, Why::Value(text.to_owned())));
        if let Some(system) = name.strip_prefix("system:").and_then(SystemField::parse) {
            return Ok(FieldType::System(system));
        }
        Ok(match name.as_str() {
            "text" => FieldType::Text,
            "textarea" => FieldType::Lines,
            "integer" => FieldType::Integer,
            "decimal" => FieldType::Decimal,
            "date" => FieldType::Date,
            "checkbox" => FieldType::Checkbox { tag: self.some_text("tag")?.map(|text| tag("tag", text)).transpose()? },
            "tagger" => FieldType::Choice(self.options()?),
            "multiselect" => FieldType::Choices(self.options()?),
            "regexp" => FieldType::Pattern(Pattern::new(self.text("pattern")?)),
            "partialcreditcard" => FieldType::Masked,
            _ => return Err(self.fault("type", Why::Value(name))),
        })
    }

    fn options(&self) -> Read<Vec<Choice>> {
        let option = |(at, datum): (usize, &'a Datum)| {
            let part = self.part("options", &(at + 1), datum)?;
            let value = part.text("value")?;
            let tag = Tag::parse(&value).map_err(|_| part.fault("value", Why::Value(value)))?;
            let choice =
                Choice { name: part.text_or("name", tag.as_str())?, tag, translations: part.pairs("translations")? };
            part.done().map(|()| choice)
        };
        self.list("options")?.iter().enumerate().map(option).collect()
    }

    fn status(&self, id: StatusId) -> Read<CustomStatus> {
        Ok(CustomStatus {
            id,
            category: self.named("category", None, Status::parse)?,
            name: self.text("name")?,
            requester_name: self.some_text("requester_name")?.map(str::to_owned),
            description: self.text_or("description", "")?,
            active: self.flag("active", true)?,
            default: self.flag("default", false)?,
            position: self.position()?,
            translations: self.translated(|part| {
                let requester_name = part.some_text("requester_name")?.map(str::to_owned);
                Ok(StatusWords { name: part.text("name")?, requester_name })
            })?,
        })
    }

    fn view(&self, id: RuleId) -> Read<View> {
        let by = self.named("sort_by", Some(SortKey::Updated), SortKey::parse)?;
        let descending = self.named("sort_order", Some(true), |text| match text {
            "asc" => Some(false),
            "desc" => Some(true),
            _ => None,
        })?;
        let columns = self.texts("columns")?.into_iter().map(|text| self.column("columns", text));
        Ok(View {
            id,
            slug: self.text("slug")?,
            title: self.some_text("title")?.map(str::to_owned),
            description: self.text_or("description", "")?,
            active: self.flag("active", true)?,
            position: self.position()?,
            owner: self.owner()?,
            when: self.when()?,
            sort: Sort { by, descending },
            group_by: self.some_text("group_by")?.map(|text| self.column("group_by", text)).transpose()?,
            columns: columns.collect::<Read<_>>()?,
        })
    }

    fn column(&self, key: &'static str, text: &str) -> Read<Column> {
        if let Some(name) = text.strip_prefix("field ") {
            return self.refers(Refers::Field, key, name.trim()).map(|id| Column::Field(FieldId(id)));
        }
        let system = Column::SYSTEM.into_iter().find(|column| column.name() == text);
        system.ok_or_else(|| self.fault(key, Why::Value(text.to_owned())))
    }

    fn macro_(&self, id: RuleId) -> Read<Macro> {
        Ok(Macro {
            id,
            title: self.text("title")?,
            description: self.text_or("description", "")?,
            active: self.flag("active", true)?,
            position: self.position()?,
            owner: self.owner()?,
            then: self.actions()?,
        })
    }

    fn trigger(&self, id: RuleId) -> Read<Trigger> {
        Ok(Trigger {
            id,
            title: self.text("title")?,
            description: self.text_or("description", "")?,
            active: self.flag("active", true)?,
            position: self.position()?,
            when: self.when()?,
            then: self.actions()?,
        })
    }

    fn automation(&self, id: RuleId) -> Read<Automation> {
        let slug = self.text("slug")?;
        Ok(Automation {
            id,
            title: self.text_or("title", &slug)?,
            slug,
            description: self.text_or("description", "")?,
            active: self.flag("active", true)?,
            position: self.position()?,
            when: self.when()?,
            then: self.actions()?,
            once: self.flag("once", false)?,
        })
    }

    fn notice(&self, id: TextId) -> Read<NoticeText> {
        let texts = self.table("texts")?.ok_or_else(|| self.fault("texts", Why::Missing))?;
        let mut bodies = std::collections::BTreeMap::new();
        for (language, datum) in &texts.0 {
            let part = self.part("texts", language, datum)?;
            bodies.insert(language.clone(), Wording { subject: part.text("subject")?, body: part.text("body")? });
            part.done()?;
        }
        Ok(NoticeText { id, slug: self.text("slug")?, description: self.text_or("description", "")?, bodies })
    }

    fn webhook(&self, id: WebhookId) -> Read<Webhook> {
        Ok(Webhook { id, name: self.text("name")?, url: self.text("url")?, active: self.flag("active", true)? })
    }
}
