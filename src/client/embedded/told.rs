//! What the one who asks was told, and for admins what leaves the account.

use super::{Embedded, MOST_ROWS, is_admin};
use crate::client::told::{InboxAsk, Told, with_scene};
use crate::client::{Count, Cursor, Error, Names, Page};
use crate::domain::notice::{Reads, Said, said};
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::refusal::{Refusal, Thing};
use crate::domain::suspended::Suspended;
use crate::store::Received;

impl Embedded {
    pub(super) async fn read_inbox(&self, ask: InboxAsk) -> Result<Page<Told>, Error> {
        let me = self.me().await?;
        let limit = ask.limit.clamp(1, MOST_ROWS);
        let before = ask.after.as_ref().map(Cursor::number).transpose()?;
        let reader = me.reader(self.now(), false);
        let rows = self.store.inbox(&reader, ask.unread_only, before, limit + 1).await?;
        let Page { rows, next, .. } = Page::cut(rows, limit, |row| row.id);
        let tickets = rows.iter().map(|row| row.ticket);
        let matter = self.store.matter(tickets, rows.iter().filter_map(|row| row.comment), []).await?;
        let told = with_scene(&self.store, &matter, |scene| {
            let one = |row: Received| {
                let ticket = matter.tickets.get(&row.ticket)?;
                let comment = row.comment.and_then(|id| matter.comments.get(&id));
                let text = scene.setup.texts.get(&row.text);
                let gone = || Said {
                    subject: format!("#{} {}", ticket.id, ticket.subject),
                    body: String::new(),
                    language: String::new(),
                    quotes: false,
                };
                let said = text.map_or_else(gone, |text| said(text, scene, Reads::Person(&me.person), ticket, comment));
                Some(Told {
                    id: row.id,
                    ticket: row.ticket,
                    rule: row.rule,
                    text: row.text,
                    at: row.at,
                    read: row.read_at.is_some(),
                    subject: said.subject,
                    body: said.body,
                })
            };
            rows.into_iter().filter_map(one).collect()
        });
        Ok(Page::new(told.await?, Names::default(), next))
    }

    pub(super) async fn count_unread(&self) -> Result<Count, Error> {
        let reader = self.me().await?.reader(self.now(), false);
        let (value, or_more) = self.store.unread(&reader).await?;
        Ok(Count { value, or_more })
    }

    pub(super) async fn set_read(&self, ids: Option<Vec<i64>>) -> Result<(), Error> {
        let reader = self.me().await?.reader(self.now(), false);
        Ok(self.store.mark_read(&reader, ids).await?)
    }

    pub(super) async fn read_outbox(
        &self,
        delivery: Option<Delivery>,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page<Outgoing>, Error> {
        if !is_admin(&self.me().await?.person) {
            return Err(Error::Denied);
        }
        let limit = limit.clamp(1, MOST_ROWS);
        let before = after.as_ref().map(Cursor::number).transpose()?;
        let page = Page::cut(self.store.leaving(delivery, before, limit + 1).await?, limit, |row| row.id);
        let names = self.names(page.rows.iter().filter_map(|row| row.person), []).await?;
        Ok(Page { names, ..page })
    }
}

/// Mail that came in.
impl Embedded {
    /// What nobody knows whose it is is not for those who work with some tickets only.
    async fn sees_strangers(&self) -> Result<(), Error> {
        let viewer = self.staff().await?.viewer();
        if viewer.is_restricted() { Err(Error::Denied) } else { Ok(()) }
    }

    pub(super) async fn read_suspended(&self, after: Option<Cursor>, limit: u32) -> Result<Page<Suspended>, Error> {
        self.sees_strangers().await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let before = after.as_ref().map(Cursor::number).transpose()?;
        Ok(Page::cut(self.store.suspended(before, limit + 1).await?, limit, |row| row.id))
    }

    pub(super) async fn read_suspended_mail(&self, id: i64) -> Result<(Suspended, Vec<u8>), Error> {
        self.sees_strangers().await?;
        self.store.suspended_mail(id).await?.ok_or_else(|| Refusal::NotFound(Thing::Mail).into())
    }
}
