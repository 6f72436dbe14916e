//! What a store looks like from outside.

use crate::support::town::{Ground, Town};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_account_agrees_with_itself() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let ticket = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
        town.reply(town.agent, ticket, "Which one?").await;
        town.note(ticket, "Depot 3 again.").await;
        town.reply(town.ana, ticket, "The one in depot 3.").await;
        town.verified().await;
    }
}
