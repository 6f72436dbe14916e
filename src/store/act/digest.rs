//! What tells a deed from another under the same key: a digest of an encoding made for that alone. It stays the same
//! when the program's types change: what is not chosen is not written, so a field that is new and empty changes nothing;
//! and a file is its name and its content, not the token under which it was handed in. A field that is renamed here, or
//! a place that is taken by another type, wants the next [`VERSION`].

mod case;
mod ink;
mod person;
mod removal;
mod webhook;

use crate::domain::act::{Change, Deed, ImportedComment, ImportedTicket, NewTicket, OrganizationRef, Setting};
use crate::domain::case::{Score, TicketType};
use crate::domain::comment::{NewComment, Upload, UploadToken};
use crate::domain::id::{
    AttachmentId, CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, StatusId, TicketId,
};
use crate::domain::person::{Away, EmailAddress, PersonRef, Restriction, Role};
use crate::domain::removal::RemovalSetting;
use crate::domain::setup::{Datum, Document, Numbers};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::time::{Span, Timestamp};
use crate::store::account::{on_hold_name, pending_end_name};
use ink::{Ink, Written};
use std::collections::BTreeMap;

/// The form of the encoding.
const VERSION: &str = "deed 1";

/// The files that were handed in by who acts, whether they are on a comment already or not.
pub(in crate::store) type Files = BTreeMap<UploadToken, Upload>;

/// The digest of a deed.
pub(super) fn digest(deed: &Deed, files: &Files) -> [u8; 32] {
    let mut ink = Ink::new(files);
    ink.text(VERSION);
    deed.write(&mut ink);
    ink.end()
}

macro_rules! numbers {
    ($($name:ty),+ $(,)?) => {$(
        impl Written for $name {
            fn write(&self, ink: &mut Ink<'_>) {
                ink.number(self.0);
            }
        }
    )+};
}

numbers!(
    AttachmentId,
    CommentId,
    FieldId,
    GroupId,
    KindId,
    OrganizationId,
    PersonId,
    StatusId,
    TicketId,
    Timestamp,
    Span
);

macro_rules! names {
    ($($name:ty),+ $(,)?) => {$(
        impl Written for $name {
            fn write(&self, ink: &mut Ink<'_>) {
                ink.text(self.name());
            }
        }
    )+};
}

names!(Priority, Restriction, Role, Score, Status, TicketType);

impl Written for Away {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.record("away", |ink| _ = ink.field("until", &self.until));
    }
}

impl Written for Tag {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.text(self.as_str());
    }
}

/// Two addresses that differ in case are one.
impl Written for EmailAddress {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.text(&self.folded());
    }
}

impl Written for PersonRef {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::Id(id) => ink.record("person", |ink| _ = ink.field("id", id)),
            Self::Address(email) => ink.record("address", |ink| _ = ink.field("email", email)),
            Self::Named { name, email } => ink.record("named", |ink| _ = ink.field("name", name).field("email", email)),
        }
    }
}

impl Written for OrganizationRef {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::Id(id) => ink.record("organization", |ink| _ = ink.field("id", id)),
            Self::Name(name) => ink.record("named", |ink| _ = ink.field("name", name)),
        }
    }
}

/// A file is what it is called and what is in it; one that is not known is its token, for then nobody can tell.
impl Written for UploadToken {
    fn write(&self, ink: &mut Ink<'_>) {
        if let Some(Upload { name, digest, .. }) = ink.file(self) {
            ink.text("file");
            ink.text(name);
            ink.bytes(digest);
        } else {
            ink.text("token");
            ink.text(&self.0);
        }
    }
}

impl Written for NewComment {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self { visibility, body, uploads } = self;
        let public = *visibility == crate::domain::comment::Visibility::Public;
        ink.record("comment", |ink| _ = ink.field("public", &public).field("body", body).field("uploads", uploads));
    }
}

impl Written for NewTicket {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self {
            subject,
            comment,
            requester,
            kind,
            ticket_type,
            problem,
            status,
            priority,
            assignee,
            group,
            tags,
            ccs,
            followers,
            due_at,
            custom_status,
            fields,
            external_id,
            follow_up_of,
        } = self;
        ink.field("subject", subject).field("comment", comment).field("requester", requester).field("kind", kind);
        ink.field("status", status).field("priority", priority).field("assignee", assignee).field("group", group);
        ink.field("tags", tags).field("ccs", ccs).field("followers", followers).field("due_at", due_at);
        ink.field("external_id", external_id).field("follow_up_of", follow_up_of);
        ink.field("custom_status", custom_status).field("fields", fields);
        chosen(ink, "ticket_type", *ticket_type);
        chosen(ink, "problem", *problem);
    }
}

