//! Texts from other people that are made to seize the terminal: the full screen writes none of it.

use super::{Desk, quit};
use crate::support::pty::Terminal;

/// What xterm and its kin obey, each with a sign that would be left of it.
const ATTACK: &str = "a\x1b]52;c;ZXZpbA==\x07b\x1b]0;pwned\x07c\x1b[21td\x1b[6ne\x1bPq#0\x1b\\f\x1b_G\x1b\\g\x1bch\x1b(0i\
    \x1b]8;;http://evil.example\x1b\\j\u{9b}2Jk\u{9d}52;c;ZXZpbA==\u{9c}l\u{202e}m\u{2066}n\u{200f}o\u{200b}p\u{feff}q\
    \x08\x08\x7f\x0b\x0c\x0e\x0f\u{85}r\u{2028}s\u{e0041}t";

/// The rules for texts of others: subject, name and comment in list, preview, ticket, history and search.
#[test]
fn no_byte_of_an_attack_reaches_the_terminal() {
    let desk = Desk::new();
    let subject = format!("zalgo e{} {ATTACK}", "\u{301}".repeat(150));
    desk.request(&subject);
    let mut body = format!("Since Monday {ATTACK}\n\u{0}nul\n");
    body.push_str(&"\u{301}".repeat(1_000_000));
    body.push('\n');
    body.push_str(&"x\x1b[31m".repeat(10 * 1024 * 1024 / 6));
    let args =
        ["--database", "sqlite:acme.db", "--as", "lea@acme.example", "request", "reply", "2", "--body-file", "-"];
    let ran = desk.home.run_with_input(&args, body);
    assert_eq!(ran.status, Some(0), "{:?}", ran.err);
    let lea = desk.home.program(&["--database", "sqlite:acme.db", "--as", "lea@acme.example"]).start();
    lea.wait_for("Printer jams");
    lea.wait_for("zalgo");
    lea.wait_for("Since Monday");
    lea.keys("enter");
    lea.wait_for("Conversation 2");
    lea.keys("G g g");
    lea.wait_for("zalgo");
    lea.keys("r");
    lea.wait_for("REPLY");
    quit(&lea);
    tame(&lea);
    let marc = desk.screen("marc");
    marc.wait_for("zalgo");
    marc.keys("/");
    marc.type_text("zalgo");
    marc.wait("the one hit", |screen| {
        let text = screen.contents();
        text.contains("Search: zalgo") && text.contains("2  zalgo") && !text.contains("Printer jams")
    });
    marc.keys("enter");
    marc.wait_for("Conversation 2");
    marc.keys("h");
    marc.wait_for("History");
    marc.keys("q");
    marc.wait_for("Conversation 2");
    marc.keys("r");
    marc.wait_for("PUBLIC REPLY");
    quit(&marc);
    tame(&marc);
}

/// Looks through every byte that the program has written.
fn tame(terminal: &Terminal) {
    assert_eq!(terminal.copied(), Vec::<String>::new(), "nothing was put on the clipboard");
    let written = String::from_utf8(terminal.raw()).expect("the screen is UTF-8");
    let mut rest = written.chars().peekable();
    let mut marks = 0;
    while let Some(sign) = rest.next() {
        match sign {
            '\x1b' => sequence(&mut rest),
            '\r' | '\n' => {}
            _ => {
                assert!(!sign.is_control(), "{sign:?} is written");
                let disguise = matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                    | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
                assert!(!disguise, "{sign:?} is written");
            }
        }
        marks = if sign == '\u{301}' { marks + 1 } else { 0 };
        assert!(marks <= 32, "a heap of combining marks is written");
    }
}

/// One escape sequence: of the kinds that a full screen needs, and the window's title with nothing of the attack.
fn sequence(rest: &mut impl Iterator<Item = char>) {
    match rest.next() {
        Some('[') => {
            let mut parameters = String::new();
            let end = loop {
                match rest.next() {
                    Some(sign @ ('0'..='9' | ';' | '?' | ':' | ' ' | '>' | '=')) => parameters.push(sign),
                    other => break other,
                }
            };
            let drawing =
                matches!(end, Some('H' | 'm' | 'h' | 'l' | 'J' | 'K' | 'q' | 'A' | 'B' | 'C' | 'D' | 'G' | 'X'));
            let title_stack = end == Some('t') && matches!(parameters.as_str(), "22;0" | "23;0");
            assert!(drawing || title_stack, "CSI {parameters} {end:?} is written");
        }
        Some(']') => {
            let title: String = rest.take_while(|sign| *sign != '\x07').collect();
            assert!(title.starts_with("0;"), "OSC {title} is written");
            assert!(!title.contains(|sign: char| sign.is_control()), "{title:?}");
        }
        other => panic!("ESC {other:?} is written"),
    }
}
