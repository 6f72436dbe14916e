//! Why a rule did something to a ticket, or did not: its condition with every part of it, step by step (Z09).

use crate::client::{Error, RuleWhy};
use crate::domain::id::TicketId;
use crate::domain::rule::RuleRef;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::input::MouseKind;
use crate::tui::layout::{areas, inside};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use crate::tui::{item, sentence, widgets};
use crate::words::{self, Known, Told};
use ratatui::Frame;
use ratatui::text::Line;
use ratatui::widgets::BorderType;

/// An explanation.
#[derive(Clone, Debug)]
pub struct State {
    ticket: TicketId,
    rule: RuleRef,
    found: Option<Result<Box<RuleWhy>, Error>>,
    /// Broken for a width.
    lines: Vec<Line<'static>>,
    top: usize,
}

impl State {
    /// Of a rule and a ticket.
    pub const fn new(ticket: TicketId, rule: RuleRef) -> Self {
        Self { ticket, rule, found: None, lines: Vec::new(), top: 0 }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => self.ask(cx),
            Said::Changed(id) if id.is_none_or(|id| id == self.ticket) => self.ask(cx),
            Said::Resized => self.lay_out(cx.shared),
            Said::Answer(_, Ok(Answer::Why(why))) => {
                self.found = Some(Ok(why));
                self.lay_out(cx.shared);
            }
            Said::Answer(_, Err(error)) => {
                cx.error(error.clone());
                self.found = Some(Err(error));
            }
            Said::Command(command, _) => self.command(command, cx),
            Said::Mouse(mouse) => match mouse.what {
                MouseKind::WheelUp => self.scroll(-3, cx.shared),
                MouseKind::WheelDown => self.scroll(3, cx.shared),
                MouseKind::Click => {}
            },
            _ => {}
        }
    }

    fn ask(&self, cx: &mut Context<'_>) {
        cx.ask(Question::Why { ticket: self.ticket, rule: format!("#{}", self.rule.id) });
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        match command {
            Command::Back => cx.close(),
            Command::Refresh => self.ask(cx),
            other => {
                if let Some(by) = other.moves(height(cx.shared)) {
                    self.scroll(by, cx.shared);
                }
            }
        }
    }

    fn scroll(&mut self, by: isize, shared: &Shared) {
        let last = self.lines.len().saturating_sub(height(shared));
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    fn lay_out(&mut self, shared: &Shared) {
        let width = inside(areas(shared.size).body).width;
        if let (Some(Ok(why)), Some(session)) = (&self.found, &shared.session) {
            let known = Known::new(session, &why.names, shared.zone);
            let told = words::rule_why(&shared.words, why, known, &shared.present());
            self.lines = told.iter().flat_map(|one| drawn(shared, one, width)).collect();
        }
        self.top = self.top.min(self.lines.len().saturating_sub(height(shared)));
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let body = areas(shared.size).body;
        let title = Safe::line(&self.rule.title);
        let inner = widgets::boxed(shared, frame, body, &title, Look::ActiveBorder, BorderType::Plain);
        match &self.found {
            None => frame.render_widget(line(shared.theme, Look::Dim, &shared.word("list-waiting")), inner),
            Some(Err(error)) => {
                frame.render_widget(line(shared.theme, Look::Bad, &sentence::error(shared, error)), inner);
            }
            Some(Ok(_)) => widgets::lines(frame, inner, &self.lines, self.top),
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let parts = [shared.word("app-name"), item::number(self.ticket), shared.word("why-title")];
        Safe::join(&Safe::from_static(" · "), parts)
    }
}

/// A line of an explanation, set in, with its mark; what goes on in the next line is set in as far.
fn drawn(shared: &Shared, told: &Told, width: u16) -> Vec<Line<'static>> {
    let theme = shared.theme;
    let (mark, look) = match told.holds {
        Some(true) => ("✓ ", Look::Good),
        Some(false) => ("✗ ", Look::Bad),
        None => ("", Look::Plain),
    };
    let text = if told.heading { Look::Strong } else { Look::Plain };
    let mark = Safe::from_static(mark);
    let indent = 1 + told.depth * 2;
    let room = width.saturating_sub(u16::try_from(indent + mark.width()).unwrap_or(0));
    let broken = wrap(&Safe::line(&told.text), room.max(10));
    let lines = broken.into_iter().enumerate().map(|(n, part)| {
        let sign = if n == 0 { mark.clone() } else { Safe::blank(mark.width()) };
        Pieces::default().gap(theme, indent).and(theme, look, &sign).and(theme, text, &part).line()
    });
    lines.collect()
}

fn height(shared: &Shared) -> usize {
    usize::from(inside(areas(shared.size).body).height).max(1)
}
