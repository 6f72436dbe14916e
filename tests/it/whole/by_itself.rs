//! What goes on without the person: timers, and what was sent when they leave.

use super::{Desk, quit};

const MAP: &str = r#"[ticket]
subject = "title"
description = "text"
status = "status"
created_at = "at"
requester.name = "who"
requester.email = "mail"
"#;

const ROWS: &str = "title,text,status,at,who,mail
Old question,Which one?,pending,2025-02-03,Léa Petit,lea@acme.example
Old answer,Done.,solved,2025-02-03,Léa Petit,lea@acme.example
";

/// R172, R173, R177, D9, D10: nobody asks for it. It is an end user who has the program open, and what is overdue comes to
/// its end before their eyes.
#[test]
fn what_is_due_happens_while_the_program_is_open() {
    let desk = Desk::new();
    desk.home.write("map.toml", MAP);
    desk.home.write("old.csv", ROWS);
    let ran = desk.run("ana", &["import", "--format", "csv", "--map", "map.toml", "old.csv"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let statuses =
        |desk: &Desk| ["2", "3"].map(|id| desk.json("marc", &["ticket", "show", id])["ticket"]["status"].clone());
    assert_eq!(statuses(&desk), ["pending", "solved"], "both are overdue");
    let lea = desk.screen("lea");
    for subject in ["Old question", "Old answer"] {
        lea.wait("the closed row", |screen| {
            screen.contents().lines().any(|row| row.contains(subject) && row.contains("▪ Closed"))
        });
    }
    assert!(lea.text().lines().any(|row| row.contains("Printer jams") && row.contains("Open")), "{}", lea.text());
    quit(&lea);
    assert_eq!(statuses(&desk), ["closed", "closed"]);
    let events = desk.json("marc", &["ticket", "events", "2"]);
    let last = events["audits"].as_array().and_then(|audits| audits.last()).expect("an audit");
    assert_eq!((&last["via"]["channel"], &last["author_id"]), (&"rule".into(), &(-1).into()), "{last}");
    assert_eq!(desk.json("ana", &["timer", "run"])["ran"].as_array().map(Vec::len), Some(0), "nothing is left to do");
}

/// D33: whoever sends and leaves at once has sent, once, and nothing of it waits as a draft.
#[test]
fn what_was_sent_is_sent_when_one_quits_at_once() {
    let desk = Desk::new();
    for text in ["one", "two", "three"] {
        let marc = desk.open("marc");
        marc.keys("r");
        marc.wait_for("PUBLIC REPLY");
        marc.type_text(text);
        marc.wait_for(text);
        // ctrl-s and ctrl-c: both are there before the first of them has done anything.
        marc.send([b'\x13', b'\x03']);
        assert_eq!(marc.exit(), 0);
        assert_eq!(desk.drafts("marc"), [], "{text}");
    }
    let said: Vec<String> = desk.said("1").into_iter().map(|(_, text)| text).collect();
    assert_eq!(said, ["Since Monday", "one", "two", "three"]);
}
