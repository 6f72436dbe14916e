//! The last calls of a webhook: when, about what, how long, and what came back.

use crate::client::Error;
use crate::domain::id::WebhookId;
use crate::domain::webhook::Called;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::layout::areas;
use crate::tui::list::{Identified, List};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::ticket;
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::{item, sentence};
use crate::words;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Cells of the time.
const WHEN: usize = 17;
/// Cells of the ticket.
const TICKET: usize = 9;
/// Cells of how long it took.
const TOOK: usize = 10;

impl Identified for Called {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id
    }
}

/// The calls.
#[derive(Clone, Debug)]
pub struct State {
    webhook: WebhookId,
    name: Safe,
    list: List<Called>,
    waiting: bool,
    /// What came of a test, or that one is on its way.
    test: Option<Safe>,
    failed: Option<Error>,
}

impl State {
    /// Those of that webhook, which has a name.
    pub fn new(webhook: WebhookId, name: Safe) -> Self {
        Self { webhook, name, list: List::default(), waiting: true, test: None, failed: None }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Calls, Scope::List, Scope::Browsing]
    }

    /// Whether a command does anything here.
    pub fn can(&self, command: Command) -> bool {
        match command {
            Command::OpenCall => self.list.current().is_some_and(|call| call.ticket.is_some()),
            _ => true,
        }
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Opened | Said::Uncovered | Said::Command(Command::Refresh, _) => self.ask(cx),
            Said::Resized => self.fit(cx.shared),
            Said::Answer(Question::Calls(_), Ok(Answer::Calls(page))) => {
                (self.waiting, self.failed) = (false, None);
                self.list.set(page.rows);
                self.fit(cx.shared);
            }
            Said::Answer(Question::TestWebhook(_), Ok(Answer::Called(called))) => {
                let key = if called.reason.is_none() { "webhook-took-test" } else { "webhook-refused-test" };
                let came = words::call(&cx.shared.words, &called);
                self.test = Some(cx.shared.say(key, args![came = came]));
                self.ask(cx);
            }
            Said::Answer(_, Err(error)) => {
                cx.error(error.clone());
                (self.waiting, self.test, self.failed) = (false, None, Some(error));
            }
            Said::Command(Command::Back, _) => cx.close(),
            Said::Command(Command::OpenCall, _) => self.open(cx),
            Said::Command(Command::TestWebhook, _) => {
                self.test = Some(cx.shared.word("webhook-calling"));
                cx.ask(Question::TestWebhook(self.webhook));
            }
            Said::Command(command, _) => _ = self.list.command(command),
            Said::Mouse(mouse) if self.list.mouse(mouse, Self::rows(cx.shared)) => self.open(cx),
            _ => {}
        }
    }

    fn ask(&mut self, cx: &mut Context<'_>) {
        self.waiting = true;
        cx.ask(Question::Calls(self.webhook));
    }

    fn open(&self, cx: &mut Context<'_>) {
        let Some(at) = self.list.current().and_then(|call| call.ticket) else { return };
        let mut order: Vec<_> = self.list.rows().iter().filter_map(|call| call.ticket).collect();
        order.dedup();
        cx.open(ticket::State::reading(at, order, None).into());
    }

    /// Below the line of what is said of them.
    fn rows(shared: &Shared) -> Rect {
        let body = areas(shared.size).body;
        Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body }
    }

    fn fit(&mut self, shared: &Shared) {
        self.list.fit(Self::rows(shared).height);
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let area = Self::rows(shared);
        let head = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
        let text = match (&self.failed, &self.test) {
            (Some(error), _) => sentence::error(shared, error),
            (None, Some(test)) => test.clone(),
            (None, None) if !self.list.is_empty() => shared.word("webhook-calls"),
            (None, None) if self.waiting => shared.word("list-waiting"),
            (None, None) => shared.word("webhook-no-calls"),
        };
        frame.render_widget(line(theme, Look::Dim, &Safe::concat([Safe::blank(2), text])), head);
        let room = usize::from(area.width).saturating_sub(2 + WHEN + 1 + TICKET + TOOK);
        for (n, (call, cursor, _)) in (0..area.height).zip(self.list.shown()) {
            let look = |look: Look| if cursor { Look::Cursor } else { look };
            let about = call.ticket.map_or_else(|| shared.word("webhook-is-test"), item::number);
            let took = shared.say("webhook-ms", args![ms = call.took.0]);
            let came = Safe::line(&words::call(&shared.words, call));
            let said = call.said.as_deref().map(Safe::line);
            let came = Safe::join(&Safe::from_static(" · "), [Some(came), said].into_iter().flatten());
            let came_look = if call.reason.is_none() { Look::Good } else { Look::Bad };
            let pieces = Pieces::default()
                .and(theme, look(Look::Plain), &Safe::from_static(if cursor { "▌ " } else { "  " }))
                .and(theme, look(Look::Dim), &Safe::concat([shared.time(call.at).fit(WHEN), Safe::blank(1)]))
                .and(theme, look(Look::Plain), &about.fit(TICKET))
                .and(theme, look(Look::Dim), &took.fit(TOOK))
                .and(theme, look(came_look), &came.fit(room));
            frame.render_widget(pieces.line(), Rect { y: area.y + n, height: 1, ..area });
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        let parts = [shared.word("admin-title"), shared.word("admin-webhook"), self.name.clone()];
        Safe::join(&Safe::from_static(" › "), parts)
    }
}
