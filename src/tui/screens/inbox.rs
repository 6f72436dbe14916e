//! What one was told, the newest first: who reads it knows what has happened without opening every list.

use crate::client::told::{InboxAsk, Told};
use crate::client::{Cursor, Error, Page};
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::item;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::ticket;
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// How many notices are fetched at once.
const PAGE: u32 = 100;
/// Lines for what a notice says, below the list.
const PREVIEW: u16 = 8;
/// In a window lower than this there are only the rows.
const ROOM_FOR_PREVIEW: u16 = 16;
/// How much of a notice is laid out, in characters.
const SHOWN: usize = 2_000;

impl Identified for Told {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id
    }
}

/// The inbox.
#[derive(Clone, Debug, Default)]
pub struct State {
    list: List<Told>,
    next: Option<Cursor>,
    waiting: bool,
    failed: Option<Error>,
}

impl State {
    /// Everything, read and unread.
    pub fn new() -> Self {
        Self { waiting: true, ..Self::default() }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Inbox, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Changed(_) | Said::Heard(_) | Said::Command(Command::Refresh, _) => self.ask(None, cx),
            Said::Resized => self.list.fit(Self::rows_area(cx.shared).height),
            Said::Answer(Question::Inbox(ask), result) => self.take(&ask, result, cx),
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::OpenNotice, _) => self.open(cx),
            Said::Command(Command::MarkRead, _) => self.mark(cx),
            Said::Command(Command::MarkAllRead, _) => {
                self.read(None);
                cx.ask(Question::MarkRead(None));
            }
            Said::Command(command, _) => {
                self.list.command(command);
                self.go_on(cx);
            }
            Said::Mouse(mouse) => {
                let body = Self::rows_area(cx.shared);
                if self.list.mouse(mouse, body) {
                    self.open(cx);
                }
                self.go_on(cx);
            }
            _ => {}
        }
    }

    fn ask(&mut self, after: Option<Cursor>, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::Inbox(InboxAsk { unread_only: false, after, limit: PAGE }));
    }

    fn go_on(&mut self, cx: &mut Context<'_>) {
        if self.list.near_end() && !self.waiting && self.next.is_some() {
            let next = self.next.clone();
            self.ask(next, cx);
        }
    }

    fn take(&mut self, ask: &InboxAsk, result: Result<Answer, Error>, cx: &mut Context<'_>) {
        self.waiting = false;
        match result {
            Ok(Answer::Inbox(Page { rows, next, .. })) => {
                if ask.after.is_some() { self.list.append(rows) } else { self.list.set(rows) }
                self.next = next;
                self.failed = None;
                self.list.fit(Self::rows_area(cx.shared).height);
            }
            Ok(_) => {}
            Err(error) => {
                cx.error(error.clone());
                self.failed = Some(error);
            }
        }
    }

    /// Shows those as read at once; the account is told by whoever calls.
    fn read(&mut self, only: Option<i64>) {
        let mut rows: Vec<Told> = self.list.rows().to_vec();
        for row in rows.iter_mut().filter(|row| only.is_none_or(|id| row.id == id)) {
            row.read = true;
        }
        self.list.set(rows);
    }

    fn mark(&mut self, cx: &mut Context<'_>) {
        if let Some(id) = self.list.current_id() {
            self.read(Some(id));
            cx.ask(Question::MarkRead(Some(vec![id])));
        }
    }

    fn open(&mut self, cx: &mut Context<'_>) {
        let Some(ticket) = self.list.current().map(|row| row.ticket) else { return };
        self.mark(cx);
        cx.open(ticket::State::reading(ticket, Vec::new(), None).into());
    }

    fn rows_area(shared: &Shared) -> Rect {
        let body = areas(shared.size).body;
        let preview = if body.height >= ROOM_FOR_PREVIEW { PREVIEW } else { 0 };
        Rect { height: body.height - preview, ..body }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = Self::rows_area(shared);
        let theme = shared.theme;
        if self.list.is_empty() {
            let word = match (self.waiting, &self.failed) {
                (true, _) => "inbox-waiting",
                (false, Some(_)) => "inbox-failed",
                (false, None) => "inbox-empty",
            };
            let text = Safe::concat([Safe::blank(2), shared.word(word)]);
            frame.render_widget(line(theme, Look::Dim, &text), area);
            return;
        }
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let subject_look = if row.read { Look::Plain } else { Look::Strong };
            // Not by its look alone: who sees no colours sees the sign.
            let sign = match (cursor, row.read) {
                (true, false) => "▌● ",
                (true, true) => "▌  ",
                (false, false) => " ● ",
                (false, true) => "   ",
            };
            let age = shared.age(row.at).fit(10);
            let room = usize::from(area.width).saturating_sub(3 + 9 + 11);
            let pieces = Pieces::default()
                .and(theme, look(Look::Plain), &Safe::from_static(sign))
                .and(theme, look(Look::Plain), &item::number(row.ticket).fit(9))
                .and(theme, look(subject_look), &Safe::line(&row.subject).fit(room))
                .and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), age]));
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
        self.draw_preview(shared, frame);
    }

    /// What the notice under the cursor says, as much of it as fits.
    fn draw_preview(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let (body, rows) = (areas(shared.size).body, Self::rows_area(shared));
        let Some(row) = self.list.current().filter(|_| rows.height < body.height) else { return };
        let area = Rect { y: rows.y + rows.height, height: body.height - rows.height, ..body };
        let rule = Safe::line(&"─".repeat(usize::from(area.width)));
        frame.render_widget(line(shared.theme, Look::Dim, &rule), Rect { height: 1, ..area });
        let text: String = row.body.chars().take(SHOWN).collect();
        let width = area.width.saturating_sub(4);
        let text = Safe::text(&text);
        let lines = text.lines().flat_map(|one| wrap(&one, width));
        for (n, one) in (1..area.height).zip(lines) {
            let place = Rect { x: area.x + 2, y: area.y + n, width: area.width.saturating_sub(2), height: 1 };
            frame.render_widget(line(shared.theme, Look::Plain, &one), place);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("inbox-title")])
    }
}
