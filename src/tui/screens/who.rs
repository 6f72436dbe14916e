//! The demo's people: whom to be. The first screen there, and a command afterwards.

use crate::language::args;
use crate::safe::Safe;
use crate::tui::choices::{Choice, Choices};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::message::Said;
use crate::tui::model::{Context, Part, Shared};
use crate::tui::widgets;
use ratatui::Frame;

const WIDTH: u16 = 76;
const HEIGHT: u16 = 20;

/// The choice.
#[derive(Clone, Debug)]
pub struct State {
    choices: Choices<usize>,
}

impl State {
    /// Everybody of the cast.
    pub fn new(shared: &Shared) -> Self {
        let choice = |(value, part): (usize, &Part)| Choice {
            value,
            label: part.name.clone(),
            note: note(shared, part),
            present: part.present,
        };
        Self { choices: Choices::new(shared.cast.iter().enumerate().map(choice).collect()) }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Picking]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Command(Command::Choose, _) => {
                if let Some(choice) = self.choices.current() {
                    cx.effect(Effect::Become(choice.value));
                }
            }
            Said::Command(Command::NextChoice, _) => self.choices.move_by(1),
            Said::Command(Command::PreviousChoice, _) => self.choices.move_by(-1),
            Said::Command(Command::LeavePicker, _) if cx.shared.session.is_some() => cx.close(),
            Said::Command(Command::LeavePicker, _) => cx.effect(Effect::Quit),
            Said::Key(key) => {
                self.choices.key(key);
            }
            Said::Paste(text) => {
                self.choices.paste(&text);
            }
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let inner = widgets::over(shared, frame, WIDTH, HEIGHT, &shared.word("who-title"));
        widgets::choices(shared, frame, inner, &self.choices);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}

/// What somebody is, and where.
fn note(shared: &Shared, part: &Part) -> Safe {
    let role = crate::words::role(&shared.words, part.role);
    let place = if part.place.as_str().is_empty() { &part.account } else { &part.place };
    shared.say("who-note", args![role = role, place = place.as_str()])
}
