//! An acknowledged reply beside one fsync'd transaction of the same rows, and eight writers at once beside one.

use crate::stand::Stand;
use crate::table::{Table, Times};
use guichet::client::{Client, Key};
use guichet::domain::act::{Change, Deed};
use guichet::domain::comment::NewComment;
use guichet::domain::id::TicketId;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Executor};
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 300;
const BODY: &str =
    "We have looked at the terminal at the depot and changed its card reader; please try again and tell us.";

pub async fn measure(stand: &Stand, table: &mut Table) {
    let mut bare = floor(&stand.path).await;
    let mut ours = Times::default();
    let mut floor = Times::default();
    for round in 0..ROUNDS {
        let id = stand.open_ticket(round);
        let began = Instant::now();
        reply(stand, id, &format!("one-{round}")).await;
        ours.push(began.elapsed());
        let began = Instant::now();
        same_rows(&mut bare, i64::from(round)).await;
        floor.push(began.elapsed());
    }
    let ratio = ours.at(50) / floor.at(50);
    let figure = format!("{:.3} ms = {ratio:.2} x bare sqlx ({:.3} ms)", ours.at(50), floor.at(50));
    table.add("an acknowledged reply", figure, "at most 1.5 x", ratio <= 1.5);
    let alone = throughput(stand, 1, "alone").await;
    let together = throughput(stand, 8, "together").await;
    let ratio = together / alone;
    let figure = format!("{together:.0} a second = {ratio:.1} x one writer ({alone:.0})");
    table.add("eight writers at once", figure, "at least 5 x", ratio >= 5.0);
    let sync = fsync(stand);
    table.note("one write of 4 KiB with fsync on this disk", format!("{:.3} ms", sync.at(50)));
}

async fn reply(stand: &Stand, id: i64, key: &str) {
    let deed = Deed::UpdateTicket {
        ticket: TicketId(id),
        change: Box::new(Change::default()),
        comment: Some(NewComment::public(BODY)),
        expect: None,
    };
    let key = Key(format!("{}-{key}", stand.run));
    Client::act(&stand.agent, key, deed).await.expect("the reply is taken");
}

async fn throughput(stand: &Stand, writers: u32, name: &str) -> f64 {
    let during = Duration::from_secs(3);
    let began = Instant::now();
    let work = (0..writers).map(|writer| async move {
        let mut done = 0_u32;
        while began.elapsed() < during {
            reply(stand, stand.open_ticket(1_000 + writer + done * writers), &format!("{name}-{writer}-{done}")).await;
            done += 1;
        }
        done
    });
    let done: u32 = futures::future::join_all(work).await.into_iter().sum();
    f64::from(done) / began.elapsed().as_secs_f64()
}

