//! Stores from before an account had a set-up of its own.

use super::form::connect;
use crate::contract::schedules::set;
use crate::support::town::{Ground, Town};
use guichet::client::{ListAsk, Source};
use guichet::domain::act::{Change, Deed, OrganizationChange, PersonChange};
use guichet::domain::id::{FieldId, TicketId};
use guichet::domain::setup::{Document, Item, ItemKind};
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use guichet::store::FaultKind;
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

/// What cannot be read of its settings is told, and nothing is done by what a new account would have instead.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_with_settings_that_cannot_be_read_is_damaged() {
    let town = Town::sqlite().await;
    town.store.close().await;
    for (items, settings) in [
        ("DELETE FROM items;", "not even JSON"),
        ("DELETE FROM items;", "{\"end_after\":\"2 days\"}"),
        ("DELETE FROM items;", "{\"pending_end\":\"gone\"}"),
        ("", "{\"sign_up\":\"everybody\"}"),
        ("", "{\"notices_per_hour\":-1}"),
    ] {
        let mut conn = connect(&town).await;
        let sql = format!("{items} UPDATE account SET settings = '{settings}'");
        raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.expect("changed");
        let opened = guichet::store::Store::open(&town.ground.url()).await;
        assert_eq!(opened.err().map(|fault| fault.kind), Some(FaultKind::Damaged), "{settings}");
        raw_sql("UPDATE account SET settings = '{}'").execute(&mut conn).await.expect("changed back");
    }
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

/// What an account from before translations looks like: no kind, field or text has any, and one of each has been changed.
const UNTRANSLATED: &str = "UPDATE account SET stock = 0; \
    UPDATE items SET body = json_remove(body, '$.translations') WHERE kind IN ('kind', 'field'); \
    UPDATE items SET body = json_remove(body, '$.texts.fr', '$.texts.it') WHERE kind = 'text'; \
    UPDATE items SET body = json_set(body, '$.guidance', 'Any problem with hardware.') \
        WHERE kind = 'kind' AND json_extract(body, '$.slug') = 'hardware'; \
    UPDATE items SET body = json_set(body, '$.name', 'Programs') \
        WHERE kind = 'kind' AND json_extract(body, '$.slug') = 'software'; \
    UPDATE items SET body = json_set(body, '$.title', 'What it is about') \
        WHERE kind = 'field' AND json_extract(body, '$.slug') = 'subject'; \
    UPDATE items SET body = json_set(body, '$.texts.en.body', 'Yes!') \
        WHERE kind = 'text' AND json_extract(body, '$.slug') = 'answered'";

/// R153, R158-R162: an account from before there were translations gets them where it says what a new one does; what an
/// admin has said in other words stays alone, and what is taken away later does not come back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_gets_translations_of_what_nobody_changed() {
    let mut town = Town::sqlite().await;
    let mut conn = connect(&town).await;
    raw_sql(UNTRANSLATED).execute(&mut conn).await.expect("an older store");
    town.store.close().await;
    town.store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
    assert_eq!(languages(&town, ItemKind::Kind).await, "critical:fr,it feature:fr,it hardware:fr,it software:");
    let fields = languages(&town, ItemKind::Field).await;
    assert!(fields.starts_with("subject: description:fr,it status:fr,it"), "{fields}");
    let texts = languages(&town, ItemKind::Text).await;
    assert!(texts.contains("request-received:en,fr,it") && texts.contains("answered:en assigned:"), "{texts}");
    let session = town.as_(town.admin).session().await.expect("a session");
    assert!(session.kinds[2].guidance.starts_with("Something wrong with a device"), "{:?}", session.kinds[2]);
    raw_sql("UPDATE items SET body = json_remove(body, '$.translations') WHERE kind = 'kind'")
        .execute(&mut conn)
        .await
        .expect("without");
    town.store.close().await;
    town.store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
    assert_eq!(languages(&town, ItemKind::Kind).await, "critical: feature: hardware: software:");
    town.verified().await;
    town.store.close().await;
}

/// The things of a kind with the languages in which they are said: `critical:fr,it feature:`.
async fn languages(town: &Town, kind: ItemKind) -> String {
    let items = town.as_(town.admin).items(kind).await.expect("the things");
    let tags = |item: &Item| -> Vec<String> {
        match item {
            Item::Kind(one) => one.translations.keys().cloned().collect(),
            Item::Field(one) => one.translations.keys().cloned().collect(),
            Item::Text(one) => one.bodies.keys().cloned().collect(),
            _ => Vec::new(),
        }
    };
    items.iter().map(|item| format!("{}:{}", item.name(), tags(item).join(","))).collect::<Vec<_>>().join(" ")
}

/// What an account from before tickets were found by the fields of people looks like.
const UNFOUND: &str = "UPDATE account SET stock = 1; DELETE FROM person_fields; DELETE FROM organization_fields";

/// In an older file too tickets are found by what their requesters and organizations hold.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_of_an_older_file_are_found_by_the_fields_of_people() {
    let town = Town::sqlite().await;
    let found = furnished(&town).await;
    let mut conn = connect(&town).await;
    raw_sql(UNFOUND).execute(&mut conn).await.expect("an older store");
    is_found(town, found).await;
}

/// The same on a server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_of_an_older_database_are_found_by_the_fields_of_people() {
    let town = Town::pg().await;
    let found = furnished(&town).await;
    let Ground::Pg(database) = &town.ground else { panic!("a server") };
    let mut conn = database.connect().await;
    raw_sql(UNFOUND).execute(&mut conn).await.expect("an older store");
    is_found(town, found).await;
}

/// A person who holds a text, of an organization that holds a number; and which of two tickets is theirs.
async fn furnished(town: &Town) -> TicketId {
    let field = |of: &str, slug: &str| Document::default().with("slug", slug).with("of", of).with("title", slug);
    let tier = set(town, ItemKind::Field, 0, &field("person", "tier").with("type", "text")).await;
    let size = set(town, ItemKind::Field, 0, &field("organization", "size").with("type", "integer")).await;
    let found = town.ticket(town.ana, "Printer", "a").await;
    town.ticket(town.cleo, "Lock", "b").await;
    let fields = [(FieldId(tier.id), "Gold".into())].into();
    let change = PersonChange { fields, ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    let fields = [(FieldId(size.id), "250".into())].into();
    let change = OrganizationChange { fields, ..OrganizationChange::default() };
    town.does(town.admin, Deed::UpdateOrganization { organization: town.station, change }).await;
    for (slug, when) in [("gold", "field tier is gold"), ("large", "field size > 100")] {
        set(town, ItemKind::View, 0, &Document::default().with("slug", slug).with("when", when)).await;
    }
    found
}

async fn is_found(mut town: Town, id: TicketId) {
    let lists = async |town: &Town| {
        let mut all = Vec::new();
        for view in ["gold", "large"] {
            let ask = ListAsk::first(Source::View(view.to_owned()));
            let rows = town.as_(town.agent).tickets(ask).await.expect("a page").rows;
            all.push(rows.into_iter().map(|row| row.id).collect::<Vec<_>>());
        }
        all
    };
    assert_eq!(lists(&town).await, [vec![], vec![]], "as it was before");
    town.store.close().await;
    town.store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
    assert_eq!(lists(&town).await, [vec![id], vec![id]]);
    town.verified().await;
    town.store.close().await;
}
