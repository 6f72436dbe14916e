use super::line::{Line, Name, after_colon, before_colon};
use crate::domain::case::TicketType;
use crate::domain::comment::Visibility;
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, TextId, WebhookId};
use crate::domain::person::EmailAddress;
use crate::domain::setup::{Lookup, Refers, written};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use std::collections::BTreeSet;

/// One thing that a rule or macro does to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sets the status.
    Status(Status),
    /// Sets a status of the account's own.
    CustomStatus(StatusId),
    /// Sets or takes away the priority.
    Priority(Option<Priority>),
    /// Sets the kind.
    Kind(KindId),
    /// Makes it another sort of case, or none.
    Type(Option<TicketType>),
    /// Assigns it.
    Assignee(Whom),
    /// Hands it to a group, or to none.
    Group(Option<GroupId>),
    /// Fills a field, as it is written; an empty text empties it.
    Field(FieldId, String),
    /// Puts labels on it.
    AddTags(BTreeSet<Tag>),
    /// Takes labels off it.
    RemoveTags(BTreeSet<Tag>),
    /// Replaces all labels.
    SetTags(BTreeSet<Tag>),
    /// Puts somebody in copy.
    AddCc(Whom),
    /// Lets an agent follow it.
    AddFollower(Whom),
    /// Gives it another title, with placeholders. Macros only.
    Subject(String),
    /// Says something, with placeholders. Macros only: a rule never speaks in somebody's name.
    Comment(Visibility, String),
    /// Sends a notice. Triggers and automations only.
    Notify(Recipient, TextId),
    /// Tells another program. Triggers and automations only.
    Webhook(WebhookId),
}

/// Somebody as rules name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whom {
    /// Nobody.
    Nobody,
    /// The one who changed the ticket, or applies the macro.
    Me,
    /// The ticket's requester.
    Requester,
    /// The ticket's assignee.
    Assignee,
    /// Somebody known.
    Person(PersonId),
}

/// To whom a notice goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// The requester.
    Requester,
    /// The requester and everybody in copy.
    RequesterAndCcs,
    /// Everybody in copy.
    Ccs,
    /// The assignee; the agents of the group when there is none.
    Assignee,
    /// The agents of the ticket's group.
    Group,
    /// The agents of a group.
    GroupOf(GroupId),
    /// Those who follow it.
    Followers,
    /// Somebody known.
    Person(PersonId),
    /// An address.
    Address(EmailAddress),
}

/// Why a text is no action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadAction {
    /// There is no action of that name.
    Name(String),
    /// What is set cannot be set to that.
    Value {
        /// The action's name.
        name: String,
        /// What stands there.
        value: String,
    },
    /// There is nothing of that name in the account.
    Unknown(String),
}

impl Action {
    /// How lines begin that are actions: what stands before the colon.
    pub const NAMES: [&'static str; 18] = [
        "status",
        "custom status",
        "priority",
        "kind",
        "type",
        "assignee",
        "group",
        "field NAME",
        "add tags",
        "remove tags",
        "tags",
        "add cc",
        "add follower",
        "subject",
        "reply",
        "note",
        "notify WHOM",
        "webhook",
    ];

    /// The action as a line, such as `status: solved` or `notify requester: request-received`.
    pub fn written(&self, lookup: &dyn Lookup) -> String {
        let name = |what, id| after_colon(&written(lookup, what, id), &["none"]);
        match self {
            Self::Status(status) => format!("status: {}", status.name()),
            Self::CustomStatus(id) => format!("custom status: {}", name(Refers::Status, id.0)),
            Self::Priority(priority) => format!("priority: {}", priority.map_or("none", Priority::name)),
            Self::Kind(id) => format!("kind: {}", name(Refers::Kind, id.0)),
            Self::Type(one) => format!("type: {}", one.map_or("none", TicketType::name)),
            Self::Assignee(whom) => format!("assignee: {}", whom.written(lookup)),
            Self::Group(None) => "group: none".to_owned(),
            Self::Group(Some(id)) => format!("group: {}", name(Refers::Group, id.0)),
            Self::Field(id, value) => {
                format!("field {}: {value}", before_colon(&written(lookup, Refers::Field, id.0)))
            }
            Self::AddTags(tags) => format!("add tags: {}", listed(tags)),
            Self::RemoveTags(tags) => format!("remove tags: {}", listed(tags)),
            Self::SetTags(tags) => format!("tags: {}", listed(tags)),
            Self::AddCc(whom) => format!("add cc: {}", whom.written(lookup)),
            Self::AddFollower(whom) => format!("add follower: {}", whom.written(lookup)),
            Self::Subject(text) => format!("subject: {text}"),
            Self::Comment(Visibility::Public, text) => format!("reply: {text}"),
            Self::Comment(Visibility::Internal, text) => format!("note: {text}"),
            Self::Notify(to, text) => format!("notify {}: {}", to.written(lookup), name(Refers::Text, text.0)),
            Self::Webhook(id) => format!("webhook: {}", name(Refers::Webhook, id.0)),
        }
    }