/// A file with tables of the same shape, for one transaction that writes as many bytes into as many places: the
/// comment, its audit and that of the trigger that tells the requester, what they are told in the inbox and on its way
/// out, the ticket's row with the index of its last change, the key, and both search rows.
pub async fn floor(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(path.with_extension("floor"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = options.connect().await.expect("the floor opens");
    let tables = "CREATE TABLE IF NOT EXISTS comments (id INTEGER PRIMARY KEY, ticket_id INTEGER, author_id INTEGER, public INTEGER, \
         frozen INTEGER, body TEXT, salt BLOB, via TEXT, attachments INTEGER, created_at INTEGER); \
         CREATE INDEX IF NOT EXISTS c ON comments (ticket_id, id); \
         CREATE TABLE IF NOT EXISTS audits (id INTEGER PRIMARY KEY, ticket_id INTEGER, number INTEGER, at INTEGER, who INTEGER, via TEXT, events TEXT, link BLOB); \
         CREATE UNIQUE INDEX IF NOT EXISTS a ON audits (ticket_id, number); \
         CREATE TABLE IF NOT EXISTS tickets (id INTEGER PRIMARY KEY, subject TEXT, status INTEGER, assignee_id INTEGER, group_id INTEGER, updated_at INTEGER, link BLOB); \
         CREATE INDEX IF NOT EXISTS t1 ON tickets (updated_at, id); CREATE INDEX IF NOT EXISTS t2 ON tickets (status, updated_at, id); \
         CREATE INDEX IF NOT EXISTS t3 ON tickets (assignee_id, status, updated_at, id); CREATE INDEX IF NOT EXISTS t4 ON tickets (group_id, status, updated_at, id); \
         CREATE TABLE IF NOT EXISTS acts (person_id INTEGER, key TEXT, digest BLOB, outcome TEXT, at INTEGER, PRIMARY KEY (person_id, key)) WITHOUT ROWID; \
         CREATE TABLE IF NOT EXISTS inbox (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER, ticket_id INTEGER, rule_id INTEGER, text_id INTEGER, comment_id INTEGER, at INTEGER, read_at INTEGER); \
         CREATE INDEX IF NOT EXISTS i1 ON inbox (person_id, id); CREATE INDEX IF NOT EXISTS i2 ON inbox (person_id, id) WHERE read_at IS NULL; \
         CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER, ticket_id INTEGER, rule_id INTEGER, text_id INTEGER, comment_id INTEGER, at INTEGER, state INTEGER DEFAULT 0, next_try_at INTEGER); \
         CREATE INDEX IF NOT EXISTS o1 ON outbox (next_try_at, id) WHERE state = 0; \
         CREATE VIRTUAL TABLE IF NOT EXISTS f1 USING fts5 (number, subject, comments, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3'); \
         CREATE VIRTUAL TABLE IF NOT EXISTS f2 USING fts5 (number, subject, comments, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3');";
    connection.execute(tables).await.expect("the tables are made");
    connection.execute("INSERT OR IGNORE INTO tickets SELECT value, 'The terminal at the depot refuses cards', 1, 3, 1, value, zeroblob(32) FROM generate_series(0, 999)")
        .await
        .ok();
    connection
}

pub async fn same_rows(connection: &mut SqliteConnection, round: i64) {
    let text = format!("{BODY} {BODY} {BODY} {BODY}");
    let events =
        format!("[{{\"event\":\"commented\",\"comment\":{round},\"public\":true,\"digest\":\"{}\"}}]", "a".repeat(64));
    connection.execute("BEGIN IMMEDIATE").await.expect("it begins");
    sqlx::query("INSERT INTO comments VALUES (NULL, $1, 3, 1, 0, $2, zeroblob(16), 'web', 0, $1)")
        .bind(round)
        .bind(BODY)
        .execute(&mut *connection)
        .await
        .expect("the comment is written");
    let told = "[{\"event\":\"rule\",\"rule\":31,\"title\":\"Tell requester and CCs what the team answers\"},{\"event\":\"notified\",\"to\":{\"person\":3}}]";
    for events in [events.as_str(), told] {
        sqlx::query("INSERT INTO audits VALUES (NULL, $1, (SELECT coalesce(max(number), 0) + 1 FROM audits WHERE ticket_id = $1), $1, 3, 'web', $2, zeroblob(32))")
            .bind(round)
            .bind(events)
            .execute(&mut *connection)
            .await
            .expect("the audit is written");
    }
    for notice in [
        "INSERT INTO inbox VALUES (NULL, 3, $1, 31, 6, $1, $1, NULL)",
        "INSERT INTO outbox VALUES (NULL, 3, $1, 31, 6, $1, $1, 0, $1)",
    ] {
        sqlx::query(notice).bind(round).execute(&mut *connection).await.expect("the notice is written");
    }
    sqlx::query("UPDATE tickets SET updated_at = $1 + 1000000, link = zeroblob(32) WHERE id = $1")
        .bind(round)
        .execute(&mut *connection)
        .await
        .expect("the ticket is written");
    for index in [
        "INSERT OR REPLACE INTO f1 (rowid, number, subject, comments) VALUES ($1, $2, 'The terminal at the depot refuses cards', $3)",
        "INSERT OR REPLACE INTO f2 (rowid, number, subject, comments) VALUES ($1, $2, 'The terminal at the depot refuses cards', $3)",
    ] {
        sqlx::query(index)
            .bind(round)
            .bind(round.to_string())
            .bind(&text)
            .execute(&mut *connection)
            .await
            .expect("the words are written");
    }
    sqlx::query("INSERT OR REPLACE INTO acts VALUES (3, $1, zeroblob(32), '{}', $2)")
        .bind(round.to_string())
        .bind(round)
        .execute(&mut *connection)
        .await
        .expect("the key is written");
    connection.execute("COMMIT").await.expect("it is committed");
}

/// A ticket's row by itself, for what makes one.
pub async fn new_ticket(connection: &mut SqliteConnection, round: i64) {
    sqlx::query("INSERT OR REPLACE INTO tickets VALUES ($1, 'The terminal at the depot refuses cards', 1, 3, 1, $1, zeroblob(32))")
        .bind(round)
        .execute(connection)
        .await
        .expect("the ticket is written");
}

fn fsync(stand: &Stand) -> Times {
    use std::io::Write;
    let mut times = Times::default();
    let mut file = std::fs::File::create(stand.path.with_extension("sync")).expect("the file is made");
    for _ in 0..100 {
        let began = Instant::now();
        file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).expect("it is written");
        times.push(began.elapsed());
    }
    times
}
