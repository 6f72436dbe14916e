//! Every command that can be given here, by its sentence or its name in the config, with its key beside it; the ones
//! chosen last come first.

use crate::safe::Safe;
use crate::tui::choices::{Choice, Choices, Clicked};
use crate::tui::command::{Command, Scope, TABLE, Who};
use crate::tui::layout::{inside, popup};
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::widgets;
use ratatui::Frame;

const WIDTH: u16 = 72;
const HEIGHT: u16 = 20;
/// How many of the last choices come first.
const RECENT: usize = 8;

/// The palette.
#[derive(Clone, Debug)]
pub struct State {
    choices: Choices<Command>,
}

impl State {
    /// The commands of these scopes.
    pub fn new(scopes: &[Scope], shared: &Shared) -> Self {
        let staff = shared.is_staff();
        let open = |command: &Command| {
            let row = command.row();
            let here = scopes.contains(&row.scope) || row.scope == Scope::Always;
            let useful = match command {
                Command::Palette | Command::GoToTab | Command::HelpWhileTyping => false,
                Command::Become => !shared.cast.is_empty(),
                Command::Lab => shared.lab.is_some(),
                Command::ShowAccounts => shared.accounts.len() > 1,
                Command::Admin => shared.is_admin(),
                _ => true,
            };
            here && useful && (staff || row.who == Who::Everybody)
        };
        let recent = shared.recent.iter().copied().filter(open);
        let others = TABLE.iter().map(|row| row.command).filter(|command| open(command));
        let mut commands: Vec<Command> = recent.collect();
        commands.extend(others.filter(|command| !shared.recent.contains(command)));
        let choices = commands.into_iter().map(|command| Choice {
            value: command,
            label: shared.word(&format!("command-{}", command.name())),
            note: if shared.lack(command).is_some() {
                shared.word("palette-not-here")
            } else {
                Safe::line(&shared.keymap.shown(command).join(" "))
            },
            present: false,
        });
        Self { choices: Choices::aliased(choices.collect(), |command| command.name()) }
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
            Said::Key(key) => {
                self.choices.key(key);
            }
            Said::Paste(text) => {
                self.choices.paste(&text);
            }
            Said::Mouse(mouse) => match self.choices.mouse(mouse, inside(popup(cx.shared.size, WIDTH, HEIGHT))) {
                Clicked::Row => self.choose(cx),
                Clicked::Outside => cx.close(),
                Clicked::Nothing => {}
            },
            _ => {}
        }
    }

    fn choose(&self, cx: &mut Context<'_>) {
        if let Some(command) = self.choices.current().map(|choice| choice.value) {
            cx.shared.recent.retain(|recent| *recent != command);
            cx.shared.recent.insert(0, command);
            cx.shared.recent.truncate(RECENT);
            cx.pass(command);
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let inner = widgets::over(shared, frame, WIDTH, HEIGHT, &shared.word("palette-title"));
        widgets::choices(shared, frame, inner, &self.choices);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}