    /// The way back from [`Self::written`].
    ///
    /// # Errors
    /// What of it means nothing.
    pub fn parse(text: &str, lookup: &dyn Lookup) -> Result<Self, BadAction> {
        let Line { head, name, value } = Line::parse(text).ok_or_else(|| BadAction::Name(text.to_owned()))?;
        let value = value.trim_start();
        let line = value.trim_end();
        let bad = || BadAction::Value { name: head.to_owned(), value: line.to_owned() };
        let behind = Name::of(line);
        let find = |what, name: &Name| name.id(lookup, what).ok_or_else(|| BadAction::Unknown(name.text.clone()));
        let whom = || Whom::parse(&behind, lookup).ok_or_else(|| BadAction::Unknown(behind.text.clone()));
        if let Some(to) = head.strip_prefix("notify ") {
            let unknown = || BadAction::Unknown(name.as_ref().map_or(to, |name| name.text.as_str()).to_owned());
            let to = Recipient::parse(to.trim(), name.as_ref(), lookup).ok_or_else(unknown)?;
            return Ok(Self::Notify(to, TextId(find(Refers::Text, &behind)?)));
        }
        if let Some(field) = name {
            return Ok(Self::Field(FieldId(find(Refers::Field, &field)?), line.to_owned()));
        }
        Ok(match head {
            "status" => Self::Status(Status::parse(line).ok_or_else(bad)?),
            "custom status" => Self::CustomStatus(StatusId(find(Refers::Status, &behind)?)),
            "priority" if line == "none" => Self::Priority(None),
            "priority" => Self::Priority(Some(Priority::parse(line).ok_or_else(bad)?)),
            "kind" => Self::Kind(KindId(find(Refers::Kind, &behind)?)),
            "type" if line == "none" => Self::Type(None),
            "type" => Self::Type(Some(TicketType::parse(line).ok_or_else(bad)?)),
            "assignee" => Self::Assignee(whom()?),
            "group" if behind.is("none") => Self::Group(None),
            "group" => Self::Group(Some(GroupId(find(Refers::Group, &behind)?))),
            "add tags" => Self::AddTags(tags(line).ok_or_else(bad)?),
            "remove tags" => Self::RemoveTags(tags(line).ok_or_else(bad)?),
            "tags" => Self::SetTags(tags(line).ok_or_else(bad)?),
            "add cc" => Self::AddCc(whom()?),
            "add follower" => Self::AddFollower(whom()?),
            "subject" => Self::Subject(line.to_owned()),
            "reply" => Self::Comment(Visibility::Public, value.to_owned()),
            "note" => Self::Comment(Visibility::Internal, value.to_owned()),
            "webhook" => Self::Webhook(WebhookId(find(Refers::Webhook, &behind)?)),
            _ => return Err(BadAction::Name(head.to_owned())),
        })
    }
}

fn listed(tags: &BTreeSet<Tag>) -> String {
    tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
}

fn tags(text: &str) -> Option<BTreeSet<Tag>> {
    let named = text.split([' ', ',']).filter(|part| !part.is_empty());
    named.map(|part| Tag::parse(part).ok()).collect()
}

impl Whom {
    fn written(self, lookup: &dyn Lookup) -> String {
        match self {
            Self::Nobody => "none".to_owned(),
            Self::Me => "me".to_owned(),
            Self::Requester => "requester".to_owned(),
            Self::Assignee => "assignee".to_owned(),
            Self::Person(id) => after_colon(&written(lookup, Refers::Person, id.0), &Self::WORDS.map(|(word, _)| word)),
        }
    }

    /// The words that are no names.
    const WORDS: [(&'static str, Self); 4] =
        [("none", Self::Nobody), ("me", Self::Me), ("requester", Self::Requester), ("assignee", Self::Assignee)];

    fn parse(name: &Name, lookup: &dyn Lookup) -> Option<Self> {
        let word = Self::WORDS.into_iter().find(|(word, _)| name.is(word));
        let person = || name.id(lookup, Refers::Person).map(|id| Self::Person(PersonId(id)));
        word.map(|(_, whom)| whom).or_else(person)
    }
}

impl Recipient {
    fn written(&self, lookup: &dyn Lookup) -> String {
        match self {
            Self::Requester => "requester".to_owned(),
            Self::RequesterAndCcs => "requester and ccs".to_owned(),
            Self::Ccs => "ccs".to_owned(),
            Self::Assignee => "assignee".to_owned(),
            Self::Group => "group".to_owned(),
            Self::Followers => "followers".to_owned(),
            Self::GroupOf(id) => format!("group {}", before_colon(&written(lookup, Refers::Group, id.0))),
            Self::Person(id) => format!("person {}", before_colon(&written(lookup, Refers::Person, id.0))),
            Self::Address(email) => format!("address {}", before_colon(email.as_str())),
        }
    }

    fn parse(text: &str, name: Option<&Name>, lookup: &dyn Lookup) -> Option<Self> {
        let id = |what| name.and_then(|name| name.id(lookup, what));
        match text {
            "requester" => Some(Self::Requester),
            "requester and ccs" => Some(Self::RequesterAndCcs),
            "ccs" => Some(Self::Ccs),
            "assignee" => Some(Self::Assignee),
            "group" if name.is_none() => Some(Self::Group),
            "followers" => Some(Self::Followers),
            "group" => id(Refers::Group).map(|id| Self::GroupOf(GroupId(id))),
            "person" => id(Refers::Person).map(|id| Self::Person(PersonId(id))),
            "address" => name.and_then(|name| EmailAddress::parse(&name.text).ok()).map(Self::Address),
            _ => None,
        }
    }
}
