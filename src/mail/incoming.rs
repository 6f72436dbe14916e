//! An incoming mail as data.
//!
//! Everything in it is a stranger's claim: who wrote it, which ticket it is about, that it is no machine's. Sizes, parts
//! and nesting are bounded before anything is unfolded; what goes beyond, and what does not say clearly who wrote it, is
//! refused with as much of its heading as can be read, so that somebody can look at it.

mod automatic;
mod heading;
mod html;
mod parts;

pub use automatic::Automatic;
pub use heading::Heading;

use crate::domain::comment::NewComment;
use crate::domain::person::EmailAddress;
use crate::domain::time::Timestamp;
use crate::mail::letter::MessageId;
use crate::mail::quote;
use crate::mail::token::Candidate;
use std::fmt;

/// How much a mail may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole.
    pub bytes: usize,
    /// Bytes of its heading, and of that of each part.
    pub heading: usize,
    /// Parts.
    pub parts: usize,
    /// Parts within parts.
    pub depth: usize,
    /// Files.
    pub files: usize,
    /// Characters of its text with what it quotes; more is cut.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 25 * 1024 * 1024,
            heading: 256 * 1024,
            parts: 100,
            depth: 10,
            files: NewComment::MAX_FILES,
            text: 1024 * 1024,
        }
    }
}

/// What an incoming mail says.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Who claims to have written it. Known only together with a token.
    pub from: EmailAddress,
    /// The name beside it, as one line.
    pub from_name: Option<String>,
    /// Whom it names as recipients, at most 100.
    pub to: Vec<EmailAddress>,
    /// As one line.
    pub subject: String,
    /// The reply alone, without what it quotes.
    pub text: String,
    /// All of the text.
    pub whole_text: String,
    /// Whether a text was cut at its limit.
    pub cut: bool,
    /// The files.
    pub files: Vec<File>,
    /// How many files more it has than are taken.
    pub files_left_out: usize,
    /// Its Message-ID; by it a mail that comes twice is known.
    pub message_id: Option<MessageId>,
    /// The mails that it answers and belongs to.
    pub references: Vec<MessageId>,
    /// What may be tokens, at most 20.
    pub tokens: Vec<Candidate>,
    /// Why nothing is sent in answer to it, if a machine wrote it.
    pub automatic: Option<Automatic>,
    /// When it claims to have been written.
    pub date: Option<Timestamp>,
}

impl Incoming {
    /// Whether everything that it says and brings is here.
    pub const fn is_whole(&self) -> bool {
        !self.cut && self.files_left_out == 0
    }
}

/// A file that came with a mail.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// A name to save it under: one component of a path.
    pub name: String,
    /// As claimed, such as `image/png`; never looked up in the file itself.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({:?}, {}, {} bytes)", self.name, self.content_type, self.bytes.len())
    }
}

/// A mail that is not taken as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Why.
    pub why: Why,
    /// What could be read of it.
    pub heading: Heading,
}

/// Why a mail is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is no mail at all.
    NoMail,
    /// It names nobody as its writer, or something that is no address.
    NoSender,
    /// It names several writers.
    SeveralSenders,
    /// It has more bytes than it may.
    TooBig,
    /// It has more parts or headers, or more parts within parts, than it may.
    TooManyParts,
}

impl Why {
    /// Its name, for logs and as the key of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoMail => "no-mail",
            Self::NoSender => "no-sender",
            Self::SeveralSenders => "several-senders",
            Self::TooBig => "too-big",
            Self::TooManyParts => "too-many-parts",
        }
    }
}

/// Reads a mail.
///
/// # Errors
/// It is none, it is not clear who wrote it, or it is more than the limits allow.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Incoming, Box<Refused>> {
    let bytes = heading::without_envelope(bytes);
    let heading = heading::read(bytes, limits);
    let refuse = |why: Why| Err(Box::new(Refused { why, heading: heading.shown.clone() }));
    if let Some(why) = heading.fault {
        return refuse(why);
    }
    if bytes.len() > limits.bytes {
        return refuse(Why::TooBig);
    }
    let Some(from) = heading.from.clone() else { return refuse(Why::NoSender) };
    let Some(content) = parts::read(bytes, limits) else { return refuse(Why::TooManyParts) };
    let automatic = automatic::reason(&heading, &from);
    let (whole_text, cut) = shorten(&content.text, limits.text);
    Ok(Incoming {
        from_name: heading.shown.from_name.clone(),
        subject: heading.shown.subject.clone(),
        message_id: heading.shown.message_id.clone(),
        date: heading.shown.date,
        text: quote::reply(&whole_text),
        whole_text,
        cut,
        files: content.files,
        files_left_out: content.files_left_out,
        tokens: heading.tokens(),
        to: heading.to,
        references: heading.references,
        automatic,
        from,
    })
}

/// The heading alone, of a mail that is too big to be read.
pub fn refuse_big(head: &[u8], limits: &Limits) -> Refused {
    let heading = heading::read(heading::without_envelope(head), limits);
    Refused { why: Why::TooBig, heading: heading.shown }
}

/// At most so many characters, and whether that was less.
fn shorten(text: &str, chars: usize) -> (String, bool) {
    match text.char_indices().nth(chars) {
        Some((at, _)) => (text[..at].to_owned(), true),
        None => (text.to_owned(), false),
    }
}
