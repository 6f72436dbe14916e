//! What a store finds out about itself: every way in which it can be tampered with is told, and where.

use super::form::connect;
use crate::support::town::{Ground, Town, says};
use guichet::client::door;
use guichet::domain::act::{Change, Deed, NewTicket, OrganizationChange, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{FieldId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::setup::{Directory, Document, Item, ItemKind};
use guichet::domain::tag::Tag;
use guichet::store::{Finding, Flaw};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// A field that everybody, or everything, of a kind has.
async fn field(town: &Town, of: &str, kind: &str) -> FieldId {
    let document = Document::default().with("slug", format!("code_{of}")).with("title", "Code").with("of", of);
    let item = Item::read(ItemKind::Field, 0, &document.with("type", kind), &Directory::default()).expect("a field");
    let made = town.does(town.admin, Deed::SetItem(Box::new(item))).await;
    FieldId(made.outcome.item.expect("a field").id)
}

/// On the ticket, its requester and their organization.
async fn with_fields(town: &Town, id: TicketId) {
    let value = |id: FieldId, text: &str| BTreeMap::from([(id, text.to_owned())]);
    let fields = value(field(town, "ticket", "text").await, "Pump 7");
    town.change(id, Change { fields, ..Change::default() }).await;
    let fields = value(field(town, "person", "integer").await, "12");
    let change = PersonChange { fields, ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    let fields = value(field(town, "organization", "checkbox").await, "true");
    let change = OrganizationChange { fields, ..OrganizationChange::default() };
    town.does(town.admin, Deed::UpdateOrganization { organization: town.station, change }).await;
}

/// What fields hold is kept once more as rows: each way in which these may differ, and what is said of it.
fn of_fields(town: &Town, id: TicketId) -> Vec<(&'static str, String, Finding)> {
    let ticket = Finding { ticket: Some(id), flaw: Flaw::Lookup };
    let person = Finding { ticket: None, flaw: Flaw::PersonLookup(town.ana) };
    let organization = Finding { ticket: None, flaw: Flaw::OrganizationLookup(town.station) };
    let mut all = Vec::new();
    for (table, column, holder, finding) in [
        ("ticket_fields", "ticket_id", id.0, ticket),
        ("person_fields", "person_id", town.ana.0, person),
        ("organization_fields", "organization_id", town.station.0, organization),
    ] {
        for sql in [
            format!("UPDATE {table} SET field_id = field_id + 1 WHERE {column} = {holder}"),
            format!("UPDATE {table} SET number = coalesce(number, 0) + 1 WHERE {column} = {holder}"),
            format!("UPDATE {table} SET text = 'x' WHERE {column} = {holder}"),
            format!("INSERT INTO {table} (field_id, number, {column}) VALUES (99, 1, {holder})"),
            format!("DELETE FROM {table} WHERE {column} = {holder}"),
        ] {
            all.push((table, sql, finding.clone()));
        }
    }
    all
}

async fn lived_in(ground: Ground) -> (Town, TicketId) {
    let town = Town::on(ground).await;
    town.ticket(town.ben, "Another", "before").await;
    let upload = town.as_(town.ana).upload("a.txt".into(), "text/plain".into(), b"hello".to_vec()).await.expect("kept");
    let mut new = NewTicket::new("Printer down", NewComment { uploads: vec![upload.token], ..NewComment::public("a") });
    new.kind = Some(guichet::domain::id::KindId(3));
    new.ccs = vec![PersonRef::Address(crate::support::town::address("cleo@pay.example"))];
    let id = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    let change = Change {
        subject: Some("Printer in depot 3".into()),
        add_tags: [Tag::parse("printer").expect("a tag")].into(),
        add_followers: [town.other_agent].into(),
        ..Change::default()
    };
    town.change(id, change).await;
    town.note(id, "Toner.").await;
    town.ticket(town.cleo, "A third", "after").await;
    town.verified().await;
    (town, id)
}

/// What tampering there is, and what it is found to be.
fn tampering(id: TicketId) -> Vec<(String, Flaw)> {
    let note = "(SELECT max(id) FROM comments WHERE NOT public)";
    vec![
        (format!("UPDATE tickets SET status = 4 WHERE id = {id}"), Flaw::State),
        (format!("UPDATE tickets SET subject = 'x' WHERE id = {id}"), Flaw::State),
        (format!("UPDATE tickets SET version = 9 WHERE id = {id}"), Flaw::Head),
        (
            format!(
                "UPDATE texts SET body = 'x' WHERE audit_id IN (SELECT id FROM audits WHERE ticket_id = {id} AND number = 3)"
            ),
            Flaw::Text(3),
        ),
        (format!("UPDATE comments SET public = NOT public WHERE id = {note}"), Flaw::State),
        (format!("DELETE FROM ticket_tags WHERE ticket_id = {id}"), Flaw::Lookup),
        (format!("DELETE FROM ticket_people WHERE ticket_id = {id} AND relation = 1"), Flaw::Lookup),
    ]
}

async fn finds(town: &Town) -> Vec<Finding> {
    town.store.verify(|_| ()).await.expect("an answer").faults
}

/// Z14, D35: history, texts, states, lookups, indexes and files.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_changed_behind_its_back_is_found() {
    let (town, id) = lived_in(Ground::sqlite()).await;
    let file = town.ground.file();
    town.store.close().await;
    let whole = std::fs::read(&file).expect("the file");
    let mut more = tampering(id);
    let drop = "DROP TRIGGER audits_stay; DROP TRIGGER audits_remain;";
    let last = format!("(SELECT max(number) FROM audits WHERE ticket_id = {id})");
    more.extend([
        (format!("{drop} UPDATE audits SET at = at + 1 WHERE ticket_id = {id} AND number = 2"), Flaw::Audit(2)),
        (format!("{drop} UPDATE audits SET who = 1 WHERE ticket_id = {id} AND number = 1"), Flaw::Audit(1)),
        (format!("{drop} DELETE FROM texts; DELETE FROM audits WHERE ticket_id = {id} AND number = {last}"), Flaw::Head),
        (format!("DELETE FROM search_all WHERE rowid = {id}"), Flaw::Index),
        (format!("INSERT OR REPLACE INTO search_public (rowid, number, subject, comments, whose) VALUES ({id}, '{id}', 'a', 'a toner', 'r1')"), Flaw::Index),
        (format!("UPDATE attachments SET name = 'b.txt' WHERE ticket_id = {id}"), Flaw::Comment(guichet::domain::id::CommentId(2))),
    ]);
    for (sql, flaw) in more {
        std::fs::write(&file, &whole).expect("the file as it was");
        let mut conn = connect(&town).await;
        sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&mut conn).await.expect(&sql);
        sqlx::Connection::close(conn).await.expect("closed");
        let store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
        let found = store.verify(|_| ()).await.expect("an answer").faults;
        assert!(found.contains(&Finding { ticket: Some(id), flaw }), "{sql}: {found:?}");
        store.close().await;
    }
}

/// Tampers, looks and puts back; `conn` is of either database.
macro_rules! each_is_found {
    ($town:expr, $conn:expr, $id:expr) => {
        for table in ["ticket_fields", "person_fields", "organization_fields"] {
            let keep = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}");
            sqlx::raw_sql(AssertSqlSafe(keep)).execute($conn).await.expect("kept");
        }
        assert_eq!(finds($town).await, []);
        for (table, sql, finding) in of_fields($town, $id) {
            sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute($conn).await.expect(&sql);
            assert_eq!(finds($town).await, [finding], "{sql}");
            let back = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}");
            sqlx::raw_sql(AssertSqlSafe(back)).execute($conn).await.expect("put back");
        }
    };
}

