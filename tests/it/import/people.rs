//! Whom an import makes, who they are in the account, and that all of it is the account's, whoever imports.

use super::running::{Reads, all, csv_input, csv_of, github_input, imports, json_input, people, zendesk_input};
use crate::support::town::{Town, changes};
use guichet::client::{Error, PeopleAsk};
use guichet::domain::act::{Change, Deed, PersonChange};
use guichet::domain::id::{GroupId, PersonId};
use guichet::domain::person::{Person, Role};
use guichet::domain::refusal::Refusal;
use guichet::domain::status::Status;
use guichet::domain::ticket::Ticket;

async fn person(town: &Town, id: PersonId) -> Person {
    town.as_(town.agent).people(PeopleAsk::Ids(vec![id])).await.expect("a page").rows.remove(0)
}

/// The ticket of that number in the file.
fn numbered<'t>(tickets: &'t [Ticket], number: &str) -> &'t Ticket {
    tickets.iter().find(|one| one.external_id.as_deref() == Some(number)).expect("it was taken over")
}

/// Every format, and among the rows some without requester, without number and without a time.
async fn another_admin_finds_all_of_it(town: &Town, input: Reads) {
    let first = imports(town, town.admin, input()).await;
    let second = town.person("Sam Second", "sam@velo.example", Role::Admin, None).await;
    let before = (all(town).await, people(town).await);
    town.wait(guichet::domain::time::Span::minutes(7));
    let again = imports(town, second, input()).await;
    let format = input().format;
    assert_eq!((again.progress.made, again.progress.known), (0, first.progress.made), "{format}: {:?}", again.faults);
    assert_eq!((again.faults, again.suspended), (first.faults, 0), "{format}");
    assert_eq!((all(town).await, people(town).await), before, "{format}");
    town.verified().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_admin_who_runs_the_same_file_doubles_nothing() {
    let formats: [Reads; 4] = [csv_input, json_input, github_input, zendesk_input];
    for input in formats {
        another_admin_finds_all_of_it(&Town::sqlite().await, input).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_admin_who_runs_the_same_file_doubles_nothing_on_postgres_either() {
    let town = Town::pg().await;
    another_admin_finds_all_of_it(&town, csv_input).await;
    town.store.close().await;
}

/// Nobody gets in by standing in a file; but what they did there stays theirs, and work goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn agents_of_an_import_begin_suspended_and_keep_what_they_did() {
    let town = Town::sqlite().await;
    let report = imports(&town, town.admin, zendesk_input()).await;
    assert_eq!((report.suspended, report.left_out), (1, vec![]));
    let tickets = all(&town).await;
    let closed = numbered(&tickets, "1");
    let max = person(&town, closed.assignee.expect("Max's")).await;
    assert_eq!((max.name.as_str(), max.role, max.suspended), ("Max", Role::Agent, true));
    assert!(!person(&town, closed.requester).await.suspended, "who only asks may go on asking");
    let thread = town.as_(town.agent).ticket(closed.id, 10).await.expect("the ticket");
    assert_eq!(thread.comments[1].author, max.id);
    assert_eq!(thread.names.people[&max.id], "Max");
    let said = crate::support::town::says(closed.id, guichet::domain::comment::NewComment::note("Me"));
    assert_eq!(town.tries(max.id, said).await.map(|_| ()), Err(Error::Refused(Refusal::Suspended)));

    let open = csv_of("7,Jam,x,2025-02-03,Léa,lea@shop.example,Max,max@velo.example,\n");
    assert_eq!(imports(&town, town.admin, open).await.suspended, 1);
    let tickets = all(&town).await;
    let jam = numbered(&tickets, "7");
    assert!(jam.assignee.is_some());
    town.reply(town.agent, jam.id, "It goes on.").await;
    town.does(town.agent, changes(jam.id, Change { group: Some(Some(GroupId(1))), ..Change::status(Status::Pending) }))
        .await;
    let change = PersonChange { suspended: Some(false), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: max.id, change }).await;
    town.as_(max.id).session().await.expect("an admin let Max in");
}

/// Without address and number a name is all there is to know somebody by.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_alone_is_one_person_however_often_it_stands_there() {
    let rows = "1,Jam,x,2025-02-03,Léa,,Max,,noted\n\
                2,Door,x,2025-02-04,léa ,,Léa,,\n\
                3,Lamp,x,2025-02-04,Max,,,,\n";
    let longer = format!("{rows}4,Bell,x,2025-02-05,LÉA,,max,,noted\n");
    let town = Town::sqlite().await;
    let before = people(&town).await;
    let report = imports(&town, town.admin, csv_of(rows)).await;
    assert_eq!((report.progress.made, report.suspended, report.left_out), (3, 2, vec![]));
    assert_eq!(people(&town).await, before + 2, "Léa and Max");
    let report = imports(&town, town.admin, csv_of(&longer)).await;
    assert_eq!((report.progress.made, report.progress.known, report.suspended), (1, 3, 0), "{:?}", report.faults);
    assert_eq!(people(&town).await, before + 2);
    let tickets = all(&town).await;
    let (jam, door, lamp, bell) =
        (numbered(&tickets, "1"), numbered(&tickets, "2"), numbered(&tickets, "3"), numbered(&tickets, "4"));
    assert_eq!([door.requester, bell.requester], [jam.requester; 2]);
    assert_eq!([Some(lamp.requester), bell.assignee], [jam.assignee; 2]);
    assert_eq!(door.assignee, Some(jam.requester), "Léa works tickets there, so she is an agent in every row");
}
