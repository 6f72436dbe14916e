//! News while the program is open: what is shown is asked for again where somebody changed it. The cursor and what is being
//! typed stay where they are.

use super::effect::{Effect, Question};
use super::message::Said;
use super::model::{Model, Notice, Tone};
use super::screens::Screen;
use super::update::{NOBODY, tell_all};
use crate::client::{Cursor, Error, News};
use crate::domain::id::TicketId;
use crate::domain::refusal::Sort;

/// How long from one piece of news to the next, in milliseconds: what comes in between comes together.
const TOGETHER_MS: u64 = 250;
/// How long after the first failure it is tried again, in milliseconds; each further time twice as long.
const AGAIN_MS: u64 = 1_000;
/// The longest.
const AGAIN_MS_MOST: u64 = 60_000;

/// What is known of the news.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hearing {
    place: Option<Cursor>,
    /// How often in a row nobody answered.
    failures: u32,
}

impl Hearing {
    /// Whether changes are told: then nobody has to look for them.
    pub const fn hears(&self) -> bool {
        self.place.is_some() && self.failures == 0
    }
}

/// Begins to listen.
pub(super) fn listen(effects: &mut Vec<Effect>) {
    effects.push(Effect::Listen { after: None, wait_ms: 0 });
}

/// Something is new, or nothing is, or nobody says so.
pub(super) fn heard(model: &mut Model, result: Result<News, Error>, effects: &mut Vec<Effect>) {
    let wait_ms = match result {
        Ok(news) => {
            let again = model.shared.hearing.failures > 0;
            model.shared.hearing = Hearing { place: Some(news.place.clone()), failures: 0 };
            if again {
                answers_again(model);
            }
            told(model, news, effects);
            if again { 0 } else { TOGETHER_MS }
        }
        // An account that has no news says so each time.
        Err(error) if error.sort() == Sort::Unsupported => return,
        Err(error) => {
            let failures = model.shared.hearing.failures;
            model.shared.hearing.failures = failures.saturating_add(1);
            model.shared.last_error = Some(error);
            AGAIN_MS.saturating_mul(1 << failures.min(10)).min(AGAIN_MS_MOST)
        }
    };
    effects.push(Effect::Listen { after: model.shared.hearing.place.clone(), wait_ms });
}

/// What the status line says of an account that nobody reaches is true no longer.
fn answers_again(model: &mut Model) {
    let shared = &mut model.shared;
    let says_so = shared.notice.as_ref().is_some_and(|notice| notice.tone == Tone::Bad);
    if says_so && matches!(shared.last_error, Some(Error::Unreachable(_))) {
        let text = shared.word("notice-answers-again");
        shared.notice = Some(Notice { text, tone: Tone::Done });
    }
}

/// The tickets that one has open and of which others are told so: whoever ends the program has them open no longer.
pub fn open_tickets(model: &Model) -> Vec<TicketId> {
    let open = model.screens.iter().filter_map(|placed| match &placed.screen {
        Screen::Ticket(state) => Some(state.id()),
        _ => None,
    });
    if model.shared.is_staff() { open.collect() } else { Vec::new() }
}

fn told(model: &mut Model, news: News, effects: &mut Vec<Effect>) {
    if news.session || news.everything {
        effects.push(Effect::Ask { to: NOBODY, question: Question::Session });
    }
    if let (Some(unread), Some(session)) = (news.unread, &mut model.shared.session) {
        session.unread = unread;
    }
    if !news.around.is_empty() {
        tell_all(model, &Said::Around(news.around), effects);
    }
    if news.everything {
        tell_all(model, &Said::Changed(None), effects);
    } else if !news.tickets.is_empty() || news.unread.is_some() {
        tell_all(model, &Said::Heard(news.tickets), effects);
    }
}
