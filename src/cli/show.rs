//! A ticket or request with what was said on it, for people.

use super::account::{Account, organization_name, person_name};
use super::context::Context;
use super::table::Table;
use crate::client::{Names, Page, Thread};
use crate::domain::case::Rating;
use crate::domain::comment::{Comment, Visibility};
use crate::domain::form::Values;
use crate::domain::id::{KindId, StatusId, TicketId};
use crate::domain::status::{Priority, Status};
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::language::args;
use crate::report::Failure;
use crate::safe::Safe;
use crate::words;

/// How many comments are fetched at once.
pub const COMMENTS: u32 = 100;

/// Puts the earlier comments of a ticket before those at hand, with the names of who wrote them.
pub async fn all_comments<T>(account: &Account, ticket: TicketId, thread: &mut Thread<T>) -> Result<(), Failure> {
    while thread.more {
        let Some(first) = thread.comments.first() else { break };
        let mut earlier = account.client.comments(ticket, first.id, COMMENTS).await?;
        thread.more = !earlier.rows.is_empty();
        earlier.rows.append(&mut thread.comments);
        thread.comments = earlier.rows;
        thread.names.people.extend(earlier.names.people);
    }
    Ok(())
}

impl Context {
    /// The words for a status.
    pub(super) fn status(&self, status: Status) -> String {
        words::status(&self.words, status)
    }

    /// The words for a status: the account's own, as whoever asks knows it, or its category.
    pub(super) fn status_of(&self, account: &Account, status: Status, own: Option<StatusId>) -> String {
        let own = own.and_then(|id| account.session.statuses.get(&id));
        own.map_or_else(|| self.status(status), |own| words::custom_status(&self.words, own))
    }

    /// What the account's own fields hold: those of the form in its order, then others that hold something.
    pub(super) fn own_fields(&mut self, account: &Account, kind: Option<KindId>, held: &Values) -> Result<(), Failure> {
        let words = self.words.clone();
        let lines = account.session.form(kind).lines(held);
        let mut shown: Vec<_> = lines.iter().map(|line| line.field).collect();
        let others = held.keys().filter_map(|id| account.session.fields.get(id));
        shown.extend(others.filter(|field| lines.iter().all(|line| line.field.id != field.id)));
        for field in shown {
            let Some(value) = held.get(&field.id) else { continue };
            let label = Safe::line(&words::field_title(&words, field)).pad(13);
            let value = words::value(&words, Some(&field.kind), value);
            let value = Safe::text(&value);
            let mut lines = value.lines();
            let first = lines.next().unwrap_or_default();
            self.out.line(&Safe::concat([label, Safe::from_static(" "), first]))?;
            for line in lines {
                self.out.line(&Safe::concat([Safe::blank(14), line]))?;
            }
        }
        Ok(())
    }

    /// The words for a priority.
    pub(super) fn priority(&self, priority: Option<Priority>) -> String {
        priority.map_or_else(String::new, |one| words::priority(&self.words, one))
    }

    /// The name of a kind; the stock kinds have theirs in the words files.
    pub(super) fn kind(&self, account: &Account, id: Option<KindId>) -> String {
        let kind = id.and_then(|id| account.session.kinds.iter().find(|kind| kind.id == id));
        kind.map_or_else(String::new, |kind| words::kind(&self.words, kind))
    }

    /// How long ago.
    pub(super) fn ago(&self, at: Timestamp) -> String {
        self.words.ago(at.0, &self.around.present)
    }

    /// When.
    pub(super) fn time(&self, at: Timestamp) -> String {
        self.words.time(at.0, &self.around.present)
    }

    pub(super) fn field(&mut self, key: &str, value: &str) -> Result<(), Failure> {
        if value.is_empty() {
            return Ok(());
        }
        let label = Safe::line(&self.word(key)).pad(14);
        self.out.line(&Safe::concat([label, Safe::line(value)]))
    }

    /// A list of tickets.
    pub(super) fn ticket_table(&mut self, account: &Account, page: &Page<Ticket>) -> Result<(), Failure> {
        let keys = ["cli-number", "field-subject", "field-requester", "field-assignee", "field-kind", "field-status"];
        let mut table = Table::new(&[self.headings(&keys), self.headings(&["field-updated"])].concat(), 1).number(0);
        for ticket in &page.rows {
            let assignee = match ticket.assignee {
                Some(id) => person_name(&page.names, Some(id)),
                None => account.group_name(ticket.group),
            };
            table.row(&[
                ticket.id.to_string(),
                ticket.subject.clone(),
                person_name(&page.names, Some(ticket.requester)),
                assignee,
                self.kind(account, ticket.kind),
                self.status_of(account, ticket.status(), ticket.custom_status),
                self.ago(ticket.updated_at),
            ]);
        }
        self.rows(&table, page.rows.is_empty(), page.next.is_some())
    }

    /// A list of requests.
    pub(super) fn request_table(&mut self, account: &Account, page: &Page<Request>) -> Result<(), Failure> {
        let keys = ["cli-number", "field-subject", "field-kind", "field-status", "field-updated"];
        let mut table = Table::new(&self.headings(&keys), 1).number(0);
        for request in &page.rows {
            table.row(&[
                request.id.to_string(),
                request.subject.clone(),
                self.kind(account, request.kind),
                self.status_of(account, request.status(), request.custom_status),
                self.ago(request.updated_at),
            ]);
        }
        self.rows(&table, page.rows.is_empty(), page.next.is_some())
    }

    /// A table, or a message that there is nothing; and one when there is more.
    pub(super) fn rows(&mut self, table: &Table, empty: bool, more: bool) -> Result<(), Failure> {
        if empty {
            let text = self.word("cli-nothing");
            self.out.note(&text);
            return Ok(());
        }
        self.out.table(table)?;
        if more {
            let text = self.word("cli-more");
            self.out.note(&text);
        }
        Ok(())
    }

