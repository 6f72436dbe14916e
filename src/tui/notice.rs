//! What the status line says until the next key.

use super::model::{Context, Shared};
use super::theme::Look;
use crate::safe::Safe;

/// A sentence of the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: Safe,
    /// How it is meant.
    pub tone: Tone,
}

/// How a sentence is meant; each has a sign of its own, not only a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something is to be known, or to be done first.
    Hint,
    /// Something went wrong.
    Bad,
}

impl Tone {
    /// The sign before the sentence, and its look.
    pub const fn sign(self) -> (&'static str, Look) {
        match self {
            Self::Done => (" ✓ ", Look::Good),
            Self::Hint => (" ▸ ", Look::Warning),
            Self::Bad => (" ✕ ", Look::Bad),
        }
    }
}

impl Shared {
    /// Says a sentence in the status line.
    pub fn tell(&mut self, tone: Tone, text: Safe) {
        self.notice = Some(Notice { text, tone });
    }
}

impl Context<'_> {
    /// Says in the status line what is to be known, or to be done first.
    pub fn notice(&mut self, text: Safe) {
        self.shared.tell(Tone::Hint, text);
    }
}
