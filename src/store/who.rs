//! Who asks.

use super::Store;
use super::account::{self, AccountHead, Common};
use super::dialect::{Batch, Rows};
use super::fault::{Fault, FaultKind};
use super::person::{OrganizationRow, PersonRow, organization_columns, person_columns};
use super::reader::Reader;
use crate::domain::account::{Account, Group, Kind, Organization, Settings};
use crate::domain::audience::Viewer;
use crate::domain::condition::{Asker, Sight};
use crate::domain::form::Reader as FormReader;
use crate::domain::id::{FieldId, PersonId};
use crate::domain::person::{EmailAddress, Person};
use crate::domain::setup::{Directory, Setup};
use crate::domain::time::Timestamp;
use std::sync::Arc;

/// Somebody of the account, with what everybody in it may know.
#[derive(Clone, Debug)]
pub struct Known {
    /// Themselves.
    pub person: Person,
    /// Where they belong.
    pub organization: Option<Organization>,
    common: Arc<Common>,
}

impl Known {
    /// Them as who reads at a moment; `as_requester` makes an agent read as one.
    pub fn reader(&self, now: Timestamp, as_requester: bool) -> Reader {
        Reader { viewer: self.viewer(), person: self.person.clone(), now, as_requester }
    }

    /// Them as who asks conditions, as agents do.
    pub fn asker(&self, now: Timestamp) -> Asker {
        Asker {
            person: self.person.id,
            groups: self.person.groups.clone(),
            organization: self.person.organization,
            now,
            sight: Sight::Staff,
            around: Arc::clone(&self.common.around),
        }
    }

    /// Which revision of the account this is.
    pub fn revision(&self) -> i64 {
        self.common.revision
    }

    /// Them as who asks.
    pub fn viewer(&self) -> Viewer {
        Viewer::of(&self.person, self.organization.as_ref().is_some_and(|one| one.shared_tickets))
    }

    /// As what they look at forms.
    pub const fn reads_as(&self) -> FormReader {
        FormReader::of(self.person.role.is_staff())
    }

    /// What of somebody they are told: end users nothing of fields that are not theirs to see (R149).
    pub fn told(&self, mut person: Person) -> Person {
        person.fields.retain(|id, _| self.sees(*id));
        if !self.person.role.is_staff() {
            // What the team keeps is its own, and so is when it was different.
            (person.profile, person.updated_at) = (None, None);
        }
        person
    }

    /// The same of an organization.
    pub fn told_organization(&self, mut organization: Organization) -> Organization {
        organization.fields.retain(|id, _| self.sees(*id));
        if !self.person.role.is_staff() {
            // By which addresses people come into it is the team's affair.
            organization.domains.clear();
            (organization.profile, organization.created_at, organization.updated_at) = (None, None, None);
        }
        organization
    }

    fn sees(&self, id: FieldId) -> bool {
        let field = self.common.setup.fields.get(&id);
        self.person.role.is_staff() || field.is_some_and(|field| self.reads_as().sees(field) && field.active)
    }

    /// The account.
    pub fn account(&self) -> &Account {
        &self.common.account
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.common.settings
    }

    /// Its kinds in the order in which they are offered.
    pub fn kinds(&self) -> Vec<Kind> {
        self.common.setup.kinds_in_order().into_iter().cloned().collect()
    }

    /// What all in it work by.
    pub fn setup(&self) -> &Setup {
        &self.common.setup
    }

    /// The names in its set-up, and those of its groups.
    pub fn directory(&self) -> Directory {
        Directory::of(&self.common.setup, &self.common.groups)
    }

    /// Its groups, by name.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = self.common.groups.values().cloned().collect();
        groups.sort_by_key(|group| super::person::folded(&group.name));
        groups
    }
}

impl Store {
    /// Somebody by their number, as they are now; none when there is nobody of that number.
    pub async fn who(&self, person: PersonId) -> Result<Option<Known>, Fault> {
        let mut batch = Batch::default();
        batch.push(concat!("SELECT ", person_columns!(), " FROM people p WHERE p.id = $1"), vec![person.0.into()]);
        batch.push(
            concat!(
                "SELECT ",
                organization_columns!(),
                " FROM organizations o WHERE o.id = (SELECT organization_id FROM people WHERE id = $1)"
            ),
            vec![person.0.into()],
        );
        batch.push("SELECT revision, link, version FROM account", Vec::new());
        let rows = self.read(batch).await?;
        let [people, organizations, account] = &rows[..] else {
            return Err(Fault::new(FaultKind::Other, "not three answers"));
        };
        let Some(PersonRow(person)) = people.first()? else { return Ok(None) };
        let organization = organizations.first::<OrganizationRow>()?.map(|row| row.0);
        let common = self.common_of(account.first::<AccountHead>()?).await?;
        Ok(Some(Known { person, organization, common }))
    }

    /// Whoever has an address: who signs in with it. Only for those who decide who may act as whom.
    pub async fn sign_in(&self, address: &EmailAddress) -> Result<Option<Person>, Fault> {
        let mut batch = Batch::default();
        batch.push(
            concat!(
                "SELECT ",
                person_columns!(),
                " FROM people p WHERE p.id = (SELECT coalesce(merged_into, id) FROM people WHERE email_folded = $1)"
            ),
            vec![address.folded().into()],
        );
        let found: Option<PersonRow> = self.read(batch).await?.first().map(Rows::first).transpose()?.flatten();
        Ok(found.map(|row| row.0))
    }

    /// The admin who has been there longest and can sign in.
    pub async fn first_admin(&self) -> Result<Option<Person>, Fault> {
        let mut batch = Batch::default();
        batch.push(
            concat!(
                "SELECT ",
                person_columns!(),
                " FROM people p WHERE p.role > 0 AND p.role = 2 AND NOT p.suspended AND p.standing = 0 \
                  ORDER BY p.id LIMIT 1"
            ),
            Vec::new(),
        );
        let found: Option<PersonRow> = self.read(batch).await?.first().map(Rows::first).transpose()?.flatten();
        Ok(found.map(|row| row.0))
    }

    /// The account's unguessable name, for what is kept elsewhere on its behalf.
    pub async fn identity(&self) -> Result<String, Fault> {
        Ok(self.common().await?.identity.clone())
    }

    /// What is common to all in the revision that a head names.
    pub(super) async fn common_of(&self, head: Option<AccountHead>) -> Result<Arc<Common>, Fault> {
        let revision = head.ok_or_else(|| Fault::new(FaultKind::Missing, "no account in it"))?.revision;
        if let Some(known) = self.inner.known_common(revision) {
            return Ok(known);
        }
        let rows = self.read(account::common_batch()).await?;
        Ok(self.inner.keep_common(account::read_common(&rows)?))
    }
}
