//! Safe text as ratatui draws it, and long text wrapped to a width.

use super::theme::{Look, Theme};
use crate::safe::{Safe, cluster_width, clusters};
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

/// Long text in lines of at most so many cells: broken at blanks, inside a word only when it is longer than a line.
pub fn wrap(text: &Safe, width: u16) -> Vec<Safe> {
    let width = usize::from(width).max(1);
    let mut lines = Vec::new();
    for line in text.as_str().split('\n') {
        wrap_line(line, width, &mut lines);
    }
    while lines.len() > 1 && lines.last().is_some_and(|line: &Safe| line.as_str().trim().is_empty()) {
        lines.pop();
    }
    lines
}

fn wrap_line(line: &str, width: usize, lines: &mut Vec<Safe>) {
    let mut start = 0;
    let mut at = 0;
    let mut cells = 0;
    // Where the line can be broken: the end of what stays, and the start of what goes on.
    let mut gap: Option<(usize, usize)> = None;
    for cluster in clusters(line) {
        let more = cluster_width(cluster);
        let end = at + cluster.len();
        if cells + more > width && at > start {
            let (stay, go_on) = match gap {
                _ if cluster == " " => (at, end),
                Some(gap) if gap.0 > start => gap,
                _ => (at, at),
            };
            lines.push(Safe::text(&line[start..stay]));
            start = go_on;
            gap = None;
            cells = clusters(&line[start.min(end)..end]).map(cluster_width).sum();
        } else {
            cells += more;
        }
        if cluster == " " && at > start {
            gap = Some((at, end));
        }
        at = end;
    }
    lines.push(Safe::text(&line[start.min(line.len())..]));
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
