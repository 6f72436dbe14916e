//! The demo asks whom to be, and one can be somebody else afterwards.

use super::quit;
use crate::support::dirs::Home;

/// Z12: the same program for agents and for requesters.
#[test]
fn the_demo_asks_whom_to_be_and_lets_one_be_somebody_else() {
    let home = Home::new();
    let args = ["demo", "--tickets", "30", "--seed", "7"];
    let demo = home.program(&args).start();
    demo.wait_for("Who do you want to be?");
    demo.wait_for("Claire Morel");
    demo.keys("esc");
    assert_eq!(demo.exit(), 0);
    assert_eq!(demo.left_behind(), Vec::<String>::new());

    let people = home.run(&["demo", "--tickets", "30", "--seed", "7", "--json"]);
    let people: serde_json::Value = serde_json::from_str(&people.out).expect("JSON");
    let users = people["users"].as_array().expect("users");
    let end_user = users.iter().find(|one| one["role"] == "end-user").expect("an end user");
    let name = end_user["name"].as_str().expect("a name");

    let demo = home.program(&args).start();
    demo.wait_for("Who do you want to be?");
    demo.keys("enter");
    demo.wait_for("Claire Morel · admin");
    demo.wait_for("Unassigned");
    demo.keys(":");
    demo.type_text("somebody else");
    demo.wait_for("Be somebody else");
    demo.keys("enter");
    demo.wait_for("Who do you want to be?");
    demo.type_text(name);
    demo.keys("enter");
    demo.wait_for(&format!("{name} · end user"));
    demo.wait_for("My requests");
    quit(&demo);
}
