//! What placeholders stand for: by their names in conditions, and as people read them.

use super::said::Scene;
use crate::domain::comment::{Comment, Visibility};
use crate::domain::field::{FieldType, Value};
use crate::domain::form::Values;
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId, TicketId};
use crate::domain::setup::{Datum, Document};
use crate::domain::status::{CustomStatus, Priority, Status};
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use std::fmt;

/// Characters of what was said that a notice repeats.
const BODY_CHARS: usize = 20_000;

/// How values are written for people: the program's words for them, in its readers' languages.
pub trait Tongue: fmt::Debug + Sync {
    /// A value in the first of some languages ([`preferred`](crate::domain::locale::preferred)) in which it can be said.
    fn written(&self, languages: &str, what: Written<'_>) -> String;
}

/// A value that is written in another way in each language.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// `Open`
    Status(Status),
    /// `Urgent`
    Priority(Priority),
    /// `Saturday 2 May 2026`
    Day(NaiveDate),
    /// `3.5`
    Decimal(&'a str),
    /// `yes`
    Flag(bool),
}

/// For whom values are written.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// Their languages, the preferred first: [`preferred`](crate::domain::locale::preferred).
    pub languages: &'a str,
    /// Where their days begin, by its IANA name.
    pub time_zone: &'a str,
}

/// What agents and requesters see alike.
pub(super) struct Shown<'a> {
    pub(super) id: TicketId,
    pub(super) subject: &'a str,
    pub(super) status: Status,
    /// The account's own, as the reader may know it.
    pub(super) own_status: Option<CustomStatus>,
    pub(super) priority: Option<Priority>,
    pub(super) kind: Option<KindId>,
    pub(super) due_at: Option<Timestamp>,
    pub(super) requester: PersonId,
    pub(super) assignee: Option<PersonId>,
    pub(super) group: Option<GroupId>,
    pub(super) organization: Option<OrganizationId>,
    pub(super) fields: &'a Values,
}

/// Under which name the ticket stands as people read it; no text can name it.
pub(super) const SAID: &str = "said";

/// Adds something to the ticket, as conditions and as people read it.
pub(super) fn of_ticket(context: &mut Document, more: &Document) {
    let add = |datum: Option<&mut Datum>| {
        if let Some(Datum::Table(table)) = datum {
            table.0.extend(more.0.clone());
        }
    };
    add(context.0.get_mut("ticket"));
    if let Some(Datum::Table(said)) = context.0.get_mut(SAID) {
        add(said.0.get_mut("ticket"));
    }
}

impl Shown<'_> {
    pub(super) fn context(&self, scene: &Scene<'_>, manner: Manner<'_>, comment: Option<&Comment>) -> Document {
        let person = |id: PersonId| scene.people.get(&id).cloned();
        let url = scene.account.url.as_ref().map(|url| url.trim_end_matches('/').to_owned());
        let named = |name: Option<String>| Document::default().with_some("name", name);
        let group = self.group.and_then(|id| scene.groups.get(&id)).map(|group| group.name.clone());
        let organization = self.organization.and_then(|id| scene.organizations.get(&id)).cloned();
        let comment = comment.map(|comment| {
            let body: String = comment.body.chars().take(BODY_CHARS).collect();
            Document::default()
                .with_some("author", person(comment.author))
                .with("body", body)
                .with("is_public", comment.visibility == Visibility::Public)
        });
        let ticket = self.ticket(scene).with_some("url", url.as_ref().map(|url| format!("{url}/tickets/{}", self.id)));
        let mut said = ticket.clone();
        said.0.extend(self.said(scene, manner).0);
        let parts = [
            ("ticket", ticket),
            (SAID, Document::default().with("ticket", said)),
            ("account", Document::default().with("name", scene.account.name.as_str()).with_some("url", url)),
            ("requester", named(person(self.requester))),
            ("assignee", named(self.assignee.and_then(person))),
            ("group", named(group)),
            ("organization", named(organization)),
            ("comment", comment.unwrap_or_default()),
        ];
        let there = parts.into_iter().filter(|(_, part)| !part.0.is_empty());
        there.fold(Document::default(), |context, (name, part)| context.with(name, part))
    }

    /// The ticket by the names of its values: what conditions compare.
    fn ticket(&self, scene: &Scene<'_>) -> Document {
        let kind = self.kind.and_then(|id| scene.setup.kinds.get(&id));
        let due = self.due_at.and_then(|at| day(at, "UTC"));
        Document::default()
            .with("id", self.id.0)
            .with("subject", self.subject)
            .with("status", self.status.name())
            .with_some("priority", self.priority.map(Priority::name))
            .with_some("kind", kind.map(|kind| kind.name.as_str()))
            .with_some("due", due.map(|day| day.to_string()))
            .with("fields", self.held(scene, |_, value| value.written()))
    }

    /// What of it people read in other words.
    fn said(&self, scene: &Scene<'_>, manner: Manner<'_>) -> Document {
        let Manner { languages, time_zone } = manner;
        let write = |what: Written<'_>| scene.tongue.written(languages, what);
        let kind = self.kind.and_then(|id| scene.setup.kinds.get(&id));
        let status = self.own_status.as_ref().map(|own| own.name_in(languages).to_owned());
        let due = self.due_at.and_then(|at| day(at, time_zone));
        Document::default()
            .with("status", status.unwrap_or_else(|| write(Written::Status(self.status))))
            .with_some("priority", self.priority.map(|one| write(Written::Priority(one))))
            .with_some("kind", kind.map(|kind| kind.name_in(languages)))
            .with_some("due", due.map(|day| write(Written::Day(day))))
            .with("fields", self.held(scene, |kind, value| held(kind, value, languages, &write)))
    }

    fn held(&self, scene: &Scene<'_>, write: impl Fn(&FieldType, &Value) -> String) -> Document {
        let fields = self.fields.iter().filter_map(|(id, value)| Some((scene.setup.fields.get(id)?, value)));
        let fields = fields.map(|(field, value)| (field.slug.clone(), Datum::Text(write(&field.kind, value))));
        Document(fields.collect())
    }
}

/// What a field holds, as people read it: options by their names.
fn held(kind: &FieldType, value: &Value, languages: &str, write: &dyn Fn(Written<'_>) -> String) -> String {
    let option = |tag: &crate::domain::tag::Tag| {
        let known = kind.options().iter().find(|option| option.tag == *tag);
        known.map_or_else(|| tag.to_string(), |option| option.name_in(languages).to_owned())
    };
    match value {
        Value::Checked(on) => write(Written::Flag(*on)),
        Value::Date(day) => write(Written::Day(day.0)),
        Value::Decimal(number) => write(Written::Decimal(&number.to_string())),
        Value::Choice(tag) => option(tag),
        Value::Choices(tags) => tags.iter().map(option).collect::<Vec<_>>().join(", "),
        Value::Text(_) | Value::Integer(_) => value.written(),
    }
}

/// The day of a moment where somebody is; Greenwich, where nobody knows that zone.
fn day(at: Timestamp, time_zone: &str) -> Option<NaiveDate> {
    let zone: chrono_tz::Tz = time_zone.parse().unwrap_or(chrono_tz::UTC);
    chrono::DateTime::from_timestamp_millis(at.0).map(|at| at.with_timezone(&zone).date_naive())
}
