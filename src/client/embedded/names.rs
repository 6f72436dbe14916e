//! The names behind numbers, as far as the one who asks may know them.

use super::Embedded;
use crate::client::{Error, Names};
use crate::domain::comment::Comment;
use crate::domain::event::{Event, Named};
use crate::domain::id::{OrganizationId, PersonId, TicketId};
use crate::domain::ticket::{Request, Ticket};
use crate::store::Known;
use std::collections::{BTreeMap, BTreeSet};

impl Embedded {
    pub(super) async fn names(
        &self,
        people: impl IntoIterator<Item = PersonId> + Send,
        organizations: impl IntoIterator<Item = OrganizationId> + Send,
    ) -> Result<Names, Error> {
        let known = self.store.names(people, organizations).await?;
        Ok(Names { people: known.people, organizations: known.organizations, ..Names::default() })
    }

    /// The names of whom and what events name.
    pub(super) async fn names_by(&self, named: Named) -> Result<Names, Error> {
        self.names(named.people, named.organizations).await
    }

    /// The names on requests, with what was said on them. An end user knows by name whose a request is, who works on it
    /// and who spoke on it. Who is only in copy is their address: anybody can put any address in copy, and must not
    /// learn by it who is behind it, nor whether the account knows them, not by their number either, for numbers ascend:
    /// they get others, below zero, in the order of the addresses.
    pub(super) async fn names_on(
        &self,
        me: &Known,
        requests: &mut [Request],
        said: &[Comment],
    ) -> Result<Names, Error> {
        if !me.person.role.is_staff() {
            self.hide_team(requests).await?;
        }
        let on_it = requests.iter().flat_map(|one| [Some(one.requester), one.assignee]).flatten();
        let mut known: BTreeSet<PersonId> = on_it.chain(said.iter().map(|comment| comment.author)).collect();
        let copied = requests.iter().flat_map(|one| one.ccs.iter().copied());
        let mut addresses = BTreeSet::new();
        if me.person.role.is_staff() {
            known.extend(copied);
        } else {
            addresses.extend(copied.filter(|id| *id != me.person.id && !known.contains(id)));
            known.insert(me.person.id);
        }
        let organizations: Vec<OrganizationId> = requests.iter().filter_map(|one| one.organization).collect();
        let mut names = self.names(known, organizations).await?;
        if !addresses.is_empty() {
            let known = self.store.addresses(addresses.iter().copied()).await?;
            let mut copied: Vec<_> = addresses.into_iter().map(|id| (known.get(&id).cloned(), id)).collect();
            copied.sort();
            let others = copied.iter().map(|(_, id)| *id).zip((1..).map(|number| PersonId(-number)));
            let others: BTreeMap<PersonId, PersonId> = others.collect();
            for request in requests.iter_mut() {
                request.ccs = request.ccs.iter().map(|id| *others.get(id).unwrap_or(id)).collect();
            }
            let by_address = copied.into_iter().filter_map(|(address, id)| Some((*others.get(&id)?, address?)));
            names.people.extend(by_address);
        }
        let groups: BTreeSet<_> = requests.iter().filter_map(|one| one.group).collect();
        let theirs = me.groups().into_iter().filter(|group| groups.contains(&group.id));
        names.groups = theirs.map(|group| (group.id, group.name)).collect();
        Ok(names)
    }

    /// Takes who is of the team off the copies of requests that an end user reads, unless an end user put them there, who
    /// knows the address: whom the team has reading along is its own affair, and so are their addresses.
    async fn hide_team(&self, requests: &mut [Request]) -> Result<(), Error> {
        let team = self.store.team_among(requests.iter().flat_map(|one| one.ccs.iter().copied())).await?;
        for request in requests.iter_mut().filter(|one| !one.ccs.is_disjoint(&team)) {
            let by_others = self.copied_by_end_users(request.id).await?;
            request.ccs.retain(|id| !team.contains(id) || by_others.contains(id));
        }
        Ok(())
    }

    /// Whom end users put in copy of a ticket, whoever is so now.
    async fn copied_by_end_users(&self, ticket: TicketId) -> Result<BTreeSet<PersonId>, Error> {
        let history = self.store.histories(&[ticket]).await?.into_iter().flatten();
        let copied: Vec<(PersonId, BTreeSet<PersonId>)> =
            history.filter_map(|audit| Some((audit.who.person()?, put_in_copy(&audit.events)))).collect();
        let team = self.store.team_among(copied.iter().map(|(by, _)| *by)).await?;
        Ok(copied.into_iter().filter(|(by, _)| !team.contains(by)).flat_map(|(_, copied)| copied).collect())
    }
}

fn put_in_copy(events: &[Event]) -> BTreeSet<PersonId> {
    let copied = events.iter().flat_map(|event| match event {
        Event::Created(created) => created.ccs.clone(),
        Event::CcsChanged { added, .. } => added.clone(),
        _ => BTreeSet::new(),
    });
    copied.collect()
}

pub(super) fn people_of_ticket<'t>(
    ticket: &'t Ticket,
    comments: &'t [Comment],
) -> impl Iterator<Item = PersonId> + Send + 't {
    let on_it = [Some(ticket.requester), Some(ticket.submitter), ticket.assignee].into_iter().flatten();
    let authors = comments.iter().map(|comment| comment.author);
    on_it.chain(authors).chain(ticket.ccs.iter().copied()).chain(ticket.followers.iter().copied())
}
