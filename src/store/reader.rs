//! Reading: every question names who asks, and each answer holds only what they may know.

use super::Store;
use super::account::Common;
use super::condition::Frame;
use super::dialect::Db;
use super::fault::Fault;
use super::list::{self, BadPlace, Base, Found, Wanted};
use super::people::listed::{OrganizationFilter, Part, PeopleFilter, Slice};
use super::people::{self, Known};
use super::ticket::{TicketRow, json_numbers, ticket_columns};
use super::visible::{Bound, known, requests};
use crate::domain::account::Organization;
use crate::domain::act::OrganizationRef;
use crate::domain::audience::{self, Viewer};
use crate::domain::condition::{Asker, Condition, Sight};
use crate::domain::event::{Audit, Named};
use crate::domain::id::{OrganizationId, PersonId, TicketId};
use crate::domain::person::{Among, EmailAddress, Person, Role};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Who reads, when, with whose eyes. There is no read of tickets without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub viewer: Viewer,
    /// Themselves: what `me` means.
    pub person: Person,
    /// The present moment.
    pub now: Timestamp,
    /// Whether an agent reads as a requester would; others always do.
    pub as_requester: bool,
}

impl Reader {
    pub(super) fn frame<'a>(&'a self, db: &Db, common: &'a Common) -> Frame<'a> {
        let sight = if self.as_requester || !self.viewer.is_staff() {
            Sight::Requester(Box::new(common.settings.clone()))
        } else {
            Sight::Staff
        };
        let asker = Asker {
            person: self.viewer.person,
            groups: self.person.groups.clone(),
            organization: self.person.organization,
            now: self.now,
            sight,
            around: Arc::clone(&common.around),
        };
        Frame {
            dialect: db.dialect(),
            viewer: &self.viewer,
            asker,
            groups: &common.groups,
            kinds: &common.setup.kinds,
            fields: &common.setup.fields,
        }
    }
}

impl Store {
    /// A page of a list; or that the place where it should begin is none of it.
    pub async fn list(&self, reader: &Reader, wanted: &Wanted<'_>) -> Result<Result<Found, BadPlace>, Fault> {
        let common = self.common().await?;
        let mut found = list::page(self.db(), &reader.frame(self.db(), &common), wanted).await?;
        if let Ok(found) = &mut found {
            self.hide_others(reader, &mut found.tickets).await?;
        }
        Ok(found)
    }

    /// Takes the numbers of others off tickets that somebody reads where they may not know of those: what is followed, or
    /// was merged into, may be private, or somebody else's (R109).
    pub(super) async fn hide_others(&self, reader: &Reader, tickets: &mut [Ticket]) -> Result<(), Fault> {
        let others: BTreeSet<TicketId> = tickets.iter().flat_map(audience::others_on).collect();
        if others.is_empty() {
            return Ok(());
        }
        let known = self.known_of(reader, others).await?;
        for ticket in tickets {
            audience::hide_others(ticket, &known);
        }
        Ok(())
    }

    /// The same of what has happened.
    pub async fn hide_others_in(&self, reader: &Reader, audits: &mut Vec<Audit>) -> Result<(), Fault> {
        let others = Named::by(audits.iter().flat_map(|audit| &audit.events)).others;
        if others.is_empty() {
            return Ok(());
        }
        let known = self.known_of(reader, others).await?;
        for audit in audits.iter_mut() {
            audience::hide_others_in(&mut audit.events, &known);
        }
        audits.retain(|audit| !audit.events.is_empty());
        Ok(())
    }

    /// Those of some tickets of which somebody may know: what is deleted nobody does.
    async fn known_of(&self, reader: &Reader, tickets: BTreeSet<TicketId>) -> Result<BTreeSet<TicketId>, Fault> {
        let as_staff = reader.viewer.is_staff() && !reader.as_requester;
        let mut bound = Bound::default();
        bound.put(json_numbers(tickets.into_iter().map(|id| id.0)));
        let numbers = self.db().dialect().numbers(1);
        let theirs = if as_staff { known(&reader.viewer, &mut bound) } else { requests(&reader.viewer, &mut bound) };
        let sql = format!("SELECT {} FROM tickets t WHERE t.id IN {numbers} AND {theirs}", ticket_columns!());
        let found: Vec<TicketRow> = self.db().read(sql, bound.values()).await?;
        Ok(found.into_iter().map(|row| row.0.id).collect())
    }

    /// How many there are, and whether it is more than that: nobody counts past a thousand.
    pub async fn count(&self, reader: &Reader, base: Base, condition: &Condition) -> Result<(u64, bool), Fault> {
        let common = self.common().await?;
        list::count(self.db(), &reader.frame(self.db(), &common), base, condition, list::COUNTED).await
    }

