//! Search as you type over everything that the one who asks may see (Z16, D34).

mod saved;

use crate::client::{ListAsk, Source};
use crate::domain::id::TicketId;
use crate::domain::search::while_typed;
use crate::domain::view::Sort;
use crate::safe::Safe;
use crate::tui::acts;
use crate::tui::command::{Command, Scope};
use crate::tui::editor::Editor;
use crate::tui::effect::Question;
use crate::tui::input::{Mouse, MouseKind, Size};
use crate::tui::item::Item;
use crate::tui::layout::{areas, holds};
use crate::tui::list::Identified;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::rows::{Load, Rows};
use crate::tui::screens::prompt::{self, Purpose};
use crate::tui::screens::{picker, ticket};
use crate::tui::sentence;
use crate::tui::text::line;
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A search.
#[derive(Clone, Debug)]
pub struct State {
    query: Editor,
    typing: bool,
    rows: Rows,
    sort: Option<Sort>,
    /// What is to be done with the hits of what is typed as soon as they are there.
    then: Option<Command>,
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}

struct Areas {
    query: Rect,
    header: Rect,
    rows: Rect,
}

fn parts(size: Size) -> Areas {
    let body = areas(size).body;
    let query = Rect { height: 1.min(body.height), ..body };
    let header = Rect { y: body.y + 1, height: 1, ..body };
    let rows = Rect { y: body.y + 2, height: body.height.saturating_sub(2), ..body };
    Areas { query, header, rows }
}

impl State {
    /// For nothing yet.
    pub fn new() -> Self {
        Self { query: Editor::line(""), typing: true, rows: Rows::default(), sort: None, then: None }
    }

