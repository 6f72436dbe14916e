//! A name to choose: what can stand in a line of a form.

use crate::safe::Safe;
use crate::tui::choices::{Choice, Choices, Clicked};
use crate::tui::command::{Command, Scope};
use crate::tui::layout::{inside, popup};
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::widgets;
use ratatui::Frame;

const WIDTH: u16 = 56;
const HEIGHT: u16 = 16;

/// Names to choose from.
#[derive(Clone, Debug)]
pub struct State {
    heading: Safe,
    choices: Choices<String>,
}

impl State {
    /// From these.
    pub fn new(heading: Safe, names: impl IntoIterator<Item = String>, present: &str) -> Self {
        let choice = |name: String| Choice {
            label: Safe::line(&name),
            note: Safe::default(),
            present: name == present,
            value: name,
        };
        Self { heading, choices: Choices::new(names.into_iter().map(choice).collect()) }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Picking]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Command(Command::Choose, _) => self.choose(cx),
            Said::Command(Command::NextChoice, _) => self.choices.move_by(1),
            Said::Command(Command::PreviousChoice, _) => self.choices.move_by(-1),
            Said::Command(Command::LeavePicker, _) => cx.close(),
            Said::Key(key) => _ = self.choices.key(key),
            Said::Paste(text) => _ = self.choices.paste(&text),
            Said::Mouse(mouse) => match self.choices.mouse(mouse, inside(popup(cx.shared.size, WIDTH, HEIGHT))) {
                Clicked::Row => self.choose(cx),
                Clicked::Outside => cx.close(),
                Clicked::Nothing => {}
            },
            _ => {}
        }
    }

    fn choose(&self, cx: &mut Context<'_>) {
        if let Some(choice) = self.choices.current() {
            cx.answer(Said::Named(choice.value.clone()));
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let inner = widgets::over(shared, frame, WIDTH, HEIGHT, &self.heading);
        widgets::choices(shared, frame, inner, &self.choices);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}
