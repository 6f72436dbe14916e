//! Tickets as rows.

use super::dialect::{Value, read_row};
use super::field::{read_fields, write_fields};
use crate::domain::case::{Rating, Score, TicketType};
use crate::domain::comment::{Channel, Visibility};
use crate::domain::history::Link;
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId, RuleId, StatusId, TextId, TicketId};
use crate::domain::notice::Owed;
use crate::domain::removal::Deletion;
use crate::domain::status::{Priority, State, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use sqlx::Row;
use std::collections::BTreeSet;

/// The columns of a [`TicketRow`], of `tickets t`. The order is the row's.
macro_rules! ticket_columns {
    () => {
        "t.id, t.subject, t.kind_id, t.status, t.status_since, t.ran, t.priority, t.requester_id, \
         t.submitter_id, t.assignee_id, t.group_id, t.organization_id, t.tags, t.ccs, t.followers, t.due_at, \
         t.public, t.via, t.external_id, t.follow_up_of, t.merged_into, t.comments, t.public_comments, \
         t.created_at, t.updated_at, t.requester_updated_at, t.version, \
         t.assigned_at, t.requester_said_at, t.assignee_said_at, t.custom_status_id, t.fields, \
         t.owed, t.first_answered_at, t.solved_at, t.reopened, t.ticket_type, t.problem_id, t.rating, \
         t.deleted_at, t.deleted_by, t.deleted_status, t.purged"
    };
}
pub(crate) use ticket_columns;

/// A row of `SELECT ticket_columns!() …`.
pub(crate) struct TicketRow(pub(crate) Ticket);

/// A row of `SELECT ticket_columns!(), t.link, t.next_at …`.
pub(crate) struct ChainedTicket {
    pub(crate) ticket: Ticket,
    /// The head of its chain of audits.
    pub(crate) link: Link,
    /// When it has to be looked at again.
    pub(crate) next_at: Option<Timestamp>,
}

macro_rules! ticket_of {
    ($row:ident) => {
        Ticket {
            id: TicketId($row.try_get(0)?),
            subject: $row.try_get(1)?,
            kind: $row.try_get::<Option<i64>, _>(2)?.map(KindId),
            state: state($row.try_get(41)?, $row.try_get(3)?, Timestamp($row.try_get(4)?))?,
            priority: $row.try_get::<Option<i64>, _>(6)?.map(priority).transpose()?,
            requester: PersonId($row.try_get(7)?),
            submitter: PersonId($row.try_get(8)?),
            assignee: $row.try_get::<Option<i64>, _>(9)?.map(PersonId),
            group: $row.try_get::<Option<i64>, _>(10)?.map(GroupId),
            organization: $row.try_get::<Option<i64>, _>(11)?.map(OrganizationId),
            tags: tags($row.try_get(12)?)?,
            ccs: people($row.try_get(13)?)?,
            followers: people($row.try_get(14)?)?,
            due_at: $row.try_get::<Option<i64>, _>(15)?.map(Timestamp),
            visibility: visibility($row.try_get(16)?),
            via: channel($row.try_get(17)?)?,
            external_id: $row.try_get(18)?,
            follow_up_of: $row.try_get::<Option<i64>, _>(19)?.map(TicketId),
            merged_into: $row.try_get::<Option<i64>, _>(20)?.map(TicketId),
            comments: count($row.try_get(21)?)?,
            public_comments: count($row.try_get(22)?)?,
            created_at: Timestamp($row.try_get(23)?),
            updated_at: Timestamp($row.try_get(24)?),
            requester_updated_at: Timestamp($row.try_get(25)?),
            version: $row.try_get(26)?,
            status_at: Timestamp($row.try_get(4)?),
            assigned_at: $row.try_get::<Option<i64>, _>(27)?.map(Timestamp),
            requester_said_at: $row.try_get::<Option<i64>, _>(28)?.map(Timestamp),
            assignee_said_at: $row.try_get::<Option<i64>, _>(29)?.map(Timestamp),
            custom_status: $row.try_get::<Option<i64>, _>(30)?.map(StatusId),
            fields: read_fields($row.try_get(31)?)?,
            first_answered_at: $row.try_get::<Option<i64>, _>(33)?.map(Timestamp),
            solved_at: $row.try_get::<Option<i64>, _>(34)?.map(Timestamp),
            reopened: count($row.try_get(35)?)?,
            ticket_type: $row.try_get::<Option<i64>, _>(36)?.map(ticket_type).transpose()?,
            problem: $row.try_get::<Option<i64>, _>(37)?.map(TicketId),
            rating: $row.try_get::<Option<&str>, _>(38)?.map(rating).transpose()?,
            ran: numbers($row.try_get(5)?)?.into_iter().map(RuleId).collect(),
            owed: owed($row.try_get(32)?)?,
            deleted: deletion($row.try_get(39)?, $row.try_get(40)?, $row.try_get(42)?),
        }
    };
}

read_row!(TicketRow, |row| Ok(Self(ticket_of!(row))));
read_row!(ChainedTicket, |row| Ok(Self {
    ticket: ticket_of!(row),
    link: link(row.try_get(43)?)?,
    next_at: row.try_get::<Option<i64>, _>(44)?.map(Timestamp)
}));

/// The names of all columns, in the order of [`values`].
pub(super) const COLUMNS: [&str; 46] = [
    "id",
    "subject",
    "kind_id",
    "status",
    "status_since",
    "ran",
    "priority",
    "requester_id",
    "submitter_id",
    "assignee_id",
    "group_id",
    "organization_id",
    "tags",
    "ccs",
    "followers",
    "due_at",
    "public",
    "via",
    "external_id",
    "follow_up_of",
    "merged_into",
    "comments",
    "public_comments",
    "created_at",
    "updated_at",
    "requester_updated_at",
    "version",
    "assigned_at",
    "requester_said_at",
    "assignee_said_at",
    "custom_status_id",
    "fields",
    "owed",
    "first_answered_at",
    "solved_at",
    "reopened",
    "ticket_type",
    "problem_id",
    "rating",
    "satisfaction",
    "deleted_at",
    "deleted_by",
    "deleted_status",
    "purged",
    "link",
    "next_at",
];

/// A ticket as the values of its row, with the head of its chain and when it has to be looked at again.
pub(super) fn values(ticket: &Ticket, link: &Link, next_at: Option<Timestamp>) -> [Value; COLUMNS.len()] {
    [
        ticket.id.0.into(),
        ticket.subject.as_str().into(),
        ticket.kind.map(|id| id.0).into(),
        if ticket.deleted.is_some() { DELETED } else { status_number(ticket.status()) }.into(),
        ticket.status_at.0.into(),
        json_numbers(ticket.ran.iter().map(|id| id.0)).into(),
        ticket.priority.map(priority_number).into(),
        ticket.requester.0.into(),
        ticket.submitter.0.into(),
        ticket.assignee.map(|id| id.0).into(),
        ticket.group.map(|id| id.0).into(),
        ticket.organization.map(|id| id.0).into(),
        json_texts(ticket.tags.iter().map(Tag::as_str)).into(),
        json_numbers(ticket.ccs.iter().map(|id| id.0)).into(),
        json_numbers(ticket.followers.iter().map(|id| id.0)).into(),
        ticket.due_at.map(|at| at.0).into(),
        ticket.is_public().into(),
        ticket.via.name().into(),
        ticket.external_id.clone().into(),
        ticket.follow_up_of.map(|id| id.0).into(),
        ticket.merged_into.map(|id| id.0).into(),
        i64::from(ticket.comments).into(),
        i64::from(ticket.public_comments).into(),
        ticket.created_at.0.into(),
        ticket.updated_at.0.into(),
        ticket.requester_updated_at.0.into(),
        ticket.version.into(),
        ticket.assigned_at.map(|at| at.0).into(),
        ticket.requester_said_at.map(|at| at.0).into(),
        ticket.assignee_said_at.map(|at| at.0).into(),
        ticket.custom_status.map(|id| id.0).into(),
        write_fields(&ticket.fields).into(),
        write_owed(&ticket.owed).into(),
        ticket.first_answered_at.map(|at| at.0).into(),
        ticket.solved_at.map(|at| at.0).into(),
        i64::from(ticket.reopened).into(),
        ticket.ticket_type.map(type_number).into(),
        ticket.problem.map(|id| id.0).into(),
        ticket.rating.as_ref().map(write_rating).into(),
        ticket.rating.as_ref().map(satisfaction_number).into(),
        ticket.deleted.map(|deletion| deletion.at.0).into(),
        ticket.deleted.and_then(|deletion| deletion.by).map(|id| id.0).into(),
        ticket.deleted.map(|_| status_number(ticket.status())).into(),
        ticket.deleted.is_some_and(|deletion| deletion.purged).into(),
        link.as_slice().into(),
        next_at.map(|at| at.0).into(),
    ]
}

/// The number of a status in its column: their order.
pub(crate) fn status_number(status: Status) -> i64 {
    Status::ALL.iter().zip(0..).find(|(one, _)| **one == status).map_or(0, |(_, number)| number)
}

/// The number of a priority in its column: their order.
pub(crate) fn priority_number(priority: Priority) -> i64 {
    Priority::ALL.iter().zip(0..).find(|(one, _)| **one == priority).map_or(0, |(_, number)| number)
}

/// The number of a type in its column: their order.
pub(crate) fn type_number(one: TicketType) -> i64 {
    TicketType::ALL.iter().zip(0..).find(|(known, _)| **known == one).map_or(0, |(_, number)| number)
}

/// What a rating is in the column by which it is found: 0 offered, 1 bad, 2 bad and why, 3 good, 4 good and why.
pub(crate) fn satisfaction_number(rating: &Rating) -> i64 {
    let why = i64::from(rating.comment.is_some());
    match rating.score {
        None => 0,
        Some(Score::Bad) => 1 + why,
        Some(Score::Good) => 3 + why,
    }
}

/// A JSON array of numbers.
pub(crate) fn json_numbers(numbers: impl IntoIterator<Item = i64>) -> String {
    let numbers: Vec<String> = numbers.into_iter().map(|number| number.to_string()).collect();
    format!("[{}]", numbers.join(","))
}

/// A JSON array of texts.
pub(crate) fn json_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(serde_json::Value::from).collect();
    serde_json::Value::from(texts).to_string()
}

