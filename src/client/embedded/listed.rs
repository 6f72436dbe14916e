//! Lists that go by number: what servers ask beside what every client does. They are of no use to whoever looks at a
//! screen, who wants the newest or the names.

use super::Embedded;
use crate::client::Error;
use crate::domain::account::{Dated, Moments, Organization};
use crate::domain::person::Person;
use crate::domain::time::{Span, Timestamp};
pub use crate::store::{OrganizationFilter, Part, PeopleFilter, Slice, Spot};

impl Embedded {
    /// When a group or a thing of the set-up came to be and was different last: as it was when they asked last.
    pub fn moments(&self, of: Dated) -> Option<Moments> {
        self.store.moments(of)
    }

    /// A part of the people, 100 at most. Agents only.
    pub async fn people_listed(&self, which: &PeopleFilter, part: Part) -> Result<Slice<Person>, Error> {
        let viewer = self.staff().await?.viewer();
        Ok(self.store.people_listed(&viewer, which, part).await?)
    }

    /// How many of them there are. Agents only.
    pub async fn count_people(&self, which: &PeopleFilter) -> Result<u64, Error> {
        let viewer = self.staff().await?.viewer();
        Ok(self.store.count_people(&viewer, which).await?)
    }

    /// A part of the organizations, 100 at most. Agents only.
    pub async fn organizations_listed(
        &self,
        which: &OrganizationFilter,
        part: Part,
    ) -> Result<Slice<Organization>, Error> {
        let viewer = self.staff().await?.viewer();
        Ok(self.store.organizations_listed(&viewer, which, part).await?)
    }

    /// How many of them there are. Agents only.
    pub async fn count_organizations(&self, which: &OrganizationFilter) -> Result<u64, Error> {
        let viewer = self.staff().await?.viewer();
        Ok(self.store.count_organizations(&viewer, which).await?)
    }
}

/// How far back labels are counted, and how many at most.
const TAGS: (Span, u32) = (Span::days(60), 20_000);

impl Embedded {
    /// The labels of tickets that changed of late, with how many have them, the most used first. Agents only.
    pub async fn tags_in_use(&self) -> Result<Vec<(String, u64)>, Error> {
        let viewer = self.staff().await?.viewer();
        let (back, limit) = TAGS;
        Ok(self.store.tags(&viewer, Timestamp(self.now().0 - back.0), limit).await?)
    }

    /// Labels that begin so, 100 at most. Agents only.
    pub async fn tags_like(&self, start: &str) -> Result<Vec<String>, Error> {
        let viewer = self.staff().await?.viewer();
        Ok(self.store.tags_like(&viewer, &start.to_lowercase(), 100).await?)
    }
}
