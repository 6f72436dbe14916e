//! Of which tickets a condition is true now: before a rule is switched on, or a view is shown to all.

use crate::client::{Count, Error, Page};
use crate::domain::condition::Condition;
use crate::domain::ticket::Ticket;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::item;
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::widgets;
use crate::words;
use ratatui::Frame;

/// How many tickets there are, and some of them.
#[derive(Clone, Debug)]
pub struct State {
    name: Safe,
    when: Condition,
    found: Option<Result<(Count, Page<Ticket>), Error>>,
}

impl State {
    /// Of a condition; `name` is whose it is.
    pub const fn new(name: Safe, when: Condition) -> Self {
        Self { name, when, found: None }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Command(Command::Refresh, _) => {
                cx.ask(Question::Matching(Box::new(self.when.clone())));
            }
            Said::Answer(_, Ok(Answer::Matching(count, page))) => self.found = Some(Ok((count, page))),
            Said::Answer(_, Err(error)) => self.found = Some(Err(error)),
            Said::Command(Command::Back, _) => cx.close(),
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let inner = widgets::over(shared, frame, shared.size.width.saturating_sub(8).min(96), 16, &self.name);
        let mut lines = Vec::new();
        match &self.found {
            None => lines.push(line(theme, Look::Dim, &shared.word("admin-waiting"))),
            Some(Err(error)) => lines.push(line(theme, Look::Bad, &crate::tui::sentence::error(shared, error))),
            Some(Ok((count, page))) => {
                let number = i64::try_from(count.value).unwrap_or(i64::MAX);
                let args = args![count = number, more = i64::from(count.or_more)];
                lines.push(line(theme, Look::Strong, &shared.say("admin-matches", args)));
                lines.push(line(theme, Look::Plain, &Safe::default()));
                for ticket in &page.rows {
                    let status = Safe::line(&words::status(&shared.words, ticket.status()));
                    let room = usize::from(inner.width).saturating_sub(9 + 11);
                    let row = Pieces::default()
                        .and(theme, Look::Dim, &item::number(ticket.id).fit(9))
                        .and(theme, Look::Plain, &status.fit(11))
                        .and(theme, Look::Plain, &Safe::line(&ticket.subject).fit(room));
                    lines.push(row.line());
                }
            }
        }
        widgets::lines(frame, inner, &lines, 0);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("admin-title")
    }
}
