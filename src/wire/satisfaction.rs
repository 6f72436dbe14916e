use super::{Place, Time};
use crate::domain::case::{Rating, Score};
use crate::domain::id::{PersonId, TicketId};
use crate::domain::ticket::{Request, Ticket};
use serde::Serialize;
use utoipa::ToSchema;

/// What a ticket tells of its rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Satisfaction {
    score: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
}

/// A rating by itself. It has the number of its ticket, for a ticket has no more than one.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SatisfactionRating {
    url: Option<String>,
    id: i64,
    assignee_id: Option<i64>,
    group_id: Option<i64>,
    requester_id: i64,
    ticket_id: i64,
    score: &'static str,
    created_at: Time,
    updated_at: Time,
    comment: Option<String>,
}

/// `good`, or whether it was offered at all.
fn score(rating: Option<&Rating>) -> &'static str {
    rating.map_or("unoffered", |rating| rating.score.map_or("offered", Score::name))
}

impl Satisfaction {
    /// Of a ticket with its rating.
    pub(super) fn of(ticket: TicketId, rating: Option<&Rating>) -> Self {
        let rated = rating.filter(|rating| rating.score.is_some());
        Self {
            score: score(rating),
            id: rated.map(|_| ticket.0),
            comment: rated.and_then(|rating| rating.comment.clone()),
        }
    }
}

impl SatisfactionRating {
    /// Of a ticket, once it was offered.
    pub fn of(ticket: &Ticket, place: &Place) -> Option<Self> {
        ticket.rating.as_ref().map(|rating| Self::from(ticket.id, ticket.requester, rating, place))
    }

    /// Of a request, as its requester gets it.
    pub fn of_request(request: &Request, place: &Place) -> Option<Self> {
        request.rating.as_ref().map(|rating| Self::from(request.id, request.requester, rating, place))
    }

    fn from(ticket: TicketId, requester: PersonId, rating: &Rating, place: &Place) -> Self {
        Self {
            url: place.url(&format!("satisfaction_ratings/{ticket}")),
            id: ticket.0,
            assignee_id: rating.assignee.map(|id| id.0),
            group_id: rating.group.map(|id| id.0),
            requester_id: requester.0,
            ticket_id: ticket.0,
            score: score(Some(rating)),
            created_at: rating.created_at.into(),
            updated_at: rating.updated_at.into(),
            comment: rating.comment.clone(),
        }
    }
}
