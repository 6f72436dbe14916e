//! Reports on what the one who asks may see.

use super::{Embedded, too_much};
use crate::client::{Error, Reported};
use crate::domain::condition::{Condition, Use};
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::refusal::{Refusal, RuleFault};
use crate::domain::report::{Ask, Key};
use crate::store::Unreported;

impl Embedded {
    pub(super) async fn make_report(&self, ask: Ask) -> Result<Reported, Error> {
        let me = self.staff().await?;
        if let Some(most) = ask.too_much() {
            return Err(too_much(most));
        }
        if ask.only.tests().len() > Condition::MAX_TESTS {
            return Err(too_much(Condition::MAX_TESTS as u64));
        }
        let unfit = |unfit| Refusal::BadRule(RuleFault::Unfit(Box::new(unfit), Use::Search));
        ask.only.allowed_in(Use::Search).map_err(unfit)?;
        let report = self.store.report(&me.reader(self.now(), false), &ask).await?.map_err(|why| match why {
            Unreported::TooMany => too_much(Ask::MAX_ROWS as u64),
            Unreported::Schedule => Error::NotFound,
        })?;
        let keys = || report.rows.iter().flat_map(|row| &row.keys);
        let people: Vec<PersonId> = keys().filter_map(person).collect();
        let organizations: Vec<OrganizationId> = keys().filter_map(organization).collect();
        let names = self.names(people, organizations).await?;
        Ok(Reported { report, names })
    }
}

const fn person(key: &Key) -> Option<PersonId> {
    match key {
        Key::Assignee(id) => *id,
        Key::Requester(id) => Some(*id),
        _ => None,
    }
}

const fn organization(key: &Key) -> Option<OrganizationId> {
    if let Key::Organization(id) = key { *id } else { None }
}
