//! The whole program as a person meets it: the real binary in a pseudo-terminal, on a store made from the command line.

mod accounts;
mod audience;
mod by_itself;
mod demo;
mod drafts;
mod editor;
mod exposed;
mod hostile;
mod leaving;
mod password;
mod pasting;
mod remote;
mod signing_in;
mod sizes;
mod submitting;

use super::support::dirs::{Home, Ran};
use super::support::pty::Terminal;
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

const DATABASE: [&str; 2] = ["--database", "sqlite:acme.db"];

/// The store's file: nothing else is left of it when nobody has it open.
const FILE: &str = "acme.db";

/// A store with an admin (ana), an agent (marc) and an end user (lea), who has the open request #1 `Printer jams`.
struct Desk {
    home: Home,
}

/// The store's file is made once; every test has its own copy.
static STORE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let desk = Desk { home: Home::new() };
    let made =
        desk.home.run(&["init", DATABASE[0], DATABASE[1], "--account", "Acme", "--owner", "Ana <ana@acme.example>"]);
    assert_eq!(made.status, Some(0), "{made:?}");
    let marc = ["person", "new", "--name", "Marc Oni", "--email", "marc@acme.example", "--role", "agent"];
    desk.json("ana", &[&marc[..], &["--group", "Support Ops"]].concat());
    desk.json("ana", &["person", "new", "--name", "Léa Petit", "--email", "lea@acme.example"]);
    desk.request("Printer jams");
    std::fs::read(desk.home.path().join(FILE)).expect("a store")
});

impl Desk {
    fn new() -> Self {
        let home = Home::new();
        private(&home.write(FILE, &*STORE));
        Self { home }
    }

    /// Runs a command as ana, marc or lea.
    fn run(&self, who: &str, args: &[&str]) -> Ran {
        self.home.run(&[&DATABASE, &["--as", &address(who)], args].concat())
    }

    /// The same with `--json`; it must go well.
    #[track_caller]
    fn json(&self, who: &str, args: &[&str]) -> Value {
        let ran = self.run(who, &[args, &["--json"]].concat());
        assert_eq!(ran.status, Some(0), "{ran:?}");
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    /// The files of the store that are there.
    fn files(&self) -> Vec<String> {
        let names =
            std::fs::read_dir(self.home.path()).expect("a folder").map(|entry| entry.expect("a file").file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.retain(|name| name.starts_with(FILE));
        names.sort();
        names
    }

    /// A request of lea's.
    fn request(&self, subject: &str) {
        self.json("lea", &["request", "new", "--kind", "hardware", "--subject", subject, "--body", "Since Monday"]);
    }

    /// What has been said on a ticket, the oldest first: whether everybody may read it, and the text.
    fn said(&self, number: &str) -> Vec<(bool, String)> {
        let shown = self.json("marc", &["ticket", "show", number]);
        let comments = shown["ticket"]["comments"].as_array().expect("comments").iter();
        let said = comments.map(|one| (one["public"] == true, one["body"].as_str().expect("a text").to_owned()));
        said.collect()
    }

    /// The drafts of somebody: name and text.
    fn drafts(&self, who: &str) -> Vec<(String, String)> {
        let list = self.json(who, &["draft", "list"]);
        let list = list["drafts"].as_array().expect("drafts").iter();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let mut drafts: Vec<_> = list.map(|one| (text(&one["name"]), text(&one["body"]))).collect();
        drafts.sort();
        drafts
    }

    /// The full screen of ana, marc or lea, with its first list drawn.
    fn screen(&self, who: &str) -> Terminal {
        let terminal = self.home.program(&[&DATABASE[..], &["--as", &address(who)]].concat()).start();
        terminal.wait_for("Printer jams");
        terminal
    }

    /// The full screen with the first ticket of the first list open.
    fn open(&self, who: &str) -> Terminal {
        let terminal = self.screen(who);
        terminal.keys("enter");
        terminal.wait_for("Conversation");
        terminal.wait_for("Since Monday");
        terminal
    }
}

fn address(who: &str) -> String {
    format!("{who}@acme.example")
}

#[cfg(unix)]
fn private(path: &Path) {
    let only_owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(path, only_owner).expect("one's own file");
}

/// Leaves the program and checks that it left nothing behind.
#[track_caller]
fn quit(terminal: &Terminal) {
    terminal.keys("ctrl-c");
    assert_eq!(terminal.exit(), 0);
    assert_eq!(terminal.left_behind(), Vec::<String>::new());
}
