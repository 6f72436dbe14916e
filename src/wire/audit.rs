mod held;

use super::{Comment, FieldValue, Place, Time, Via};
use crate::domain::case::{CaseEvent, TicketType};
use crate::domain::comment::Visibility;
use crate::domain::event::{Audit as Domain, Chain, Created, Event};
use crate::domain::id::PersonId;
use crate::domain::life::PersonEvent;
use crate::domain::notice::{Addressee, NoticeRef};
use crate::domain::removal::Removed;
use crate::domain::status::Priority;
use crate::domain::tag::Tag;
pub use held::Held;
use held::listed;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Everything that one act did to a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Audit {
    id: i64,
    ticket_id: Option<i64>,
    created_at: Time,
    /// -1 for the account itself.
    author_id: i64,
    via: Via,
    events: Vec<AuditEvent>,
}

/// Something that happened to a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type")]
pub enum AuditEvent {
    /// What a field was when the ticket was opened.
    Create {
        /// Which.
        field_name: &'static str,
        /// What it was.
        value: Value,
    },
    /// A field changed.
    Change {
        /// Which.
        field_name: &'static str,
        /// What it became.
        value: Value,
        /// What it was.
        previous_value: Value,
    },
    /// Labels came and went.
    #[serde(rename = "Change")]
    Tags {
        /// Always `tags`.
        field_name: &'static str,
        /// All that it has now, where that is at hand.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Vec<String>>,
        /// All that it had.
        #[serde(skip_serializing_if = "Option::is_none")]
        previous_value: Option<Vec<String>>,
        /// New ones.
        added: Vec<String>,
        /// Lost ones.
        removed: Vec<String>,
    },
    /// People came in copy, or left it.
    EmailCcChange {
        /// All of them now, where that is at hand.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Vec<i64>>,
        /// All of them before.
        #[serde(skip_serializing_if = "Option::is_none")]
        previous_value: Option<Vec<i64>>,
        /// New ones.
        added_ids: Vec<i64>,
        /// Lost ones.
        removed_ids: Vec<i64>,
    },
    /// Agents began or stopped following.
    FollowerChange {
        /// All of them now, where that is at hand.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Vec<i64>>,
        /// All of them before.
        #[serde(skip_serializing_if = "Option::is_none")]
        previous_value: Option<Vec<i64>>,
        /// New ones.
        added_ids: Vec<i64>,
        /// Lost ones.
        removed_ids: Vec<i64>,
    },
    /// A public comment became a note.
    CommentPrivacyChange {
        /// Which.
        comment_id: i64,
        /// Always false.
        public: bool,
    },
    /// A rule could not do a part of what it does.
    ActionSkipped {
        /// What.
        action: String,
        /// Why not.
        why: &'static str,
    },
    /// Another program was told.
    Webhook {
        /// By which rule.
        rule_id: i64,
        /// Which.
        webhook_id: i64,
    },
    /// What a field of the account's own held when the ticket was opened.
    #[serde(rename = "Create")]
    FieldCreate {
        /// Its number, as a text.
        field_name: String,
        /// What it held.
        value: FieldValue,
    },
    /// An automation solved the ticket without this.
    SolvedWithout {
        /// The field's number, as a text.
        field_name: String,
    },
    /// A field of the account's own changed.
    #[serde(rename = "Change")]
    FieldChange {
        /// Its number, as a text.
        field_name: String,
        /// What it holds now.
        value: Option<FieldValue>,
        /// What it held.
        previous_value: Option<FieldValue>,
    },
    /// A notice went to somebody, or was held back.
    #[serde(rename = "Notification")]
    Notice {
        /// By which rule.
        rule_id: i64,
        /// Which text.
        text_id: i64,
        /// To whom of the account.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        recipients: Vec<i64>,
        /// To which address.
        #[serde(skip_serializing_if = "Option::is_none")]
        recipient_address: Option<String>,
        /// Why it was not sent.
        #[serde(skip_serializing_if = "Option::is_none")]
        held_back: Option<&'static str>,
    },
    /// Triggers kept each other running, and were stopped.
    RulesStopped {
        /// After so many rounds.
        rounds: u32,
    },
    /// The ticket was merged into another, or another into it.
    Merge {
        /// The one that goes on, when it is another.
        #[serde(skip_serializing_if = "Option::is_none")]
        into_ticket_id: Option<i64>,
        /// The one that is closed, when it is another.
        #[serde(skip_serializing_if = "Option::is_none")]
        from_ticket_id: Option<i64>,
    },
    /// It was solved because its problem was.
    SolvedWith {
        /// Which.
        problem_id: i64,
    },
    /// Its requester rated it.
    SatisfactionRating {
        /// `good` or `bad`.
        score: &'static str,
        /// Why.
        body: Option<String>,
    },
    /// A follow-up was opened.
    FollowUp {
        /// Which.
        ticket_id: i64,
    },
    /// The text and the files of a comment were taken away for good.
    CommentRedactionEvent {
        /// Which.
        comment_id: i64,
    },
    /// A piece of a comment was blackened for good.
    CommentRedactEvent {
        /// Of which.
        comment_id: i64,
    },
    /// A file was taken off a comment for good.
    AttachmentRedactionEvent {
        /// Off which.
        comment_id: i64,
    },
    /// Something was said.
    #[serde(untagged)]
    Comment(Box<Comment>),
}

