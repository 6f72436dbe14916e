//! The whole program at another server's account: signed in by a browser, at work in the terminal, and without a server
//! for a while.

use super::{DATABASE, Desk, address, quit};
use crate::support::dirs::Home;
use crate::support::served::http;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

pub(super) const PASSWORD: &str = "correct horse battery";

/// A server of the desk's store, ended when it is dropped.
pub(super) struct Server {
    child: Child,
    pub(super) url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Server {
    /// Serves the desk's store; at any port when it is 0.
    pub(super) fn start(desk: &Desk, port: u16) -> Self {
        let listen = format!("127.0.0.1:{port}");
        let args = [&DATABASE[..], &["serve", "--listen", &listen]].concat();
        let mut child = desk.home.command(&args).stdout(Stdio::piped()).spawn().expect("a server");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let url = line.trim().strip_prefix("listening on ").expect("its address").to_owned();
        Self { child, url }
    }

    fn port(&self) -> u16 {
        self.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }
}

/// What somebody's browser does: opens the page, types address and password, and shows the code.
fn code(url: &str, email: &str) -> String {
    let work = async {
        let page = url::Url::parse(url).expect("an address");
        assert!(http().get(url).send().await.expect("a page").status().is_success());
        let mut form: Vec<(String, String)> = page.query_pairs().into_owned().collect();
        form.extend([("email".into(), email.into()), ("password".into(), PASSWORD.into())]);
        let answer = http().post(page.join("/oauth/authorizations/new").expect("an address")).form(&form).send();
        let text = answer.await.expect("an answer").text().await.expect("a page");
        let code = text.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next());
        code.unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    tokio::runtime::Runtime::new().expect("a runtime").block_on(work)
}

/// A home elsewhere, signed in as marc.
fn signed_in(desk: &Desk, server: &Server) -> Home {
    let args = [&DATABASE[..], &["--as", "ana@acme.example", "person", "password", "marc@acme.example"]].concat();
    let set = desk.home.run_with_input(&args, format!("{PASSWORD}\n"));
    assert_eq!(set.status, Some(0), "{set:?}");
    let away = Home::new();
    let terminal = away.program(&["sign-in", &server.url, "--name", "acme", "--code"]).size(500, 20).start();
    terminal.wait_for("The code that it shows:");
    let text = terminal.text();
    let url = text.split_whitespace().find(|word| word.starts_with("http")).expect("the page's address").to_owned();
    let code = code(&url, &address("marc"));
    terminal.send(format!("{code}\r").into_bytes());
    terminal.wait_for("Marc Oni is signed in to Acme");
    assert_eq!((terminal.exit(), terminal.left_behind()), (0, Vec::new()));
    assert!(!String::from_utf8_lossy(&terminal.raw()).contains(&code));
    away
}

#[test]
fn an_agent_works_a_ticket_of_a_served_account() {
    let desk = Desk::new();
    let server = Server::start(&desk, 0);
    let away = signed_in(&desk, &server);
    let who = away.run(&["whoami", "--json"]);
    assert!(who.out.contains("marc@acme.example"), "{who:?}");
    let marc = away.program(&[] as &[&str]).start();
    marc.wait_for("Printer jams");
    marc.keys("enter");
    marc.wait_for("Since Monday");
    marc.keys("r");
    marc.type_text("Sent from far away");
    marc.wait_for("Sent from far away");
    marc.keys("ctrl-s");
    marc.wait_for("Sent");
    let deadline = std::time::Instant::now();
    while desk.said("1").len() < 2 {
        assert!(deadline.elapsed().as_secs() < 20, "the answer arrives");
    }
    assert_eq!(desk.said("1")[1], (true, "Sent from far away".to_owned()));
    quit(&marc);
    let out = away.run(&["sign-out"]);
    assert_eq!(out.status, Some(0), "{out:?}");
    let after = away.run(&["whoami"]);
    assert_eq!(after.status, Some(4), "{after:?}");
    assert!(after.err.contains("guichet sign-in"), "{after:?}");
}

/// What is written while nobody answers is kept, and sent when somebody does.
#[test]
fn a_server_that_is_gone_takes_nothing_with_it() {
    let desk = Desk::new();
    let server = Server::start(&desk, 0);
    let (port, away) = (server.port(), signed_in(&desk, &server));
    let marc = away.program(&[] as &[&str]).start();
    marc.wait_for("Printer jams");
    marc.keys("enter");
    marc.wait_for("Since Monday");
    drop(server);
    marc.keys("r");
    marc.type_text("Written alone");
    marc.wait_for("Written alone");
    marc.keys("ctrl-s");
    marc.wait_for("cannot be reached");
    // It is given up, and not only what else was asked meanwhile.
    marc.wait_for("PUBLIC REPLY");
    marc.wait_for("Written alone");
    let _server = Server::start(&desk, port);
    marc.keys("ctrl-s");
    let deadline = std::time::Instant::now();
    while desk.said("1").len() < 2 {
        assert!(deadline.elapsed().as_secs() < 30, "the answer arrives");
    }
    assert_eq!(desk.said("1")[1..], [(true, "Written alone".to_owned())]);
    quit(&marc);
}

/// Somebody else is quicker: both versions are shown, what was chosen stays, and is done when it is chosen once more.
#[test]
fn a_conflict_shows_both_versions_and_keeps_what_was_chosen() {
    let desk = Desk::new();
    let server = Server::start(&desk, 0);
    let away = signed_in(&desk, &server);
    let marc = away.program(&[] as &[&str]).start();
    marc.wait_for("Printer jams");
    marc.keys("enter");
    marc.wait_for("Since Monday");
    marc.keys("p");
    marc.wait_for("Urgent");
    let has = |marks: [&'static str; 2]| {
        move |screen: &vt100::Screen| screen.contents().lines().any(|line| marks.iter().all(|mark| line.contains(mark)))
    };
    for next in ["Urgent", "High"] {
        marc.keys("down");
        marc.wait(next, has(["▌", next]));
    }
    desk.json("ana", &["ticket", "update", "1", "--priority", "urgent"]);
    marc.keys("enter");
    marc.wait_for("Somebody changed the ticket first");
    marc.wait("what it is now", has(["✓", "Urgent"]));
    marc.wait("what was chosen", has(["▌", "High"]));
    let priority = || desk.json("marc", &["ticket", "show", "1"])["ticket"]["priority"].clone();
    assert_eq!(priority(), "urgent", "nothing was overwritten");
    marc.keys("enter");
    let begun = std::time::Instant::now();
    while priority() != "high" {
        assert!(begun.elapsed().as_secs() < 20, "{}", marc.text());
    }
    quit(&marc);
}