impl Written for Change {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn write(&self, ink: &mut Ink<'_>) {
        let Self {
            subject,
            status,
            priority,
            kind,
            ticket_type,
            problem,
            assignee,
            group,
            requester,
            add_tags,
            remove_tags,
            add_ccs,
            remove_ccs,
            add_followers,
            remove_followers,
            due_at,
            custom_status,
            fields,
        } = self;
        ink.record("change", |ink| {
            ink.field("subject", subject).field("status", status).field("priority", priority).field("kind", kind);
            ink.field("assignee", assignee).field("group", group).field("requester", requester);
            ink.field("add_tags", add_tags).field("remove_tags", remove_tags).field("add_ccs", add_ccs);
            ink.field("remove_ccs", remove_ccs).field("add_followers", add_followers);
            ink.field("remove_followers", remove_followers).field("due_at", due_at);
            ink.field("custom_status", custom_status).field("fields", fields);
            chosen(ink, "ticket_type", *ticket_type);
            chosen(ink, "problem", *problem);
        });
    }
}

impl Written for ImportedTicket {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self {
            subject,
            kind,
            ticket_type,
            problem,
            rating,
            status,
            status_at,
            priority,
            requester,
            submitter,
            assignee,
            group,
            tags,
            ccs,
            followers,
            due_at,
            fields,
            external_id,
            via,
            created_at,
            comments,
        } = self;
        ink.field("subject", subject).field("kind", kind).field("status", status).field("status_at", status_at);
        ink.field("priority", priority).field("requester", requester).field("submitter", submitter);
        ink.field("assignee", assignee).field("group", group).field("tags", tags).field("ccs", ccs);
        ink.field("followers", followers).field("due_at", due_at).field("external_id", external_id);
        ink.field("via", &via.name());
        dated(ink, "created_at", *created_at);
        ink.field("comments", comments).field("fields", fields);
        chosen(ink, "ticket_type", *ticket_type);
        chosen(ink, "problem", *problem);
        if let Some((score, comment)) = rating {
            ink.field("score", score).field("score_comment", comment);
        }
    }
}

impl Written for ImportedComment {
    fn write(&self, ink: &mut Ink<'_>) {
        let Self { author, comment, at } = self;
        ink.record("said", |ink| {
            ink.field("author", author).field("comment", comment);
            dated(ink, "at", *at);
        });
    }
}

/// A moment that may be unknown: one that is known is written as such, and not as a choice.
fn dated(ink: &mut Ink<'_>, name: &str, at: Option<Timestamp>) {
    if let Some(at) = at {
        ink.field(name, &at);
    }
}

/// What was not known of once: written only where it is chosen, so that what was sent before stays what it was.
fn chosen<T: Written>(ink: &mut Ink<'_>, name: &str, value: Option<T>) {
    if let Some(value) = value {
        ink.field(name, &value);
    }
}

/// What fields hold, where some are named: what has none is written as before there were any.
fn filled(ink: &mut Ink<'_>, fields: &BTreeMap<FieldId, String>) {
    if !fields.is_empty() {
        ink.field("fields", fields);
    }
}

impl Written for Setting {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.text(self.name());
        match self {
            Self::AccountName(text) | Self::Language(text) => text.write(ink),
            Self::AccountUrl(url) => url.write(ink),
            Self::PrivateTickets(yes)
            | Self::MailTickets(yes)
            | Self::AnonymousRequests(yes)
            | Self::Ratings(yes)
            | Self::Removal(RemovalSetting::ByAgents(yes)) => yes.write(ink),
            Self::NoticesPerHour(bound) => ink.text(&bound.to_string()),
            Self::WebhookHosts(hosts) => ink.text(&hosts.to_string()),
            Self::PortalOnHold(how) => ink.text(on_hold_name(*how)),
            Self::PendingEnd(how) => ink.text(pending_end_name(*how)),
            Self::RemindAfter(span) | Self::EndAfter(span) | Self::CloseAfter(span) => span.write(ink),
            Self::DefaultGroup(group) => group.write(ink),
            Self::AttachmentBytes(bytes) => ink.text(&bytes.to_string()),
            Self::People(setting) => setting.write(ink),
            Self::Removal(RemovalSetting::PurgeDays(days)) => ink.text(&days.to_string()),
        }
    }
}

