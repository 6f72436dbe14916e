//! A list whose cursor belongs to an id, not to a row: rows may come, go and change places under it.

use super::command::Command;
use super::input::{Mouse, MouseKind};
use super::layout::holds;
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// What has an id by which the cursor and the marks hold it.
pub trait Identified {
    /// The id's type.
    type Id: Copy + Ord + std::fmt::Debug;

    /// The id; unique in its list.
    fn id(&self) -> Self::Id;
}

/// Rows with a cursor, marks and a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T: Identified> {
    rows: Vec<T>,
    /// Index of the cursor; kept on its id by whoever changes the rows.
    at: usize,
    /// The first row shown.
    top: usize,
    /// Rows that fit.
    height: usize,
    marks: BTreeSet<T::Id>,
    /// Where a range of marks began.
    range: Option<T::Id>,
    /// Whether the person has gone somewhere in it: then the row under the cursor keeps its place on the screen.
    held: bool,
}

impl<T: Identified> Default for List<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), at: 0, top: 0, height: 1, marks: BTreeSet::new(), range: None, held: false }
    }
}

impl<T: Identified> List<T> {
    /// All rows.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&T> {
        self.rows.get(self.at)
    }

    /// The id under the cursor.
    pub fn current_id(&self) -> Option<T::Id> {
        self.current().map(T::id)
    }

    /// A row by its id.
    pub fn find(&self, id: T::Id) -> Option<&T> {
        self.rows.iter().find(|row| row.id() == id)
    }

    /// A row by its id, to be changed in place.
    pub fn find_mut(&mut self, id: T::Id) -> Option<&mut T> {
        self.rows.iter_mut().find(|row| row.id() == id)
    }

    /// The rows in the window with whether the cursor is on them and whether they are marked.
    pub fn shown(&self) -> impl Iterator<Item = (&T, bool, bool)> {
        let end = (self.top + self.height).min(self.rows.len());
        let window = self.rows.get(self.top.min(end)..end).unwrap_or_default();
        window.iter().enumerate().map(|(n, row)| (row, self.top + n == self.at, self.marks.contains(&row.id())))
    }

    /// Puts other rows in place. The cursor stays on its id, and that row stays where it was on the screen, unless nobody
    /// has gone there; if it is gone the cursor is on what stands in its place now. Marks of rows that are gone go too.
    pub fn set(&mut self, rows: Vec<T>) {
        let id = self.current_id();
        let offset = self.at.saturating_sub(self.top);
        self.rows = rows;
        let found = id.and_then(|id| self.rows.iter().position(|row| row.id() == id));
        self.at = found.unwrap_or(self.at).min(self.rows.len().saturating_sub(1));
        self.top = if self.held { self.at.saturating_sub(offset) } else { 0 };
        let present: BTreeSet<T::Id> = self.rows.iter().map(T::id).collect();
        self.marks.retain(|id| present.contains(id));
        self.follow();
    }

    /// Puts the rows of another list, order or narrowing in place. The cursor stays on its id where that is to be had;
    /// the window begins as far up as it can.
    pub fn replace(&mut self, rows: Vec<T>) {
        self.set(rows);
        self.top = 0;
        self.follow();
    }

    /// Whether rows are hidden above the window.
    pub const fn hides_above(&self) -> bool {
        self.top > 0
    }

    /// Adds the next page; rows that are there already are left as they are.
    pub fn append(&mut self, rows: Vec<T>) {
        let present: BTreeSet<T::Id> = self.rows.iter().map(T::id).collect();
        self.rows.extend(rows.into_iter().filter(|row| !present.contains(&row.id())));
        self.follow();
    }

    /// How many rows fit now.
    pub fn fit(&mut self, height: u16) {
        self.height = usize::from(height).max(1);
        self.follow();
    }

    /// Moves the cursor by rows, down when positive. `true` if it moved.
    pub fn move_by(&mut self, rows: isize) -> bool {
        self.move_to(self.at.saturating_add_signed(rows))
    }

    /// Moves the cursor by half windows.
    pub fn move_by_halves(&mut self, halves: isize) -> bool {
        let half = isize::try_from(self.height / 2).unwrap_or(1).max(1);
        self.move_by(half.saturating_mul(halves))
    }

    /// Moves the cursor to a row, or to the last one.
    pub fn move_to(&mut self, index: usize) -> bool {
        let before = self.at;
        self.at = index.min(self.rows.len().saturating_sub(1));
        self.follow();
        self.at != before
    }

    /// Moves the cursor to the n-th row of the window (a click). `false` if there is none.
    pub fn move_to_shown(&mut self, n: u16) -> bool {
        self.held = true;
        let index = self.top + usize::from(n);
        let there = usize::from(n) < self.height && index < self.rows.len();
        if there {
            self.move_to(index);
        }
        there
    }

    /// Scrolls the window; the cursor moves only when it would leave it.
    pub fn scroll(&mut self, rows: isize) {
        self.held = true;
        let last = self.rows.len().saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(rows).min(last);
        self.at =
            self.at.clamp(self.top, (self.top + self.height - 1).min(self.rows.len().saturating_sub(1)).max(self.top));
        self.follow();
    }

    /// Whether the cursor is so near the end that the next page should be fetched.
    pub fn near_end(&self) -> bool {
        self.at + 2 * self.height >= self.rows.len()
    }

    /// Answers the mouse in the rows' area: the wheel scrolls, a click selects. `true` where what is selected already was
    /// clicked: that opens it.
    pub fn mouse(&mut self, mouse: Mouse, rows: Rect) -> bool {
        match mouse.what {
            MouseKind::WheelUp => self.scroll(-3),
            MouseKind::WheelDown => self.scroll(3),
            MouseKind::Click if holds(rows, mouse.column, mouse.row) => {
                let before = self.current_id();
                return self.move_to_shown(mouse.row - rows.y) && before == self.current_id();
            }
            MouseKind::Click => {}
        }
        false
    }

    /// Moves as a command of a list says. `false` when it is none. Whoever goes to the first row wants to see what is new.
    pub fn command(&mut self, command: Command) -> bool {
        let held = std::mem::replace(&mut self.held, command != Command::First);
        match command {
            Command::Down => self.move_by(1),
            Command::Up => self.move_by(-1),
            Command::First => self.move_to(0),
            Command::Last => self.move_to(usize::MAX),
            Command::HalfPageDown => self.move_by_halves(1),
            Command::HalfPageUp => self.move_by_halves(-1),
            Command::PageDown => self.move_by_halves(2),
            Command::PageUp => self.move_by_halves(-2),
            _ => {
                self.held = held;
                return false;
            }
        };
        true
    }

    /// Moves the cursor to a row by its id. Nothing happens when it is not there.
    pub fn show(&mut self, id: T::Id) {
        if let Some(at) = self.rows.iter().position(|row| row.id() == id) {
            self.move_to(at);
        }
    }

    /// Index of the cursor from 0.
    pub fn index(&self) -> usize {
        self.at
    }

    /// Marks the row under the cursor, or takes its mark away, and goes on to the next one.
    pub fn toggle_mark(&mut self) {
        self.held = true;
        if let Some(id) = self.current_id() {
            if !self.marks.remove(&id) {
                self.marks.insert(id);
            }
            self.move_by(1);
        }
    }

    /// The first call begins a range at the cursor, the second marks everything between.
    pub fn mark_range(&mut self) {
        let Some(id) = self.current_id() else { return };
        let begin = self.range.take().and_then(|begin| self.rows.iter().position(|row| row.id() == begin));
        if let Some(begin) = begin {
            let (low, high) = (begin.min(self.at), begin.max(self.at));
            self.marks.extend(self.rows[low..=high].iter().map(T::id));
        } else {
            self.range = Some(id);
            self.marks.insert(id);
        }
    }

    /// Marks all rows, or none if all are marked.
    pub fn mark_all(&mut self) {
        self.range = None;
        if self.marks.len() == self.rows.len() {
            self.marks.clear();
        } else {
            self.marks = self.rows.iter().map(T::id).collect();
        }
    }

    /// Takes all marks away. `true` if there were some.
    pub fn clear_marks(&mut self) -> bool {
        self.range = None;
        let some = !self.marks.is_empty();
        self.marks.clear();
        some
    }

    /// What is marked.
    pub fn marks(&self) -> &BTreeSet<T::Id> {
        &self.marks
    }

    /// What an act is for: the marked ones, or the one under the cursor.
    pub fn chosen(&self) -> Vec<T::Id> {
        if self.marks.is_empty() {
            self.current_id().into_iter().collect()
        } else {
            self.rows.iter().map(T::id).filter(|id| self.marks.contains(id)).collect()
        }
    }

    /// Brings the window to the cursor. It hides no rows above while there is room below.
    fn follow(&mut self) {
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top + self.height {
            self.top = self.at + 1 - self.height;
        }
        self.top = self.top.min(self.rows.len().saturating_sub(self.height));
    }
}
