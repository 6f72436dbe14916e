//! Who will see what is being written in the form (Z01).

use super::form::Form;
use crate::client::Error;
use crate::domain::comment::Visibility;
use crate::domain::person::PersonRef;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::effect::Question;
use crate::tui::message::Answer;
use crate::tui::model::{Context, Shared};
use crate::tui::widgets;

/// Whether the requester's organization reads along (R166), as far as the account has answered.
#[derive(Clone, Debug, Default)]
pub struct ReadAlong {
    whom: Option<PersonRef>,
    is: bool,
}

impl ReadAlong {
    /// Asks about the requester if it is another one than before.
    pub fn ask(&mut self, form: &Form, cx: &mut Context<'_>) {
        let chosen = form.requester.chosen.first().map(|chosen| &chosen.whom);
        if chosen != self.whom.as_ref() {
            *self = Self { whom: chosen.cloned(), is: false };
            if let Some(whom) = &self.whom {
                cx.ask(Question::ReadAlong(whom.clone()));
            }
        }
    }

    /// Takes the answer, if it is about this requester.
    pub fn take(&mut self, whom: &PersonRef, result: Result<Answer, Error>) {
        if let (true, Ok(Answer::ReadAlong(is))) = (self.whom.as_ref() == Some(whom), result) {
            self.is = is;
        }
    }
}

/// `Description * — PUBLIC: Léa Petit, 2 CCs, their organization and the agents will see this`
pub fn title(form: &Form, read_along: &ReadAlong, shared: &Shared, width: u16) -> Safe {
    if form.visibility == Visibility::Internal {
        return shared.word("form-audience-private");
    }
    let ccs = i64::try_from(form.ccs.chosen.len()).unwrap_or(i64::MAX);
    let me = shared.me().map(PersonRef::Id);
    let other = form.requester.chosen.first().filter(|chosen| me.as_ref() != Some(&chosen.whom));
    let own = || {
        let organization = shared.session.as_ref().and_then(|session| session.organization.as_ref());
        organization.is_some_and(|one| one.shared_tickets)
    };
    let colleagues = if other.map_or_else(own, |_| read_along.is) { "yes" } else { "no" };
    let key = match (other, form.staff) {
        (Some(_), _) => "form-audience-public",
        (None, true) => "form-audience-own",
        (None, false) => "form-audience-request",
    };
    let name = other.map_or("", |chosen| chosen.name.as_str());
    widgets::title(width, |brief| {
        shared.say(key, args![name = name, ccs = ccs, colleagues = colleagues, brief = brief])
    })
}
