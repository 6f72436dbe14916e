//! The ticket into which another is merged: its number is typed, its subject is shown before anything is asked.

use crate::domain::act::Deed;
use crate::domain::comment::NewComment;
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::editor::Editor;
use crate::tui::effect::Question;
use crate::tui::item::{self, Item};
use crate::tui::message::{Answer, Said};
use crate::tui::model::{Context, Shared};
use crate::tui::screens::question::{self, Matter};
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// What is known of the ticket whose number is typed.
#[derive(Clone, Debug)]
enum Target {
    /// Nothing is typed that could be a number.
    None,
    /// It is this ticket itself.
    Itself,
    /// It is asked for; whether Enter was pressed meanwhile.
    Waiting(TicketId, bool),
    /// There is none of that number.
    Missing,
    /// This one.
    Found(Box<Ticket>),
}

/// A merge to come.
#[derive(Clone, Debug)]
pub struct State {
    source: TicketId,
    line: Editor,
    target: Target,
}

impl State {
    /// Of this ticket, which will close.
    pub fn new(source: TicketId) -> Self {
        Self { source, line: Editor::line(""), target: Target::None }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Line]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Command(Command::AcceptLine, _) => self.accept(cx),
            Said::Command(Command::LeaveLine, _) => cx.close(),
            Said::Key(key) if self.line.key(key) => self.typed(cx),
            Said::Paste(text) if self.line.paste(&text) => self.typed(cx),
            Said::Answer(Question::Ticket { id, .. }, result) => {
                let Target::Waiting(wanted, accepted) = self.target else { return };
                if wanted != id {
                    return;
                }
                self.target = match result {
                    Ok(Answer::Ticket(thread)) => Target::Found(Box::new(thread.item)),
                    _ => Target::Missing,
                };
                if accepted {
                    self.accept(cx);
                }
            }
            _ => {}
        }
    }

    fn typed(&mut self, cx: &mut Context<'_>) {
        let number = self.line.text().trim().trim_start_matches('#').parse().ok().map(TicketId);
        self.target = match number {
            None => Target::None,
            Some(id) if id == self.source => Target::Itself,
            Some(id) => {
                cx.ask(Question::Ticket { id, comments: 1 });
                Target::Waiting(id, false)
            }
        };
    }

    /// Asks whether to do it: it is for good.
    fn accept(&mut self, cx: &mut Context<'_>) {
        match &mut self.target {
            Target::Waiting(_, accepted) => *accepted = true,
            Target::Found(target) => {
                let (source, number) = (self.source, target.id);
                let said = |key: &str, id: TicketId| cx.shared.words.say(key, args![number = id.to_string()]);
                let source_comment = NewComment::note(said("merge-source-comment", number));
                let target_comment = NewComment::note(said("merge-target-comment", source));
                let args =
                    args![source = source.to_string(), target = number.to_string(), subject = target.subject.as_str()];
                let text = cx.shared.say("question-merge", args);
                let deed = Deed::Merge { source, target: number, source_comment, target_comment };
                cx.replace(question::State::new(text, Matter::Do(Box::new(deed))).into());
            }
            Target::None => {
                let text = cx.shared.say("notice-no-number", args![text = self.line.text()]);
                cx.notice(text);
            }
            Target::Itself | Target::Missing => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let title = shared.say("merge-title", args![number = self.source.to_string()]);
        let inner = widgets::over(shared, frame, 70, 6, &title);
        let theme = shared.theme;
        let help = shared.word("merge-help");
        frame.render_widget(line(theme, Look::Dim, &help), Rect { height: 1.min(inner.height), ..inner });
        let typing = Rect { y: inner.y + 1, height: 1.min(inner.height.saturating_sub(1)), ..inner };
        self.line.draw(frame, typing, true);
        let below = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        widgets::lines(frame, below, &self.about(shared, inner.width), 0);
    }

    /// What the number stands for.
    fn about(&self, shared: &Shared, width: u16) -> Vec<Line<'static>> {
        let theme = shared.theme;
        let said = |look, key| vec![line(theme, look, &shared.word(key))];
        match &self.target {
            Target::None => Vec::new(),
            Target::Itself => said(Look::Warning, "merge-itself"),
            Target::Waiting(..) => said(Look::Dim, "merge-waiting"),
            Target::Missing => said(Look::Warning, "merge-not-found"),
            Target::Found(target) => {
                let item = Item::from((**target).clone());
                let state = item::status_of(shared, &item);
                let number = Safe::concat([item::number(target.id), Safe::blank(1)]);
                let room = usize::from(width).saturating_sub(number.width() + state.width() + 1);
                let name = shared.person(target.requester).into_string();
                let first = Pieces::default()
                    .and(theme, Look::Strong, &number)
                    .and(theme, Look::Strong, &item.subject().fit(room))
                    .gap(theme, 1)
                    .and(theme, item::status_look(item.status()), &state);
                vec![first.line(), line(theme, Look::Dim, &shared.say("merge-requester", args![name = name]))]
            }
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}
