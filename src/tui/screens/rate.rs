//! What a requester thought of how their request was solved: good or bad, and why.

use crate::domain::act::Deed;
use crate::domain::case::{CaseDeed, Rating, Score};
use crate::domain::id::TicketId;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::editor::Editor;
use crate::tui::item;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A rating that is being given.
#[derive(Clone, Debug)]
pub struct State {
    ticket: TicketId,
    score: Score,
    line: Editor,
    /// Whether an answer is awaited.
    sending: bool,
}

impl State {
    /// Of this request, as it was rated before.
    pub fn new(ticket: TicketId, before: Option<&Rating>) -> Self {
        let score = before.and_then(|rating| rating.score).unwrap_or(Score::Good);
        let comment = before.and_then(|rating| rating.comment.as_deref()).unwrap_or_default();
        Self { ticket, score, line: Editor::line(comment), sending: false }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Line]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Acted(_, Ok(_)) | Said::Command(Command::LeaveLine, _) => cx.close(),
            Said::Acted(_, Err(_)) => self.sending = false,
            _ if self.sending => {}
            Said::Command(Command::AcceptLine, _) => {
                let comment = Some(self.line.text()).filter(|text| !text.trim().is_empty());
                cx.act(Deed::Case(CaseDeed::Rate { ticket: self.ticket, score: self.score, comment }));
                self.sending = true;
            }
            Said::Command(Command::NextRow | Command::PreviousRow, _) => {
                self.score = if self.score == Score::Good { Score::Bad } else { Score::Good };
            }
            Said::Key(key) => _ = self.line.key(key),
            Said::Paste(text) => _ = self.line.paste(&text),
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let inner = widgets::over(shared, frame, 64, 7, &self.title(shared));
        let row = |n: u16| Rect { y: inner.y + n, height: 1.min(inner.height.saturating_sub(n)), ..inner };
        for (n, score) in [(0, Score::Good), (1, Score::Bad)] {
            let chosen = score == self.score;
            let sign = Safe::from_static(if chosen { "› " } else { "  " });
            let word = shared.word(&format!("rating-{}", score.name()));
            let look = if chosen { Look::Strong } else { Look::Dim };
            frame.render_widget(Pieces::default().and(theme, look, &sign).and(theme, look, &word).line(), row(n));
        }
        frame.render_widget(line(theme, Look::Dim, &shared.word("rate-why")), row(3));
        self.line.draw(frame, row(4), true);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("rate-title"), item::number(self.ticket)])
    }
}
