use super::{Document, Item, ItemKind, Lookup, Numbers, Refers};
use crate::domain::condition::Condition;
use crate::domain::field::FieldType;
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
        let listener = Listener { known: &Numbers, heard: RefCell::default() };
        item.document(&listener);
        listener.heard.into_inner()
    }

    /// Everything that a document names, up to the first thing in it that cannot be understood. What fields hold, and so
    /// how they are compared, is known already.
    pub fn of_document(kind: ItemKind, document: &Document, known: &dyn Lookup) -> Self {
        let listener = Listener { known, heard: RefCell::default() };
        // What is wrong with it is told when it is read.
        let _read = Item::read(kind, 0, document, &listener);
        listener.heard.into_inner()
    }

    /// Everything that a condition's sentence names, up to the first part of it that cannot be understood. What fields
    /// hold is known already.
    pub fn of_sentence(sentence: &str, known: &dyn Lookup) -> Self {
        let listener = Listener { known, heard: RefCell::default() };
        // What is wrong with it is told when it is read.
        let _read = Condition::read(sentence, &listener);
        listener.heard.into_inner()
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
struct Listener<'a> {
    known: &'a dyn Lookup,
    heard: RefCell<Mentions>,
}

impl Lookup for Listener<'_> {
    fn id(&self, what: Refers, name: &str) -> Option<i64> {
        self.heard.borrow_mut().names.insert((what, name.to_owned()));
        self.known.id(what, name).or(Some(0))
    }

    fn name(&self, what: Refers, id: i64) -> Option<String> {
        self.heard.borrow_mut().ids.insert((what, id));
        None
    }

    fn field(&self, id: i64) -> Option<&FieldType> {
        self.known.field(id)
    }
}
