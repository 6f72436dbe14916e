//! Deeds in one word each.

use super::{CRITICAL, FIELD, HARDWARE, INES, LEA, MARC, NOW, OPS, SOFTWARE, TOM, UMA, ZOE, email};
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::case::TicketType;
use guichet::domain::comment::NewComment;
use guichet::domain::id::{CommentId, GroupId, PersonId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::status::{Priority, Status};
use guichet::domain::tag::Tag;
use std::collections::BTreeSet;

/// A public reply.
pub fn reply(ticket: TicketId) -> Deed {
    say(ticket, NewComment::public("An answer"), Change::default())
}

/// An internal note.
pub fn note(ticket: TicketId) -> Deed {
    say(ticket, NewComment::note("Among us"), Change::default())
}

/// A comment with changes.
pub fn say(ticket: TicketId, comment: NewComment, change: Change) -> Deed {
    Deed::UpdateTicket { ticket, change: Box::new(change), comment: Some(comment), expect: None }
}

/// Changes alone.
pub fn change(ticket: TicketId, change: Change) -> Deed {
    Deed::UpdateTicket { ticket, change: Box::new(change), comment: None, expect: None }
}

pub fn set(ticket: TicketId, status: Status) -> Deed {
    change(ticket, Change::status(status))
}

pub fn assign(ticket: TicketId, to: Option<PersonId>) -> Deed {
    change(ticket, Change { assignee: Some(to), ..Change::default() })
}

pub fn hand_to(ticket: TicketId, group: Option<GroupId>) -> Deed {
    change(ticket, Change { group: Some(group), ..Change::default() })
}

pub fn give_to(ticket: TicketId, requester: PersonId) -> Deed {
    change(ticket, Change { requester: Some(PersonRef::Id(requester)), ..Change::default() })
}

pub fn add_cc(ticket: TicketId, address: &str) -> Deed {
    change(ticket, Change { add_ccs: vec![PersonRef::Address(email(address))], ..Change::default() })
}

pub fn add_follower(ticket: TicketId, follower: PersonId) -> Deed {
    change(ticket, Change { add_followers: BTreeSet::from([follower]), ..Change::default() })
}

/// Turns the first comment into a note.
pub fn make_internal(ticket: TicketId) -> Deed {
    Deed::MakeInternal { ticket, comment: CommentId(ticket.0 * 100) }
}

/// Merges, with notes on both.
pub fn merge(source: TicketId, target: TicketId) -> Deed {
    merge_saying(source, target, NewComment::note("Merged"))
}

pub fn merge_saying(source: TicketId, target: TicketId, comment: NewComment) -> Deed {
    Deed::Merge { source, target, source_comment: comment.clone(), target_comment: comment }
}

/// A request as the portal makes it.
pub fn new_request() -> NewTicket {
    NewTicket { kind: Some(SOFTWARE), ..NewTicket::new("No sound", NewComment::public("Since Monday")) }
}

/// A ticket as an agent makes it for somebody.
pub fn new_ticket(requester: PersonId) -> NewTicket {
    let comment = NewComment::public("As we said");
    NewTicket { requester: Some(PersonRef::Id(requester)), ..NewTicket::new("No sound", comment) }
}

/// The same, private.
pub fn new_private(requester: PersonId) -> NewTicket {
    NewTicket { comment: NewComment::note("Do not tell"), ..new_ticket(requester) }
}

pub fn create(new: NewTicket) -> Deed {
    Deed::CreateTicket(Box::new(new))
}

pub fn follow_up(source: TicketId) -> Deed {
    let comment = NewComment::public("Once more");
    create(NewTicket { follow_up_of: Some(source), ..NewTicket::new("It is back", comment) })
}

pub fn tags(names: &[&str]) -> BTreeSet<Tag> {
    names.iter().map(|name| Tag::parse(name).expect("a tag")).collect()
}

/// One field different each.
pub fn every_change() -> Vec<Change> {
    let none = Change::default;
    let mut all: Vec<Change> = Status::ALL.map(Change::status).into();
    all.extend([
        Change { subject: Some("Other words".to_owned()), ..none() },
        Change { priority: Some(Some(Priority::High)), ..none() },
        Change { priority: Some(None), ..none() },
        Change { kind: Some(CRITICAL), ..none() },
        Change { kind: Some(HARDWARE), ..none() },
        Change { assignee: Some(Some(MARC)), ..none() },
        Change { assignee: Some(Some(INES)), ..none() },
        Change { assignee: Some(None), ..none() },
        Change { group: Some(Some(FIELD)), ..none() },
        Change { group: Some(None), ..none() },
        Change { group: Some(Some(OPS)), assignee: Some(Some(MARC)), ..none() },
        Change { requester: Some(PersonRef::Id(TOM)), ..none() },
        Change { requester: Some(PersonRef::Id(LEA)), ..none() },
        Change { requester: Some(PersonRef::Address(email("new@bike.example"))), ..none() },
        Change { add_tags: tags(&["vip"]), ..none() },
        Change { remove_tags: tags(&["vip"]), ..none() },
        Change { add_ccs: vec![PersonRef::Address(email("zoe@mail.example"))], ..none() },
        Change { add_ccs: vec![PersonRef::Id(UMA)], ..none() },
        Change { remove_ccs: BTreeSet::from([ZOE]), ..none() },
        Change { add_followers: BTreeSet::from([INES]), ..none() },
        Change { remove_followers: BTreeSet::from([INES]), ..none() },
        Change { due_at: Some(Some(NOW)), ..none() },
        Change { due_at: Some(None), ..none() },
        Change { ticket_type: Some(Some(TicketType::Problem)), ..none() },
        Change { ticket_type: Some(Some(TicketType::Incident)), ..none() },
        Change { problem: Some(Some(TicketId(2))), ..none() },
        Change { problem: Some(None), ..none() },
        none(),
    ]);
    all
}

/// Everything that can be done on a ticket: every change alone, with a reply, with a note; and what is no change.
pub fn every_deed(ticket: TicketId, other: TicketId) -> Vec<Deed> {
    let mut all = Vec::new();
    for one in every_change() {
        all.push(change(ticket, one.clone()));
        all.push(say(ticket, NewComment::public("An answer"), one.clone()));
        all.push(say(ticket, NewComment::note("Among us"), one));
    }
    all.push(make_internal(ticket));
    for comment in [NewComment::public("Merged"), NewComment::note("Merged")] {
        all.push(merge_saying(ticket, other, comment.clone()));
        all.push(merge_saying(other, ticket, comment));
    }
    all.push(Deed::RunAutomations { ticket });
    all
}
