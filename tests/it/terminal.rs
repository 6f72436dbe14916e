//! The pseudo-terminal of the tests, tried with small shell scripts instead of the program.

use crate::support::pty::{Program, Terminal};

fn shell(script: &str) -> Terminal {
    Program::new("/bin/sh").args(&["-c", script]).var("PATH", "/usr/bin:/bin").var("TERM", "xterm-256color").start()
}

#[test]
fn what_a_program_prints_is_on_the_screen_and_its_exit_status_is_seen() {
    let terminal = shell("printf '\\033[31mred\\033[0m and plain'; exit 3");
    assert_eq!(terminal.exit(), 3);
    assert_eq!(terminal.text().lines().next(), Some("red and plain"));
    assert_eq!(terminal.screen().cell(0, 0).expect("a cell").fgcolor(), vt100::Color::Idx(1));
    assert_eq!(terminal.raw(), b"\x1b[31mred\x1b[0m and plain");
    assert_eq!(terminal.left_behind(), Vec::<String>::new());
}

#[test]
fn keys_and_typed_text_reach_the_program() {
    let terminal = shell("read -r line; echo \"<$line>\"; stty raw -echo; printf ready; head -c 9 | od -An -c");
    terminal.type_text("hello\n");
    terminal.wait_for("<hello>");
    terminal.wait_for("ready");
    terminal.keys("up ctrl-s alt-x é f5");
    terminal.wait_for("033   [   A 023 033   x 303 251 033");
}

#[test]
fn pasted_text_is_marked_only_when_the_program_asked_for_that() {
    let terminal = shell(
        "stty -echo; echo plain; read -r a; printf '\\033[?2004h'; echo marked; read -r b; echo \"$a|$b\" | cat -v",
    );
    terminal.wait_for("plain");
    terminal.paste("one\n");
    terminal.wait_for("marked");
    terminal.paste("two");
    terminal.keys("enter");
    terminal.wait_for("one|^[[200~two^[[201~");
    assert_eq!(terminal.switched_on(), ["bracketed paste"]);
}

#[test]
fn the_terminal_answers_where_the_cursor_is_and_what_it_is() {
    let terminal = shell(
        "stty raw -echo; printf '\\033[3;7H\\033[6n'; head -c 6 | od -An -c; printf '\\033[c'; head -c 9 | od -An -c",
    );
    terminal.wait_for("033   [   3   ;   7   R");
    terminal.wait_for("033   [   ?   6   2   ;   2   2   c");
}

#[test]
fn a_frame_is_looked_at_only_when_it_is_complete() {
    let terminal = shell("printf '\\033[?2026hhalf'; read -r go; printf ' whole\\033[?2026l'; read -r go");
    terminal.wait_for_bytes(b"half");
    terminal.keys("enter");
    terminal.wait("a frame", |screen| screen.contents().contains("half"));
    assert!(terminal.text().contains("whole"), "{}", terminal.text());
}

#[test]
fn a_new_size_reaches_the_program() {
    let terminal = shell("trap 'stty size' WINCH; stty size; while :; do read -r line; done");
    terminal.wait_for("24 80");
    terminal.resize(100, 30);
    terminal.keys("enter");
    terminal.wait_for("30 100");
}

#[test]
fn what_a_killed_program_leaves_switched_on_is_told() {
    let terminal = shell(
        "stty -echo; printf '\\033[?1049h\\033[?25l\\033[?1003h\\033[?1004h\\033[>1u\\033[1mready'; read -r line",
    );
    terminal.wait_for("ready");
    terminal.signal("KILL");
    assert_eq!(terminal.exit(), 137);
    let left = terminal.left_behind().join("\n");
    for part in ["alternate screen", "hidden cursor", "mouse", "coloured", "protocols: 1", "mode 1004", "line settings"]
    {
        assert!(left.contains(part), "no word of {part} in:\n{left}");
    }
}

#[test]
fn a_program_can_be_stopped_and_brought_back() {
    let terminal = shell("echo working; read -r line; echo \"got $line\"");
    terminal.wait_for("working");
    terminal.keys("ctrl-z");
    terminal.wait_stopped();
    terminal.resume();
    terminal.type_text("more\n");
    terminal.wait_for("got more");
    assert_eq!(terminal.exit(), 0);
}

#[test]
#[should_panic(expected = "before it ended with 4")]
fn a_wait_for_what_never_comes_ends_with_the_program() {
    shell("exit 4").wait_for("never");
}
