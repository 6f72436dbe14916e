//! Who has a ticket open.

use super::Embedded;
use crate::client::{Error, Names};
use crate::domain::id::TicketId;
use crate::domain::presence::{Doing, Present};

impl Embedded {
    /// Only who works with the ticket says it, and is told it.
    pub(super) async fn say_present(
        &self,
        ticket: TicketId,
        doing: Option<Doing>,
    ) -> Result<(Vec<Present>, Names), Error> {
        let me = self.staff().await?;
        if !self.store.is_visible(&me.viewer(), ticket).await? {
            return Err(Error::NotFound);
        }
        let present = self.store.present(ticket, me.person.id, doing, self.now()).await?;
        let names = self.names(present.iter().map(|one| one.person), []).await?;
        Ok((present, names))
    }
}
