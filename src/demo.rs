//! Made-up accounts of any size, the same for the same seed: no store, no clock. Every text lies in `assets/demo`.
//!
//! A [`Plan`] names the account's groups, organizations and people; once they have numbers ([`Ids`]), it hands out its
//! tickets one by one, oldest first. Ticket k depends on seed and k, hardly on how many there are.

use crate::domain::act::NewOrganization;
use crate::domain::time::Timestamp;

mod calendar;
mod compose;
mod conversation;
mod desk;
mod dice;
mod house;
mod library;
mod make;
mod parts;
mod people;
mod plan;
mod scene;
mod speech;
mod template;
mod words;

pub use make::make;
pub use people::PlannedPerson;
pub use plan::{Ids, Tickets};

/// The kinds of a new account by their slugs, in the order of [`Ids::kinds`].
pub const KINDS: [&str; 4] = ["critical", "feature", "hardware", "software"];

/// One of the two made-up accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// Vélo Métropole, which rents bikes: its Support Ops team and the depots and towns that ask it.
    VeloMetropole,
    /// Bornes Pay, which supplies payment terminals.
    BornesPay,
}

impl Which {
    /// Both, the first account first.
    pub const ALL: [Self; 2] = [Self::VeloMetropole, Self::BornesPay];

    /// How many tickets the account has when nobody asks for another number.
    pub const fn usual_tickets(self) -> u64 {
        match self {
            Self::VeloMetropole => 1042,
            Self::BornesPay => 260,
        }
    }
}

/// A made-up account, before it is stored.
#[derive(Debug)]
pub struct Plan {
    /// Which of the two.
    pub which: Which,
    /// As people read it.
    pub name: String,
    /// The account's language, such as `en`.
    pub language: String,
    /// Its groups; the first is the one to which requests go (R157).
    pub groups: Vec<String>,
    /// Its organizations.
    pub organizations: Vec<NewOrganization>,
    /// Its people: first an admin, who founds the account, then the rest of the cast, then everybody else.
    pub people: Vec<PlannedPerson>,
    /// How many of the people are the cast: those with a part to play, to sign in as.
    pub cast: usize,
    seed: u64,
    now: Timestamp,
    inner: plan::Inner,
}
