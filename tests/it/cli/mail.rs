//! Mail by the command line.

use super::lines::Acme;
use super::refused;

/// A maildir that letters are put into, and one in which mail arrives.
fn with_mail(acme: &Acme) -> std::path::PathBuf {
    let folder = acme.home.path().join("out");
    let config = format!("[mail]\nsend = \"maildir\"\nfrom = \"support@acme.example\"\nfolder = {folder:?}\n");
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
    refused(&acme.run("marc", &["outbox", "list"]), 1, "");
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
    refused(&acme.run("ana", &["outbox", "retry", "99"]), 1, "outbox");
}
