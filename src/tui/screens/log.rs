//! What was done to people, groups, organizations and settings: who, when and what, the newest first, page by page.

use super::history::told;
use crate::client::{Cursor, Error, LogAsk};
use crate::domain::event::Audit;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::input::MouseKind;
use crate::tui::layout::areas;
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::text::line;
use crate::tui::theme::Look;
use crate::tui::{sentence, widgets};
use ratatui::Frame;
use ratatui::text::Line;

/// How many audits are fetched at once.
const PAGE: u32 = 100;

/// The admin log.
#[derive(Clone, Debug, Default)]
pub struct State {
    audits: Vec<Audit>,
    /// Where the earlier ones begin; none when there are no more.
    next: Option<Cursor>,
    waiting: bool,
    failed: Option<Error>,
    /// Broken for a width.
    lines: Vec<Line<'static>>,
    /// The first line shown.
    top: usize,
}

impl State {
    /// From the latest on.
    pub fn new() -> Self {
        Self { waiting: true, ..Self::default() }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) => self.ask(None, cx),
            Said::Resized => self.lay_out(cx.shared),
            Said::Answer(Question::AdminLog(ask), result) => self.take(ask.after.as_ref(), result, cx),
            Said::Command(command, _) => self.command(command, cx),
            Said::Mouse(mouse) => match mouse.what {
                MouseKind::WheelUp => self.scroll(-3, cx),
                MouseKind::WheelDown => self.scroll(3, cx),
                MouseKind::Click => {}
            },
            _ => {}
        }
    }

    fn ask(&mut self, after: Option<Cursor>, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::AdminLog(LogAsk { newest_first: true, after, limit: PAGE }));
    }

    fn take(&mut self, after: Option<&Cursor>, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        self.waiting = false;
        match result {
            Ok(Answer::AdminLog(page)) => {
                if after.is_none() {
                    self.audits.clear();
                    self.top = 0;
                } else if after != self.next.as_ref() {
                    return;
                }
                self.next = page.next;
                self.audits.extend(page.rows);
                self.failed = None;
                self.lay_out(cx.shared);
            }
            Ok(_) => {}
            Err(error) => {
                cx.error(error.clone());
                self.failed = Some(error);
            }
        }
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        if let Some(by) = command.moves(Self::height(cx.shared)) {
            return self.scroll(by, cx);
        }
        if command == Command::Back {
            cx.close();
        }
    }

    /// Moves the window; near the end of what is there the next page is fetched.
    fn scroll(&mut self, by: isize, cx: &mut Context<'_>) {
        let height = Self::height(cx.shared);
        let last = self.lines.len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
        if self.next.is_some() && !self.waiting && self.top + 2 * height >= self.lines.len() {
            self.ask(self.next.clone(), cx);
        }
    }

    fn height(shared: &Shared) -> usize {
        usize::from(areas(shared.size).body.height).max(1)
    }

    fn lay_out(&mut self, shared: &Shared) {
        let width = areas(shared.size).body.width;
        let told = self.audits.iter().flat_map(|audit| told(shared, audit, width));
        self.lines = told.map(|(line, _)| line).collect();
        self.top = self.top.min(self.lines.len().saturating_sub(Self::height(shared)));
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let body = areas(shared.size).body;
        if self.lines.is_empty() {
            let text = match (&self.failed, self.waiting) {
                (Some(error), _) => sentence::error(shared, error),
                (None, true) => shared.word("list-waiting"),
                (None, false) => shared.word("log-empty"),
            };
            frame.render_widget(line(shared.theme, Look::Dim, &Safe::concat([Safe::blank(2), text])), body);
        } else {
            widgets::lines(frame, body, &self.lines, self.top);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" › "), [shared.word("admin-title"), shared.word("admin-log")])
    }
}
