//! What clients send of tickets, as acts say it.

use crate::client::{Client as _, PeopleAsk};
use crate::domain::act::{Change, NewTicket};
use crate::domain::case::TicketType;
use crate::domain::comment::{NewComment, Visibility};
use crate::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, TicketId};
use crate::domain::person::{EmailAddress, PersonRef};
use crate::domain::status::{Priority, Status};
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::wire::sent::{Coming, CommentSent, FieldSent, Somebody, TicketSent, Words};
use crate::wire::{Given, Time, upload_tokens};
use std::collections::{BTreeMap, BTreeSet};

/// A change of a ticket with what is said with it.
pub(in crate::server) struct Changed {
    pub change: Change,
    pub comment: Option<NewComment>,
    /// Whether it holds only for the ticket as it was looked at.
    pub relative: bool,
}

fn invalid(field: &str) -> Problem {
    Problem::invalid(field, "InvalidValue", &format!("{field} is not valid"))
}

/// A comment; `public` where it does not say for whom it is.
pub(in crate::server) fn comment(sent: &CommentSent, public: bool) -> NewComment {
    let public = sent.public.unwrap_or(public);
    let uploads = sent.uploads.iter().flat_map(|list| list.0.iter().flat_map(|name| upload_tokens(name))).collect();
    let visibility = if public { Visibility::Public } else { Visibility::Internal };
    NewComment { visibility, body: sent.text().unwrap_or_default(), uploads }
}

pub(in crate::server) fn address(text: &str, field: &str) -> Result<EmailAddress, Problem> {
    EmailAddress::parse(text).map_err(|_| invalid(field))
}

pub(in crate::server) fn person(sent: &Somebody, field: &str) -> Result<PersonRef, Problem> {
    Ok(match sent {
        Somebody::Id(id) => PersonRef::Id(PersonId(*id)),
        Somebody::Address { email, name } => {
            let email = address(email, field)?;
            match name.as_deref().filter(|name| !name.trim().is_empty()) {
                Some(name) => PersonRef::Named { name: name.to_owned(), email },
                None => PersonRef::Address(email),
            }
        }
    })
}

/// Somebody known, by number.
async fn known(caller: &Caller, sent: &Somebody, field: &str) -> Result<Option<PersonId>, Problem> {
    match sent {
        Somebody::Id(id) => Ok(Some(PersonId(*id))),
        Somebody::Address { email, .. } => {
            let found = caller.client.people(PeopleAsk::Address(address(email, field)?)).await;
            Ok(caller.say(found)?.rows.first().map(|person| person.id))
        }
    }
}

pub(in crate::server) fn tags(sent: Option<&Words>) -> Result<BTreeSet<Tag>, Problem> {
    let tags = sent.iter().flat_map(|words| &words.0).map(|word| Tag::parse(word).map_err(|_| invalid("tags")));
    tags.collect()
}

fn status(name: Option<&str>) -> Result<Option<Status>, Problem> {
    name.filter(|name| !name.is_empty()).map(|name| Status::parse(name).ok_or_else(|| invalid("status"))).transpose()
}

fn priority(sent: &Given<String>) -> Result<Given<Priority>, Problem> {
    Ok(match sent {
        Given::Absent => Given::Absent,
        Given::Null => Given::Null,
        Given::Value(name) if name.is_empty() || name == "-" => Given::Null,
        Given::Value(name) => Given::Value(Priority::parse(name).ok_or_else(|| invalid("priority"))?),
    })
}

fn ticket_type(sent: &Given<String>) -> Result<Given<TicketType>, Problem> {
    Ok(match sent {
        Given::Absent => Given::Absent,
        Given::Null => Given::Null,
        Given::Value(name) if name.is_empty() => Given::Null,
        Given::Value(name) => Given::Value(TicketType::parse(name).ok_or_else(|| invalid("type"))?),
    })
}

fn due(sent: &Given<String>) -> Result<Given<Timestamp>, Problem> {
    Ok(match sent {
        Given::Absent => Given::Absent,
        Given::Null => Given::Null,
        Given::Value(text) if text.is_empty() => Given::Null,
        Given::Value(text) => Given::Value(Time::parse(text).ok_or_else(|| invalid("due_at"))?.0),
    })
}

