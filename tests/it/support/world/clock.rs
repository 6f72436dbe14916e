//! What happens by itself in a new account.

use guichet::domain::account::Timers;
use guichet::domain::setup::{Item, ItemKind};

/// The automations of a new account, and the texts of their notices.
pub fn by_itself() -> Vec<Item> {
    let stock = guichet::store::stock().expect("the stock");
    stock.into_iter().filter(|item| matches!(item.kind(), ItemKind::Automation | ItemKind::Text)).collect()
}

/// The automations of a new account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    Remind,
    End,
    Close,
}

impl Timer {
    pub const ALL: [Self; 3] = [Self::Remind, Self::End, Self::Close];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Remind => Timers::REMIND,
            Self::End => Timers::END,
            Self::Close => Timers::CLOSE,
        }
    }

    pub fn of(slug: &str) -> Self {
        Self::ALL.into_iter().find(|timer| timer.name() == slug).expect("one of the stock")
    }
}
