//! One line of a form: what is typed, and what it means.

use crate::domain::setup::{Datum, Document, Key, Takes};
use crate::notation::{self, Unreadable};
use crate::tui::editor::Editor;
use crate::tui::input::{self, Code};

/// What is typed under a name.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name, and what can stand there.
    pub key: Key,
    input: Input,
}

#[derive(Clone, Debug)]
enum Input {
    Flag(bool),
    Line(Editor),
    Lines(Editor),
}

impl Entry {
    /// With what stands there, or as usual.
    pub fn new(key: Key, datum: Option<&Datum>) -> Self {
        let input = match (key.takes, datum) {
            (Takes::Flag(_), Some(Datum::Flag(flag))) => Input::Flag(*flag),
            (Takes::Flag(usual), _) => Input::Flag(usual),
            (takes, datum) => {
                let text = datum.map(|datum| written(key, datum)).unwrap_or_default();
                if has_lines(takes) { Input::Lines(Editor::new(&text)) } else { Input::Line(Editor::line(&text)) }
            }
        };
        Self { key, input }
    }

    /// What is typed.
    pub fn text(&self) -> String {
        match &self.input {
            Input::Flag(flag) => flag.to_string(),
            Input::Line(editor) | Input::Lines(editor) => editor.text(),
        }
    }

    /// Puts another text in place.
    pub fn set(&mut self, text: &str) {
        match &mut self.input {
            Input::Flag(flag) => *flag = text == "true",
            Input::Line(editor) | Input::Lines(editor) => editor.set(text),
        }
    }

    /// What is typed as a value; none when nothing is.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn datum(&self) -> Result<Option<Datum>, Unreadable> {
        let text = self.text();
        if let Input::Flag(flag) = self.input {
            return Ok(Some(Datum::Flag(flag)));
        }
        if text.trim().is_empty() && !matches!(self.key.takes, Takes::Condition) {
            return Ok(None);
        }
        Ok(Some(match self.key.takes {
            Takes::Number => text.trim().parse().map_or(Datum::Text(text), Datum::Number),
            Takes::Lines => Datum::Text(text),
            Takes::Texts | Takes::Names(_) | Takes::Columns | Takes::Actions => Datum::List(listed(&text)),
            Takes::Rows(_) | Takes::Languages(_) => return Ok(notation::read(&text)?.get(self.key.name).cloned()),
            _ => Datum::Text(text.trim().to_owned()),
        }))
    }

    /// Takes a key. `true` if it says something else now.
    pub fn key(&mut self, key: input::Key) -> bool {
        match &mut self.input {
            Input::Flag(flag) => {
                let turns = matches!(key.code, Code::Char(' ') | Code::Enter);
                *flag ^= turns;
                turns
            }
            Input::Line(editor) | Input::Lines(editor) => editor.key(key),
        }
    }

    /// Takes pasted text. `true` if it says something else now.
    pub fn paste(&mut self, text: &str) -> bool {
        match &mut self.input {
            Input::Flag(_) => false,
            Input::Line(editor) | Input::Lines(editor) => editor.paste(text),
        }
    }

    /// Whether it is ticked; none of what is no tick.
    pub const fn ticked(&self) -> Option<bool> {
        if let Input::Flag(flag) = self.input { Some(flag) } else { None }
    }

    /// Whether it has several lines: then keys that go up and down are its own.
    pub const fn has_lines(&self) -> bool {
        matches!(self.input, Input::Lines(_))
    }

    /// What is typed into, for drawing.
    pub const fn editor(&self) -> Option<&Editor> {
        match &self.input {
            Input::Flag(_) => None,
            Input::Line(editor) | Input::Lines(editor) => Some(editor),
        }
    }

    /// Where in its text the cursor is, as line and column.
    pub fn place(&self) -> Option<(usize, usize)> {
        self.editor().map(Editor::place)
    }

    /// What stands before the cursor.
    pub fn before_cursor(&self) -> String {
        self.editor().map(Editor::before_cursor).unwrap_or_default()
    }

    /// Puts a text and a blank in place of that many characters before the cursor.
    pub fn complete(&mut self, begun: usize, text: &str) {
        if let Input::Line(editor) | Input::Lines(editor) = &mut self.input {
            editor.complete(begun, &format!("{text} "));
        }
    }

    /// Adds a chosen name: instead of what stands there, or in a line of its own where there can be several.
    pub fn choose(&mut self, name: &str) {
        let before = self.text();
        let several = matches!(self.key.takes, Takes::Names(_) | Takes::Columns | Takes::Actions);
        let text = if several && !before.trim().is_empty() { format!("{}\n{name}", before.trim_end()) } else { name.to_owned() };
        self.set(&text);
    }
}

const fn has_lines(takes: Takes) -> bool {
    matches!(
        takes,
        Takes::Lines
            | Takes::Texts
            | Takes::Names(_)
            | Takes::Columns
            | Takes::Actions
            | Takes::Condition
            | Takes::Rows(_)
            | Takes::Languages(_)
    )
}

/// A value as it is typed: of several texts each in a line, its further lines set in.
fn written(key: Key, datum: &Datum) -> String {
    match datum {
        Datum::Text(text) => text.clone(),
        Datum::Number(number) => number.to_string(),
        Datum::Flag(flag) => flag.to_string(),
        Datum::List(list) if list.iter().all(|one| matches!(one, Datum::Text(_))) => {
            let text = |one: &Datum| if let Datum::Text(text) = one { text.replace('\n', "\n  ") } else { String::new() };
            list.iter().map(text).collect::<Vec<_>>().join("\n")
        }
        other => notation::write(&Document::default().with(key.name, other.clone()), &[key]),
    }
}

fn listed(text: &str) -> Vec<Datum> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("  "), all.last_mut()) {
            (Some(rest), Some(last)) => {
                last.push('\n');
                last.push_str(rest);
            }
            _ if line.trim().is_empty() => {}
            _ => all.push(line.trim_end().to_owned()),
        }
    }
    all.into_iter().map(Datum::Text).collect()
}
