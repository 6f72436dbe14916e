use super::lookup::written;
use super::{Datum, Document, Item, Lookup, Refers};
use crate::domain::account::{Appearance, Kind};
use crate::domain::field::{Choice, Field, FieldType};
use crate::domain::id::FieldId;
use crate::domain::notice::NoticeText;
use crate::domain::rule::{Action, Automation, Macro, Owner, Trigger};
use crate::domain::schedule::{DAYS, Schedule};
use crate::domain::status::{CustomStatus, Priority};
use crate::domain::tag::Tag;
use crate::domain::view::{Column, View};
use crate::domain::webhook::Webhook;

impl Item {
    /// As names and values; what it refers to is named as `lookup` says. Its number is not in it.
    pub fn document(&self, lookup: &dyn Lookup) -> Document {
        match self {
            Self::Kind(one) => kind(one, lookup),
            Self::Field(one) => field(one),
            Self::Status(one) => status(one),
            Self::View(one) => view(one, lookup),
            Self::Macro(one) => macro_(one, lookup),
            Self::Trigger(one) => trigger(one, lookup),
            Self::Automation(one) => automation(one, lookup),
            Self::Text(one) => text(one),
            Self::Webhook(one) => webhook(one),
            Self::Schedule(one) => schedule(one),
        }
    }
}

fn kind(one: &Kind, lookup: &dyn Lookup) -> Document {
    let fields =
        |ids: &[FieldId]| -> Vec<String> { ids.iter().map(|id| written(lookup, Refers::Field, id.0)).collect() };
    let condition = |when: &Appearance| {
        Document::default()
            .with("field", written(lookup, Refers::Field, when.field.0))
            .with("value", when.value.as_str())
            .with("shows", fields(&when.shows))
            .with("required", when.required)
    };
    let statuses: Vec<String> = one.statuses.iter().map(|id| written(lookup, Refers::Status, id.0)).collect();
    let mut translations = Document::default();
    for (language, words) in &one.translations {
        let words = Document::default().with("name", words.name.as_str()).with("guidance", words.guidance.as_str());
        translations = translations.with(language, words);
    }
    Document::default()
        .with("slug", one.slug.as_str())
        .with("name", one.name.as_str())
        .with("guidance", one.guidance.as_str())
        .with_some("priority", one.priority.map(Priority::name))
        .with("translations", translations)
        .with("fields", fields(&one.fields))
        .with("conditions", one.conditions.iter().map(condition).collect::<Vec<_>>())
        .with("statuses", statuses)
        .with("active", one.active)
        .with("requesters", one.requesters)
        .with("default", one.default)
        .with("position", one.position)
}

fn field(one: &Field) -> Document {
    let option = |choice: &Choice| {
        let names = choice.translations.iter().map(|(language, name)| (language.clone(), name.as_str().into()));
        let names = Document(names.collect());
        Document::default()
            .with("name", choice.name.as_str())
            .with("value", choice.tag.as_str())
            .with_some("translations", Some(names).filter(|names| !names.0.is_empty()))
    };
    let document = Document::default()
        .with("slug", one.slug.as_str())
        .with("of", one.of.name())
        .with("type", type_name(&one.kind))
        .with("title", one.title.as_str())
        .with_some("requester_title", one.requester_title.as_deref())
        .with("description", one.description.as_str())
        .with("translations", field_words(one))
        .with("access", one.access.name())
        .with("required_to_submit", one.required_to_submit)
        .with("required_to_solve", one.required_to_solve)
        .with_some("default", one.default.as_ref().map(crate::domain::field::Value::written))
        .with("active", one.active)
        .with("position", one.position);
    match &one.kind {
        FieldType::Checkbox { tag } => document.with_some("tag", tag.as_ref().map(Tag::as_str)),
        FieldType::Pattern(pattern) => document.with("pattern", pattern.as_str()),
        FieldType::Choice(options) | FieldType::Choices(options) => {
            document.with("options", options.iter().map(option).collect::<Vec<_>>())
        }
        _ => document,
    }
}

fn field_words(one: &Field) -> Document {
    let mut all = Document::default();
    for (language, words) in &one.translations {
        let words = Document::default()
            .with("title", words.title.as_str())
            .with_some("requester_title", words.requester_title.as_deref())
            .with_some("description", words.description.as_deref());
        all = all.with(language, words);
    }
    all
}

