//! The demo's clock (Z11): moved ahead by hours and days, with everything that happens by itself on the way.

use crate::client::lab::Happened;
use crate::domain::time::Span;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::clock::Lab;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::item;
use crate::tui::layout::areas;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::widgets;
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;

/// How far is looked for the next thing due.
const NEXT_WITHIN: Span = Span::days(60);

/// Which part of what happened is shown.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// How many of the newest are below the window.
    below: usize,
}

impl State {
    /// At the newest.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lab, Scope::List, Scope::Browsing]
    }

    /// Answers to what it is told.
    #[expect(clippy::needless_pass_by_value, reason = "every screen takes it so")]
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        let Said::Command(command, _) = said else { return };
        let page = usize::from(areas(cx.shared.size).body.height.saturating_sub(3)).max(1);
        match command {
            Command::Back => cx.close(),
            Command::ClockNext => self.advance(NEXT_WITHIN, true, cx),
            Command::ClockHour => self.advance(Span::hours(1), false, cx),
            Command::ClockDay => self.advance(Span::days(1), false, cx),
            Command::ClockWeek => self.advance(Span::days(7), false, cx),
            Command::Up => self.below += 1,
            Command::Down => self.below = self.below.saturating_sub(1),
            Command::PageUp => self.below += page,
            Command::PageDown => self.below = self.below.saturating_sub(page),
            Command::First => self.below = usize::MAX,
            Command::Last => self.below = 0,
            _ => {}
        }
        let all = cx.shared.lab.as_ref().map_or(0, |lab| lab.happened.len());
        self.below = self.below.min(all.saturating_sub(page));
    }

    fn advance(&mut self, span: Span, to_next: bool, cx: &mut Context<'_>) {
        // One move at a time: the next goes from where this one ends.
        if let Some(lab) = cx.shared.lab.as_mut().filter(|lab| !lab.moving) {
            lab.moving = true;
            self.below = 0;
            cx.effect(Effect::MoveClock { span, to_next });
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(lab) = &shared.lab else { return };
        let area = areas(shared.size).body;
        let theme = shared.theme;
        let head = Safe::concat([Safe::blank(1), clock(shared, lab)]);
        frame.render_widget(line(theme, Look::Strong, &head), Rect { height: area.height.min(1), ..area });
        let body = Rect { y: area.y + area.height.min(2), height: area.height.saturating_sub(2), ..area };
        if lab.happened.is_empty() {
            return widgets::told(shared, frame, body, 1, &shared.word("lab-nothing"));
        }
        let end = lab.happened.len() - self.below.min(lab.happened.len());
        let first = end.saturating_sub(usize::from(body.height));
        let shown = &lab.happened[first..end];
        let columns = Columns::of(shared, lab, shown);
        for (n, one) in (0..body.height).zip(shown) {
            let row = row(shared, &columns, one, usize::from(body.width));
            frame.render_widget(row.line(), Rect { y: body.y + n, height: 1, ..body });
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        Safe::join(&Safe::from_static(" · "), [shared.word("app-name"), shared.word("lab-title")])
    }
}

/// What the clock says, and how far ahead that is.
fn clock(shared: &Shared, lab: &Lab) -> Safe {
    let now = shared.time(shared.now).into_string();
    if lab.moving {
        return shared.say("lab-moving", args![now = now]);
    }
    let hours = lab.ahead.0 / Span::hours(1).0;
    shared.say("lab-clock", args![now = now, days = hours / 24, hours = hours % 24])
}

/// How wide the columns are: what stands in them says it, so that little is cut off of what happened.
struct Columns {
    time: usize,
    /// None of it where all is of one account.
    account: usize,
    number: usize,
    rule: usize,
}

impl Columns {
    fn of(shared: &Shared, lab: &Lab, shown: &[Happened]) -> Self {
        let widest = |of: &dyn Fn(&Happened) -> Safe, most: usize| {
            shown.iter().map(|one| of(one).width()).max().unwrap_or_default().min(most) + 1
        };
        let several = lab.happened.windows(2).any(|pair| pair[0].account != pair[1].account);
        Self {
            time: widest(&|one| shared.time(one.at), 18),
            account: if several { widest(&|one| Safe::line(&one.account), 18) } else { 0 },
            number: widest(&|one| item::number(one.ran.ticket), 10),
            rule: widest(&|one| Safe::line(&one.ran.rule.title), 12),
        }
    }
}

/// `Thu 10:00 #1039 close set the status from Solved to Closed`
fn row(shared: &Shared, columns: &Columns, one: &Happened, width: usize) -> Pieces {
    let told = one.ran.events.iter().map(|event| words::event(&shared.words, event, &one.names));
    let told = Safe::line(&told.collect::<Vec<_>>().join("; "));
    let fixed = 1 + columns.time + columns.account + columns.number + columns.rule;
    let cell = |text: &Safe, wide: usize| Safe::concat([text.fit(wide.saturating_sub(1)), Safe::blank(wide.min(1))]);
    Pieces::default()
        .and(shared.theme, Look::Dim, &Safe::concat([Safe::blank(1), cell(&shared.time(one.at), columns.time)]))
        .and(shared.theme, Look::Dim, &cell(&Safe::line(&one.account), columns.account))
        .and(shared.theme, Look::Plain, &cell(&item::number(one.ran.ticket), columns.number))
        .and(shared.theme, Look::Strong, &cell(&Safe::line(&one.ran.rule.title), columns.rule))
        .and(shared.theme, Look::Plain, &told.fit(width.saturating_sub(fixed)))
}