impl Audit {
    /// An audit of a ticket.
    pub fn of(audit: &Domain, place: &Place) -> Self {
        let rule = audit.events.iter().find_map(|event| match event {
            Event::RuleRan(rule) => Some(rule),
            _ => None,
        });
        Self {
            id: audit.id.0,
            ticket_id: match audit.chain {
                Chain::Ticket(id) => Some(id.0),
                Chain::Account => None,
            },
            created_at: audit.at.into(),
            author_id: super::author(audit.who),
            via: rule.map_or_else(|| Via::of(audit.via), |rule| Via::rule(audit.via, rule)),
            events: audit.events.iter().flat_map(|event| events(event, place)).collect(),
        }
    }
}

impl Audit {
    /// The same with whole lists where some came or went.
    pub fn after(held: &mut Held, audit: &Domain, place: &Place) -> Self {
        let one = |event| {
            let mut made = events(event, place);
            held.pass(event, &mut made);
            made
        };
        let events = audit.events.iter().flat_map(one).collect();
        Self { events, ..Self::of(audit, place) }
    }

    /// The same with nothing that happened.
    #[must_use]
    pub fn without_events(self) -> Self {
        Self { events: Vec::new(), ..self }
    }
}

impl AuditEvent {
    fn notice(notice: &NoticeRef, held_back: Option<&'static str>) -> Self {
        let (recipients, recipient_address) = match &notice.to {
            Addressee::Person(id) => (vec![id.0], None),
            Addressee::Address(email) => (Vec::new(), Some(email.to_string())),
        };
        let (rule_id, text_id) = (notice.rule.0, notice.text.0);
        Self::Notice { rule_id, text_id, recipients, recipient_address, held_back }
    }
}

pub(super) fn change(field_name: &'static str, from: impl Into<Value>, to: impl Into<Value>) -> AuditEvent {
    AuditEvent::Change { field_name, value: to.into(), previous_value: from.into() }
}

fn removal(removed: &Removed) -> AuditEvent {
    match removed {
        Removed::Deleted { spam, .. } => change("deleted", false, if *spam { json!("spam") } else { json!(true) }),
        Removed::Restored => change("deleted", true, false),
        Removed::Purged => change("deleted", true, "for_good"),
        Removed::Redacted(comment) => AuditEvent::CommentRedactEvent { comment_id: comment.id.0 },
        Removed::FileRedacted(comment) => AuditEvent::AttachmentRedactionEvent { comment_id: comment.id.0 },
    }
}

