//! What a notice says, with the eyes of whoever reads it.

use super::{NoticeText, template};
use crate::domain::account::{Account, Group, Settings};
use crate::domain::audience::{self, Viewer};
use crate::domain::comment::{Comment, Visibility};
use crate::domain::field::Value;
use crate::domain::id::{FieldId, GroupId, KindId, OrganizationId, PersonId, TicketId};
use crate::domain::locale::preferred;
use crate::domain::person::{EmailAddress, Person};
use crate::domain::setup::{Datum, Document, Setup};
use crate::domain::status::{Priority, Status};
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use std::collections::BTreeMap;

/// Characters of what was said that a notice repeats.
const BODY_CHARS: usize = 20_000;

/// What of the account notices name.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its settings.
    pub settings: &'a Settings,
    /// Its kinds and fields.
    pub setup: &'a Setup,
    /// Its groups.
    pub groups: &'a BTreeMap<GroupId, Group>,
    /// The names of people as the reader may know them.
    pub people: &'a BTreeMap<PersonId, String>,
    /// The names of organizations.
    pub organizations: &'a BTreeMap<OrganizationId, String>,
}

/// Who reads.
#[derive(Clone, Copy, Debug)]
pub enum Reads<'a> {
    /// Somebody of the account.
    Person(&'a Person),
    /// Whoever reads at an address.
    Address(&'a EmailAddress),
}

/// A notice as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The subject, as one line.
    pub subject: String,
    /// What is said.
    pub body: String,
    /// In which language, such as `en`.
    pub language: String,
    /// Whether it repeats what somebody else said.
    pub quotes: bool,
}

/// What a notice says to somebody, as things are now. What they may not read is not there: whoever is no agent gets what
/// is made of a [`Request`] and of public comments, and of nothing else.
pub fn said(text: &NoticeText, scene: &Scene<'_>, to: Reads<'_>, ticket: &Ticket, comment: Option<&Comment>) -> Said {
    let usual = scene.settings.language.as_str();
    let (languages, staff) = match to {
        Reads::Person(person) => {
            let staff = audience::works_on(&Viewer::of(person, false), ticket);
            (preferred(person.language.as_deref(), usual), staff)
        }
        Reads::Address(_) => (usual.to_owned(), false),
    };
    let mut context = if staff {
        for_staff(scene, ticket, comment)
    } else {
        let request = Request::of(ticket, scene.settings, scene.setup);
        for_requester(scene, &request, comment.filter(|one| one.visibility == Visibility::Public))
    };
    context.0.insert("recipient".to_owned(), recipient(to));
    let reader = match to {
        Reads::Person(person) => Some(person.id),
        Reads::Address(_) => None,
    };
    let quotes = context.0.contains_key("comment") && comment.is_some_and(|one| Some(one.author) != reader);
    let wording = text.wording(&languages);
    let fill = |part: Option<&str>| part.and_then(|part| template::fill(part, &context).ok()).unwrap_or_default();
    let subject = fill(wording.map(|(_, wording)| wording.subject.as_str()));
    let subject = crate::domain::text::one_line(&subject);
    Said {
        subject: if subject.is_empty() { format!("#{}", ticket.id) } else { subject },
        body: fill(wording.map(|(_, wording)| wording.body.as_str())).trim().to_owned(),
        language: wording.map_or(usual, |(code, _)| code).to_owned(),
        quotes,
    }
}

/// What a letter about no ticket says.
pub fn loose(text: &NoticeText, scene: &Scene<'_>, to: Reads<'_>) -> Said {
    let account =
        Document::default().with("name", scene.account.name.clone()).with_some("url", scene.account.url.clone());
    let context = Document(
        [("account".to_owned(), Datum::Table(account)), ("recipient".to_owned(), recipient(to))].into_iter().collect(),
    );
    let wording = text.wording(&scene.settings.language);
    let fill = |part: Option<&str>| part.and_then(|part| template::fill(part, &context).ok()).unwrap_or_default();
    Said {
        subject: crate::domain::text::one_line(&fill(wording.map(|(_, wording)| wording.subject.as_str()))),
        body: fill(wording.map(|(_, wording)| wording.body.as_str())).trim().to_owned(),
        language: wording.map_or_else(String::new, |(code, _)| code.to_owned()),
        quotes: false,
    }
}

/// What placeholders stand for when an agent reads.
pub fn for_staff(scene: &Scene<'_>, ticket: &Ticket, comment: Option<&Comment>) -> Document {
    let shown = Shown {
        id: ticket.id,
        subject: &ticket.subject,
        status: ticket.status(),
        priority: ticket.priority,
        kind: ticket.kind,
        due_at: ticket.due_at,
        requester: ticket.requester,
        assignee: ticket.assignee,
        group: ticket.group,
        organization: ticket.organization,
    };
    let mut context = shown.context(scene, comment);
    let tags: Vec<&str> = ticket.tags.iter().map(crate::domain::tag::Tag::as_str).collect();
    hold(&mut context, scene, &ticket.fields);
    if let Some(Datum::Table(table)) = context.0.get_mut("ticket") {
        table.0.insert("is_private".to_owned(), Datum::Flag(!ticket.is_public()));
        table.0.insert("tags".to_owned(), Datum::Text(tags.join(" ")));
    }
    context
}

