use guichet::domain::comment::Visibility;
use guichet::domain::status::{Priority, Status};
use guichet::domain::time::Timestamp;
use guichet::import::map::Map;
use guichet::import::record::Record;
use guichet::import::{Fault, Trouble, Why, csv, github, json, when, zendesk};

const MAP: &str = r#"
[ticket]
subject = "title"
description = "text"
external_id = "nr"
priority = { column = "urgency", map = { "1" = "urgent", "3" = "low" }, default = "normal" }
kind = { column = "category", map = { "Printer" = "hardware" }, default = "software" }
status = { column = "done", map = { "yes" = "solved" }, default = "open" }
created_at = "opened"
requester.name = "who"
requester.email = "mail"
tags = "labels"
group = { default = "Depot" }

[[comment]]
body = "answer"
public = { default = "false" }
"#;

fn map() -> Map {
    Map::parse(MAP).expect("the mapping is right")
}

fn csv_rows(text: &[u8]) -> Vec<Result<Record, Fault>> {
    csv::read("t.csv", text, &map()).expect("the file is readable").records
}

const HEADING: &str = "nr,title,text,urgency,category,done,opened,who,mail,labels,answer\n";

fn one(row: &str) -> Record {
    let mut rows = csv_rows(format!("{HEADING}{row}\n").as_bytes());
    rows.remove(0).expect("the row is right")
}

#[test]
fn a_mapping_turns_columns_into_a_ticket() {
    let record = one("7,Jam,\"Paper,\nstuck\",1,Printer,yes,2025-02-03 04:05:06,Léa,lea@shop.example,\"a b,c\",Done");
    assert_eq!(record.external_id.as_deref(), Some("7"));
    assert_eq!((record.subject.as_str(), record.status), ("Jam", Status::Solved));
    assert_eq!((record.priority, record.kind.as_deref()), (Some(Priority::Urgent), Some("hardware")));
    assert_eq!(record.created_at, Some(Timestamp(1_738_555_506_000)));
    assert_eq!(record.tags, ["a_b", "c"]);
    assert_eq!(record.group.as_deref(), Some("Depot"));
    assert_eq!(record.comments[0].body, "Paper,\nstuck");
    assert_eq!(record.comments[1].visibility, Visibility::Internal);
    assert_eq!(record.requester.and_then(|one| one.email).as_deref(), Some("lea@shop.example"));
}

#[test]
fn what_is_not_in_a_translation_takes_the_default() {
    let record = one("8,Jam,,2,Chair,no,,,,,");
    assert_eq!((record.priority, record.kind.as_deref()), (Some(Priority::Normal), Some("software")));
    assert_eq!(record.comments.len(), 1, "an empty answer is no comment");
    assert_eq!(record.comments[0].body, "Jam", "without description the title is said");
    assert_eq!((record.requester, record.created_at), (None, None));
}

#[test]
fn a_bad_row_is_named_by_its_line_and_stops_nothing() {
    let text = format!("{HEADING}1,,x,,,,,,,,\n2,T,x,,,,yesterday,,,,\n3,T\n4,Fine,x,,,,,,,,\n");
    let rows = csv_rows(text.as_bytes());
    let whys: Vec<_> = rows.iter().map(|row| row.as_ref().err().map(|fault| (fault.line, fault.why.clone()))).collect();
    assert_eq!(whys[0], Some((2, Why::Missing("subject"))));
    assert_eq!(whys[1], Some((3, Why::BadValue("created_at", "yesterday".into()))));
    assert_eq!(whys[2], Some((4, Why::BadValue("columns", "2 / 11".into()))));
    assert_eq!(whys[3], None);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = format!("{HEADING}1,a,\"x\ny\",,,,,,,,\n2,,x,,,,,,,,\n\n3,,x,,,,,,,,\n");
    for text in [text.clone(), text.replace('\n', "\r\n")] {
        let lines: Vec<_> =
            csv_rows(text.as_bytes()).iter().map(|row| row.as_ref().err().map(|fault| fault.line)).collect();
        assert_eq!(lines, [None, Some(4), Some(6)], "{text:?}");
    }
}

#[test]
fn invalid_utf8_is_refused_with_its_column() {
    let mut text = HEADING.as_bytes().to_vec();
    text.extend(b"1,caf\xe9,x,,,,,,,,\n2,ok,x,,,,,,,,\n");
    let rows = csv_rows(&text);
    assert_eq!(rows[0].as_ref().err().map(|fault| fault.why.clone()), Some(Why::NotText("title".into())));
    assert!(rows[1].is_ok());
}

#[test]
fn semicolons_tabs_and_a_byte_order_mark_are_understood() {
    for sign in [";", "\t"] {
        let text = format!("\u{feff}{HEADING}1,Jam,x,,,,,,,,\n").replace(',', sign);
        assert_eq!(csv_rows(text.as_bytes())[0].as_ref().map(|row| row.subject.as_str()), Ok("Jam"));
    }
}

#[test]
fn a_mapping_that_names_what_is_not_there_says_so_before_anything_is_imported() {
    let trouble = csv::read("t.csv", b"nr,title\n1,x\n", &map()).err();
    assert!(matches!(trouble, Some(Trouble::Columns { missing, .. }) if missing.contains("urgency")));
    assert!(matches!(Map::parse("[ticket]\nsubjekt = \"a\""), Err(Trouble::Map(why)) if why.contains("subjekt")));
}

