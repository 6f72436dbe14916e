use super::{Document, Item, ItemKind, Lookup, Refers};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What things of the set-up, or their documents, name: to be found before they can be written or read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// By number.
    pub ids: BTreeSet<(Refers, i64)>,
    /// By name.
    pub names: BTreeSet<(Refers, String)>,
}

impl Mentions {
    /// Everything that a thing names.
    pub fn of_item(item: &Item) -> Self {
        let listener = Listener::default();
        item.document(&listener);
        listener.0.into_inner()
    }

    /// Everything that a document names, up to the first thing in it that cannot be understood.
    pub fn of_document(kind: ItemKind, document: &Document) -> Self {
        let listener = Listener::default();
        // What is wrong with it is told when it is read.
        let _read = Item::read(kind, 0, document, &listener);
        listener.0.into_inner()
    }

    /// And what others name.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.ids.extend(other.ids);
        self.names.extend(other.names);
        self
    }

    /// Whether a thing is named by its number.
    pub fn has(&self, what: Refers, id: i64) -> bool {
        self.ids.contains(&(what, id))
    }
}

/// Knows every name, and remembers what it was asked for.
#[derive(Default)]
struct Listener(RefCell<Mentions>);

impl Lookup for Listener {
    fn id(&self, what: Refers, name: &str) -> Option<i64> {
        self.0.borrow_mut().names.insert((what, name.to_owned()));
        Some(0)
    }

    fn name(&self, what: Refers, id: i64) -> Option<String> {
        self.0.borrow_mut().ids.insert((what, id));
        None
    }
}
