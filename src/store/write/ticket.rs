//! Tickets, what was said on them, and the tables by which they are looked up.

use super::rows::Table;
use super::{Chained, Heads, Writing};
use crate::domain::comment::Comment;
use crate::domain::id::{CommentId, PersonId, TicketId};
use crate::domain::ticket::Ticket;
use crate::store::dialect::Value;
use crate::store::event::Salt;
use crate::store::{comment, field, ticket};
use std::collections::{BTreeMap, BTreeSet};

/// In `ticket_people`.
const CC: i64 = 0;
const FOLLOWER: i64 = 1;

impl Writing {
    /// A ticket's row, new or where it differs, and its side tables.
    pub(super) fn ticket(&mut self, chained: &Chained) {
        let now = ticket::values(&chained.ticket, &chained.link, chained.next_at);
        match &chained.stored {
            None => self.insert(Table::Tickets, now),
            Some((before, link, at)) => self.update(&chained.ticket, &ticket::values(before, link, *at), now),
        }
        self.sides(chained.stored.as_ref().map(|(before, ..)| before), &chained.ticket);
    }

    /// Only what differs: an index whose columns are not named is left alone.
    fn update(&mut self, ticket: &Ticket, before: &[Value], now: impl IntoIterator<Item = Value>) {
        let mut values = vec![ticket.id.0.into()];
        let mut places = Vec::new();
        for ((column, was), is) in ticket::COLUMNS.iter().zip(before).zip(now) {
            if *was != is {
                values.push(is);
                places.push(format!("{column} = ${}", values.len()));
            }
        }
        if !places.is_empty() {
            self.changed.push(format!("UPDATE tickets SET {} WHERE id = $1", places.join(", ")), values);
        }
    }

    fn sides(&mut self, before: Option<&Ticket>, now: &Ticket) {
        let id = now.id;
        let none = BTreeSet::new();
        let tags = before.map_or(&none, |ticket| &ticket.tags);
        for tag in tags.difference(&now.tags) {
            let row: [Value; 2] = [tag.as_str().into(), id.0.into()];
            if !self.take_back(Table::TicketTags, &row) {
                self.first.push("DELETE FROM ticket_tags WHERE tag = $1 AND ticket_id = $2", row.to_vec());
            }
        }
        for tag in now.tags.difference(tags) {
            self.insert(Table::TicketTags, [tag.as_str().into(), id.0.into()]);
        }
        let none = BTreeSet::new();
        self.relations(id, CC, before.map_or(&none, |ticket| &ticket.ccs), &now.ccs);
        self.relations(id, FOLLOWER, before.map_or(&none, |ticket| &ticket.followers), &now.followers);
        self.fields(before, now);
    }

    fn fields(&mut self, before: Option<&Ticket>, now: &Ticket) {
        let none = BTreeMap::new();
        let before = before.map_or(&none, |ticket| &ticket.fields);
        for (field, value) in before.iter().filter(|(field, value)| now.fields.get(field) != Some(value)) {
            let taken_back =
                field::rows(now.id.0, *field, value).iter().all(|row| self.take_back(Table::TicketFields, row));
            if !taken_back {
                let values = vec![now.id.0.into(), field.0.into()];
                self.first.push("DELETE FROM ticket_fields WHERE ticket_id = $1 AND field_id = $2", values);
            }
        }
        for (field, value) in now.fields.iter().filter(|(field, value)| before.get(field) != Some(value)) {
            for row in field::rows(now.id.0, *field, value) {
                self.insert(Table::TicketFields, row);
            }
        }
    }

    fn relations(&mut self, id: TicketId, relation: i64, before: &BTreeSet<PersonId>, now: &BTreeSet<PersonId>) {
        for person in before.difference(now) {
            let row: [Value; 3] = [person.0.into(), relation.into(), id.0.into()];
            if !self.take_back(Table::TicketPeople, &row) {
                self.first.push(
                    "DELETE FROM ticket_people WHERE person_id = $1 AND relation = $2 AND ticket_id = $3",
                    row.to_vec(),
                );
            }
        }
        for person in now.difference(before) {
            self.insert(Table::TicketPeople, [person.0.into(), relation.into(), id.0.into()]);
        }
    }

    pub(super) fn comment(&mut self, said: &Comment, salt: &Salt) {
        self.insert(Table::Comments, comment::values(said, salt));
        for file in &said.attachments {
            self.insert(Table::Attachments, comment::attachment_values(said, file));
        }
    }

    pub(super) fn make_internal(&mut self, comment: CommentId, ticket: TicketId, heads: &mut Heads) {
        self.then.push(
            "UPDATE comments SET public = $2, frozen = $3 WHERE id = $1",
            vec![comment.0.into(), false.into(), true.into()],
        );
        for (id, _, public) in heads.said.entry(ticket).or_default() {
            *public &= *id != comment;
        }
    }
}
