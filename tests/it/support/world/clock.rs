//! What happens by itself in a new account.

use super::{ANA, World};
use guichet::domain::account::Timers;
use guichet::domain::act::{Act, Deed, Setting, Who};
use guichet::domain::comment::Channel;
use guichet::domain::decide::forecast;
use guichet::domain::decide::{Decision, decide};
use guichet::domain::form::Reader;
use guichet::domain::id::TicketId;
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::{Item, ItemKind, Setup};
use guichet::domain::timer::Due;

impl World {
    /// The account's clock comes by, with no other automation switched on; refused where nothing is to be done.
    pub fn run(&mut self, timer: Timer, ticket: TicketId) -> Result<Decision, Refusal> {
        let mut alone = self.clone();
        for item in &mut alone.items {
            if let Item::Automation(rule) = item {
                rule.active &= rule.slug == timer.name();
            }
        }
        let act = Act { who: Who::System, via: Channel::Rule, deed: Deed::RunAutomations { ticket } };
        let decision = decide(&alone.facts(act.who, &act.deed), &act, self.now)?;
        if decision.entries.is_empty() {
            return Err(Refusal::NotDue);
        }
        self.apply(&decision);
        Ok(decision)
    }

    /// What will happen to a ticket by itself.
    pub fn due(&self, ticket: TicketId) -> Vec<Due> {
        let deed = Deed::RunAutomations { ticket };
        forecast(&self.facts(Who::System, &deed), self.ticket(ticket), self.now, Reader::Agent)
    }

    /// The admin sets something.
    pub fn set(&mut self, setting: Setting) {
        self.act(ANA, &Deed::Set(setting)).expect("a setting that can be");
    }

    /// What the account's automations do, as settings tell it.
    pub fn timers(&self) -> Timers {
        Timers::of(&Setup::of(self.items.iter().cloned()))
    }
}

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
