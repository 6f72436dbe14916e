//! What uses what is to be deleted.

use super::World;
use guichet::domain::act::Deed;
use guichet::domain::field::Value;
use guichet::domain::form::Values;
use guichet::domain::id::{FieldId, KindId, StatusId};
use guichet::domain::refusal::Holders;
use guichet::domain::setup::{Item, ItemKind};
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Ticket;
use std::collections::BTreeMap;

impl World {
    /// How many have what is to be deleted.
    pub(super) fn holders(&self, deed: &Deed) -> Holders {
        let tickets = |has: &dyn Fn(&Ticket) -> bool| self.tickets.values().filter(|one| has(one)).count() as u64;
        match deed {
            Deed::DeleteGroup { group } => Holders {
                tickets: tickets(&|one| one.group == Some(*group)),
                agents: self.people.values().filter(|one| one.role.is_staff() && one.groups.contains(group)).count()
                    as u64,
                ..Holders::default()
            },
            Deed::DeleteItem(key) => match key.kind {
                ItemKind::Kind => {
                    Holders { tickets: tickets(&|one| one.kind == Some(KindId(key.id))), ..Holders::default() }
                }
                ItemKind::Status => {
                    let has = |one: &Ticket| one.custom_status == Some(StatusId(key.id));
                    Holders { tickets: tickets(&has), ..Holders::default() }
                }
                ItemKind::Field => self.with_values(|values| values.contains_key(&FieldId(key.id))),
                _ => Holders::default(),
            },
            _ => Holders::default(),
        }
    }

    /// How many have the options that a field is to lose, closed tickets apart.
    pub(super) fn options_held(&self, deed: &Deed) -> BTreeMap<Tag, Holders> {
        let Deed::SetItem(item) = deed else { return BTreeMap::new() };
        let was = self.items.iter().find(|one| one.key() == item.key());
        let (Item::Field(field), Some(Item::Field(was))) = (&**item, was) else { return BTreeMap::new() };
        let held = was.options_without(field).into_iter().map(|gone| {
            let has = |values: &Values| match values.get(&field.id) {
                Some(Value::Choice(tag)) => *tag == gone.tag,
                Some(Value::Choices(tags)) => tags.contains(&gone.tag),
                _ => false,
            };
            let closed = self.tickets.values().filter(|one| one.is_closed() && has(&one.fields)).count() as u64;
            let all = self.with_values(has);
            (gone.tag.clone(), Holders { tickets: all.tickets - closed, ..all })
        });
        held.collect()
    }

    fn with_values(&self, has: impl Fn(&Values) -> bool) -> Holders {
        Holders {
            tickets: self.tickets.values().filter(|one| has(&one.fields)).count() as u64,
            people: self.people.values().filter(|one| has(&one.fields)).count() as u64,
            organizations: self.organizations.values().filter(|one| has(&one.fields)).count() as u64,
            agents: 0,
        }
    }
}
