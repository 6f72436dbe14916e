//! The account's settings: what each is now, and what it means.

use crate::domain::act::Setting;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::setting;
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Columns of the names.
const NAME: usize = 18;
/// Lines for what the setting under the cursor means.
const MEANING: u16 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row(&'static str);

impl Identified for Row {
    type Id = &'static str;

    fn id(&self) -> &'static str {
        self.0
    }
}

/// All settings.
#[derive(Clone, Debug)]
pub struct State {
    list: List<Row>,
}

impl State {
    /// As the account has them.
    #[expect(clippy::new_without_default, reason = "as every screen")]
    pub fn new() -> Self {
        let mut list = List::default();
        list.set(Setting::NAMES.map(Row).to_vec());
        Self { list }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Settings, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) => {
                self.list.fit(Self::rows(cx.shared).height);
                cx.ask(Question::Session);
            }
            Said::Resized => self.list.fit(Self::rows(cx.shared).height),
            Said::Answer(Question::Session, Ok(Answer::Session(session))) => cx.shared.join(*session),
            Said::Answer(_, Err(error)) => cx.error(error),
            Said::Command(Command::ChangeSetting, _) => self.open(cx),
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(command, _) => _ = self.list.command(command),
            Said::Mouse(mouse) => {
                let body = Self::rows(cx.shared);
                if self.list.mouse(mouse, body) {
                    self.open(cx);
                }
            }
            _ => {}
        }
    }

    fn rows(shared: &Shared) -> Rect {
        let body = areas(shared.size).body;
        Rect { height: body.height.saturating_sub(MEANING), ..body }
    }

    fn open(&self, cx: &mut Context<'_>) {
        if let Some(name) = self.list.current_id() {
            let screen = setting::State::new(name, cx.shared);
            cx.open(screen.into());
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let (body, area) = (areas(shared.size).body, Self::rows(shared));
        let theme = shared.theme;
        let width = usize::from(area.width);
        let (value, short) = if width >= 110 { (34, true) } else { (width.saturating_sub(NAME + 4), false) };
        for (n, (row, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let sign = Safe::from_static(if cursor { "▌ " } else { "  " });
            let mut pieces = Pieces::default()
                .and(theme, look(Look::Plain), &sign)
                .and(theme, look(Look::Strong), &Safe::line(row.0).fit(NAME))
                .and(theme, look(Look::Plain), &Safe::concat([Safe::blank(1), setting::value(row.0, shared).fit(value)]));
            if short {
                let room = width.saturating_sub(2 + NAME + 1 + value + 1);
                let meaning = setting::meaning(row.0, shared).fit(room);
                pieces = pieces.and(theme, look(Look::Dim), &Safe::concat([Safe::blank(1), meaning]));
            }
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
        let Some(row) = self.list.current().filter(|_| body.height > area.height) else { return };
        let below = Rect { y: area.y + area.height, height: body.height - area.height, ..body };
        let rule = Safe::line(&"─".repeat(width));
        frame.render_widget(line(theme, Look::Dim, &rule), Rect { height: 1, ..below });
        let texts = [setting::meaning(row.0, shared), setting::takes(row.0, shared)];
        let lines = texts.iter().flat_map(|text| wrap(text, below.width.saturating_sub(4)));
        for (n, text) in (1..below.height).zip(lines) {
            let place = Rect { x: below.x + 2, y: below.y + n, width: below.width.saturating_sub(2), height: 1 };
            frame.render_widget(line(theme, Look::Plain, &text), place);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" › "), [shared.word("admin-title"), shared.word("admin-setting")])
    }
}
