//! Nothing typed is ever lost (Z07).

use super::{Desk, quit};

/// What is on the screen is kept: the program may end the moment after, and be killed at that.
#[test]
fn z07_what_is_on_the_screen_survives_kill_9_on_its_ticket_and_kind() {
    let desk = Desk::new();
    desk.request("Door code");
    let mut expected = String::new();
    for part in ["one ", "two ", "three "] {
        let marc = desk.open("marc");
        marc.keys("i");
        marc.wait_for("INTERNAL NOTE");
        marc.wait_for(expected.trim_end());
        marc.keys("ctrl-end");
        marc.type_text(part);
        expected.push_str(part);
        marc.wait_for(expected.trim_end());
        marc.signal("KILL");
        assert_eq!(marc.exit(), 137);
    }
    let (place, body) = desk.drafts("marc").pop().expect("one draft");
    assert!(place.starts_with("note-"), "{place}");
    assert_eq!(body.trim_end(), expected.trim_end());
    let marc = desk.open("marc");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    assert!(!marc.text().contains("three"), "a note's draft is no reply's:\n{}", marc.text());
    quit(&marc);
    assert_eq!(desk.said("1").len() + desk.said("2").len(), 2, "nothing was sent");
}

/// Z07: Esc, quit, a signal; and the draft of the form.
#[test]
fn z07_what_is_written_survives_esc_quit_and_signals() {
    let desk = Desk::new();
    let lea = desk.open("lea");
    lea.keys("r");
    lea.wait_for("REPLY");
    lea.type_text("half a sen");
    lea.wait_for("half a sen");
    lea.keys("esc");
    lea.wait_for("Kept as a draft.");
    lea.keys("r");
    lea.wait_for("half a sen");
    lea.type_text("tence");
    quit(&lea);
    assert_eq!(desk.drafts("lea"), [("reply-1".to_owned(), "half a sentence".to_owned())]);

    let lea = desk.open("lea");
    lea.keys("r");
    lea.wait_for("half a sentence");
    lea.type_text(", whole");
    lea.wait_for("whole");
    lea.signal("TERM");
    assert_eq!(lea.exit(), 143);
    assert_eq!(desk.drafts("lea"), [("reply-1".to_owned(), "half a sentence, whole".to_owned())]);

    let lea = desk.screen("lea");
    lea.keys("c");
    lea.wait_for("Critical / SEV");
    lea.keys("enter");
    lea.wait_for("Subject *");
    lea.type_text("Wheels");
    lea.wait_for("Wheels");
    lea.signal("KILL");
    assert_eq!(lea.exit(), 137);
    let lea = desk.screen("lea");
    lea.keys("c");
    lea.wait_for("Wheels");
    quit(&lea);
    assert_eq!(desk.drafts("lea").len(), 2);
}

/// Z07: a refused send. A colleague closes the ticket for good while its answer is being written.
#[test]
fn z07_a_refused_send_keeps_the_text() {
    let desk = Desk::new();
    desk.request("Door code");
    let marc = desk.screen("marc");
    marc.keys("/");
    marc.type_text("printer");
    marc.wait("the one hit", |screen| {
        let text = screen.contents();
        text.contains("Search: printer") && text.contains("1  Printer jams") && !text.contains("Door code")
    });
    marc.keys("enter");
    marc.wait_for("Conversation 1");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    marc.type_text("a long answer");
    marc.wait_for("a long answer");
    desk.json("ana", &["ticket", "merge", "1", "--into", "2"]);
    marc.keys("ctrl-s");
    marc.wait_for("#1 is closed");
    quit(&marc);
    assert_eq!(desk.drafts("marc"), [("reply-1".to_owned(), "a long answer".to_owned())]);
    assert!(desk.said("1").iter().all(|(_, text)| text != "a long answer"));
}

/// Z07: a form of the set-up too.
#[test]
fn z07_a_form_of_the_set_up_survives_kill_9() {
    let desk = Desk::new();
    let ana = desk.screen("ana");
    ana.keys("g a enter");
    ana.wait_for("Critical");
    ana.keys("c");
    ana.wait_for("Name in scripts");
    ana.type_text("night-shift");
    ana.wait_for("night-shift");
    ana.signal("KILL");
    assert_eq!(ana.exit(), 137);
    let ana = desk.screen("ana");
    ana.keys("g a enter");
    ana.wait_for("Critical");
    ana.keys("c");
    ana.wait_for("night-shift");
    ana.keys("esc");
    ana.wait_for("Something wrong with a device");
    ana.keys("q");
    ana.wait_for("Kinds and forms   ");
    ana.keys("q");
    ana.wait_for("c new");
    ana.keys("D");
    ana.wait_for("Kinds and forms · night-shift");
    quit(&ana);
    assert_eq!(desk.drafts("ana").len(), 1);
    assert!(desk.drafts("ana")[0].0.starts_with("form-kind-0"));
}
