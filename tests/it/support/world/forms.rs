//! Fields, forms and statuses in a line each.

use super::{ANA, SOFTWARE, World};
use guichet::domain::account::{Appearance, Kind};
use guichet::domain::act::Deed;
use guichet::domain::decide::Decision;
use guichet::domain::field::{Access, Choice, Field, FieldType, Holder, SystemField};
use guichet::domain::id::{FieldId, KindId, StatusId};
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::{Item, ItemKind};
use guichet::domain::status::{CustomStatus, Status};
use guichet::domain::tag::Tag;
use std::collections::{BTreeMap, BTreeSet};

/// Which model; requesters fill it in.
pub const MODEL: FieldId = FieldId(51);
/// What it cost; agents only.
pub const COST: FieldId = FieldId(52);
/// Which part broke; requesters see it.
pub const PART: FieldId = FieldId(53);
/// Since when.
pub const SINCE: FieldId = FieldId(54);

/// A field of tickets that requesters fill in, and that nobody needs.
pub fn field(id: FieldId, title: &str, kind: FieldType) -> Field {
    Field {
        id,
        of: Holder::Ticket,
        slug: title.to_lowercase().replace(' ', "_"),
        title: title.to_owned(),
        requester_title: None,
        description: String::new(),
        translations: BTreeMap::new(),
        kind,
        access: Access::RequestersEdit,
        required_to_submit: false,
        required_to_solve: false,
        default: None,
        active: true,
        position: id.0,
    }
}

/// `x100`, `x200`: their tags.
pub fn options(tags: &[&str]) -> Vec<Choice> {
    let option = |tag: &&str| Choice::new(&tag.to_uppercase(), Tag::parse(tag).expect("a tag"));
    tags.iter().map(option).collect()
}

pub fn system(id: FieldId, which: SystemField) -> Field {
    Field {
        slug: which.name().to_owned(),
        access: Access::RequestersSee,
        ..field(id, which.name(), FieldType::System(which))
    }
}

pub fn status(id: StatusId, name: &str, category: Status) -> CustomStatus {
    CustomStatus {
        id,
        category,
        name: name.to_owned(),
        requester_name: None,
        description: String::new(),
        active: true,
        default: false,
        position: id.0,
        translations: BTreeMap::new(),
    }
}

/// Fields that appear while another holds something.
pub fn when(field: FieldId, value: &str, shows: &[FieldId]) -> Appearance {
    Appearance { field, value: value.to_owned(), shows: shows.to_vec(), required: false }
}

impl World {
    /// With a field on the form of Software.
    pub fn with_field(self, field: Field) -> Self {
        let id = field.id;
        self.with(Item::Field(field)).with_kind(|kind| kind.fields.push(id))
    }

    /// With something in the set-up, in place of what had its number.
    pub fn with(mut self, item: Item) -> Self {
        self.items.retain(|one| one.key() != item.key());
        self.items.push(item);
        self
    }

    /// With Software different.
    pub fn with_kind(self, change: impl FnOnce(&mut Kind)) -> Self {
        self.with_kind_of(SOFTWARE, change)
    }

    pub fn with_kind_of(mut self, id: KindId, change: impl FnOnce(&mut Kind)) -> Self {
        let kinds =
            self.items.iter_mut().filter_map(|item| if let Item::Kind(kind) = item { Some(kind) } else { None });
        change(kinds.into_iter().find(|kind| kind.id == id).expect("a kind"));
        self
    }

    /// The admin saves something.
    pub fn save(&mut self, item: Item) -> Result<Decision, Refusal> {
        self.act(ANA, &Deed::SetItem(Box::new(item)))
    }

    /// The things of a kind, by name.
    pub fn named(&self, kind: ItemKind, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.kind() == kind && item.name() == name)
    }

    /// Software as it is.
    pub fn software(&self) -> Kind {
        self.setup().kinds[&SOFTWARE].clone()
    }
}

/// What fields hold, as an act names it.
pub fn filled<const N: usize>(fields: [(FieldId, &str); N]) -> BTreeMap<FieldId, String> {
    fields.map(|(id, text)| (id, text.to_owned())).into()
}

pub fn only<T: Ord>(one: T) -> BTreeSet<T> {
    BTreeSet::from([one])
}
