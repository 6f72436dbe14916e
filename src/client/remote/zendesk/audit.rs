//! A ticket's history as an account tells it. What it tells that ours has no event for is left out.

use super::Zendesk;
use super::known::Known;
use super::setup::held;
use super::ticket::{channel, comment};
use crate::client::{Cursor, Error, Page};
use crate::domain::act::Who;
use crate::domain::case::{CaseEvent, Score, TicketType};
use crate::domain::comment::Visibility;
use crate::domain::event::{Audit, Chain, Created, Event};
use crate::domain::field::Value;
use crate::domain::id::{
    AuditId, CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, RuleId, StatusId, TextId, TicketId,
};
use crate::domain::metrics::{Metrics, Minutes};
use crate::domain::notice::{Addressee, NoticeRef};
use crate::domain::rule::{RuleRef, RuleSort};
use crate::domain::status::{Priority, State, Status};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use crate::wire::Time;
use crate::wire::received::Row;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// A page of a history as it is asked for: its rows never move.
const PAGE: i64 = 100;

impl Zendesk {
    pub(super) async fn read_audits(&self, ticket: TicketId, after: i64, limit: u32) -> Result<Page<Audit>, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let after = after.max(0);
        let first = after - after % PAGE;
        let number = first / PAGE + 1;
        let path = format!("tickets/{ticket}/audits?page={number}&per_page={PAGE}&include=users");
        let body = self.api.get(&path).await?;
        let rows = Row(&body).list("audits").zip(first + 1..);
        let later = rows.filter(|(_, number)| *number > after);
        let mut rows: Vec<Audit> = later.filter_map(|(row, number)| audit(row, ticket, number, &known)).collect();
        let cut = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let more = cut || !Row(&body).get("next_page").is_nothing();
        let next = rows.last().filter(|_| more).map(|last| Cursor::at(last.number));
        let about = crate::domain::event::Named::by(rows.iter().flat_map(|audit| &audit.events));
        let mut people: BTreeSet<PersonId> = rows.iter().filter_map(|audit| audit.who.person()).collect();
        people.extend(about.people);
        let organizations = about.organizations.into_iter().collect();
        let names = self.names(Row(&body), people, organizations, &known).await?;
        Ok(Page::new(rows, names, next))
    }

    pub(super) async fn read_metrics(&self, ticket: TicketId) -> Result<Metrics, Error> {
        if !self.known().await?.is_staff() {
            return Err(Error::Denied);
        }
        let body = self.api.get(&format!("tickets/{ticket}/metrics")).await?;
        let said = Row(&body).get("ticket_metric");
        let row = if said.0.is_array() { said.items().next().ok_or(Error::NotFound)? } else { said };
        metrics(row).ok_or(Error::NotFound)
    }
}

/// Everything that one act did.
fn audit(row: Row<'_>, ticket: TicketId, number: i64, known: &Known) -> Option<Audit> {
    let id = AuditId(row.int("id")?);
    let at = row.time("created_at")?;
    let author = row.int("author_id").filter(|id| *id > 0).map(PersonId);
    let via = row.get("via");
    let mut events: Vec<Event> = rule(via).map(Event::RuleRan).into_iter().collect();
    let all: Vec<Row<'_>> = row.list("events").collect();
    if let Some(created) = created(&all, ticket, (at, author), known) {
        events.push(Event::Created(Box::new(Created { via: channel(via), ..created })));
    }
    let rule = via.get("source").get("from").int("id").map_or(RuleId(0), RuleId);
    events.extend(all.iter().flat_map(|one| event(*one, ticket, (at, author), rule, known)));
    for event in &mut events {
        // What was said came by the same way.
        if let Event::Commented(said) = event {
            said.via = channel(via);
        }
    }
    let who = author.map_or(Who::System, Who::Person);
    Some(Audit { id, chain: Chain::Ticket(ticket), number, at, who, via: channel(via), events })
}

/// The rule that did it.
fn rule(via: Row<'_>) -> Option<RuleRef> {
    let source = via.get("source");
    let sort = RuleSort::parse(source.text("rel")?)?;
    let from = source.get("from");
    Some(RuleRef { sort, id: RuleId(from.int("id")?), title: from.words("title") })
}

type At = (Timestamp, Option<PersonId>);

