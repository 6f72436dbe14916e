//! Mail by the command line.

use super::lines::Acme;
use super::refused;
use crate::mail::sink::{Habit, Sink};
use guichet::client::door;
use guichet::domain::time::{Span, Timestamp};
use guichet::mail::settings::{Settings, Tls, Way};
use guichet::post::courier::Courier;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// A maildir that letters are put into, and one in which mail arrives.
fn with_mail(acme: &Acme) -> std::path::PathBuf {
    let folder = acme.home.path().join("out");
    let shown = folder.display();
    let config = format!("[mail]\nsend = \"maildir\"\nfrom = \"support@acme.example\"\nfolder = '{shown}'\n");
    let path = acme.home.config().join("guichet/config.toml");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, config).expect("written");
    folder
}

#[test]
fn letters_are_listed_sent_and_read_in_the_program() {
    let acme = Acme::new();
    let folder = with_mail(&acme);
    let id = acme.request("Printer jams");
    let waiting = acme.json("ana", &["outbox", "list", "--state", "waiting"]);
    assert_eq!(waiting["outbox"].as_array().map(Vec::len), Some(3), "{waiting}");
    refused(&acme.run("marc", &["outbox", "list"]), 4, "");
    let flushed = acme.json("ana", &["outbox", "flush"]);
    assert_eq!(flushed["outbox"]["sent"], 3, "{flushed}");
    assert_eq!(std::fs::read_dir(folder.join("new")).expect("the folder").count(), 3);
    assert_eq!(acme.json("ana", &["outbox", "flush"])["outbox"]["sent"], 0);
    let inbox = acme.json("lea", &["inbox"]);
    assert_eq!(inbox["notices"][0]["subject"], format!("Your request #{id} has arrived"), "{inbox}");
    let number = inbox["notices"][0]["id"].to_string();
    assert_eq!(acme.json("lea", &["inbox", "--read", &number])["unread"], 0);
    assert_eq!(acme.json("lea", &["inbox"])["notices"].as_array().map(Vec::len), Some(0));
    assert_eq!(acme.json("lea", &["inbox", "--all"])["notices"][0]["read"], true);
    acme.json("marc", &["inbox", "--read", "all"]);
    refused(&acme.run("ana", &["outbox", "retry", "99"]), 3, "outbox");
}

/// D32: what is nobody's is looked at by agents, who make a ticket of it or throw it away.
#[test]
fn a_mail_that_is_nobodys_becomes_a_ticket_or_goes() {
    let acme = Acme::new();
    with_mail(&acme);
    let mail = |n: u32| {
        format!("From: Zoe <zoe@new.example>\r\nSubject: Help \u{1b}[31m\r\nMessage-ID: <{n}@x>\r\n\r\nIt smokes.\r\n")
    };
    let receive = ["--database", "sqlite:acme.db", "mail", "receive", "-", "--json"];
    for n in 0..2 {
        let received = super::json(&acme.home.run_with_input(&receive, mail(n)));
        assert_eq!(received["received"][0]["became"], "suspended", "{received}");
    }
    assert_eq!(acme.json("ana", &["outbox", "flush"])["outbox"]["sent"], 1, "one answer");
    refused(&acme.run("lea", &["mail", "suspended", "list"]), 4, "");
    let list = acme.json("marc", &["mail", "suspended", "list"]);
    assert_eq!(list["suspended_mails"].as_array().map(Vec::len), Some(2), "{list}");
    let shown = acme.run("marc", &["mail", "suspended", "show", "1"]);
    assert!(shown.out.contains("It smokes.") && !shown.out.contains('\u{1b}'), "{shown:?}");
    let taken = acme.json("marc", &["mail", "suspended", "take", "1"]);
    let ticket = acme.json("marc", &["ticket", "show", &taken["suspended_mail"]["ticket_id"].to_string()]);
    assert!(
        ticket["ticket"]["comments"][0]["body"].as_str().is_some_and(|body| body.contains("It smokes.")),
        "{ticket}"
    );
    acme.json("marc", &["mail", "suspended", "drop", "2"]);
    refused(&acme.run("marc", &["mail", "suspended", "drop", "2"]), 3, "suspended");
}

