//! News for one person: of all that happens, what they may hear of.

mod place;

use super::{Embedded, Patience};
use crate::client::{Cursor, Error, News};
use crate::domain::audience::Viewer;
use crate::domain::news::{Happened, What};
use crate::domain::text::hex;
use crate::domain::time::Span;
use crate::store::{Feed, Known, Since};
use crate::wire::native::Travels as _;
use place::{Place, Seal};
use sha2::{Digest as _, Sha256};
use std::time::{Duration, Instant};

/// The longest that somebody is kept waiting.
const LONGEST: Duration = Duration::from_mins(1);
/// Clocks of servers may differ by so much: what changed so long before a place is told once more.
const MARGIN: Span = Span::minutes(1);

impl Embedded {
    /// The same, who is never kept waiting for news.
    #[must_use]
    pub fn at_once(mut self) -> Self {
        self.patience = Patience::None;
        self
    }

    /// The same, who gets an empty answer when something of the account has changed, whatever it is: for who stands between
    /// them and the account.
    #[must_use]
    pub fn stirring(mut self) -> Self {
        self.patience = Patience::Stirs;
        self
    }

    pub(super) async fn hear(&self, after: Option<Cursor>, wait_ms: u32) -> Result<News, Error> {
        let mut me = self.me().await?;
        let feed = self.store.feed().await?;
        let seal = Seal::new(self.store.reply_secret(self.now()).await?, me.person.id);
        let Some(mut place) = after.as_ref().and_then(|after| seal.open(after)) else {
            // Where it goes on comes first: what happens while the rest is looked at is told again.
            let since = feed.since(u64::MAX);
            let place = self.place(&feed, &since, &me).await?;
            return Ok(News { everything: after.is_some(), ..News::none(seal.close(&place)?) });
        };
        let wait = if self.patience == Patience::None {
            Duration::ZERO
        } else {
            Duration::from_millis(u64::from(wait_ms)).min(LONGEST)
        };
        let until = Instant::now() + wait;
        loop {
            let mut news = News::none(Cursor(String::new()));
            let heard = self.since(&feed, &place, &me.viewer(), &mut news).await?;
            if heard.of_account {
                // Whoever was suspended hears nothing more.
                me = self.me().await?;
            }
            self.compare(&mut place, &heard, &me, &mut news).await?;
            let left = until.saturating_duration_since(Instant::now());
            let stirs = heard.of_account && self.patience == Patience::Stirs;
            if !news.is_none() || left.is_zero() || stirs {
                news.place = seal.close(&place)?;
                return Ok(news);
            }
            feed.wait(place.next, left).await;
        }
    }

    /// What the feed has since a place, or where that was another's, what the store has.
    async fn since(&self, feed: &Feed, place: &Place, viewer: &Viewer, news: &mut News) -> Result<Heard, Error> {
        let since = feed.since(if place.feed == feed.id { place.next } else { u64::MAX });
        let mut heard = Heard { feed: feed.id, next: since.next, audit: since.audit, of_account: false, told: false };
        if !since.missed {
            for one in &since.happened {
                heard.take(one, viewer, news);
            }
            return Ok(heard);
        }
        heard.of_account = true;
        heard.told = true;
        match self.store.happened_after(place.audit).await? {
            Some(happened) => {
                for one in &happened {
                    heard.take(one, viewer, news);
                }
            }
            None if viewer.is_staff() => news.everything = true,
            // Not even that much happened is told to whom none of it concerns.
            None => match self.store.requests_changed(viewer, place.at + Span(-MARGIN.0)).await? {
                Some(requests) => news.tickets.extend(requests),
                None => news.everything = true,
            },
        }
        Ok(heard)
    }

    /// Goes on to where it was heard, and tells what of the person's own is another.
    async fn compare(&self, place: &mut Place, heard: &Heard, me: &Known, news: &mut News) -> Result<(), Error> {
        if heard.of_account {
            let session = self.session_mark().await?;
            news.session = session != place.session;
            place.session = session;
        }
        if heard.told {
            let (unread, _) = self.store.unread(&me.reader(self.now(), false)).await?;
            news.unread = Some(unread).filter(|unread| *unread != place.unread);
            place.unread = unread;
        }
        (place.feed, place.next, place.audit, place.at) = (heard.feed, heard.next, heard.audit, self.now());
        Ok(())
    }

    async fn place(&self, feed: &Feed, since: &Since, me: &Known) -> Result<Place, Error> {
        let (unread, _) = self.store.unread(&me.reader(self.now(), false)).await?;
        let session = self.session_mark().await?;
        Ok(Place { feed: feed.id, next: since.next, audit: since.audit, at: self.now(), session, unread })
    }

    /// What tells a session from another.
    async fn session_mark(&self) -> Result<u64, Error> {
        let mut session = self.read_session().await?;
        session.unread = 0;
        let digest: [u8; 32] = Sha256::digest(session.pack().to_string().as_bytes()).into();
        Ok(u64::from_str_radix(&hex(&digest[..8]), 16).unwrap_or_default())
    }
}

/// How far somebody has heard, and what is to be looked at again for them.
struct Heard {
    feed: i64,
    next: u64,
    audit: i64,
    /// Whether something of the account changed.
    of_account: bool,
    /// Whether they may have been told something.
    told: bool,
}

impl Heard {
    fn take(&mut self, happened: &Happened, viewer: &Viewer, news: &mut News) {
        match &happened.what {
            What::OnTicket(stages) if stages.is_heard_by(viewer) => _ = news.tickets.insert(stages.ticket),
            What::Around(around) if around.is_heard_by(viewer.person) => _ = news.around.insert(around.ticket),
            What::OnTicket(_) | What::Around(_) | What::Read => {}
            What::OfAccount => self.of_account = true,
        }
        self.told |= happened.told.contains(&viewer.person);
    }
}
