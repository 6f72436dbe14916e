//! A password typed at the terminal.

use super::{DATABASE, Desk, address};

/// Nothing of it is shown, typed differently nothing is set, and the terminal is left as it was found.
#[test]
fn a_password_is_typed_twice_and_shown_never() {
    let desk = Desk::new();
    let lea = address("lea");
    let args = [&DATABASE[..], &["--as", &lea, "person", "password"]].concat();
    for (again, said, status) in [("correct horse\r", "The password is set.", 0), ("wrong horse\r", "not the same", 2)]
    {
        let terminal = desk.home.program(&args).start();
        terminal.wait_for("Password:");
        terminal.send(b"correct horsf\x7fe\r".to_vec());
        terminal.wait_for("The same again:");
        terminal.send(again.as_bytes().to_vec());
        terminal.wait_for(said);
        assert_eq!(terminal.exit(), status);
        assert!(!String::from_utf8_lossy(&terminal.raw()).contains("horse"));
        assert_eq!(terminal.left_behind(), Vec::<String>::new());
    }
    let terminal = desk.home.program(&args).start();
    terminal.wait_for("Password:");
    terminal.send(b"half\x03".to_vec());
    terminal.wait_for("Nothing was typed");
    assert_eq!((terminal.exit(), terminal.left_behind()), (2, Vec::new()));
}

/// Whatever ends or stops the program while a password is typed: what is typed afterwards is shown again.
#[test]
fn a_signal_while_a_password_is_typed_leaves_the_terminal_as_it_was() {
    let desk = Desk::new();
    let lea = address("lea");
    let args = [&DATABASE[..], &["--as", &lea, "person", "password"]].concat();
    for (signal, status) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let terminal = desk.home.program(&args).start();
        terminal.wait_for("Password:");
        terminal.send(b"half".to_vec());
        terminal.signal(signal);
        assert_eq!(terminal.exit(), status, "{signal}");
        assert_eq!(terminal.left_behind(), Vec::<String>::new(), "{signal}");
    }
    let terminal = desk.home.program(&args).start();
    terminal.wait_for("Password:");
    terminal.signal("TSTP");
    terminal.wait_stopped();
    assert_eq!(terminal.left_behind(), Vec::<String>::new());
    terminal.resume();
    let begun = std::time::Instant::now();
    while terminal.left_behind().is_empty() {
        assert!(begun.elapsed().as_secs() < 20, "it hides nothing again");
        std::thread::yield_now();
    }
    terminal.send(b"correct horse\r".to_vec());
    terminal.wait_for("The same again:");
    terminal.send(b"correct horse\r".to_vec());
    terminal.wait_for("The password is set.");
    assert_eq!((terminal.exit(), terminal.left_behind()), (0, Vec::new()));
    assert!(!String::from_utf8_lossy(&terminal.raw()).contains("horse"));
}