pub(in crate::server) fn fields<'f>(
    sent: impl IntoIterator<Item = &'f FieldSent>,
) -> Result<BTreeMap<FieldId, String>, Problem> {
    let one = |field: &FieldSent| {
        field.written().map(|text| (FieldId(field.id.0), text)).ok_or_else(|| invalid("custom_fields"))
    };
    sent.into_iter().map(one).collect()
}

/// Those who are named as in copy in whatever way, without those who leave.
fn copied(sent: &TicketSent) -> Result<Vec<PersonRef>, Problem> {
    let all = [&sent.collaborators, &sent.collaborator_ids, &sent.additional_collaborators];
    let named = all.into_iter().flatten().flatten().map(|who| person(who, "collaborators"));
    let coming = sent.email_ccs.iter().flatten().filter(|one| !one.leaves).map(|one| person(&one.who, "email_ccs"));
    named.chain(coming).collect()
}

/// A new ticket as it is sent.
///
/// # Errors
/// Something in it is nothing that an act can say.
pub(in crate::server) async fn new_ticket(caller: &Caller, sent: &TicketSent) -> Result<NewTicket, Problem> {
    let described = || CommentSent { body: sent.description.clone(), ..CommentSent::default() };
    let first = comment(&sent.comment.clone().unwrap_or_else(described), true);
    let requester = match (&sent.requester, sent.requester_id) {
        (Some(who), _) => Some(person(who, "requester")?),
        (None, Some(id)) => Some(PersonRef::Id(PersonId(id.0))),
        (None, None) => None,
    };
    let subject = sent.subject.clone().filter(|subject| !subject.trim().is_empty());
    // Who says nothing of what it is about is understood by what they say.
    let subject = subject.unwrap_or_else(|| {
        first.body.lines().next().unwrap_or_default().chars().take(Ticket::MAX_SUBJECT_CHARS / 4).collect()
    });
    let mut followers = BTreeSet::new();
    for one in sent.followers.iter().flatten().filter(|one| !one.leaves) {
        followers.insert(known(caller, &one.who, "followers").await?.ok_or_else(|| invalid("followers"))?);
    }
    let mut labels = tags(sent.tags.as_ref())?;
    labels.extend(tags(sent.additional_tags.as_ref())?);
    Ok(NewTicket {
        requester,
        kind: sent.ticket_form_id.map(|id| KindId(id.0)),
        ticket_type: ticket_type(&sent.ticket_type)?.value(),
        problem: sent.problem_id.clone().value().map(|id| TicketId(id.0)),
        status: status(sent.status.as_deref())?,
        priority: priority(&sent.priority)?.value(),
        assignee: assignee(caller, sent).await?.value(),
        group: sent.group_id.clone().value().map(|id| GroupId(id.0)),
        tags: labels,
        ccs: copied(sent)?,
        followers,
        due_at: due(&sent.due_at)?.value(),
        custom_status: sent.custom_status_id.map(|id| StatusId(id.0)),
        fields: fields(sent.custom_fields.iter().chain(&sent.fields).flatten())?,
        external_id: sent.external_id.clone(),
        follow_up_of: sent.via_followup_source_id.map(|id| TicketId(id.0)),
        ..NewTicket::new(subject, first)
    })
}

async fn assignee(caller: &Caller, sent: &TicketSent) -> Result<Given<PersonId>, Problem> {
    if let (Given::Absent, Some(email)) = (&sent.assignee_id, &sent.assignee_email) {
        let somebody = Somebody::Address { email: email.clone(), name: None };
        let found = known(caller, &somebody, "assignee_email").await?;
        return found.map(Given::Value).ok_or_else(|| invalid("assignee_email"));
    }
    Ok(sent.assignee_id.clone().map(|id| PersonId(id.0)))
}

