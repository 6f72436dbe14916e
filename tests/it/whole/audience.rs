//! Reply and note: the title says who will see it, and a note's words never come near its ticket's requester.

use super::{Desk, quit};

/// Signs that stand nowhere else on any screen, so that each of them alone would betray the note.
const MARK: &str = "ЖΨΩ";

/// Z01; R109, R110: a note is for agents only.
#[test]
fn a_note_is_named_as_such_and_no_byte_of_it_reaches_the_requester() {
    let desk = Desk::new();
    let marc = desk.open("marc");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY — Léa Petit and the agents will see this");
    marc.type_text(MARK);
    marc.wait_for(MARK);
    marc.keys("ctrl-t");
    marc.wait_for("INTERNAL NOTE — only agents will see this");
    marc.wait_for(MARK);
    marc.keys("ctrl-s");
    marc.wait_for("Internal note added to #1.");
    marc.keys("i");
    marc.wait_for("INTERNAL NOTE — only agents will see this");
    marc.keys("ctrl-t");
    marc.wait_for("PUBLIC REPLY — Léa Petit and the agents will see this");
    marc.type_text("We are on it");
    marc.wait_for("We are on it");
    marc.keys("ctrl-s");
    marc.wait_for("Public reply sent on #1.");
    marc.wait_for("Conversation 3");
    quit(&marc);
    let note = (false, MARK.to_owned());
    assert_eq!(desk.said("1"), [(true, "Since Monday".to_owned()), note, (true, "We are on it".to_owned())]);

    let lea = desk.screen("lea");
    lea.wait_for("We are on it");
    lea.keys("enter");
    lea.wait_for("Conversation 2");
    lea.wait_for("We are on it");
    lea.keys("k k k j j j g g G d d");
    lea.keys("r");
    lea.wait_for("REPLY — you and the support team will see this");
    lea.keys("alt-q");
    lea.wait_for("> We are on it");
    // To an end user the key for notes and the one for their kind mean nothing.
    lea.keys("ctrl-t");
    lea.type_text(" and thanks");
    lea.wait_for("and thanks");
    lea.wait_for("REPLY — you and the support team will see this");
    quit(&lea);
    let written = String::from_utf8(lea.raw()).expect("the screen is UTF-8");
    assert_eq!(written.matches(|sign| MARK.contains(sign)).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// R126: what the requester searches tells nothing of a note.
#[test]
fn a_requesters_search_finds_no_word_of_a_note() {
    let desk = Desk::new();
    desk.json("marc", &["ticket", "note", "1", "--body", "zanzibar"]);
    desk.json("marc", &["ticket", "reply", "1", "--body", "madagascar"]);
    let lea = desk.screen("lea");
    lea.keys("/");
    lea.type_text("madagascar");
    lea.wait_for("Printer jams");
    lea.keys("ctrl-u");
    lea.wait_gone("madagascar");
    lea.type_text("zanzibar");
    lea.wait_for("Nothing found.");
    quit(&lea);
    let marc = desk.screen("marc");
    marc.keys("/");
    marc.type_text("zanzibar");
    marc.wait("the search's hit", |screen| {
        let text = screen.contents();
        text.contains("zanzibar") && text.contains("Printer jams") && text.contains('1')
    });
    quit(&marc);
}
