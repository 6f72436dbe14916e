//! Safe text as ratatui draws it, and long text wrapped to a width.

use super::theme::{Look, Theme};
use super::wrapped::{Shape, Wrapped};
use crate::safe::Safe;
use ratatui::text::{Line, Span};

/// A piece of text in a look.
pub fn span(theme: Theme, look: Look, text: &Safe) -> Span<'static> {
    Span::styled(text.as_str().to_owned(), theme.style(look))
}

/// A line of one piece.
pub fn line(theme: Theme, look: Look, text: &Safe) -> Line<'static> {
    Line::from(span(theme, look, text))
}

/// Blanks, signs and borders of our own.
pub fn sign(theme: Theme, look: Look, text: &'static str) -> Span<'static> {
    Span::styled(text, theme.style(look))
}

/// A line with one end on the left and the other on the right of a width; the left one is cut when both do not fit.
pub fn ends(theme: Theme, look: Look, left: &Safe, right: &Safe, width: u16) -> Line<'static> {
    let width = usize::from(width);
    let right = right.truncate(width);
    let room = width.saturating_sub(right.width() + usize::from(!right.is_empty()));
    let left = left.fit(room);
    let gap = width.saturating_sub(left.width() + right.width());
    Line::from(span(theme, look, &Safe::concat([left, Safe::blank(gap), right])))
}

/// Short text in lines of at most so many cells; long text is a [`Wrapped`] of its own.
pub fn wrap(text: &Safe, width: u16) -> Vec<Safe> {
    let shape = Shape { columns: usize::from(width).max(1), ..Shape::default() };
    let wrapped = Wrapped::new(text.clone(), shape);
    let mut lines: Vec<Safe> = wrapped.rows(0..wrapped.height()).map(|row| row.text).collect();
    if lines.is_empty() {
        lines.push(Safe::default());
    }
    while lines.len() > 1 && lines.last().is_some_and(Safe::is_empty) {
        lines.pop();
    }
    lines
}

/// A line being built of pieces.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    spans: Vec<Span<'static>>,
    cells: usize,
}

impl Pieces {
    /// Adds a piece.
    #[must_use]
    pub fn and(mut self, theme: Theme, look: Look, text: &Safe) -> Self {
        self.cells += text.width();
        self.spans.push(span(theme, look, text));
        self
    }

    /// Adds blanks.
    #[must_use]
    pub fn gap(self, theme: Theme, count: usize) -> Self {
        self.and(theme, Look::Plain, &Safe::blank(count))
    }

    /// Cells so far.
    pub const fn width(&self) -> usize {
        self.cells
    }

    /// The line.
    pub fn line(self) -> Line<'static> {
        Line::from(self.spans)
    }
}