    /// The same with a bound of one's own: who counts far waits long.
    pub async fn count_up_to(
        &self,
        reader: &Reader,
        base: Base,
        condition: &Condition,
        most: u64,
    ) -> Result<(u64, bool), Fault> {
        let common = self.common().await?;
        list::count(self.db(), &reader.frame(self.db(), &common), base, condition, most).await
    }

    /// A ticket, if they may know of it: the same answer for one that they may not see as for one that is not.
    pub async fn find_ticket(&self, reader: &Reader, id: TicketId) -> Result<Option<Ticket>, Fault> {
        let common = self.common().await?;
        let frame = reader.frame(self.db(), &common);
        let mut bound = Bound::default();
        let number = bound.put(id.0);
        let visible = frame.visible(&mut bound);
        let sql = format!("SELECT {} FROM tickets t WHERE t.id = {number} AND {visible}", ticket_columns!());
        let rows: Vec<TicketRow> = self.db().read(sql, bound.values()).await?;
        let mut found: Vec<Ticket> = rows.into_iter().map(|row| row.0).collect();
        self.hide_others(reader, &mut found).await?;
        Ok(found.pop())
    }

    /// The names of those who stand on what was shown.
    pub async fn names(
        &self,
        people: impl IntoIterator<Item = PersonId>,
        organizations: impl IntoIterator<Item = OrganizationId>,
    ) -> Result<Known, Fault> {
        people::names(self.db(), people, organizations).await
    }

    /// The addresses of those who may not be named.
    pub async fn addresses(
        &self,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<BTreeMap<PersonId, String>, Fault> {
        people::addresses(self.db(), people).await
    }

    /// Those of some people who are of the team.
    pub async fn team_among(&self, people: impl IntoIterator<Item = PersonId>) -> Result<BTreeSet<PersonId>, Fault> {
        people::team_among(self.db(), people).await
    }

    /// Whether the people of an organization see each other's requests (R166).
    pub async fn shares(&self, organization: Option<OrganizationId>) -> Result<bool, Fault> {
        let Some(id) = organization else { return Ok(false) };
        people::shares(self.db(), id).await
    }

    /// Whom the requester field suggests (D18, R102-R105).
    pub async fn suggest(
        &self,
        viewer: &Viewer,
        text: &str,
        staff_only: bool,
        limit: u32,
    ) -> Result<Vec<Person>, Fault> {
        people::suggest(self.db(), viewer, text, staff_only, limit).await
    }

    /// Whoever has that address.
    pub async fn person_by_address(&self, viewer: &Viewer, address: &EmailAddress) -> Result<Vec<Person>, Fault> {
        people::by_address(self.db(), viewer, address).await
    }

    /// A part of the people whom somebody may find, by number.
    pub async fn people_listed(
        &self,
        viewer: &Viewer,
        which: &PeopleFilter,
        part: Part,
    ) -> Result<Slice<Person>, Fault> {
        people::listed::people(self.db(), viewer, which, part).await
    }

    /// How many of them there are.
    pub async fn count_people(&self, viewer: &Viewer, which: &PeopleFilter) -> Result<u64, Fault> {
        people::listed::count_people(self.db(), viewer, which).await
    }

    /// A part of the organizations that somebody may find, by number.
    pub async fn organizations_listed(
        &self,
        viewer: &Viewer,
        which: &OrganizationFilter,
        part: Part,
    ) -> Result<Slice<Organization>, Fault> {
        people::listed::organizations(self.db(), viewer, which, part).await
    }

    /// How many of them there are.
    pub async fn count_organizations(&self, viewer: &Viewer, which: &OrganizationFilter) -> Result<u64, Fault> {
        people::listed::count_organizations(self.db(), viewer, which).await
    }

    /// Those people.
    pub async fn people_by_ids(&self, viewer: &Viewer, ids: &[PersonId]) -> Result<Vec<Person>, Fault> {
        people::by_ids(self.db(), viewer, ids).await
    }

    /// Everybody of a role by name, after the one of that number; and whether there are more.
    pub async fn people_of_role(
        &self,
        viewer: &Viewer,
        role: Option<Role>,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<(Vec<Person>, bool), Fault> {
        people::of_role(self.db(), viewer, role, after, limit).await
    }

    /// Everybody of an organization or a group, by name, after the one of that number; and whether there are more.
    pub async fn people_among(
        &self,
        viewer: &Viewer,
        of: Among,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<(Vec<Person>, bool), Fault> {
        people::among(self.db(), viewer, of, after, limit).await
    }

    /// One organization.
    pub async fn organization(&self, viewer: &Viewer, which: &OrganizationRef) -> Result<Option<Organization>, Fault> {
        people::organization(self.db(), viewer, which).await
    }

    /// Organizations by the beginnings of their names' words.
    pub async fn organizations(
        &self,
        viewer: &Viewer,
        text: &str,
        after: Option<OrganizationId>,
        limit: u32,
    ) -> Result<Vec<Organization>, Fault> {
        people::organizations(self.db(), viewer, text, after, limit).await
    }
}
