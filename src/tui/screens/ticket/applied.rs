//! A macro comes to the tickets that it was chosen for: into what is being written where it says something, as a question
//! where it only changes something or there are several tickets.

use super::State;
use super::composer::asked;
use crate::client::{AppliedAll, Error};
use crate::domain::act::{Change, Deed};
use crate::domain::comment::Visibility;
use crate::language::args;
use crate::tui::model::Context;
use crate::tui::screens::{new_request, offer};
use crate::tui::screens::question::{self, Matter};

impl State {
    /// To be answered with a macro.
    fn with_macro(all: AppliedAll) -> Option<Self> {
        let row = all.rows.first()?;
        let visibility = row.comment.as_ref().map_or(Visibility::Public, |comment| comment.visibility);
        let mut state = Self::writing(row.ticket, visibility);
        state.applied = Some(Box::new(all));
        Some(state)
    }

    /// A macro that was chosen here.
    pub(super) fn take_macro(&mut self, mut all: AppliedAll, cx: &mut Context<'_>) {
        let says = all.rows.first().is_some_and(|row| row.comment.is_some());
        if self.composer.is_none() && !says {
            return applied(all, cx);
        }
        let Some(row) = all.rows.pop() else { return };
        if let Err(refusal) = &row.events {
            return cx.error(Error::Refused(refusal.clone()));
        }
        if self.composer.is_none() {
            let visibility = row.comment.as_ref().map_or(Visibility::Public, |comment| comment.visibility);
            self.compose(visibility, cx);
        }
        if let Some(composer) = &mut self.composer {
            composer.take(&all.title, row, cx);
        }
        self.lay_out(cx.shared);
    }
}

/// A macro that was chosen in a list or a history.
pub fn applied(all: AppliedAll, cx: &mut Context<'_>) {
    let deed = |row: &crate::client::Applied| Deed::UpdateTicket {
        ticket: row.ticket,
        change: Box::new(row.change.clone()),
        comment: row.comment.clone(),
        expect: Some(row.version),
    };
    match all.rows.as_slice() {
        [] => {}
        [only] => match &only.events {
            Err(refusal) => cx.error(Error::Refused(refusal.clone())),
            Ok(_) if only.comment.is_some() => {
                if let Some(screen) = State::with_macro(all) {
                    cx.open(screen.into());
                }
            }
            Ok(_) => if let Some(text) = asked(&all, only, cx.shared) { cx.open(question::State::new(text, Matter::Do(Box::new(deed(only)))).into()) } else {
                let args = args![title = all.title.as_str(), number = only.ticket.to_string()];
                let text = cx.shared.say("macro-nothing", args);
                cx.notice(text);
            },
        },
        rows => {
            let does = |row: &&crate::client::Applied| {
                row.comment.is_some() || (row.change != Change::default() && row.events.as_ref().is_ok_and(|all| !all.is_empty()))
            };
            let deeds: Vec<Deed> = rows.iter().filter(|row| row.events.is_ok()).filter(does).map(deed).collect();
            if deeds.is_empty() {
                let text = cx.shared.say("macro-nothing-several", args![title = all.title.as_str()]);
                return cx.notice(text);
            }
            let text = offer::counted(&all, cx.shared);
            cx.open(question::State::new(text, Matter::DoAll(deeds)).into());
        }
    }
}

/// What a yes means outside of a text that is being written.
pub fn confirmed(matter: Matter, cx: &mut Context<'_>) {
    match matter {
        Matter::Do(deed) | Matter::Change(deed) => cx.act(*deed),
        Matter::DoAll(deeds) => deeds.into_iter().for_each(|deed| cx.act(deed)),
        Matter::FollowUp(closed, written) => {
            let screen = new_request::State::following(*closed, written, cx.shared);
            cx.open(screen.into());
        }
        Matter::Send(_) | Matter::SendBeside(_) | Matter::DropDraft | Matter::AccessLink | Matter::TakeMail(_) | Matter::DropMail(_) => {}
    }
}
