use super::{BadPlace, Wanted};
use crate::domain::ticket::Ticket;
use crate::domain::view::{Column, Sort, SortKey};
use crate::store::condition::Frame;
use crate::store::ticket::{priority_number, status_number, type_number};
use crate::store::visible::Bound;

/// Where a page ended: what its last row was ordered by, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    sort: Sort,
    /// By what the row was gathered, where rows are.
    group: Option<i64>,
    /// What the row was ordered by; for searches by relevance how many rows came before.
    pub(super) value: i64,
    id: i64,
}

impl Place {
    /// The end of a page that began somewhere.
    pub(super) fn after(
        last: &Ticket,
        wanted: &Wanted<'_>,
        frame: &Frame<'_>,
        began: Option<Self>,
        rows: usize,
    ) -> Self {
        let sort = wanted.sort;
        let value = match sort.by {
            SortKey::Id => last.id.0,
            SortKey::Updated if frame.as_requester() => last.requester_updated_at.0,
            SortKey::Updated => last.updated_at.0,
            SortKey::Status => status_number(frame.asker.status(last.state)),
            SortKey::Priority => last.priority.map_or(-1, priority_number),
            SortKey::Relevance => {
                let skipped = i64::try_from(wanted.skip).unwrap_or(i64::MAX);
                let rows = i64::try_from(rows).unwrap_or(i64::MAX);
                began.map_or(0, |began| began.value).saturating_add(skipped).saturating_add(rows)
            }
        };
        let group = wanted.group_by.map(|column| {
            let value = gathered(last, column, frame);
            if (column == Column::Priority) == sort.descending { value } else { -value }
        });
        Self { sort, group, value, id: last.id.0 }
    }

    /// As text that can travel.
    pub(super) fn print(self) -> String {
        let way = if self.sort.descending { "desc" } else { "asc" };
        let group = self.group.map(|group| format!(".{group}")).unwrap_or_default();
        format!("{}.{way}.{}.{}{group}", self.sort.by.name(), self.value, self.id)
    }

    /// A place in a list of that order.
    pub(super) fn parse(text: &str, sort: Sort, group_by: Option<Column>) -> Result<Self, BadPlace> {
        let mut parts = text.split('.');
        let by = parts.next().and_then(SortKey::parse).ok_or(BadPlace)?;
        let descending = match parts.next() {
            Some("desc") => true,
            Some("asc") => false,
            _ => return Err(BadPlace),
        };
        let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok()).ok_or(BadPlace);
        let (value, id) = (number()?, number()?);
        let group = group_by.map(|_| number()).transpose()?;
        let place = Self { sort: Sort { by, descending }, group, value, id };
        let fits = place.sort == sort && (by != SortKey::Relevance || place.value >= 0);
        if fits && parts.next().is_none() { Ok(place) } else { Err(BadPlace) }
    }

    /// True of the rows after this place, beginning with ` AND`. The keys are those by which rows are ordered: by what they
    /// are gathered if they are, by what they are ordered unless by the number alone, and the number.
    pub(super) fn test(self, keys: &[&str], by: bool, sort: Sort, bound: &mut Bound) -> String {
        let sign = if sort.descending { "<" } else { ">" };
        let grouped = keys.len() > usize::from(by) + 1;
        let values = [self.group.filter(|_| grouped), Some(self.value).filter(|_| by), Some(self.id)];
        let values: Vec<String> = values.into_iter().flatten().map(|value| bound.put(value)).collect();
        match keys {
            [only] => format!(" AND {only} {sign} {}", values.join("")),
            keys => format!(" AND ({}) {sign} ({})", keys.join(", "), values.join(", ")),
        }
    }
}

/// By what a ticket is gathered, as a number.
fn gathered(ticket: &Ticket, column: Column, frame: &Frame<'_>) -> i64 {
    match column {
        Column::Status => status_number(frame.asker.status(ticket.state)),
        Column::Priority => ticket.priority.map_or(-1, priority_number),
        Column::Requester => ticket.requester.0,
        Column::Organization => ticket.organization.map_or(0, |id| id.0),
        Column::Assignee => ticket.assignee.map_or(0, |id| id.0),
        Column::Group => ticket.group.map_or(0, |id| id.0),
        Column::Type => ticket.ticket_type.map_or(-1, type_number),
        Column::Kind => ticket.kind.map_or(0, |id| id.0),
        _ => 0,
    }
}
