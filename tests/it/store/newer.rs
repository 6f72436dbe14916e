//! A newer program at the same store: this one goes on reading, tells what it does not know as unknown, and writes nothing.

use crate::support::town::{Ground, Town, says};
use guichet::client::{Error, StoreFault};
use guichet::domain::comment::NewComment;
use guichet::domain::event::Event;
use guichet::domain::history;
use guichet::domain::refusal::Sort;
use sqlx::{AssertSqlSafe, Connection, Row};

const EVENTS: &str = r#"[{"event":"shared_with","agreement":7}]"#;

/// Writes an audit of a newer program's, chained as it should be.
macro_rules! tell {
    ($conn:expr, $id:expr, $at:expr) => {{
        let row = sqlx::query("SELECT link, version FROM tickets WHERE id = $1").bind($id);
        let row = row.fetch_one(&mut $conn).await.expect("the ticket");
        let (link, version): (Vec<u8>, i64) = (row.get(0), row.get(1));
        let bytes = format!("{}\n{}\nsystem\napi\n{EVENTS}", $id, $at).into_bytes();
        let next = history::link(&link.try_into().expect("a link"), version + 1, &bytes);
        let number: i64 = sqlx::query_scalar("SELECT CAST(max(id) + 1 AS BIGINT) FROM audits")
            .fetch_one(&mut $conn)
            .await
            .expect("a number");
        let sql = "INSERT INTO audits (id, ticket_id, number, at, who, via, events, link) \
             VALUES ($1, $2, $3, $4, NULL, 'api', $5, $6)";
        let insert = sqlx::query(sql).bind(number).bind($id).bind(version + 1).bind($at).bind(EVENTS);
        insert.bind(&next[..]).execute(&mut $conn).await.expect("an audit");
        let update = sqlx::query("UPDATE tickets SET link = $1, version = $2 WHERE id = $3");
        update.bind(&next[..]).bind(version + 1).bind($id).execute(&mut $conn).await.expect("its head");
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (999, 'later', TRUE, '', 0)";
        sqlx::raw_sql(AssertSqlSafe(newer)).execute(&mut $conn).await.expect("a migration");
        sqlx::raw_sql(AssertSqlSafe("ALTER TABLE tickets ADD COLUMN later TEXT"))
            .execute(&mut $conn)
            .await
            .expect("more");
    }};
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_server_goes_on_reading_and_writes_nothing() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
        let agent = town.as_(town.agent);
        let place = agent.news(None, 0).await.expect("news").place;
        let at = town.now().0;
        match &town.ground {
            Ground::Sqlite(_) => {
                let url = town.ground.url();
                let mut conn = sqlx::SqliteConnection::connect(&url).await.expect("the file");
                tell!(conn, id.0, at);
                conn.close().await.expect("closed");
            }
            Ground::Pg(database) => {
                let mut conn = database.connect().await;
                tell!(conn, id.0, at);
                conn.close().await.expect("closed");
            }
        }
        let thread = agent.ticket(id, 10).await.expect("the ticket");
        assert_eq!(thread.item.subject, "Printer down");
        let audits = agent.audits(id, 0, 100).await.expect("its history").rows;
        assert_eq!(audits.last().expect("one").events, [Event::Unknown("shared_with".into())]);
        let refused = town.tries(town.agent, says(id, NewComment::note("?"))).await.map(|_| ());
        assert!(matches!(refused, Err(Error::Store(StoreFault::Newer(_)))), "{refused:?}");
        assert_eq!(refused.map_err(|error| error.sort()), Err(Sort::Unavailable), "another server may do it");
        assert!(agent.news(Some(place), 20_000).await.expect("news").tickets.contains(&id));
        assert!(agent.check(says(id, NewComment::note("?"))).await.is_ok(), "what only looks goes on");
        town.verified().await;
        town.store.close().await;
    }
}
