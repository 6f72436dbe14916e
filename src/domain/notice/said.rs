//! What a notice says, with the eyes of whoever reads it.

use super::shown::{self, Manner, Shown, Tongue};
use super::{NoticeText, template};
use crate::domain::account::{Account, Group, Settings};
use crate::domain::audience::{self, Viewer};
use crate::domain::comment::{Comment, Visibility};
use crate::domain::id::{GroupId, OrganizationId, PersonId, StatusId};
use crate::domain::locale::preferred;
use crate::domain::person::{EmailAddress, Person};
use crate::domain::setup::{Datum, Document, Setup};
use crate::domain::status::CustomStatus;
use crate::domain::ticket::{Request, Ticket};
use std::collections::BTreeMap;

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
    /// How values are written.
    pub tongue: &'a dyn Tongue,
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
    let wording = text.wording(&languages);
    let language = wording.map_or(usual, |(code, _)| code);
    let (own, zone) = match to {
        Reads::Person(person) => (person.time_zone.as_deref(), &scene.settings.people.time_zone),
        Reads::Address(_) => (None, &scene.settings.people.time_zone),
    };
    // A letter is in one language.
    let manner = Manner { languages: &preferred(Some(language), usual), time_zone: own.unwrap_or(zone) };
    let mut context = if staff {
        for_staff(scene, manner, ticket, comment)
    } else {
        let request = Request::of(ticket, scene.settings, scene.setup);
        for_requester(scene, manner, &request, comment.filter(|one| one.visibility == Visibility::Public))
    };
    context.0.insert("recipient".to_owned(), recipient(to));
    let reader = match to {
        Reads::Person(person) => Some(person.id),
        Reads::Address(_) => None,
    };
    let quotes = context.0.contains_key("comment") && comment.is_some_and(|one| Some(one.author) != reader);
    let fill = |part: Option<&str>| part.and_then(|part| template::fill(part, &context).ok()).unwrap_or_default();
    let subject = fill(wording.map(|(_, wording)| wording.subject.as_str()));
    let subject = crate::domain::text::one_line(&subject);
    Said {
        subject: if subject.is_empty() { format!("#{}", ticket.id) } else { subject },
        body: fill(wording.map(|(_, wording)| wording.body.as_str())).trim().to_owned(),
        language: language.to_owned(),
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
    let usual = scene.settings.language.as_str();
    let wording = text.wording(&match to {
        Reads::Person(person) => preferred(person.language.as_deref(), usual),
        Reads::Address(_) => usual.to_owned(),
    });
    let fill = |part: Option<&str>| part.and_then(|part| template::fill(part, &context).ok()).unwrap_or_default();
    Said {
        subject: crate::domain::text::one_line(&fill(wording.map(|(_, wording)| wording.subject.as_str()))),
        body: fill(wording.map(|(_, wording)| wording.body.as_str())).trim().to_owned(),
        language: wording.map_or_else(String::new, |(code, _)| code.to_owned()),
        quotes: false,
    }
}

/// What placeholders stand for when an agent reads.
pub fn for_staff(scene: &Scene<'_>, manner: Manner<'_>, ticket: &Ticket, comment: Option<&Comment>) -> Document {
    let status = |id: Option<StatusId>| id.and_then(|id| scene.setup.statuses.get(&id));
    let shown = Shown {
        id: ticket.id,
        subject: &ticket.subject,
        status: ticket.status(),
        own_status: status(ticket.custom_status).cloned(),
        priority: ticket.priority,
        kind: ticket.kind,
        due_at: ticket.due_at,
        requester: ticket.requester,
        assignee: ticket.assignee,
        group: ticket.group,
        organization: ticket.organization,
        fields: &ticket.fields,
    };
    let mut context = shown.context(scene, manner, comment);
    let tags: Vec<&str> = ticket.tags.iter().map(crate::domain::tag::Tag::as_str).collect();
    let more = Document::default().with("is_private", !ticket.is_public()).with("tags", tags.join(" "));
    shown::of_ticket(&mut context, &more);
    context
}

/// What placeholders stand for when a requester reads; the comment is a public one.
pub fn for_requester(scene: &Scene<'_>, manner: Manner<'_>, request: &Request, comment: Option<&Comment>) -> Document {
    let status = |id: Option<StatusId>| id.and_then(|id| scene.setup.statuses.get(&id));
    let shown = Shown {
        id: request.id,
        subject: &request.subject,
        status: request.status(),
        own_status: status(request.custom_status).and_then(CustomStatus::for_requesters),
        priority: request.priority,
        kind: request.kind,
        due_at: request.due_at,
        requester: request.requester,
        assignee: request.assignee,
        group: request.group,
        organization: request.organization,
        fields: &request.fields,
    };
    shown.context(scene, manner, comment)
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
