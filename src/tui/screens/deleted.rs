//! Deleted tickets: brought back, or deleted for good.

use crate::client::{Cursor, Error};
use crate::domain::act::Deed;
use crate::domain::id::TicketId;
use crate::domain::removal::{DeletedTicket, Removal};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::question::{self, Matter};
use crate::tui::text::Pieces;
use crate::tui::theme::Look;
use crate::tui::{item, sentence, widgets};
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// So many are fetched at once.
pub const PAGE: u32 = 100;
/// Cells of the status that it had.
const STATUS: usize = 10;
/// Cells of when it was deleted.
const AGE: usize = 10;

impl Identified for DeletedTicket {
    type Id = TicketId;

    fn id(&self) -> TicketId {
        self.id
    }
}

/// Deleted tickets.
#[derive(Clone, Debug, Default)]
pub struct State {
    list: List<DeletedTicket>,
    next: Option<Cursor>,
    waiting: bool,
    failed: Option<Error>,
}

impl State {
    /// The last deleted first.
    pub fn new() -> Self {
        Self { waiting: true, ..Self::default() }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Deleted, Scope::List, Scope::Browsing]
    }

    /// Whether a command does anything now.
    pub fn can(&self, command: Command) -> bool {
        !matches!(command, Command::RestoreTicket | Command::PurgeTicket) || self.list.current().is_some()
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) => self.ask(None, cx),
            Said::Resized => self.fit(cx.shared),
            Said::Answer(Question::DeletedTickets { after, .. }, result) => self.answered(after.is_some(), result, cx),
            Said::Acted(deed, Ok(_)) if matches!(*deed, Deed::Removal(_)) => self.ask(None, cx),
            Said::Confirmed(Matter::Do(deed)) => cx.act(*deed),
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::RestoreTicket, _) => {
                if let Some(id) = self.list.current_id() {
                    cx.act(Deed::Removal(Removal::Restore(id)));
                }
            }
            Said::Command(Command::PurgeTicket, _) => self.purge(cx),
            Said::Command(command, _) => {
                self.list.command(command);
                self.moved(cx);
            }
            Said::Mouse(mouse) => {
                self.list.mouse(mouse, areas(cx.shared.size).body);
                self.moved(cx);
            }
            _ => {}
        }
    }

    fn ask(&mut self, after: Option<Cursor>, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::DeletedTickets { after, limit: PAGE });
    }

    fn answered(&mut self, more: bool, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        self.waiting = false;
        match result {
            Ok(Answer::DeletedTickets(page)) => {
                self.failed = None;
                if more { self.list.append(page.rows) } else { self.list.set(page.rows) }
                self.next = page.next;
                self.fit(cx.shared);
            }
            Ok(_) => {}
            Err(error) => {
                cx.error(error.clone());
                self.failed = Some(error);
            }
        }
    }

    /// For good: asked about first.
    fn purge(&self, cx: &mut Context<'_>) {
        let Some(one) = self.list.current() else { return };
        let args = args![number = one.id.to_string(), subject = one.subject.as_str()];
        let text = cx.shared.say("question-purge", args);
        let deed = Deed::Removal(Removal::Purge(one.id));
        cx.open(question::State::new(text, Matter::Do(Box::new(deed))).into());
    }

    fn moved(&mut self, cx: &mut Context<'_>) {
        if self.list.near_end() && !self.waiting && self.next.is_some() {
            let next = self.next.clone();
            self.ask(next, cx);
        }
    }

    fn fit(&mut self, shared: &Shared) {
        self.list.fit(areas(shared.size).body.height);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = areas(shared.size).body;
        if self.list.is_empty() {
            let text = match (&self.failed, self.waiting) {
                (Some(error), _) => sentence::error(shared, error),
                (None, true) => shared.word("list-waiting"),
                (None, false) => shared.word("deleted-none"),
            };
            return widgets::told(shared, frame, area, 2, &text);
        }
        for (n, (one, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let place = Rect { y: area.y + n, height: 1, ..area };
            frame.render_widget(row(shared, one, cursor, area.width), place);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("deleted-title")])
    }
}

fn row(shared: &Shared, one: &DeletedTicket, cursor: bool, width: u16) -> Line<'static> {
    let theme = shared.theme;
    let look = |look: Look| if cursor { Look::Cursor } else { look };
    let room = usize::from(width).saturating_sub(2 + 9 + STATUS + 1 + AGE + 1);
    let who = (room / 3).min(24);
    let by = one.by.map_or_else(Safe::default, |id| shared.person(id));
    let status = Safe::line(&words::status(&shared.words, one.status));
    let gap = |text: Safe, cells: usize| Safe::concat([Safe::blank(1), text.fit(cells)]);
    Pieces::default()
        .and(theme, look(Look::Plain), &Safe::from_static(if cursor { "▌ " } else { "  " }))
        .and(theme, look(Look::Dim), &item::number(one.id).fit(9))
        .and(theme, look(Look::Plain), &Safe::line(&one.subject).fit(room.saturating_sub(who + 1)))
        .and(theme, look(Look::Dim), &gap(status, STATUS))
        .and(theme, look(Look::Plain), &gap(by, who))
        .and(theme, look(Look::Dim), &gap(shared.age(one.at), AGE))
        .line()
}
