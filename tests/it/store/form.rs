//! What a store looks like from outside.

use crate::support::town::{Ground, Town, address, founding, mode, still};
use guichet::client::Key;
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{KindId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::tag::Tag;
use guichet::store::{FaultKind, Store};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection};
use std::collections::{BTreeMap, BTreeSet};

/// R109: nobody else on the machine reads a store.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_on_the_disk_is_its_owners_alone() {
    let town = Town::sqlite().await;
    let upload = town.as_(town.ana).upload("a.txt".into(), "text/plain".into(), b"hello".to_vec()).await.expect("kept");
    let id = town.ticket(town.ana, "Printer", "a").await;
    let comment = NewComment { uploads: vec![upload.token], ..NewComment::public("See") };
    town.does(town.ana, crate::support::town::says(id, comment)).await;
    let file = town.ground.file();
    let mut folders = vec![file.parent().expect("a folder").to_owned()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert_eq!(mode(&path), 0o600, "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 4, "the store, its -wal and -shm, and a file; {seen} were there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_others_could_read_is_shut_when_opened() {
    use std::os::unix::fs::PermissionsExt;
    let town = Town::sqlite().await;
    town.store.close().await;
    let file = town.ground.file();
    let mut files = file.clone().into_os_string();
    files.push(".files");
    let files = std::path::PathBuf::from(files);
    std::fs::create_dir_all(&files).expect("a folder");
    for (path, open) in [(&file, 0o644), (&files, 0o755)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(open)).expect("a mode");
    }
    let store = Store::open(&town.ground.url()).await.expect("the store");
    assert_eq!((mode(&file), mode(&files)), (0o600, 0o700));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_is_there_when_it_is_opened_again() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        let id = town.ticket(town.ana, "Printer", "a").await;
        let before = town.as_(town.agent).ticket(id, 5).await.expect("the ticket");
        town.store.close().await;
        let mut again = town;
        again.store = Store::open(&again.ground.url()).await.expect("the store");
        assert_eq!(again.as_(again.agent).ticket(id, 5).await.expect("the ticket"), before);
        again.verified().await;
        let second = Store::found(&again.ground.url(), founding(), &still()).await.err().expect("a fault");
        assert!(matches!(second, guichet::store::Error::Fault(fault) if fault.kind == FaultKind::Taken));
        again.store.close().await;
    }
}

/// Both databases have the same tables with the same columns; only files, numbers and words are kept each in its way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_tables() {
    const OWN: [&str; 2] = ["blobs", "ticket_search"];
    let (sqlite, pg) = (Town::sqlite().await, Town::pg().await);
    let Ground::Pg(database) = &pg.ground else { panic!("a server") };
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns WHERE table_schema = 'public'",
    )
    .fetch_all(&mut database.connect().await)
    .await
    .expect("columns");
    let mut there: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, column) in rows {
        there.entry(table).or_default().insert(column);
    }
    there.retain(|table, _| !OWN.contains(&table.as_str()) && !table.starts_with("_sqlx"));
    let mut file = connect(&sqlite).await;
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'search%' AND t.name NOT LIKE '\\_%' ESCAPE '\\'",
    )
    .fetch_all(&mut file)
    .await
    .expect("columns");
    let mut here: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, column) in rows {
        here.entry(table).or_default().insert(column);
    }
    here.retain(|table, _| !table.starts_with("sqlite_"));
    assert_eq!(here, there);
    pg.store.close().await;
}

/// D35: audits are only added.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn audits_can_neither_be_changed_nor_taken_away() {
    for ground in [Ground::sqlite(), Ground::pg()] {
        let town = Town::on(ground).await;
        town.ticket(town.ana, "Printer", "a").await;
        for sql in ["UPDATE audits SET events = '[]'", "DELETE FROM audits"] {
            let refused = match &town.ground {
                Ground::Sqlite(_) => {
                    sqlx::query(AssertSqlSafe(sql)).execute(&mut connect(&town).await).await.map(|_| ())
                }
                Ground::Pg(database) => {
                    sqlx::query(AssertSqlSafe(sql)).execute(&mut database.connect().await).await.map(|_| ())
                }
            };
            let said = refused.expect_err("a refusal").to_string();
            assert!(said.contains("audits are only added"), "{said}");
        }
        town.verified().await;
        town.store.close().await;
    }
}

/// D35: the chain holds no text of anybody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_text_stands_in_the_chain() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "CANARY-subject", "CANARY-body").await;
    let subject = Some("CANARY-other".to_owned());
    town.change(id, guichet::domain::act::Change { subject, ..Default::default() }).await;
    let chain: Vec<String> =
        sqlx::query_scalar("SELECT events FROM audits").fetch_all(&mut connect(&town).await).await.expect("audits");
    assert!(chain.len() > 2);
    assert!(!chain.concat().contains("CANARY"), "{chain:?}");
}

/// The store's file behind the program's back.
pub async fn connect(town: &Town) -> SqliteConnection {
    SqliteConnection::connect(&town.ground.url()).await.expect("the file")
}

/// A repeated key must be understood by the versions to come: what they add to a deed must not change what it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deed_keeps_its_digest() {
    let town = Town::sqlite().await;
    let upload = town.as_(town.ana).upload("a.txt".into(), "text/plain".into(), b"hello".to_vec()).await.expect("kept");
    let mut new = NewTicket::new("Printer", NewComment { uploads: vec![upload.token], ..NewComment::public("See") });
    new.kind = Some(KindId(4));
    new.ccs = vec![PersonRef::Address(address("Ben@gare.example"))];
    let ana = town.as_(town.ana);
    ana.act(Key("new".into()), Deed::CreateTicket(Box::new(new))).await.expect("done");
    let change =
        Change { priority: Some(None), add_tags: [Tag::parse("toner").expect("a tag")].into(), ..Change::default() };
    let id = TicketId(1);
    let deed = Deed::UpdateTicket { ticket: id, change: Box::new(change), comment: None, expect: Some(2) };
    town.as_(town.agent).act(Key("change".into()), deed).await.expect("done");
    let mut conn = SqliteConnection::connect(&town.ground.url()).await.expect("the file");
    let sql = "SELECT key, lower(hex(digest)) FROM acts WHERE key IN ('new', 'change') ORDER BY key";
    let found: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&mut conn).await.expect("two rows");
    let digests: Vec<&str> = found.iter().map(|(_, digest)| digest.as_str()).collect();
    let known = [
        "11e51fefd39d0091fc42fe09017bdc753e0fb58f40f00a46b4bc3efd5126aa5f",
        "b8d4b94cd927f67571e4b1a3ec7052c36d6324cb84d2edbeeb0ae4ab9830bcac",
    ];
    assert_eq!(digests, known);
}
