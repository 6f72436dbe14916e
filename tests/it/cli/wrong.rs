//! Command lines that are wrong, and streams that are gone.

use super::{Home, refused};
use std::process::Stdio;

#[test]
fn a_wrong_command_line_ends_with_2_and_does_nothing() {
    let home = Home::new();
    for args in [
        &["tickt", "list"][..],
        &["ticket", "show", "one"],
        &["ticket", "update", "1", "--status", "done"],
        &["ticket", "update", "1", "--due", "tomorrow"],
        &["ticket", "update", "1", "--requester", "nobody"],
        &["ticket", "reply", "1", "--body", "a", "--body-file", "b"],
        &["ticket", "list", "--limit", "0"],
        &["draft", "drop", "letter-1"],
        &["timer", "run", "--at", "later"],
    ] {
        refused(&home.run(args), 2, "");
    }
}

#[test]
fn without_a_terminal_and_a_command_the_help_is_printed_and_the_status_is_2() {
    let ran = Home::new().run(&[]);
    assert_eq!(ran.status, Some(2), "{ran:?}");
    assert!(ran.err.contains("Usage: guichet"), "{ran:?}");
}

#[test]
fn who_names_no_store_or_nobody_is_told_how() {
    let home = Home::new();
    refused(&home.run(&["ticket", "list"]), 2, "--database");
    refused(&home.run(&["ticket", "list", "--database", "sqlite:a.db"]), 2, "--as");
    refused(&home.run(&["ticket", "list", "--database", "sqlite:a.db", "--as", "ana"]), 2, "ana is no mail address");
}

#[test]
fn output_that_nobody_reads_ends_the_run_quietly() {
    let home = Home::new();
    let mut child = home
        .command(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn no_log_is_written_unless_it_is_asked_for() {
    let home = Home::new();
    let log = home.state().join("guichet/guichet.log");
    home.run(&["config", "path"]);
    assert!(!log.exists());
    home.run(&["config", "path", "-v"]);
    assert!(std::fs::read_to_string(log).expect("a log").contains("started"));
}
