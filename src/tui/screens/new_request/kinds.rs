//! Step 1: the kinds, each with the sentence that says when to choose it (R158-R162).

use crate::domain::account::Kind;
use crate::domain::id::KindId;
use crate::safe::Safe;
use crate::tui::command::Command;
use crate::tui::model::Shared;
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Columns of the kinds' names.
const NAME: u16 = 18;
/// From this width on the guidance stands beside the name.
const BESIDE: u16 = 64;

/// The kinds with a cursor.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    at: usize,
}

/// What can be chosen: the kinds, and none at all for agents.
fn rows(shared: &Shared) -> Vec<Option<&Kind>> {
    let kinds = shared.session.iter().flat_map(|session| &session.kinds).map(Some);
    let none = shared.is_staff().then_some(None);
    kinds.chain(none).collect()
}

/// A kind's name in the form.
pub fn title(shared: &Shared, kind: &Kind) -> Safe {
    shared.kind_word(&kind.slug, ".title", &kind.name)
}

impl Kinds {
    /// With the cursor on a kind.
    pub fn on(kind: Option<KindId>, shared: &Shared) -> Self {
        let at = rows(shared).iter().position(|row| kind.is_some() && row.map(|row| row.id) == kind);
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

    /// Moves the cursor to the row at that line of the area. `true` if it was there already.
    pub fn click(&mut self, line: u16, area: Rect, shared: &Shared) -> Option<bool> {
        let row = usize::from(line / height(area));
        if row >= rows(shared).len() {
            return None;
        }
        let before = std::mem::replace(&mut self.at, row);
        Some(before == row)
    }

    /// Draws them.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
        let theme = shared.theme;
        let rows = rows(shared);
        let height = height(area);
        let room = usize::from((area.height.saturating_sub(4) / height).max(1));
        let top = (self.at + 1).saturating_sub(room);
        let mut y = area.y;
        for (at, row) in rows.iter().enumerate().skip(top).take(room) {
            let (name, guidance) = match row {
                Some(kind) => (title(shared, kind), shared.kind_word(&kind.slug, ".guidance", &kind.guidance)),
                None => (shared.word("form-no-kind"), shared.word("form-no-kind.guidance")),
            };
            let cursor = at == self.at;
            let sign = Safe::from_static(if cursor { " ▌ " } else { "   " });
            let look = if cursor { Look::Strong } else { Look::Plain };
            let name = Pieces::default().and(theme, look, &sign).and(theme, look, &name.fit(usize::from(NAME)));
            let width = usize::from(area.width);
            if height == 1 {
                let guidance = guidance.truncate(width.saturating_sub(name.width() + 1));
                let line = name.and(theme, Look::Plain, &guidance).line();
                frame.render_widget(line, Rect { y, height: 1, ..area });
            } else {
                frame.render_widget(name.line(), Rect { y, height: 1, ..area });
                let guidance = Safe::concat([Safe::blank(5), guidance.truncate(width.saturating_sub(6))]);
                frame.render_widget(line(theme, Look::Dim, &guidance), Rect { y: y + 1, height: 1, ..area });
            }
            y += height;
        }
        if let Some(Some(kind)) = rows.get(self.at) {
            let help = shared.kind_word(&kind.slug, ".help", "");
            let width = area.width.saturating_sub(4).min(90);
            for (n, text) in (1..).zip(wrap(&help, width)) {
                if y + n < area.y + area.height {
                    let text = Safe::concat([Safe::blank(3), text]);
                    frame.render_widget(line(theme, Look::Dim, &text), Rect { y: y + n, height: 1, ..area });
                }
            }
        }
    }
}

const fn height(area: Rect) -> u16 {
    if area.width >= BESIDE { 1 } else { 2 }
}
