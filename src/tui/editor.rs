//! A text that is being written: a wrapping editor with readline keys, and its one-line form.

use super::input::{Code, Key};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui_textarea::{CursorMove, DataCursor, Input, Key as EditorKey, TextArea, WrapMode};

/// The longest text that can be written, in bytes. What a paste would add beyond it is left out.
pub const LIMIT: usize = 1024 * 1024;

/// A text with a cursor.
#[derive(Clone, Debug)]
pub struct Editor {
    area: TextArea<'static>,
    one_line: bool,
    bytes: usize,
}

impl Editor {
    /// For many lines, with this text; the cursor is at its end.
    pub fn new(text: &str) -> Self {
        Self::with(text, false)
    }

    /// For one line.
    pub fn line(text: &str) -> Self {
        Self::with(text, true)
    }

    fn with(text: &str, one_line: bool) -> Self {
        let mut editor = Self { area: TextArea::default(), one_line, bytes: 0 };
        editor.set(text);
        editor
    }

    /// Puts another text in place, the cursor at its end.
    pub fn set(&mut self, text: &str) {
        let text = self.clean(text);
        self.area = TextArea::new(text.split('\n').map(ToOwned::to_owned).collect());
        self.area.set_cursor_line_style(Style::new());
        // The terminal's own cursor is put there instead: input methods and screen readers look for it.
        self.area.set_cursor_style(Style::new());
        self.area.set_wrap_mode(if self.one_line { WrapMode::None } else { WrapMode::WordOrGlyph });
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
        self.bytes = text.len();
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Where the cursor is, as line and column from 0.
    pub fn place(&self) -> (usize, usize) {
        let DataCursor(line, column) = self.area.cursor();
        (line, column)
    }

    /// What stands before the cursor.
    pub fn before_cursor(&self) -> String {
        let (line, column) = self.place();
        let mut lines: Vec<String> = self.area.lines().iter().take(line + 1).cloned().collect();
        if let Some(last) = lines.last_mut() {
            *last = last.chars().take(column).collect();
        }
        lines.join("\n")
    }

    /// Puts a text in place of that many characters before the cursor.
    pub fn complete(&mut self, begun: usize, text: &str) {
        for _ in 0..begun {
            self.area.delete_char();
        }
        self.count();
        self.paste(text);
    }

    /// Whether nothing but blanks is written.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Takes a key as text or as a readline command. `true` if the text is another one now.
    pub fn key(&mut self, key: Key) -> bool {
        if self.one_line && matches!(key.code, Code::Enter) {
            return false;
        }
        if self.bytes >= LIMIT && super::keymap::types_text(key) {
            return false;
        }
        let modified = match (key.code, key.ctrl, key.alt) {
            (Code::Char('u'), true, false) => self.area.delete_line_by_head(),
            (Code::Char('_' | '7'), true, false) => self.area.undo(),
            (Code::Char('j' | 'm'), true, false) | (Code::Tab, ..) if self.one_line => false,
            _ => translate(key).is_some_and(|input| self.area.input(input)),
        };
        if modified {
            self.count();
        }
        modified
    }

    /// Takes pasted text: it is text, never keys, and not more than fits. `true` if something was added.
    pub fn paste(&mut self, text: &str) -> bool {
        let text = self.clean(text);
        let room = LIMIT.saturating_sub(self.bytes);
        let fitting = &text[..text.floor_char_boundary(room.min(text.len()))];
        let modified = !fitting.is_empty() && self.area.insert_str(fitting);
        self.count();
        modified
    }

    /// Puts text before everything (a quotation), the cursor behind it.
    pub fn quote(&mut self, text: &str) {
        self.area.move_cursor(CursorMove::Top);
        self.area.move_cursor(CursorMove::Head);
        self.paste(text);
    }

    /// Draws the text and, if it has the keys, puts the terminal's cursor where the next character goes.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, has_keys: bool) {
        frame.render_widget(&self.area, area);
        disarm(frame, area);
        if has_keys && area.width > 0 && area.height > 0 {
            let (top, left) = self.area.scroll_offset();
            let cursor = self.area.screen_cursor();
            let column = u16::try_from(cursor.col).unwrap_or(u16::MAX).saturating_sub(left);
            let row = u16::try_from(cursor.row).unwrap_or(u16::MAX).saturating_sub(top);
            let x = area.x + column.min(area.width - 1);
            frame.set_cursor_position(Position::new(x, area.y + row.min(area.height - 1)));
        }
    }

    /// Rows the text takes at a width, for boxes that grow with it.
    pub fn rows(&self, width: u16) -> u16 {
        let width = usize::from(width).max(1);
        let rows: usize = self
            .area
            .lines()
            .iter()
            .map(|line| crate::safe::clusters(line).map(crate::safe::cluster_width).sum::<usize>() / width + 1)
            .sum();
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// What may be written: line breaks as LF, blanks for tabs, no control characters. They could do nothing in a
    /// comment but hide, and the editor could not show them.
    fn clean(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
        let one_line = self.one_line;
        let text = text.chars().filter_map(|c| match c {
            '\n' if one_line => Some(' '),
            '\n' => Some('\n'),
            c if c.is_control() => None,
            c => Some(c),
        });
        text.collect()
    }

    fn count(&mut self) {
        self.bytes = self.area.lines().iter().map(|line| line.len() + 1).sum();
    }
}

/// What can act on a terminal is typed or quoted like anything else, and sent as it is; here it is only shown, so every
/// cell that holds such a character gets a sign in its place.
fn disarm(frame: &mut Frame<'_>, area: Rect) {
    let area = area.intersection(frame.area());
    let buffer = frame.buffer_mut();
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position)
            && !cell.symbol().is_ascii()
            && crate::safe::Safe::line(cell.symbol()).as_str() != cell.symbol()
        {
            #[expect(clippy::disallowed_methods, reason = "a sign of our own in place of what is not safe")]
            cell.set_symbol("�");
        }
    }
}

fn translate(key: Key) -> Option<Input> {
    let code = match key.code {
        Code::Char(c) => EditorKey::Char(c),
        Code::Enter => EditorKey::Enter,
        Code::Tab => EditorKey::Tab,
        Code::Backspace => EditorKey::Backspace,
        Code::Delete => EditorKey::Delete,
        Code::Up => EditorKey::Up,
        Code::Down => EditorKey::Down,
        Code::Left => EditorKey::Left,
        Code::Right => EditorKey::Right,
        Code::Home => EditorKey::Home,
        Code::End => EditorKey::End,
        Code::PageUp => EditorKey::PageUp,
        Code::PageDown => EditorKey::PageDown,
        Code::Esc | Code::Insert | Code::F(_) => return None,
    };
    Some(Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: key.shift })
}
