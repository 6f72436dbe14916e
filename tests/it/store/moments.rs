//! The moments of tickets in a store that is older than they are.

use super::form::connect;
use crate::support::town::{Ground, Town};
use guichet::domain::act::{Change, Deed, NewTicket};
use guichet::domain::audience::Viewer;
use guichet::domain::comment::NewComment;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use guichet::store::Reader;
use sqlx::raw_sql;

const SQLITE: &str = include_str!("../../../assets/migrations/sqlite/0002_moments.sql");
const POSTGRES: &str = include_str!("../../../assets/migrations/postgres/0002_moments.sql");

/// As a store of before was: without the columns, and without the entry into statuses from which no timer counts.
const BEFORE: &str = "ALTER TABLE tickets DROP COLUMN assigned_at; ALTER TABLE tickets DROP COLUMN requester_said_at;
    ALTER TABLE tickets DROP COLUMN assignee_said_at;
    UPDATE tickets SET status_since = NULL WHERE status IN (0, 1, 3)";

/// Tickets that went from hand to hand, and spoke in between.
async fn lived_in(ground: Ground) -> Town {
    let town = Town::on(ground).await;
    let assign = |to: Option<PersonId>| Change { assignee: Some(to), ..Change::default() };
    let status = |to: Status| Change { status: Some(to), ..Change::default() };
    let steps: [&[Change]; 4] = [
        &[assign(Some(town.agent)), status(Status::Hold), status(Status::Open), assign(Some(town.other_agent))],
        &[status(Status::Pending), assign(Some(town.other_agent)), assign(None), status(Status::Open)],
        &[Change { requester: Some(PersonRef::Id(town.cleo)), assignee: Some(Some(town.agent)), ..Change::default() }],
        &[],
    ];
    for changes in steps {
        let id = town.ticket(town.ana, "Printer", "down").await;
        for change in changes {
            town.wait(Span::minutes(7));
            town.change(id, change.clone()).await;
            town.wait(Span::minutes(-3));
            town.note(id, "Seen.").await;
        }
        town.wait(Span::hours(1));
        let requester = if changes.iter().any(|one| one.requester.is_some()) { town.cleo } else { town.ana };
        town.reply(requester, id, "Still down.").await;
        town.reply(town.other_agent, id, "I look at it.").await;
    }
    let mut private = NewTicket::new("Toner", NewComment::note("Empty"));
    private.requester = Some(PersonRef::Id(town.ben));
    private.assignee = Some(town.agent);
    town.does(town.admin, Deed::CreateTicket(Box::new(private))).await;
    town.verified().await;
    town
}

/// A store made before tickets had these moments tells all of them once it is opened: each as its history says, which
/// the check of a store compares.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_learns_the_moments_from_its_histories() {
    let town = lived_in(Ground::sqlite()).await;
    let mut conn = connect(&town).await;
    raw_sql(BEFORE).execute(&mut conn).await.expect("columns gone");
    raw_sql(SQLITE).execute(&mut conn).await.expect("columns back");
    tells(&town).await;
}

/// The same on a server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_database_learns_the_moments_from_its_histories() {
    let town = lived_in(Ground::pg()).await;
    let Ground::Pg(database) = &town.ground else { panic!("a server") };
    let mut conn = database.connect().await;
    raw_sql(BEFORE).execute(&mut conn).await.expect("columns gone");
    raw_sql(POSTGRES).execute(&mut conn).await.expect("columns back");
    tells(&town).await;
}

async fn tells(town: &Town) {
    let store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
    assert_eq!(store.verify(|_| ()).await.expect("an answer").faults, []);
    let viewer = Viewer::admin(town.admin);
    let person = store.people_by_ids(&viewer, &[town.admin]).await.expect("people").pop().expect("the admin");
    let reader = Reader { viewer, person, now: town.now(), as_requester: false };
    let one = store.find_ticket(&reader, TicketId(1)).await.expect("an answer").expect("the first ticket");
    assert!(one.assigned_at > Some(one.created_at), "{one:?}");
    assert!(one.requester_said_at > one.assigned_at && one.assignee_said_at >= one.requester_said_at, "{one:?}");
    assert!(one.status_at > one.created_at, "{one:?}");
    store.close().await;
}