fn type_name(kind: &FieldType) -> String {
    match kind {
        FieldType::System(field) => format!("system:{}", field.name()),
        other => other.name().to_owned(),
    }
}

fn status(one: &CustomStatus) -> Document {
    let mut translations = Document::default();
    for (language, words) in &one.translations {
        let words = Document::default()
            .with("name", words.name.as_str())
            .with_some("requester_name", words.requester_name.as_deref());
        translations = translations.with(language, words);
    }
    Document::default()
        .with("name", one.name.as_str())
        .with("category", one.category.name())
        .with_some("requester_name", one.requester_name.as_deref())
        .with("description", one.description.as_str())
        .with("translations", translations)
        .with("active", one.active)
        .with("default", one.default)
        .with("position", one.position)
}

fn view(one: &View, lookup: &dyn Lookup) -> Document {
    let column = |column: &Column| match column {
        Column::Field(id) => format!("field {}", written(lookup, Refers::Field, id.0)),
        system => system.name().to_owned(),
    };
    owned(one.owner, lookup)
        .with("slug", one.slug.as_str())
        .with_some("title", one.title.as_deref())
        .with("description", one.description.as_str())
        .with("active", one.active)
        .with("position", one.position)
        .with("when", super::text::sentence(&one.when, lookup))
        .with("sort_by", one.sort.by.name())
        .with("sort_order", if one.sort.descending { "desc" } else { "asc" })
        .with_some("group_by", one.group_by.as_ref().map(column))
        .with("columns", one.columns.iter().map(column).collect::<Vec<_>>())
}

fn macro_(one: &Macro, lookup: &dyn Lookup) -> Document {
    owned(one.owner, lookup)
        .with("title", one.title.as_str())
        .with("description", one.description.as_str())
        .with("active", one.active)
        .with("position", one.position)
        .with("actions", actions(&one.then, lookup))
}

fn trigger(one: &Trigger, lookup: &dyn Lookup) -> Document {
    Document::default()
        .with("title", one.title.as_str())
        .with("description", one.description.as_str())
        .with("active", one.active)
        .with("position", one.position)
        .with("when", super::text::sentence(&one.when, lookup))
        .with("actions", actions(&one.then, lookup))
}

fn automation(one: &Automation, lookup: &dyn Lookup) -> Document {
    Document::default()
        .with("slug", one.slug.as_str())
        .with("title", one.title.as_str())
        .with("description", one.description.as_str())
        .with("active", one.active)
        .with("position", one.position)
        .with("when", super::text::sentence(&one.when, lookup))
        .with("actions", actions(&one.then, lookup))
        .with("once", one.once)
}

fn text(one: &NoticeText) -> Document {
    let mut bodies = Document::default();
    for (language, wording) in &one.bodies {
        let wording = Document::default().with("subject", wording.subject.as_str()).with("body", wording.body.as_str());
        bodies = bodies.with(language, wording);
    }
    Document::default()
        .with("slug", one.slug.as_str())
        .with("description", one.description.as_str())
        .with("texts", bodies)
}

fn webhook(one: &Webhook) -> Document {
    Document::default().with("name", one.name.as_str()).with("url", one.url.as_str()).with("active", one.active)
}

/// Days without open hours are left out.
fn schedule(one: &Schedule) -> Document {
    let week = DAYS.into_iter().zip(one.hours.week()).filter(|(_, hours)| !hours.is_empty());
    let document = Document::default().with("name", one.name.as_str()).with("time_zone", one.hours.zone());
    let document = week.fold(document, |document, ((_, day), hours)| document.with(day, hours));
    let holidays = one.hours.holidays();
    document.with_some("holidays", (!holidays.is_empty()).then_some(holidays))
}

/// Whose it is: `account`, `group: NAME` or `person: ADDRESS`.
fn owned(owner: Owner, lookup: &dyn Lookup) -> Document {
    let owner = match owner {
        Owner::Account => "account".to_owned(),
        Owner::Group(id) => format!("group: {}", written(lookup, Refers::Group, id.0)),
        Owner::Person(id) => format!("person: {}", written(lookup, Refers::Person, id.0)),
    };
    Document::default().with("owner", owner)
}

fn actions(then: &[Action], lookup: &dyn Lookup) -> Datum {
    then.iter().map(|action| Datum::from(action.written(lookup))).collect::<Vec<_>>().into()
}
