//! What uses something of the set-up, and so keeps it there.

use crate::domain::setup::ItemKind;

/// What uses something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Users {
    /// What is used; none for a group.
    pub of: Option<ItemKind>,
    /// The name of the option, when it is one of a field's.
    pub option: Option<String>,
    /// Things of the set-up, by kind and name.
    pub items: Vec<(ItemKind, String)>,
    /// Settings, by their dotted names.
    pub settings: Vec<&'static str>,
    /// Who has it.
    pub holders: Holders,
}

impl Users {
    /// Whether nothing uses it.
    pub fn are_none(&self) -> bool {
        self.items.is_empty() && self.settings.is_empty() && self.holders == Holders::default()
    }
}

/// How many have something; of each a bound is enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holders {
    /// Tickets that have it.
    pub tickets: u64,
    /// Agents who are in it.
    pub agents: u64,
    /// People of whom a field holds it.
    pub people: u64,
    /// Organizations of which a field holds it.
    pub organizations: u64,
}

impl Holders {
    /// So many are counted at most, of each.
    pub const MOST: u64 = 1000;
}