#[test]
fn json_is_looked_into_by_paths_and_lists() {
    let map = Map::parse(
        "[ticket]\nsubject = \"name\"\nrequester.name = \"by.name\"\nrequester.external_id = \"by.id\"\n\
         [[comment]]\neach = \"events\"\nbody = \"detail\"\ncreated_at = \"at\"\npublic = { default = \"false\" }\n",
    )
    .expect("the mapping is right");
    let text =
        r#"[{"name":"Jam","by":{"id":12,"name":"Léa"},"events":[{"at":"2025-01-02","detail":"seen"},{"detail":""}]}]"#;
    let input = json::read("t.json", text.as_bytes(), &map).expect("the file is readable");
    let record = input.records[0].as_ref().expect("the row is right");
    assert_eq!(record.requester.as_ref().and_then(|one| one.external_id.as_deref()), Some("12"));
    assert_eq!(record.comments.len(), 2);
    assert_eq!(record.comments[1].at, Some(Timestamp(1_735_776_000_000)));
}

#[test]
fn json_lines_keep_their_line_numbers() {
    let map = Map::parse("[ticket]\nsubject = \"s\"\n").expect("the mapping is right");
    let input = json::read("t", b"{\"s\":\"a\"}\n\n{broken\n{\"s\":\"c\"}\n", &map).expect("the file is readable");
    let lines: Vec<_> = input.records.iter().map(|row| row.as_ref().err().map(|fault| fault.line)).collect();
    assert_eq!(lines, [None, Some(3), None]);
    for broken in [&b"[{\"s\":"[..], b"7", b"\xff\xfe", b""] {
        assert!(json::read("t", broken, &map).is_err());
    }
}

#[test]
fn an_issue_of_github_becomes_a_ticket_with_its_comments() {
    let text = r#"[{"number":5,"title":"Crash","body":"","state":"CLOSED","author":{"login":"ana"},
        "labels":[{"name":"good first issue"}],"assignees":[{"login":"marc","name":"Marc"}],
        "createdAt":"2024-05-06T07:08:09Z","closedAt":"2024-05-07T00:00:00Z",
        "comments":[{"author":null,"body":"same","createdAt":"2024-05-06T08:00:00Z"},{"author":null,"body":" "}]},
        {"number":"x"}]"#;
    let input = github::read("g.json", text.as_bytes()).expect("the file is readable");
    let record = input.records[0].as_ref().expect("the issue is right");
    assert_eq!((record.status, record.external_id.as_deref()), (Status::Closed, Some("5")));
    assert_eq!(record.tags, ["good_first_issue"]);
    assert_eq!(record.comments.len(), 2);
    assert_eq!(record.comments[0].body, "Crash");
    assert!(record.assignee.as_ref().is_some_and(|one| one.staff));
    assert!(matches!(&input.records[1], Err(Fault { line: 2, why: Why::Unreadable(_), .. })));
}

fn table(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

#[test]
fn the_tables_of_an_export_are_put_together_by_number() {
    let files = [
        table(
            "ticket.csv",
            "id,subject,description,status,priority,requester_id,submitter_id,assignee_id,group_id,is_public,created_at,updated_at,due_at\n\
             1,Jam,stuck,closed,high,10,10,20,30,TRUE,2020-01-01 00:00:00,2020-01-05 00:00:00,\n\
             2,Old,x,deleted,,10,10,,,TRUE,,,\n",
        ),
        table(
            "comment.csv",
            "id,ticket_id,body,user_id,public,created\n\
             2,1,noted,20,FALSE,2020-01-02 00:00:00\n1,1,stuck,10,TRUE,2020-01-01 00:00:00\n3,9,lost,10,TRUE,\n",
        ),
        table(
            "user.csv",
            "id,name,email,role,phone,organization_id\n10,Léa,lea@x.example,end-user,,40\n20,Marc,m@x.example,agent,,\n",
        ),
        table("group.csv", "id,name,created_at,updated_at,url\n30,Ops,,,\n"),
        table("organization.csv", "id,name,shared_tickets\n40,Shop,FALSE\n"),
        table("tag.csv", "tag,ticket_id\nvip,1\n"),
        table("other.csv", "a,b\n1,2\n"),
    ];
    let input = zendesk::read(&files).expect("there are tickets");
    let record = input.records.iter().find_map(|row| row.as_ref().ok()).expect("one is right");
    assert_eq!((record.group.as_deref(), record.tags.as_slice()), (Some("Ops"), &["vip".to_owned()][..]));
    let said: Vec<_> = record.comments.iter().map(|one| (one.body.as_str(), one.visibility)).collect();
    assert_eq!(said, [("stuck", Visibility::Public), ("noted", Visibility::Internal)], "said once, in order");
    assert_eq!(record.requester.as_ref().and_then(|one| one.organization.as_deref()), Some("Shop"));
    let faults: Vec<_> = input.records.iter().filter_map(|row| row.as_ref().err()).collect();
    assert_eq!(faults.len(), 2);
    assert!(faults.iter().any(|fault| fault.why == Why::BadValue("status", "deleted".into())));
    assert!(faults.iter().any(|fault| fault.why == Why::NoTicket("9".into()) && fault.line == 4));
    assert_eq!(zendesk::read(&files[1..]).err(), Some(Trouble::NoTickets));
}

#[test]
fn moments_are_read_in_the_forms_of_exports() {
    let day = Some(Timestamp(1_577_836_800_000));
    for text in [
        "2020-01-01T00:00:00Z",
        "2020-01-01 00:00:00.000",
        "2020-01-01",
        "2020-01-01T01:00:00+01:00",
        "1577836800",
        "01/01/2020 00:00",
    ] {
        assert_eq!(when::parse(text), day, "{text}");
    }
    for text in
        ["", "yesterday", "2020-13-01", "12", "9999999999999999", "+262142-12-31", "-262143-01-01", "0000-01-01"]
    {
        assert_eq!(when::parse(text), None, "{text}");
    }
}