/// A mail from standard input that is too big is nobody's but the sender's: whoever hands it over hears that it was not
/// taken. One with more files than a comment takes waits on after as many became a note.
#[test]
fn a_mail_that_does_not_fit_is_not_said_to_be_taken() {
    let acme = Acme::new();
    with_mail(&acme);
    let receive = ["--database", "sqlite:acme.db", "mail", "receive", "-"];
    let big = format!("From: Zoe <zoe@new.example>\r\nSubject: Big\r\n\r\n{}", "x".repeat(26 * 1024 * 1024));
    refused(&acme.home.run_with_input(&receive, big), 1, "not taken");
    assert_eq!(acme.json("marc", &["mail", "suspended", "list"])["suspended_mails"][0]["subject"], "Big");
    let files = "--b\r\nContent-Type: text/csv; name=f.csv\r\n\r\nx\r\n".repeat(70);
    let head = "From: Zoe <zoe@new.example>\r\nSubject: Files\r\nContent-Type: multipart/mixed; boundary=b";
    acme.home.run_with_input(&receive, format!("{head}\r\n\r\n{files}--b--\r\n"));
    let taken = acme.json("marc", &["mail", "suspended", "take", "2"]);
    let ticket = acme.json("marc", &["ticket", "show", &taken["suspended_mail"]["ticket_id"].to_string()]);
    assert_eq!(ticket["ticket"]["comments"][0]["attachments"].as_array().map(Vec::len), Some(50), "{ticket}");
    let list = acme.json("marc", &["mail", "suspended", "list"]);
    assert_eq!(list["suspended_mails"][0]["subject"], "Files", "it has more: {list}");
}

fn named(got: &[crate::mail::sink::Got]) -> BTreeSet<String> {
    let id = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.lines().find_map(|line| line.strip_prefix("Message-ID: ").map(str::to_owned)).expect("a Message-ID")
    };
    got.iter().map(|got| id(&got.bytes)).collect()
}

/// Killed after the server has the letter and before it is written down, the next courier sends it under the same
/// Message-ID, and nothing is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_courier_that_is_killed_loses_nothing() {
    let acme = Acme::new();
    let stalling = Sink::new(Habit::StallsAfterLetter).await;
    let port = stalling.port;
    let config = format!(
        "[mail]\nsend = \"smtp\"\nfrom = \"support@acme.example\"\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n"
    );
    acme.home.write(".config/guichet/config.toml", config);
    acme.request("Printer jams");
    let flush = ["--database", "sqlite:acme.db", "outbox", "flush"];
    let mut child = acme.home.command(&flush).spawn().expect("the program starts");
    let taken = async {
        while stalling.got().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), taken).await.expect("the server has a letter");
    child.kill().expect("killed");
    child.wait().expect("ended");
    let good = Sink::new(Habit::Good).await;
    let settings = Settings {
        send: Some(Way::Smtp),
        from: Some("support@acme.example".to_owned()),
        host: Some("127.0.0.1".to_owned()),
        port: Some(good.port),
        tls: Tls::None,
        ..Settings::default()
    };
    // Their time is over when the lease is.
    let waiting = acme.json("ana", &["outbox", "list", "--state", "waiting"]);
    assert_eq!(waiting["outbox"].as_array().map(Vec::len), Some(3), "{waiting}");
    let until = |row: &serde_json::Value| guichet::wire::Time::parse(row["next_try_at"].as_str()?).map(|time| time.0.0);
    let rows = waiting["outbox"].as_array().expect("rows");
    let later = rows.iter().filter_map(until).max().expect("a time") + Span::minutes(1).0;
    let url = format!("sqlite:{}", acme.home.path().join("acme.db").display());
    let account = door::post(&url, Arc::new(move || Timestamp(later))).await.expect("the account");
    let courier = Courier::new(account.clone(), &settings, None).expect("a courier");
    assert_eq!(courier.flush().await.expect("an answer").sent, 3);
    assert!(named(&good.got()).is_superset(&named(&stalling.got())), "the same Message-ID");
    assert_eq!(named(&good.got()).len(), 3);
    account.close().await;
}
