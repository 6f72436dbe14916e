//! Stores from before an account had a set-up of its own.

use super::form::connect;
use crate::support::town::{Ground, Town};
use guichet::domain::act::Change;
use guichet::domain::setup::ItemKind;
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use sqlx::raw_sql;

/// No set-up at all, and other waits in the settings.
const BEFORE: &str = "DELETE FROM items; UPDATE account SET settings = \
    '{\"private_tickets\":true,\"pending_end\":\"solved\",\"remind_after\":null,\"end_after\":172800000,\"close_after\":7200000}'";

/// An older file gets the set-up of a new account with its own waits, and works by it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_gets_its_set_up() {
    let town = Town::sqlite().await;
    let mut conn = connect(&town).await;
    raw_sql(BEFORE).execute(&mut conn).await.expect("an older store");
    works(town).await;
}

/// The same on a server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_database_gets_its_set_up() {
    let town = Town::pg().await;
    let Ground::Pg(database) = &town.ground else { panic!("a server") };
    let mut conn = database.connect().await;
    raw_sql(BEFORE).execute(&mut conn).await.expect("an older store");
    works(town).await;
}

async fn works(mut town: Town) {
    town.store.close().await;
    town.store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
    let session = town.as_(town.admin).session().await.expect("a session");
    assert_eq!((session.kinds.len(), session.views.len()), (4, 7));
    let timers = session.settings.timers;
    assert_eq!((timers.remind_after, timers.end_after), (None, Some(Span::days(2))));
    let automations = town.as_(town.admin).items(ItemKind::Automation).await.expect("the automations");
    assert_eq!(automations.len(), 3);
    let id = town.ticket(town.ana, "Printer", "a").await;
    town.change(id, Change::status(Status::Pending)).await;
    town.wait(Span::days(2));
    assert_eq!(town.as_(town.admin).catch_up().await, Ok(1));
    let ticket = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item;
    assert_eq!(ticket.status(), Status::Solved);
    town.verified().await;
    town.store.close().await;
}
