//! Acts on the set-up that are decided one after the other without being written.

use crate::domain::account::Timers;
use crate::domain::condition::Around;
use crate::domain::decide::{Decision, Facts};
use std::sync::Arc;

impl Facts {
    /// As they are after a decision on the set-up, groups, organizations or settings: as a store would read them had it
    /// been written. Nothing else of a decision is taken over.
    pub fn go_on(&mut self, decision: &Decision) {
        self.groups.extend(decision.groups.iter().map(|group| (group.id, group.clone())));
        if let Some(group) = decision.group_deleted {
            self.groups.remove(&group);
        }
        self.organizations.extend(decision.organizations.iter().map(|one| (one.id, one.clone())));
        if let Some(account) = &decision.account {
            self.account.clone_from(account);
        }
        if let Some(settings) = &decision.settings {
            self.settings.clone_from(settings);
        }
        let setup = Arc::make_mut(&mut self.setup);
        for item in &decision.items.set {
            setup.put(item.clone());
            match self.items.iter_mut().find(|one| one.key() == item.key()) {
                Some(known) => known.clone_from(item),
                None => self.items.push(item.clone()),
            }
        }
        for key in &decision.items.deleted {
            setup.remove(*key);
            self.items.retain(|one| one.key() != *key);
        }
        self.items.sort_by_key(|one| (one.position(), one.key().id));
        self.settings.timers = Timers::of(&self.setup);
        let around = Around { language: self.settings.language.clone(), schedules: self.setup.schedules.clone() };
        self.around = Arc::new(around);
    }
}
