//! Lists and counts: what a source selects, for whom.

use super::{Embedded, MOST_COUNTED, MOST_COUNTS, MOST_ROWS};
use crate::client::{Count, Cursor, Edges, Error, ListAsk, Page, Source, ViewTitle};
use crate::domain::case::TicketType;
use crate::domain::condition::Condition;
use crate::domain::form::Reader as Form;
use crate::domain::id::{PersonId, TicketId};
use crate::domain::person::Person;
use crate::domain::search::{Fault, Names, Query, QueryError};
use crate::domain::ticket::{Request, Ticket};
use crate::domain::view::{Column, Sort, View};
use crate::store::{Base, Found, Known, Reader, Store, Wanted};
use std::collections::BTreeSet;

/// What a source selects.
struct Selected {
    base: Base,
    condition: Condition,
    sort: Sort,
    group_by: Option<Column>,
}

impl Selected {
    async fn of(store: &Store, person: &Person, source: &Source, names: &Names) -> Result<Self, Error> {
        let all = |base| Self { base, condition: Condition::EVERYTHING, sort: Sort::LATEST, group_by: None };
        Ok(match source {
            Source::Mine => all(Base::Mine),
            Source::Ccd => all(Base::Ccd),
            Source::Organization => all(Base::Organization),
            Source::Incidents(problem) => all(Base::Incidents(*problem)),
            Source::View(slug) => {
                let view = store.views(person).await?.into_iter().find(|view| view.slug == *slug);
                let view = view.ok_or(Error::NotFound)?;
                Self { base: Base::Visible, condition: view.when, sort: view.sort, group_by: view.group_by }
            }
            Source::Search(text) => {
                let query = Query::parse_with(text, names).map_err(Error::Unclear)?;
                Self { base: Base::Visible, condition: query.condition(), sort: query.order(), group_by: None }
            }
        })
    }

    /// With what an ask adds to it.
    fn narrowed(mut self, ask: &ListAsk, names: &Names) -> Result<Self, Error> {
        if let Some(text) = &ask.narrow {
            let query = Query::parse_with(text, names).map_err(Error::Unclear)?;
            self.sort = query.sort.unwrap_or(self.sort);
            self.condition = self.condition.and(query.condition());
        }
        self.sort = ask.sort.unwrap_or(self.sort);
        Ok(self)
    }
}

/// What an end user may ask for: no views, and no tests that would tell what is not shown to them.
fn for_requesters(ask_source: &Source, narrow: Option<&str>, names: &Names) -> Result<(), Error> {
    let texts = match ask_source {
        Source::View(_) | Source::Incidents(_) => return Err(Error::Denied),
        Source::Search(text) => [Some(text.as_str()), narrow],
        Source::Mine | Source::Ccd | Source::Organization => [None, narrow],
    };
    for text in texts.into_iter().flatten() {
        let query = Query::parse_with(text, names).map_err(Error::Unclear)?;
        if let Some(term) = query.terms.iter().find(|term| term.test.is_for_staff()) {
            let part: String = term.to_string().chars().take(40).collect();
            return Err(Error::Unclear(QueryError { at: 0, part, fault: Fault::Agents }));
        }
    }
    Ok(())
}

impl From<View> for ViewTitle {
    fn from(view: View) -> Self {
        let title = view.title.unwrap_or_else(|| view.slug.clone());
        let View { id, slug, owner, columns, group_by, .. } = view;
        Self { id, slug, title, owner, columns, group_by }
    }
}

impl Embedded {
    pub(super) async fn list_tickets(&self, ask: ListAsk) -> Result<Page<Ticket>, Error> {
        let me = self.staff().await?;
        let reader = me.reader(self.now(), false);
        self.may_list(&reader, &ask.source).await?;
        let found = self.page(&reader, &ask, &Names::of(me.setup(), Form::Agent)).await?;
        let people = found.tickets.iter().flat_map(|ticket| super::names::people_of_ticket(ticket, &[]));
        let people: Vec<PersonId> = people.collect();
        let organizations: Vec<_> = found.tickets.iter().filter_map(|ticket| ticket.organization).collect();
        let (names, ends) =
            futures::future::try_join(self.names(people, organizations), self.ends(&found.tickets, Form::Agent))
                .await?;
        let names = self.with_problems(names, &reader, &found.tickets).await?;
        let edges = edges(&found);
        Ok(Page { rows: found.tickets, names, next: found.next.map(Cursor), ends, edges })
    }

