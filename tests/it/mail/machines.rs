//! Mail that a machine wrote: nothing is sent in answer to it (D32, R153).

use super::{read, taken};
use guichet::mail::incoming::Automatic;

#[track_caller]
fn reason(header: &str) -> Option<Automatic> {
    taken(&["From: mia@blue.example", header, "Subject: hello", "", "text"]).automatic
}

#[test]
fn what_says_that_a_machine_wrote_it_is_believed() {
    for (header, expected) in [
        ("Auto-Submitted: auto-replied", "marked"),
        ("auto-submitted: AUTO-GENERATED; type=x", "marked"),
        ("Auto-Submitted:\r\n auto-notified", "marked"),
        ("X-Autoreply: yes", "marked"),
        ("X-MS-Exchange-Inbox-Rules-Loop: a@b.example", "marked"),
        ("Delivered-To: Autoresponder", "marked"),
        ("Precedence: bulk", "bulk"),
        ("Precedence: JUNK", "bulk"),
        ("Precedence: list", "bulk"),
        ("List-Id: People of Acme <people.acme.example>", "list"),
        ("List-Unsubscribe: <mailto:stop@acme.example>", "list"),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", "suppressed"),
        ("X-Auto-Response-Suppress: All", "suppressed"),
        ("Return-Path: <>", "no-return-path"),
        ("X-Failed-Recipients: nobody@acme.example", "report"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "report"),
    ] {
        assert_eq!(reason(header).map(|why| why.name()), Some(expected), "{header}");
    }
}

#[test]
fn a_person_stays_one() {
    for header in [
        "Auto-Submitted: no",
        "Auto-Submitted: No (a person)",
        "Precedence: first-class",
        "X-Auto-Response-Suppress: DR",
        "Return-Path: <mia@blue.example>",
        "X-Priority: 1",
    ] {
        assert_eq!(reason(header), None, "{header}");
    }
}

#[test]
fn addresses_of_machines_are_known() {
    let of = |from: &str| taken(&[&format!("From: {from}"), "Subject: s", "", "text"]).automatic;
    for from in [
        "MAILER-DAEMON@acme.example",
        "postmaster@acme.example",
        "Acme <no-reply@acme.example>",
        "noreply+abc@acme.example",
        "do_not.reply@acme.example",
        "bounces+1=2@acme.example",
    ] {
        assert_eq!(of(from), Some(Automatic::Robot), "{from}");
    }
    for from in ["norea@acme.example", "replyna@acme.example", "Postmaster <mia@acme.example>"] {
        assert_eq!(of(from), None, "{from}");
    }
}

#[test]
fn a_bounce_is_read_and_what_bounced_is_a_file() {
    let bounce = [
        "Return-Path: <>",
        "From: Mail Delivery System <MAILER-DAEMON@mx.blue.example>",
        "To: support@acme.example",
        "Subject: Undelivered Mail Returned to Sender",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"",
        "",
        "--b1",
        "Content-Type: text/plain",
        "",
        "nobody@blue.example: no such user",
        "--b1",
        "Content-Type: message/delivery-status",
        "",
        "Final-Recipient: rfc822; nobody@blue.example",
        "--b1",
        "Content-Type: message/rfc822",
        "",
        "Message-ID: <1042.abcdefghijklmnop.n1@acme.example>",
        "Subject: the bounced one",
        "",
        "text",
        "--b1--",
    ];
    let read = read(&super::mail(&bounce)).expect("a mail");
    assert_eq!(read.automatic, Some(Automatic::Report));
    assert_eq!(read.whole_text, "nobody@blue.example: no such user");
    let kinds: Vec<_> = read.files.iter().map(|file| (file.name.as_str(), file.content_type.as_str())).collect();
    assert_eq!(kinds, [("message.eml", "message/delivery-status"), ("message.eml", "message/rfc822")]);
    assert!(read.files[1].bytes.starts_with(b"Message-ID: <1042."));
    assert_eq!(read.tokens, [], "a token in what came back proves nothing about who sent it");
}