    /// For what a query finds, with the cursor among its hits.
    pub fn of(query: &str) -> Self {
        Self { query: Editor::line(query), typing: false, ..Self::new() }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        if self.typing {
            &[Scope::Seeking]
        } else {
            &[Scope::Hits, Scope::Rows, Scope::List, Scope::Ticket, Scope::Browsing]
        }
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => {
                self.rows.list.fit(parts(cx.shared.size).rows.height);
                self.ask(cx);
            }
            Said::Resized => self.rows.list.fit(parts(cx.shared.size).rows.height),
            Said::Changed(_) | Said::Heard(_) => self.rows.refresh(cx),
            Said::Answer(question @ (Question::Tickets(_) | Question::Requests(_)), result) => {
                self.rows.take(&question, result);
                self.arrived(cx);
            }
            Said::Key(key) => {
                let changed = self.query.key(key);
                self.typed(changed, cx);
            }
            Said::Paste(text) if self.typing => {
                let changed = self.query.paste(&text);
                self.typed(changed, cx);
            }
            Said::Mouse(mouse) => self.mouse(mouse, cx),
            Said::Command(command, _) => self.command(command, cx),
            Said::Picked(picker::Value::Sort(sort)) => {
                self.sort = sort;
                self.ask(cx);
            }
            Said::Typed(Purpose::SaveView, title) => self.save(&title, cx),
            Said::Applied(all) => ticket::applied(*all, cx),
            Said::Confirmed(matter) => ticket::confirmed(matter, cx),
            _ => {}
        }
    }

    /// A hit as it is known here.
    pub fn item(&self, id: TicketId) -> Option<&Item> {
        self.rows.list.find(id)
    }

    fn typed(&mut self, changed: bool, cx: &mut Context<'_>) {
        if changed {
            self.ask(cx);
        }
    }

    fn ask(&mut self, cx: &mut Context<'_>) {
// What was wanted was wanted of another text.
        self.then = None;
        let query = while_typed(&self.query.text());
        let source = Source::Search(query.trim().to_owned());
        self.rows.ask(ListAsk { sort: self.sort, ..ListAsk::first(source) }, cx);
    }

    /// How many hits are marked.
    pub fn marked(&self) -> usize {
        self.rows.list.marks().len()
    }

    /// A key that was quicker than the answer is done now: on the first hit, for nobody has chosen another.
    fn arrived(&mut self, cx: &mut Context<'_>) {
        if self.rows.are_of_before() {
            return;
        }
        if let Some(command) = self.then.take() {
            self.rows.list.move_to(0);
            self.command(command, cx);
        }
    }

    /// Does something with the hits of what is typed. Rows of an earlier text are not that: their turn never comes.
    fn with_hits(&mut self, command: Command, cx: &mut Context<'_>) {
        if self.rows.are_of_before() {
            if matches!(self.rows.load, Load::Failed(_)) {
                self.ask(cx);
            }
            self.then = Some(command);
        } else if !self.rows.list.is_empty() {
            self.typing = false;
            if command == Command::OpenHit {
                self.open(cx);
            }
        }
    }

    fn command(&mut self, command: Command, cx: &mut Context<'_>) {
        match command {
            Command::OpenHit | Command::GoToHits => self.with_hits(command, cx),
            Command::NextFound | Command::NextHit => {
                self.rows.list.move_by(1);
            }
            Command::PreviousFound | Command::PreviousHit => {
                self.rows.list.move_by(-1);
            }
            Command::LeaveSearch => cx.close(),
            Command::SaveView => cx.open(prompt::State::new(Purpose::SaveView).into()),
            Command::Back => {
                if !self.rows.list.clear_marks() {
                    cx.close();
                }
            }
            Command::Search => self.typing = true,
            Command::Refresh => self.rows.refresh(cx),
            Command::Open => self.open(cx),
            Command::Sort => cx.open(picker::State::sort(self.sort, true, cx.shared).into()),
            Command::Mark => self.rows.list.toggle_mark(),
            Command::MarkRange => self.rows.list.mark_range(),
            Command::MarkAll => self.rows.list.mark_all(),
            _ => {
                if !self.rows.list.command(command) {
                    let chosen = acts::meant(command, &self.rows.list);
                    let first = chosen.first().and_then(|id| self.rows.list.find(*id)).cloned();
                    acts::on_tickets(command, &chosen, first.as_ref(), cx);
                }
            }
        }
        self.rows.more(cx);
    }

    fn open(&self, cx: &mut Context<'_>) {
        if let Some(item) = self.rows.list.current() {
            let order = acts::order(self.rows.list.rows());
            cx.open(ticket::State::reading(item.id(), order, Some(item.clone())).into());
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Context<'_>) {
        let areas = parts(cx.shared.size);
        let clicked = |area| mouse.what == MouseKind::Click && holds(area, mouse.column, mouse.row);
        if clicked(areas.query) {
            self.typing = true;
        } else if clicked(areas.rows) {
            self.typing = false;
        }
        if self.rows.list.mouse(mouse, areas.rows) {
            self.open(cx);
        }
        self.rows.more(cx);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let areas = parts(shared.size);
        let label = Safe::concat([Safe::blank(1), shared.word("search-label"), Safe::blank(1)]);
        let width = u16::try_from(label.width()).unwrap_or(0).min(areas.query.width);
        frame.render_widget(line(shared.theme, Look::KeyName, &label), areas.query);
        let typing = Rect { x: areas.query.x + width, width: areas.query.width - width, ..areas.query };
        self.query.draw(frame, typing, self.typing);
        let failed = match &self.rows.load {
            Load::Failed(error) if !self.rows.list.is_empty() => Some(sentence::error(shared, error)),
            _ => None,
        };
        let header = if failed.is_some() { None } else { Some(areas.header) };
        self.rows.draw(shared, frame, header, areas.rows, &shared.word("search-empty"));
        if let Some(text) = failed {
            let text = Safe::concat([Safe::blank(1), text]);
            frame.render_widget(line(shared.theme, Look::Warning, &text), areas.header);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("search-title")])
    }
}
