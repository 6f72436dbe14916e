//! The mail layer: what leaves, what arrives, and what neither may do.

pub mod arriving;
mod backoff;
pub mod courier;
mod folder;
pub mod incoming;
pub mod letter;
mod machines;
pub mod pages;
mod quote;
mod settings;
pub mod sink;
mod smtp;
pub mod token;

use guichet::domain::person::EmailAddress;
use guichet::domain::time::Timestamp;
use guichet::mail::incoming::{Incoming, Limits, Refused};
use guichet::mail::letter::{Automatic, Letter, Mailbox, MessageId};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

fn mailbox(name: &str, text: &str) -> Mailbox {
    Mailbox { name: Some(name.to_owned()), address: address(text) }
}

fn id(text: &str) -> MessageId {
    MessageId::parse(text).expect("a Message-ID")
}

/// A letter from Acme's support to Mia.
fn letter() -> Letter {
    Letter {
        message_id: id("1042.abcdefghijklmnop.n7@acme.example"),
        date: Timestamp(1_700_000_000_000),
        from: mailbox("Acme Support", "support@acme.example"),
        reply_to: Some(mailbox("Acme Support", "support+1042.abcdefghijklmnop@acme.example")),
        to: mailbox("Mia Keller", "mia@blue.example"),
        subject: "[#1042] The printer is on fire".to_owned(),
        text: "Hello Mia,\n\nplease take the cat away from it.\n".to_owned(),
        in_reply_to: None,
        references: vec![id("1042.abcdefghijklmnop@acme.example")],
        language: Some("en".to_owned()),
        automatic: Automatic::No,
        headers: Vec::new(),
    }
}

/// A mail out of its lines.
fn mail(lines: &[&str]) -> Vec<u8> {
    lines.join("\r\n").into_bytes()
}

fn read(bytes: &[u8]) -> Result<Incoming, Box<Refused>> {
    guichet::mail::incoming::read(bytes, &Limits::default())
}

#[track_caller]
fn taken(lines: &[&str]) -> Incoming {
    read(&mail(lines)).expect("a mail that is taken")
}
