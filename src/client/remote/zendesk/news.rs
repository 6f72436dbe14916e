//! What has changed. An account at Zendesk tells nobody: it is looked for (`rhythm.rs` says when).

use super::Zendesk;
use crate::client::{Cursor, Error, News};
use crate::domain::id::TicketId;
use crate::wire::received::Row;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;

/// So many of the latest are looked at.
const LATEST: usize = 25;

/// A place in the news: the last second in which something changed, and what did then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    second: i64,
    tickets: BTreeSet<i64>,
}

impl Place {
    fn read(cursor: &Cursor) -> Option<Self> {
        let (second, ids) = cursor.0.split_once('.')?;
        let tickets = ids.split('-').filter(|id| !id.is_empty()).map(|id| id.parse().ok()).collect::<Option<_>>()?;
        Some(Self { second: second.parse().ok()?, tickets })
    }

    fn cursor(&self) -> Cursor {
        let ids: Vec<String> = self.tickets.iter().map(i64::to_string).collect();
        Cursor(format!("{}.{}", self.second, ids.join("-")))
    }
}

impl Zendesk {
    pub(super) async fn look_for_news(&self, after: Option<Cursor>, wait_ms: u32) -> Result<News, Error> {
        let Some(after) = after else {
            let (latest, _) = self.latest().await?;
            self.shelf.rhythm.looked(true);
            return Ok(News::none(place(&latest).cursor()));
        };
        let before = Place::read(&after).ok_or_else(Error::no_place)?;
        let until = Instant::now() + Duration::from_millis(u64::from(wait_ms));
        let rhythm = &self.shelf.rhythm;
        while rhythm.next(until).await {
            let looked = self.latest().await;
            // Whoever fails does not try at once again.
            let failed = |error| {
                rhythm.looked(false);
                error
            };
            let (latest, whole) = looked.map_err(failed)?;
            let new = |(second, id): &&(i64, i64)| {
                *second > before.second || (*second == before.second && !before.tickets.contains(id))
            };
            let tickets: BTreeSet<TicketId> = latest.iter().filter(new).map(|(_, id)| TicketId(*id)).collect();
            let everything = !whole && tickets.len() == latest.len();
            rhythm.looked(!tickets.is_empty());
            if !tickets.is_empty() {
                return Ok(News { tickets, everything, ..News::none(place(&latest).cursor()) });
            }
        }
        Ok(News::none(after))
    }

    /// What changed last: in which second, and which; and whether that is all there is.
    async fn latest(&self) -> Result<(Vec<(i64, i64)>, bool), Error> {
        let staff = self.known().await?.is_staff();
        let (path, name) = if staff {
            (format!("tickets?sort=-updated_at&page%5Bsize%5D={LATEST}"), "tickets")
        } else {
            (format!("requests?sort_by=updated_at&sort_order=desc&page=1&per_page={LATEST}"), "requests")
        };
        let body = self.api.refresh(&path).await?;
        let one = |row: Row<'_>| Some((row.time("updated_at")?.0.div_euclid(1_000), row.int("id")?));
        let rows: Vec<(i64, i64)> = Row(&body).list(name).filter_map(one).collect();
        let whole = rows.len() < LATEST;
        Ok((rows, whole))
    }
}

/// Where the news go on after those.
fn place(latest: &[(i64, i64)]) -> Place {
    let second = latest.iter().map(|(second, _)| *second).max().unwrap_or_default();
    Place { second, tickets: latest.iter().filter(|(at, _)| *at == second).map(|(_, id)| *id).collect() }
}
