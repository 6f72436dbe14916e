//! Signing in to another server's account by what is typed, and what is said where that does not go.

use super::remote::{PASSWORD, Server};
use super::{DATABASE, Desk, address};
use crate::support::dirs::{Home, Ran};
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

/// Signs in as somebody by what they type.
fn signs_in(home: &Home, url: &str, who: &str, more: &[&str], typed: &str) -> Ran {
    let args = ["--as", &address(who), "sign-in", url, "--name", "acme"];
    home.run_with_input(&[&args[..], more].concat(), format!("{typed}\n"))
}

/// What is kept of sign-ins, and which profiles there are.
fn kept(home: &Home) -> (Vec<std::path::PathBuf>, Value) {
    let files = std::fs::read_dir(home.state().join("guichet/sign-in")).into_iter().flatten();
    let files = files.map(|file| file.expect("a file").path()).filter(|path| path.extension() == Some("json".as_ref()));
    let list = home.run(&["profile", "list", "--json"]);
    let list: Value = serde_json::from_str(&list.out).unwrap_or_else(|error| panic!("{error}: {list:?}"));
    (files.collect(), list["profiles"].clone())
}

#[track_caller]
fn refused(home: &Home, ran: &Ran, status: i32, sentence: &str) {
    assert_eq!((ran.status, ran.out.as_str()), (Some(status), ""), "{ran:?}");
    assert!(ran.err.contains(sentence), "{ran:?}");
    assert_eq!(kept(home), (Vec::new(), Value::Array(Vec::new())), "nothing is kept");
}

/// Somebody's password from now on.
fn sets(desk: &Desk, who: &str, password: &str) {
    let address = address(who);
    let args = [&DATABASE[..], &["--as", "ana@acme.example", "person", "password", &address]].concat();
    let ran = desk.home.run_with_input(&args, format!("{password}\n"));
    assert_eq!(ran.status, Some(0), "{ran:?}");
}

fn token(desk: &Desk, who: &str) -> String {
    let ran = desk.run("ana", &["person", "token", &address(who)]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    ran.out.split_whitespace().last().expect("a token").to_owned()
}

#[test]
fn an_agent_signs_in_by_a_token() {
    let desk = Desk::new();
    let server = Server::start(&desk, 0);
    let (away, token) = (Home::new(), token(&desk, "marc"));
    let ran = signs_in(&away, &server.url, "marc", &["--token"], &token);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(
        ran.out.contains("Marc Oni is signed in to Acme") && ran.err.contains("which only you can read"),
        "{ran:?}"
    );
    assert!(!format!("{ran:?}").contains(&token));
    let who = away.run(&["whoami", "--json"]);
    assert!(who.out.contains("marc@acme.example"), "{who:?}");
    let (files, profiles) = kept(&away);
    assert_eq!((files.len(), profiles[0]["keeps"].as_str()), (1, Some("file")));
    let list = away.run(&["profile", "list"]);
    assert!(list.out.contains("a file"), "{list:?}");
    // It is gone from here, and goes on being good elsewhere.
    let out = away.run(&["sign-out"]);
    assert_eq!((out.status, kept(&away).0.len()), (Some(0), 0), "{out:?}");
    assert_eq!(signs_in(&away, &server.url, "marc", &["--token"], &token).status, Some(0));
}

#[test]
fn an_end_user_signs_in_by_a_password() {
    let desk = Desk::new();
    let server = Server::start(&desk, 0);
    for who in ["lea", "marc"] {
        sets(&desk, who, PASSWORD);
    }
    let away = Home::new();
    refused(&away, &signs_in(&away, &server.url, "lea", &["--password"], "not it, no"), 4, "signed in");
    refused(&away, &signs_in(&away, &server.url, "nobody", &["--password"], PASSWORD), 4, "signed in");
    refused(&away, &signs_in(&away, &server.url, "lea", &["--token"], PASSWORD), 4, "signed in");
    // Who works for the account comes by a browser or by a token.
    refused(&away, &signs_in(&away, &server.url, "marc", &["--password"], PASSWORD), 4, "signed in");
    let ran = signs_in(&away, &server.url, "lea", &["--password"], PASSWORD);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let shown = away.run(&["request", "list"]);
    assert!(shown.out.contains("Printer jams"), "{shown:?}");
    // A password that is another one now is good no longer.
    sets(&desk, "lea", "another one, and long");
    let ran = away.run(&["whoami"]);
    assert_eq!(ran.status, Some(4), "{ran:?}");
}

#[test]
fn who_answers_must_be_a_help_desk() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut asked = [0; 4096];
            let count = stream.read(&mut asked).unwrap_or(0);
            assert!(!String::from_utf8_lossy(&asked[..count]).to_lowercase().contains("authorization"));
            let body = "<h1>Wel\u{1b}[2Jcome</h1>";
            let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
            stream.write_all(format!("{head}content-type: text/html\r\n\r\n{body}").as_bytes()).ok();
        }
    });
    let away = Home::new();
    refused(&away, &signs_in(&away, &url, "marc", &["--token"], "secret"), 6, "no account of a help desk");
    refused(&away, &signs_in(&away, "http://127.0.0.1:1", "marc", &["--token"], "secret"), 6, "cannot be reached");
    refused(&away, &signs_in(&away, "http://help.example", "marc", &["--token"], "secret"), 6, "https://");
    refused(&away, &signs_in(&away, "no address", "marc", &["--token"], "secret"), 6, "is none");
    let nobody = away.run_with_input(&["sign-in", &url, "--token"], "secret\n");
    refused(&away, &nobody, 6, "no account of a help desk");
}

