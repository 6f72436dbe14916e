//! What the terminal sends, in types of our own: nothing above `runtime` knows which library reads the keyboard.

use std::fmt;

/// One thing that arrived from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed (or repeats).
    Key(Key),
    /// Text was pasted; it is text and never keys.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size now.
    Resize(Size),
    /// The terminal window got (`true`) or lost the focus.
    Focus(bool),
}

/// Columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A mouse event at a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What happened.
    pub what: MouseKind,
    /// Column, from 0.
    pub column: u16,
    /// Row, from 0.
    pub row: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Click,
    /// The wheel turned away from the person.
    WheelUp,
    /// The wheel turned towards the person.
    WheelDown,
}

/// A key with its modifiers. A letter with shift is the capital letter, without `shift`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control is held.
    pub ctrl: bool,
    /// Alt (or an Esc before the key).
    pub alt: bool,
    /// Shift is held; never set for characters, which say it by themselves.
    pub shift: bool,
}

/// Which key, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as the keyboard layout gives it.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, 1 to 24.
    F(u8),
}

/// Names of keys that are no characters, as they are written in the configuration.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character without modifiers.
    pub const fn char(character: char) -> Self {
        Self::plain(Code::Char(character))
    }

    /// Parses one key: `ctrl-s`, `alt-q`, `shift-tab`, `f5`, `space`, `G`, `?`. `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        loop {
            // A lone `-` is a key of its own, so a modifier needs something behind its hyphen.
            match rest.split_once('-') {
                Some(("ctrl", more)) if !more.is_empty() => (ctrl, rest) = (true, more),
                Some(("alt", more)) if !more.is_empty() => (alt, rest) = (true, more),
                Some(("shift", more)) if !more.is_empty() => (shift, rest) = (true, more),
                _ => break,
            }
        }
        let code = parse_code(rest)?;
        if let (Code::Char(character), true) = (code, shift) {
            let mut upper = character.to_uppercase();
            let single = upper.next().filter(|_| upper.next().is_none())?;
            return Some(Self { code: Code::Char(single), ctrl, alt, shift: false });
        }
        Some(Self { code, ctrl, alt, shift })
    }

    /// Parses a sequence of keys with spaces between: `g g`, `alt-s o`. `None` if one of them is none, or there is none.
    pub fn parse_sequence(text: &str) -> Option<Vec<Self>> {
        let keys: Option<Vec<Self>> = text.split_whitespace().map(Self::parse).collect();
        keys.filter(|keys| !keys.is_empty())
    }

    /// The short form for a line of hints: `^S`, `alt-s`, `⏎`, `⇥`.
    pub fn shown(self) -> String {
        match (self.code, self.ctrl, self.alt, self.shift) {
            (Code::Char(c), true, false, _) if c.is_ascii_alphabetic() => format!("^{}", c.to_ascii_uppercase()),
            (Code::Enter, false, false, false) => "⏎".into(),
            (Code::Tab, false, false, false) => "⇥".into(),
            (Code::Up, false, false, false) => "↑".into(),
            (Code::Down, false, false, false) => "↓".into(),
            (Code::Left, false, false, false) => "←".into(),
            (Code::Right, false, false, false) => "→".into(),
            _ => self.to_string(),
        }
    }
}

fn parse_code(text: &str) -> Option<Code> {
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(*code);
    }
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(single), None) if !single.is_control() && single != ' ' => Some(Code::Char(single)),
        (Some('f'), Some(_)) => text[1..].parse().ok().filter(|n| (1..=24).contains(n)).map(Code::F),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(character) => write!(f, "{character}"),
            Code::F(number) => write!(f, "f{number}"),
            // Every other key has its name in `NAMES`.
            _ => Ok(()),
        }
    }
}

/// A sequence of keys as people read it: `gg`, `alt-s o`.
pub fn shown_sequence(keys: &[Key]) -> String {
    let parts: Vec<String> = keys.iter().map(|key| key.shown()).collect();
    let glue = if parts.iter().all(|part| part.chars().count() == 1) { "" } else { " " };
    parts.join(glue)
}
