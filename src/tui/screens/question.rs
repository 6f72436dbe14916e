//! Something that cannot be undone, said in one sentence: yes or no.

use crate::domain::act::Deed;
use crate::domain::draft::DraftPlace;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Question;
use crate::tui::item::Item;
use crate::tui::message::Said;
use crate::tui::model::{Context, Shared};
use crate::tui::text::{line, wrap};
use crate::tui::theme::Look;
use crate::tui::widgets;
use ratatui::Frame;
use ratatui::layout::Rect;

/// What is asked about; comes back with a yes.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// To send what is written although it cannot be taken back (R123, R125).
    Send(Option<crate::domain::status::Status>),
    /// To send what is written although somebody else answers too, or has.
    SendBeside(Option<crate::domain::status::Status>),
    /// To do something for good (R127, a merge).
    Do(Box<Deed>),
    /// To do something that others feel, and that can be taken back.
    Change(Box<Deed>),
    /// To open a follow-up of this closed ticket (R178), with what was written on it.
    FollowUp(Box<Item>, Option<DraftPlace>),
    /// To do several things.
    DoAll(Vec<Deed>),
    /// To throw a draft away.
    DropDraft,
    /// To make a ticket of a mail that is nobody's.
    TakeMail(i64),
    /// To throw a mail away.
    DropMail(i64),
    /// To make a link that lets somebody set a password.
    AccessLink,
}

impl Matter {
    const fn title(&self) -> &'static str {
        match self {
            Self::FollowUp(..) => "question-title-closed",
            Self::Change(_) | Self::AccessLink | Self::TakeMail(_) | Self::SendBeside(_) => "question-title-sure",
            Self::Send(_) | Self::Do(_) | Self::DoAll(_) | Self::DropDraft | Self::DropMail(_) => "question-title",
        }
    }
}

/// A question.
#[derive(Clone, Debug)]
pub struct State {
    text: Safe,
    matter: Matter,
    /// Whether the account would do it: what it refuses is refused before anybody is asked.
    checked: bool,
}

impl State {
    /// Asks with a whole sentence.
    pub const fn new(text: Safe, matter: Matter) -> Self {
        Self { text, checked: !matches!(matter, Matter::Do(_) | Matter::Change(_)), matter }
    }

    /// Where its keys are looked up.
    pub const fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    /// Answers to what it is told.
    pub fn update(&mut self, said: Said, cx: &mut Context<'_>) {
        match (said, &self.matter) {
            (Said::Opened, Matter::Do(deed) | Matter::Change(deed)) => cx.ask(Question::Check(deed.clone())),
            (Said::Answer(Question::Check(_), Err(error)), _) => {
                cx.error(error);
                cx.close();
            }
            (Said::Answer(Question::Check(_), Ok(_)), _) => self.checked = true,
            // Nobody agrees to what they have not seen.
            (Said::Command(Command::Yes, _), _) if self.checked => cx.answer(Said::Confirmed(self.matter.clone())),
            (Said::Command(Command::No, _), _) => cx.close(),
            _ => {}
        }
    }

    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        if !self.checked {
            return;
        }
        let width = 60.min(shared.size.width.saturating_sub(4));
        let lines = wrap(&self.text, width - 4);
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(4);
        let inner = widgets::over(shared, frame, width, height, &shared.word(self.matter.title()));
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let mut all: Vec<_> = lines.iter().map(|text| line(shared.theme, Look::Plain, text)).collect();
        all.push(line(shared.theme, Look::Plain, &Safe::default()));
        let keys = |command| Safe::line(&shared.keymap.shown(command).join(" "));
        let args = args![yes = keys(Command::Yes).into_string(), no = keys(Command::No).into_string()];
        all.push(line(shared.theme, Look::KeyName, &shared.say("question-keys", args)));
        widgets::lines(frame, inner, &all, 0);
    }

    /// The left end of the first line.
    pub fn title(&self, shared: &Shared) -> Safe {
        shared.word("app-name")
    }
}
