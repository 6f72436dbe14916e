//! The end of the full-screen program: what was sent is sent, and others hear that one has gone.

use super::Program;
use super::perform::{World, perform};
use crate::domain::id::TicketId;
use crate::tui;
use crate::tui::effect::{Lane, Order};
use std::time::Duration;

/// Nobody waits for longer for others to hear that one has gone.
const LEAVING: Duration = Duration::from_millis(500);

impl Program {
    /// Waits until everything that must not be cut off is done: what was sent is sent (D33), and then its draft is gone.
    pub(super) async fn finish(&mut self) {
        while self.tasks.unfinished() {
            let message = self.tasks.next().await;
            for effect in tui::update(&mut self.model, message) {
                if effect.order() == Order::InTurn(Lane::Drafts)
                    && let Ok(work) = perform(&self.world, effect.clone())
                {
                    self.tasks.start(effect, work);
                }
            }
        }
        self.tasks.cut_off().await;
        leave(&self.world, &tui::open_tickets(&self.model)).await;
    }
}

/// Says that tickets are open here no longer.
async fn leave(world: &World, tickets: &[TicketId]) {
    let said = tickets.iter().map(|ticket| world.client.present(*ticket, None));
    _ = tokio::time::timeout(LEAVING, futures::future::join_all(said)).await;
}
