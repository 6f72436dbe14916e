//! The terminal is as before after every way out: line settings, alternate screen, cursor, paste mode, mouse.

use super::{Desk, quit};
use std::process::Stdio;

#[test]
fn the_terminal_is_as_before_after_every_signal_that_ends() {
    let desk = Desk::new();
    for (signal, status) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let lea = desk.screen("lea");
        assert_ne!(lea.switched_on(), Vec::<String>::new());
        lea.signal(signal);
        assert_eq!(lea.exit(), status, "{signal}");
        assert_eq!(lea.left_behind(), Vec::<String>::new(), "{signal}");
    }
}

#[test]
fn the_terminal_is_as_before_after_quitting_from_every_place() {
    let desk = Desk::new();
    for keys in ["", "c", "?", "/", ":", "enter", "f", "D"] {
        let lea = desk.screen("lea");
        lea.keys(keys);
        quit(&lea);
    }
    let lea = desk.screen("lea");
    lea.keys("alt-m");
    lea.wait_for("The mouse is");
    quit(&lea);
}

/// ctrl-z gives the terminal to the shell, `fg` takes it again with everything that was on it.
#[test]
fn a_stopped_program_leaves_the_terminal_and_comes_back_whole() {
    let desk = Desk::new();
    let lea = desk.open("lea");
    lea.keys("r");
    lea.wait_for("REPLY");
    lea.type_text("half a sen");
    lea.wait_for("half a sen");
    let modes = lea.switched_on();
    for stop_by_key in [true, false] {
        if stop_by_key {
            lea.keys("ctrl-z");
        } else {
            lea.signal("TSTP");
        }
        lea.wait_stopped();
        assert_eq!(lea.left_behind(), Vec::<String>::new());
        lea.resume();
        lea.wait_for("half a sen");
        assert_eq!(lea.switched_on(), modes);
        lea.type_text("t");
        lea.wait_for("half a sent");
    }
    quit(&lea);
    assert_eq!(desk.drafts("lea"), [("reply-1".to_owned(), "half a sentt".to_owned())]);
}

/// Whoever reads no further (`| head -1`) gets no complaint.
#[test]
fn a_closed_standard_output_ends_it_quietly() {
    let desk = Desk::new();
    for args in
        [&["ticket", "list"][..], &["ticket", "list", "--json"], &["ticket", "show", "1"], &["man"], &["--help"]]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let args = [&["--database", "sqlite:acme.db", "--as", "marc@acme.example"], args].concat();
        let mut command = desk.home.command(&args);
        let ended = command.stdout(writer).stderr(Stdio::piped()).output().expect("the program starts");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{args:?}");
        assert_eq!(ended.status.code(), Some(0), "{args:?}");
    }
}

/// Whoever copies the store's file after a clean end has everything.
#[test]
fn one_file_is_left_of_the_store() {
    let desk = Desk::new();
    for args in [&["ticket", "list"][..], &["ticket", "reply", "1", "--body", "On it"], &["ticket", "reply", "9"]] {
        desk.run("marc", args);
        assert_eq!(desk.files(), ["acme.db"], "{args:?}");
    }
    let marc = desk.open("marc");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    marc.type_text("From the screen");
    marc.wait_for("From the screen");
    marc.keys("ctrl-s");
    marc.wait_for("Public reply sent");
    quit(&marc);
    assert_eq!(desk.files(), ["acme.db"]);
    let marc = desk.screen("marc");
    marc.signal("TERM");
    assert_eq!(marc.exit(), 143);
    assert_eq!(desk.files(), ["acme.db"]);
    assert_eq!(desk.said("1").len(), 3);
}
