use super::{address, id, letter, mailbox, read};
use guichet::domain::person::EmailAddress;
use guichet::mail::letter::{Automatic, BadLetter, Letter, MessageId};
use proptest::prelude::*;

/// The heading's lines, unfolded, as (name, value).
fn headers(bytes: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(bytes).expect("a letter is ASCII");
    let (head, _) = text.split_once("\r\n\r\n").expect("a heading and a body");
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded
        .split("\r\n")
        .map(|line| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())).expect("a header"))
        .collect()
}

fn names(letter: &Letter) -> Vec<String> {
    let mut names: Vec<String> =
        headers(&letter.render().expect("a letter").bytes).into_iter().map(|(name, _)| name).collect();
    names.sort();
    names
}

fn value(letter: &Letter, name: &str) -> String {
    let all = headers(&letter.render().expect("a letter").bytes);
    let values: Vec<_> = all.into_iter().filter(|(other, _)| other == name).map(|(_, value)| value).collect();
    assert_eq!(values.len(), 1, "{name}: {values:?}");
    values.into_iter().next().unwrap_or_default()
}

#[test]
fn a_letter_has_the_headers_that_it_should_and_no_others() {
    let expected = [
        "Content-Language",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "References",
        "Reply-To",
        "Subject",
        "To",
    ];
    assert_eq!(names(&letter()), expected);
    assert_eq!(value(&letter(), "Message-ID"), "<1042.abcdefghijklmnop.n7@acme.example>");
    assert_eq!(value(&letter(), "Date"), "Tue, 14 Nov 2023 22:13:20 +0000");
    assert_eq!(value(&letter(), "References"), "<1042.abcdefghijklmnop@acme.example>");
    assert_eq!(letter().render(), letter().render(), "the same letter is the same bytes");
    let rendered = letter().render().expect("a letter");
    assert_eq!(rendered.sender.map(|sender| sender.to_string()).as_deref(), Some("support@acme.example"));
    assert_eq!(rendered.recipient.to_string(), "mia@blue.example");
}

/// R083, R084 and the loop guards of others: a rule's letter says that it is one.
#[test]
fn an_automatic_letter_says_so_and_an_automatic_answer_has_no_sender() {
    let generated = Letter { automatic: Automatic::Generated, ..letter() };
    assert_eq!(value(&generated, "Auto-Submitted"), "auto-generated");
    assert_eq!(value(&generated, "Precedence"), "bulk");
    assert_eq!(value(&generated, "X-Auto-Response-Suppress"), "All");
    let replied = Letter { automatic: Automatic::Replied, ..letter() };
    assert_eq!(value(&replied, "Auto-Submitted"), "auto-replied");
    assert_eq!(replied.render().expect("a letter").sender, None);
    let read = read(&replied.render().expect("a letter").bytes).expect("a mail");
    assert!(read.automatic.is_some(), "we know our own as automatic");
}

