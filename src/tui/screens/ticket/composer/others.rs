//! What somebody should know before they send: that somebody else is answering too, or has since they began.

use super::Composer;
use crate::domain::comment::{Comment, Visibility};
use crate::domain::id::{CommentId, PersonId};
use crate::domain::presence::{Doing, Present};
use crate::domain::time::Timestamp;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::item::Conversation;
use crate::tui::model::Shared;
use std::collections::BTreeSet;

/// What surrounds what is being written.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The conversation, once it is there.
    pub shown: Option<&'a Conversation>,
    /// Who else has the ticket open.
    pub present: &'a [Present],
}

impl Composer {
    /// What others are told that one does. A note is in nobody's way.
    pub const fn doing(&self) -> Doing {
        match self.visibility {
            Visibility::Public => Doing::Replies,
            Visibility::Internal => Doing::Looks,
        }
    }

    /// The conversation is there: what has been said by now was known when this was begun, or when it was left.
    pub fn saw(&mut self, shown: &Conversation) {
        self.seen.get_or_insert(known(shown, self.since));
    }

    /// Who is answering too, and who has said something since this was begun; for a reply by the team alone.
    pub(super) fn others(&self, around: Around<'_>, shared: &Shared) -> Vec<Safe> {
        if self.visibility != Visibility::Public || !shared.is_staff() {
            return Vec::new();
        }
        let me = shared.session.as_ref().map(|session| session.me.id);
        let replying = around.present.iter().filter(|one| one.doing == Doing::Replies).map(|one| one.person);
        let seen = self.seen.or_else(|| around.shown.map(|shown| known(shown, self.since)));
        let said = around.shown.into_iter().flat_map(|shown| &shown.comments);
        let said = said.filter(|comment| Some(comment.id) > seen && Some(comment.author) != me).map(|one| one.author);
        let named = |people: BTreeSet<PersonId>, key: &str| {
            let count = i64::try_from(people.len()).unwrap_or(i64::MAX);
            let names = Safe::join(&Safe::from_static(", "), people.into_iter().map(|one| shared.person(one)));
            (count > 0).then(|| shared.say(key, args![names = names.as_str(), count = count]))
        };
        let sentences = [
            named(said.collect(), "question-others-said"),
            named(replying.collect(), "question-others-reply"),
        ];
        sentences.into_iter().flatten().collect()
    }
}

/// The last thing said by a moment; of all, where it was begun just now.
fn known(shown: &Conversation, since: Option<Timestamp>) -> CommentId {
    let known = |comment: &&Comment| since.is_none_or(|since| comment.created_at <= since);
    shown.comments.iter().filter(known).map(|comment| comment.id).max().unwrap_or(CommentId(0))
}
