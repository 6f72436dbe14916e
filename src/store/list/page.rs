use super::BadPlace;
use crate::domain::ticket::Ticket;
use crate::domain::view::{Sort, SortKey};
use crate::store::condition::Frame;
use crate::store::ticket::{priority_number, status_number};
use crate::store::visible::Bound;

/// Where a page ended: what its last row was ordered by, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    sort: Sort,
    /// What the row was ordered by; for searches by relevance how many rows came before.
    pub(super) value: i64,
    id: i64,
}

impl Place {
    /// The end of a page that began somewhere.
    pub(super) fn after(last: &Ticket, sort: Sort, frame: &Frame<'_>, began: Option<Self>, rows: usize) -> Self {
        let value = match sort.by {
            SortKey::Id => last.id.0,
            SortKey::Updated if frame.as_requester() => last.requester_updated_at.0,
            SortKey::Updated => last.updated_at.0,
            SortKey::Status => status_number(frame.asker.status(last.state)),
            SortKey::Priority => last.priority.map_or(-1, priority_number),
            SortKey::Relevance => {
                began.map_or(0, |began| began.value).saturating_add(i64::try_from(rows).unwrap_or(i64::MAX))
            }
        };
        Self { sort, value, id: last.id.0 }
    }

    /// As text that can travel.
    pub(super) fn print(self) -> String {
        let way = if self.sort.descending { "desc" } else { "asc" };
        format!("{}.{way}.{}.{}", self.sort.by.name(), self.value, self.id)
    }

    /// A place in a list of that order.
    pub(super) fn parse(text: &str, sort: Sort) -> Result<Self, BadPlace> {
        let mut parts = text.split('.');
        let by = parts.next().and_then(SortKey::parse).ok_or(BadPlace)?;
        let descending = match parts.next() {
            Some("desc") => true,
            Some("asc") => false,
            _ => return Err(BadPlace),
        };
        let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok()).ok_or(BadPlace);
        let place = Self { sort: Sort { by, descending }, value: number()?, id: number()? };
        let fits = place.sort == sort && (by != SortKey::Relevance || place.value >= 0);
        if fits && parts.next().is_none() { Ok(place) } else { Err(BadPlace) }
    }

    /// True of the rows after this place, beginning with ` AND`.
    pub(super) fn test(self, by: Option<&str>, number: &str, sort: Sort, bound: &mut Bound) -> String {
        let sign = if sort.descending { "<" } else { ">" };
        match by {
            None => format!(" AND {number} {sign} {}", bound.put(self.id)),
            Some(by) => {
                let value = bound.put(self.value);
                format!(" AND ({by}, t.id) {sign} ({value}, {})", bound.put(self.id))
            }
        }
    }
}