/// CVE-2012-4730, CVE-2013-3373: line ends in a field became headers.
#[test]
pub fn no_name_subject_text_or_value_begins_a_header() {
    let plain = names(&letter());
    for hostile in [
        "a\r\nBcc: everybody@blue.example",
        "a\nBcc: everybody@blue.example\n\nBody",
        "a\rBcc: everybody@blue.example",
        "a\u{2028}Bcc: everybody@blue.example",
        "a\0\u{b}\u{c}\u{85}b",
        "\u{202e}txt.exe\u{2066}",
        "🔥 the printer 🔥 ist heiß",
        "\" <x@y.example>, \"",
        "=?utf-8?q?a=0D=0ABcc:_x@y.example?=",
        &"long ".repeat(2000),
        &"é".repeat(5000),
        &"x".repeat(5000),
    ] {
        let letter = Letter {
            subject: hostile.to_owned(),
            from: mailbox(hostile, "support@acme.example"),
            to: mailbox(hostile, "mia@blue.example"),
            reply_to: Some(mailbox(hostile, "support@acme.example")),
            text: hostile.to_owned(),
            ..letter()
        };
        assert_eq!(names(&letter), plain, "{hostile:?}");
        let bytes = letter.render().expect("a letter").bytes;
        for line in bytes.split(|byte| *byte == b'\n') {
            assert!(line.len() <= 998 && line.is_ascii(), "{hostile:?}: a line of {} bytes", line.len());
        }
        let read = read(&bytes).expect("a mail");
        assert_eq!(read.from, address("support@acme.example"), "{hostile:?}");
        assert_eq!(read.to, [address("mia@blue.example")], "{hostile:?}");
        let seen = format!("{}{}{:?}", read.subject, read.whole_text, read.from_name);
        assert!(!seen.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')), "{seen:?}");
    }
}

#[test]
fn a_letter_is_read_as_it_was_written() {
    let text = "Grüezi Mia,\n\n> what was quoted\n.\n..dots\nFrom the start of a line\nein sehr langer Satz: "
        .to_owned()
        + &"Wörter und ".repeat(300);
    let letter = Letter { text: text.clone(), subject: "Der Drucker brennt 🔥".to_owned(), ..letter() };
    let read = read(&letter.render().expect("a letter").bytes).expect("a mail");
    assert_eq!(read.whole_text.replace("\r\n", "\n").trim_end(), text.trim_end());
    assert_eq!(read.subject, letter.subject);
    assert_eq!(read.message_id, Some(letter.message_id));
    assert_eq!(read.references, letter.references);
    assert_eq!(read.date, Some(letter.date));
    assert_eq!(read.from_name.as_deref(), Some("Acme Support"));
    assert_eq!(read.automatic, None);
}

#[test]
pub fn further_headers_are_only_those_that_can_do_no_harm() {
    let with = |name: &str, value: &str| Letter { headers: vec![(name.to_owned(), value.to_owned())], ..letter() };
    assert_eq!(
        value(&with("X-Guichet-Ticket", "1042\r\nBcc: x@y.example"), "X-Guichet-Ticket"),
        "1042 Bcc: x@y.example"
    );
    for name in ["Bcc", "From", "To", "Content-Type", "X-A\r\nBcc", "X A", "X-A:", "", "Subject"] {
        assert_eq!(with(name, "v").render(), Err(BadLetter::Header(name.to_owned())), "{name:?}");
    }
}

#[test]
fn an_address_that_no_server_takes_is_told() {
    for bad in ["a..b@blue.example", ".a@blue.example", "a@-blue.example", "a@blue_.example"] {
        let Ok(address) = EmailAddress::parse(bad) else { continue };
        let mut letter = letter();
        letter.to.address = address;
        assert_eq!(letter.render(), Err(BadLetter::Address(bad.to_owned())));
    }
}

#[test]
fn of_many_references_the_first_and_the_newest_stay() {
    let references: Vec<MessageId> = (0..5000).map(|at| id(&format!("{at}@blue.example"))).collect();
    let letter = Letter { references, in_reply_to: Some(id("4999@blue.example")), ..letter() };
    let all = value(&letter, "References");
    assert!(all.starts_with("<0@blue.example> <49") && all.ends_with("<4999@blue.example>"), "{all}");
    assert_eq!(all.split(' ').count(), 20);
    assert_eq!(value(&letter, "In-Reply-To"), "<4999@blue.example>");
}

proptest! {
    #[test]
    fn the_headers_are_the_same_whatever_is_written(subject: String, name: String, text: String, extra: String) {
        let mut one = letter();
        one.headers = vec![("X-Guichet".to_owned(), "v".to_owned())];
        let plain = names(&one);
        one.subject = subject;
        one.to.name = Some(name);
        one.text = text;
        one.headers = vec![("X-Guichet".to_owned(), extra)];
        prop_assert_eq!(names(&one), plain);
    }
}
