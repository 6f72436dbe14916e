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

const REPORT_SQLITE: &str = include_str!("../../../assets/migrations/sqlite/0008_report.sql");
const REPORT_POSTGRES: &str = include_str!("../../../assets/migrations/postgres/0008_report.sql");

/// As a store of before reports was.
const BEFORE_REPORTS: &str = "DROP INDEX tickets_by_creation; DROP INDEX tickets_by_solution;
    ALTER TABLE tickets DROP COLUMN first_answered_at; ALTER TABLE tickets DROP COLUMN solved_at;
    ALTER TABLE tickets DROP COLUMN reopened";

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
    answered(&town).await;
    town.verified().await;
    town
}

/// What reports count: who answers and who does not, what is solved, reopened, ended, and a note made of a reply (R127).
async fn answered(town: &Town) {
    let solved = || Change::status(Status::Solved);
    let copied = Change {
        add_ccs: vec![PersonRef::Id(town.ben), PersonRef::Id(town.other_agent)],
        assignee: Some(Some(town.agent)),
        ..Change::default()
    };
    let id = town.ticket(town.ana, "Lock", "It sticks.").await;
    town.change(id, copied.clone()).await;
    for person in [town.ben, town.other_agent, town.agent, town.ana] {
        town.wait(Span::minutes(11));
        town.reply(person, id, "Words.").await;
    }
    for _ in 0..2 {
        town.wait(Span::hours(2));
        town.change(id, solved()).await;
        town.wait(Span::hours(1));
        town.reply(town.ana, id, "It sticks again.").await;
    }
    town.change(id, solved()).await;
    town.wait(Span::days(5));
    town.as_(town.admin).run_timers(None, false, None).await.expect("closed");
    let own = town.ticket(town.ana, "Bell", "It is mute.").await;
    town.change(own, Change { assignee: Some(Some(town.other_agent)), ..copied }).await;
    town.change(own, Change { remove_ccs: [town.ben].into(), ..Change::default() }).await;
    town.wait(Span::minutes(5));
    town.reply(town.other_agent, own, "On my way.").await;
    let noted = town.ticket(town.ana, "Saddle", "It is torn.").await;
    let comment = town.as_(town.agent).ticket(noted, 1).await.expect("the ticket").comments[0].id;
    town.does(town.agent, Deed::MakeInternal { ticket: noted, comment }).await;
    town.wait(Span::minutes(9));
    town.reply(town.agent, noted, "Torn, yes.").await;
}

/// A store made before tickets had these moments tells all of them once it is opened: each as its history says, which
/// the check of a store compares.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_learns_the_moments_from_its_histories() {
    let town = lived_in(Ground::sqlite()).await;
    let mut conn = connect(&town).await;
    for (before, migration) in [(BEFORE, SQLITE), (BEFORE_REPORTS, REPORT_SQLITE)] {
        raw_sql(before).execute(&mut conn).await.expect("columns gone");
        raw_sql(migration).execute(&mut conn).await.expect("columns back");
    }
    tells(&town).await;
}

/// The same on a server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_database_learns_the_moments_from_its_histories() {
    let town = lived_in(Ground::pg()).await;
    let Ground::Pg(database) = &town.ground else { panic!("a server") };
    let mut conn = database.connect().await;
    for (before, migration) in [(BEFORE, POSTGRES), (BEFORE_REPORTS, REPORT_POSTGRES)] {
        raw_sql(before).execute(&mut conn).await.expect("columns gone");
        raw_sql(migration).execute(&mut conn).await.expect("columns back");
    }
    tells(&town).await;
}

async fn tells(town: &Town) {
    let store = guichet::store::Store::open(&town.ground.url()).await.expect("the store");
    assert_eq!(store.verify(|_| ()).await.expect("an answer").faults, []);
    let viewer = Viewer::admin(town.admin);
    let person = store.people_by_ids(&viewer, &[town.admin]).await.expect("people").pop().expect("the admin");
    let reader = Reader { viewer, person, now: town.now(), as_requester: false };
    let ticket = async |id| store.find_ticket(&reader, TicketId(id)).await.expect("an answer").expect("the ticket");
    let one = ticket(1).await;
    assert!(one.assigned_at > Some(one.created_at), "{one:?}");
    assert!(one.requester_said_at > one.assigned_at && one.assignee_said_at >= one.requester_said_at, "{one:?}");
    assert!(one.status_at > one.created_at, "{one:?}");
    let (private, lock, bell, noted) = (ticket(5).await, ticket(6).await, ticket(7).await, ticket(8).await);
    assert_eq!(private.first_answered_at, None);
    assert_eq!(noted.first_answered_at, Some(noted.created_at + Span::minutes(9)), "R127");
    assert_eq!(lock.first_answered_at, Some(lock.created_at + Span::minutes(33)), "by the third who spoke");
    assert_eq!((lock.reopened, lock.status()), (2, Status::Closed));
    assert_eq!(lock.solved_at, Some(lock.created_at + Span::minutes(44) + Span::hours(6)), "not when it was closed");
    assert!(lock.status_at > lock.solved_at.expect("solved") + Span::days(4));
    assert_eq!(bell.first_answered_at, Some(bell.created_at + Span::minutes(5)), "in copy, but theirs to answer");
    store.close().await;
}
