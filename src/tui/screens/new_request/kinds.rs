//! Step 1: the kinds, each with the sentence that says when to choose it (R158-R162).

use crate::client::Session;
use crate::domain::account::Kind;
use crate::domain::id::KindId;
use crate::safe::Safe;
use crate::tui::command::Command;
use crate::tui::model::Shared;
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Columns of the kinds' names, fewest and most.
const NAME: (u16, u16) = (16, 27);
/// Lines kept for the help of the kind under the cursor.
const HELP: u16 = 3;
/// From this width on the guidance stands beside the name.
const BESIDE: u16 = 64;

/// The kinds with a cursor.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    at: usize,
}

/// What can be chosen: for agents none at all, first, so that nothing becomes critical by haste; and the kinds.
fn rows(shared: &Shared) -> Vec<Option<&Kind>> {
    let kinds = shared.session.iter().flat_map(Session::offered).map(Some);
    let none = shared.is_staff().then_some(None);
    none.into_iter().chain(kinds).collect()
}

/// A kind's name in the form.
pub fn title(shared: &Shared, kind: &Kind) -> Safe {
    Safe::line(&words::kind_title(&shared.words, kind))
}

/// How many columns the names have.
fn name_width(shared: &Shared) -> u16 {
    let widths = rows(shared).into_iter().flatten().map(|kind| title(shared, kind).width() + 1);
    u16::try_from(widths.max().unwrap_or_default()).unwrap_or(NAME.1).clamp(NAME.0, NAME.1)
}

impl Kinds {
    /// With the cursor on a kind.
    pub fn on(kind: Option<KindId>, shared: &Shared) -> Self {
        let at = rows(shared).iter().position(|row| row.map(|row| row.id) == kind);
        Self { at: at.unwrap_or(0) }
    }

    /// The kind under the cursor.
    pub fn current(&self, shared: &Shared) -> Option<KindId> {
        rows(shared).get(self.at).copied().flatten().map(|kind| kind.id)
    }

    /// Moves the cursor as a command of a list says.
    pub fn command(&mut self, command: Command, shared: &Shared) {
        let last = rows(shared).len().saturating_sub(1);
        self.at = match command {
            Command::Down => (self.at + 1).min(last),
            Command::Up => self.at.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            _ => self.at,
        };
    }

    /// Moves the cursor to the row at that line of the area. `Some(true)` if it was there already.
    pub fn click(&mut self, line: u16, area: Rect, shared: &Shared) -> Option<bool> {
        let mut end = 0;
        for (at, texts) in self.shown(shared, area) {
            end += texts.height();
            if line < end {
                let before = std::mem::replace(&mut self.at, at);
                return Some(before == at);
            }
        }
        None
    }

    /// The rows that fit around the cursor, each with its place among all; the help of the one under the cursor stands
    /// below them.
    fn shown(&self, shared: &Shared, area: Rect) -> Vec<(usize, Texts)> {
        let all: Vec<Texts> = rows(shared).iter().map(|row| Texts::of(shared, *row, area.width)).collect();
        let room = area.height.saturating_sub(HELP).max(2);
        let height = |from: usize, to: usize| all[from..to].iter().map(Texts::height).sum::<u16>();
        let mut top = 0;
        while top < self.at && height(top, self.at + 1) > room {
            top += 1;
        }
        let mut used = 0;
        let rows = all.into_iter().enumerate().skip(top);
        rows.take_while(|(_, texts)| {
            used += texts.height();
            used <= room
        })
        .collect()
    }

    /// Draws them.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
        let theme = shared.theme;
        let mut lines: Vec<Line<'static>> = Vec::new();
        let name = usize::from(name_width(shared));
        for (at, texts) in self.shown(shared, area) {
            let cursor = at == self.at;
            let look = if cursor { Look::Strong } else { Look::Plain };
            let sign = Safe::from_static(if cursor { " ▌ " } else { "   " });
            let mut head = Pieces::default().and(theme, look, &sign).and(theme, look, &texts.name.fit(if texts.beside { name } else { texts.name.width() }));
            let mut guidance = texts.guidance.iter();
            let margin = if texts.beside {
                head = head.and(theme, Look::Plain, guidance.next().unwrap_or(&Safe::default()));
                Safe::blank(name + 3)
            } else {
                Safe::blank(5)
            };
            lines.push(head.line());
            lines.extend(guidance.map(|text| line(theme, Look::Plain, &Safe::concat([margin.clone(), text.clone()]))));
        }
        if let Some(Some(kind)) = rows(shared).get(self.at) {
            lines.push(Line::default());
            let help = wrap(&Safe::line(&words::kind_guidance(&shared.words, kind).1), area.width.saturating_sub(4).min(90));
            lines.extend(help.iter().map(|text| line(theme, Look::Dim, &Safe::concat([Safe::blank(3), text.clone()]))));
        }
        widgets::lines(frame, area, &lines, 0);
    }
}

/// A row's texts for a width.
struct Texts {
    name: Safe,
    guidance: Vec<Safe>,
    /// Whether the guidance begins beside the name.
    beside: bool,
}

impl Texts {
    fn of(shared: &Shared, row: Option<&Kind>, width: u16) -> Self {
        let (name, guidance) = match row {
            Some(kind) => (title(shared, kind), Safe::line(&words::kind_guidance(&shared.words, kind).0)),
            None => (shared.word("form-no-kind"), shared.word("form-no-kind.guidance")),
        };
        let beside = width >= BESIDE;
        let room = width.saturating_sub(if beside { name_width(shared) + 3 } else { 6 });
        Self { name, guidance: wrap(&guidance, room), beside }
    }

    fn height(&self) -> u16 {
        let lines = u16::try_from(self.guidance.len()).unwrap_or(u16::MAX);
        lines + u16::from(!self.beside)
    }
}
