//! What can be wrong with a store when it is opened or written: each is told apart, and nothing is changed or lost.

use crate::support::dirs;
use crate::support::town::{Ground, Town, says};
use guichet::client::{Error, StoreFault};
use guichet::domain::comment::NewComment;
use guichet::store::{FaultKind, Store};
use sqlx::{AssertSqlSafe, Connection};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

async fn kind(url: &str) -> Option<FaultKind> {
    Store::open(url).await.err().map(|fault| fault.kind)
}

async fn kind_of_file(path: &Path) -> Option<FaultKind> {
    kind(&format!("sqlite:{}", path.display())).await
}

async fn run(url: &str, sql: &'static str) {
    let mut conn = sqlx::sqlite::SqliteConnection::connect(url).await.expect("the file");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await.expect(sql);
    conn.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_store_is_told_from_what_is_none() {
    let folder = dirs::temp();
    assert_eq!(kind_of_file(&folder.path().join("none.db")).await, Some(FaultKind::Missing));
    assert_eq!(kind_of_file(folder.path()).await, Some(FaultKind::Foreign));
    assert_eq!(kind("mysql://x").await, Some(FaultKind::Foreign));
    let text = folder.path().join("text.db");
    std::fs::write(&text, "just a text\n".repeat(50)).expect("a file");
    assert_eq!(kind_of_file(&text).await, Some(FaultKind::Foreign));
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").expect("a file");
    assert_eq!(kind_of_file(&empty).await, Some(FaultKind::Missing));
    assert_eq!(std::fs::read(&empty).expect("a file"), b"", "whoever only looks makes nothing");
    let other = folder.path().join("other.db");
    std::fs::write(&other, "").expect("a file");
    let url = format!("sqlite:{}", other.display());
    run(&url, "CREATE TABLE cookies (name TEXT)").await;
    let before = std::fs::read(&other).expect("the file");
    assert_eq!(kind(&url).await, Some(FaultKind::Foreign));
    assert_eq!(std::fs::read(&other).expect("the file"), before, "another program's file was changed");
    assert_eq!(kind("postgres://nobody@127.0.0.1:1/none").await, Some(FaultKind::Unreachable));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_programs_store_is_left_alone_when_it_says_so() {
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (999, 'later', TRUE, '', 0); UPDATE compatibility SET reads_from = 999";
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        town.store.close().await;
        match &town.ground {
            Ground::Sqlite(_) => run(&town.ground.url(), newer).await,
            Ground::Pg(database) => {
                sqlx::raw_sql(newer).execute(&mut database.connect().await).await.expect("a row");
            }
        }
        assert_eq!(kind(&town.ground.url()).await, Some(FaultKind::Newer));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_or_foreign_database_on_a_server_is_no_store() {
    let ground = Ground::pg();
    assert_eq!(kind(&ground.url()).await, Some(FaultKind::Missing));
    let Ground::Pg(database) = &ground else { panic!("a server") };
    sqlx::raw_sql("CREATE TABLE cookies (name TEXT)").execute(&mut database.connect().await).await.expect("a table");
    assert_eq!(kind(&ground.url()).await, Some(FaultKind::Foreign));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_file_or_folder_is_told() {
    let town = Town::sqlite().await;
    town.store.close().await;
    let file = town.ground.file();
    let folder = file.parent().expect("a folder").to_owned();
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    };
    set(&file, 0o400);
    assert_eq!(kind_of_file(&file).await, Some(FaultKind::ReadOnly));
    set(&file, 0o600);
    set(&folder, 0o500);
    assert_eq!(kind_of_file(&file).await, Some(FaultKind::ReadOnly));
    set(&folder, 0o700);
    assert_eq!(kind_of_file(&file).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_held_by_somebody_else_is_waited_for_and_then_told() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let mut other = sqlx::sqlite::SqliteConnection::connect(&town.ground.url()).await.expect("the file");
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.expect("held");
    let waiting = town.tries(town.agent, says(id, NewComment::public("?"))).await;
    assert!(matches!(waiting, Err(Error::Store(StoreFault::Locked(_)))), "{waiting:?}");
    assert_eq!(town.as_(town.agent).ticket(id, 5).await.expect("reading goes on").comments.len(), 1);
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.expect("let go");
    town.reply(town.agent, id, "Now").await;
    town.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_write_one_file() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let mut second = Town::sqlite().await;
    second.store = Store::open(&town.ground.url()).await.expect("the store");
    (second.ana, second.agent) = (town.ana, town.agent);
    let write = |town: &Town, from: u64| {
        let client = town.as_(town.agent);
        async move {
            for n in from..from + 20 {
                let key = guichet::client::Key(format!("two-{n}"));
                client.act(key, says(id, NewComment::public(n.to_string()))).await.expect("done");
            }
        }
    };
    tokio::join!(write(&town, 0), write(&second, 100));
    assert_eq!(town.as_(town.agent).ticket(id, 100).await.expect("the ticket").comments.len(), 41);
    town.does(town.admin, guichet::domain::act::Deed::CreateGroup { name: "Field".into() }).await;
    assert_eq!(
        second.as_(town.agent).session().await.expect("a session").groups.len(),
        2,
        "what is common is read again"
    );
    town.verified().await;
}
