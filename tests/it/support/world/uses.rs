//! What uses what is to be deleted.

use super::World;
use guichet::domain::act::Deed;
use guichet::domain::id::{FieldId, KindId, StatusId};
use guichet::domain::setup::ItemKind;
use guichet::domain::ticket::Ticket;

impl World {
    /// How many tickets have what is to be deleted.
    pub(super) fn users_of(&self, deed: &Deed) -> u64 {
        if let Deed::DeleteGroup { group } = deed {
            return self.tickets.values().filter(|ticket| ticket.group == Some(*group)).count() as u64;
        }
        let Deed::DeleteItem(key) = deed else { return 0 };
        let has = |ticket: &&Ticket| match key.kind {
            ItemKind::Kind => ticket.kind == Some(KindId(key.id)),
            ItemKind::Field => ticket.fields.contains_key(&FieldId(key.id)),
            ItemKind::Status => ticket.custom_status == Some(StatusId(key.id)),
            _ => false,
        };
        self.tickets.values().filter(has).count() as u64
    }

    /// How many agents are in the group that is to be deleted.
    pub(super) fn agents_of(&self, deed: &Deed) -> u64 {
        let Deed::DeleteGroup { group } = deed else { return 0 };
        self.people.values().filter(|one| one.role.is_staff() && one.groups.contains(group)).count() as u64
    }
}
