//! Tickets and requests with what was said on them, and their histories.

use super::{Embedded, MOST_ROWS};
use crate::client::{Error, Page, Thread};
use crate::domain::comment::Comment;
use crate::domain::event::{Audit, Chain, Event, Named};
use crate::domain::form::Reader;
use crate::domain::id::{CommentId, TicketId};
use crate::domain::ticket::{Request, Ticket};
use crate::store::Known;

impl Embedded {
    pub(super) async fn read_ticket(&self, id: TicketId, comments: u32) -> Result<Thread<Ticket>, Error> {
        let me = self.staff().await?;
        let reader = me.reader(self.now(), false);
        let thread = self.store.thread(&reader, id, comments.min(MOST_ROWS)).await?.ok_or(Error::NotFound)?;
        let ticket = &thread.ticket;
        // None of these waits for another.
        let shared = async { Ok(self.store.shares(ticket.organization).await?) };
        let (names, due, shared) = futures::future::try_join3(
            self.names(super::names::people_of_ticket(ticket, &thread.comments), ticket.organization),
            self.due(ticket, Reader::Agent),
            shared,
        )
        .await?;
        let names = self.with_problems(names, &reader, std::slice::from_ref(ticket)).await?;
        Ok(Thread { item: thread.ticket, comments: thread.comments, more: thread.more, due, shared, names })
    }

    /// What they see of a ticket as requesters: what somebody thought is theirs alone.
    pub(super) fn request_of(&self, me: &Known, ticket: &Ticket) -> Request {
        let request = Request::of(ticket, me.settings(), me.setup());
        if me.settings().ratings { request.read_by(ticket, self.person) } else { request }
    }

    pub(super) async fn read_request(&self, id: TicketId, comments: u32) -> Result<Thread<Request>, Error> {
        let me = self.me().await?;
        let reader = me.reader(self.now(), true);
        let thread = self.store.thread(&reader, id, comments.min(MOST_ROWS)).await?.ok_or(Error::NotFound)?;
        let mut request = self.request_of(&me, &thread.ticket);
        let names = self.names_on(&me, std::slice::from_mut(&mut request), &thread.comments).await?;
        let due = self.due(&thread.ticket, Reader::Requester).await?;
        let shared = self.store.shares(request.organization).await?;
        Ok(Thread { item: request, comments: thread.comments, more: thread.more, due, shared, names })
    }

    pub(super) async fn read_comments(
        &self,
        id: TicketId,
        before: CommentId,
        limit: u32,
    ) -> Result<Page<Comment>, Error> {
        let me = self.me().await?;
        let reader = me.reader(self.now(), false);
        let limit = limit.min(MOST_ROWS);
        let rows = self.store.comments_before(&reader, id, before, limit).await?.ok_or(Error::NotFound)?;
        // Whoever may read what was said may know who said it.
        let names = self.names(rows.iter().map(|comment| comment.author), []).await?;
        Ok(Page::new(rows, names, None))
    }

    pub(super) async fn read_audits(&self, id: TicketId, after: i64, limit: u32) -> Result<Page<Audit>, Error> {
        let me = self.staff().await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let audits = self.store.audits(&me.viewer(), Chain::Ticket(id), after, limit + 1).await?;
        let Page { mut rows, next, .. } = Page::cut(audits.ok_or(Error::NotFound)?, limit, |audit| audit.number);
        self.store.hide_others_in(&me.reader(self.now(), false), &mut rows).await?;
        // That a requester sees it is no act of anybody's.
        for audit in &mut rows {
            audit.events.retain(|event| *event != Event::RequestChanged);
        }
        let names = self.names_by(Named::by_audits(&rows)).await?;
        Ok(Page::new(rows, names, next))
    }
}
