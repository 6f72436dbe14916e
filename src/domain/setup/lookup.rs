use super::super::id::{FieldId, KindId, ScheduleId, StatusId, TextId, WebhookId};
use super::{Item, ItemFault, ItemKind, Setup, Why};
use crate::domain::account::{Group, folded_name};
use crate::domain::field::FieldType;
use crate::domain::id::GroupId;
use std::collections::BTreeMap;

/// What documents, conditions and actions refer to by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refers {
    /// A field of tickets, by its slug.
    Field,
    /// A status of the account's own, by its name.
    Status,
    /// A kind, by its slug.
    Kind,
    /// The text of a notice, by its slug.
    Text,
    /// A webhook, by its name.
    Webhook,
    /// A group, by its name.
    Group,
    /// A person, by their address.
    Person,
    /// An organization, by its name.
    Organization,
    /// Business hours, by their name.
    Schedule,
}

impl Refers {
    /// How things of a kind are referred to; none of what nothing refers to.
    pub const fn of(kind: ItemKind) -> Option<Self> {
        match kind {
            ItemKind::Field => Some(Self::Field),
            ItemKind::Status => Some(Self::Status),
            ItemKind::Kind => Some(Self::Kind),
            ItemKind::Text => Some(Self::Text),
            ItemKind::Webhook => Some(Self::Webhook),
            ItemKind::Schedule => Some(Self::Schedule),
            ItemKind::View | ItemKind::Macro | ItemKind::Trigger | ItemKind::Automation => None,
        }
    }
}

/// What things are called, and which a name means. `#3` is the one with number 3, whatever it is called.
pub trait Lookup {
    /// Which it is.
    fn id(&self, what: Refers, name: &str) -> Option<i64>;
    /// What it is called; none when it is gone.
    fn name(&self, what: Refers, id: i64) -> Option<String>;

    /// What a field of tickets holds; none when it is not known.
    fn field(&self, _: i64) -> Option<&FieldType> {
        None
    }

    /// What such things are called, as far as they are known, to choose from.
    fn names(&self, _: Refers) -> Vec<String> {
        Vec::new()
    }
}

/// Numbers instead of names: as things are kept, so that another name breaks nothing.
#[derive(Clone, Copy, Debug)]
pub struct Numbers;

impl Lookup for Numbers {
    fn id(&self, _: Refers, _: &str) -> Option<i64> {
        None
    }

    fn name(&self, _: Refers, _: i64) -> Option<String> {
        None
    }
}

/// The names of an account. People and organizations are too many to be known: whoever reads a text finds those that
/// it names before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// What things are called.
    pub names: BTreeMap<(Refers, i64), String>,
    /// What fields of tickets hold.
    pub fields: BTreeMap<i64, FieldType>,
}

impl Directory {
    /// The names in an account's set-up.
    pub fn of(setup: &Setup, groups: &BTreeMap<GroupId, Group>) -> Self {
        let mut directory = Self::default();
        for group in groups.values() {
            directory.add(Refers::Group, group.id.0, &group.name);
        }
        for (FieldId(id), one) in &setup.fields {
            directory.add(Refers::Field, *id, &one.slug);
            directory.fields.insert(*id, one.kind.clone());
        }
        for (StatusId(id), one) in &setup.statuses {
            directory.add(Refers::Status, *id, &one.name);
        }
        for (KindId(id), one) in &setup.kinds {
            directory.add(Refers::Kind, *id, &one.slug);
        }
        for (TextId(id), one) in &setup.texts {
            directory.add(Refers::Text, *id, &one.slug);
        }
        for (WebhookId(id), one) in &setup.webhooks {
            directory.add(Refers::Webhook, *id, &one.name);
        }
        for (ScheduleId(id), one) in &setup.schedules {
            directory.add(Refers::Schedule, *id, &one.name);
        }
        directory
    }

    /// And a thing of the set-up; what nothing refers to has no name here.
    pub fn add_item(&mut self, item: &Item) {
        if let Some(what) = Refers::of(item.kind()) {
            self.add(what, item.key().id, item.name());
        }
        if let Item::Field(field) = item {
            self.fields.insert(field.id.0, field.kind.clone());
        }
    }

    /// And something else's name.
    pub fn add(&mut self, what: Refers, id: i64, name: &str) {
        self.names.insert((what, id), name.to_owned());
    }
}

impl Lookup for Directory {
    fn id(&self, what: Refers, name: &str) -> Option<i64> {
        let wanted = folded_name(name);
        let mut fits = self.names.iter().filter(|((kind, _), name)| *kind == what && folded_name(name) == wanted);
        // A name that two have means neither.
        let first = fits.next()?.0.1;
        fits.next().is_none().then_some(first)
    }

    fn name(&self, what: Refers, id: i64) -> Option<String> {
        self.names.get(&(what, id)).cloned()
    }

    fn field(&self, id: i64) -> Option<&FieldType> {
        self.fields.get(&id)
    }

    fn names(&self, what: Refers) -> Vec<String> {
        self.names.iter().filter(|((kind, _), _)| *kind == what).map(|(_, name)| name.clone()).collect()
    }
}

/// A reference as it is written: by its name where that means nothing else.
pub(in crate::domain) fn written(lookup: &dyn Lookup, what: Refers, id: i64) -> String {
    let known = lookup.name(what, id).filter(|name| !name.starts_with('#') && lookup.id(what, name) == Some(id));
    known.unwrap_or_else(|| format!("#{id}"))
}

/// The number that a text means.
pub(in crate::domain) fn meant(lookup: &dyn Lookup, what: Refers, text: &str) -> Option<i64> {
    match text.strip_prefix('#').map(str::parse) {
        Some(Ok(id)) => Some(id),
        _ => lookup.id(what, text),
    }
}

/// The number that a text means, or why there is none.
pub(super) fn found(lookup: &dyn Lookup, what: Refers, key: &str, text: &str) -> Result<i64, ItemFault> {
    meant(lookup, what, text).ok_or_else(|| ItemFault::new(key, Why::Unknown(text.to_owned())))
}