/// Where there is no keyring that is said at once, and whoever does not insist has a file.
#[test]
fn a_keyring_that_is_not_there_is_not_waited_for() {
    let desk = Desk::new();
    let server = Server::start(&desk, 0);
    let (away, token) = (Home::new(), token(&desk, "marc"));
    let begun = Instant::now();
    let insists = signs_in(&away, &server.url, "marc", &["--token", "--keep", "keyring"], &token);
    let expected = if cfg!(feature = "desktop") { (1, "does not answer") } else { (2, "built without") };
    refused(&away, &insists, expected.0, expected.1);
    let ran = signs_in(&away, &server.url, "marc", &["--token"], &token);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert_eq!((ran.status, kept(&away).0.len()), (Some(0), 1), "{ran:?}");
    assert_eq!(ran.err.contains("keyring"), cfg!(feature = "desktop"), "{ran:?}");
    assert_eq!(away.run(&["whoami"]).status, Some(0));
    // A profile whose sign-in lies in a keyring says so where there is none.
    let config = std::fs::read_to_string(away.config().join("guichet/config.toml")).expect("a configuration");
    away.write(".config/guichet/config.toml", format!("{config}keeps = \"keyring\"\n"));
    let ran = away.run(&["whoami"]);
    assert!(ran.status != Some(0) && ran.err.contains("--keep file"), "{ran:?}");
    let list = away.run(&["profile", "list"]);
    assert!(list.out.contains("the keyring"), "{list:?}");
}

/// Somebody answers for the bus and says nothing.
#[cfg(all(unix, feature = "desktop"))]
#[test]
fn a_bus_that_says_nothing_is_not_waited_for() {
    let desk = Desk::new();
    let server = Server::start(&desk, 0);
    let (away, token) = (Home::new(), token(&desk, "marc"));
    let path = away.path().join("bus");
    let _listens = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
    let bus = format!("unix:path={}", path.display());
    let begun = Instant::now();
    let args = ["--as", &address("marc"), "sign-in", &server.url, "--token"];
    let mut command = away.command(&args);
    let typed = std::process::Stdio::piped();
    let mut child = command.env("DBUS_SESSION_BUS_ADDRESS", bus).stdin(typed).spawn().expect("the program");
    child.stdin.take().expect("its input").write_all(format!("{token}\n").as_bytes()).expect("typed");
    assert!(child.wait().expect("its end").success());
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(kept(&away).0.len(), 1);
}
