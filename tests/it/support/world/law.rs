//! Rules that rows add to the help desk, written as people write them.

use super::World;
use guichet::domain::act::Deed;
use guichet::domain::case::CaseDeed;
use guichet::domain::id::{PersonId, TicketId};
use guichet::domain::person::Person;
use guichet::domain::setup::{Datum, Directory, Document, Item, ItemKind, Mentions, Refers, Setup};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is made of the things of a set-up.
#[derive(Clone)]
pub struct Rules {
    pub setup: Arc<Setup>,
    named: BTreeSet<PersonId>,
}

/// Made of the same things it is the same: the laws ask for it a hundred thousand times.
pub fn rules(items: &[Item]) -> Rules {
    thread_local! {
        static LAST: RefCell<Option<(Vec<Item>, Rules)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if let Some((of, rules)) = last
            && of == items
        {
            return rules.clone();
        }
        let named = items.iter().flat_map(|item| Mentions::of_item(item).ids);
        let named = named.filter(|(what, _)| *what == Refers::Person).map(|(_, id)| PersonId(id)).collect();
        let rules = Rules { setup: Arc::new(Setup::of(items.iter().cloned())), named };
        *last = Some((items.to_vec(), rules.clone()));
        rules
    })
}

impl World {
    /// Everybody who works tickets, and whom rules name.
    pub fn staff(&self, rules: &Rules) -> Arc<BTreeMap<PersonId, Person>> {
        let known = self.people.values().filter(|one| one.role.is_staff() || rules.named.contains(&one.id));
        Arc::new(known.map(|one| (one.id, one.clone())).collect())
    }

    /// What everything is called, people by their first names.
    pub fn directory(&self) -> Directory {
        let setup = Setup::of(self.items.iter().cloned());
        let mut directory = Directory::of(&setup, &self.groups);
        for person in self.people.values() {
            directory.add(Refers::Person, person.id.0, &person.name);
        }
        for organization in self.organizations.values() {
            directory.add(Refers::Organization, organization.id.0, &organization.name);
        }
        directory
    }

    /// A rule as an admin writes it; its number is 0, as of one that is to be made.
    pub fn written(&self, kind: ItemKind, title: &str, when: &str, then: &[&str]) -> Item {
        let name = if kind == ItemKind::Automation { "slug" } else { "title" };
        let document = Document::default()
            .with(name, title)
            .with_some("when", (kind != ItemKind::Macro).then_some(when))
            .with("actions", then.iter().map(|action| Datum::from(*action)).collect::<Vec<_>>());
        Item::read(kind, 0, &document, &self.directory()).unwrap_or_else(|fault| panic!("{title}: {fault:?}"))
    }

    /// The same world with another trigger, after those that there are; what could not be saved is there too.
    #[must_use]
    pub fn trigger(mut self, title: &str, when: &str, then: &[&str]) -> Self {
        let item = self.written(ItemKind::Trigger, title, when, then);
        self.add(item);
        self
    }

    /// The same world with another automation.
    #[must_use]
    pub fn automation(mut self, slug: &str, when: &str, then: &[&str]) -> Self {
        let item = self.written(ItemKind::Automation, slug, when, then);
        self.add(item);
        self
    }

    fn add(&mut self, item: Item) {
        let id = 1_000 + i64::try_from(self.items.len()).expect("few");
        self.items.push(item.numbered(id).at(id));
    }
}

/// The problem that a deed names.
pub fn problem_of(deed: &Deed) -> Option<TicketId> {
    match deed {
        Deed::CreateTicket(new) => new.problem,
        Deed::UpdateTicket { change, .. } => change.problem.flatten(),
        Deed::ImportTicket(past) => past.problem,
        Deed::Case(CaseDeed::Solve { problem, .. }) => Some(*problem),
        _ => None,
    }
}
