//! Pasted text is text: it triggers no key and sends nothing.

use super::{Desk, quit};

const PASTED: &str = "first line\rq d c\x13\x03\x04\x1b\rlast line";

/// Lines, letters that are keys, ctrl-s, ctrl-c, Esc: in a list they do nothing at all.
#[test]
fn a_paste_into_a_list_or_a_ticket_triggers_nothing() {
    let desk = Desk::new();
    let marc = desk.screen("marc");
    marc.wait_for("Since Monday");
    marc.send(format!("\x1b[200~{PASTED}\x1b[201~"));
    marc.keys("?");
    marc.wait_for("Tab by its number");
    marc.keys("q");
    marc.wait("the list as it was", |screen| {
        let text = screen.contents();
        let list = text.contains("Guichet · Acme") && text.contains("Unassigned 1") && text.contains("i note");
        list && !text.contains("first line") && !text.contains("Tab by its number")
    });
    marc.keys("enter");
    marc.wait_for("Conversation 1");
    marc.wait_for("Since Monday");
    marc.send(format!("\x1b[200~{PASTED}\x1b[201~"));
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    assert!(!marc.text().contains("first line"), "{}", marc.text());
    quit(&marc);
    assert_eq!((desk.said("1").len(), desk.drafts("marc").len()), (1, 0));
}

/// Z07: what was pasted is what is sent, without what a terminal would obey.
#[test]
fn a_paste_into_the_composer_is_text_and_only_ctrl_s_sends_it() {
    let desk = Desk::new();
    let marc = desk.open("marc");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    marc.send(format!("\x1b[200~{PASTED}\x1b[201~"));
    marc.wait_for("last line");
    marc.keys("enter alt-enter enter");
    marc.type_text("signed");
    marc.wait_for("signed");
    assert_eq!(desk.said("1").len(), 1, "nothing sends but the key for it");
    marc.keys("ctrl-s");
    marc.wait_for("Public reply sent on #1.");
    quit(&marc);
    let (public, text) = desk.said("1").pop().expect("the reply");
    assert!(public && text.starts_with("first line\nq d c") && text.contains("last line\n"), "{text:?}");
    assert!(text.ends_with("signed"), "{text:?}");
    assert!(!text.contains(|sign: char| sign.is_control() && sign != '\n'), "{text:?}");
}

/// Into the one line of a subject several lines go as one.
#[test]
fn a_paste_into_the_form_is_text_and_submits_nothing() {
    let desk = Desk::new();
    let lea = desk.screen("lea");
    lea.keys("c");
    lea.wait_for("Critical / SEV");
    lea.keys("enter");
    lea.wait_for("Subject *");
    lea.send(format!("\x1b[200~{PASTED}\x1b[201~"));
    lea.wait_for("first line q d c");
    lea.wait_for("last line");
    quit(&lea);
    assert_eq!(desk.json("lea", &["request", "list"])["requests"].as_array().map(Vec::len), Some(1));
    assert_eq!(desk.drafts("lea").len(), 1);
}
