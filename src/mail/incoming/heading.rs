use super::{Limits, Why};
use crate::domain::person::EmailAddress;
use crate::domain::time::Timestamp;
use crate::mail::letter::MessageId;
use crate::mail::token::Candidate;
use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders as _};

/// Recipients that are looked at.
const RECIPIENTS: usize = 100;
/// Message-IDs that are looked at.
const REFERENCES: usize = 100;
/// What may be tokens.
const TOKENS: usize = 20;
/// Characters of a subject or a name.
const LINE_CHARS: usize = 500;
/// Headers that name where a mail was delivered, beside To and Cc.
const DELIVERED: &[&str] = &["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];
/// A mail from before there were mails, and one from after our days.
const YEARS: std::ops::RangeInclusive<u16> = 1970..=2200;

/// What can be shown of a mail's heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// Who claims to have written it, as it stands there.
    pub from: Option<String>,
    /// The name beside the address.
    pub from_name: Option<String>,
    /// The subject, as one line.
    pub subject: String,
    /// The Message-ID.
    pub message_id: Option<MessageId>,
    /// When it claims to have been written.
    pub date: Option<Timestamp>,
}

/// All that is looked at in a heading.
#[derive(Default)]
pub(super) struct Read {
    pub(super) shown: Heading,
    pub(super) fault: Option<Why>,
    pub(super) from: Option<EmailAddress>,
    pub(super) to: Vec<EmailAddress>,
    /// Addresses where it was delivered, as they stand there.
    delivered: Vec<String>,
    pub(super) references: Vec<MessageId>,
    /// Every header by its name in small letters.
    headers: Vec<(String, String)>,
    pub(super) content_type: String,
}

impl Read {
    /// The values of a header, its name in small letters.
    pub(super) fn values<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        self.headers.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// What may be tokens, each once.
    pub(super) fn tokens(&self) -> Vec<Candidate> {
        let addressed = self.to.iter().map(EmailAddress::as_str).chain(self.delivered.iter().map(String::as_str));
        let found = addressed.filter_map(Candidate::in_address);
        // The newest reference is the last one.
        let referred = self.references.iter().rev().filter_map(|id| Candidate::in_message_id(id.as_str()));
        let mut tokens: Vec<Candidate> = Vec::new();
        for candidate in found.chain(referred) {
            if tokens.len() < TOKENS && !tokens.contains(&candidate) {
                tokens.push(candidate);
            }
        }
        tokens
    }
}

/// Without the line `From … date` that mailboxes and pipes put before a mail.
pub(super) fn without_envelope(bytes: &[u8]) -> &[u8] {
    let line = bytes.iter().position(|byte| *byte == b'\n');
    match line {
        Some(end) if bytes.starts_with(b"From ") => &bytes[end + 1..],
        _ => bytes,
    }
}

/// Where the heading ends: behind its last line. None when that is beyond the limit.
pub(super) fn end(bytes: &[u8], limit: usize) -> Option<usize> {
    let mut start = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if start > limit {
            return None;
        }
        if line == b"\n" || line == b"\r\n" {
            return Some(start);
        }
        start += line.len();
    }
    (start <= limit).then_some(start)
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Read {
    let too_much = end(bytes, limits.heading).is_none();
    let head = &bytes[..end(bytes, limits.heading).unwrap_or(bytes.len().min(limits.heading))];
    // The parser wants to see the heading's end.
    let head = [head, b"\r\n"].concat();
    let parsed = MessageParser::default().parse_headers(&head).filter(|message| !message.parts.is_empty());
    let Some(message) = parsed else {
        return Read { fault: Some(Why::NoMail), ..Read::default() };
    };
    let mut read = gather(&message, &head);
    if read.headers.is_empty() {
        read.fault = Some(Why::NoMail);
    } else if too_much {
        read.fault = Some(Why::TooManyParts);
    }
    read
}

fn gather(message: &Message<'_>, head: &[u8]) -> Read {
    let mut read = Read { headers: raw(head), ..Read::default() };
    sender(message, &mut read);
    for name in [HeaderName::To, HeaderName::Cc] {
        for address in message.header_values(name).filter_map(HeaderValue::as_address) {
            let texts = address.iter().filter_map(|one| one.address());
            let left = RECIPIENTS.saturating_sub(read.to.len());
            read.to.extend(texts.filter_map(|text| EmailAddress::parse(text).ok()).take(left));
        }
    }
    for name in DELIVERED {
        let values: Vec<String> = read.values(&name.to_ascii_lowercase()).map(bare).collect();
        read.delivered.extend(values.into_iter().take(RECIPIENTS));
    }
    for value in [message.references(), message.in_reply_to()] {
        let mut ids: Vec<MessageId> = match value {
            HeaderValue::Text(id) => MessageId::parse(id).into_iter().collect(),
            HeaderValue::TextList(ids) => {
                let newest = ids.len().saturating_sub(REFERENCES);
                ids.iter().skip(newest).filter_map(|id| MessageId::parse(id)).collect()
            }
            _ => Vec::new(),
        };
        ids.retain(|id| !read.references.contains(id));
        read.references.extend(ids);
    }
    read.shown.subject = line(message.subject().unwrap_or_default());
    read.shown.message_id = message.message_id().and_then(MessageId::parse);
    let date = message.date().filter(|date| date.is_valid() && YEARS.contains(&date.year));
    read.shown.date = date.map(|date| Timestamp(date.to_timestamp().saturating_mul(1000)));
    if let Some(kind) = message.content_type() {
        read.content_type = format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase();
    }
    read
}

/// Every header as it stands there, unfolded: name in small letters and value.
fn raw(head: &[u8]) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split(|byte| *byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        if text.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    headers
}

/// Exactly one From with exactly one address says who wrote it; of several, one reader sees this one and another that.
fn sender(message: &Message<'_>, read: &mut Read) {
    let named = read.values("from").count();
    let addresses: Vec<&Address<'_>> =
        message.header_values(HeaderName::From).filter_map(HeaderValue::as_address).collect();
    let all: Vec<_> = addresses.iter().flat_map(|address| address.iter()).take(3).collect();
    read.shown.from = all.first().and_then(|one| one.address()).map(line).filter(|text| !text.is_empty());
    read.shown.from_name = all.first().and_then(|one| one.name()).map(line).filter(|text| !text.is_empty());
    if named > 1 || addresses.len() > 1 || all.iter().filter(|one| one.address().is_some()).count() > 1 {
        read.fault = Some(Why::SeveralSenders);
        return;
    }
    read.from = all.first().and_then(|one| one.address()).and_then(|text| EmailAddress::parse(text).ok());
    if read.from.is_none() {
        read.fault = Some(Why::NoSender);
    }
}

/// What stands in angle brackets, or all of it.
fn bare(value: &str) -> String {
    let inner = value.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inner, _)| inner);
    inner.unwrap_or(value).trim().chars().take(LINE_CHARS).collect()
}

fn line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(4 * LINE_CHARS).collect();
    let words: String = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LINE_CHARS).collect()
}
