//! A mail's parts: which are its text, and which are files.
//!
//! The tree of parts is walked here, with bounds on depth and number; each heading and each leaf is read by the library.
//! A mail within a mail is never opened: it is a file.

use super::{File, Limits, heading, html};
use crate::safe;
use mail_parser::{ContentType, Message, MessageParser, MimeHeaders as _, PartType};
use std::borrow::Cow;

/// Bytes of a type's name that are kept.
const TYPE_BYTES: usize = 100;
const OCTETS: &str = "application/octet-stream";

/// The text and the files of a mail.
#[derive(Default)]
pub(super) struct Content {
    pub(super) text: String,
    pub(super) files: Vec<File>,
    pub(super) files_left_out: usize,
}

/// Reads all parts; None when there are too many, or too many within each other.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Option<Content> {
    let mut walk = Walk { limits, seen: 0, files: Vec::new(), left_out: 0 };
    let text = walk.part(bytes, 0)?.map(Found::plain).unwrap_or_default();
    Some(Content { text, files: walk.files, files_left_out: walk.left_out })
}

/// Text that a part holds.
enum Found {
    Plain(String),
    Html(String),
}

impl Found {
    fn plain(self) -> String {
        match self {
            Self::Plain(text) => text,
            Self::Html(source) => html::to_text(&source),
        }
    }
}

struct Walk<'l> {
    limits: &'l Limits,
    seen: usize,
    files: Vec<File>,
    left_out: usize,
}

impl Walk<'_> {
    /// Reads a part: gives its text, and keeps its files. None outside when there is too much.
    #[expect(clippy::option_option, reason = "outside: too much; inside: no text")]
    fn part(&mut self, bytes: &[u8], depth: usize) -> Option<Option<Found>> {
        self.seen += 1;
        if self.seen > self.limits.parts || depth > self.limits.depth {
            return None;
        }
        let end = heading::end(bytes, self.limits.heading)?;
        let body = body(bytes, end);
        let head = [&bytes[..end], b"\r\n"].concat();
        let Some(message) = MessageParser::default().parse_headers(&head).filter(|message| !message.parts.is_empty())
        else {
            return Some(Some(Found::Plain(String::from_utf8_lossy(body).into_owned())));
        };
        let kind = message.content_type();
        let major = kind.map_or("text", ContentType::ctype).to_ascii_lowercase();
        let boundary = kind.and_then(|kind| kind.attribute("boundary")).filter(|boundary| !boundary.is_empty());
        match (major.as_str(), boundary) {
            ("multipart", Some(boundary)) => {
                let minor = kind.and_then(|kind| kind.subtype()).unwrap_or_default().to_ascii_lowercase();
                self.parts(split(body, boundary.as_bytes(), self.limits.parts)?, &minor, depth)
            }
            ("multipart", None) => Some(Some(Found::Plain(String::from_utf8_lossy(body).into_owned()))),
            ("message", _) => {
                let bytes = unfolded(&message, body);
                self.file(&message, "message.eml", bytes.into_owned());
                Some(None)
            }
            _ => Some(self.leaf(&message, body)),
        }
    }

    /// Of alternatives the plain one; of the rest all texts, one below the other.
    #[expect(clippy::option_option, reason = "outside: too much; inside: no text")]
    fn parts(&mut self, parts: Vec<&[u8]>, minor: &str, depth: usize) -> Option<Option<Found>> {
        let mut texts = Vec::new();
        for part in parts {
            texts.extend(self.part(part, depth + 1)?);
        }
        if minor == "alternative" {
            let said = |found: &Found| matches!(found, Found::Plain(text) if !text.trim().is_empty());
            let at = texts.iter().position(said).or_else(|| texts.len().checked_sub(1));
            return Some(at.map(|at| texts.swap_remove(at)));
        }
        if texts.len() < 2 {
            return Some(texts.pop());
        }
        let all: Vec<String> = texts.into_iter().map(Found::plain).collect();
        Some(Some(Found::Plain(all.iter().map(|text| text.trim_end()).collect::<Vec<_>>().join("\n\n"))))
    }

    fn leaf(&mut self, message: &Message<'_>, body: &[u8]) -> Option<Found> {
        let attached = message.content_disposition().is_some_and(|way| way.ctype().eq_ignore_ascii_case("attachment"));
        if !attached && message.attachment_name().is_none() {
            if is_type(message, "plain") {
                return Some(Found::Plain(unfolded_text(message, body)));
            }
            if is_type(message, "html") {
                return Some(Found::Html(unfolded_text(message, body)));
            }
        }
        let name = if is_type(message, "calendar") { "calendar.ics" } else { "" };
        self.file(message, name, unfolded(message, body).into_owned());
        None
    }

    fn file(&mut self, message: &Message<'_>, unnamed: &str, bytes: Vec<u8>) {
        if self.files.len() >= self.limits.files {
            self.left_out += 1;
            return;
        }
        let name = message.attachment_name().unwrap_or(unnamed);
        // What is longer is no name; only its end could matter, and that is looked for in reason.
        let start = name.ceil_char_boundary(name.len().saturating_sub(4096));
        self.files.push(File { name: safe::file_name(&name[start..]), content_type: content_type(message), bytes });
    }
}