/// What stands in the column of statuses where a ticket is deleted.
pub(crate) const DELETED: i64 = 6;

fn deletion(at: Option<i64>, by: Option<i64>, purged: bool) -> Option<Deletion> {
    Some(Deletion { at: Timestamp(at?), by: by.map(PersonId), purged })
}

/// The status, or the one that it had before it was deleted.
fn state(before: Option<i64>, number: i64, since: Timestamp) -> sqlx::Result<State> {
    let status = status(before.unwrap_or(number)).ok_or_else(|| damaged("a ticket has a status that there is not"))?;
    Ok(State::entered(status, since))
}

/// The status of a number.
pub(super) fn status(number: i64) -> Option<Status> {
    usize::try_from(number).ok().and_then(|at| Status::ALL.get(at).copied())
}

pub(super) fn priority(number: i64) -> sqlx::Result<Priority> {
    let found = usize::try_from(number).ok().and_then(|at| Priority::ALL.get(at).copied());
    found.ok_or_else(|| damaged("there is no such priority"))
}

fn ticket_type(number: i64) -> sqlx::Result<TicketType> {
    let found = usize::try_from(number).ok().and_then(|at| TicketType::ALL.get(at).copied());
    found.ok_or_else(|| damaged("there is no such type"))
}

fn write_rating(rating: &Rating) -> String {
    let Rating { score, comment, created_at, updated_at, assignee, group } = rating;
    serde_json::json!({
        "score": score.map(Score::name),
        "comment": comment,
        "created": created_at.0,
        "updated": updated_at.0,
        "assignee": assignee.map(|id| id.0),
        "group": group.map(|id| id.0),
    })
    .to_string()
}

