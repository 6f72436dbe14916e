//! One setting of the account, typed and checked as one types by what would set it.

use crate::domain::act::{Deed, Setting};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::editor::Editor;
use crate::tui::effect::Question;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{line, wrap};
use crate::tui::theme::Look;
use crate::tui::{sentence, widgets};
use ratatui::Frame;
use ratatui::layout::Rect;

const WIDTH: u16 = 66;
/// How long nothing is typed before it is checked, in milliseconds.
const REST_MS: u64 = 150;

/// What is known of what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// It is what it was.
    Same,
    /// The account is asked.
    Unknown,
    /// It can be so.
    Good,
    /// It cannot.
    Bad(Safe),
}

/// A setting that is changed.
#[derive(Clone, Debug)]
pub struct State {
    name: &'static str,
    before: String,
    line: Editor,
    choices: Vec<String>,
    verdict: Verdict,
    sending: bool,
}

impl State {
    /// As it is now.
    pub fn new(name: &'static str, shared: &Shared) -> Self {
        let before = written(name, shared);
        let groups = shared.session.as_ref().map(|session| session.groups.as_slice());
        let choices = Setting::choices(name, groups.unwrap_or_default());
        Self { name, line: Editor::line(&before), before, choices, verdict: Verdict::Same, sending: false }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Line]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Acted(_, result) => self.acted(result.err(), cx),
            Said::Command(Command::LeaveLine, _) => cx.close(),
            _ if self.sending => {}
            Said::Rested(_) => {
                if let Some(setting) = self.read(cx.shared) {
                    cx.ask(Question::Check(Box::new(Deed::Set(setting))));
                }
            }
            Said::Answer(Question::Check(_), result) => {
                self.verdict = match result {
                    Ok(_) => Verdict::Good,
                    Err(error) => Verdict::Bad(sentence::error(cx.shared, &error)),
                };
            }
            Said::Command(Command::AcceptLine, _) => self.save(cx),
            Said::Command(Command::NextRow, _) => self.turn(1, cx),
            Said::Command(Command::PreviousRow, _) => self.turn(-1, cx),
            Said::Key(key) => {
                let changed = self.line.key(key);
                self.changed_if(changed, cx);
            }
            Said::Paste(text) => {
                let changed = self.line.paste(&text);
                self.changed_if(changed, cx);
            }
            _ => {}
        }
    }

    /// The next of the words that it takes, where it takes no others.
    fn turn(&mut self, by: isize, cx: &mut Context<'_>) {
        let count = self.choices.len();
        if count == 0 {
            return;
        }
        let typed = self.line.text();
        let at = self.choices.iter().position(|one| *one == typed);
        let next = at.map_or(0, |at| (at + count).saturating_add_signed(by) % count);
        self.line.set(&self.choices[next]);
        self.changed(cx);
    }

    fn read(&self, shared: &Shared) -> Option<Setting> {
        let groups = shared.session.as_ref().map(|session| session.groups.as_slice());
        Setting::read(self.name, &self.line.text(), groups.unwrap_or_default()).ok()
    }

    fn changed_if(&mut self, changed: bool, cx: &mut Context<'_>) {
        if changed {
            self.changed(cx);
        }
    }

    fn changed(&mut self, cx: &mut Context<'_>) {
        self.verdict = if self.line.text() == self.before {
            Verdict::Same
        } else if self.read(cx.shared).is_some() {
            cx.rest(1, REST_MS);
            Verdict::Unknown
        } else {
            Verdict::Bad(takes(self.name, cx.shared))
        };
    }

    fn save(&mut self, cx: &mut Context<'_>) {
        if self.line.text() == self.before {
            return cx.close();
        }
        match self.read(cx.shared) {
            Some(setting) => {
                self.sending = true;
                cx.act(Deed::Set(setting));
            }
            None => self.verdict = Verdict::Bad(takes(self.name, cx.shared)),
        }
    }

    fn acted(&mut self, error: Option<crate::client::Error>, cx: &mut Context<'_>) {
        self.sending = false;
        match error {
            None => {
                let args = args![name = self.name, value = self.line.text()];
                let text = cx.shared.say("setting-set", args);
                cx.shared.tell(crate::tui::model::Tone::Done, text);
                cx.close();
            }
            Some(error) => self.verdict = Verdict::Bad(sentence::error(cx.shared, &error)),
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let width = WIDTH.min(shared.size.width.saturating_sub(4));
        let verdict = match &self.verdict {
            _ if self.sending => (Look::Dim, shared.word("admin-saving")),
            Verdict::Same => (Look::Dim, takes(self.name, shared)),
            Verdict::Unknown => (Look::Dim, shared.word("admin-checking")),
            Verdict::Good => (Look::Good, Safe::concat([Safe::from_static("✓ "), shared.word("admin-good")])),
            Verdict::Bad(why) => (Look::Bad, Safe::concat([Safe::from_static("✕ "), why.clone()])),
        };
        let meaning = wrap(&meaning(self.name, shared), width - 2);
        let below = wrap(&verdict.1, width - 2);
        let rows = u16::try_from(meaning.len() + below.len()).unwrap_or(u16::MAX);
        let inner = widgets::over(shared, frame, width, rows.saturating_add(4), &Safe::line(self.name));
        let mut y = inner.y;
        let put = |look: Look, text: &Safe, frame: &mut Frame<'_>, y: u16| {
            if y < inner.y + inner.height {
                frame.render_widget(line(theme, look, text), Rect { y, height: 1, ..inner });
            }
        };
        for text in &meaning {
            put(Look::Plain, text, frame, y);
            y += 1;
        }
        let typing = Rect { y, height: 1.min((inner.y + inner.height).saturating_sub(y)), ..inner };
        self.line.draw(frame, typing, true);
        for (n, text) in (1..).zip(&below) {
            put(verdict.0, text, frame, y + n);
        }
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}

/// What a setting is now, as it is typed.
fn written(name: &str, shared: &Shared) -> String {
    let written = shared.session.as_ref().and_then(|session| {
        Setting::written(name, &session.account, &session.settings, &session.groups)
    });
    written.unwrap_or_default()
}

/// The same as it is read; a size also as people read sizes.
pub(super) fn value(name: &str, shared: &Shared) -> Safe {
    let written = written(name, shared);
    let bytes = written.parse::<u64>().ok().filter(|_| name == "attachment_bytes");
    let size = bytes.map_or_else(String::new, |bytes| format!(" ({})", shared.words.size(bytes)));
    Safe::line(&format!("{written}{size}"))
}

/// What it means.
pub(super) fn meaning(name: &str, shared: &Shared) -> Safe {
    shared.word(&format!("setting-{}", key(name)))
}

/// What can be typed.
pub(super) fn takes(name: &str, shared: &Shared) -> Safe {
    let what = shared.word(&format!("cli-takes-{}", key(name)));
    shared.say("setting-takes", args![what = what.as_str()])
}

fn key(name: &str) -> String {
    name.replace(['.', '_'], "-")
}
