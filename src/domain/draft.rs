use super::id::TicketId;
use super::setup::ItemKind;
use super::time::Timestamp;
use std::collections::BTreeMap;

/// Something written and not yet sent. Kept from the first keystroke until the account has said yes (Z07).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// For what: one draft each.
    pub place: DraftPlace,
    /// The text.
    pub body: String,
    /// What else was filled in, by field name.
    pub fields: BTreeMap<String, String>,
    /// Paths of files to be attached.
    pub files: Vec<String>,
    /// The key under which it is sent, so that sending it again after a lost answer does nothing twice.
    pub key: String,
    /// The last keystroke.
    pub updated_at: Timestamp,
}

/// What a draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DraftPlace {
    /// A public reply on a ticket.
    Reply(TicketId),
    /// An internal note on a ticket.
    Note(TicketId),
    /// A ticket that is not submitted yet.
    NewTicket,
    /// A form of the account's set-up: what it is about, and the number of the thing; 0 for what is new.
    Form(FormOf, i64),
}

/// What a form of the account's set-up is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormOf {
    /// A thing of the set-up.
    Item(ItemKind),
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A group.
    Group,
}

impl FormOf {
    /// The name in files and scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Item(kind) => kind.name(),
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Group => "group",
        }
    }

    /// What has that name.
    pub fn parse(name: &str) -> Option<Self> {
        let others = [Self::Person, Self::Organization, Self::Group];
        others.into_iter().find(|one| one.name() == name).or_else(|| ItemKind::parse(name).map(Self::Item))
    }
}
