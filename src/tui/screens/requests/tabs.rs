//! The tabs above the list: they scroll sideways so that the open one is always to be seen.

use super::{State, Tab};
use crate::client::Source;
use crate::safe::Safe;
use crate::tui::layout;
use crate::tui::model::{Context, Shared};
use crate::tui::rows::{Rows, Shape};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

impl Tab {
    fn new(source: Source, title: Safe) -> Self {
        Self { source, title, count: None, rows: Rows::default(), sort: None, narrow: None }
    }

    /// One's own requests, those with oneself in copy, those of one's organization (R163-R166). Agents see the tickets
    /// of every organization in their views.
    pub(super) fn activities(shared: &Shared) -> Vec<Self> {
        let mut tabs = vec![
            Self::new(Source::Mine, shared.word("list-mine")),
            Self::new(Source::Ccd, shared.word("list-ccd")),
        ];
        if !shared.is_staff() {
            tabs.push(Self::new(Source::Organization, shared.word("list-organization")));
        }
        tabs
    }

    /// The account's views; end users have none.
    pub(super) fn views(shared: &Shared) -> Vec<Self> {
        let views = shared.session.iter().flat_map(|session| &session.views);
        let views = views.map(|view| {
            let key = format!("view-{}", view.slug);
            let own = view.title != view.slug || !shared.words.has(&key);
            let title = if own { Safe::line(&view.title) } else { shared.word(&key) };
            let mut tab = Self::new(Source::View(view.slug.clone()), title);
            let own_columns = !view.columns.is_empty() || view.group_by.is_some();
            let shape = Shape { columns: view.columns.clone(), group_by: view.group_by };
            tab.rows.shape = own_columns.then_some(shape);
            tab
        });
        views.collect()
    }
}

impl State {
    fn first_tab(&self, shared: &Shared) -> usize {
        let room = usize::from(layout::list(shared.size).tabs.width).saturating_sub(4);
        let mut first = self.at;
        let mut taken = self.label(self.at, shared).width() + 3;
        while first > 0 && taken + self.label(first - 1, shared).width() + 3 <= room {
            first -= 1;
            taken += self.label(first, shared).width() + 3;
        }
        first
    }

    /// The tab at a column of the screen.
    pub(super) fn tab_at(&self, column: u16, shared: &Shared) -> Option<usize> {
        let first = self.first_tab(shared);
        let mut x = 1;
        for index in first..self.tabs.len() {
            x += self.label(index, shared).width() + 3;
            if usize::from(column) < x {
                return Some(index);
            }
        }
        None
    }

    /// `My requests 12`
    fn label(&self, index: usize, shared: &Shared) -> Safe {
        let tab = &self.tabs[index];
        let Some(count) = tab.count else { return tab.title.clone() };
        let value = i64::try_from(count.value).unwrap_or(i64::MAX);
        let number = if count.or_more { shared.words.number_at_least(value) } else { shared.words.number(value) };
        Safe::join(&Safe::blank(1), [tab.title.clone(), Safe::line(&number)])
    }

    pub(super) fn draw_tabs(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
        let theme = shared.theme;
        let first = self.first_tab(shared);
        let mut pieces = Pieces::default().and(theme, Look::Dim, &Safe::from_static(if first > 0 { "‹" } else { " " }));
        for index in first..self.tabs.len() {
            let look = if index == self.at { Look::Cursor } else { Look::Plain };
            let label = Safe::concat([Safe::blank(1), self.label(index, shared), Safe::blank(1)]);
            pieces = pieces.and(theme, look, &label).and(theme, Look::Border, &Safe::from_static("│"));
        }
        let cut = pieces.width() > usize::from(area.width);
        frame.render_widget(pieces.line(), area);
        if cut {
            let more = Pieces::default().and(theme, Look::Dim, &Safe::from_static("›"));
            frame.render_widget(more.line(), Rect { x: area.x + area.width.saturating_sub(1), width: 1, ..area });
        }
    }

}

impl State {
    /// The lists may be others now: those that are still there stay as they are.
    pub(super) fn renew(&mut self, cx: &mut Context<'_>) {
        if self.is_activities() {
            return;
        }
        let open = self.tab().source.clone();
        let mut before = std::mem::take(&mut self.tabs);
        self.tabs = Tab::views(cx.shared);
        if self.tabs.is_empty() {
            self.tabs = Tab::activities(cx.shared);
        }
        for tab in &mut self.tabs {
            if let Some(known) = before.iter().position(|old| old.source == tab.source) {
                let old = before.swap_remove(known);
                let shape = tab.rows.shape.take();
                *tab = Self::reshaped(old, tab.title.clone(), shape);
            }
        }
        let at = self.tabs.iter().position(|tab| tab.source == open);
        self.fit(cx);
        self.go_to_tab(at.unwrap_or(0), cx);
        self.rows().refresh(cx);
        self.count(cx);
    }

    fn reshaped(mut old: Tab, title: Safe, shape: Option<Shape>) -> Tab {
        old.title = title;
        old.rows.shape = shape;
        old
    }
}

/// The line by which a list is narrowed.
impl State {
    pub(super) fn draw_narrow(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
        let label = shared.word("list-narrow");
        let width = u16::try_from(label.width()).unwrap_or(0).saturating_add(4).min(area.width);
        let text = Safe::concat([Safe::blank(3), label, Safe::blank(1)]);
        frame.render_widget(line(shared.theme, Look::KeyName, &text), area);
        let rest = Rect { x: area.x + width, width: area.width - width, ..area };
        match (&self.narrowing, &self.tab().narrow) {
            (Some(typed), _) => typed.draw(frame, rest, true),
            (None, Some(text)) => frame.render_widget(line(shared.theme, Look::Match, &Safe::line(text)), rest),
            (None, None) => {}
        }
    }
}
