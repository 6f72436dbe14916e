//! An end user submits and finds again what was submitted.

use super::{Desk, quit};

/// Z12, R156: both on the first page by one key; R158: four kinds; R164: one's own list; Enter never sends.
#[test]
fn an_end_user_submits_a_request_and_finds_it_in_their_list() {
    let desk = Desk::new();
    let lea = desk.screen("lea");
    lea.wait_for("My requests 1");
    lea.keys("c");
    for kind in ["Critical / SEV", "Feature request", "Hardware issue", "Software issue"] {
        lea.wait_for(kind);
    }
    lea.keys("down down enter");
    lea.wait_for("Subject *");
    lea.wait_for("Hardware issue");
    lea.type_text("Broken wheel\n");
    lea.wait_for("Broken wheel");
    lea.keys("ctrl-s");
    lea.wait("the cursor in the description", |screen| (5..18).contains(&screen.cursor_position().0));
    assert_eq!(subjects(&desk), ["Printer jams"], "a description is missing, nothing is submitted");
    lea.type_text("It wobbles\n\nsince Monday");
    lea.wait_for("since Monday");
    assert_eq!(subjects(&desk), ["Printer jams"], "Enter never sends");
    lea.keys("ctrl-s");
    lea.wait_for("Submitted as #2");
    let listed = desk.json("lea", &["request", "list"]);
    let first = &listed["requests"][0];
    assert_eq!((&first["id"], &first["subject"]), (&2.into(), &"Broken wheel".into()));
    assert_eq!((&first["kind"], &first["status"]), (&"hardware".into(), &"open".into()), "R158, R170: {first}");
    assert_eq!(desk.said("2"), [(true, "It wobbles\n\nsince Monday".to_owned())]);
    assert_eq!(desk.drafts("lea"), [], "what is sent is no draft any more");
    lea.keys("enter");
    lea.wait_for("Conversation 1");
    lea.keys("q");
    lea.wait_for("My requests 2");
    // A new row does not move the one under the cursor: it waits above.
    lea.keys("g g");
    lea.wait_for("2  Broken wheel");
    quit(&lea);
}

fn subjects(desk: &Desk) -> Vec<String> {
    let listed = desk.json("lea", &["request", "list"]);
    let requests = listed["requests"].as_array().expect("requests").iter();
    requests.map(|one| one["subject"].as_str().expect("a subject").to_owned()).collect()
}
