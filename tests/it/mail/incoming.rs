use super::{address, mail, read, taken};
use guichet::domain::id::TicketId;
use guichet::mail::incoming::{Incoming, Why, refuse_big};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const TOKEN: &str = "abcdefghijklmnop";

#[track_caller]
fn refused(bytes: &[u8]) -> Why {
    read(bytes).expect_err("a mail that is refused").why
}

fn quickly<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    assert!(begun.elapsed() < Duration::from_secs(20), "{what} takes {:?}", begun.elapsed());
    done
}

#[test]
fn a_reply_is_read_with_its_sender_ticket_and_words() {
    let read = taken(&[
        "Return-Path: <mia@blue.example>",
        "From: =?utf-8?q?Mia_K=C3=A4ller?= <Mia@blue.example>",
        &format!("To: Acme Support <support+1042.{TOKEN}@acme.example>, \"B, C\" <b@c.example>"),
        "Cc: Friends: d@e.example, f@g.example;",
        "Subject: =?utf-8?b?UmU6IGhlacOf?=",
        "Message-ID: <reply-1@blue.example>",
        &format!("In-Reply-To: <1042.{TOKEN}.n7@acme.example>"),
        &format!("References: <1042.{TOKEN}@acme.example>\r\n <1042.{TOKEN}.n7@acme.example>"),
        "Date: Tue, 14 Nov 2023 23:13:20 +0100",
        "Content-Type: text/plain; charset=iso-8859-1",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "It was h=F6t.",
        "",
        "On 14 Nov 2023, at 10:00, Acme Support <support@acme.example> wrote:",
        "> Is it hot?",
    ]);
    assert_eq!(read.from, address("mia@blue.example"));
    assert_eq!(read.from_name.as_deref(), Some("Mia Käller"));
    assert_eq!(read.subject, "Re: heiß");
    assert_eq!(read.text, "It was höt.");
    assert!(read.whole_text.contains("> Is it hot?"));
    assert_eq!(read.to.len(), 4);
    assert_eq!(read.message_id.map(|id| id.as_str().to_owned()).as_deref(), Some("reply-1@blue.example"));
    assert_eq!(read.references.len(), 2);
    assert_eq!(read.date.map(|date| date.0), Some(1_700_000_000_000));
    assert_eq!(read.tokens.len(), 1, "the same token found thrice is one");
    assert_eq!(read.tokens[0].ticket, TicketId(1042));
    assert_eq!((read.automatic, read.files, read.cut), (None, vec![], false));
}

#[test]
fn a_token_is_found_where_a_mail_was_delivered_and_in_references_alone() {
    for header in [
        format!("Delivered-To: support+1042.{TOKEN}@acme.example"),
        format!("X-Original-To: <support+1042.{TOKEN}@acme.example>"),
        format!("References: <x@y.example> <1042.{TOKEN}.n1@acme.example> <z@y.example>"),
        format!("In-Reply-To: <1042.{TOKEN}@acme.example>"),
    ] {
        let read = taken(&["From: mia@blue.example", &header, "", "text"]);
        assert_eq!(read.tokens.len(), 1, "{header}");
    }
}

#[test]
fn a_mail_that_is_unclear_about_its_writer_is_refused() {
    for (head, why) in [
        ("From: mia@blue.example\r\nFrom: boss@acme.example", Why::SeveralSenders),
        ("From: mia@blue.example\r\nfrOM : boss@acme.example", Why::SeveralSenders),
        ("From: mia@blue.example\r\nFrom: \u{ff}\u{0}", Why::SeveralSenders),
        ("From: mia@blue.example, boss@acme.example", Why::SeveralSenders),
        ("From: Us: mia@blue.example, boss@acme.example;", Why::SeveralSenders),
        ("From:", Why::NoSender),
        ("From: Mia", Why::NoSender),
        ("From: Us:;", Why::NoSender),
        ("From: mia@@blue.example", Why::NoSender),
        ("From: <>", Why::NoSender),
        ("To: support@acme.example", Why::NoSender),
        ("Sender: mia@blue.example\r\nReply-To: mia@blue.example", Why::NoSender),
    ] {
        assert_eq!(refused(format!("{head}\r\nSubject: s\r\n\r\ntext").as_bytes()), why, "{head:?}");
    }
    let shown = read(b"From: a@b.example, c@d.example\nSubject: two\nMessage-ID: <m@x>\n\nt").expect_err("two").heading;
    assert_eq!((shown.subject.as_str(), shown.from.as_deref()), ("two", Some("a@b.example")));
    assert!(shown.message_id.is_some());
}