fn rating(json: &str) -> sqlx::Result<Rating> {
    let json: serde_json::Value = serde_json::from_str(json).map_err(|error| damaged(&error.to_string()))?;
    let moment = |key: &str| json[key].as_i64().map(Timestamp).ok_or_else(|| damaged("a rating has no time"));
    Ok(Rating {
        score: json["score"].as_str().and_then(Score::parse),
        comment: json["comment"].as_str().map(str::to_owned),
        created_at: moment("created")?,
        updated_at: moment("updated")?,
        assignee: json["assignee"].as_i64().map(PersonId),
        group: json["group"].as_i64().map(GroupId),
    })
}

pub(super) const fn visibility(public: bool) -> Visibility {
    if public { Visibility::Public } else { Visibility::Internal }
}

pub(super) fn channel(name: &str) -> sqlx::Result<Channel> {
    Channel::parse(name).ok_or_else(|| damaged("there is no such channel"))
}

pub(super) fn link(bytes: &[u8]) -> sqlx::Result<[u8; 32]> {
    bytes.try_into().map_err(|_| damaged("a digest has not 32 bytes"))
}

pub(super) fn count(number: i64) -> sqlx::Result<u32> {
    u32::try_from(number).map_err(|_| damaged("a count is out of range"))
}

fn tags(json: &str) -> sqlx::Result<BTreeSet<Tag>> {
    if json == "[]" {
        return Ok(BTreeSet::new());
    }
    let texts: Vec<String> = serde_json::from_str(json).map_err(|error| damaged(&error.to_string()))?;
    texts.iter().map(|text| Tag::parse(text).map_err(|_| damaged("a tag is none"))).collect()
}

fn people(json: &str) -> sqlx::Result<BTreeSet<PersonId>> {
    Ok(numbers(json)?.into_iter().map(PersonId).collect())
}

pub(super) fn numbers(json: &str) -> sqlx::Result<Vec<i64>> {
    if json == "[]" {
        return Ok(Vec::new());
    }
    serde_json::from_str(json).map_err(|error| damaged(&error.to_string()))
}

/// Three numbers for each notice that is owed.
fn write_owed(owed: &BTreeSet<Owed>) -> String {
    json_numbers(owed.iter().flat_map(|one| [one.rule.0, one.text.0, i64::from(one.requester)]))
}

fn owed(json: &str) -> sqlx::Result<BTreeSet<Owed>> {
    let numbers = numbers(json)?;
    let of = |three: &[i64]| Owed { rule: RuleId(three[0]), text: TextId(three[1]), requester: three[2] == 1 };
    Ok(numbers.chunks_exact(3).map(of).collect())
}

/// What a row holds cannot be.
pub(super) fn damaged(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(what.into())
}