/// How the ticket was opened: one event a field.
fn created(events: &[Row<'_>], ticket: TicketId, at: At, known: &Known) -> Option<Created> {
    let of = |name: &str| {
        let mut all = events.iter().filter(|row| row.text("type") == Some("Create"));
        all.find(|row| row.text("field_name") == Some(name)).map(|row| row.get("value"))
    };
    let number = |name: &str| of(name).and_then(Row::number);
    let text = |name: &str| of(name).and_then(|row| row.0.as_str()).filter(|text| !text.is_empty());
    let requester = PersonId(number("requester_id").or(at.1.map(|id| id.0))?);
    events.iter().find(|row| row.text("type") == Some("Create"))?;
    let public = events.iter().find(|row| row.text("type") == Some("Comment")).and_then(|row| row.flag("public"));
    let public = of("is_public").and_then(|row| row.0.as_bool()).or(public).unwrap_or(true);
    let status = text("status").and_then(Status::parse).unwrap_or(Status::New);
    Some(Created {
        id: ticket,
        subject: text("subject").unwrap_or_default().to_owned(),
        kind: number("ticket_form_id").map(KindId),
        ticket_type: text("type").and_then(TicketType::parse),
        problem: number("problem_id").map(TicketId),
        state: State::entered(status, at.0),
        priority: text("priority").and_then(Priority::parse),
        requester,
        submitter: number("submitter_id").map(PersonId).or(at.1).unwrap_or(requester),
        assignee: number("assignee_id").map(PersonId),
        group: number("group_id").map(GroupId),
        organization: number("organization_id").map(OrganizationId),
        tags: of("tags").map(tags).unwrap_or_default(),
        ccs: of("email_cc_ids")
            .map(|row| row.items().filter_map(Row::number).map(PersonId).collect())
            .unwrap_or_default(),
        followers: BTreeSet::new(),
        due_at: text("due_at").and_then(Time::parse).map(|time| time.0),
        custom_status: number("custom_status_id").map(StatusId).filter(|id| known.session.statuses.contains_key(id)),
        fields: custom(events, known),
        visibility: if public { Visibility::Public } else { Visibility::Internal },
        via: channel(Row(&Json::Null)),
        external_id: None,
        follow_up_of: None,
    })
}

fn custom(events: &[Row<'_>], known: &Known) -> BTreeMap<FieldId, Value> {
    let opened = events.iter().filter(|row| row.text("type") == Some("Create"));
    let one = |row: &Row<'_>| {
        let field = known.session.fields.get(&FieldId(row.int("field_name")?))?;
        Some((field.id, held(field, row.get("value").0)?))
    };
    opened.filter_map(one).collect()
}

fn tags(row: Row<'_>) -> BTreeSet<Tag> {
    let texts: Vec<String> = match row.0 {
        Json::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        _ => row.items().filter_map(|one| one.0.as_str()).map(str::to_owned).collect(),
    };
    texts.iter().filter_map(|tag| Tag::parse(tag).ok()).collect()
}

fn event(row: Row<'_>, ticket: TicketId, at: At, rule: RuleId, known: &Known) -> Vec<Event> {
    let people = |key: &str| row.ints(key).map(PersonId).collect::<BTreeSet<_>>();
    let comment_id = row.int("comment_id").map(CommentId);
    let one = match row.text("type").unwrap_or_default() {
        "Comment" | "VoiceComment" | "FacebookComment" => {
            said(row, ticket, at).map(|said| Event::Commented(Box::new(said)))
        }
        "Change" => change(row, known),
        "CommentPrivacyChange" => comment_id.map(Event::MadeInternal),
        "EmailCcChange" | "Cc" if row.get("added_ids").0.is_array() => {
            Some(Event::CcsChanged { added: people("added_ids"), removed: people("removed_ids") })
        }
        "FollowerChange" if row.get("added_ids").0.is_array() => {
            Some(Event::FollowersChanged { added: people("added_ids"), removed: people("removed_ids") })
        }
        "Merge" => {
            let into = row.int("into_ticket_id").map(|id| Event::MergedInto(TicketId(id)));
            into.or_else(|| row.int("from_ticket_id").map(|id| Event::MergedFrom(TicketId(id))))
        }
        "FollowUp" => row.int("ticket_id").map(|id| Event::FollowedUp(TicketId(id))),
        "SatisfactionRating" => row
            .text("score")
            .and_then(Score::parse)
            .map(|score| Event::Case(CaseEvent::Rated { score, comment: row.filled("body").map(str::to_owned) })),
        "Notification" | "NotificationWithCcs" => return notices(row, rule),
        _ => None,
    };
    one.into_iter().collect()
}

/// What was said stands in the history too; its moment and its way are the act's.
fn said(row: Row<'_>, ticket: TicketId, at: At) -> Option<crate::domain::comment::Comment> {
    if row.get("created_at").is_nothing() {
        let mut whole = row.0.as_object()?.clone();
        whole.insert("created_at".to_owned(), Json::String(Time(at.0).text()));
        return comment(Row(&Json::Object(whole)), ticket);
    }
    comment(row, ticket)
}

fn notices(row: Row<'_>, rule: RuleId) -> Vec<Event> {
    let text = TextId(row.int("text_id").unwrap_or_default());
    let rule = row.int("rule_id").map_or(rule, RuleId);
    let to = |id| Event::Notified(NoticeRef { rule, text, to: Addressee::Person(PersonId(id)) });
    row.ints("recipients").map(to).collect()
}

fn change(row: Row<'_>, known: &Known) -> Option<Event> {
    let (before, after) = (row.get("previous_value"), row.get("value"));
    let text = |row: Row<'_>| row.0.as_str().unwrap_or_default().to_owned();
    let named = |row: Row<'_>| row.0.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let (from, to) = (before.number(), after.number());
    Some(match row.text("field_name")? {
        "subject" => Event::SubjectChanged { from: text(before), to: text(after) },
        "status" => Event::StatusChanged { from: Status::parse(&text(before))?, to: Status::parse(&text(after))? },
        "priority" => Event::PriorityChanged {
            from: named(before).and_then(|name| Priority::parse(&name)),
            to: named(after).and_then(|name| Priority::parse(&name)),
        },
        "ticket_form_id" => Event::KindChanged { from: from.map(KindId), to: to.map(KindId) },
        "assignee_id" => Event::AssigneeChanged { from: from.map(PersonId), to: to.map(PersonId) },
        "group_id" => Event::GroupChanged { from: from.map(GroupId), to: to.map(GroupId) },
        "requester_id" => Event::RequesterChanged { from: PersonId(from?), to: PersonId(to?) },
        "organization_id" => Event::OrganizationChanged { from: from.map(OrganizationId), to: to.map(OrganizationId) },
        "due_at" => {
            let at = |row: Row<'_>| row.0.as_str().and_then(Time::parse).map(|time| time.0);
            Event::DueChanged { from: at(before), to: at(after) }
        }
        "tags" => tags_changed(row, before, after),
        "custom_status_id" => Event::CustomStatusChanged { from: from.map(StatusId), to: to.map(StatusId) },
        "type" => Event::Case(CaseEvent::TypeChanged {
            from: named(before).and_then(|name| TicketType::parse(&name)),
            to: named(after).and_then(|name| TicketType::parse(&name)),
        }),
        "problem_id" => Event::Case(CaseEvent::ProblemChanged { from: from.map(TicketId), to: to.map(TicketId) }),
        "is_public" => {
            let public = after.0.as_bool()?;
            Event::VisibilityChanged(if public { Visibility::Public } else { Visibility::Internal })
        }
        digits => {
            let field = known.session.fields.get(&FieldId(digits.parse().ok()?))?;
            Event::FieldChanged { field: field.id, from: held(field, before.0), to: held(field, after.0) }
        }
    })
}

fn tags_changed(row: Row<'_>, before: Row<'_>, after: Row<'_>) -> Event {
    if row.get("added").0.is_array() {
        return Event::TagsChanged { added: tags(row.get("added")), removed: tags(row.get("removed")) };
    }
    let (from, to) = (tags(before), tags(after));
    Event::TagsChanged {
        added: to.difference(&from).cloned().collect(),
        removed: from.difference(&to).cloned().collect(),
    }
}

fn metrics(row: Row<'_>) -> Option<Metrics> {
    let created_at = row.time("created_at")?;
    let minutes = |key: &str| {
        let row = row.get(key);
        let calendar = row.int("calendar")?;
        Some(Minutes { calendar, business: row.int("business").unwrap_or(calendar) })
    };
    let status_updated_at = row.time("status_updated_at").unwrap_or(created_at);
    Some(Metrics {
        created_at,
        updated_at: row.time("updated_at").unwrap_or(created_at),
        group_stations: row.count("group_stations"),
        assignee_stations: row.count("assignee_stations"),
        reopens: row.count("reopens"),
        replies: row.count("replies"),
        assignee_updated_at: row.time("assignee_updated_at"),
        requester_updated_at: row.time("requester_updated_at"),
        status_updated_at,
        custom_status_updated_at: row.time("custom_status_updated_at").unwrap_or(status_updated_at),
        initially_assigned_at: row.time("initially_assigned_at"),
        assigned_at: row.time("assigned_at"),
        solved_at: row.time("solved_at"),
        latest_comment_added_at: row.time("latest_comment_added_at"),
        reply_time: minutes("reply_time_in_minutes"),
        first_resolution_time: minutes("first_resolution_time_in_minutes"),
        full_resolution_time: minutes("full_resolution_time_in_minutes"),
        agent_wait_time: minutes("agent_wait_time_in_minutes").unwrap_or_default(),
        requester_wait_time: minutes("requester_wait_time_in_minutes").unwrap_or_default(),
        on_hold_time: minutes("on_hold_time_in_minutes").unwrap_or_default(),
    })
}
