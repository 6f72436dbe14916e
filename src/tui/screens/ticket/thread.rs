//! The conversation, wrapped once for a width and drawn by the window.

use crate::domain::comment::{Comment, Visibility};
use crate::safe::{Safe, file_name};
use crate::tui::command::Command;
use crate::tui::item::Conversation;
use crate::tui::model::Shared;
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::widgets;
use crate::tui::wrapped::{Row, Shape, Wrapped};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A part of the conversation.
#[derive(Clone, Debug)]
pub enum Part {
    /// One line.
    Line(Line<'static>),
    /// A comment's text.
    Text {
        /// Wrapped once; drawn by the window.
        text: Wrapped,
        /// Whether it is an internal note.
        internal: bool,
    },
}

impl Part {
    fn height(&self) -> usize {
        match self {
            Self::Line(_) => 1,
            Self::Text { text, .. } => text.height(),
        }
    }
}

/// The conversation and the window over it.
#[derive(Clone, Debug, Default)]
pub struct Scroll {
    parts: Vec<Part>,
    /// Lines of all parts.
    total: usize,
    width: u16,
    grows_below: bool,
    /// Lines below the window: the newest is where one begins to read, and stays in sight as earlier ones come.
    below: usize,
    height: usize,
}

impl Scroll {
    /// Puts other parts in place; what is in sight stays, counted from the end.
    pub fn set(&mut self, parts: Vec<Part>, width: u16) {
        let total = parts.iter().map(Part::height).sum();
        // Who reads further up goes on reading there when something comes at the end.
        if std::mem::take(&mut self.grows_below) && self.below > 0 {
            self.below += total - self.total.min(total);
        }
        self.total = total;
        self.parts = parts;
        self.width = width;
        self.below = self.below.min(self.most());
    }

    /// The width for which the parts were made; 0 before there are any.
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Forgets for which width the parts were made, for what they show has changed; at the end, or before the beginning.
    pub const fn spoil(&mut self, at_end: bool) {
        self.width = 0;
        self.grows_below = at_end;
    }

    /// Whether there is something below what is in sight.
    pub const fn is_above_end(&self) -> bool {
        self.below > 0
    }

    /// How many lines are in sight now.
    pub fn fit(&mut self, height: u16) {
        self.height = usize::from(height);
        self.below = self.below.min(self.most());
    }

    const fn most(&self) -> usize {
        self.total.saturating_sub(self.height)
    }

    /// Moves the window, down when positive.
    pub fn by(&mut self, lines: isize) {
        self.below = self.below.saturating_add_signed(lines.saturating_neg()).min(self.most());
    }

    /// Moves as a command of a list says. `false` when it is none.
    pub fn command(&mut self, command: Command) -> bool {
        let half = isize::try_from(self.height / 2).unwrap_or(1).max(1);
        match command {
            Command::Down => self.by(1),
            Command::Up => self.by(-1),
            Command::HalfPageDown => self.by(half),
            Command::HalfPageUp => self.by(-half),
            Command::PageDown => self.by(2 * half),
            Command::PageUp => self.by(-2 * half),
            Command::First => self.below = self.most(),
            Command::Last => self.below = 0,
            _ => return false,
        }
        true
    }

    /// Whether the first line is in sight.
    pub const fn is_at_top(&self) -> bool {
        self.below >= self.most()
    }

    /// Draws the window.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
        let mut skip = self.most().saturating_sub(self.below);
        let mut lines: Vec<Line<'static>> = Vec::new();
        for part in &self.parts {
            let room = usize::from(area.height).saturating_sub(lines.len());
            if room == 0 {
                break;
            }
            let height = part.height();
            if skip >= height {
                skip -= height;
                continue;
            }
            match part {
                Part::Line(line) => lines.push(line.clone()),
                Part::Text { text, internal } => {
                    lines.extend(text.rows(skip..skip + room).map(|row| body(shared, &row, *internal)));
                }
            }
            skip = 0;
        }
        widgets::lines(frame, area, &lines, 0);
    }
}

fn body(shared: &Shared, row: &Row, internal: bool) -> Line<'static> {
    let margin = if internal { Look::Internal } else { Look::Plain };
    let look = if row.level > 0 { Look::Dim } else { Look::Plain };
    let theme = shared.theme;
    Pieces::default().and(theme, margin, &row.margin).and(theme, Look::Dim, &row.bars()).and(theme, look, &row.text).line()
}

/// The whole conversation at a width.
pub fn parts(shared: &Shared, conversation: &Conversation, width: u16) -> Vec<Part> {
    let mut parts = Vec::new();
    if conversation.more {
        parts.push(Part::Line(line(shared.theme, Look::Dim, &shared.word("ticket-earlier"))));
    }
    for comment in &conversation.comments {
        if !parts.is_empty() {
            parts.push(Part::Line(Line::default()));
        }
        one(shared, comment, width, &mut parts);
    }
    parts
}

fn one(shared: &Shared, comment: &Comment, width: u16, parts: &mut Vec<Part>) {
    let theme = shared.theme;
    let internal = comment.visibility == Visibility::Internal;
    let bar = Safe::from_static(if internal { "┃ " } else { " " });
    let look = if internal { Look::Internal } else { Look::Strong };
    let audience = shared.word(if internal { "comment-internal" } else { "audience-public" });
    let after = [Safe::default(), audience, shared.time(comment.created_at)];
    let head = Pieces::default()
        .and(theme, look, &bar)
        .and(theme, look, &shared.person(comment.author))
        .and(theme, if internal { look } else { Look::Dim }, &Safe::join(&Safe::from_static(" · "), after));
    parts.push(Part::Line(head.line()));
    let margin = Safe::concat([bar, Safe::blank(2)]);
    let shape = Shape { columns: usize::from(width), margin: margin.clone(), quotes: true };
    // Blank lines at the end would push the next comment away.
    // There is always something in a comment, unless it was taken away (D35).
    let erased = comment.body.is_empty() && comment.attachments.is_empty();
    let said = if erased { shared.word("comment-erased") } else { Safe::text(comment.body.trim_end()) };
    let text = Wrapped::new(said, shape);
    parts.push(Part::Text { text, internal });
    for file in &comment.attachments {
        let (name, size) = (file_name(&file.name), shared.words.size(file.size));
        let file = Safe::line(&format!("▣ {name} {size}"));
        let bar = if internal { Look::Internal } else { Look::Plain };
        parts.push(Part::Line(Pieces::default().and(theme, bar, &margin).and(theme, Look::Plain, &file).line()));
    }
}