/// What becomes different on a ticket as it is now.
///
/// # Errors
/// Something in it is nothing that an act can say; or it was meant for the ticket as it is no longer.
pub(in crate::server) async fn changed(
    caller: &Caller,
    ticket: &Ticket,
    sent: &TicketSent,
) -> Result<Changed, Problem> {
    let safe = stamped(ticket, &sent.safe_update, sent.updated_stamp.as_deref())?;
    let mut add_tags = tags(sent.additional_tags.as_ref())?;
    let mut remove_tags = tags(sent.remove_tags.as_ref())?;
    if sent.tags.is_some() {
        let all = tags(sent.tags.as_ref())?;
        remove_tags.extend(ticket.tags.difference(&all).cloned());
        add_tags.extend(all.difference(&ticket.tags).cloned());
    }
    let remove_ccs = uncopied(caller, ticket, sent).await?;
    let (add_followers, remove_followers) = following(caller, sent.followers.as_deref().unwrap_or_default()).await?;
    let requester = match (&sent.requester, sent.requester_id) {
        (Some(who), _) => Some(person(who, "requester")?),
        (None, id) => id.map(|id| PersonRef::Id(PersonId(id.0))),
    };
    let said = sent.comment.as_ref().map(|sent| comment(sent, ticket.is_public()));
    // Some clients send an empty comment with every change.
    let said = said.filter(|said| !said.body.trim().is_empty() || !said.uploads.is_empty());
    let change = Change {
        subject: sent.subject.clone(),
        status: status(sent.status.as_deref())?,
        priority: priority(&sent.priority)?.change(),
        kind: sent.ticket_form_id.map(|id| KindId(id.0)),
        ticket_type: ticket_type(&sent.ticket_type)?.change(),
        problem: sent.problem_id.clone().map(|id| TicketId(id.0)).change(),
        assignee: assignee(caller, sent).await?.change(),
        group: sent.group_id.clone().map(|id| GroupId(id.0)).change(),
        requester,
        add_tags,
        remove_tags,
        add_ccs: copied(sent)?,
        remove_ccs,
        add_followers,
        remove_followers,
        due_at: due(&sent.due_at)?.change(),
        custom_status: sent.custom_status_id.map(|id| StatusId(id.0)),
        fields: fields(sent.custom_fields.iter().chain(&sent.fields).flatten())?,
    };
    let whole = sent.tags.is_some() || sent.collaborators.is_some() || sent.collaborator_ids.is_some();
    Ok(Changed { change, comment: said, relative: safe || whole })
}

/// Whether a change asks for the ticket as it was seen, and whether it is so still. The moment has whole seconds on the
/// wire: what happens within one is told apart by the version that is looked at next.
pub(in crate::server) fn stamped(
    ticket: &Ticket,
    safe: &Given<serde_json::Value>,
    stamp: Option<&str>,
) -> Result<bool, Problem> {
    if safe.is_absent() {
        return Ok(false);
    }
    let stamp = stamp.ok_or_else(|| Problem::bad_parameter("updated_stamp"))?;
    let stamp = Time::parse(stamp).ok_or_else(|| Problem::bad_parameter("updated_stamp"))?.0;
    if stamp.0.div_euclid(1000) == ticket.updated_at.0.div_euclid(1000) { Ok(true) } else { Err(Problem::conflict()) }
}

/// Who is not in copy any more: who leaves, and who is not among all that are named.
async fn uncopied(caller: &Caller, ticket: &Ticket, sent: &TicketSent) -> Result<BTreeSet<PersonId>, Problem> {
    let mut gone = BTreeSet::new();
    if sent.collaborators.is_some() || sent.collaborator_ids.is_some() {
        let mut stay = BTreeSet::new();
        for who in [&sent.collaborators, &sent.collaborator_ids].into_iter().flatten().flatten() {
            stay.extend(known(caller, who, "collaborators").await?);
        }
        gone.extend(ticket.ccs.difference(&stay).copied());
    }
    for one in sent.email_ccs.iter().flatten().filter(|one| one.leaves) {
        gone.extend(known(caller, &one.who, "email_ccs").await?);
    }
    Ok(gone)
}

async fn following(caller: &Caller, sent: &[Coming]) -> Result<(BTreeSet<PersonId>, BTreeSet<PersonId>), Problem> {
    let (mut come, mut go) = (BTreeSet::new(), BTreeSet::new());
    for one in sent {
        let who = known(caller, &one.who, "followers").await?.ok_or_else(|| invalid("followers"))?;
        if one.leaves {
            go.insert(who)
        } else {
            come.insert(who)
        };
    }
    Ok((come, go))
}
