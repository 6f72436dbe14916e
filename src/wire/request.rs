use super::{Comment, CustomField, Place, Satisfaction, Time, Via};
use crate::domain::case::TicketType;
use crate::domain::id::PersonId;
use crate::domain::status::Priority;
use crate::domain::ticket::Request as Domain;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A request as its requester, CCs and colleagues get it. Nothing internal has a place in it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Request {
    url: Option<String>,
    id: i64,
    status: &'static str,
    priority: Option<&'static str>,
    #[serde(rename = "type")]
    ticket_type: Option<&'static str>,
    subject: String,
    /// The text of the first comment, where it is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    organization_id: Option<i64>,
    via: Via,
    requester_id: i64,
    collaborator_ids: Vec<i64>,
    email_cc_ids: Vec<i64>,
    /// The addresses of those in copy who have no number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    email_ccs: Vec<String>,
    is_public: bool,
    due_at: Option<Time>,
    can_be_solved_by_me: bool,
    created_at: Time,
    updated_at: Time,
    followup_source_id: Option<i64>,
    assignee_id: Option<i64>,
    group_id: Option<i64>,
    custom_status_id: Option<i64>,
    custom_fields: Vec<CustomField>,
    fields: Vec<CustomField>,
    ticket_form_id: Option<i64>,
    kind: Option<String>,
    /// Only to its requester.
    satisfaction_rating: Option<Satisfaction>,
    solved: bool,
    /// Only where the request is shown by itself on the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<Vec<Comment>>,
}

impl Request {
    /// A request as one person gets it.
    pub fn of(request: &Domain, me: PersonId, place: &Place) -> Self {
        // Who is only in copy has no number for end users.
        let email_cc_ids: Vec<i64> = request.ccs.iter().map(|id| id.0).filter(|id| *id > 0).collect();
        let unsolved = request.status().is_unsolved();
        Self {
            url: place.url(&format!("requests/{}", request.id)),
            id: request.id.0,
            status: request.status().name(),
            priority: request.priority.map(Priority::name),
            ticket_type: request.ticket_type.map(TicketType::name),
            subject: request.subject.clone(),
            description: None,
            organization_id: request.organization.map(|id| id.0),
            via: Via::of_ticket(request.via, request.follow_up_of),
            requester_id: request.requester.0,
            collaborator_ids: email_cc_ids.clone(),
            email_cc_ids,
            email_ccs: Vec::new(),
            is_public: true,
            due_at: request.due_at.map(Time),
            can_be_solved_by_me: unsolved
                && request.assignee.is_some()
                && request.requester == me
                && request.ticket_type != Some(TicketType::Problem),
            created_at: request.created_at.into(),
            updated_at: request.updated_at.into(),
            followup_source_id: request.follow_up_of.map(|id| id.0),
            assignee_id: request.assignee.map(|id| id.0),
            group_id: request.group.map(|id| id.0),
            custom_status_id: request.custom_status.map(|id| id.0),
            custom_fields: CustomField::all(&request.fields, place),
            fields: CustomField::all(&request.fields, place),
            ticket_form_id: request.kind.map(|id| id.0),
            kind: place.slug(request.kind),
            satisfaction_rating: (place.ratings && request.requester == me)
                .then(|| Satisfaction::of(request.id, request.rating.as_ref())),
            solved: !unsolved,
            comments: None,
        }
    }

    /// The same with who is in copy, by the names that came with it.
    #[must_use]
    pub fn with_copied(mut self, request: &Domain, names: &BTreeMap<PersonId, String>) -> Self {
        self.email_ccs = request.ccs.iter().filter(|id| id.0 < 0).filter_map(|id| names.get(id)).cloned().collect();
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
