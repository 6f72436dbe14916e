//! Everybody's home: an end user's three lists of requests, an agent's views, as tabs with counts; a preview of the row
//! under the cursor (R156, R163-R166). An agent's own requests are a page of the same kind, "My activities".

mod preview;
mod tabs;
mod views;

use crate::client::{Count, ListAsk, Source};
use crate::domain::id::TicketId;
use crate::domain::search::while_typed;
use crate::domain::view::Sort;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::acts;
use crate::tui::command::{Command, Scope};
use crate::tui::editor::Editor;
use crate::tui::effect::Question;
use crate::tui::input::{Code, Key, Mouse, MouseKind};
use crate::tui::item::Item;
use crate::tui::layout::{self, holds};
use crate::tui::list::Identified;
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::rows::{Load, Rows};
use crate::tui::screens::prompt::Purpose;
use crate::tui::screens::{picker, ticket};
use preview::Preview;
use views::Becomes;
use ratatui::Frame;
use std::collections::BTreeSet;

/// How long the cursor rests before its row is previewed, in milliseconds.
const REST_MS: u64 = 150;
/// How long the keys rest before a narrowed list is asked for.
const TYPING_REST_MS: u64 = 60;
const PREVIEW: u64 = 1;
const NARROW: u64 = 2;
const NEWS: u64 = 3;
/// After how long the list is looked at again for what others did, in milliseconds.
const NEWS_MS: u64 = 30_000;

/// The home screen.
#[derive(Clone, Debug)]
pub struct State {
    tabs: Vec<Tab>,
    at: usize,
    preview: Preview,
    /// The line that narrows while it is typed.
    narrowing: Option<Editor>,
    /// Whether it lies on top of a home and can be left.
    leaves: bool,
    /// What is to become of the open view.
    becomes: Option<Becomes>,
}

#[derive(Clone, Debug)]
struct Tab {
    source: Source,
    title: Safe,
    count: Option<Count>,
    rows: Rows,
    sort: Option<Sort>,
    narrow: Option<String>,
}

impl State {
    /// The lists of whoever works here.
    pub fn home(shared: &Shared) -> Self {
        let views = Tab::views(shared);
        let tabs = if views.is_empty() { Tab::activities(shared) } else { views };
        Self { tabs, at: 0, preview: Preview::default(), narrowing: None, leaves: false, becomes: None }
    }

    /// The same lists for an agent as an end user has at home.
    pub fn activities(shared: &Shared) -> Self {
        Self { tabs: Tab::activities(shared), leaves: true, ..Self::home(shared) }
    }

    /// Whether it begins with the requests of whoever works here.
    pub fn is_activities(&self) -> bool {
        self.tabs[0].source == Source::Mine
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        if self.narrowing.is_some() {
            &[Scope::Line]
        } else {
            &[Scope::Rows, Scope::Tabs, Scope::List, Scope::Ticket, Scope::Browsing]
        }
    }

    fn tab(&self) -> &Tab {
        &self.tabs[self.at]
    }

