//! Documents of the set-up as TOML: always the same text for the same document, made to be read, compared and kept. What
//! could act on a terminal, or hides, stands there as its escape.

use crate::domain::setup::{Datum, Document, Key, Takes};
use crate::safe::acts;
use std::fmt::Write as _;

/// A document, its names in the order of a form; names that the form does not have come last.
pub fn write(document: &Document, form: &[Key]) -> String {
    let mut text = String::new();
    table(&mut text, document, form, &[]);
    text
}

/// Lists of tables under one name: groups, organizations.
pub fn write_list(name: &str, rows: &[Document]) -> String {
    let mut text = String::new();
    list_of_tables(&mut text, &[name.to_owned()], rows.iter(), &[]);
    text
}

fn table(text: &mut String, document: &Document, form: &[Key], path: &[String]) {
    let mut keys: Vec<&String> = document.0.keys().collect();
    keys.sort_by_key(|name| form.iter().position(|key| key.name == **name).unwrap_or(form.len()));
    let (mut plain, mut tables) = (Vec::new(), Vec::new());
    for key in keys {
        let Some(datum) = document.get(key) else { continue };
        if is_table(datum) { tables.push((key, datum)) } else { plain.push((key, datum)) }
    }
    for (key, datum) in plain {
        // Writing into memory does not fail.
        let _done = writeln!(text, "{} = {}", bare(key), value(datum));
    }
    for (key, datum) in tables {
        let inner = form.iter().find(|one| one.name == *key).map_or(&[][..], |one| match one.takes {
            Takes::Rows(keys) | Takes::Languages(keys) => keys,
            _ => &[],
        });
        let path: Vec<String> = path.iter().chain([key]).cloned().collect();
        match datum {
            Datum::Table(languages) => {
                for (name, one) in &languages.0 {
                    let path: Vec<String> = path.iter().chain([name]).cloned().collect();
                    if let Datum::Table(one) = one {
                        headed(text, ("[", "]"), &path);
                        table(text, one, inner, &path);
                    }
                }
            }
            Datum::List(rows) => {
                let rows = rows.iter().filter_map(|row| if let Datum::Table(row) = row { Some(row) } else { None });
                list_of_tables(text, &path, rows, inner);
            }
            _ => {}
        }
    }
}

fn list_of_tables<'d>(text: &mut String, path: &[String], rows: impl Iterator<Item = &'d Document>, form: &[Key]) {
    for row in rows {
        headed(text, ("[[", "]]"), path);
        table(text, row, form, path);
    }
}

fn headed(text: &mut String, (open, close): (&str, &str), path: &[String]) {
    let path: Vec<String> = path.iter().map(|name| bare(name)).collect();
    let blank = if text.is_empty() { "" } else { "\n" };
    let _done = writeln!(text, "{blank}{open}{}{close}", path.join("."));
}

/// Whether it stands under a heading of its own: a table of tables, or a list of tables.
fn is_table(datum: &Datum) -> bool {
    match datum {
        Datum::Table(document) => document.0.values().all(|one| matches!(one, Datum::Table(_))),
        Datum::List(list) => !list.is_empty() && list.iter().all(|one| matches!(one, Datum::Table(_))),
        _ => false,
    }
}

fn bare(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(plain) { name.to_owned() } else { quoted(name) }
}

fn value(datum: &Datum) -> String {
    match datum {
        Datum::Text(text) if text.contains('\n') => several_lines(text),
        Datum::Text(text) => quoted(text),
        Datum::Number(number) => number.to_string(),
        Datum::Flag(flag) => flag.to_string(),
        Datum::List(list) if list.is_empty() => "[]".to_owned(),
        Datum::List(list) => {
            let rows: Vec<String> = list.iter().map(|one| format!("  {},", value(one))).collect();
            format!("[\n{}\n]", rows.join("\n"))
        }
        Datum::Table(document) => {
            let pairs = document.0.iter().map(|(key, one)| format!("{} = {}", bare(key), value(one)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    let inner: String = text.chars().map(|c| if c == '"' { "\\\"".to_owned() } else { escaped(c) }).collect();
    format!("\"{inner}\"")
}

fn several_lines(text: &str) -> String {
    let mut inner = String::new();
    let mut quotes = 0;
    for c in text.chars() {
        // Three quotes in a row would end it, and so would one at the very end.
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            '\n' => inner.push('\n'),
            '"' if quotes % 3 != 0 => inner.push('"'),
            '"' => inner.push_str("\\\""),
            c => inner.push_str(&escaped(c)),
        }
    }
    if quotes > 0 && quotes % 3 != 0 {
        inner.pop();
        inner.push_str("\\\"");
    }
    format!("\"\"\"\n{inner}\"\"\"")
}

fn escaped(c: char) -> String {
    match c {
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        c if u32::from(c) < 0x20 || acts(c) => format!("\\U{:08X}", u32::from(c)),
        c => c.to_string(),
    }
}

/// Why a text is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no TOML.
    Syntax {
        /// On which line, from 1.
        line: usize,
        /// What is wrong, in the words of the library.
        why: String,
    },
    /// Under this name stands something that documents do not have, such as a number with decimals.
    Datum(String),
}

/// The way back from [`write`].
///
/// # Errors
/// What of it cannot be read.
pub fn read(text: &str) -> Result<Document, Unreadable> {
    let parsed = toml::from_str::<toml::Table>(text).map_err(|error| {
        let line = error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        Unreadable::Syntax { line, why: error.message().lines().next().unwrap_or_default().to_owned() }
    })?;
    let pair = |(key, value): (String, toml::Value)| match datum(value) {
        Some(datum) => Ok((key, datum)),
        None => Err(Unreadable::Datum(key)),
    };
    parsed.into_iter().map(pair).collect::<Result<_, _>>().map(Document)
}

fn datum(value: toml::Value) -> Option<Datum> {
    Some(match value {
        toml::Value::String(text) => Datum::Text(text),
        toml::Value::Integer(number) => Datum::Number(number),
        toml::Value::Boolean(flag) => Datum::Flag(flag),
        toml::Value::Datetime(time) => Datum::Text(time.to_string()),
        toml::Value::Array(list) => Datum::List(list.into_iter().map(datum).collect::<Option<_>>()?),
        toml::Value::Table(table) => {
            let pairs = table.into_iter().map(|(key, value)| Some((key, datum(value)?)));
            Datum::Table(Document(pairs.collect::<Option<_>>()?))
        }
        toml::Value::Float(_) => return None,
    })
}

#[cfg(test)]
mod test {
    use super::{read, write};
    use crate::domain::setup::{Document, ItemKind};
    use proptest::prelude::*;

    proptest! {
        /// Whatever texts a document has, its TOML says the same and does nothing to a terminal.
        #[test]
        fn what_is_written_is_read_again(texts in proptest::collection::vec("\\PC*|[\"\n\\\\\u{1b}\u{202e}a]{0,9}", 6)) {
            let wording = Document::default().with("subject", &*texts[0]).with("body", &*texts[1]);
            let document = Document::default()
                .with("slug", &*texts[2])
                .with("active", true)
                .with("position", 7)
                .with("actions", vec![&*texts[3], &*texts[4]])
                .with("none", Vec::<String>::new())
                .with("rows", vec![Document::default().with("name", &*texts[4])])
                .with("texts", Document::default().with(&texts[5], wording));
            let written = write(&document, ItemKind::Text.form());
            prop_assert!(!written.contains(['\u{1b}', '\u{202e}', '\r']), "{written}");
            prop_assert_eq!(read(&written), Ok(document), "{}", written);
        }
    }
}
