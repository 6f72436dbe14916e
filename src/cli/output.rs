//! The only place that prints. Text goes out as [`Safe`] or as JSON; a stream that nobody reads ends the run quietly.

use super::table::Table;
use crate::language::nearest;
use crate::report::{Failure, Report, Status};
use crate::safe::{Safe, acts};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Where results and messages go.
pub struct Streams {
    /// Results.
    pub out: Box<dyn Write + Send>,
    /// Everything else.
    pub err: Box<dyn Write + Send>,
}

impl Streams {
    /// The process's own.
    #[expect(clippy::disallowed_methods, reason = "this is the output module")]
    pub fn standard() -> Self {
        Self { out: Box::new(io::BufWriter::new(io::stdout())), err: Box::new(io::stderr()) }
    }
}

/// A list of which some rows are printed.
pub struct Listing {
    any: bool,
}

/// What a command prints, and how.
pub struct Output {
    streams: Streams,
    /// Cells of a line when results go to a terminal.
    pub width: Option<usize>,
    /// Whether results may be bold or in colours.
    pub colours: bool,
    /// The keys to print of each JSON object, none for no JSON, empty for all.
    pub fields: Option<Vec<String>>,
    /// Whether only results are printed.
    pub quiet: bool,
}

impl Output {
    /// Prints to these streams.
    pub fn new(streams: Streams) -> Self {
        Self { streams, width: None, colours: false, fields: None, quiet: false }
    }

    /// Whether JSON is wanted.
    pub const fn is_json(&self) -> bool {
        self.fields.is_some()
    }

    /// A line of the result.
    pub fn line(&mut self, text: &Safe) -> Result<(), Failure> {
        Ok(writeln!(self.streams.out, "{text}")?)
    }

    /// A heading of the result, bold where that is possible.
    pub fn heading(&mut self, text: &Safe) -> Result<(), Failure> {
        let (on, off) = if self.colours { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        Ok(writeln!(self.streams.out, "{on}{text}{off}")?)
    }

    /// A line of the result whose sign says what becomes of what it names, in the sign's colour where that is possible.
    pub fn signed(&mut self, sign: char, text: &Safe) -> Result<(), Failure> {
        let on = match sign {
            '+' => "\u{1b}[32m",
            '-' => "\u{1b}[31m",
            '~' => "\u{1b}[33m",
            '!' => "\u{1b}[1;31m",
            _ => return self.line(text),
        };
        if self.colours { Ok(writeln!(self.streams.out, "{on}{text}\u{1b}[0m")?) } else { self.line(text) }
    }

    /// What a command did: `said` for people, `result` alone when only results are wanted.
    pub fn done(&mut self, said: &str, result: &str) -> Result<(), Failure> {
        match (self.quiet, result.is_empty()) {
            (false, _) => self.line(&Safe::text(said)),
            (true, false) => self.line(&Safe::line(result)),
            (true, true) => Ok(()),
        }
    }

    /// Rows, fitted to the terminal; elsewhere one line each with tabs between, and no headings.
    pub fn table(&mut self, table: &Table) -> Result<(), Failure> {
        let text = match self.width {
            Some(width) => table.fitted(width, self.colours),
            None => table.tabbed(),
        };
        Ok(self.streams.out.write_all(text.as_bytes())?)
    }

    /// Text of our own making: a script, a manual page.
    pub fn raw(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.streams.out.write_all(text.as_bytes())?)
    }