fn is_type(message: &Message<'_>, minor: &str) -> bool {
    let kind = message.content_type();
    kind.map_or(minor == "plain", |kind| {
        kind.ctype().eq_ignore_ascii_case("text") && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case(minor))
    })
}

/// As claimed, if it is written like a type.
fn content_type(message: &Message<'_>) -> String {
    let Some(kind) = message.content_type() else { return "text/plain".to_owned() };
    let text = format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase();
    let formed = text.split('/').count() == 2 && text.split('/').all(is_token);
    if formed { text } else { OCTETS.to_owned() }
}

/// The bytes of a body, its transfer encoding undone. The library is shown the body alone under a type of ours, so that
/// no heading can make it see more parts in there than are seen here.
fn unfolded<'b>(message: &Message<'_>, body: &'b [u8]) -> Cow<'b, [u8]> {
    let Some(encoding) = encoding(message) else { return Cow::Borrowed(body) };
    let head = format!("Content-Type: {OCTETS}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n");
    let neutral = [head.as_bytes(), body].concat();
    let parsed = MessageParser::default().parse(&neutral);
    match parsed.as_ref().and_then(|parsed| parsed.parts.first()).map(|part| &part.body) {
        Some(PartType::Binary(bytes) | PartType::InlineBinary(bytes)) => Cow::Owned(bytes.to_vec()),
        _ => Cow::Borrowed(body),
    }
}

/// The same for a text, in the letters that it says it is written in.
fn unfolded_text(message: &Message<'_>, body: &[u8]) -> String {
    let charset = message.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or("utf-8");
    let charset = if is_token(charset) { charset } else { "utf-8" };
    let text = decoded(message, body, charset);
    // No letter of it was understood: it was written in others than it says, or in some that nobody knows.
    let wide = charset.to_ascii_lowercase().starts_with("utf-16");
    let foreign = || text.chars().all(|c| c.is_ascii() || c == '\u{fffd}');
    let broken = || std::str::from_utf8(&unfolded(message, body)).is_err();
    if text.contains('\u{fffd}') && !wide && foreign() && broken() {
        decoded(message, body, "windows-1252")
    } else {
        text
    }
}

fn decoded(message: &Message<'_>, body: &[u8], charset: &str) -> String {
    let encoding = encoding(message).unwrap_or("8bit");
    let head = format!("Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n");
    let neutral = [head.as_bytes(), body].concat();
    let parsed = MessageParser::default().parse(&neutral);
    match parsed.as_ref().and_then(|parsed| parsed.parts.first()).map(|part| &part.body) {
        Some(PartType::Text(text)) => text.to_string(),
        _ => String::from_utf8_lossy(body).into_owned(),
    }
}

fn encoding(message: &Message<'_>) -> Option<&'static str> {
    let named = message.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
    ["base64", "quoted-printable"].into_iter().find(|known| *known == named)
}

fn is_token(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
    !text.is_empty() && text.len() <= TYPE_BYTES && text.bytes().all(plain)
}

/// What follows the blank line below a heading.
fn body(bytes: &[u8], heading: usize) -> &[u8] {
    let rest = &bytes[heading..];
    rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest)
}

/// The parts between the lines `--boundary`, without the line end before each; None when there are too many.
fn split<'b>(body: &'b [u8], boundary: &[u8], most: usize) -> Option<Vec<&'b [u8]>> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let marked = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)).map(<[u8]>::trim_ascii);
        // Another boundary may begin with the same letters.
        if let Some(rest) = marked.filter(|rest| matches!(*rest, b"" | b"--")) {
            if let Some(start) = start {
                parts.push(without_end(&body[start..at]));
            }
            start = (rest == b"").then_some(at + line.len());
            if parts.len() > most {
                return None;
            }
            if rest == b"--" {
                return Some(parts);
            }
        }
        at += line.len();
    }
    // The last mark is missing: what is there counts.
    parts.extend(start.map(|start| &body[start..]));
    Some(parts)
}

fn without_end(part: &[u8]) -> &[u8] {
    part.strip_suffix(b"\r\n").or_else(|| part.strip_suffix(b"\n")).unwrap_or(part)
}
