use super::{id, letter};
use crate::support::dirs::temp;
use guichet::domain::time::Timestamp;
use guichet::mail::maildir::{Delivery, Folder, Message, Name};
use guichet::mail::settings::{Settings, Way};
use guichet::mail::transport::{SendError, SetupError, Step, Transport};
use std::fs;

#[test]
fn a_mail_waits_until_it_is_taken_and_is_read_again_after_a_crash_before() {
    let dir = temp();
    let folder = Folder::open(dir.path()).expect("a folder");
    fs::write(dir.path().join("new/2.b"), "second").expect("written");
    fs::write(dir.path().join("new/1.a"), "first").expect("written");
    fs::write(dir.path().join("new/.hidden"), "no").expect("written");
    fs::create_dir(dir.path().join("new/folder")).expect("made");

    let names = folder.waiting(10).expect("names");
    assert_eq!(names.iter().map(Name::as_str).collect::<Vec<_>>(), ["1.a", "2.b"]);
    assert_eq!(folder.waiting(1).expect("names").len(), 1);
    assert_eq!(folder.read(&names[0], 100).expect("read"), Message::Whole(b"first".to_vec()));
    // Here the program may end; the mail is still there for the next one.
    let again = Folder::open(dir.path()).expect("a folder");
    assert_eq!(again.waiting(10).expect("names"), names);

    again.taken(&names[0]).expect("taken");
    again.refused(&names[1]).expect("refused");
    assert_eq!(again.waiting(10).expect("names"), []);
    assert_eq!(fs::read(dir.path().join("cur/1.a:2,S")).expect("seen"), b"first");
    assert_eq!(fs::read(dir.path().join("cur/2.b:2,F")).expect("flagged, not lost"), b"second");
    assert_eq!(again.read(&names[0], 100).expect("read"), Message::Gone);
    again.taken(&names[0]).expect("taken twice by two programs");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_is_no_mail() {
    let dir = temp();
    let folder = Folder::open(dir.path()).expect("a folder");
    let secret = dir.path().join("secret");
    fs::write(&secret, "From: a@b.example\n\nsecret").expect("written");
    std::os::unix::fs::symlink(&secret, dir.path().join("new/1.link")).expect("linked");
    assert_eq!(folder.waiting(10).expect("names"), []);
}

#[test]
fn a_mail_that_is_too_big_is_only_begun_to_be_read() {
    let dir = temp();
    let folder = Folder::open(dir.path()).expect("a folder");
    fs::write(dir.path().join("new/1.big"), vec![b'x'; 300_000]).expect("written");
    let name = &folder.waiting(1).expect("names")[0];
    let Message::Head { head, size } = folder.read(name, 200_000).expect("read") else { panic!("read whole") };
    assert_eq!((head.len(), size), (65_536, 300_000));
}

#[test]
fn a_message_put_in_twice_is_there_once_and_its_owners_alone() {
    let dir = temp();
    let folder = Folder::open(&dir.path().join("out")).expect("a folder");
    let put =
        |id_text: &str| folder.put(&id(id_text), Timestamp(1_700_000_000_000), b"A: b\r\n\r\nc\rd\r\n").expect("put");
    assert_eq!(put("a@acme.example"), Delivery::New);
    assert_eq!(put("a@acme.example"), Delivery::Before);
    assert_eq!(put("b@acme.example"), Delivery::New);
    let names = folder.waiting(10).expect("names");
    assert_eq!(names.len(), 2);
    assert_eq!(folder.read(&names[0], 100).expect("read"), Message::Whole(b"A: b\n\nc\rd\n".to_vec()));
    assert_eq!(fs::read_dir(dir.path().join("out/tmp")).expect("tmp").count(), 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &str| fs::metadata(dir.path().join(path)).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&format!("out/new/{}", names[0].as_str())), 0o600);
        assert_eq!(mode("out/new"), 0o700);
    }
}

fn into(folder: &std::path::Path) -> Settings {
    Settings {
        send: Some(Way::Maildir),
        from: Some("support@acme.example".to_owned()),
        folder: Some(folder.to_path_buf()),
        ..Settings::default()
    }
}

#[tokio::test]
async fn letters_go_into_a_folder_or_nowhere_as_the_settings_say() {
    let dir = temp();
    let transport = Transport::new(&into(dir.path()), None).expect("a way out");
    assert!(transport.leads_anywhere());
    transport.send(&letter()).await.expect("sent");
    transport.send(&letter()).await.expect("sent again after a crash");
    let folder = Folder::open(dir.path()).expect("a folder");
    let names = folder.waiting(10).expect("names");
    assert_eq!(names.len(), 1);
    let Message::Whole(bytes) = folder.read(&names[0], 100_000).expect("read") else { panic!("no message") };
    assert_eq!(super::read(&bytes).expect("a mail").message_id, Some(letter().message_id));

    let nowhere = Transport::new(&Settings::default(), None).expect("a way out");
    assert!(!nowhere.leads_anywhere());
    nowhere.send(&letter()).await.expect("sent into nowhere");
}

#[tokio::test]
async fn a_folder_that_is_gone_is_tried_again_later() {
    let dir = temp();
    let path = dir.path().join("out");
    let transport = Transport::new(&into(&path), None).expect("a way out");
    fs::remove_dir_all(&path).expect("removed");
    let error = transport.send(&letter()).await.expect_err("nowhere to put it");
    assert!(matches!(&error, SendError::Later(reason) if reason.step == Step::Folder), "{error:?}");
}

#[test]
fn settings_that_cannot_work_are_told_by_their_key() {
    let told = |settings: Settings| Transport::new(&settings, None).expect_err("settings that cannot work");
    let dir = temp();
    let good = into(dir.path());
    assert_eq!(told(Settings { folder: None, ..good.clone() }), SetupError::Missing("mail.folder"));
    assert_eq!(told(Settings { from: None, ..good.clone() }), SetupError::Missing("mail.from"));
    let bad = Some("no address".to_owned());
    assert_eq!(told(Settings { from: bad, ..good.clone() }), SetupError::BadAddress("no address".to_owned()));
    let file = dir.path().join("file");
    fs::write(&file, "").expect("written");
    assert!(matches!(told(Settings { folder: Some(file), ..good }), SetupError::Unreadable(..)));
}
