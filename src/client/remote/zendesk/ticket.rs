//! Tickets, requests and what was said on them, as an account tells them.

use super::known::Known;
use super::setup::held;
use crate::client::Names;
use crate::domain::case::{Rating, Score, TicketType};
use crate::domain::comment::{Attachment, Channel, Comment, Visibility};
use crate::domain::field::Value;
use crate::domain::id::{
    AttachmentId, CommentId, FieldId, GroupId, KindId, OrganizationId, PersonId, StatusId, TicketId,
};
use crate::domain::status::{Priority, State, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::wire::received::{Row, said};
use std::collections::{BTreeMap, BTreeSet};

/// The version of a ticket: an account has none, and what it is held against is the second of its last change.
pub(super) const fn version(updated_at: Timestamp) -> i64 {
    updated_at.0.div_euclid(1_000)
}

/// The moment that a version stands for.
pub(super) const fn stamp(version: i64) -> Timestamp {
    Timestamp(version * 1_000)
}

/// A ticket as agents get it.
pub(super) fn ticket(row: Row<'_>, known: &Known) -> Option<Ticket> {
    let id = TicketId(row.int("id")?);
    let created_at = row.time("created_at")?;
    let updated_at = row.time("updated_at").unwrap_or(created_at);
    let people = |key: &str| row.ints(key).map(PersonId).collect::<BTreeSet<_>>();
    let status = status(row);
    let requester = PersonId(row.int("requester_id")?);
    let comments = row.count("comment_count");
    Some(Ticket {
        id,
        subject: row.either(&["raw_subject", "subject"]).0.as_str().unwrap_or_default().to_owned(),
        kind: row.int("ticket_form_id").map(KindId),
        ticket_type: row.text("type").and_then(TicketType::parse),
        problem: row.int("problem_id").map(TicketId),
        rating: rating(row.get("satisfaction_rating"), updated_at),
        state: State::entered(status, updated_at),
        priority: row.text("priority").and_then(Priority::parse),
        requester,
        submitter: row.int("submitter_id").map_or(requester, PersonId),
        assignee: row.int("assignee_id").map(PersonId),
        group: row.int("group_id").map(GroupId),
        organization: row.int("organization_id").map(OrganizationId),
        tags: row.texts("tags").iter().filter_map(|tag| Tag::parse(tag).ok()).collect(),
        ccs: people("email_cc_ids"),
        followers: people("follower_ids"),
        due_at: row.time("due_at"),
        custom_status: custom_status(row, known),
        fields: values(row, known),
        ran: BTreeSet::new(),
        owed: BTreeSet::new(),
        visibility: if row.flag("is_public") == Some(false) { Visibility::Internal } else { Visibility::Public },
        via: channel(row.get("via")),
        external_id: row.filled("external_id").map(str::to_owned),
        follow_up_of: followed(row),
        merged_into: row.int("merged_into_id").map(TicketId),
        deleted: None,
        comments,
        public_comments: comments,
        created_at,
        updated_at,
        requester_updated_at: updated_at,
        status_at: updated_at,
        assigned_at: None,
        requester_said_at: None,
        assignee_said_at: None,
        first_answered_at: None,
        solved_at: (status >= Status::Solved).then_some(updated_at),
        reopened: 0,
        version: version(updated_at),
    })
}

/// A request as those get it who asked.
pub(super) fn request(row: Row<'_>, known: &Known) -> Option<Request> {
    let created_at = row.time("created_at")?;
    let updated_at = row.time("updated_at").unwrap_or(created_at);
    Some(Request {
        id: TicketId(row.int("id")?),
        subject: row.words("subject"),
        kind: row.int("ticket_form_id").map(KindId),
        ticket_type: row.text("type").and_then(TicketType::parse),
        rating: rating(row.get("satisfaction_rating"), updated_at),
        state: State::entered(status(row), updated_at),
        priority: row.text("priority").and_then(Priority::parse),
        requester: PersonId(row.int("requester_id")?),
        assignee: row.int("assignee_id").map(PersonId),
        group: row.int("group_id").map(GroupId),
        organization: row.int("organization_id").map(OrganizationId),
        ccs: row.ints("email_cc_ids").map(PersonId).collect(),
        due_at: row.time("due_at"),
        custom_status: custom_status(row, known),
        fields: values(row, known),
        via: channel(row.get("via")),
        follow_up_of: row.int("followup_source_id").map(TicketId),
        comments: row.count("comment_count"),
        created_at,
        updated_at,
    })
}

fn status(row: Row<'_>) -> Status {
    row.text("status").and_then(Status::parse).unwrap_or(Status::Open)
}

/// Of a status that is the category's own nothing is said.
fn custom_status(row: Row<'_>, known: &Known) -> Option<StatusId> {
    let id = StatusId(row.int("custom_status_id")?);
    known.session.statuses.contains_key(&id).then_some(id)
}

fn values(row: Row<'_>, known: &Known) -> BTreeMap<FieldId, Value> {
    let one = |row: Row<'_>| {
        let field = known.session.fields.get(&FieldId(row.int("id")?))?;
        Some((field.id, held(field, row.get("value").0)?))
    };
    let all = if row.get("custom_fields").is_nothing() { row.get("fields") } else { row.get("custom_fields") };
    all.items().filter_map(one).collect()
}