/// What fields hold is kept once more as rows by which tickets are found: one too many, one too few, and one that says
/// something else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_do_not_say_what_fields_hold_are_found() {
    let (town, id) = lived_in(Ground::sqlite()).await;
    with_fields(&town, id).await;
    let mut conn = connect(&town).await;
    each_is_found!(&town, &mut conn, id);
}

/// The same on a server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn such_rows_are_found_on_a_server_too() {
    let (town, id) = lived_in(Ground::pg()).await;
    with_fields(&town, id).await;
    let Ground::Pg(database) = &town.ground else { panic!("a server") };
    let mut conn = database.connect().await;
    each_is_found!(&town, &mut conn, id);
    town.store.close().await;
}

/// A file in which pages are broken is no reason to say nothing: what the database says is what was found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_cannot_be_read_are_found() {
    let (town, _) = lived_in(Ground::sqlite()).await;
    let file = town.ground.file();
    town.store.close().await;
    let whole = std::fs::read(&file).expect("the file");
    for from in [1, 2, 4, 8] {
        let mut broken = whole.clone();
        broken[from * 4096..].fill(0xde);
        std::fs::write(&file, &broken).expect("written");
        let verified = door::verify(&town.ground.url(), |_| ()).await.expect("an answer");
        let told = verified.faults.iter().any(|found| matches!(found.flaw, Flaw::Database(_)));
        assert!(told, "from page {from}: {verified:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_server_too() {
    let (town, id) = lived_in(Ground::pg()).await;
    let Ground::Pg(database) = &town.ground else { panic!("a server") };
    let mut conn = database.connect().await;
    let mut more = tampering(id);
    more.push((format!("UPDATE ticket_search SET all_words = 'x' WHERE ticket_id = {id}"), Flaw::Index));
    more.push(("UPDATE blobs SET bytes = 'x'".into(), Flaw::File(guichet::domain::id::AttachmentId(1))));
    for (sql, flaw) in more {
        sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&mut conn).await.expect(&sql);
        let found = finds(&town).await;
        assert!(found.contains(&Finding { ticket: Some(id), flaw }), "{sql}: {found:?}");
    }
    town.store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_or_changed_file_is_found() {
    let (town, id) = lived_in(Ground::sqlite()).await;
    let mut name = town.ground.file().into_os_string();
    name.push(".files");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(name).expect("a folder") {
        for file in std::fs::read_dir(folder.expect("an entry").path()).expect("a folder") {
            files.push(file.expect("an entry").path());
        }
    }
    assert_eq!(files.len(), 1);
    let expected = Finding { ticket: Some(id), flaw: Flaw::File(guichet::domain::id::AttachmentId(1)) };
    std::fs::write(&files[0], b"hullo").expect("written");
    assert_eq!(finds(&town).await, std::slice::from_ref(&expected));
    std::fs::remove_file(&files[0]).expect("removed");
    assert_eq!(finds(&town).await, [expected]);
}

/// What is acknowledged is whole on the disk, whatever lay there under its digest before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_was_damaged_is_whole_when_it_is_handed_in_again() {
    let (town, _) = lived_in(Ground::sqlite()).await;
    let mut name = town.ground.file().into_os_string();
    name.push(".files");
    let folder = std::fs::read_dir(name).expect("a folder").next().expect("one").expect("an entry").path();
    let file = std::fs::read_dir(folder).expect("a folder").next().expect("one").expect("an entry").path();
    let elsewhere = town.ground.file().with_file_name("elsewhere");
    std::fs::write(&elsewhere, b"other").expect("written");
    let upload = || async {
        let kept = town.as_(town.ana).upload("b.txt".into(), "text/plain".into(), b"hello".to_vec()).await;
        kept.expect("kept");
    };
    std::fs::write(&file, b"").expect("written");
    upload().await;
    town.verified().await;
    std::fs::remove_file(&file).expect("removed");
    std::os::unix::fs::symlink(&elsewhere, &file).expect("a link");
    upload().await;
    town.verified().await;
    assert_eq!(std::fs::read(elsewhere).expect("the file"), b"other", "nothing is written through a link");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_verified_while_others_write() {
    let town = Town::sqlite().await;
    let id = town.ticket(town.ana, "Printer", "a").await;
    let writing = async {
        for n in 0..30 {
            town.does(town.agent, says(id, NewComment::note(n.to_string()))).await;
        }
    };
    let verifying = async {
        for _ in 0..10 {
            town.verified().await;
        }
    };
    tokio::join!(writing, verifying);
}
