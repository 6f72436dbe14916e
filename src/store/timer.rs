//! What is due by itself, found by an index: what is not pending or solved costs nothing.

use super::Store;
use super::dialect::Batch;
use super::fault::Fault;
use super::ticket::{TicketRow, status_number, ticket_columns};
use super::visible::{Bound, visible};
use crate::domain::account::Settings;
use crate::domain::audience::Viewer;
use crate::domain::status::Status;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use crate::domain::timer::{Due, Timer};

/// Something due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTicket {
    /// On which ticket, as it is.
    pub ticket: Ticket,
    /// What, when.
    pub due: Due,
}

impl Store {
    /// What will have happened by itself until a moment if nobody does anything, soonest first.
    pub async fn due_until(&self, until: Timestamp, limit: u32) -> Result<Vec<DueTicket>, Fault> {
        self.due_for(&Viewer::ACCOUNT, until, limit).await
    }

    /// The same, of the tickets of which somebody may know.
    pub async fn due_for(&self, viewer: &Viewer, until: Timestamp, limit: u32) -> Result<Vec<DueTicket>, Fault> {
        let settings = &self.common().await?.settings;
        let mut batch = Batch::default();
        for timer in Timer::ALL {
            push(&mut batch, viewer, timer, (settings, until), limit);
        }
        let mut due = Vec::new();
        for (rows, timer) in self.read(batch).await?.iter().zip(Timer::ALL) {
            let tickets: Vec<TicketRow> = rows.read()?;
            due.extend(tickets.into_iter().filter_map(|TicketRow(ticket)| {
                let due = ticket.due(settings).into_iter().find(|due| due.timer == timer)?;
                Some(DueTicket { ticket, due })
            }));
        }
        due.sort_by_key(|one| (one.due.at, one.ticket.id, one.due.timer));
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due)
    }
}

/// Those on which a timer is due until then. A timer that is switched off is asked for before all time.
pub(super) fn push(
    batch: &mut Batch,
    viewer: &Viewer,
    timer: Timer,
    (settings, until): (&Settings, Timestamp),
    limit: u32,
) {
    let since = timer.wait(settings).map_or(i64::MIN, |wait| until.0.saturating_sub(wait.0));
    let status = match timer {
        Timer::Remind | Timer::End => Status::Pending,
        Timer::Close => Status::Solved,
    };
    let more = match timer {
        Timer::Remind => " AND NOT t.reminded AND t.public",
        Timer::End | Timer::Close => "",
    };
    let mut bound = Bound::default();
    let (status, since) = (bound.put(status_number(status)), bound.put(since));
    let (limit, visible) = (bound.put(i64::from(limit)), visible(viewer, &mut bound));
    batch.push(
        format!(
            "SELECT {} FROM tickets t WHERE t.status = {status} AND t.status IN (2, 4){more} \
             AND t.status_since <= {since} AND {visible} ORDER BY t.status_since, t.id LIMIT {limit}",
            ticket_columns!()
        ),
        bound.values(),
    );
}
