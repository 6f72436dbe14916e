//! How long a ticket took, and how often it changed hands: told by its history alone.
//!
//! The times are Zendesk's: those that end with something (first answer, resolutions) are there once that has happened,
//! and those that are summed up (waiting, on hold) count whole stays in statuses, each when it has ended.

use super::comment::Visibility;
use super::event::{Audit, Event};
use super::evolve;
use super::schedule::OpenHours;
use super::status::Status;
use super::ticket::Ticket;
use super::time::{Span, Timestamp};

/// A time in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes {
    /// By the calendar.
    pub calendar: i64,
    /// Within business hours; the same where the account has none.
    pub business: i64,
}

/// How long a ticket took, and how often it changed hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metrics {
    /// When it was opened.
    pub created_at: Timestamp,
    /// Its last change.
    pub updated_at: Timestamp,
    /// How many groups it has been with.
    pub group_stations: u32,
    /// How many people have had it.
    pub assignee_stations: u32,
    /// How often it was opened again.
    pub reopens: u32,
    /// How many public answers of the team there are.
    pub replies: u32,
    /// The last thing that its assignee did to it.
    pub assignee_updated_at: Option<Timestamp>,
    /// The last thing that its requester did to it.
    pub requester_updated_at: Option<Timestamp>,
    /// When it entered the status that it has.
    pub status_updated_at: Timestamp,
    /// The same of the account's own status within it.
    pub custom_status_updated_at: Timestamp,
    /// When it was first assigned.
    pub initially_assigned_at: Option<Timestamp>,
    /// When it was last assigned.
    pub assigned_at: Option<Timestamp>,
    /// When it was solved; none while it is not.
    pub solved_at: Option<Timestamp>,
    /// The last comment of either kind.
    pub latest_comment_added_at: Option<Timestamp>,
    /// From its opening to the first public answer.
    pub reply_time: Option<Minutes>,
    /// From its opening to the first time that it was solved.
    pub first_resolution_time: Option<Minutes>,
    /// From its opening to the last time that it was solved.
    pub full_resolution_time: Option<Minutes>,
    /// How long the team waited for the requester: in Pending.
    pub agent_wait_time: Minutes,
    /// How long the requester waited for the team: in New, Open and On-hold.
    pub requester_wait_time: Minutes,
    /// How long it was On-hold.
    pub on_hold_time: Minutes,
}

/// The metrics of a ticket by its whole history, oldest first, and when business hours are; none of what is no history
/// of a ticket.
pub fn metrics(history: &[Audit], hours: Option<&OpenHours>) -> Option<Metrics> {
    let first = history.first()?;
    let Some(Event::Created(created)) = first.events.first() else { return None };
    let ticket = evolve::open(created, first.at);
    let mut counting = Counting::new(ticket, first.at, hours);
    for audit in history {
        counting.audit(audit);
    }
    Some(counting.metrics)
}

struct Counting<'a> {
    ticket: Ticket,
    hours: Option<&'a OpenHours>,
    metrics: Metrics,
    /// Since when it has been in the status that it has.
    since: Timestamp,
}

impl<'a> Counting<'a> {
    fn new(ticket: Ticket, at: Timestamp, hours: Option<&'a OpenHours>) -> Self {
        let assigned = ticket.assignee.map(|_| at);
        let solved = ticket.solved_at;
        let mut counting = Self {
            hours,
            since: at,
            metrics: Metrics {
                created_at: at,
                updated_at: at,
                group_stations: u32::from(ticket.group.is_some()),
                assignee_stations: u32::from(ticket.assignee.is_some()),
                reopens: 0,
                replies: 0,
                assignee_updated_at: None,
                requester_updated_at: None,
                status_updated_at: at,
                custom_status_updated_at: at,
                initially_assigned_at: assigned,
                assigned_at: assigned,
                solved_at: solved,
                latest_comment_added_at: None,
                reply_time: None,
                first_resolution_time: None,
                full_resolution_time: None,
                agent_wait_time: Minutes::default(),
                requester_wait_time: Minutes::default(),
                on_hold_time: Minutes::default(),
            },
            ticket,
        };
        if let Some(at) = solved {
            counting.resolved(at);
        }
        counting
    }

