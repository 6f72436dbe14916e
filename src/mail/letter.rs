//! A letter as data, and as the bytes that travel.
//!
//! Names, subjects and texts are other people's words: they become one clean line (or clean lines) here, and the builder
//! encodes what is not plain. No text of anybody can begin a header.

mod clean;
mod id;

pub use id::MessageId;

use crate::domain::person::EmailAddress;
use crate::domain::time::Timestamp;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox as Box, SinglePart};
use lettre::{Address, Message};
use std::fmt;
use std::time::{Duration, SystemTime};

/// Characters of a subject at most.
const SUBJECT_CHARS: usize = 200;
/// Characters of a name at most.
const NAME_CHARS: usize = 80;
/// Characters of the value of a further header at most.
const HEADER_CHARS: usize = 500;
/// Message-IDs that a letter refers to at most: the first and the newest.
const REFERENCES: usize = 20;

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The same however often it is sent.
    pub message_id: MessageId,
    /// When it was written.
    pub date: Timestamp,
    /// The account.
    pub from: Mailbox,
    /// Where answers go; to `from` when none.
    pub reply_to: Option<Mailbox>,
    /// Whom it is for: one person, for it may carry their token.
    pub to: Mailbox,
    /// As one line.
    pub subject: String,
    /// The text, lines ended by LF.
    pub text: String,
    /// What it answers.
    pub in_reply_to: Option<MessageId>,
    /// What it belongs to, the oldest first.
    pub references: Vec<MessageId>,
    /// The language of the text, such as `fr`.
    pub language: Option<String>,
    /// Whether a rule wrote it.
    pub automatic: Automatic,
    /// Further headers; only names that begin with `X-` or `List-`.
    pub headers: Vec<(String, String)>,
}

/// A name and where mail reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// As it is shown.
    pub name: Option<String>,
    /// The address.
    pub address: EmailAddress,
}

/// Whether a rule wrote a letter (RFC 3834).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// A person's words, sent on.
    No,
    /// By a rule or the clock.
    Generated,
    /// In answer to something that came in. Travels without a sender, so that nothing can answer it.
    Replied,
}

/// A letter as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Who gets what cannot be delivered; nobody when none.
    pub sender: Option<Address>,
    /// Whom it is for.
    pub recipient: Address,
    /// RFC 5322, lines ended by CRLF.
    pub bytes: Vec<u8>,
}

/// Why a letter cannot be written at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadLetter {
    /// No mail can be sent to or from this address.
    Address(String),
    /// A further header that a letter must not have.
    Header(String),
    /// The builder's reason.
    Other(String),
}

impl fmt::Display for BadLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "bad address {address:?}"),
            Self::Header(name) => write!(f, "bad header {name:?}"),
            Self::Other(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for BadLetter {}

impl Letter {
    /// The letter as it travels.
    ///
    /// # Errors
    /// An address that no mail server takes, or a further header that is not one.
    pub fn render(&self) -> Result<Rendered, BadLetter> {
        let from = self.from.built()?;
        let to = self.to.built()?;
        let since = Duration::from_millis(u64::try_from(self.date.0).unwrap_or_default());
        let mut builder = Message::builder()
            .message_id(Some(self.message_id.to_string()))
            .date(SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH))
            .from(from.clone())
            .to(to.clone())
            .subject(clean::line(&self.subject, SUBJECT_CHARS));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.built()?);
        }
        if let Some(id) = &self.in_reply_to {
            builder = builder.in_reply_to(id.to_string());
        }
        if !self.references.is_empty() {
            builder = builder.references(self.referred());
        }
        for (name, value) in self.further()? {
            let name = HeaderName::new_from_ascii(name.clone()).map_err(|_| BadLetter::Header(name))?;
            builder = builder.raw_header(HeaderValue::new(name, value));
        }
        let sender = (self.automatic != Automatic::Replied).then(|| from.email.clone());
        let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(clean::text(&self.text));
        let message = builder.singlepart(part).map_err(|error| BadLetter::Other(error.to_string()))?;
        Ok(Rendered { sender, recipient: to.email, bytes: message.formatted() })
    }

    /// The first reference, which holds the thread together, and the newest ones.
    fn referred(&self) -> String {
        let left_out = self.references.len().saturating_sub(REFERENCES);
        let kept = self.references.iter().enumerate().filter(|(at, _)| *at == 0 || *at > left_out);
        kept.map(|(_, id)| id.to_string()).collect::<Vec<_>>().join(" ")
    }

    fn further(&self) -> Result<Vec<(String, String)>, BadLetter> {
        let mut headers = Vec::new();
        if let Some(language) = self.language.as_ref().filter(|code| clean::is_token(code)) {
            headers.push(("Content-Language".to_owned(), language.clone()));
        }
        let kind = match self.automatic {
            Automatic::No => None,
            Automatic::Generated => Some("auto-generated"),
            Automatic::Replied => Some("auto-replied"),
        };
        if let Some(kind) = kind {
            let marks = [("Auto-Submitted", kind), ("Precedence", "bulk"), ("X-Auto-Response-Suppress", "All")];
            headers.extend(marks.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        for (name, value) in &self.headers {
            let lower = name.to_ascii_lowercase();
            if !clean::is_token(name) || !(lower.starts_with("x-") || lower.starts_with("list-")) {
                return Err(BadLetter::Header(name.clone()));
            }
            headers.push((name.clone(), clean::line(value, HEADER_CHARS)));
        }
        Ok(headers)
    }
}

impl Mailbox {
    fn built(&self) -> Result<Box, BadLetter> {
        let text = self.address.as_str();
        let address = text.parse::<Address>().map_err(|_| BadLetter::Address(text.to_owned()))?;
        let name = self.name.as_ref().map(|name| clean::line(name, NAME_CHARS)).filter(|name| !name.is_empty());
        Ok(Box::new(name, address))
    }
}
