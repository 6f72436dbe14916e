//! A ticket or a request with what was said on it.

use super::Zendesk;
use super::api::{encoded, next};
use super::known::Known;
use super::ticket::{attachment, comment, named, request, ticket};
use crate::client::{Cursor, Error, Page, Thread};
use crate::domain::comment::Comment;
use crate::domain::id::{CommentId, TicketId};
use crate::domain::ticket::{Request, Ticket};
use crate::wire::received::Row;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many pages are read to find a place in a long conversation, or its end.
const MOST_PAGES: u32 = 60;

/// Some of what was said, the newest first, and where what was said before goes on.
struct Said {
    rows: Vec<Comment>,
    after: Option<String>,
    bodies: Vec<Arc<Json>>,
}

impl Zendesk {
    pub(super) async fn read_ticket(&self, id: TicketId, comments: u32) -> Result<Thread<Ticket>, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let path = format!("tickets/{id}?include=users,organizations,comment_count");
        let (body, said) = tokio::try_join!(self.api.get(&path), self.newest(id, comments, true))?;
        let mut item = ticket(Row(&body).get("ticket"), &known).ok_or(Error::NotFound)?;
        let shared = Row(&body).list("organizations").any(|row| row.flag("shared_tickets") == Some(true));
        let (mut people, organizations) = named([&item]);
        people.extend(said.rows.iter().map(|comment| comment.author));
        let mut names = self.names(Row(&body), people.clone(), organizations, &known).await?;
        for body in &said.bodies {
            super::ticket::beside(Row(body), &mut names);
        }
        if item.comments == 0 {
            item.comments = u32::try_from(said.rows.len()).unwrap_or(u32::MAX);
            item.public_comments = item.comments;
        }
        Ok(Self::thread(item, said, names, shared))
    }

    pub(super) async fn read_request(&self, id: TicketId, comments: u32) -> Result<Thread<Request>, Error> {
        let known = self.known().await?;
        let path = format!("requests/{id}?include=users,organizations,groups");
        let (body, said) = tokio::try_join!(self.api.get(&path), self.newest(id, comments, false))?;
        let item = request(Row(&body).get("request"), &known).ok_or(Error::NotFound)?;
        let own = known.session.organization.as_ref();
        let shared = own.is_some_and(|own| Some(own.id) == item.organization && own.shared_tickets);
        let mut people: BTreeSet<_> = item.ccs.clone();
        people.extend([Some(item.requester), item.assignee].into_iter().flatten());
        people.extend(said.rows.iter().map(|comment| comment.author));
        let mut names = self.names(Row(&body), people, item.organization.into_iter().collect(), &known).await?;
        for body in &said.bodies {
            super::ticket::beside(Row(body), &mut names);
        }
        names.groups = groups(Row(&body));
        Ok(Self::thread(item, said, names, shared))
    }

    fn thread<T>(item: T, said: Said, names: crate::client::Names, shared: bool) -> Thread<T> {
        let more = said.after.is_some();
        let mut comments = said.rows;
        comments.reverse();
        Thread { item, comments, more, due: Vec::new(), shared, names }
    }

    pub(super) async fn earlier(
        &self,
        ticket: TicketId,
        before: CommentId,
        limit: u32,
    ) -> Result<Page<Comment>, Error> {
        let known = self.known().await?;
        let staff = known.is_staff();
        let after = match self.shelf.spot(ticket, before) {
            Some(after) => after,
            None => self.walk_to(ticket, before, staff).await?,
        };
        let Some(after) = after else { return Ok(Page::new(Vec::new(), crate::client::Names::default(), None)) };
        let mut said = self.said(ticket, limit.clamp(1, 100), Some(&after), staff).await?;
        said.rows.reverse();
        let people = said.rows.iter().map(|comment| comment.author).collect();
        let mut names = self.names(Row(&Json::Null), people, BTreeSet::new(), &known).await?;
        for body in &said.bodies {
            super::ticket::beside(Row(body), &mut names);
        }
        let next = said.after.and(said.rows.first()).map(|first| Cursor::at(first.id.0));
        Ok(Page::new(said.rows, names, next))
    }

    /// The place before a comment of which no page has told.
    async fn walk_to(&self, ticket: TicketId, before: CommentId, staff: bool) -> Result<Option<String>, Error> {
        let mut after = None;
        for _ in 0..MOST_PAGES {
            let said = self.said(ticket, 1, after.as_deref(), staff).await?;
            match (said.rows.first(), said.after) {
                (Some(one), next) if one.id == before => return Ok(next),
                (Some(_), Some(next)) => after = Some(next),
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// The newest of what was said.
    async fn newest(&self, id: TicketId, limit: u32, staff: bool) -> Result<Said, Error> {
        if limit == 0 {
            return Ok(Said { rows: Vec::new(), after: None, bodies: Vec::new() });
        }
        let said = self.said(id, limit.min(100), None, staff).await?;
        let upside_down = said.rows.windows(2).any(|pair| pair[0].created_at < pair[1].created_at);
        if upside_down && said.after.is_some() {
            self.to_the_end(id, limit, said, staff).await
        } else {
            Ok(sorted(said))
        }
    }

    /// Where the newest cannot be asked for first, all are read.
    async fn to_the_end(&self, id: TicketId, limit: u32, first: Said, staff: bool) -> Result<Said, Error> {
        let mut all = first;
        let mut read = 1;
        while let Some(after) = all.after.take().filter(|_| read < MOST_PAGES) {
            let more = self.said(id, 100, Some(&after), staff).await?;
            all.rows.extend(more.rows);
            all.bodies.extend(more.bodies);
            all.after = more.after;
            read += 1;
        }
        let mut all = sorted(all);
        all.rows.truncate(limit as usize);
        Ok(all)
    }

    async fn said(&self, id: TicketId, limit: u32, after: Option<&str>, staff: bool) -> Result<Said, Error> {
        let family = if staff { "tickets" } else { "requests" };
        let after = after.map(|after| format!("&page%5Bafter%5D={}", encoded(after))).unwrap_or_default();
        let path = format!("{family}/{id}/comments?include=users&sort=-created_at&page%5Bsize%5D={limit}{after}");
        let body = self.api.get(&path).await?;
        let mut rows: Vec<Comment> = Row(&body).list("comments").filter_map(|row| comment(row, id)).collect();
        rows.dedup_by_key(|comment| comment.id);
        for row in Row(&body).list("comments").flat_map(|row| row.list("attachments").collect::<Vec<_>>()) {
            if let (Some(file), Some(url)) = (attachment(row), row.filled("content_url")) {
                self.shelf.remember_file(file, url);
            }
        }
        let after = next(&body);
        if let Some(last) = rows.last() {
            self.shelf.remember_spot(id, last.id, after.clone());
        }
        Ok(Said { rows, after, bodies: vec![body] })
    }

    /// A ticket alone, as it is now.
    pub(super) async fn show(&self, id: TicketId, known: &Known) -> Result<Ticket, Error> {
        let body = self.api.get(&format!("tickets/{id}")).await?;
        ticket(Row(&body).get("ticket"), known).ok_or(Error::NotFound)
    }
}

/// The newest first.
fn sorted(mut said: Said) -> Said {
    said.rows.sort_by_key(|comment| std::cmp::Reverse((comment.created_at, comment.id)));
    said
}

fn groups(body: Row<'_>) -> std::collections::BTreeMap<crate::domain::id::GroupId, String> {
    let one = |row: Row<'_>| Some((crate::domain::id::GroupId(row.int("id")?), row.words("name")));
    body.list("groups").filter_map(one).collect()
}
