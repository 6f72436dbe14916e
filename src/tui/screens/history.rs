//! A ticket's history in the place of its conversation: who did what and when, oldest first, page by page (Z14).

use crate::client::Error;
use crate::domain::event::{Audit, Event};
use crate::domain::id::TicketId;
use crate::domain::rule::RuleRef;
use crate::domain::timer::Due;
use crate::safe::Safe;
use crate::tui::acts;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::input::MouseKind;
use crate::tui::item::{self, Item};
use crate::tui::layout::{self, TicketAreas};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::offer;
use crate::tui::screens::ticket::{self, details};
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use crate::tui::{sentence, widgets};
use crate::words::{self, Known};
use ratatui::Frame;
use ratatui::text::Line;
use ratatui::widgets::BorderType;

/// How many audits are fetched at once.
const PAGE: u32 = 100;
/// How much of a comment is shown, in characters.
const EXCERPT: usize = 120;

/// A history.
#[derive(Clone, Debug)]
pub struct State {
    id: TicketId,
    item: Option<Item>,
    due: Vec<Due>,
    audits: Vec<Audit>,
    /// Whether there are later ones.
    more: bool,
    waiting: bool,
    failed: Option<Error>,
    details_toggled: bool,
    /// Broken for a width.
    lines: Vec<Line<'static>>,
    /// For each line the rule of which it tells.
    rules: Vec<Option<RuleRef>>,
    /// The first line shown.
    top: usize,
}

impl State {
    /// Of a ticket, with what is known of it.
    pub const fn new(id: TicketId, item: Option<Item>, due: Vec<Due>) -> Self {
        Self {
            id,
            item,
            due,
            audits: Vec::new(),
            more: false,
            waiting: true,
            failed: None,
            details_toggled: false,
            lines: Vec::new(),
            rules: Vec::new(),
            top: 0,
        }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Ticket, Scope::Reading, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => self.ask(cx),
            Said::Changed(id) if id.is_none_or(|id| id == self.id) => {
                self.ask(cx);
                cx.ask(Question::Ticket { id: self.id, comments: 1 });
            }
            Said::Heard(tickets) if tickets.contains(&self.id) => self.update(Said::Changed(Some(self.id)), cx),
            Said::Resized => self.lay_out(cx.shared),
            Said::Answer(Question::Audits { after, .. }, result) => self.take(after, result, cx),
            Said::Answer(Question::Ticket { .. }, Ok(Answer::Ticket(thread))) => {
                self.due = thread.due;
                self.item = Some(thread.item.into());
            }
            Said::Command(command, _) => self.command(command, cx),
            Said::Mouse(mouse) => match mouse.what {
                MouseKind::WheelUp => self.scroll(-3, cx),
                MouseKind::WheelDown => self.scroll(3, cx),
                MouseKind::Click => {}
            },
            Said::Applied(all) => ticket::applied(*all, cx),
            Said::Confirmed(matter) => ticket::confirmed(matter, cx),
            _ => {}
        }
    }

    fn last(&self) -> i64 {
        self.audits.last().map_or(0, |audit| audit.number)
    }

    fn ask(&mut self, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::Audits { ticket: self.id, after: self.last(), limit: PAGE });
    }

    fn take(&mut self, after: i64, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        self.waiting = false;
        match result {
            Ok(Answer::Audits(page)) if after == self.last() => {
                self.more = page.next.is_some();
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
        if let Some(by) = command.moves(self.height(cx.shared)) {
            return self.scroll(by, cx);
        }
        match command {
            Command::Back | Command::ShowHistory => cx.close(),
            Command::Refresh => self.ask(cx),
            Command::Why => {
                let rule = self.rules.iter().skip(self.top).take(self.height(cx.shared)).flatten().next().cloned();
                cx.open(offer::State::rules(self.id, rule).into());
            }
            Command::ToggleDetails => {
                self.details_toggled = !self.details_toggled;
                self.lay_out(cx.shared);
            }
            _ => {
                acts::on_tickets(command, &[self.id], self.item.as_ref(), cx);
            }
        }
    }

    /// Moves the window; near the end of what is there the next page is fetched.
    fn scroll(&mut self, by: isize, cx: &mut Context<'_>) {
        let height = self.height(cx.shared);
        let last = self.lines.len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
        if self.more && !self.waiting && self.top + 2 * height >= self.lines.len() {
            self.ask(cx);
        }
    }

    fn areas(&self, shared: &Shared) -> TicketAreas {
        layout::ticket(shared.size, self.details_toggled, None)
    }

    fn height(&self, shared: &Shared) -> usize {
        usize::from(layout::inside(self.areas(shared).conversation).height).max(1)
    }

    fn lay_out(&mut self, shared: &Shared) {
        let width = layout::inside(self.areas(shared).conversation).width;
        if width > 0 {
            let told = self.audits.iter().flat_map(|audit| told(shared, audit, width));
            (self.lines, self.rules) = told.unzip();
        }
        self.top = self.top.min(self.lines.len().saturating_sub(self.height(shared)));
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let areas = self.areas(shared);
        if let Some(item) = &self.item {
            ticket::head(shared, frame, areas.head, item);
            if let Some(area) = areas.details {
                details::draw(shared, frame, area, item, &self.due);
            }
        }
        if areas.conversation.width == 0 {
            return;
        }
        let title = shared.word("history-title");
        let look = Look::ActiveBorder;
        let inner = widgets::boxed(shared, frame, areas.conversation, &title, look, BorderType::Plain);
        if self.lines.is_empty() {
            let text = match (&self.failed, self.waiting) {
                (Some(error), _) => sentence::error(shared, error),
                (None, true) => shared.word("list-waiting"),
                (None, false) => shared.word("history-empty"),
            };
            frame.render_widget(line(shared.theme, Look::Dim, &text), inner);
        } else {
            widgets::lines(frame, inner, &self.lines, self.top);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let parts = [shared.word("app-name"), item::number(self.id), shared.word("history-title")];
        Safe::join(&Safe::from_static(" · "), parts)
    }
}

/// Who, when, and below it what: a sentence each.
pub(super) fn told(shared: &Shared, audit: &Audit, width: u16) -> Vec<(Line<'static>, Option<RuleRef>)> {
    let theme = shared.theme;
    let Some(session) = &shared.session else { return Vec::new() };
    let known = || Known::new(session, &shared.names, shared.zone);
    let who = Safe::line(&words::who(&shared.words, audit.who, known()));
    let when = Safe::join(&Safe::from_static(" · "), [Safe::default(), shared.time(audit.at)]);
    let head = Pieces::default().gap(theme, 1).and(theme, Look::Strong, &who).and(theme, Look::Dim, &when);
    let mut lines = vec![(head.line(), None)];
    for event in &audit.events {
        let rule = match event {
            Event::RuleRan(rule) => Some(rule),
            _ => None,
        };
        let text = Safe::line(&words::event(&shared.words, event, known().beside(&audit.events)));
        for text in wrap(&text, width.saturating_sub(4)) {
            lines.push((line(theme, Look::Plain, &Safe::concat([Safe::blank(3), text])), rule.cloned()));
        }
        if let Event::Commented(comment) = event {
            let beginning: String = comment.body.trim_start().chars().take(EXCERPT).collect();
            let beginning = Safe::line(beginning.lines().next().unwrap_or_default());
            let beginning = beginning.truncate(usize::from(width).saturating_sub(6));
            lines.push((line(theme, Look::Dim, &Safe::concat([Safe::from_static("     "), beginning])), None));
        }
    }
    lines
}