    /// Bytes of somebody else: refused on a terminal, on which they could do anything.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.width.is_some() {
            return Err(Failure::said("cli-bytes-on-terminal", Status::Usage));
        }
        Ok(self.streams.out.write_all(bytes)?)
    }

    /// A message beside the results, unless only these are wanted.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            // In the order in which it happened; and a message that nobody reads is no reason to stop.
            let _closed = self.streams.out.flush();
            let _closed = writeln!(self.streams.err, "{}", Safe::text(text));
        }
    }

    /// How a long work goes on, beside the results: drawn where a person looks at it, nowhere else.
    pub fn progress(&self, total: u64) -> ProgressBar {
        if self.quiet || self.is_json() || self.width.is_none() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} · {per_sec} · {eta}");
        ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// Asks somebody at the terminal for something, even where only results are wanted.
    pub fn ask(&mut self, text: &str) {
        // Who does not see the question does not answer it.
        let _closed = self.streams.out.flush();
        let _closed = write!(self.streams.err, "{}", Safe::text(text));
        let _closed = self.streams.err.flush();
    }

    /// What went wrong: always told.
    pub fn report(&mut self, report: &Report) {
        let _closed = writeln!(self.streams.err, "{}", report.sentence);
        if let Some(hint) = &report.hint {
            let _closed = writeln!(self.streams.err, "{hint}");
        }
    }

    /// Everything that was printed leaves the program.
    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.streams.out.flush()?)
    }

    /// An object of the API under its name: `{"ticket": {…}}`.
    pub fn object(&mut self, name: &str, value: impl Serialize) -> Result<(), Failure> {
        let value = self.picked(json(value)?)?;
        self.whole(Map::from_iter([(name.to_owned(), value)]))
    }

    /// Objects of the API under their name, with what else belongs to the list.
    pub fn list(&mut self, name: &str, rows: impl Serialize, more: Map<String, Value>) -> Result<(), Failure> {
        let Value::Array(rows) = json(rows)? else { return Ok(()) };
        let rows = rows.into_iter().map(|row| self.picked(row)).collect::<Result<Vec<_>, _>>()?;
        let mut all = Map::from_iter([(name.to_owned(), Value::Array(rows))]);
        all.extend(more);
        self.whole(all)
    }

    /// Begins the object of a list whose rows come some at a time: all of them need not be in memory.
    pub fn listing(&mut self, name: &str) -> Result<Listing, Failure> {
        write!(self.streams.out, "{{{}:[", Value::from(name))?;
        Ok(Listing { any: false })
    }

    /// Some of its rows, a line each.
    pub fn listed(&mut self, listing: &mut Listing, rows: impl Serialize) -> Result<(), Failure> {
        let Value::Array(rows) = json(rows)? else { return Ok(()) };
        for row in rows {
            let row = self.picked(row)?.to_string();
            let row = if self.width.is_some() { harmless(&row) } else { row };
            write!(self.streams.out, "{}\n{row}", if listing.any { "," } else { "" })?;
            listing.any = true;
        }
        Ok(())
    }

    /// Ends it, with what else belongs to it.
    pub fn end(&mut self, listing: &Listing, more: Map<String, Value>) -> Result<(), Failure> {
        let end = if listing.any { "\n]" } else { "]" };
        write!(self.streams.out, "{end}")?;
        for (key, value) in more {
            write!(self.streams.out, ",{}:{value}", Value::from(key))?;
        }
        Ok(writeln!(self.streams.out, "}}")?)
    }

    /// A JSON object as it is.
    pub fn whole(&mut self, object: Map<String, Value>) -> Result<(), Failure> {
        let value = Value::Object(object);
        let text = if self.width.is_some() { harmless(&format!("{value:#}")) } else { value.to_string() };
        Ok(writeln!(self.streams.out, "{text}")?)
    }

    /// The wanted keys of an object.
    fn picked(&self, value: Value) -> Result<Value, Failure> {
        let wanted = self.fields.as_deref().unwrap_or_default();
        let Value::Object(mut object) = value else { return Ok(value) };
        if wanted.is_empty() {
            return Ok(Value::Object(object));
        }
        let mut picked = Map::new();
        for field in wanted {
            let Some((key, value)) = object.remove_entry(field) else {
                let known: Vec<String> = object.keys().cloned().collect();
                let failure = match nearest(field, known.iter().map(String::as_str)) {
                    Some(near) => Failure::said("cli-no-field-but", Status::Usage).with("nearest", near.to_owned()),
                    None => Failure::said("cli-no-field", Status::Usage),
                };
                return Err(failure.with("field", field).with("known", known.join(", ")));
            };
            picked.insert(key, value);
        }
        Ok(Value::Object(picked))
    }
}

/// A value as JSON.
pub(super) fn json(value: impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(|error| Failure::Io(io::Error::other(error)))
}

/// JSON in which nothing can do anything to a terminal: JSON escapes C0 by itself, here go C1, DEL, and what turns or
/// hides text. Such characters stand in strings only, so each can be written as its escape.
fn harmless(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if acts(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing into memory does not fail.
                let _done = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}
