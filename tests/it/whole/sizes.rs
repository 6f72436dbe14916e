//! The window changes its size while something is being written.

use super::{Desk, quit};
use crate::support::pty::Terminal;

#[test]
fn nothing_is_lost_from_120x40_down_to_20x5_and_back() {
    let desk = Desk::new();
    let marc = desk.open("marc");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    marc.type_text("as wide as it gets");
    for (columns, rows) in [(120, 40), (46, 12), (250, 80), (80, 24)] {
        marc.resize(columns, rows);
        fills(&marc, columns, rows);
        marc.wait_for("as wide as it gets");
        marc.wait_for("PUBLIC REPLY");
    }
    marc.resize(20, 5);
    marc.wait_for("20x5");
    // What is typed blindly must not do anything unseen, but signals still end the program; and nothing is lost.
    marc.resize(80, 24);
    fills(&marc, 80, 24);
    marc.wait_for("as wide as it gets");
    marc.type_text(" again");
    marc.wait_for("as wide as it gets again");
    quit(&marc);
    assert_eq!(desk.drafts("marc"), [("reply-1".to_owned(), "as wide as it gets again".to_owned())]);
}

/// However often a key and a new size come at the same moment.
#[test]
fn a_new_size_is_seen_while_keys_are_typed() {
    let desk = Desk::new();
    let marc = desk.open("marc");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    for round in 0..20 {
        let (columns, rows) = if round % 2 == 0 { (100, 30) } else { (80, 24) };
        marc.send("x");
        marc.resize(columns, rows);
        fills(&marc, columns, rows);
        marc.wait_for(&format!("│ {} ", "x".repeat(round + 1)));
    }
    quit(&marc);
}

/// A program that starts in a window too small for it says so, and works when the window grows.
#[test]
fn a_window_too_small_gets_a_sentence() {
    let desk = Desk::new();
    let args = ["--database", "sqlite:acme.db", "--as", "lea@acme.example"];
    let lea = desk.home.program(&args).size(20, 5).start();
    lea.wait_for("20x5");
    lea.wait_for("46x12");
    lea.resize(46, 12);
    lea.wait_for("Printer jams");
    quit(&lea);
}

/// The frame is drawn for this size: who one is stands at the end of its first row, the hints in its last.
fn fills(terminal: &Terminal, columns: u16, rows: u16) {
    terminal.wait(&format!("a frame of {columns}x{rows}"), |screen| {
        let lines: Vec<String> = screen.rows(0, columns).collect();
        let wide = lines[0].trim_end().chars().count() + 2 >= usize::from(columns);
        wide && lines.len() == usize::from(rows) && !lines[usize::from(rows) - 1].trim().is_empty()
    });
}
