//! What is left after a sudden end: everything that was acknowledged, and nothing by halves.

use crate::support::dirs;
use crate::support::town::{Town, address, founding, says, still};
use guichet::client::{Client, Embedded, Key, ListAsk, Source};
use guichet::domain::act::{Deed, NewTicket};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::TicketId;
use guichet::store::Store;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// In the environment of the child: which store to write.
const STORE: &str = "GUICHET_TEST_CRASH_STORE";

/// Runs one test of this very binary as a program of its own.
fn child(test: &str, store: &Path, limit: Option<u64>) -> Child {
    let program = std::env::current_exe().expect("this program");
    let args = ["--exact", test, "--nocapture", "--test-threads", "1"];
    let mut command = match limit {
        None => Command::new(&program),
        Some(blocks) => {
            // A disk that is full: no file grows beyond so many blocks of 1024 bytes, and the signal is not heard.
            let mut command = Command::new("bash");
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            command.arg("-c").arg(script).arg(&program);
            command
        }
    };
    command.args(args).env(STORE, store).stdout(Stdio::piped()).spawn().expect("a child")
}

fn store_of_parent() -> Option<String> {
    std::env::var(STORE).ok()
}

fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("the parent listens");
}

/// What the child does: replies and new tickets on eight tasks, each acknowledged one told to the parent. As an ordinary
/// test it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_writes_until_it_is_killed() {
    let Some(path) = store_of_parent() else { return };
    let store = Store::open(&format!("sqlite:{path}")).await.expect("the store");
    let admin = store.first_admin().await.expect("an answer").expect("the owner").id;
    let writers = (0..8).map(|writer| {
        let client = Embedded::new(store.clone(), admin, Channel::Web, still());
        async move {
            for n in 0.. {
                let key = Key(format!("{writer}.{n}"));
                let subject = format!("crash {writer}x{n}");
                let deed = if n % 3 == 0 {
                    Deed::CreateTicket(Box::new(NewTicket::new(subject, NewComment::public("body"))))
                } else {
                    says(TicketId(1), NewComment::note(subject))
                };
                match client.act(key, deed).await {
                    Ok(_) => say(&format!("done {writer}.{n}")),
                    Err(error) => {
                        say(&format!("fault {error:?}"));
                        return;
                    }
                }
            }
        }
    });
    futures::future::join_all(writers).await;
    say("end");
}

async fn founded(path: &Path) -> Store {
    let url = format!("sqlite:{}", path.display());
    let store = Store::found(&url, founding(), &still()).await.expect("a new account");
    let owner = store.sign_in(&address("olga@velo.example")).await.expect("an answer").expect("the owner");
    let client = Embedded::new(store.clone(), owner.id, Channel::Web, still());
    let first = NewTicket::new("first", NewComment::public("body"));
    client.act(Key("first".into()), Deed::CreateTicket(Box::new(first))).await.expect("done");
    store
}

/// Opens it again and compares with what the child was told.
async fn nothing_is_lost(path: &Path, acknowledged: &[String]) {
    let store = Store::open(&format!("sqlite:{}", path.display())).await.expect("the store");
    let verified = store.verify(|_| ()).await.expect("an answer");
    assert_eq!(verified.faults, []);
    let owner = store.first_admin().await.expect("an answer").expect("the owner").id;
    let client = Embedded::new(store.clone(), owner, Channel::Web, still());
    for key in acknowledged {
        let (writer, n) = key.split_once('.').expect("a key");
        let subject = format!("crash {writer}x{n}");
        let deed = if n.parse::<u64>().expect("a number") % 3 == 0 {
            Deed::CreateTicket(Box::new(NewTicket::new(subject, NewComment::public("body"))))
        } else {
            says(TicketId(1), NewComment::note(subject))
        };
        let receipt = client.act(Key(key.clone()), deed).await.expect("the same answer");
        assert!(receipt.repeated, "{key} was acknowledged and is gone");
    }
    let tickets = client.tickets(ListAsk::first(Source::Search("crash".into()))).await.expect("a page");
    assert!(!tickets.rows.is_empty());
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_loses_nothing_that_was_acknowledged() {
    if store_of_parent().is_some() {
        return;
    }
    let folder = dirs::temp();
    let path = folder.path().join("guichet.db");
    founded(&path).await.close().await;
    for round in 0..3 {
        let mut child = child("store::crash::child_writes_until_it_is_killed", &path, None);
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut acknowledged = Vec::new();
        while acknowledged.len() < 40 + 17 * round {
            let line = lines.next().expect("the child still writes").expect("a line");
            acknowledged.extend(line.rsplit_once("done ").map(|(_, key)| key.to_owned()));
        }
        child.kill().expect("killed");
        acknowledged
            .extend(lines.map_while(Result::ok).filter_map(|line| Some(line.rsplit_once("done ")?.1.to_owned())));
        child.wait().expect("ended");
        nothing_is_lost(&path, &acknowledged).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_and_loses_nothing() {
    if store_of_parent().is_some() {
        return;
    }
    let folder = dirs::temp();
    let path = folder.path().join("guichet.db");
    founded(&path).await.close().await;
    let size = std::fs::metadata(&path).expect("the file").len();
    let mut child = child("store::crash::child_writes_until_it_is_killed", &path, Some(size / 1024 + 600));
    let lines: Vec<String> =
        BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok).collect();
    child.wait().expect("ended");
    let faults: Vec<&String> = lines.iter().filter(|line| line.contains("fault ")).collect();
    assert_eq!(faults.len(), 8, "every writer is told");
    assert!(faults.iter().all(|line| line.contains("Store(Full") || line.contains("Store(Io")), "{faults:?}");
    let acknowledged: Vec<String> =
        lines.iter().filter_map(|line| Some(line.rsplit_once("done ")?.1.to_owned())).collect();
    assert!(acknowledged.len() > 10, "{lines:?}");
    nothing_is_lost(&path, &acknowledged).await;
}

/// What was being made when it ended suddenly can be made again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_founding_that_was_cut_short_can_be_done_again() {
    let folder = dirs::temp();
    let path = folder.path().join("guichet.db");
    std::fs::write(&path, "").expect("an empty file");
    let store = founded(&path).await;
    assert_eq!(store.verify(|_| ()).await.expect("an answer").faults, []);
    store.close().await;
    let town = Town::sqlite().await;
    town.verified().await;
}