    /// Whose incidents are listed must be a ticket of which one may know: its number is told to nobody else.
    async fn may_list(&self, reader: &Reader, source: &Source) -> Result<(), Error> {
        let Source::Incidents(problem) = source else { return Ok(()) };
        self.store.find_ticket(reader, *problem).await?.map(|_| ()).ok_or(Error::NotFound)
    }

    /// With which of some tickets are problems that have incidents.
    pub(super) async fn with_problems(
        &self,
        mut names: crate::client::Names,
        reader: &Reader,
        tickets: &[Ticket],
    ) -> Result<crate::client::Names, Error> {
        let problems = tickets.iter().filter(|ticket| ticket.ticket_type == Some(TicketType::Problem));
        names.problems = self.store.with_incidents(reader, problems.map(|ticket| ticket.id)).await?;
        Ok(names)
    }

    /// Which of some tickets, of which the one who asks was just told, are problems that have incidents.
    ///
    /// # Errors
    /// [`Error::Denied`] for end users.
    pub async fn problems_among(&self, tickets: &[Ticket]) -> Result<BTreeSet<TicketId>, Error> {
        if tickets.iter().all(|ticket| ticket.ticket_type != Some(TicketType::Problem)) {
            return Ok(BTreeSet::new());
        }
        let reader = self.staff().await?.reader(self.now(), false);
        Ok(self.with_problems(crate::client::Names::default(), &reader, tickets).await?.problems)
    }

    pub(super) async fn list_requests(&self, ask: ListAsk) -> Result<Page<Request>, Error> {
        let me = self.me().await?;
        let names = Names::of(me.setup(), Form::Requester);
        for_requesters(&ask.source, ask.narrow.as_deref(), &names)?;
        let found = self.page(&me.reader(self.now(), true), &ask, &names).await?;
        let mut rows: Vec<Request> = found.tickets.iter().map(|ticket| self.request_of(&me, ticket)).collect();
        let names = self.names_on(&me, &mut rows, &[]).await?;
        let ends = self.ends(&found.tickets, Form::Requester).await?;
        let edges = edges(&found);
        Ok(Page { rows, names, next: found.next.map(Cursor), ends, edges })
    }

    /// Somebody's requests, as they have them, for whoever of the team works with them.
    ///
    /// # Errors
    /// [`Error::Denied`] for end users.
    pub async fn requests_of(&self, requester: PersonId, ask: ListAsk) -> Result<Page<Request>, Error> {
        let me = self.staff().await?;
        let names = Names::of(me.setup(), Form::Agent);
        let ask = ListAsk { source: Source::requests_of(requester), ..ask };
        let found = self.page(&me.reader(self.now(), false), &ask, &names).await?;
        let rows = found.tickets.iter().map(|ticket| Request::of(ticket, me.settings(), me.setup())).collect();
        let names =
            self.names(found.tickets.iter().flat_map(|one| super::names::people_of_ticket(one, &[])), []).await?;
        let edges = edges(&found);
        Ok(Page { edges, ..Page::new(rows, names, found.next.map(Cursor)) })
    }

    pub(super) async fn list_matching(&self, when: Condition, limit: u32) -> Result<(Count, Page<Ticket>), Error> {
        let me = self.staff().await?;
        let reader = me.reader(self.now(), false);
        let (value, or_more) = self.store.count(&reader, Base::Visible, &when).await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let wanted = Wanted::first(Base::Visible, &when, Sort::LATEST, limit);
        let found = self.store.list(&reader, &wanted).await?;
        let found = found.map_err(|_| Error::no_place())?;
        let people: Vec<PersonId> =
            found.tickets.iter().flat_map(|ticket| super::names::people_of_ticket(ticket, &[])).collect();
        let names = self.names(people, []).await?;
        Ok((Count { value, or_more }, Page::new(found.tickets, names, None)))
    }

