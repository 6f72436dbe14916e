use super::{Time, Via};
use crate::domain::event::{Audit, Event};
use crate::domain::life::PersonEvent;
use crate::domain::mailroom::MailEvent;
use crate::domain::refusal::Field;
use serde::Serialize;

/// What one act did to people, groups, organizations or settings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogEntry {
    id: i64,
    created_at: Time,
    /// -1 for the account itself.
    actor_id: i64,
    via: Via,
    events: Vec<LogEvent>,
}

/// One thing that it did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LogEvent {
    #[serde(rename = "type")]
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    into_user_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<&'static str>,
    /// What happened, in the reader's language.
    text: String,
}

impl LogEntry {
    /// An audit of the account; `say` knows the sentence of an event.
    pub fn of(audit: &Audit, say: impl Fn(&Event) -> String) -> Self {
        Self {
            id: audit.id.0,
            created_at: audit.at.into(),
            actor_id: super::author(audit.who),
            via: Via::of(audit.via),
            events: audit.events.iter().map(|event| LogEvent { text: say(event), ..told(event) }).collect(),
        }
    }
}

fn told(event: &Event) -> LogEvent {
    let named = |name| LogEvent { name, ..LogEvent::default() };
    let fields = |fields: &std::collections::BTreeSet<Field>| fields.iter().map(|field| field.name()).collect();
    match event {
        Event::Founded => named("founded"),
        Event::PersonCreated { person, .. } => LogEvent { user_id: Some(person.0), ..named("user_created") },
        Event::PersonChanged { person, fields: changed } => {
            LogEvent { user_id: Some(person.0), fields: fields(changed), ..named("user_changed") }
        }
        Event::Person(event) => of_person(event),
        Event::OrganizationCreated(id) => LogEvent { organization_id: Some(id.0), ..named("organization_created") },
        Event::OrganizationChangedIn { organization, fields: changed } => {
            LogEvent { organization_id: Some(organization.0), fields: fields(changed), ..named("organization_changed") }
        }
        Event::OrganizationDeleted { organization, .. } => {
            LogEvent { organization_id: Some(organization.0), ..named("organization_deleted") }
        }
        Event::GroupCreated(id) => LogEvent { group_id: Some(id.0), ..named("group_created") },
        Event::GroupRenamed(id) => LogEvent { group_id: Some(id.0), ..named("group_renamed") },
        Event::SettingChanged(setting) => LogEvent { setting: Some(setting.name()), ..named("setting_changed") },
        Event::Mail(MailEvent::PutBack(_)) => named("letter_put_back"),
        Event::Mail(MailEvent::LetterDropped(_)) => named("letter_dropped"),
        Event::Mail(MailEvent::MailDropped(_)) => named("mail_dropped"),
        // What is added to the account's history has at least its sentence.
        _ => named("change"),
    }
}

fn of_person(event: &PersonEvent) -> LogEvent {
    let of =
        |name, person: &crate::domain::id::PersonId| LogEvent { name, user_id: Some(person.0), ..LogEvent::default() };
    match event {
        PersonEvent::Merged { person, into } => LogEvent { into_user_id: Some(into.0), ..of("user_merged", person) },
        PersonEvent::Deleted(person) => of("user_deleted", person),
        PersonEvent::Erased { person, .. } => of("user_erased", person),
        PersonEvent::LinkMade(person) => of("link_made", person),
        PersonEvent::TokenMade { person, name } => LogEvent { token: Some(name.clone()), ..of("token_made", person) },
        PersonEvent::TokenRevoked { person, name } => {
            LogEvent { token: Some(name.clone()), ..of("token_revoked", person) }
        }
        PersonEvent::WordsErased => LogEvent { name: "words_erased", ..LogEvent::default() },
        PersonEvent::TextsErased(_) => LogEvent { name: "texts_erased", ..LogEvent::default() },
    }
}
