//! What stands over a conversation, and who else of the team has it before them.

use super::State;
use super::composer::Composer;
use crate::domain::id::TicketId;
use crate::domain::presence::Doing;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::effect::Question;
use crate::tui::item::{self, Item};
use crate::tui::list::Identified as _;
use crate::tui::model::{Context, Shared};
use crate::tui::text::ends;
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) const AGAIN: u64 = 2;
/// How often it is said that one is still there, in milliseconds: it holds for half a minute. Who comes, goes or begins to
/// answer is heard of at once.
const AGAIN_MS: u64 = 10_000;

impl State {
    /// Says to others of the team that one looks at it, or answers it, and asks who else does.
    pub(super) fn say_present(&self, cx: &mut Context<'_>) {
        if cx.shared.is_staff() {
            cx.ask(Question::Present { ticket: self.id, doing: Some(self.doing()) });
            cx.rest(AGAIN, AGAIN_MS);
        }
    }

    /// What one does with it.
    pub(super) fn doing(&self) -> Doing {
        self.composer.as_ref().map_or(Doing::Looks, Composer::doing)
    }

    /// Which ticket it is.
    pub const fn id(&self) -> TicketId {
        self.id
    }

    /// Says that one is there no longer.
    pub(super) fn say_gone(&self, cx: &mut Context<'_>) {
        if cx.shared.is_staff() {
            cx.ask(Question::Present { ticket: self.id, doing: None });
        }
    }

    /// How many comments there are, whether there are new ones, and who is there besides.
    pub(super) fn over_conversation(&self, shared: &Shared) -> Safe {
        let count = self.shown.as_ref().map_or(0, |shown| shown.comments.len());
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let mut parts = vec![shared.say("ticket-conversation", args![count = count])];
        if self.newer {
            parts.push(shared.word("ticket-newer"));
        }
        for (doing, key) in [(Doing::Replies, "ticket-others-reply"), (Doing::Looks, "ticket-others-look")] {
            let there = self.present.iter().filter(|one| one.doing == doing);
            let names: Vec<Safe> = there.map(|one| shared.person(one.person)).collect();
            if !names.is_empty() {
                let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
                let names = Safe::join(&Safe::from_static(", "), names);
                parts.push(shared.say(key, args![names = names.as_str(), count = count]));
            }
        }
        Safe::join(&Safe::from_static(" · "), parts)
    }
}

/// The line above a conversation: number, subject, where it stands.
pub fn head(shared: &Shared, frame: &mut Frame<'_>, area: Rect, item: &Item) {
    let left = Safe::join(&Safe::blank(1), [Safe::from_static(" ‹"), item::number(item.id()), item.subject()]);
    let mut state = Vec::new();
    if item.is_private() {
        state.push(shared.word("ticket-private"));
    }
    state.push(item::priority(shared, item.priority()));
    state.push(item::status_of(shared, item));
    state.retain(|part| !part.is_empty());
    let right = Safe::join(&Safe::from_static("  "), state);
    let look = if item.is_private() { Look::Internal } else { Look::Strong };
    frame.render_widget(ends(shared.theme, look, &left, &right, area.width.saturating_sub(1)), area);
}