    async fn page(&self, reader: &Reader, ask: &ListAsk, names: &Names) -> Result<Found, Error> {
        let selected = Selected::of(&self.store, &reader.person, &ask.source, names).await?.narrowed(ask, names)?;
        let wanted = Wanted {
            base: selected.base,
            condition: &selected.condition,
            sort: selected.sort,
            group_by: selected.group_by,
            after: ask.after.as_ref().map(|cursor| cursor.0.as_str()),
            before: ask.before.as_ref().map(|cursor| cursor.0.as_str()),
            skip: ask.skip,
            limit: ask.limit.clamp(1, MOST_ROWS),
        };
        let found = self.store.list(reader, &wanted).await?;
        found.map_err(|_| Error::no_place())
    }

    pub(super) async fn count_all(&self, sources: Vec<Source>) -> Result<Vec<Count>, Error> {
        let me = self.me().await?;
        if sources.len() > MOST_COUNTS {
            return Err(super::too_much(MOST_COUNTS as u64));
        }
        if me.person.role.is_staff() && sources.iter().all(|source| matches!(source, Source::View(_))) {
            return self.count_views(&me, &sources).await;
        }
        let mut counts = Vec::with_capacity(sources.len());
        for source in &sources {
            counts.push(self.count(&me, source, MOST_COUNTED).await?);
        }
        Ok(counts)
    }

    /// How many there are of a source, as the one who asks sees it, counted up to a bound of one's own.
    ///
    /// # Errors
    /// As for [`Client::counts`](crate::client::Client::counts).
    pub async fn count_up_to(&self, source: &Source, most: u64) -> Result<Count, Error> {
        self.count(&self.me().await?, source, most).await
    }

    /// How many requests a source has, narrowed by a query, as whoever asks sees them as a requester.
    ///
    /// # Errors
    /// As for [`Client::requests`](crate::client::Client::requests).
    pub async fn count_requests(&self, source: &Source, narrow: Option<&str>, most: u64) -> Result<Count, Error> {
        let me = self.me().await?;
        let names = Names::of(me.setup(), Form::Requester);
        for_requesters(source, narrow, &names)?;
        let ask = ListAsk { narrow: narrow.map(str::to_owned), ..ListAsk::first(source.clone()) };
        let selected = Selected::of(&self.store, &me.person, source, &names).await?.narrowed(&ask, &names)?;
        let reader = me.reader(self.now(), true);
        let (value, or_more) = self.store.count_up_to(&reader, selected.base, &selected.condition, most).await?;
        Ok(Count { value, or_more })
    }

    async fn count(&self, me: &Known, source: &Source, most: u64) -> Result<Count, Error> {
        let theirs = matches!(source, Source::Mine | Source::Ccd | Source::Organization);
        let as_requester = theirs || !me.person.role.is_staff();
        let names = Names::of(me.setup(), Form::of(!as_requester));
        if as_requester {
            for_requesters(source, None, &names)?;
        }
        let selected = Selected::of(&self.store, &me.person, source, &names).await?;
        let reader = me.reader(self.now(), as_requester);
        self.may_list(&reader, source).await?;
        let (value, or_more) = self.store.count_up_to(&reader, selected.base, &selected.condition, most).await?;
        Ok(Count { value, or_more })
    }
}

fn edges(found: &Found) -> Option<Edges> {
    let (first, last) = found.edges.clone()?;
    Some(Edges { first: Cursor(first), last: Cursor(last), more: found.more })
}

impl Source {
    /// What somebody asked for, without what they know nothing of.
    pub fn requests_of(requester: PersonId) -> Self {
        Self::Search(format!("requester:{requester} private:false"))
    }
}
