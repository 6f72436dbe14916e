//! The set-up: its things, the names in it, and what stands against changing it.

use super::{Embedded, MOST_ROWS, is_admin};
use crate::client::Error;
use crate::domain::account::Organization;
use crate::domain::act::{Act, Deed, OrganizationRef, Who};
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::person::{EmailAddress, Person};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions, Refers};

impl Embedded {
    pub(super) async fn check_deed(&self, deed: Deed) -> Result<(), Error> {
        let act = Act { who: Who::Person(self.person), via: self.via, deed };
        Ok(self.store.check(act, &self.clock).await?)
    }

    pub(super) async fn read_items(&self, kind: ItemKind) -> Result<Vec<Item>, Error> {
        let me = self.staff().await?.person;
        if is_admin(&me) {
            return Ok(self.store.items(kind).await?);
        }
        match kind {
            ItemKind::View | ItemKind::Macro => Ok(self.store.owned(kind, &me).await?),
            ItemKind::Field | ItemKind::Status | ItemKind::Kind | ItemKind::Schedule => {
                Ok(self.store.items(kind).await?)
            }
            ItemKind::Trigger | ItemKind::Automation | ItemKind::Text | ItemKind::Webhook => Err(Error::Denied),
        }
    }

    pub(super) async fn read_directory(&self, mentions: Mentions) -> Result<Directory, Error> {
        let me = self.staff().await?;
        let viewer = me.viewer();
        let mut directory = me.directory();
        let of = |what| mentions.ids.iter().filter(move |(one, _)| *one == what).map(|(_, id)| *id);
        let people: Vec<PersonId> = of(Refers::Person).map(PersonId).collect();
        for some in people.chunks(MOST_ROWS as usize) {
            add_people(&mut directory, &self.store.people_by_ids(&viewer, some).await?);
        }
        for id in of(Refers::Organization) {
            let found = self.store.organization(&viewer, &OrganizationRef::Id(OrganizationId(id))).await?;
            add_organization(&mut directory, found);
        }
        for (what, name) in &mentions.names {
            match what {
                Refers::Person => {
                    let Ok(address) = EmailAddress::parse(name) else { continue };
                    add_people(&mut directory, &self.store.person_by_address(&viewer, &address).await?);
                }
                Refers::Organization => {
                    let found = self.store.organization(&viewer, &OrganizationRef::Name(name.clone())).await?;
                    add_organization(&mut directory, found);
                }
                _ => {}
            }
        }
        Ok(directory)
    }
}

/// People are named by their addresses: those tell them apart. Who has none is named by number.
fn add_people(directory: &mut Directory, people: &[Person]) {
    for (id, email) in people.iter().filter_map(|one| Some((one.id, one.email.as_ref()?))) {
        directory.add(Refers::Person, id.0, email.as_str());
    }
}

fn add_organization(directory: &mut Directory, found: Option<Organization>) {
    if let Some(one) = found {
        directory.add(Refers::Organization, one.id.0, &one.name);
    }
}
