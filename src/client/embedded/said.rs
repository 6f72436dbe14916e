//! What was said on tickets, in pages.

use super::{Embedded, MOST_ROWS};
use crate::client::{Error, SaidAsk, SaidPage};
use crate::domain::audience::Viewer;
use crate::domain::comment::Comment;
use crate::domain::id::{AuditId, CommentId, PersonId, TicketId};
use crate::store::Reader;
use std::collections::{BTreeMap, BTreeSet};

impl Embedded {
    async fn eyes(&self, as_requester: bool) -> Result<Reader, Error> {
        let me = if as_requester { self.me().await? } else { self.staff().await? };
        Ok(me.reader(self.now(), as_requester))
    }

    /// A page of what was said on a ticket: by agents all of it, as a requester what is public.
    ///
    /// # Errors
    /// [`Error::Denied`] for end users who do not ask as requesters, [`Error::NotFound`].
    pub async fn said(&self, ticket: TicketId, as_requester: bool, ask: SaidAsk) -> Result<SaidPage, Error> {
        let reader = self.eyes(as_requester).await?;
        let ask = SaidAsk { limit: ask.limit.clamp(1, MOST_ROWS), ..ask };
        self.store.said_on(&reader, ticket, &ask).await?.ok_or(Error::NotFound)
    }

    /// What tickets were opened with. They are tickets that the one who asks was just told of.
    ///
    /// # Errors
    /// [`Error::Denied`] for end users who do not ask as requesters.
    pub async fn opened_with(
        &self,
        tickets: impl IntoIterator<Item = TicketId> + Send,
        as_requester: bool,
    ) -> Result<BTreeMap<TicketId, String>, Error> {
        let reader = self.eyes(as_requester).await?;
        Ok(self.store.opened_with(&reader, tickets).await?)
    }

    /// Who said something: their numbers, their names, and whether they are of the team. Whoever may read what was said may
    /// know who said it.
    ///
    /// # Errors
    /// The store's.
    pub async fn authors(&self, said: &[Comment]) -> Result<Vec<(PersonId, String, bool)>, Error> {
        let ids: BTreeSet<PersonId> = said.iter().map(|comment| comment.author).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let people = self.store.people_by_ids(&Viewer::ACCOUNT, &ids).await?;
        Ok(people.into_iter().map(|person| (person.id, person.name, person.role.is_staff())).collect())
    }

    /// What was done to a ticket: each with its place in the history and what was said by it. It is a ticket that the one
    /// who asks was just told of.
    ///
    /// # Errors
    /// [`Error::Denied`] for end users.
    pub async fn done_on(&self, ticket: TicketId) -> Result<Vec<(AuditId, i64, Vec<CommentId>)>, Error> {
        self.staff().await?;
        Ok(self.store.done_on(ticket).await?)
    }
}