    fn audit(&mut self, audit: &Audit) {
        let who = audit.who.person();
        for event in &audit.events {
            self.event(event, audit.at);
            evolve::evolve(&mut self.ticket, event, audit.at);
        }
        let news = audit.events.iter().any(|event| !matches!(event, Event::Person(_) | Event::RequestChanged));
        if news {
            self.metrics.updated_at = self.metrics.updated_at.max(audit.at);
            self.ticket.updated_at = self.ticket.updated_at.max(audit.at);
        }
        if who.is_some() && who == self.ticket.assignee {
            self.metrics.assignee_updated_at = Some(audit.at);
        }
        if who == Some(self.ticket.requester) {
            self.metrics.requester_updated_at = Some(audit.at);
        }
    }

    /// Before it changes the ticket.
    fn event(&mut self, event: &Event, at: Timestamp) {
        let metrics = &mut self.metrics;
        match event {
            Event::Commented(comment) => {
                metrics.latest_comment_added_at = metrics.latest_comment_added_at.max(Some(comment.created_at));
                if comment.visibility == Visibility::Public && evolve::answers(&self.ticket, comment) {
                    metrics.replies += 1;
                    if metrics.reply_time.is_none() {
                        let time = self.between(self.metrics.created_at, comment.created_at);
                        self.metrics.reply_time = Some(time);
                    }
                }
            }
            // It was the only public one: there was no answer.
            Event::MadeInternal(_) => (metrics.replies, metrics.reply_time) = (0, None),
            Event::StatusChanged { from, to } => self.status(*from, *to, at.max(self.ticket.updated_at)),
            Event::CustomStatusChanged { .. } => metrics.custom_status_updated_at = at,
            Event::GroupChanged { to, .. } => metrics.group_stations += u32::from(to.is_some()),
            Event::AssigneeChanged { to: Some(_), .. } => {
                metrics.assignee_stations += 1;
                metrics.initially_assigned_at = metrics.initially_assigned_at.or(Some(at));
                metrics.assigned_at = Some(at);
            }
            _ => {}
        }
    }

    fn status(&mut self, from: Status, to: Status, at: Timestamp) {
        let stay = self.between(self.since, at);
        let metrics = &mut self.metrics;
        match from {
            Status::New | Status::Open => metrics.requester_wait_time.add(stay),
            Status::Pending => metrics.agent_wait_time.add(stay),
            Status::Hold => {
                metrics.requester_wait_time.add(stay);
                metrics.on_hold_time.add(stay);
            }
            Status::Solved | Status::Closed => {}
        }
        self.since = at;
        metrics.status_updated_at = at;
        metrics.custom_status_updated_at = at;
        match (from.is_unsolved(), to.is_unsolved()) {
            (true, false) => self.resolved(at),
            (false, true) => {
                metrics.reopens += 1;
                metrics.solved_at = None;
            }
            _ => {}
        }
    }

    fn resolved(&mut self, at: Timestamp) {
        let time = self.between(self.metrics.created_at, at);
        let metrics = &mut self.metrics;
        metrics.solved_at = Some(at);
        metrics.first_resolution_time = metrics.first_resolution_time.or(Some(time));
        metrics.full_resolution_time = Some(time);
    }

    fn between(&self, from: Timestamp, to: Timestamp) -> Minutes {
        let span = Span((to.0 - from.0).max(0));
        let open = self.hours.map_or(span, |hours| hours.open_between(from, to.max(from)));
        let minutes = |span: Span| span.0 / Span::minutes(1).0;
        Minutes { calendar: minutes(span), business: minutes(open) }
    }
}

impl Minutes {
    const fn add(&mut self, other: Self) {
        self.calendar += other.calendar;
        self.business += other.business;
    }
}
