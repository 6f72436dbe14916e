use super::{Comment, CustomField, Place, Satisfaction, Time, Via};
use crate::domain::case::TicketType;
use crate::domain::id::TicketId;
use crate::domain::status::Priority;
use crate::domain::ticket::Ticket as Domain;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A ticket as agents get it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's names")]
pub struct Ticket {
    url: Option<String>,
    id: i64,
    external_id: Option<String>,
    via: Via,
    created_at: Time,
    updated_at: Time,
    #[serde(rename = "type")]
    ticket_type: Option<&'static str>,
    subject: String,
    raw_subject: String,
    /// The text of the first comment, where it is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    priority: Option<&'static str>,
    status: &'static str,
    requester_id: i64,
    submitter_id: i64,
    assignee_id: Option<i64>,
    organization_id: Option<i64>,
    group_id: Option<i64>,
    collaborator_ids: Vec<i64>,
    follower_ids: Vec<i64>,
    email_cc_ids: Vec<i64>,
    problem_id: Option<i64>,
    has_incidents: bool,
    is_public: bool,
    due_at: Option<Time>,
    tags: Vec<String>,
    custom_status_id: Option<i64>,
    custom_fields: Vec<CustomField>,
    satisfaction_rating: Option<Satisfaction>,
    fields: Vec<CustomField>,
    ticket_form_id: Option<i64>,
    kind: Option<String>,
    merged_into_id: Option<i64>,
    version: i64,
    encoded_id: Option<String>,
    /// Only where the ticket is shown by itself on the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<Vec<Comment>>,
}

impl Ticket {
    /// A ticket by itself or in a list.
    pub fn of(ticket: &Domain, place: &Place) -> Self {
        let email_cc_ids: Vec<i64> = ticket.ccs.iter().map(|id| id.0).collect();
        let follower_ids: Vec<i64> = ticket.followers.iter().map(|id| id.0).collect();
        let mut collaborator_ids = [email_cc_ids.clone(), follower_ids.clone()].concat();
        collaborator_ids.sort_unstable();
        collaborator_ids.dedup();
        Self {
            url: place.url(&format!("tickets/{}", ticket.id)),
            id: ticket.id.0,
            external_id: ticket.external_id.clone(),
            via: Via::of_ticket(ticket.via, ticket.follow_up_of),
            created_at: ticket.created_at.into(),
            updated_at: ticket.updated_at.into(),
            ticket_type: ticket.ticket_type.map(TicketType::name),
            subject: ticket.subject.clone(),
            raw_subject: ticket.subject.clone(),
            description: None,
            priority: ticket.priority.map(Priority::name),
            status: ticket.status().name(),
            requester_id: ticket.requester.0,
            submitter_id: ticket.submitter.0,
            assignee_id: ticket.assignee.map(|id| id.0),
            organization_id: ticket.organization.map(|id| id.0),
            group_id: ticket.group.map(|id| id.0),
            collaborator_ids,
            follower_ids,
            email_cc_ids,
            problem_id: ticket.problem.map(|id| id.0),
            has_incidents: false,
            is_public: ticket.is_public(),
            due_at: ticket.due_at.map(Time),
            tags: ticket.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
            custom_status_id: ticket.custom_status.map(|id| id.0),
            custom_fields: CustomField::all(&ticket.fields, place),
            satisfaction_rating: place.ratings.then(|| Satisfaction::of(ticket.id, ticket.rating.as_ref())),
            fields: CustomField::all(&ticket.fields, place),
            ticket_form_id: ticket.kind.map(|id| id.0),
            kind: place.slug(ticket.kind),
            merged_into_id: ticket.merged_into.map(|id| id.0),
            version: ticket.version,
            encoded_id: None,
            comments: None,
        }
    }

    /// The same where those problems are known that have incidents: a page of tickets comes with them.
    #[must_use]
    pub fn with_incidents(mut self, problems: &BTreeSet<TicketId>) -> Self {
        self.has_incidents = problems.contains(&TicketId(self.id));
        self
    }

    /// The same with the text of its first comment.
    #[must_use]
    pub fn with_description(mut self, description: Option<String>) -> Self {
        self.description = Some(description.unwrap_or_default());
        self
    }

    /// The same with its comments, all of them, oldest first.
    #[must_use]
    pub fn with_comments(mut self, comments: Vec<Comment>) -> Self {
        self.description = comments.first().map(|first| first.body().to_owned());
        self.comments = Some(comments);
        self
    }
}