fn rating(row: Row<'_>, at: Timestamp) -> Option<Rating> {
    let said = row.text("score")?;
    let score = Score::parse(said);
    (score.is_some() || said == "offered").then(|| Rating {
        score,
        comment: row.filled("comment").map(str::to_owned),
        created_at: at,
        updated_at: at,
        assignee: row.int("assignee_id").map(PersonId),
        group: row.int("group_id").map(GroupId),
    })
}

/// By which way it came; a way that ours has no word for is another program's.
pub(super) fn channel(via: Row<'_>) -> Channel {
    let name = via.text("channel").unwrap_or("api");
    match name {
        "web_form" | "mobile" | "mobile_sdk" | "help_center" | "side_conversation" => Channel::Web,
        "native_messaging" | "messaging" | "chat_transcript" | "whatsapp" | "line" | "any_channel" => Channel::Chat,
        "sample_ticket" | "sample_interactive_ticket" => Channel::Import,
        "mail" => Channel::Mail,
        other => Channel::parse(other).unwrap_or(Channel::Api),
    }
}

fn followed(row: Row<'_>) -> Option<TicketId> {
    let source = row.get("via").get("source");
    let follows = matches!(source.text("rel"), Some("follow_up" | "followup"));
    source.get("from").int("ticket_id").filter(|_| follows).map(TicketId)
}

/// Something said.
pub(super) fn comment(row: Row<'_>, ticket: TicketId) -> Option<Comment> {
    Some(Comment {
        id: CommentId(row.int("id")?),
        ticket,
        author: PersonId(row.int("author_id").unwrap_or(-1)),
        visibility: if row.flag("public") == Some(false) { Visibility::Internal } else { Visibility::Public },
        frozen: false,
        body: said(row),
        attachments: row.list("attachments").filter_map(attachment).collect(),
        via: channel(row.get("via")),
        created_at: row.time("created_at")?,
    })
}

/// A file on a comment. Its bytes are not known yet, and so is their digest.
pub(super) fn attachment(row: Row<'_>) -> Option<Attachment> {
    Some(Attachment {
        id: AttachmentId(row.int("id")?),
        name: row.words("file_name"),
        content_type: row.filled("content_type").unwrap_or("application/octet-stream").to_owned(),
        size: row.int("size").and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
        digest: [0; 32],
    })
}

/// Everybody and everything that tickets name by number.
pub(super) fn named<'t>(
    tickets: impl IntoIterator<Item = &'t Ticket>,
) -> (BTreeSet<PersonId>, BTreeSet<OrganizationId>) {
    let (mut people, mut organizations) = (BTreeSet::new(), BTreeSet::new());
    for one in tickets {
        people.extend([Some(one.requester), Some(one.submitter), one.assignee].into_iter().flatten());
        people.extend(one.ccs.iter().chain(&one.followers));
        organizations.extend(one.organization);
    }
    (people, organizations)
}

/// The names that stand beside what was asked for.
pub(super) fn beside(body: Row<'_>, names: &mut Names) {
    for one in body.list("users") {
        names.people.extend(one.int("id").map(|id| (PersonId(id), one.words("name"))));
    }
    for one in body.list("organizations") {
        names.organizations.extend(one.int("id").map(|id| (OrganizationId(id), one.words("name"))));
    }
    for one in body.list("groups") {
        names.groups.extend(one.int("id").map(|id| (GroupId(id), one.words("name"))));
    }
}
