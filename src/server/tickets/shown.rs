//! Tickets as the API shows them, alone and in lists, with what else is asked for beside them.

use crate::client::{Client as _, PeopleAsk, Session};
use crate::domain::act::OrganizationRef;
use crate::domain::id::{GroupId, OrganizationId, PersonId, TicketId};
use crate::domain::ticket::Ticket as Domain;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::wire::setup::Status;
use crate::wire::{Audit, Group, Organization, Place, Ticket, TicketForm, TicketMetric, User};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A ticket as the API shows it: with the names that its clients look for, even where there is nothing under them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(in crate::server) struct Shown {
    #[serde(flatten)]
    ticket: Ticket,
    /// The last change, in seconds since 1970.
    generated_timestamp: i64,
    recipient: Option<String>,
    forum_topic_id: Option<i64>,
    sharing_agreement_ids: Vec<i64>,
    followup_ids: Vec<i64>,
    brand_id: Option<i64>,
    allow_channelback: bool,
    allow_attachments: bool,
    from_messaging_channel: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metric_set: Option<TicketMetric>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    dates: Option<Map<String, Value>>,
}

/// What `dates` has of what is known of how long a ticket took.
const DATES: [&str; 7] = [
    "assignee_updated_at",
    "requester_updated_at",
    "status_updated_at",
    "initially_assigned_at",
    "assigned_at",
    "solved_at",
    "latest_comment_added_at",
];

impl Shown {
    fn of(ticket: &Domain, description: Option<String>, place: &Place, beside: &Beside) -> Self {
        Self {
            ticket: Ticket::of(ticket, place).with_description(description).with_incidents(&beside.problems),
            generated_timestamp: ticket.updated_at.0.div_euclid(1000),
            recipient: None,
            forum_topic_id: None,
            sharing_agreement_ids: Vec::new(),
            followup_ids: Vec::new(),
            brand_id: None,
            allow_channelback: false,
            allow_attachments: true,
            from_messaging_channel: false,
            comment_count: beside.counted.then_some(ticket.comments),
            metric_set: None,
            dates: None,
        }
    }

    /// With how long it took, as far as that is asked for.
    fn with_metrics(mut self, metrics: TicketMetric, include: &BTreeSet<String>) -> Self {
        if include.contains("dates") {
            let all = json!(metrics);
            self.dates = Some(DATES.iter().map(|name| ((*name).to_owned(), all[*name].clone())).collect());
        }
        self.metric_set = include.contains("metric_sets").then_some(metrics);
        self
    }
}

/// What is told of tickets beside themselves.
struct Beside {
    /// Which of them are problems with incidents.
    problems: BTreeSet<TicketId>,
    /// Whether how much was said is asked for.
    counted: bool,
}

/// Tickets as they are shown.
pub(in crate::server) async fn shown(
    caller: &Caller,
    place: &Place,
    tickets: &[Domain],
    include: &BTreeSet<String>,
) -> Result<Vec<Shown>, Problem> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let mut texts = caller.say(caller.client.opened_with(ids, false).await)?;
    let problems = caller.say(caller.client.problems_among(tickets).await)?;
    let beside = Beside { problems, counted: include.contains("comment_count") };
    let one = |ticket| Shown::of(ticket, texts.remove(&ticket.id), place, &beside);
    let mut all: Vec<Shown> = tickets.iter().map(one).collect();
    if include.contains("metric_sets") || include.contains("dates") {
        let mut whole = Vec::with_capacity(all.len());
        for (shown, ticket) in all.into_iter().zip(tickets) {
            let metrics = caller.say(caller.client.metrics(ticket.id).await)?;
            whole.push(shown.with_metrics(TicketMetric::of(ticket.id, &metrics, place), include));
        }
        all = whole;
    }
    Ok(all)
}

/// What is asked for beside tickets, each under its name. Names that are not known are passed over.
pub(in crate::server) async fn beside(
    caller: &Caller,
    session: &Session,
    tickets: &[Domain],
    include: &BTreeSet<String>,
) -> Result<Map<String, Value>, Problem> {
    let place = caller.place(session);
    let mut beside = Map::new();
    if include.contains("users") {
        let people = tickets.iter().flat_map(|ticket| {
            let on_it = [Some(ticket.requester), Some(ticket.submitter), ticket.assignee].into_iter().flatten();
            on_it.chain(ticket.ccs.iter().copied()).chain(ticket.followers.iter().copied())
        });
        beside.insert("users".to_owned(), json!(users(caller, session, people).await?));
    }
    if include.contains("groups") {
        let ids: BTreeSet<GroupId> = tickets.iter().filter_map(|ticket| ticket.group).collect();
        beside.insert("groups".to_owned(), json!(groups(session, &ids, &place)));
    }
    if include.contains("organizations") {
        let ids: BTreeSet<OrganizationId> = tickets.iter().filter_map(|ticket| ticket.organization).collect();
        beside.insert("organizations".to_owned(), json!(organizations(caller, ids, &place).await));
    }
    if include.contains("ticket_forms") {
        let used: BTreeSet<_> = tickets.iter().filter_map(|ticket| ticket.kind).collect();
        let forms = session.kinds.iter().enumerate().filter(|(_, kind)| used.contains(&kind.id));
        let forms: Vec<TicketForm> = forms.map(|(at, kind)| TicketForm::of(kind, at, &place)).collect();
        beside.insert("ticket_forms".to_owned(), json!(forms));
    }
    if include.contains("custom_statuses") {
        let used: BTreeSet<_> = tickets.iter().filter_map(|ticket| ticket.custom_status).collect();
        let statuses = session.statuses.values().filter(|one| used.contains(&one.id));
        beside.insert("custom_statuses".to_owned(), statuses.map(|one| json!(Status::of(one, &place))).collect());
    }
    if include.contains("last_audits") {
        let mut last = Vec::with_capacity(tickets.len());
        for ticket in tickets {
            let page = caller.say(caller.client.audits(ticket.id, ticket.version - 1, 1).await)?;
            last.extend(page.rows.iter().map(|audit| json!(Audit::of(audit, &place))));
        }
        beside.insert("last_audits".to_owned(), Value::Array(last));
    }
    // There are none here, and whoever asks reads the list.
    for name in ["sharing_agreements", "slas"] {
        if include.contains(name) {
            beside.insert(name.to_owned(), json!([]));
        }
    }
    Ok(beside)
}

/// People, those of whom whoever asks may know.
pub(in crate::server) async fn users(
    caller: &Caller,
    session: &Session,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<User>, Problem> {
    let place = caller.place(session);
    let ids: BTreeSet<PersonId> = ids.into_iter().collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let mut users = Vec::with_capacity(ids.len());
    for some in ids.chunks(100) {
        let found = caller.say(caller.client.people(PeopleAsk::Ids(some.to_vec())).await)?;
        users.extend(found.rows.iter().map(|person| User::of(person, &place)));
    }
    Ok(users)
}

fn groups(session: &Session, ids: &BTreeSet<GroupId>, place: &Place) -> Vec<Group> {
    let default = session.settings.default_group;
    let groups = session.groups.iter().filter(|group| ids.contains(&group.id));
    groups.map(|group| Group::of(group, default == Some(group.id), place)).collect()
}

async fn organizations(caller: &Caller, ids: BTreeSet<OrganizationId>, place: &Place) -> Vec<Organization> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        // Who works for one organization knows of no other.
        if let Ok(organization) = caller.client.organization(OrganizationRef::Id(id)).await {
            found.push(Organization::of(&organization, place));
        }
    }
    found
}