impl Written for Document {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.record("document", |ink| {
            for (key, datum) in &self.0 {
                ink.text(key);
                datum.write(ink);
            }
        });
    }
}

impl Written for Datum {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::Text(text) => ink.record("text", |ink| ink.text(text)),
            Self::Number(number) => ink.record("number", |ink| ink.number(*number)),
            Self::Flag(flag) => ink.record("flag", |ink| ink.number(i64::from(*flag))),
            Self::List(list) => ink.record("list", |ink| list.write(ink)),
            Self::Table(table) => table.write(ink),
        }
    }
}

impl Written for Deed {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::CreateTicket(new) => ink.record("CreateTicket", |ink| new.write(ink)),
            Self::UpdateTicket { ticket, change, comment, expect } => ink.record("UpdateTicket", |ink| {
                ink.field("ticket", ticket).field("change", &**change).field("comment", comment);
                ink.field("expect", expect);
            }),
            Self::MakeInternal { ticket, comment } => {
                ink.record("MakeInternal", |ink| _ = ink.field("ticket", ticket).field("comment", comment));
            }
            Self::Merge { source, target, source_comment, target_comment } => ink.record("Merge", |ink| {
                ink.field("source", source).field("target", target);
                ink.field("source_comment", source_comment).field("target_comment", target_comment);
            }),
            Self::RunAutomations { ticket } => ink.record("RunAutomations", |ink| _ = ink.field("ticket", ticket)),
            Self::CreatePerson(new) => ink.record("CreatePerson", |ink| new.write(ink)),
            Self::UpdatePerson { person, change } => ink.record("UpdatePerson", |ink| {
                ink.field("person", person);
                change.write(ink);
            }),
            Self::CreateOrganization(new) => ink.record("CreateOrganization", |ink| new.write(ink)),
            Self::UpdateOrganization { organization, change } => ink.record("UpdateOrganization", |ink| {
                ink.field("organization", organization);
                change.write(ink);
            }),
            Self::CreateGroup { name } => ink.record("CreateGroup", |ink| _ = ink.field("name", name)),
            Self::RenameGroup { group, name } => {
                ink.record("RenameGroup", |ink| _ = ink.field("group", group).field("name", name));
            }
            Self::DescribeGroup { group, description } => ink.record("DescribeGroup", |ink| {
                ink.field("group", group).field("description", description);
            }),
            Self::Case(deed) => ink.record("Case", |ink| deed.write(ink)),
            Self::Person(deed) => ink.record("Person", |ink| deed.write(ink)),
            Self::Removal(removal) => ink.record("Removal", |ink| removal.write(ink)),
            Self::Mail(deed) => ink.record("Mail", |ink| deed.write(ink)),
            Self::DeleteGroup { group } => ink.record("DeleteGroup", |ink| _ = ink.field("group", group)),
            Self::DeleteOrganization { organization } => {
                ink.record("DeleteOrganization", |ink| _ = ink.field("organization", organization));
            }
            Self::Set(setting) => ink.record("Set", |ink| setting.write(ink)),
            Self::SetItem(item) => ink.record("SetItem", |ink| {
                ink.field("kind", &item.kind().name()).field("id", &item.key().id);
                item.document(&Numbers).write(ink);
            }),
            Self::DeleteItem(key) => {
                ink.record("DeleteItem", |ink| _ = ink.field("kind", &key.kind.name()).field("id", &key.id));
            }
            Self::OrderItems { kind, order } => {
                ink.record("OrderItems", |ink| _ = ink.field("kind", &kind.name()).field("order", order));
            }
            Self::Webhook { webhook, deed } => ink.record("Webhook", |ink| {
                ink.field("webhook", &webhook.0);
                deed.write(ink);
            }),
            Self::ImportTicket(past) => ink.record("ImportTicket", |ink| past.write(ink)),
            // The key alone says who it is.
            Self::ImportPerson(_) => ink.record("ImportPerson", |_| ()),
        }
    }
}