/// What placeholders stand for when a requester reads; the comment is a public one.
pub fn for_requester(scene: &Scene<'_>, request: &Request, comment: Option<&Comment>) -> Document {
    let shown = Shown {
        id: request.id,
        subject: &request.subject,
        status: request.status(),
        priority: request.priority,
        kind: request.kind,
        due_at: request.due_at,
        requester: request.requester,
        assignee: request.assignee,
        group: request.group,
        organization: request.organization,
    };
    let mut context = shown.context(scene, comment);
    hold(&mut context, scene, &request.fields);
    context
}

/// Puts what fields hold beside the other parts of the ticket.
fn hold(context: &mut Document, scene: &Scene<'_>, fields: &BTreeMap<FieldId, Value>) {
    let fields = fields.iter().filter_map(|(id, value)| {
        let field = scene.setup.fields.get(id)?;
        Some((field.slug.clone(), Datum::Text(value.written())))
    });
    if let Some(Datum::Table(table)) = context.0.get_mut("ticket") {
        table.0.insert("fields".to_owned(), Datum::Table(Document(fields.collect())));
    }
}

/// What agents and requesters see alike.
struct Shown<'a> {
    id: TicketId,
    subject: &'a str,
    status: Status,
    priority: Option<Priority>,
    kind: Option<KindId>,
    due_at: Option<Timestamp>,
    requester: PersonId,
    assignee: Option<PersonId>,
    group: Option<GroupId>,
    organization: Option<OrganizationId>,
}

impl Shown<'_> {
    fn context(&self, scene: &Scene<'_>, comment: Option<&Comment>) -> Document {
        let person = |id: PersonId| scene.people.get(&id).cloned();
        let url = scene.account.url.as_ref().map(|url| url.trim_end_matches('/').to_owned());
        let mut context = Document::default();
        let mut put = |name: &str, parts: Vec<(&str, Option<Datum>)>| {
            let there = parts.into_iter().filter_map(|(key, datum)| Some((key.to_owned(), datum?)));
            let table = Document(there.collect());
            if !table.0.is_empty() {
                context.0.insert(name.to_owned(), Datum::Table(table));
            }
        };
        let text = |text: Option<String>| text.map(Datum::Text);
        put(
            "ticket",
            vec![
                ("id", Some(Datum::Number(self.id.0))),
                ("subject", text(Some(self.subject.to_owned()))),
                ("status", text(Some(self.status.name().to_owned()))),
                ("priority", text(self.priority.map(|one| one.name().to_owned()))),
                ("kind", text(self.kind.and_then(|id| scene.setup.kinds.get(&id)).map(|kind| kind.name.clone()))),
                ("due", text(self.due_at.map(day))),
                ("url", text(url.as_ref().map(|url| format!("{url}/tickets/{}", self.id)))),
            ],
        );
        put("account", vec![("name", text(Some(scene.account.name.clone()))), ("url", text(url))]);
        put("requester", vec![("name", text(person(self.requester)))]);
        put("assignee", vec![("name", text(self.assignee.and_then(person)))]);
        let group = self.group.and_then(|id| scene.groups.get(&id)).map(|group| group.name.clone());
        put("group", vec![("name", text(group))]);
        let organization = self.organization.and_then(|id| scene.organizations.get(&id)).cloned();
        put("organization", vec![("name", text(organization))]);
        if let Some(comment) = comment {
            let public = comment.visibility == Visibility::Public;
            let body = comment.body.chars().take(BODY_CHARS).collect();
            put(
                "comment",
                vec![
                    ("author", text(person(comment.author))),
                    ("body", text(Some(body))),
                    ("is_public", Some(Datum::Flag(public))),
                ],
            );
        }
        context
    }
}

/// The day of a moment, as `2026-05-02`.
fn day(at: Timestamp) -> String {
    chrono::DateTime::from_timestamp_millis(at.0).map(|at| at.format("%Y-%m-%d").to_string()).unwrap_or_default()
}

fn recipient(to: Reads<'_>) -> Datum {
    let (name, address) = match to {
        Reads::Person(person) => (person.name.clone(), person.email.as_ref().map(ToString::to_string)),
        Reads::Address(address) => (address.to_string(), Some(address.to_string())),
    };
    let mut table = Document::default();
    table.0.insert("name".to_owned(), Datum::Text(name));
    table.0.insert("address".to_owned(), Datum::Text(address.unwrap_or_default()));
    Datum::Table(table)
}
