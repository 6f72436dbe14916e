//! A newer program at the same store: this one goes on reading, tells what it does not know as unknown, and writes nothing.

use crate::support::served::{Answer, Served};
use crate::support::town::{Ground, Town, says};
use guichet::client::post::Post;
use guichet::client::{Error, ListAsk, Source, StoreFault};
use guichet::domain::comment::NewComment;
use guichet::domain::event::Event;
use guichet::domain::history;
use guichet::domain::id::TicketId;
use guichet::domain::presence::Doing;
use guichet::domain::refusal::Sort;
use guichet::server::Limits;
use guichet::store::{FaultKind, Store};
use reqwest::Method;
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

/// Somebody brings the tables of a town further than this program knows.
async fn bring_further(town: &Town, id: TicketId) {
    let at = town.now().0;
    match &town.ground {
        Ground::Sqlite(_) => {
            let mut conn = sqlx::SqliteConnection::connect(&town.ground.url()).await.expect("the file");
            tell!(conn, id.0, at);
            conn.close().await.expect("closed");
        }
        Ground::Pg(database) => {
            let mut conn = database.connect().await;
            tell!(conn, id.0, at);
            conn.close().await.expect("closed");
        }
    }
}

/// What a newer program says to the database.
async fn says_so(town: &Town, sql: &'static str) {
    match &town.ground {
        Ground::Sqlite(_) => {
            let mut conn = sqlx::SqliteConnection::connect(&town.ground.url()).await.expect("the file");
            sqlx::raw_sql(sql).execute(&mut conn).await.expect("done");
            conn.close().await.expect("closed");
        }
        Ground::Pg(database) => {
            sqlx::raw_sql(sql).execute(&mut database.connect().await).await.expect("done");
        }
    }
}

/// Whether it was refused because a newer program looks after the store.
fn is_overtaken<T: std::fmt::Debug>(refused: &Result<T, Error>) -> bool {
    // Another server may do it.
    matches!(refused, Err(error @ Error::Store(StoreFault::Overtaken(_))) if error.sort() == Sort::Unavailable)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_server_goes_on_reading_and_writes_nothing() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
        let agent = town.as_(town.agent);
        let place = agent.news(None, 0).await.expect("news").place;
        bring_further(&town, id).await;
        let thread = agent.ticket(id, 10).await.expect("the ticket");
        assert_eq!(thread.item.subject, "Printer down");
        let audits = agent.audits(id, 0, 100).await.expect("its history").rows;
        assert_eq!(audits.last().expect("one").events, [Event::Unknown("shared_with".into())]);
        let refused = town.tries(town.agent, says(id, NewComment::note("?"))).await.map(|_| ());
        assert!(is_overtaken(&refused), "{refused:?}");
        let post = Post::new(town.store.clone(), town.clock());
        assert!(is_overtaken(&post.take(10).await), "letters are left to newer ones");
        assert!(agent.news(Some(place), 20_000).await.expect("news").tickets.contains(&id));
        assert!(agent.check(says(id, NewComment::note("?"))).await.is_ok(), "what only looks goes on");
        town.verified().await;
        town.store.close().await;
    }
}

/// An older program that is started where a newer one has been reads all the same, as long as the store says that it can.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_program_opens_what_a_newer_one_brought_along_and_only_reads() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let mut town = Town::on(ground).await;
        let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
        let token = town.as_(town.admin).add_token(town.key(), town.agent).await.expect("a token").expose().to_owned();
        town.store.close().await;
        bring_further(&town, id).await;
        town.store = Store::open(&town.ground.url()).await.expect("it opens");
        let agent = town.as_(town.agent);
        assert_eq!(agent.ticket(id, 10).await.expect("the ticket").item.subject, "Printer down");
        let found = agent.tickets(ListAsk::first(Source::Search("printer".into()))).await.expect("a list");
        assert_eq!(found.rows.len(), 1);
        assert!(agent.check(says(id, NewComment::note("?"))).await.is_ok(), "what only looks goes on");
        assert_eq!(agent.catch_up().await, Ok(0), "what is due by itself is left to newer ones");
        assert!(agent.present(id, Some(Doing::Looks)).await.is_ok());
        assert!(is_overtaken(&town.tries(town.agent, says(id, NewComment::note("?"))).await.map(|_| ())));
        assert!(is_overtaken(&agent.upload("a.txt".into(), "text/plain".into(), b"a".to_vec()).await.map(|_| ())));
        assert!(is_overtaken(&town.as_(town.ana).mark_read(None).await));
        assert!(is_overtaken(&Post::new(town.store.clone(), town.clock()).take(10).await));
        town.verified().await;
        // Over HTTP too, with a sentence that says why.
        let served = Served::of(town, &Limits::default()).await;
        let ask = |method, path: &str| served.nobody(method, path).basic_auth("marc@velo.example/token", Some(&token));
        let got = Answer::of(ask(Method::GET, &format!("tickets/{id}")).send().await.expect("an answer")).await;
        assert_eq!(got.with(200)["ticket"]["subject"], "Printer down");
        let note = serde_json::json!({ "ticket": { "comment": { "body": "?", "public": false } } });
        let sent = ask(Method::PUT, &format!("tickets/{id}")).json(&note).send().await.expect("an answer");
        let refused = Answer::of(sent).await;
        assert!(refused.headers.contains_key("retry-after"));
        let why = refused.with(503)["description"].as_str().expect("a sentence").to_owned();
        assert!(why.contains("A newer version of Guichet"), "{why}");
        served.town.store.close().await;
        // What a migration says that others cannot even read they do not open.
        says_so(&served.town, "UPDATE compatibility SET reads_from = 999").await;
        let opened = Store::open(&served.town.ground.url()).await;
        assert_eq!(opened.err().map(|fault| fault.kind), Some(FaultKind::Newer));
        let left = "DROP TABLE compatibility";
        says_so(&served.town, left).await;
        let opened = Store::open(&served.town.ground.url()).await;
        assert_eq!(opened.err().map(|fault| fault.kind), Some(FaultKind::Newer), "nobody says that it can be read");
    }
}
