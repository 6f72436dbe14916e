//! Several accounts side by side, in one program.

use super::{Desk, FILE, quit};

const CONFIG: &str = ".config/guichet/config.toml";

/// From one account to another with the ticket that waits there, and back by way of one that cannot be entered.
#[test]
fn one_goes_from_account_to_account() {
    let desk = Desk::new();
    desk.json("marc", &["ticket", "update", "1", "--assignee", "me"]);
    desk.home.write(
        CONFIG,
        "profile = \"marc\"\n\
         [profiles.marc]\ndatabase = \"sqlite:acme.db\"\nas = \"marc@acme.example\"\n\
         [profiles.lea]\ndatabase = \"sqlite:acme.db\"\nas = \"lea@acme.example\"\n\
         [profiles.away]\nurl = \"http://127.0.0.1:1\"\nas = \"lea@acme.example\"\ntoken_command = \"echo secret\"\n",
    );
    let terminal = desk.home.program(&[] as &[&str]).start();
    terminal.wait_for("Marc Oni · agent");
    terminal.type_text("ge");
    terminal.wait_for("All accounts");
    terminal.wait_for("Acme · Léa Petit · 1 waits for you");
    terminal.wait_for("cannot be reached");
    // away, lea, her request
    terminal.keys("j");
    terminal.keys("j");
    terminal.keys("enter");
    terminal.wait_for("Léa Petit");
    terminal.wait_for("Since Monday");
    quit(&terminal);
    assert!(!String::from_utf8_lossy(&terminal.raw()).contains("secret"));
    assert_eq!(desk.files(), [FILE]);
}
