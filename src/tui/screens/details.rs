//! The details of the last error.

use crate::client::{Error, StoreFault};
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{line, wrap};
use crate::tui::theme::Look;
use crate::tui::{sentence, widgets};
use ratatui::Frame;
use ratatui::text::Line;

/// The details.
#[derive(Clone, Debug)]
pub struct State {
    error: Error,
}

impl State {
    /// Of this error.
    pub const fn new(error: Error) -> Self {
        Self { error }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browsing]
    }

    /// Answers to what it is told.
    #[expect(clippy::needless_pass_by_value, reason = "every screen takes it so")]
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        if matches!(said, Said::Command(Command::Back | Command::Open, _)) {
            cx.close();
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let width = 70.min(shared.size.width.saturating_sub(4));
        let theme = shared.theme;
        let mut lines: Vec<Line<'static>> = Vec::new();
        for text in wrap(&sentence::error(shared, &self.error), width - 2) {
            lines.push(line(theme, Look::Plain, &text));
        }
        let own = match &self.error {
            Error::Store(
                StoreFault::ReadOnly(why)
                | StoreFault::Full(why)
                | StoreFault::Locked(why)
                | StoreFault::Foreign(why)
                | StoreFault::Newer(why)
                | StoreFault::Overtaken(why)
                | StoreFault::Missing(why)
                | StoreFault::Damaged(why)
                | StoreFault::Io(why)
                | StoreFault::Other(why),
            )
            | Error::Garbled(why)
            | Error::Unreachable(why) => why.clone(),
            other => other.to_string(),
        };
        lines.push(Line::default());
        for text in wrap(&Safe::text(&own), width - 2) {
            lines.push(line(theme, Look::Dim, &text));
        }
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = widgets::over(shared, frame, width, height, &shared.word("details-title"));
        widgets::lines(frame, inner, &lines, 0);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("details-title")
    }
}
