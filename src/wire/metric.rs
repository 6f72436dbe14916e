use super::{Place, Time};
use crate::domain::id::TicketId;
use crate::domain::metrics::{Metrics, Minutes as Domain};
use serde::Serialize;
use utoipa::ToSchema;

/// A time in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Minutes {
    calendar: Option<i64>,
    business: Option<i64>,
}

impl Minutes {
    fn of(time: Option<Domain>) -> Self {
        Self { calendar: time.map(|time| time.calendar), business: time.map(|time| time.business) }
    }
}

/// How long a ticket took, and how often it changed hands. It has the number of its ticket.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TicketMetric {
    url: Option<String>,
    id: i64,
    ticket_id: i64,
    created_at: Time,
    updated_at: Time,
    group_stations: u32,
    assignee_stations: u32,
    reopens: u32,
    replies: u32,
    assignee_updated_at: Option<Time>,
    requester_updated_at: Option<Time>,
    status_updated_at: Time,
    initially_assigned_at: Option<Time>,
    assigned_at: Option<Time>,
    solved_at: Option<Time>,
    latest_comment_added_at: Option<Time>,
    reply_time_in_minutes: Minutes,
    first_resolution_time_in_minutes: Minutes,
    full_resolution_time_in_minutes: Minutes,
    agent_wait_time_in_minutes: Minutes,
    requester_wait_time_in_minutes: Minutes,
    on_hold_time_in_minutes: Minutes,
    custom_status_updated_at: Time,
}

impl TicketMetric {
    /// Of a ticket.
    pub fn of(ticket: TicketId, metrics: &Metrics, place: &Place) -> Self {
        Self {
            url: place.url(&format!("ticket_metrics/{ticket}")),
            id: ticket.0,
            ticket_id: ticket.0,
            created_at: metrics.created_at.into(),
            updated_at: metrics.updated_at.into(),
            group_stations: metrics.group_stations,
            assignee_stations: metrics.assignee_stations,
            reopens: metrics.reopens,
            replies: metrics.replies,
            assignee_updated_at: metrics.assignee_updated_at.map(Time),
            requester_updated_at: metrics.requester_updated_at.map(Time),
            status_updated_at: metrics.status_updated_at.into(),
            initially_assigned_at: metrics.initially_assigned_at.map(Time),
            assigned_at: metrics.assigned_at.map(Time),
            solved_at: metrics.solved_at.map(Time),
            latest_comment_added_at: metrics.latest_comment_added_at.map(Time),
            reply_time_in_minutes: Minutes::of(metrics.reply_time),
            first_resolution_time_in_minutes: Minutes::of(metrics.first_resolution_time),
            full_resolution_time_in_minutes: Minutes::of(metrics.full_resolution_time),
            agent_wait_time_in_minutes: Minutes::of(Some(metrics.agent_wait_time)),
            requester_wait_time_in_minutes: Minutes::of(Some(metrics.requester_wait_time)),
            on_hold_time_in_minutes: Minutes::of(Some(metrics.on_hold_time)),
            custom_status_updated_at: metrics.custom_status_updated_at.into(),
        }
    }
}