    /// A ticket with everything said on it.
    pub(super) fn ticket(&mut self, account: &Account, thread: &Thread<Ticket>) -> Result<(), Failure> {
        let ticket = &thread.item;
        let names = &thread.names;
        self.title(ticket.id, &ticket.subject)?;
        self.field("field-status", &self.status_of(account, ticket.status(), ticket.custom_status))?;
        if !ticket.is_public() {
            let private = self.word("cli-private");
            self.out.line(&Safe::line(&private))?;
        }
        self.field("field-priority", &self.priority(ticket.priority))?;
        self.field("field-kind", &self.kind(account, ticket.kind))?;
        let sort = ticket.ticket_type.map_or_else(String::new, |one| words::ticket_type(&self.words, one));
        self.field("field-type", &sort)?;
        self.field("field-problem", &ticket.problem.map_or_else(String::new, |id| format!("#{id}")))?;
        self.field("field-requester", &person_name(names, Some(ticket.requester)))?;
        if ticket.submitter != ticket.requester {
            self.field("field-submitter", &person_name(names, Some(ticket.submitter)))?;
        }
        self.field("field-organization", &organization_name(names, ticket.organization))?;
        self.field("field-assignee", &person_name(names, ticket.assignee))?;
        self.field("field-group", &account.group_name(ticket.group))?;
        self.people("field-ccs", names, ticket.ccs.iter().copied())?;
        self.people("field-followers", names, ticket.followers.iter().copied())?;
        let tags: Vec<&str> = ticket.tags.iter().map(crate::domain::tag::Tag::as_str).collect();
        self.field("field-tags", &tags.join(" "))?;
        self.own_fields(account, ticket.kind, &ticket.fields)?;
        self.rating(ticket.rating.as_ref())?;
        self.times(ticket.due_at, ticket.created_at, ticket.updated_at)?;
        self.coming(thread)?;
        self.said(&thread.comments, names)
    }

    /// A request with everything said on it.
    pub(super) fn request(&mut self, account: &Account, thread: &Thread<Request>) -> Result<(), Failure> {
        let request = &thread.item;
        let names = &thread.names;
        self.title(request.id, &request.subject)?;
        self.field("field-status", &self.status_of(account, request.status(), request.custom_status))?;
        self.field("field-priority", &self.priority(request.priority))?;
        self.field("field-kind", &self.kind(account, request.kind))?;
        self.field("field-requester", &person_name(names, Some(request.requester)))?;
        self.field("field-assignee", &person_name(names, request.assignee))?;
        let group = request.group.and_then(|id| names.groups.get(&id)).cloned().unwrap_or_default();
        self.field("field-group", &group)?;
        self.people("field-ccs", names, request.ccs.iter().copied())?;
        self.own_fields(account, request.kind, &request.fields)?;
        self.rating(request.rating.as_ref())?;
        self.times(request.due_at, request.created_at, request.updated_at)?;
        self.coming(thread)?;
        self.said(&thread.comments, names)
    }

    /// What its requester thought.
    fn rating(&mut self, rating: Option<&Rating>) -> Result<(), Failure> {
        let Some(rating) = rating else { return Ok(()) };
        self.field("field-rating", &words::rating(&self.words, rating))
    }

    fn title(&mut self, id: TicketId, subject: &str) -> Result<(), Failure> {
        self.out.heading(&Safe::line(&format!("#{id} {subject}")))
    }

    fn people(
        &mut self,
        key: &str,
        names: &Names,
        people: impl Iterator<Item = crate::domain::id::PersonId>,
    ) -> Result<(), Failure> {
        let people: Vec<String> = people.map(|id| person_name(names, Some(id))).collect();
        self.field(key, &people.join(", "))
    }

    fn times(&mut self, due: Option<Timestamp>, created: Timestamp, updated: Timestamp) -> Result<(), Failure> {
        let due = due.map_or_else(String::new, |at| self.time(at));
        self.field("field-due", &due)?;
        self.field("field-created", &self.time(created))?;
        self.field("field-updated", &self.ago(updated))
    }

    /// What will happen by itself (Z10).
    fn coming<T>(&mut self, thread: &Thread<T>) -> Result<(), Failure> {
        for due in &thread.due {
            let text = words::due(&self.words, due, &self.around.present);
            self.field("cli-due", &text)?;
        }
        Ok(())
    }

    fn said(&mut self, comments: &[Comment], names: &Names) -> Result<(), Failure> {
        for comment in comments {
            let author = person_name(names, Some(comment.author));
            let audience = match comment.visibility {
                Visibility::Public => self.word("audience-public"),
                Visibility::Internal => self.word("audience-internal"),
            };
            self.out.line(&Safe::default())?;
            let time = self.time(comment.created_at);
            self.out.heading(&Safe::line(&format!("{author} · {audience} · {time}")))?;
            if comment.body.is_empty() && comment.attachments.is_empty() {
                let text = self.word("comment-erased");
                self.out.line(&Safe::concat([Safe::blank(2), Safe::line(&text)]))?;
            }
            for line in Safe::text(comment.body.trim_end()).lines() {
                self.out.line(&Safe::concat([Safe::blank(2), line]))?;
            }
            for file in &comment.attachments {
                let size = self.words.size(file.size);
                let id = file.id.to_string();
                let text = self.say("cli-attachment", args![id = id, name = file.name.as_str(), size = size]);
                self.out.line(&Safe::concat([Safe::blank(2), Safe::line(&text)]))?;
            }
        }
        Ok(())
    }
}
