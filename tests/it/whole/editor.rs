//! What is written in one's editor for the command line is kept until it is sent (Z07).

use super::{DATABASE, Desk, address};

impl Desk {
    /// Runs a command in a terminal, with an editor that does to the text what the script says (`$1` is the file).
    fn edit(&self, who: &str, script: &str, args: &[&str]) -> (i32, String) {
        let editor = self.home.write("editor.sh", format!("#!/bin/sh\n{script}\n"));
        let who = address(who);
        let args = [&DATABASE[..], &["--as", &who], args].concat();
        let editor = format!("sh {}", editor.display());
        let terminal = self.home.program(&args).size(250, 30).var("EDITOR", &editor).start();
        (terminal.exit(), terminal.text())
    }
}

#[test]
fn z07_a_refused_text_is_a_draft_and_is_sent_by_one_word() {
    let desk = Desk::new();
    let write = "printf 'a long answer' >> \"$1\"";
    let (status, said) = desk.edit("marc", write, &["ticket", "reply", "1", "--if-version", "99"]);
    assert_eq!(status, 5, "{said}");
    assert!(said.contains("kept as the draft reply-1") && said.contains("--draft"), "{said}");
    assert_eq!(desk.drafts("marc"), [("reply-1".to_owned(), "a long answer".to_owned())]);
    // Left without a change: nothing is sent by that, and the draft stays.
    let (status, said) = desk.edit("marc", "true", &["ticket", "reply", "1"]);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("Nothing was changed"), "{said}");
    assert_eq!((desk.drafts("marc").len(), desk.said("1").len()), (1, 1));
    // It goes on in the editor, and a failure in between keeps what was added.
    let add = "printf ', and more' >> \"$1\"";
    assert_eq!(desk.edit("marc", add, &["ticket", "reply", "1", "--if-version", "99"]).0, 5);
    assert_eq!(desk.drafts("marc")[0].1, "a long answer, and more");
    let ran = desk.run("marc", &["ticket", "reply", "1", "--draft"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert_eq!(desk.said("1").pop(), Some((true, "a long answer, and more".to_owned())));
    assert_eq!(desk.drafts("marc"), []);
    assert_eq!(desk.run("marc", &["ticket", "reply", "1", "--draft"]).status, Some(3));
}

/// A note's text is no reply's, and a new request keeps its subject; a draft of another one stays as it is.
#[test]
fn z07_each_text_is_kept_for_what_it_was_written() {
    let desk = Desk::new();
    let closed = desk.json("lea", &["request", "new", "--kind", "hardware", "--subject", "Old", "--body", "x"]);
    assert_eq!(closed["request"]["id"], 2);
    desk.json("ana", &["ticket", "merge", "2", "--into", "1"]);
    let (status, said) = desk.edit("marc", "printf secret >> \"$1\"", &["ticket", "note", "2"]);
    assert!(status == 1 && said.contains("#2 is closed"), "{said}");
    assert_eq!(desk.drafts("marc"), [("note-2".to_owned(), "secret".to_owned())]);

    let new = ["request", "new", "--subject", "Wheels"];
    let (status, said) = desk.edit("lea", "printf round >> \"$1\"", &new);
    assert!(status == 1 && said.contains("kept as the draft new"), "{said}");
    let (status, said) = desk.edit("lea", "printf square >> \"$1\"", &["request", "new", "--subject", "Doors"]);
    assert!(status == 1 && said.contains("unsent/request-"), "{said}");
    let folder = desk.home.state().join("guichet/unsent");
    let file = std::fs::read_dir(&folder).expect("a folder").next().expect("one").expect("a file").path();
    assert_eq!(std::fs::read_to_string(file).expect("text"), "square");
    let shown = desk.json("lea", &["draft", "show", "new"]);
    assert_eq!((&shown["draft"]["body"], &shown["draft"]["fields"]["subject"]), (&"round".into(), &"Wheels".into()));
    let sent = desk.json("lea", &[&new[..], &["--kind", "hardware", "--draft"]].concat());
    let number = sent["request"]["id"].to_string();
    assert_eq!(desk.said(&number), [(true, "round".to_owned())]);
    assert_eq!(desk.drafts("lea"), []);
}

/// A store that takes no writes any more when the text is ready.
#[test]
fn z07_a_store_that_cannot_be_written_costs_no_word() {
    let desk = Desk::new();
    // While one writes the room for the program's files gets less: enough for a draft, too little for the store.
    let script = "printf 'a long answer' >> \"$1\"; prlimit --pid $PPID --fsize=8192";
    let (status, said) = desk.edit("marc", script, &["ticket", "reply", "1"]);
    assert_eq!(status, 6, "{said}");
    assert!(said.contains("kept as the draft reply-1"), "{said}");
    assert_eq!(desk.drafts("marc"), [("reply-1".to_owned(), "a long answer".to_owned())]);
    assert_eq!(desk.said("1").len(), 1);
}
