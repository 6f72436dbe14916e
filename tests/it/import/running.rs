//! Imports into an account: what is made, what a second run makes of it, what is told of bad rows.

use crate::support::town::Town;
use guichet::client::{Error, ListAsk, PeopleAsk, Source};
use guichet::domain::id::PersonId;
use guichet::domain::person::Role;
use guichet::domain::refusal::Refusal;
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Ticket;
use guichet::import::map::Map;
use guichet::import::{Fault, Input, Report, Why, csv, github, json, zendesk};
use std::sync::atomic::{AtomicBool, Ordering};

const MAP: &str = r#"
[ticket]
subject = "title"
description = "text"
external_id = "nr"
created_at = "opened"
requester.name = "who"
requester.email = "mail"
assignee.name = "agent"
assignee.email = "agent_mail"

[[comment]]
body = "answer"
public = { default = "false" }
"#;

/// A title, a text and a name that would do harm where they are taken for more than text.
const HOSTILE: &str = "\u{1b}]0;x\u{7}'); DROP TABLE tickets; -- \u{202e}=1+1";

fn map() -> Map {
    Map::parse(MAP).expect("the mapping is right")
}

pub fn csv_of(rows: &str) -> Input {
    let text = format!("nr,title,text,opened,who,mail,agent,agent_mail,answer\n{rows}");
    csv::read("t.csv", text.as_bytes(), &map()).expect("the file is readable")
}

/// Two tickets of one new person, one of nobody that is known, and a row without a title.
pub fn csv_input() -> Input {
    csv_of(&format!(
        "1,{HOSTILE},{HOSTILE},2025-02-03,{HOSTILE},lea@shop.example,Max,max@velo.example,noted\n\
         2,Jam,again,2025-02-04,Léa,LEA@shop.example,Max,max@velo.example,\n\
         3,,no title,2025-02-04,,,,,\n\
         4,Door,\"open,\n\"\"wide\"\"\",,,,,,\n"
    ))
}

pub fn json_input() -> Input {
    let line = |nr: u32, title: &str| {
        format!(
            "{{\"nr\":{nr},\"title\":{title:?},\"opened\":\"2025-02-03\",\"who\":\"Zoé\",\"mail\":\"zoe@shop.example\",\
             \"agent\":\"Max\",\"agent_mail\":\"max@velo.example\",\"answer\":\"noted\"}}\n"
        )
    };
    let text = line(1, "Jam") + "{broken\n" + &line(2, "'); DROP TABLE tickets; --");
    json::read("t.jsonl", text.as_bytes(), &map()).expect("the file is readable")
}

pub fn github_input() -> Input {
    let text = r#"[{"number":5,"title":"Crash","body":"\u001b[2J","state":"CLOSED","author":{"login":"ana"},
        "labels":[{"name":"good first issue"}],"assignees":[{"login":"max"}],"createdAt":"2024-05-06T07:08:09Z",
        "closedAt":"2024-05-07T00:00:00Z","comments":[{"author":{"login":"ana"},"body":"same","createdAt":"2024-05-06T08:00:00Z"}]},
        {"number":"x"}]"#;
    github::read("g.json", text.as_bytes()).expect("the file is readable")
}

pub fn zendesk_input() -> Input {
    let tables = [
        (
            "ticket.csv",
            "id,subject,description,status,priority,requester_id,submitter_id,assignee_id,group_id,is_public,created_at,updated_at,due_at\n\
             1,Jam,stuck,closed,high,10,10,20,30,TRUE,2020-01-01 00:00:00,2020-01-05 00:00:00,\n\
             2,Jam again,stuck,open,,10,10,,30,TRUE,2020-01-02 00:00:00,,\n\
             3,Old,x,deleted,,10,10,,,TRUE,,,\n",
        ),
        (
            "comment.csv",
            "id,ticket_id,body,user_id,public,created\n2,1,noted,20,FALSE,2020-01-02 00:00:00\n\
             1,1,stuck,10,TRUE,2020-01-01 00:00:00\n",
        ),
        (
            "user.csv",
            "id,name,email,role,phone,organization_id\n10,Noé,noe@x.example,end-user,,40\n20,Max,max@x.example,agent,,\n",
        ),
        ("group.csv", "id,name,created_at,updated_at,url\n30,Depot,,,\n"),
        ("organization.csv", "id,name,shared_tickets\n40,Shop,FALSE\n"),
    ];
    let files = tables.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    zendesk::read(&files).expect("there are tickets")
}

/// What makes the same input each time.
pub type Reads = fn() -> Input;

pub async fn imports(town: &Town, person: PersonId, input: Input) -> Report {
    let client = town.as_(person);
    let stop = AtomicBool::new(false);
    guichet::import::run(&*client, input, &|_| (), &stop).await.expect("the account takes it")
}

pub async fn all(town: &Town) -> Vec<Ticket> {
    town.as_(town.agent).tickets(ListAsk::first(Source::Search(String::new()))).await.expect("a page").rows
}