#[test]
fn a_name_that_looks_like_an_address_is_only_a_name() {
    let read = taken(&["From: \"boss@acme.example\" <mia@blue.example>", "", "text"]);
    assert_eq!(read.from, address("mia@blue.example"));
    assert_eq!(read.from_name.as_deref(), Some("boss@acme.example"));
}

#[test]
fn what_is_no_mail_is_refused() {
    for bytes in [&b""[..], b"\n", b"\n\n\n", b"just words", b"\0\0\0", b"\xff\xfe\n\n"] {
        let why = refused(bytes);
        assert!(matches!(why, Why::NoMail | Why::NoSender), "{bytes:?}: {why:?}");
    }
    assert!(
        read(b"From mia@blue.example Tue Nov 14 2023\nFrom: mia@blue.example\n\ntext").is_ok(),
        "from a mailbox file"
    );
}

fn with_file(headers: &[&str], body: &str) -> Incoming {
    let mut lines = vec!["From: mia@blue.example", "Content-Type: multipart/mixed; boundary=\"b b\"", "", "preamble"];
    lines.extend(["--b b", "", "see the file", "--b b"]);
    lines.extend(headers);
    lines.extend(["", body, "--b b--", "epilogue"]);
    taken(&lines)
}

/// CVE-2026-28289, CVE-2025-49466: the name of a file that came by mail.
#[test]
pub fn a_file_has_one_harmless_name_whatever_is_claimed() {
    for (claimed, expected) in [
        ("\"../../etc/passwd\"", "passwd"),
        ("\"C:\\\\Windows\\\\system32\\\\evil.dll\"", "evil.dll"),
        ("\"\u{200b}.htaccess\"", "htaccess"),
        ("\"..\"", "file"),
        ("\"\"", "file"),
        ("\"a\\\r\n b.txt\"", "ab.txt"),
        ("\"report.pdf\"", "report.pdf"),
        ("=?utf-8?q?na=C3=AFve=2Epdf?=", "naïve.pdf"),
        ("\"nul\"", "_nul"),
    ] {
        let read = with_file(
            &["Content-Type: application/pdf", &format!("Content-Disposition: attachment; filename={claimed}")],
            "data",
        );
        assert_eq!(read.files.len(), 1, "{claimed}");
        assert_eq!(read.files[0].name, expected, "{claimed}");
        assert_eq!((read.text.as_str(), &read.files[0].bytes[..]), ("see the file", &b"data"[..]));
    }
    let split = [
        "Content-Type: image/png",
        "Content-Disposition: attachment; filename*0*=utf-8''%e2%82%ac; filename*1=\".png\"",
    ];
    assert_eq!(with_file(&split, "data").files[0].name, "€.png");
    let long = format!("Content-Disposition: attachment; filename=\"{}.pdf\"", "x".repeat(50_000));
    assert!(with_file(&["Content-Type: application/pdf", &long], "data").files[0].name.len() <= 200);
}

#[test]
fn a_file_is_taken_byte_by_byte_and_its_type_is_only_a_claim() {
    let file = |headers: &[&str], body: &str| with_file(headers, body).files.swap_remove(0);
    let coded =
        ["Content-Type: IMAGE/PNG", "Content-Transfer-Encoding: Base64", "Content-Disposition: inline; filename=a.png"];
    let image = file(&coded, "iVBORw0KGgo=");
    assert_eq!((image.content_type.as_str(), &image.bytes[..]), ("image/png", &b"\x89PNG\r\n\x1a\n"[..]));
    let odd = file(&["Content-Type: text/\u{202e}html<script>; name=a"], "x");
    assert_eq!(odd.content_type, "application/octet-stream");
    let text = file(&["Content-Type: text/plain; charset=iso-8859-1", "Content-Disposition: attachment"], "a=F6");
    assert_eq!((text.content_type.as_str(), &text.bytes[..]), ("text/plain", &b"a=F6"[..]));
    let inner = file(
        &["Content-Type: message/rfc822"],
        "From: x@y.example\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nin\r\n--i--",
    );
    assert!(inner.bytes.starts_with(b"From: x@y.example") && inner.bytes.ends_with(b"--i--"));
    let hidden = ["Content-Type: message/rfc822", "Content-Transfer-Encoding: base64"];
    assert_eq!(file(&hidden, "RnJvbTogeEB5LmV4YW1wbGUKCmhp").bytes, b"From: x@y.example\n\nhi");
    assert_eq!(file(&["Content-Type: text/calendar"], "BEGIN:VCALENDAR").name, "calendar.ics");
}

