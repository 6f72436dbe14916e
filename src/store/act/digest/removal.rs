//! What is wanted of tickets that go, and of letters and mails.

use super::ink::{Ink, Written};
use crate::domain::mailroom::MailDeed;
use crate::domain::removal::Removal;

impl Written for Removal {
    fn write(&self, ink: &mut Ink<'_>) {
        match self {
            Self::Delete(ticket) => ink.record("Delete", |ink| _ = ink.field("ticket", ticket)),
            Self::Spam(ticket) => ink.record("Spam", |ink| _ = ink.field("ticket", ticket)),
            Self::Restore(ticket) => ink.record("Restore", |ink| _ = ink.field("ticket", ticket)),
            Self::Purge(ticket) => ink.record("Purge", |ink| _ = ink.field("ticket", ticket)),
            // The piece is to be forgotten: by a digest of it, a number of a card could be found out by trying.
            Self::Redact { ticket, comment, text } => ink.record("Redact", |ink| {
                let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
                ink.field("ticket", ticket).field("comment", comment);
                ink.number(length);
            }),
            Self::RedactFile { ticket, comment, file } => ink.record("RedactFile", |ink| {
                ink.field("ticket", ticket).field("comment", comment).field("file", file);
            }),
        }
    }
}

impl Written for MailDeed {
    fn write(&self, ink: &mut Ink<'_>) {
        let (name, number) = match self {
            Self::PutBack(letter) => ("PutBack", letter),
            Self::DropLetter(letter) => ("DropLetter", letter),
            Self::DropMail(mail) => ("DropMail", mail),
        };
        ink.record(name, |ink| ink.number(*number));
    }
}
