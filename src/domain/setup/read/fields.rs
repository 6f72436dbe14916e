//! Kinds, fields and statuses.

use super::{Read, Reading};
use crate::domain::account::{Appearance, Kind, Translation};
use crate::domain::field::{Access, Choice, Field, FieldType, FieldWords, Holder, Pattern, SystemField};
use crate::domain::id::{FieldId, KindId, StatusId};
use crate::domain::setup::{Datum, Refers, Why};
use crate::domain::status::{CustomStatus, Priority, Status, StatusWords};
use crate::domain::tag::Tag;
use std::collections::BTreeMap;

impl<'a> Reading<'a> {
    pub(super) fn kind(&self, id: KindId) -> Read<Kind> {
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

    pub(super) fn field(&self, id: FieldId) -> Read<Field> {
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

    pub(super) fn status(&self, id: StatusId) -> Read<CustomStatus> {
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
}