#[test]
fn more_files_than_are_taken_are_counted() {
    let mut lines = vec!["From: mia@blue.example", "Content-Type: multipart/mixed; boundary=b", ""];
    for _ in 0..70 {
        lines.extend(["--b", "Content-Type: image/png", "", "x"]);
    }
    let read = taken(&lines);
    assert_eq!((read.files.len(), read.files_left_out), (50, 20));
}

/// CVE-2026-48187: mail without limits exhausts the process.
#[test]
pub fn a_mail_that_is_too_much_is_refused_at_once() {
    let from = "From: mia@blue.example\r\nSubject: big\r\n";
    let big = format!("{from}\r\n{}", "x".repeat(26 * 1024 * 1024));
    assert_eq!(quickly("big", || refused(big.as_bytes())), Why::TooBig);
    let shown = refuse_big(&big.as_bytes()[..1000], &guichet::mail::incoming::Limits::default());
    assert_eq!((shown.why, shown.heading.subject.as_str()), (Why::TooBig, "big"));

    let parts =
        format!("{from}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(200_000));
    assert_eq!(quickly("parts", || refused(parts.as_bytes())), Why::TooManyParts);
    let nest =
        |deep: String, n: usize| deep + &format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    let deep = (0..20_000).fold(String::new(), nest);
    assert_eq!(quickly("deep", || refused(format!("{from}{deep}").as_bytes())), Why::TooManyParts);
    let headers = format!("{from}{}\r\ntext", "X-A: b\r\n".repeat(1_000_000));
    assert_eq!(quickly("headers", || refused(headers.as_bytes())), Why::TooManyParts);
    let header = format!("{from}References: {}\r\n\r\ntext", "<a@b>".repeat(40_000));
    let read_all = quickly("references", || read(header.as_bytes())).expect("a mail");
    assert!(read_all.references.len() <= 200);

    // Mails within mails are never opened, so their depth costs nothing.
    let inner = format!("{from}{}text", "Content-Type: message/rfc822\r\n\r\n".repeat(300_000));
    assert_eq!(quickly("nested", || read(inner.as_bytes())).expect("a mail").files.len(), 1);
}

#[test]
fn text_beyond_its_bound_is_cut_and_said_to_be() {
    let read = taken(&["From: mia@blue.example", "", &"wörter ".repeat(200_000)]);
    assert!(read.cut && !read.is_whole());
    assert_eq!(read.whole_text.chars().count(), 1024 * 1024);
}

/// A mail that does not say in which letters it is written, or says it wrongly, is read all the same.
#[test]
pub fn letters_that_are_not_named_are_those_of_the_west() {
    for charset in ["", "Content-Type: text/plain; charset=klingon\r\n", "Content-Type: text/plain; charset=utf-8\r\n"]
    {
        let mail = [b"From: mia@blue.example\r\n", charset.as_bytes(), b"\r\nCaf\xe9 \x80 5, na\xefve\r\n"].concat();
        assert_eq!(read(&mail).expect("a mail").text, "Caf\u{e9} \u{20ac} 5, na\u{ef}ve", "{charset}");
    }
    let torn = read(b"From: mia@blue.example\r\n\r\nd\xc3\xa9j\xc3\xa0 v\xc3").expect("a mail");
    assert_eq!(torn.text, "d\u{e9}j\u{e0} v\u{fffd}", "what says what it is keeps its letters");
}

#[test]
fn broken_mails_are_read_as_far_as_they_go() {
    for (lines, text) in [
        (&["From: a@b.example", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "no end"][..], "no end"),
        (&["From: a@b.example", "Content-Type: multipart/mixed", "", "no boundary"], "no boundary"),
        (
            &["From: a@b.example", "Content-Type: multipart/mixed; boundary=\"\"", "", "empty boundary"],
            "empty boundary",
        ),
        (&["From: a@b.example", "Content-Type: multipart/mixed; boundary=b", "", "no part"], ""),
        (&["From: a@b.example", "Content-Type: text/plain; charset=klingon", "", "what letters"], "what letters"),
        (&["From: a@b.example", "Content-Type: ;;;", "", "what type"], "what type"),
        (&["From: a@b.example", "Content-Transfer-Encoding: base64", "", "!!! no base64 !!!"], "!!! no base64 !!!"),
        (&["From: a@b.example", "Content-Transfer-Encoding: rot13", "", "grkg"], "grkg"),
        (&["From: a@b.example"], ""),
        (&["From: a@b.example", "Date: yesterday", "Subject:", "", ""], ""),
    ] {
        let read = taken(lines);
        assert_eq!(read.whole_text.trim(), text, "{lines:?}");
    }
    assert_eq!(taken(&["From: a@b.example", "Date: Tue, 14 Nov 999999 10:00:00 +9999", "", "t"]).date, None);
}

/// A mail with everything in it, for the tests that break it.
fn whole() -> Vec<u8> {
    mail(&[
        "Received: from a by b; Tue, 14 Nov 2023 23:13:20 +0100",
        "From: =?utf-8?q?Mia?= <mia@blue.example>",
        &format!("To: support+1042.{TOKEN}@acme.example"),
        "Subject: =?utf-8?b?UmU6IGhlacOf?=",
        "Message-ID: <reply-1@blue.example>",
        "Date: Tue, 14 Nov 2023 23:13:20 +0100",
        "Content-Type: multipart/mixed; boundary=\"outer\"",
        "",
        "--outer",
        "Content-Type: multipart/alternative; boundary=inner",
        "",
        "--inner",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "hei=C3=9F",
        "> quoted",
        "--inner",
        "Content-Type: text/html",
        "",
        "<table><tr><td><p>hei&szlig;</p></table><blockquote>x</blockquote>",
        "--inner--",
        "--outer",
        "Content-Type: image/png; name=\"=?utf-8?q?a=2Epng?=\"",
        "Content-Disposition: attachment; filename*0*=utf-8''a; filename*1=.png",
        "Content-Transfer-Encoding: base64",
        "",
        "iVBORw0KGgo=",
        "--outer",
        "Content-Type: message/rfc822",
        "",
        "From: x@y.example",
        "",
        "inner",
        "--outer--",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
        let _ = read(&bytes);
        let mut headed = b"From: a@b.example\r\n".to_vec();
        headed.extend(&bytes);
        let _ = read(&headed);
        for kind in ["text/html", "text/plain; charset=utf-7", "multipart/mixed; boundary=a", "message/rfc822"] {
            for encoding in ["base64", "quoted-printable", "8bit"] {
                let head = format!("From: a@b.example\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n");
                let _ = read(&[head.as_bytes(), &bytes].concat());
            }
        }
    }

    #[test]
    fn no_broken_mail_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..20),
    ) {
        let mut bytes = whole();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => { let end = (at + usize::from(byte)).min(bytes.len()); let copy = bytes[at..end].to_vec(); bytes.splice(at..at, copy); }
            }
        }
        if let Ok(read) = read(&bytes) {
            for file in &read.files {
                prop_assert!(!file.name.contains(['/', '\\', '\0']) && !file.name.is_empty());
            }
        }
    }

    #[test]
    fn no_header_makes_the_reader_panic(name in "(From|To|Date|Subject|References|Content-Type|Content-Disposition|Content-Transfer-Encoding|Message-ID|Return-Path|List-Id)", value: String, tail in "[-a-z0-9=;:\"'()<>@,.\\\\ \t*%?_/]{0,60}") {
        for value in [&value, &tail] {
            let _ = read(format!("From: a@b.example\r\n{name}: {value}\r\n\r\ntext").as_bytes());
            let _ = read(format!("{name}: {value}\n{value}: {name}\n\ntext").as_bytes());
        }
    }
}

#[test]
fn a_whole_mail_is_read() {
    let read = read(&whole()).expect("a mail");
    assert_eq!((read.text.as_str(), read.files.len()), ("heiß", 2));
    assert_eq!(read.files[0].name, "a.png");
}