pub(super) fn events(event: &Event, place: &Place) -> Vec<AuditEvent> {
    let one = match event {
        Event::Created(created) => return create(created),
        Event::Commented(comment) => AuditEvent::Comment(Box::new(Comment::of(comment, place))),
        Event::MadeInternal(id) => AuditEvent::CommentPrivacyChange { comment_id: id.0, public: false },
        Event::VisibilityChanged(now) => {
            let public = *now == Visibility::Public;
            change("is_public", !public, public)
        }
        Event::SubjectChanged { from, to } => change("subject", from.as_str(), to.as_str()),
        Event::StatusChanged { from, to } => change("status", from.name(), to.name()),
        Event::PriorityChanged { from, to } => change("priority", from.map(Priority::name), to.map(Priority::name)),
        Event::KindChanged { from, to } => change("ticket_form_id", from.map(|id| id.0), to.map(|id| id.0)),
        Event::AssigneeChanged { from, to } => change("assignee_id", from.map(|id| id.0), to.map(|id| id.0)),
        Event::GroupChanged { from, to } => change("group_id", from.map(|id| id.0), to.map(|id| id.0)),
        Event::RequesterChanged { from, to } => change("requester_id", from.0, to.0),
        Event::OrganizationChanged { from, to } => change("organization_id", from.map(|id| id.0), to.map(|id| id.0)),
        Event::DueChanged { from, to } => change("due_at", from.map(text), to.map(text)),
        Event::TagsChanged { .. } | Event::CcsChanged { .. } | Event::FollowersChanged { .. } => {
            return listed(event).into_iter().collect();
        }
        Event::CustomStatusChanged { from, to } => change("custom_status_id", from.map(|id| id.0), to.map(|id| id.0)),
        Event::FieldChanged { field, from, to } => AuditEvent::FieldChange {
            field_name: field.to_string(),
            value: to.as_ref().map(FieldValue::of),
            previous_value: from.as_ref().map(FieldValue::of),
        },
        Event::Unfilled(field) => AuditEvent::SolvedWithout { field_name: field.to_string() },
        Event::RulesStopped { rounds } => AuditEvent::RulesStopped { rounds: *rounds },
        Event::Notified(notice) => AuditEvent::notice(notice, None),
        Event::HeldBack { notice, why } => AuditEvent::notice(notice, Some(why.name())),
        Event::ActionSkipped { action, why } => AuditEvent::ActionSkipped { action: action.clone(), why: why.name() },
        Event::Called { rule, webhook } => AuditEvent::Webhook { rule_id: rule.0, webhook_id: webhook.0 },
        Event::Case(event) => case(event),
        Event::MergedInto(id) => AuditEvent::Merge { into_ticket_id: Some(id.0), from_ticket_id: None },
        Event::MergedFrom(id) => AuditEvent::Merge { into_ticket_id: None, from_ticket_id: Some(id.0) },
        Event::FollowedUp(id) => AuditEvent::FollowUp { ticket_id: id.0 },
        Event::Person(PersonEvent::TextsErased(comments)) => {
            return comments.iter().map(|id| AuditEvent::CommentRedactionEvent { comment_id: id.0 }).collect();
        }
        Event::Removal(removed) => removal(removed),
        // The rule is named by the audit's `via`; the others belong to the account's history, not to a ticket's.
        Event::RuleRan(_)
        | Event::RuleMarked(_)
        | Event::RequestChanged
        | Event::Unknown(_)
        | Event::ItemSet { .. }
        | Event::ItemDeleted { .. }
        | Event::ItemsOrdered(_)
        | Event::Founded
        | Event::PersonCreated { .. }
        | Event::PersonChanged { .. }
        | Event::OrganizationCreated(_)
        | Event::OrganizationChangedIn { .. }
        | Event::GroupCreated(_)
        | Event::GroupRenamed(_)
        | Event::Person(_)
        | Event::Mail(_)
        | Event::GroupDeleted { .. }
        | Event::OrganizationDeleted { .. }
        | Event::SettingChanged(_) => return Vec::new(),
    };
    vec![one]
}

fn case(event: &CaseEvent) -> AuditEvent {
    match event {
        CaseEvent::TypeChanged { from, to } => change("type", from.map(TicketType::name), to.map(TicketType::name)),
        CaseEvent::ProblemChanged { from, to } => change("problem_id", from.map(|id| id.0), to.map(|id| id.0)),
        CaseEvent::SolvedWith(problem) => AuditEvent::SolvedWith { problem_id: problem.0 },
        CaseEvent::RatingOffered => change("satisfaction_score", "unoffered", "offered"),
        CaseEvent::Rated { score, comment } => {
            AuditEvent::SatisfactionRating { score: score.name(), body: comment.clone() }
        }
    }
}

fn create(created: &Created) -> Vec<AuditEvent> {
    let fields: [(&'static str, Value); 16] = [
        ("subject", created.subject.as_str().into()),
        ("status", created.state.status().name().into()),
        ("custom_status_id", created.custom_status.map(|id| id.0).into()),
        ("priority", created.priority.map(Priority::name).into()),
        ("ticket_form_id", created.kind.map(|id| id.0).into()),
        ("type", created.ticket_type.map(TicketType::name).into()),
        ("problem_id", created.problem.map(|id| id.0).into()),
        ("requester_id", created.requester.0.into()),
        ("submitter_id", created.submitter.0.into()),
        ("assignee_id", created.assignee.map(|id| id.0).into()),
        ("group_id", created.group.map(|id| id.0).into()),
        ("organization_id", created.organization.map(|id| id.0).into()),
        ("due_at", created.due_at.map(text).into()),
        ("tags", tags(&created.tags).into()),
        ("is_public", (created.visibility == Visibility::Public).into()),
        ("email_cc_ids", json!(ids(&created.ccs))),
    ];
    let said = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    let fields = fields.into_iter().filter(|(_, value)| said(value));
    let own = created
        .fields
        .iter()
        .map(|(id, value)| AuditEvent::FieldCreate { field_name: id.to_string(), value: FieldValue::of(value) });
    fields.map(|(field_name, value)| AuditEvent::Create { field_name, value }).chain(own).collect()
}

fn text(at: crate::domain::time::Timestamp) -> String {
    Time(at).text()
}

fn tags(tags: &BTreeSet<Tag>) -> Vec<String> {
    tags.iter().map(|tag| tag.as_str().to_owned()).collect()
}

fn ids(people: &BTreeSet<PersonId>) -> Vec<i64> {
    people.iter().map(|id| id.0).collect()
}
