//! Macros in what is being written: the text stands in the composer, the changes below it in full, and nothing is
//! done before it is sent.

use super::Composer;
use crate::client::{Applied, AppliedAll};
use crate::domain::act::Change;
use crate::domain::comment::Visibility;
use crate::domain::event::Event;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::Command;
use crate::tui::model::{Context, Shared, Tone};
use crate::tui::text::{line, wrap};
use crate::tui::theme::Look;
use crate::words::{self, Known};
use ratatui::Frame;
use ratatui::layout::Rect;

/// A macro that waits for its sending.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) change: Change,
    /// What it would change, in words.
    line: Safe,
    /// The text as it was before.
    before: String,
    visibility: Visibility,
}

impl Composer {
    /// Takes a macro in: its text comes after what is written.
    pub fn take(&mut self, title: &str, row: Applied, cx: &mut Context<'_>) {
        let (before, visibility) = (self.editor.text(), self.visibility);
        let would = would(title, &row, cx.shared);
        if let Some(comment) = &row.comment {
            if comment.visibility != self.visibility {
                self.toggle(cx);
            }
            let written = self.editor.text();
            let text = match written.trim_end() {
                "" => comment.body.clone(),
                written => format!("{written}\n\n{}", comment.body),
            };
            self.editor.set(&text);
        }
        self.taken.push(Taken { change: row.change, line: would, before, visibility });
        self.changed(cx);
        let key = cx.shared.keymap.shown(Command::DropMacro).into_iter().next().unwrap_or_default();
        let text = cx.shared.say("macro-taken", args![title = title, key = key]);
        cx.notice(text);
    }

    /// Takes the last macro back: everything is as it was before.
    pub(super) fn drop_macro(&mut self, cx: &mut Context<'_>) {
        let Some(taken) = self.taken.pop() else { return };
        if taken.visibility != self.visibility {
            self.toggle(cx);
        }
        self.editor.set(&taken.before);
        self.changed(cx);
        let text = cx.shared.word("macro-dropped");
        cx.shared.tell(Tone::Done, text);
    }

    /// What the macros change, all of them.
    pub(super) fn macro_change(&self) -> Change {
        self.taken.iter().fold(Change::default(), |all, taken| all.and(taken.change.clone()))
    }

    /// Says what they would change, each in a line.
    pub(super) fn draw_macros(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
        for (n, said) in (0..area.height).zip(self.told(area.width)) {
            frame.render_widget(line(shared.theme, Look::Warning, &said), Rect { y: area.y + n, height: 1, ..area });
        }
    }

    /// Rows for what the macros do, at a width of the text.
    pub(super) fn macro_rows(&self, width: u16) -> u16 {
        u16::try_from(self.told(width).len()).unwrap_or(u16::MAX)
    }

    /// What the macros do in full: what is sent with the text must be in sight.
    fn told(&self, width: u16) -> Vec<Safe> {
        self.taken.iter().flat_map(|taken| wrap(&taken.line, width)).collect()
    }
}

/// `Close the loop: set the status to Pending; added the tag waiting`
fn would(title: &str, row: &Applied, shared: &Shared) -> Safe {
    let what = told(row, shared);
    let what = if what.is_empty() { shared.words.word("macro-only-said") } else { what };
    shared.say("macro-would", args![title = title, what = what])
}

/// What a macro changes itself, without what the account's rules make of it.
fn told(row: &Applied, shared: &Shared) -> String {
    let Some(session) = &shared.session else { return String::new() };
    let known = Known::new(session, &shared.names, shared.zone);
    match &row.events {
        Ok(events) => {
            let own = events.iter().take_while(|event| !matches!(event, Event::RuleRan(_)));
            let own = own.filter(|event| !matches!(event, Event::Commented(_)));
            let own: Vec<String> = own.map(|event| words::would(&shared.words, event, known)).collect();
            own.join("; ")
        }
        Err(refusal) => words::refusal(&shared.words, refusal),
    }
}

/// What a macro that only changes would do to a ticket, as a question; none where it changes nothing.
pub fn asked(all: &AppliedAll, row: &Applied, shared: &Shared) -> Option<Safe> {
    let what = told(row, shared);
    let number = row.ticket.to_string();
    let args = args![title = all.title.as_str(), number = number, what = what.as_str()];
    (!what.is_empty()).then(|| shared.say("macro-ask", args))
}
