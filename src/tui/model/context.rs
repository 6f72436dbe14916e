//! What a screen has at hand.

use super::Shared;
use crate::client::{Error, Key};
use crate::domain::act::Deed;
use crate::domain::draft::{Draft, DraftPlace};
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Question};
use crate::tui::message::{Said, ScreenId};
use crate::tui::screens::Screen;

/// What a screen has at hand while it answers to what it is told.
pub struct Context<'a> {
    /// What all screens share.
    pub shared: &'a mut Shared,
    pub(in crate::tui) id: ScreenId,
    pub(in crate::tui) effects: &'a mut Vec<Effect>,
    pub(in crate::tui) moves: Vec<Move>,
}

/// What becomes of the stack of screens.
#[derive(Clone, Debug)]
pub(in crate::tui) enum Move {
    /// Another screen comes on top.
    Open(Box<Screen>),
    /// This screen goes; what is told to the one below, if anything.
    Close(Option<Box<Said>>),
    /// This screen goes, and another one comes in its place.
    Replace(Box<Screen>),
    /// This screen goes, and the one below gets a command.
    Pass(Command),
}

impl Context<'_> {
    /// Wants something from outside.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks the account.
    pub fn ask(&mut self, question: Question) {
        let to = self.id;
        self.effects.push(Effect::Ask { to, question });
    }

    /// Does something, under a new key.
    pub fn act(&mut self, deed: Deed) {
        let key = self.shared.new_key();
        self.act_as(key, deed);
    }

    /// Does something under a key that was kept before.
    pub fn act_as(&mut self, key: String, deed: Deed) {
        let to = self.id;
        self.effects.push(Effect::Act { to, key: Key(key), deed: Box::new(deed) });
    }

    /// Is told so after a while.
    pub fn rest(&mut self, token: u64, wait_ms: u64) {
        let to = self.id;
        self.effects.push(Effect::Rest { to, token, wait_ms });
    }

    /// Its own id, for effects that name it.
    pub const fn id(&self) -> ScreenId {
        self.id
    }

    /// Keeps a draft, here and outside.
    pub fn keep(&mut self, draft: Draft) {
        self.shared.drafts.insert(draft.place, draft.clone());
        self.effects.push(Effect::KeepDraft(Box::new(draft)));
    }

    /// Throws a draft away.
    pub fn drop_draft(&mut self, place: DraftPlace) {
        if self.shared.drafts.remove(&place).is_some() {
            self.effects.push(Effect::DropDraft(place));
        }
    }

    /// Opens a screen on top.
    pub fn open(&mut self, screen: Screen) {
        self.moves.push(Move::Open(Box::new(screen)));
    }

    /// Opens a screen in place of this one.
    pub fn replace(&mut self, screen: Screen) {
        self.moves.push(Move::Replace(Box::new(screen)));
    }

    /// Closes this screen.
    pub fn close(&mut self) {
        self.moves.push(Move::Close(None));
    }

    /// Closes this screen and tells the one below.
    pub fn answer(&mut self, said: Said) {
        self.moves.push(Move::Close(Some(Box::new(said))));
    }

    /// Closes this screen and gives a command to the one below.
    pub fn pass(&mut self, command: Command) {
        self.moves.push(Move::Pass(command));
    }

    /// Says in the status line what went wrong.
    pub fn error(&mut self, error: Error) {
        self.shared.fail(error);
    }
}
