//! People and organizations, as far as the one who asks may know of them.

use super::{Embedded, MOST_ROWS, MOST_TEXT_BYTES, too_much};
use crate::client::{Cursor, Error, Page, PeopleAsk};
use crate::domain::account::Organization;
use crate::domain::act::OrganizationRef;
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::person::Person;
use crate::domain::refusal::{Refusal, Thing};

impl Embedded {
    pub(super) async fn read_people(&self, ask: PeopleAsk) -> Result<Page<Person>, Error> {
        let me = self.me().await?;
        let viewer = me.viewer();
        let (rows, next) = match ask {
            PeopleAsk::Suggest { text, staff_only, limit } => {
                (self.store.suggest(&viewer, &text, staff_only, limit.min(MOST_ROWS)).await?, None)
            }
            PeopleAsk::Address(address) => (self.store.person_by_address(&viewer, &address).await?, None),
            PeopleAsk::Ids(ids) if ids.len() > MOST_ROWS as usize => return Err(too_much(u64::from(MOST_ROWS))),
            PeopleAsk::Ids(ids) => (self.store.people_by_ids(&viewer, &ids).await?, None),
            PeopleAsk::Role { role, after, limit } => {
                let (after, limit) = (place(after.as_ref())?, limit.clamp(1, MOST_ROWS));
                paged(self.store.people_of_role(&viewer, role, after, limit).await?)
            }
            PeopleAsk::Among { of, after, limit } => {
                let (after, limit) = (place(after.as_ref())?, limit.clamp(1, MOST_ROWS));
                paged(self.store.people_among(&viewer, of, after, limit).await?)
            }
        };
        let names = self.names([], rows.iter().filter_map(|person| person.organization)).await?;
        Ok(Page::new(rows.into_iter().map(|person| me.told(person)).collect(), names, next))
    }

    pub(super) async fn read_organization(&self, which: OrganizationRef) -> Result<Organization, Error> {
        let me = self.me().await?;
        let found = self.store.organization(&me.viewer(), &which).await?;
        let found = found.map(|organization| me.told_organization(organization));
        found.ok_or(Error::Refused(Refusal::NotFound(Thing::Organization)))
    }

    pub(super) async fn read_organizations(
        &self,
        text: String,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page<Organization>, Error> {
        let me = self.me().await?;
        if text.len() > MOST_TEXT_BYTES {
            return Err(too_much(MOST_TEXT_BYTES as u64));
        }
        let after = after.as_ref().map(Cursor::number).transpose()?.map(OrganizationId);
        let limit = limit.clamp(1, MOST_ROWS);
        let found = self.store.organizations(&me.viewer(), &text, after, limit + 1).await?;
        let told = found.into_iter().map(|organization| me.told_organization(organization));
        Ok(Page::cut(told.collect(), limit, |organization| organization.id.0))
    }
}

fn place(after: Option<&Cursor>) -> Result<Option<PersonId>, Error> {
    Ok(after.map(Cursor::number).transpose()?.map(PersonId))
}

fn paged((rows, more): (Vec<Person>, bool)) -> (Vec<Person>, Option<Cursor>) {
    let next = rows.last().filter(|_| more).map(|last| Cursor::at(last.id.0));
    (rows, next)
}