    fn rows(&mut self) -> &mut Rows {
        &mut self.tabs[self.at].rows
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened => {
                self.fit(cx);
                self.show(cx);
                self.count(cx);
                cx.rest(NEWS, NEWS_MS);
            }
            Said::Rested(NEWS) => self.look(cx),
            Said::Uncovered => self.moved(cx),
            Said::Session => self.renew(cx),
            Said::Resized => self.fit(cx),
            Said::Heard(tickets) => self.heard(&tickets, cx),
            Said::Changed(_) => {
                self.rows().refresh(cx);
                self.count(cx);
                self.preview.forget();
                self.moved(cx);
            }
            // The rows of others wait above the list; one's own is what one wants to see.
            Said::Made(id) => self.rows().seek(id),
            Said::Command(command, key) => self.command(command, key, cx),
            Said::Key(key) => self.typed(|line| line.key(key), cx),
            Said::Paste(text) => self.typed(|line| line.paste(&text), cx),
            Said::Mouse(mouse) => self.mouse(mouse, cx),
            Said::Rested(PREVIEW) => {
                if let Some(id) = self.tab().rows.list.current_id() {
                    self.preview.ask(id, cx);
                }
            }
            Said::Rested(NARROW) => self.show(cx),
            Said::Answer(Question::Counts(sources), Ok(Answer::Counts(counts))) => {
                for (source, count) in sources.iter().zip(counts) {
                    if let Some(tab) = self.tabs.iter_mut().find(|tab| tab.source == *source) {
                        tab.count = Some(count);
                    }
                }
            }
            Said::Answer(question @ (Question::Tickets(_) | Question::Requests(_)), result) => {
                // An answer for a tab that was left meanwhile is welcome there.
                if let Some(tab) = self.tabs.iter_mut().find(|tab| tab.rows.waits_for(&question)) {
                    tab.rows.take(&question, result);
                }
                self.fit(cx);
                self.moved(cx);
            }
            Said::Answer(Question::Items(_), Ok(Answer::Items(items, _))) => self.take_views(items, cx),
            Said::Answer(question, Ok(answer)) => {
                if let Some(item) = self.preview.take(&question, answer).cloned() {
                    self.rows().learn(&item);
                }
            }
            Said::Picked(picker::Value::Sort(sort)) => {
                self.tabs[self.at].sort = sort;
                self.show(cx);
            }
            Said::Typed(Purpose::RenameView, title) => self.become_of_view(Becomes::Titled(title), cx),
            Said::Applied(all) => ticket::applied(*all, cx),
            Said::Confirmed(matter) => ticket::confirmed(matter, cx),
            _ => {}
        }
    }

    /// A row as it is known here.
    pub fn item(&self, id: TicketId) -> Option<&Item> {
        self.tab().rows.list.find(id)
    }

    /// How many rows are marked.
    pub fn marked(&self) -> usize {
        self.tab().rows.list.marks().len()
    }

    /// Fetches the list of the open tab.
    fn show(&mut self, cx: &mut Context<'_>) {
        let tab = &mut self.tabs[self.at];
        let narrow = tab.narrow.as_deref().map(while_typed);
        let ask = ListAsk { sort: tab.sort, narrow, ..ListAsk::first(tab.source.clone()) };
        tab.rows.ask(ask, cx);
    }

    /// Looks for what others did, where nobody tells of it.
    fn look(&mut self, cx: &mut Context<'_>) {
        if !cx.shared.hearing.hears() {
            self.heard(&BTreeSet::new(), cx);
        }
        cx.rest(NEWS, NEWS_MS);
    }

    /// Others did something: the list is asked for again, and what is previewed if it is of that.
    fn heard(&mut self, tickets: &BTreeSet<TicketId>, cx: &mut Context<'_>) {
        self.rows().refresh(cx);
        self.count(cx);
        if self.tab().rows.list.current_id().is_some_and(|id| tickets.contains(&id)) {
            self.preview.forget();
            self.moved(cx);
        }
    }

    fn count(&self, cx: &mut Context<'_>) {
        cx.ask(Question::Counts(self.tabs.iter().map(|tab| tab.source.clone()).collect()));
    }

    fn fit(&mut self, cx: &Context<'_>) {
        let height = layout::list(cx.shared.size).rows.height;
        for tab in &mut self.tabs {
            tab.rows.list.fit(height);
        }
    }

    /// The cursor may be on another row: it is previewed after a rest, or at once where nothing is yet.
    fn moved(&mut self, cx: &mut Context<'_>) {
        self.rows().more(cx);
        if layout::list(cx.shared.size).preview.is_some() {
            match self.tab().rows.list.current_id() {
                Some(id) if self.preview.is_none() => self.preview.ask(id, cx),
                Some(id) if !self.preview.is_of(id) => cx.rest(PREVIEW, REST_MS),
                Some(_) => {}
                None => self.preview.forget(),
            }
        }
    }

    fn go_to_tab(&mut self, index: usize, cx: &mut Context<'_>) {
        if index >= self.tabs.len() {
            return;
        }
        self.at = index;
        // What was asked for another tab has been cut off by asking for this one.
        if self.tab().rows.load != Load::Ready {
            self.show(cx);
        }
        self.preview.forget();
        self.moved(cx);
    }

    fn command(&mut self, command: Command, key: Key, cx: &mut Context<'_>) {
        let tabs = self.tabs.len();
        match command {
            Command::NextTab => self.go_to_tab((self.at + 1) % tabs, cx),
            Command::PreviousTab => self.go_to_tab((self.at + tabs - 1) % tabs, cx),
            Command::GoToTab => {
                if let Code::Char(digit) = key.code
                    && let Some(number) = digit.to_digit(10)
                {
                    self.go_to_tab((number as usize).wrapping_sub(1), cx);
                }
            }
            Command::MyActivities => self.go_to_tab(0, cx),
            Command::Open => self.open(cx),
            Command::Narrow => {
                let narrow = self.tab().narrow.clone().unwrap_or_default();
                self.narrowing = Some(Editor::line(&narrow));
            }
            Command::AcceptLine => self.narrowing = None,
            Command::LeaveLine => {
                self.narrowing = None;
                self.widen(cx);
            }
            Command::Sort => cx.open(picker::State::sort(self.tab().sort, false, cx.shared).into()),
            Command::Refresh => {
                self.show(cx);
                self.count(cx);
                self.preview.forget();
            }
            Command::Back => self.back(cx),
            _ => {
                if !self.in_list(command, cx) && !self.on_view(command, cx) {
                    let list = &self.tab().rows.list;
                    let chosen = acts::meant(command, list);
                    let first = chosen.first().and_then(|id| list.find(*id)).cloned();
                    acts::on_tickets(command, &chosen, first.as_ref(), cx);
                }
            }
        }
    }

    /// Commands that move in the list or mark its rows. `false` when the command is none of these.
    fn in_list(&mut self, command: Command, cx: &mut Context<'_>) -> bool {
        let list = &mut self.rows().list;
        match command {
            Command::Mark => list.toggle_mark(),
            Command::MarkRange => list.mark_range(),
            Command::MarkAll => list.mark_all(),
            _ => {
                if !list.command(command) {
                    return false;
                }
            }
        }
        self.moved(cx);
        true
    }

    /// One step back: marks, then the narrowing; the home screen itself stays, `quit` ends the program.
    fn back(&mut self, cx: &mut Context<'_>) {
        if self.rows().list.clear_marks() {
            return;
        }
        if self.tab().narrow.is_some() {
            self.widen(cx);
        } else if self.leaves {
            cx.close();
        } else {
            let args = args![key = cx.shared.keymap.shown(Command::Quit).join(" ")];
            let text = cx.shared.say("notice-home", args);
            cx.notice(text);
        }
    }

    fn widen(&mut self, cx: &mut Context<'_>) {
        if self.tabs[self.at].narrow.take().is_some() {
            self.show(cx);
        }
    }

    fn open(&mut self, cx: &mut Context<'_>) {
        let list = &self.tab().rows.list;
        if let Some(item) = list.current() {
            let order = acts::order(list.rows());
            cx.open(ticket::State::reading(item.id(), order, Some(item.clone())).into());
        }
    }

    fn typed(&mut self, edit: impl FnOnce(&mut Editor) -> bool, cx: &mut Context<'_>) {
        if let Some(line) = &mut self.narrowing
            && edit(line)
        {
            let text = line.text();
            self.tabs[self.at].narrow = Some(text).filter(|text| !text.trim().is_empty());
            cx.rest(NARROW, TYPING_REST_MS);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Context<'_>) {
        let areas = layout::list(cx.shared.size);
        match mouse.what {
            MouseKind::WheelUp => self.rows().list.scroll(-3),
            MouseKind::WheelDown => self.rows().list.scroll(3),
            MouseKind::Click if holds(areas.tabs, mouse.column, mouse.row) => {
                if let Some(tab) = self.tab_at(mouse.column, cx.shared) {
                    self.go_to_tab(tab, cx);
                }
                return;
            }
            MouseKind::Click if holds(areas.rows, mouse.column, mouse.row) => {
                let before = self.tab().rows.list.current_id();
                // A click selects; a click on what is selected opens it.
                let row = self.tab().rows.row_at(mouse.row - areas.rows.y, cx.shared, areas.rows.height);
                if row.is_some_and(|row| self.rows().list.move_to_shown(row)) && before == self.tab().rows.list.current_id()
                {
                    self.open(cx);
                    return;
                }
            }
            MouseKind::Click => return,
        }
        self.moved(cx);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let areas = layout::list(shared.size);
        self.draw_tabs(shared, frame, areas.tabs);
        let tab = self.tab();
        let empty = match (&tab.narrow, &tab.source) {
            (Some(_), _) => "list-empty-narrowed",
            (_, Source::Mine) => "list-empty-mine",
            (_, Source::Ccd) => "list-empty-ccd",
            (_, Source::Organization) => "list-empty-organization",
            _ => "list-empty-view",
        };
        let key = shared.keymap.shown(Command::NewRequest).join(" ");
        let empty = shared.say(empty, args![key = key]);
        let header = if self.narrowing.is_some() || tab.narrow.is_some() { None } else { Some(areas.header) };
        tab.rows.draw(shared, frame, header, areas.rows, &empty);
        if header.is_none() {
            self.draw_narrow(shared, frame, areas.header);
        }
        if let Some(area) = areas.preview {
            self.preview.draw(shared, frame, area, tab.rows.list.current());
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let account = shared.session.as_ref().map(|session| Safe::line(&session.account.name));
        let mut parts = vec![shared.word("app-name")];
        parts.extend(account);
        Safe::join(&Safe::from_static(" · "), parts)
    }
}
