//! Views, macros, triggers and automations, and what triggers send.

use super::{Read, Reading};
use crate::domain::condition::Condition;
use crate::domain::id::{FieldId, GroupId, PersonId, RuleId, TextId, WebhookId};
use crate::domain::notice::{NoticeText, Wording};
use crate::domain::rule::{Action, Automation, Macro, Owner, Trigger};
use crate::domain::setup::{Refers, Why, text};
use crate::domain::view::{Column, Sort, SortKey, View};
use crate::domain::webhook::Webhook;
use std::collections::BTreeMap;

impl Reading<'_> {
    fn when(&self) -> Read<Condition> {
        let when = self.some_text("when")?.ok_or_else(|| self.fault("when", Why::Missing))?;
        text::condition(when, self.lookup).map_err(|error| self.fault("when", Why::Condition(error)))
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

    pub(super) fn view(&self, id: RuleId) -> Read<View> {
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

    pub(super) fn macro_(&self, id: RuleId) -> Read<Macro> {
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

    pub(super) fn trigger(&self, id: RuleId) -> Read<Trigger> {
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

    pub(super) fn automation(&self, id: RuleId) -> Read<Automation> {
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

    pub(super) fn notice(&self, id: TextId) -> Read<NoticeText> {
        let texts = self.table("texts")?.ok_or_else(|| self.fault("texts", Why::Missing))?;
        let mut bodies = BTreeMap::new();
        for (language, datum) in &texts.0 {
            let part = self.part("texts", language, datum)?;
            bodies.insert(language.clone(), Wording { subject: part.text("subject")?, body: part.text("body")? });
            part.done()?;
        }
        Ok(NoticeText { id, slug: self.text("slug")?, description: self.text_or("description", "")?, bodies })
    }

    pub(super) fn webhook(&self, id: WebhookId) -> Read<Webhook> {
        Ok(Webhook { id, name: self.text("name")?, url: self.text("url")?, active: self.flag("active", true)? })
    }
}
