use super::{Item, ItemKey, ItemKind, Refers};
use crate::domain::condition::Condition;
use crate::domain::id::FieldId;
use crate::domain::rule::Action;
use crate::domain::view::Column;
use std::collections::BTreeSet;

/// The other things of the set-up to which one refers.
pub fn references(item: &Item) -> BTreeSet<ItemKey> {
    let mut found = BTreeSet::new();
    match item {
        Item::Kind(one) => {
            let conditions = one.conditions.iter();
            let conditional = conditions.flat_map(|when| when.shows.iter().chain([&when.field]));
            found.extend(one.fields.iter().chain(conditional).map(|id| field(*id)));
            found.extend(one.statuses.iter().map(|id| ItemKey { kind: ItemKind::Status, id: id.0 }));
        }
        Item::View(one) => {
            condition(&one.when, &mut found);
            let columns = one.columns.iter().chain(&one.group_by);
            found.extend(columns.filter_map(|column| match column {
                Column::Field(id) => Some(field(*id)),
                _ => None,
            }));
        }
        Item::Macro(one) => actions(&one.then, &mut found),
        Item::Trigger(one) => {
            condition(&one.when, &mut found);
            actions(&one.then, &mut found);
        }
        Item::Automation(one) => {
            condition(&one.when, &mut found);
            actions(&one.then, &mut found);
        }
        Item::Field(_) | Item::Status(_) | Item::Text(_) | Item::Webhook(_) | Item::Schedule(_) => {}
    }
    found
}

const fn field(id: FieldId) -> ItemKey {
    ItemKey { kind: ItemKind::Field, id: id.0 }
}

fn condition(condition: &Condition, found: &mut BTreeSet<ItemKey>) {
    let of_setup = |(what, id)| {
        let kind = match what {
            Refers::Kind => ItemKind::Kind,
            Refers::Field => ItemKind::Field,
            Refers::Status => ItemKind::Status,
            Refers::Schedule => ItemKind::Schedule,
            _ => return None,
        };
        Some(ItemKey { kind, id })
    };
    found.extend(condition.mentions().into_iter().filter_map(of_setup));
}

fn actions(then: &[Action], found: &mut BTreeSet<ItemKey>) {
    found.extend(then.iter().filter_map(|action| match action {
        Action::Kind(id) => Some(ItemKey { kind: ItemKind::Kind, id: id.0 }),
        Action::CustomStatus(id) => Some(ItemKey { kind: ItemKind::Status, id: id.0 }),
        Action::Field(id, _) => Some(field(*id)),
        Action::Notify(_, id) => Some(ItemKey { kind: ItemKind::Text, id: id.0 }),
        Action::Webhook(id) => Some(ItemKey { kind: ItemKind::Webhook, id: id.0 }),
        _ => None,
    }));
}

impl Item {
    /// Whether it can be tried on tickets before it works.
    pub const fn can_be_tried(&self) -> bool {
        matches!(self, Self::View(_) | Self::Macro(_) | Self::Trigger(_) | Self::Automation(_))
    }
}
