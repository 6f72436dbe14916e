//! The account's set-up: what there is, and how much of it.

use crate::domain::act::Setting;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::{forecast, log, mails, settings, things};
use crate::tui::subject::Subject;
use crate::tui::text::Pieces;
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A page that can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Page {
    /// A list of things.
    Subject(Subject),
    /// The settings.
    Settings,
    /// What will happen by itself.
    Forecast,
    /// Mails that are nobody's.
    Mails,
    /// What was done by admins.
    Log,
}

impl Page {
    const fn name(self) -> &'static str {
        match self {
            Self::Subject(subject) => subject.name(),
            Self::Settings => "setting",
            Self::Forecast => "forecast",
            Self::Mails => "mails",
            Self::Log => "log",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    page: Page,
    /// How many there are; none before the account has answered.
    count: Option<usize>,
    /// Or more.
    more: bool,
}

impl Identified for Row {
    type Id = Page;

    fn id(&self) -> Page {
        self.page
    }
}

/// What can be set up.
#[derive(Clone, Debug)]
pub struct State {
    list: List<Row>,
}

impl State {
    /// Everything, not yet counted.
    #[expect(clippy::new_without_default, reason = "as every screen")]
    pub fn new() -> Self {
        let mut list = List::default();
        let pages = Subject::ALL.into_iter().map(Page::Subject).chain([Page::Settings, Page::Forecast, Page::Mails, Page::Log]);
        let count = |page| matches!(page, Page::Settings).then_some(Setting::NAMES.len());
        list.set(pages.map(|page| Row { page, count: count(page), more: false }).collect());
        Self { list }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Pages, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) => {
                self.fit(cx.shared);
                for subject in Subject::ALL {
                    cx.ask(subject.question());
                }
            }
            Said::Resized => self.fit(cx.shared),
            Said::Answer(question, Ok(answer)) => {
                let (count, more) = match answer {
                    Answer::Items(items, _) => (items.len(), false),
                    Answer::People(page) => (page.rows.len(), page.next.is_some()),
                    Answer::Organizations(page) => (page.rows.len(), page.next.is_some()),
                    Answer::Session(session) => (session.groups.len(), false),
                    _ => return,
                };
                let row = Subject::ALL.into_iter().find(|subject| subject.question() == question);
                if let Some(row) = row.and_then(|subject| self.list.find_mut(Page::Subject(subject))) {
                    (row.count, row.more) = (Some(count), more);
                }
            }
            Said::Command(Command::OpenPage, _) => self.open(cx),
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(command, _) => _ = self.list.command(command),
            Said::Mouse(mouse) => {
                let body = areas(cx.shared.size).body;
                if self.list.mouse(mouse, body) {
                    self.open(cx);
                }
            }
            _ => {}
        }
    }

    fn fit(&mut self, shared: &Shared) {
        self.list.fit(areas(shared.size).body.height);
    }

    fn open(&self, cx: &mut Context<'_>) {
        match self.list.current_id() {
            Some(Page::Subject(subject)) => cx.open(things::State::new(subject).into()),
            Some(Page::Settings) => cx.open(settings::State::new().into()),
            Some(Page::Forecast) => cx.open(forecast::State::new().into()),
            Some(Page::Mails) => cx.open(mails::State::new().into()),
            Some(Page::Log) => cx.open(log::State::new().into()),
            None => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let area = areas(shared.size).body;
        let theme = shared.theme;
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let sign = Safe::from_static(if cursor { "▌ " } else { "  " });
            let unknown = if matches!(row.page, Page::Subject(_)) { "…" } else { "" };
            let count = row.count.map_or_else(
                || Safe::from_static(unknown),
                |count| {
                    let count = i64::try_from(count).unwrap_or(i64::MAX);
                    let words = &shared.words;
                    Safe::line(&if row.more { words.number_at_least(count) } else { words.number(count) })
                },
            );
            let name = row.page.name();
            let room = usize::from(area.width).saturating_sub(2 + 22 + 6 + 3);
            let pieces = Pieces::default()
                .and(theme, look(Look::Plain), &sign)
                .and(theme, look(Look::Strong), &shared.word(&format!("admin-{name}")).fit(22))
                .and(theme, look(Look::Plain), &count.pad_start(6))
                .and(theme, look(Look::Plain), &Safe::blank(2))
                .and(theme, look(Look::Dim), &shared.word(&format!("admin-{name}.help")).fit(room));
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("admin-title")])
    }
}
