//! A line to type: the path of a file.

use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::editor::Editor;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::line;
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;

/// What the line is for; comes back with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A file to attach.
    Attach,
    /// The title of a view that a search becomes.
    SaveView,
    /// Another title of a view.
    RenameView,
    /// Whom or what to look for.
    Find,
    /// Which thing of the set-up to look for.
    FindThing,
    /// Whom somebody turns out to be.
    MergeInto,
    /// Who comes into a group or an organization.
    AddMember,
    /// Until when somebody is away.
    Away,
    /// On which ticket a mail becomes a note.
    NoteMail,
    /// What is to be blackened.
    Redact,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Attach => "attach",
            Self::SaveView => "save-view",
            Self::RenameView => "rename-view",
            Self::Find => "find",
            Self::FindThing => "find-thing",
            Self::MergeInto => "merge-into",
            Self::AddMember => "add-member",
            Self::Away => "away",
            Self::NoteMail => "note-mail",
            Self::Redact => "redact",
        }
    }
}

/// A line that is being typed.
#[derive(Clone, Debug)]
pub struct State {
    purpose: Purpose,
    line: Editor,
}

impl State {
    /// Asks for a line.
    pub fn new(purpose: Purpose) -> Self {
        Self::with(purpose, "")
    }

    /// The same with what is likely there already.
    pub fn with(purpose: Purpose, text: &str) -> Self {
        Self { purpose, line: Editor::line(text) }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Line]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match said {
            Said::Command(Command::AcceptLine, _) => {
                let text = self.line.text();
                if text.trim().is_empty() {
                    cx.close();
                } else {
                    cx.answer(Said::Typed(self.purpose, text));
                }
            }
            Said::Command(Command::LeaveLine, _) => cx.close(),
            Said::Key(key) => {
                self.line.key(key);
            }
            Said::Paste(text) => {
                self.line.paste(&text);
            }
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let title = shared.word(&format!("prompt-{}", self.purpose.name()));
        let inner = widgets::over(shared, frame, 64, 4, &title);
        let help = shared.word(&format!("prompt-{}.help", self.purpose.name()));
        frame.render_widget(line(shared.theme, Look::Dim, &help), Rect { height: 1.min(inner.height), ..inner });
        let typing = Rect { y: inner.y + 1, height: 1.min(inner.height.saturating_sub(1)), ..inner };
        self.line.draw(frame, typing, true);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}
