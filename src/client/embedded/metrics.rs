//! How long tickets took.

use super::Embedded;
use crate::client::Error;
use crate::domain::event::Chain;
use crate::domain::id::TicketId;
use crate::domain::metrics::{self, Metrics};

/// So many audits are read at once.
const AT_ONCE: u32 = 1_000;

impl Embedded {
    pub(super) async fn read_metrics(&self, id: TicketId) -> Result<Metrics, Error> {
        let me = self.staff().await?;
        let viewer = me.viewer();
        let mut history = Vec::new();
        loop {
            let after = history.last().map_or(0, |audit: &crate::domain::event::Audit| audit.number);
            let some = self.store.audits(&viewer, Chain::Ticket(id), after, AT_ONCE).await?.ok_or(Error::NotFound)?;
            let last = some.len() < AT_ONCE as usize;
            history.extend(some);
            if last {
                break;
            }
        }
        let hours = me.setup().schedules.values().next().map(|schedule| &schedule.hours);
        metrics::metrics(&history, hours).ok_or(Error::NotFound)
    }
}
