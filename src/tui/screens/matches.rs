//! What a view, macro, trigger or automation would do on the last tickets, before it is switched on or shown to all: the
//! same trial as the command line's.

use crate::client::{Error, Trial, TrialRow};
use crate::domain::setup::Item;
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
use crate::words::{self, Known};
use ratatui::Frame;
use ratatui::text::Line;

/// The most columns that the window takes.
const WIDTH: u16 = 96;
/// Its lines.
const HEIGHT: u16 = 16;

/// What it would do, and on which tickets.
#[derive(Clone, Debug)]
pub struct State {
    name: Safe,
    item: Box<Item>,
    found: Option<Result<Box<Trial>, Error>>,
    /// The first line that is shown.
    top: usize,
}

impl State {
    /// Of something as it is to be, saved or not; `name` is what it is called.
    pub fn new(name: Safe, item: Item) -> Self {
        Self { name, item: Box::new(item), found: None, top: 0 }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browsing, Scope::List]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Command(Command::Refresh, _) => cx.ask(Question::Try(self.item.clone())),
            Said::Answer(_, Ok(Answer::Tried(trial))) => (self.found, self.top) = (Some(Ok(trial)), 0),
            Said::Answer(_, Err(error)) => self.found = Some(Err(error)),
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::Down, _) => self.top = (self.top + 1).min(self.rows().saturating_sub(1)),
            Said::Command(Command::Up, _) => self.top = self.top.saturating_sub(1),
            _ => {}
        }
    }

    fn rows(&self) -> usize {
        match &self.found {
            Some(Ok(trial)) => trial.rows.len(),
            _ => 0,
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let width = shared.size.width.saturating_sub(8).min(WIDTH);
        let inner = widgets::over(shared, frame, width, HEIGHT, &self.name);
        let mut lines = Vec::new();
        match &self.found {
            None => lines.push(line(theme, Look::Dim, &shared.word("admin-waiting"))),
            Some(Err(error)) => lines.push(line(theme, Look::Bad, &crate::tui::sentence::error(shared, error))),
            Some(Ok(trial)) => {
                let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
                let sort = self.item.kind().name();
                let args = args![sort = sort, count = count(trial.concerned), of = count(trial.looked_at)];
                lines.push(line(theme, Look::Strong, &shared.say("try-count", args)));
                lines.push(line(theme, Look::Plain, &Safe::default()));
                let rows = trial.rows.iter().skip(self.top);
                lines.extend(rows.map(|row| self.row(row, trial, usize::from(inner.width), shared)));
            }
        }
        widgets::lines(frame, inner, &lines, 0);
    }

    /// A ticket, and what would become of it.
    fn row(&self, row: &TrialRow, trial: &Trial, width: usize, shared: &Shared) -> Line<'static> {
        let theme = shared.theme;
        let room = width.saturating_sub(9);
        let numbers = Known::from(&trial.names);
        let zone = shared.zone;
        let known = shared.session.as_ref().map_or(numbers, |session| Known::new(session, &trial.names, zone));
        let would: Vec<String> =
            row.events.iter().map(|event| words::would(&shared.words, event, known)).collect();
        let pieces = Pieces::default().and(theme, Look::Dim, &item::number(row.ticket).fit(9));
        if matches!(*self.item, Item::View(_)) {
            return pieces.and(theme, Look::Plain, &Safe::line(&row.subject).fit(room)).line();
        }
        let title = room * 2 / 5;
        pieces
            .and(theme, Look::Plain, &Safe::line(&row.subject).fit(title))
            .and(theme, Look::Dim, &Safe::line(&would.join("; ")).fit(room - title))
            .line()
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("admin-title")
    }
}
