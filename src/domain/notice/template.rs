//! Texts with placeholders, such as `{{ ticket.id }}`: what may stand in them, and what becomes of them.
//!
//! A text can name things, and leave parts out with `{% if … %}`; it can neither loop nor compute, so what it makes is
//! about as long as what it is made of.

use super::shown::SAID;
use crate::domain::setup::{Datum, Document};
use minijinja::{Environment, UndefinedBehavior, Value};
use std::collections::BTreeMap;
use std::io;

/// What texts may name, beside the account's own fields as `ticket.fields.NAME`.
pub const PLACEHOLDERS: [&str; 21] = [
    "account.name",
    "account.url",
    "assignee.name",
    "comment.author",
    "comment.body",
    "comment.is_public",
    "group.name",
    "organization.name",
    "recipient.address",
    "recipient.name",
    "requester.address",
    "requester.name",
    "ticket.due",
    "ticket.id",
    "ticket.is_private",
    "ticket.kind",
    "ticket.priority",
    "ticket.status",
    "ticket.subject",
    "ticket.tags",
    "ticket.url",
];

const FIELDS: &str = "ticket.fields.";
/// The longest text, in bytes.
const MAX_BYTES: usize = 64 * 1024;
/// The longest result, in bytes.
const MAX_SAID: usize = 256 * 1024;
/// Steps that a text may take: many more than one of its length needs.
const FUEL: u64 = 200_000;

/// Why a text with placeholders is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTemplate {
    /// There is nothing of that name.
    Unknown(String),
    /// It has more bytes than it may.
    TooLong(usize),
    /// This may not stand between braces.
    NotAllowed(String),
    /// It cannot be understood, at that line.
    Broken {
        /// The line, from 1.
        line: usize,
    },
}

/// Whether a text can be filled in, with an account's fields by their names.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check<'f>(text: &str, fields: impl IntoIterator<Item = &'f str>) -> Result<(), BadTemplate> {
    if text.len() > MAX_BYTES {
        return Err(BadTemplate::TooLong(MAX_BYTES));
    }
    tags(text)?;
    let environment = environment();
    let template =
        environment.template_from_str(text).map_err(|error| BadTemplate::Broken { line: error.line().unwrap_or(1) })?;
    let mut named: Vec<String> = template.undeclared_variables(true).into_iter().collect();
    named.sort();
    let fields: Vec<&str> = fields.into_iter().collect();
    let known = |name: &str| match name.strip_prefix(FIELDS) {
        Some(field) => fields.contains(&field),
        None => PLACEHOLDERS.contains(&name) || name == "comment" || name == "assignee",
    };
    match named.into_iter().find(|name| !known(name)) {
        Some(name) => Err(BadTemplate::Unknown(name)),
        None => Ok(()),
    }
}

/// A text with everything filled in; what is not there leaves nothing. What would be too long is cut.
///
/// # Errors
/// The text is none: it was changed by hand, or is older than what it names.
pub fn fill(text: &str, with: &Document) -> Result<String, BadTemplate> {
    tags(text)?;
    let text = &as_people_read(text, with);
    let environment = environment();
    let broken = |error: minijinja::Error| BadTemplate::Broken { line: error.line().unwrap_or(1) };
    let template = environment.template_from_str(text).map_err(broken)?;
    let mut said = Bounded::default();
    match template.render_captured_to(table(with), &mut said) {
        Ok(_) => {}
        Err(_) if said.full => {}
        Err(error) => return Err(broken(error)),
    }
    Ok(String::from_utf8_lossy(&said.bytes).into_owned())
}

/// Names values as people read them where a text says them. Where it compares them they stay by their names, which are
/// the same in every language.
fn as_people_read(text: &str, with: &Document) -> String {
    if with.get(SAID).is_none() {
        return text.to_owned();
    }
    let mut said = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, expression) = rest.split_at(at);
        let (expression, after) = expression.split_at(expression.find("}}").unwrap_or(expression.len()));
        said.push_str(before);
        if expression.contains("==") || expression.contains("!=") {
            said.push_str(expression);
        } else {
            rename(&mut said, expression);
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// Names what begins with `ticket.` otherwise, but not within quotes.
fn rename(said: &mut String, expression: &str) {
    let (mut quoted, mut before) = (None, ' ');
    for (at, c) in expression.char_indices() {
        match quoted {
            Some(quote) if c == quote => quoted = None,
            None if c == '"' || c == '\'' => quoted = Some(c),
            None if expression[at..].starts_with("ticket.") && !before.is_alphanumeric() && !"._".contains(before) => {
                said.push_str(SAID);
                said.push('.');
            }
            _ => {}
        }
        said.push(c);
        before = c;
    }
}

fn environment<'t>() -> Environment<'t> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_fuel(Some(FUEL));
    if let Ok(syntax) = minijinja::syntax::SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment
}

fn table(document: &Document) -> Value {
    let table: BTreeMap<String, Value> = document.0.iter().map(|(key, datum)| (key.clone(), value(datum))).collect();
    Value::from(table)
}

fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Text(text) => Value::from(text.as_str()),
        Datum::Number(number) => Value::from(*number),
        Datum::Flag(flag) => Value::from(*flag),
        Datum::List(list) => list.iter().map(value).collect(),
        Datum::Table(document) => table(document),
    }
}

/// Looks at everything between braces: names, texts in quotes, comparisons, and `if` alone.
fn tags(text: &str) -> Result<(), BadTemplate> {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        rest = &rest[at..];
        rest = match rest.get(..2) {
            Some("{#") => rest.find("#}").map_or("", |end| &rest[end + 2..]),
            Some("{{") => expression(&rest[2..], "}}", false)?,
            Some("{%") => expression(&rest[2..], "%}", true)?,
            _ => &rest[1..],
        };
    }
    Ok(())
}

/// What comes behind a tag.
fn expression<'t>(text: &'t str, close: &str, statement: bool) -> Result<&'t str, BadTemplate> {
    let (mut quoted, mut end) = (None, text.len());
    let not_allowed = |end: usize| BadTemplate::NotAllowed(text[..end].trim().chars().take(60).collect());
    for (at, c) in text.char_indices() {
        match quoted {
            None if text[at..].starts_with(close) => {
                end = at;
                break;
            }
            Some(_) if c == '\\' => return Err(not_allowed(at)),
            Some(quote) if c == quote => quoted = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quoted = Some(c),
            // A dash at an edge takes the blanks beside the tag away.
            None if c == '-' && (at == 0 || text[at + 1..].starts_with(close)) => {}
            None if c.is_alphanumeric() || c.is_whitespace() || "._=!".contains(c) => {}
            None => return Err(not_allowed(at + c.len_utf8())),
        }
    }
    let words = text[..end].trim_start_matches('-').trim();
    let first = words.split_whitespace().next().unwrap_or_default().trim_end_matches('-');
    if statement && !["if", "elif", "else", "endif"].contains(&first) {
        return Err(not_allowed(end));
    }
    Ok(text.get(end + close.len()..).unwrap_or_default())
}

/// Takes so many bytes and no more.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = MAX_SAID - self.bytes.len();
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if bytes.len() > room {
            self.full = true;
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
