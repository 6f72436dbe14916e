//! A link that lets somebody set a password: shown once, to be handed to them.

use crate::client::access::AccessLink;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{line, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::text::Line;

const WIDTH: u16 = 66;

/// The link.
#[derive(Clone, Debug)]
pub struct State {
    name: Safe,
    link: AccessLink,
}

impl State {
    /// For somebody of that name.
    pub const fn new(name: Safe, link: AccessLink) -> Self {
        Self { name, link }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Link]
    }

    /// Answers to what it is told.
    #[expect(clippy::needless_pass_by_value, reason = "every screen takes it so")]
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Command(Command::CopyAccessLink, _) => {
                cx.effect(Effect::Copy(self.link.token.expose().to_owned()));
            }
            Said::Command(Command::LeaveLink, _) => cx.close(),
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let width = WIDTH.min(shared.size.width.saturating_sub(4));
        let until = shared.time(self.link.expires_at).into_string();
        let told = shared.say("link-told", args![name = self.name.as_str(), time = until]);
        let mut lines: Vec<Line<'static>> =
            wrap(&told, width - 2).iter().map(|text| line(theme, Look::Plain, text)).collect();
        lines.push(Line::default());
        let token = Safe::line(self.link.token.expose());
        lines.extend(wrap(&token, width - 2).iter().map(|text| line(theme, Look::Strong, text)));
        lines.push(Line::default());
        lines.extend(wrap(&shared.word("link-how"), width - 2).iter().map(|text| line(theme, Look::Dim, text)));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = widgets::over(shared, frame, width, height, &shared.word("link-title"));
        widgets::lines(frame, inner, &lines, 0);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}
