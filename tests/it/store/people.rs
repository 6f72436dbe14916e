//! People in a store that is older than what is known of them now.

use crate::store::form::connect;
use crate::support::town::{Ground, Town};
use guichet::client::PeopleAsk;
use guichet::domain::person::{Restriction, Standing};
use sqlx::raw_sql;

const SQLITE: &str = include_str!("../../../assets/migrations/sqlite/0004_people.sql");
const POSTGRES: &str = include_str!("../../../assets/migrations/postgres/0004_people.sql");

/// As a store of before was.
const BEFORE: &str = "DROP INDEX people_unsettled; DROP INDEX people_merged; DROP INDEX tickets_to_forget;
    DROP INDEX attachments_by_digest; DROP INDEX uploads_by_digest; DROP TABLE passwords; DROP TABLE access_links;
    DROP TABLE api_tokens; DROP TABLE access_requests; DROP TABLE files_to_remove;
    ALTER TABLE people DROP COLUMN time_zone; ALTER TABLE people DROP COLUMN restriction;
    ALTER TABLE people DROP COLUMN away; ALTER TABLE people DROP COLUMN away_until;
    ALTER TABLE people DROP COLUMN standing; ALTER TABLE people DROP COLUMN merged_into;
    ALTER TABLE people DROP COLUMN unsettled; ALTER TABLE comments DROP COLUMN erased;
    ALTER TABLE tickets DROP COLUMN texts_erased";

/// Everybody of an older file is there, works with all tickets and can act.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_people_of_an_older_file_are_as_they_were() {
    let town = Town::sqlite().await;
    town.ticket(town.ana, "Printer", "a").await;
    let mut conn = connect(&town).await;
    raw_sql(BEFORE).execute(&mut conn).await.expect("columns gone");
    raw_sql(SQLITE).execute(&mut conn).await.expect("columns back");
    are_there(town).await;
}

/// The same on a server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_people_of_an_older_database_are_as_they_were() {
    let town = Town::pg().await;
    town.ticket(town.ana, "Printer", "a").await;
    let Ground::Pg(database) = &town.ground else { panic!("a server") };
    let mut conn = database.connect().await;
    raw_sql(BEFORE).execute(&mut conn).await.expect("columns gone");
    raw_sql(POSTGRES).execute(&mut conn).await.expect("columns back");
    are_there(town).await;
}

async fn are_there(mut town: Town) {
    town.store.close().await;
    town.store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
    let ask = PeopleAsk::Role { role: None, after: None, limit: 50 };
    let people = town.as_(town.agent).people(ask).await.expect("people").rows;
    assert_eq!(people.len(), 6);
    for person in &people {
        assert_eq!((person.restriction, person.standing, person.away), (Restriction::None, Standing::Active, None));
    }
    assert!(town.as_(town.ana).session().await.is_ok());
    town.verified().await;
    town.store.close().await;
}
