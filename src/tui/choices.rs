//! A list to choose from by typing: palette and pickers are made of it.

use super::editor::Editor;
use super::input::{Key, Mouse, MouseKind};
use super::layout::holds;
use crate::safe::Safe;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Rect;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<V> {
    /// What is chosen.
    pub value: V,
    /// Its name; what is typed is looked for here.
    pub label: Safe,
    /// What stands beside it, on the right: a key, an address.
    pub note: Safe,
    /// Whether it is so already: bears a sign.
    pub present: bool,
}

/// What a click in a popup of choices meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clicked {
    /// Nothing, or no click at all.
    Nothing,
    /// A row, on which the cursor is now.
    Row,
    /// The popup is left.
    Outside,
}

/// Things to choose from, narrowed by what is typed.
#[derive(Clone, Debug)]
pub struct Choices<V> {
    all: Vec<Choice<V>>,
    /// Indices of `all`, the best match first.
    found: Vec<usize>,
    at: usize,
    top: usize,
    filter: Editor,
    /// Whether typing narrows here; otherwise somebody else answers it with other choices.
    narrows: bool,
    /// By what else a choice is found than by its label.
    alias: Option<fn(&V) -> &'static str>,
}

impl<V: Clone + PartialEq> Choices<V> {
    /// From these, narrowed by typing. The cursor is on the first one that is present.
    pub fn new(all: Vec<Choice<V>>) -> Self {
        Self::with(all, true)
    }

    /// The same, also found by another name that each has.
    pub fn aliased(all: Vec<Choice<V>>, alias: fn(&V) -> &'static str) -> Self {
        Self { alias: Some(alias), ..Self::new(all) }
    }

    /// Asked for elsewhere whenever something is typed: [`Choices::set`] brings the answers.
    pub fn asked() -> Self {
        Self::with(Vec::new(), false)
    }

    fn with(all: Vec<Choice<V>>, narrows: bool) -> Self {
        let at = all.iter().position(|choice| choice.present).unwrap_or(0);
        let found = (0..all.len()).collect();
        Self { all, found, at, top: 0, filter: Editor::line(""), narrows, alias: None }
    }

    /// Puts others in place; the cursor stays on its value.
    pub fn set(&mut self, all: Vec<Choice<V>>) {
        let value = self.current().map(|choice| choice.value.clone());
        self.all = all;
        self.search();
        let found = self.found().position(|choice| Some(&choice.value) == value.as_ref());
        self.at = found.unwrap_or(0);
    }

    /// Moves the cursor to the first one that is present.
    pub fn move_to_present(&mut self) {
        let at = self.found().position(|choice| choice.present);
        self.at = at.unwrap_or(0);
    }

    /// Moves the cursor to a value, if it is there.
    pub fn move_to_value(&mut self, value: &V) {
        let at = self.found().position(|choice| choice.value == *value);
        self.at = at.unwrap_or(self.at);
    }

    /// Takes away what is typed.
    pub fn clear(&mut self) {
        self.filter.set("");
        self.typed_on();
    }

    /// What is typed.
    pub fn typed(&self) -> String {
        self.filter.text()
    }

    /// The line that is typed, for drawing.
    pub const fn filter(&self) -> &Editor {
        &self.filter
    }

    /// Those that match, the best first.
    pub fn found(&self) -> impl Iterator<Item = &Choice<V>> {
        self.found.iter().filter_map(|index| self.all.get(*index))
    }

    /// The one under the cursor.
    pub fn current(&self) -> Option<&Choice<V>> {
        self.found.get(self.at).and_then(|index| self.all.get(*index))
    }

    /// The values that are present.
    pub fn present(&self) -> Vec<V> {
        self.all.iter().filter(|choice| choice.present).map(|choice| choice.value.clone()).collect()
    }

    /// Turns the one under the cursor on or off, where several can be chosen.
    pub fn toggle(&mut self) {
        if let Some(choice) = self.found.get(self.at).and_then(|index| self.all.get_mut(*index)) {
            choice.present = !choice.present;
        }
    }

    /// Moves the cursor, down when positive; round at the ends.
    pub fn move_by(&mut self, rows: isize) {
        let count = self.found.len();
        if count > 0 {
            let at = isize::try_from(self.at).unwrap_or(0) + rows;
            let count = isize::try_from(count).unwrap_or(isize::MAX);
            self.at = usize::try_from(at.rem_euclid(count)).unwrap_or(0);
        }
    }

    /// Moves the cursor to the n-th shown row (a click). `false` if there is none.
    pub fn move_to_shown(&mut self, n: u16, height: u16) -> bool {
        let index = self.first_shown(height) + usize::from(n);
        let there = n < height && index < self.found.len();
        if there {
            self.at = index;
        }
        there
    }

    /// Takes the mouse; `area` is the inside of the popup, whose first line is what is typed.
    pub fn mouse(&mut self, mouse: Mouse, area: Rect) -> Clicked {
        match mouse.what {
            MouseKind::WheelUp => self.move_by(-1),
            MouseKind::WheelDown => self.move_by(1),
            MouseKind::Click if !holds(area, mouse.column, mouse.row) => return Clicked::Outside,
            MouseKind::Click => {
                let row = mouse.row.wrapping_sub(area.y + 1);
                if self.move_to_shown(row, area.height.saturating_sub(1)) {
                    return Clicked::Row;
                }
            }
        }
        Clicked::Nothing
    }

    /// Types a key. `true` if what is typed is another text now.
    pub fn key(&mut self, key: Key) -> bool {
        let changed = self.filter.key(key);
        if changed {
            self.typed_on();
        }
        changed
    }

    /// Pastes into what is typed.
    pub fn paste(&mut self, text: &str) -> bool {
        let changed = self.filter.paste(text);
        if changed {
            self.typed_on();
        }
        changed
    }

    /// Rows in a window of that height, with whether the cursor is on them.
    pub fn shown(&self, height: u16) -> impl Iterator<Item = (&Choice<V>, bool)> {
        let top = self.first_shown(height);
        let at = self.at;
        self.found().enumerate().skip(top).take(usize::from(height)).map(move |(n, choice)| (choice, n == at))
    }

    fn first_shown(&self, height: u16) -> usize {
        let height = usize::from(height).max(1);
        if self.at < self.top { self.at } else { self.top.max((self.at + 1).saturating_sub(height)) }
    }

    fn typed_on(&mut self) {
        self.at = 0;
        self.search();
    }

    fn search(&mut self) {
        let typed = self.filter.text();
        if !self.narrows || typed.trim().is_empty() {
            self.found = (0..self.all.len()).collect();
            return;
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(&typed, CaseMatching::Ignore, Normalization::Smart);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (index, choice) in self.all.iter().enumerate() {
            let mut score = |name: &str| pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher);
            let alias = self.alias.and_then(|alias| score(alias(&choice.value)));
            if let Some(score) = score(choice.label.as_str()).max(alias) {
                scored.push((score, index));
            }
        }
        // Equal scores keep their order: the recent ones stay first.
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        self.found = scored.into_iter().map(|(_, index)| index).collect();
    }
}
