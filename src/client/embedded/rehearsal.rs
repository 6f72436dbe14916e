//! What acts on the set-up would lead to.

use super::{Embedded, is_admin};
use crate::client::rehearsal::Rehearsal;
use crate::client::{Answer, Error};
use crate::domain::act::Deed;
use crate::domain::decide::Outcome;
use crate::store;

impl Embedded {
    pub(super) async fn begin_rehearsal(&self) -> Result<Box<dyn Rehearsal>, Error> {
        if !is_admin(&self.me().await?.person) {
            return Err(Error::Denied);
        }
        Ok(Box::new(self.store.rehearsal(self.person, self.via, &self.clock).await?))
    }
}

impl Rehearsal for store::Rehearsal {
    fn act(&mut self, deed: Deed) -> Answer<'_, Outcome> {
        Box::pin(async move { Ok(Self::act(self, deed).await?) })
    }
}
