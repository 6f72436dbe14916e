//! What will happen by itself in the coming days, soonest first, over all tickets (Z10).

use crate::client::{DueTicket, Error};
use crate::domain::time::Span;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::ticket;
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::{item, sentence};
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;

/// How far is looked ahead.
const AHEAD: Span = Span::days(14);
/// So much is listed at most.
const LISTED: u32 = 500;
/// Cells of the time.
const WHEN: usize = 17;
/// Cells of what happens.
const WHAT: usize = 24;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row(usize, DueTicket);

impl Identified for Row {
    type Id = usize;

    fn id(&self) -> usize {
        self.0
    }
}

/// What is coming.
#[derive(Clone, Debug, Default)]
pub struct State {
    list: List<Row>,
    waiting: bool,
    failed: Option<Error>,
}

impl State {
    /// From now on.
    pub fn new() -> Self {
        Self { waiting: true, ..Self::default() }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Coming, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Changed(_) | Said::Command(Command::Refresh, _) => {
                self.waiting = true;
                cx.ask(Question::Forecast { until: cx.shared.now + AHEAD, limit: LISTED });
            }
            Said::Resized => self.fit(cx.shared),
            Said::Answer(_, Ok(Answer::Forecast(coming))) => {
                (self.waiting, self.failed) = (false, None);
                self.list.set(coming.into_iter().enumerate().map(|(n, one)| Row(n, one)).collect());
                self.fit(cx.shared);
            }
            Said::Answer(_, Err(error)) => {
                cx.error(error.clone());
                (self.waiting, self.failed) = (false, Some(error));
            }
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::OpenComing, _) => self.open(cx),
            Said::Command(command, _) => _ = self.list.command(command),
            Said::Mouse(mouse) if self.list.mouse(mouse, Self::rows(cx.shared)) => self.open(cx),
            _ => {}
        }
    }

    fn open(&self, cx: &mut Context<'_>) {
        let Some(at) = self.list.current().map(|row| row.1.ticket) else { return };
        let mut order: Vec<_> = self.list.rows().iter().map(|row| row.1.ticket).collect();
        order.dedup();
        cx.open(ticket::State::reading(at, order, None).into());
    }

    /// Below the line of how much it is.
    fn rows(shared: &Shared) -> Rect {
        let body = areas(shared.size).body;
        Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body }
    }

    fn fit(&mut self, shared: &Shared) {
        self.list.fit(Self::rows(shared).height);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let area = Self::rows(shared);
        let head = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
        let count = self.list.rows().len();
        let text = match (&self.failed, self.waiting && count == 0) {
            (Some(error), _) => sentence::error(shared, error),
            (None, true) => shared.word("list-waiting"),
            (None, false) => {
                let more = if count >= LISTED as usize { "yes" } else { "no" };
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                shared.say("forecast-count", args![count = count, days = AHEAD.0 / Span::days(1).0, more = more])
            }
        };
        frame.render_widget(line(theme, Look::Dim, &Safe::concat([Safe::blank(2), text])), head);
        let room = usize::from(area.width).saturating_sub(2 + WHEN + 1 + WHAT + 1 + 9);
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let one = &row.1;
            let what = Safe::line(&words::due(&shared.words, &one.due, &shared.present()));
            let pieces = Pieces::default()
                .and(theme, look(Look::Plain), &Safe::from_static(if cursor { "▌ " } else { "  " }))
                .and(theme, look(Look::Dim), &Safe::concat([shared.time(one.due.at).fit(WHEN), Safe::blank(1)]))
                .and(theme, look(Look::Plain), &Safe::concat([what.fit(WHAT), Safe::blank(1)]))
                .and(theme, look(Look::Dim), &item::number(one.ticket).fit(9))
                .and(theme, look(Look::Plain), &Safe::line(&one.subject).fit(room));
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("admin-forecast")])
    }
}