pub async fn people(town: &Town) -> usize {
    let ask = PeopleAsk::Role { role: None, after: None, limit: 100 };
    town.as_(town.agent).people(ask).await.expect("a page").rows.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_format_is_taken_over_once_however_often_it_runs() {
    let formats: [(Reads, u64, u64, usize); 4] =
        [(csv_input, 3, 1, 2), (json_input, 2, 1, 2), (github_input, 1, 1, 2), (zendesk_input, 2, 1, 2)];
    for (input, tickets, bad, new_people) in formats {
        let town = Town::sqlite().await;
        let before = people(&town).await;
        let report = imports(&town, town.admin, input()).await;
        let format = input().format;
        assert_eq!((report.progress.made, report.progress.refused), (tickets, bad), "{format}: {:?}", report.faults);
        assert_eq!(report.left_out, [], "{format}");
        let (made, known) = (all(&town).await, people(&town).await);
        assert_eq!((made.len() as u64, known), (tickets, before + new_people), "{format}: who is the same is one");
        town.wait(guichet::domain::time::Span::minutes(7));
        let again = imports(&town, town.admin, input()).await;
        assert_eq!((again.progress.made, again.progress.known), (0, tickets), "{format}: {:?}", again.faults);
        assert_eq!(again.faults, report.faults, "{format}");
        assert_eq!((all(&town).await, people(&town).await), (made, known), "{format}");
        town.verified().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_texts_are_taken_over_as_they_are() {
    let town = Town::sqlite().await;
    imports(&town, town.admin, csv_input()).await;
    let tickets = all(&town).await;
    let hostile = tickets.iter().find(|one| one.external_id.as_deref() == Some("1")).expect("it was taken over");
    assert_eq!(hostile.subject, HOSTILE);
    let thread = town.as_(town.agent).ticket(hostile.id, 10).await.expect("the ticket");
    assert_eq!(thread.comments[0].body, HOSTILE);
    assert_eq!(thread.names.people[&hostile.requester], HOSTILE);
    let theirs = town.as_(hostile.requester).request(hostile.id, 10).await.expect("the request");
    assert_eq!(theirs.comments.len(), 1, "the note is not theirs to read");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_assigned_is_an_agent_or_nobody() {
    let town = Town::sqlite().await;
    let report = imports(&town, town.admin, csv_input()).await;
    assert_eq!(report.left_out, []);
    for ticket in all(&town).await {
        let Some(assignee) = ticket.assignee else { continue };
        let rows = town.as_(town.agent).people(PeopleAsk::Ids(vec![assignee])).await.expect("a page").rows;
        assert_eq!(rows[0].role, Role::Agent);
    }
    let row = "9,Door,x,2025-02-03,Léa,lea@shop.example,Ana,ana@gare.example,\n";
    let report = imports(&town, town.admin, csv_of(row)).await;
    let why = Why::BadValue("assignee", "Ana".into());
    assert_eq!(report.left_out, [Fault { file: "t.csv".into(), line: 2, why }]);
    let tickets = all(&town).await;
    let taken = tickets.iter().find(|one| one.external_id.as_deref() == Some("9")).expect("it was taken over");
    assert_eq!(taken.assignee, None, "Ana is an end user here");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_row_is_told_and_stays_as_it_was() {
    let town = Town::sqlite().await;
    let row = |text: &str| csv_of(&format!("1,Jam,{text},2025-02-03,Léa,lea@shop.example,,,\n"));
    assert_eq!(imports(&town, town.admin, row("one")).await.progress.made, 1);
    let before = all(&town).await;
    let report = imports(&town, town.admin, row("two")).await;
    assert_eq!(report.faults, [Fault { file: "t.csv".into(), line: 2, why: Why::Changed }]);
    assert_eq!((report.progress.made, report.progress.refused), (0, 1));
    assert_eq!(all(&town).await, before);
}

/// A row without a date, and one without a number, are told too: nothing is silently taken for what was there before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_bears_the_key_of_another_is_always_told() {
    let town = Town::sqlite().await;
    let undated = |text: &str| csv_of(&format!("1,Jam,{text},,Léa,lea@shop.example,,,\n"));
    assert_eq!(imports(&town, town.admin, undated("one")).await.progress.made, 1);
    town.wait(guichet::domain::time::Span::minutes(3));
    assert_eq!(
        imports(&town, town.admin, undated("one")).await.progress.known,
        1,
        "the time of the run is not the row's"
    );
    for other in [undated("two"), csv_of("1,Jam,one,2025-02-03,Léa,lea@shop.example,,,\n")] {
        let report = imports(&town, town.admin, other).await;
        assert_eq!(report.faults, [Fault { file: "t.csv".into(), line: 2, why: Why::Changed }]);
        assert_eq!((report.progress.known, report.progress.made, report.progress.refused), (0, 0, 1));
    }
    // Three rows without a number that say the same; one is somebody else's.
    let rows = ",Door,x,,Léa,lea@shop.example,,,\n,Door,x,,Léa,lea@shop.example,,,\n,Door,x,,Noé,noe@shop.example,,,\n";
    for (made, known) in [(3, 0), (0, 3)] {
        let report = imports(&town, town.admin, csv_of(rows)).await;
        assert_eq!((report.progress.made, report.progress.known, report.faults), (made, known, Vec::new()));
    }
    assert_eq!(all(&town).await.len(), 4);
}

/// The same number in two systems is two tickets, when they have names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sources_with_names_have_numbers_of_their_own() {
    let town = Town::sqlite().await;
    let row = |text: &str, source: Option<&str>| Input {
        source: source.map(str::to_owned),
        ..csv_of(&format!("1,Jam,{text},,Léa,lea@shop.example,,,\n"))
    };
    for (text, source) in [("one", None), ("two", Some("old")), ("three", Some("new"))] {
        for (made, known) in [(1, 0), (0, 1)] {
            let report = imports(&town, town.admin, row(text, source)).await;
            assert_eq!((report.progress.made, report.progress.known), (made, known), "{source:?}: {:?}", report.faults);
        }
    }
    assert_eq!(imports(&town, town.admin, row("four", Some("old"))).await.progress.refused, 1);
    assert_eq!(all(&town).await.len(), 3);
}

/// R126: what does not say that requesters may read it, they may not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_comment_that_does_not_say_whose_it_is_is_a_note() {
    let town = Town::sqlite().await;
    let map = |public: &str| {
        let text = format!("[ticket]\nsubject = \"title\"\n\n[[comment]]\nbody = \"answer\"\npublic = {public}\n");
        Map::parse(&text).expect("the mapping is right")
    };
    for (nr, (public, cell, notes)) in [
        ("\"open\"", "true", 0),
        ("\"open\"", "", 1),
        ("{ column = \"open\", map = { Y = \"true\" } }", "N", 1),
        ("{ column = \"open\", map = { Y = \"true\" } }", "Y", 0),
    ]
    .into_iter()
    .enumerate()
    {
        let text = format!("title,answer,open\nJam {nr},said,{cell}\n");
        let input = csv::read("t.csv", text.as_bytes(), &map(public)).expect("the file is readable");
        assert_eq!(imports(&town, town.admin, input).await.progress.made, 1);
        let ticket = all(&town).await.into_iter().find(|one| one.subject == format!("Jam {nr}")).expect("the ticket");
        assert_eq!(ticket.comments - ticket.public_comments, notes, "{public} {cell:?}");
    }
    for (says, public) in [("TRUE", true), ("1", true), ("FALSE", false), ("f", false), ("0", false), ("", false)] {
        let text = format!("id,subject,description,status,requester_id,is_public\n{says}7,Jam,secret,open,10,{says}\n");
        let input = zendesk::read(&[("ticket.csv".to_owned(), text.into_bytes())]).expect("there are tickets");
        assert_eq!(imports(&town, town.admin, input).await.progress.made, 1, "{says}");
        let number = format!("{says}7");
        let tickets = all(&town).await;
        let ticket = tickets.iter().find(|one| one.external_id.as_deref() == Some(&number)).expect("the ticket");
        assert_eq!(ticket.is_public(), public, "{says}");
    }
}

/// A label that cannot be taken over is told, not cut.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_label_that_is_too_long_is_left_out_and_told() {
    let town = Town::sqlite().await;
    let map = Map::parse("[ticket]\nsubject = \"title\"\ntags = \"labels\"\n").expect("the mapping is right");
    let long = "x".repeat(81);
    let text = format!("title,labels\nJam,\"printer, {long}, a?b\"\n");
    let input = csv::read("t.csv", text.as_bytes(), &map).expect("the file is readable");
    let report = imports(&town, town.admin, input).await;
    assert_eq!(report.left_out, [Fault { file: "t.csv".into(), line: 2, why: Why::BadValue("tags", long) }]);
    let tickets = all(&town).await;
    assert_eq!(tickets[0].tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["a_b", "printer"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_import_goes_on_where_it_was() {
    let town = Town::sqlite().await;
    let rows: Vec<String> = (1..=70).map(|n| format!("{n},Jam {n},x,2025-02-03,Léa,lea@shop.example,,,\n")).collect();
    let rows = rows.concat();
    let stop = AtomicBool::new(false);
    let client = town.as_(town.admin);
    let tell = |_| stop.store(true, Ordering::Relaxed);
    let first = guichet::import::run(&*client, csv_of(&rows), &tell, &stop).await.expect("the account");
    assert!(first.stopped && first.progress.made > 0 && first.progress.made < 70, "{:?}", first.progress);
    let second = imports(&town, town.admin, csv_of(&rows)).await;
    assert_eq!((second.progress.known, second.progress.made), (first.progress.made, 70 - first.progress.made));
    assert!(!second.stopped);
    assert_eq!(all(&town).await.len(), 70);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_admins_import() {
    let town = Town::sqlite().await;
    let row = || csv_of("1,Jam,x,2025-02-03,Ana,ana@gare.example,,,\n");
    let report = imports(&town, town.agent, row()).await;
    let refused = Why::Refused(Error::Refused(Refusal::Role { needs: Role::Admin }));
    assert_eq!(report.faults.iter().map(|fault| &fault.why).collect::<Vec<_>>(), [&refused]);
    assert_eq!(all(&town).await, []);
}
