//! Every key that works in a place, from the table of commands.

use crate::safe::Safe;
use crate::tui::command::{Command, Scope, TABLE, Who};
use crate::tui::input::MouseKind;
use crate::tui::layout::{inside, popup};
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::text::Line;

const WIDTH: u16 = 76;
const HEIGHT: u16 = 40;

/// The help.
#[derive(Clone, Debug)]
pub struct State {
    lines: Vec<Line<'static>>,
    top: usize,
}

impl State {
    /// The keys of these scopes; where one could begin to write, those of writing too.
    pub fn new(scopes: &[Scope], shared: &Shared) -> Self {
        let mut lines = Vec::new();
        let mut others = vec![Scope::Always];
        if scopes.contains(&Scope::Browsing) {
            others.insert(0, Scope::Writing);
        }
        let more = others.iter().filter(|scope| !scopes.contains(scope));
        for scope in scopes.iter().chain(more) {
            Self::section(*scope, shared, &mut lines);
        }
        Self { lines, top: 0 }
    }

    fn section(scope: Scope, shared: &Shared, lines: &mut Vec<Line<'static>>) {
        let theme = shared.theme;
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(line(theme, Look::Strong, &shared.word(&format!("scope-{}", scope.name()))));
        let staff = shared.is_staff();
        for row in TABLE.iter().filter(|row| row.scope == scope && (staff || row.who == Who::Everybody)) {
            if shared.lack(row.command).is_some() {
                continue;
            }
            let keys = Safe::line(&shared.keymap.shown(row.command).join("  "));
            // What has no key is in the palette.
            let keys = if keys.is_empty() { Safe::line(":") } else { keys.truncate(22) };
            let text = shared.word(&format!("command-{}", row.name));
            let blanks = Safe::blank(24usize.saturating_sub(keys.width()));
            let pieces = Pieces::default().gap(theme, 2).and(theme, Look::KeyName, &keys);
            lines.push(pieces.and(theme, Look::Plain, &blanks).and(theme, Look::Plain, &text).line());
        }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    #[expect(clippy::needless_pass_by_value, reason = "every screen takes it so")]
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        let height = usize::from(inside(popup(cx.shared.size, WIDTH, HEIGHT)).height).max(1);
        let last = self.lines.len().saturating_sub(height);
        let by = match said {
            Said::Command(Command::Back, _) => return cx.close(),
            Said::Command(command, _) => command.moves(height).unwrap_or(0),
            Said::Mouse(mouse) => match mouse.what {
                MouseKind::WheelUp => -3,
                MouseKind::WheelDown => 3,
                MouseKind::Click => 0,
            },
            _ => 0,
        };
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let height = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(HEIGHT);
        let inner = widgets::over(shared, frame, WIDTH, height, &shared.word("help-title"));
        widgets::lines(frame, inner, &self.lines, self.top);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("help-title")
    }
}
