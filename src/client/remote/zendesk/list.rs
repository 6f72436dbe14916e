//! Lists: of views, of searches, of one's own requests. Views are read as lists of tickets, which cost far less of what an
//! account allows than letting it carry the view out.

use super::Zendesk;
use super::api::{encoded, next, no_account};
use super::far::{self, Beyond, Edge, SEARCHED};
use super::known::Known;
use super::query::{of_condition, order, sought, way};
use super::ticket::{beside, named, request, ticket};
use crate::client::{Capability, Cursor, Error, ListAsk, Names, Page, Source};
use crate::domain::case::TicketType;
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::ticket::{Request, Ticket};
use crate::domain::view::{Sort, SortKey};
use crate::wire::received::Row;
use crate::wire::rules::Conditions;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A list in numbered pages no more than so many.
const LISTED: u64 = 10_000;

/// What is asked of an account for a list.
pub(super) struct Asked {
    /// Below `api/v2/`, with everything but the page.
    pub(super) path: String,
    /// Under which its rows stand.
    pub(super) name: &'static str,
    /// Whether it goes on by cursor; else in numbered pages.
    pub(super) by_cursor: bool,
    /// How many rows it tells at most.
    pub(super) most: u64,
    /// How it goes on behind those.
    pub(super) beyond: Option<Beyond>,
}

impl Asked {
    pub(super) const fn list(path: String, name: &'static str) -> Self {
        Self { path, name, by_cursor: false, most: LISTED, beyond: None }
    }
}

/// A page of it.
pub(super) struct Found {
    body: Arc<Json>,
    next: Option<Cursor>,
    /// Rows that an earlier page has told.
    pub(super) told: BTreeSet<i64>,
}

/// Where a page is.
pub(super) enum Spot {
    /// Numbered: rows before it, and its size.
    Numbered(u64, u64),
    /// The same of what follows the rows that can be numbered.
    After(Edge, u64, u64),
    /// By cursor, the first without one.
    At(Option<String>, u64),
}

impl Zendesk {
    pub(super) async fn list_tickets(&self, ask: ListAsk) -> Result<Page<Ticket>, Error> {
        let known = self.known().await?;
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let asked = of_tickets(&ask, &known)?;
        let found = self.page(&asked, &ask).await?;
        let body = &found.body;
        let read = Row(body).list(asked.name).filter(|row| row.text("result_type").is_none_or(|name| name == "ticket"));
        let raw: Vec<Row<'_>> = read.filter(|row| found.is_new(*row)).collect();
        let rows: Vec<Ticket> = raw.iter().filter_map(|row| ticket(*row, &known)).collect();
        let (people, organizations) = named(&rows);
        let mut names = self.names(Row(body), people, organizations, &known).await?;
        names.problems = problems(&rows, &raw);
        Ok(Page::new(rows, names, found.next.clone()))
    }

    pub(super) async fn list_requests(&self, ask: ListAsk) -> Result<Page<Request>, Error> {
        let known = self.known().await?;
        let asked = of_requests(&ask, &known)?;
        let Found { body, next, .. } = self.page(&asked, &ask).await?;
        let rows: Vec<Request> = Row(&body).list(asked.name).filter_map(|row| request(row, &known)).collect();
        let people = rows.iter().flat_map(|one| [Some(one.requester), one.assignee]).flatten();
        let people = people.chain(rows.iter().flat_map(|one| one.ccs.iter().copied())).collect();
        let organizations = rows.iter().filter_map(|one| one.organization).collect();
        let names = self.names(Row(&body), people, organizations, &known).await?;
        Ok(Page::new(rows, names, next))
    }

    /// A page, and where the next one is.
    async fn page(&self, asked: &Asked, ask: &ListAsk) -> Result<Found, Error> {
        let spot = spot(asked, ask)?;
        let between = if asked.path.contains('?') { '&' } else { '?' };
        let numbered =
            |path: &str, before: u64, size: u64| format!("{path}{between}page={}&per_page={size}", before / size + 1);
        let path = match &spot {
            Spot::Numbered(before, _) if *before >= asked.most => {
                let body = Arc::new(serde_json::json!({ asked.name: [] }));
                return Ok(Found { body, next: None, told: BTreeSet::new() });
            }
            Spot::Numbered(before, size) => numbered(&asked.path, *before, *size),
            Spot::After(edge, before, size) => {
                let beyond = asked.beyond.as_ref().ok_or_else(Error::no_place)?;
                numbered(&beyond.path(edge), *before, *size)
            }
            Spot::At(after, size) => {
                let after = after.as_ref().map(|after| format!("&page%5Bafter%5D={}", encoded(after)));
                format!("{}{between}page%5Bsize%5D={size}{}", asked.path, after.unwrap_or_default())
            }
        };
        let body = self.api.get(&path).await?;
        if !Row(&body).get(asked.name).0.is_array() {
            return Err(no_account());
        }
        let (next, told) = match spot {
            Spot::Numbered(before, size) => (far::next(asked, &body, &Edge::default(), before, size), BTreeSet::new()),
            Spot::After(edge, before, size) => (far::next(asked, &body, &edge, before, size), edge.told()),
            Spot::At(_, size) => (next(&body).map(|after| Cursor(format!("c{size}.{after}"))), BTreeSet::new()),
        };
        Ok(Found { body, next, told })
    }

    /// The names of those; what does not stand beside the answer is asked for, once.
    pub(super) async fn names(
        &self,
        body: Row<'_>,
        people: BTreeSet<PersonId>,
        organizations: BTreeSet<OrganizationId>,
        known: &Known,
    ) -> Result<Names, Error> {
        let mut told = Names::default();
        beside(body, &mut told);
        let me = &known.session.me;
        told.people.insert(me.id, me.name.clone());
        told.organizations.extend(known.session.organization.iter().map(|one| (one.id, one.name.clone())));
        let missing = {
            let mut kept = self.shelf.names();
            kept.people.extend(told.people.clone());
            kept.organizations.extend(told.organizations.clone());
            let people = people.iter().filter(|id| id.0 > 0 && !kept.people.contains_key(id)).copied();
            let organizations = organizations.iter().filter(|id| !kept.organizations.contains_key(id)).copied();
            (people.collect::<Vec<_>>(), organizations.collect::<Vec<_>>())
        };
        if known.is_staff() {
            self.ask_names(&missing.0, &missing.1).await?;
        }
        let kept = self.shelf.names();
        for id in people {
            told.people.extend(kept.people.get(&id).map(|name| (id, name.clone())));
        }
        for id in organizations {
            told.organizations.extend(kept.organizations.get(&id).map(|name| (id, name.clone())));
        }
        drop(kept);
        if known.is_staff() {
            told.groups.clear();
        }
        Ok(told)
    }

    async fn ask_names(&self, people: &[PersonId], organizations: &[OrganizationId]) -> Result<(), Error> {
        let people = people.iter().map(|id| id.0).collect::<Vec<_>>();
        let organizations = organizations.iter().map(|id| id.0).collect::<Vec<_>>();
        for (family, ids) in [("users", people), ("organizations", organizations)] {
            for some in ids.chunks(100) {
                let ids: Vec<String> = some.iter().map(i64::to_string).collect();
                if let Some(body) = self.api.try_get(&format!("{family}/show_many?ids={}", ids.join(","))).await? {
                    beside(Row(&body), &mut self.shelf.names());
                }
            }
        }
        Ok(())
    }
}

/// Those of some tickets that are problems with incidents.
fn problems(tickets: &[Ticket], rows: &[Row<'_>]) -> BTreeSet<crate::domain::id::TicketId> {
    let is_problem = |ticket: &&Ticket| ticket.ticket_type == Some(TicketType::Problem);
    let has = |ticket: &Ticket| {
        rows.iter().any(|row| row.int("id") == Some(ticket.id.0) && row.flag("has_incidents") == Some(true))
    };
    tickets.iter().filter(is_problem).filter(|ticket| has(ticket)).map(|ticket| ticket.id).collect()
}

/// Whether numbered pages are needed: a cursor knows no other order, and no row in the middle.
fn spot(asked: &Asked, ask: &ListAsk) -> Result<Spot, Error> {
    let size = u64::from(ask.limit.clamp(1, 100));
    if ask.before.is_some() {
        return Err(Error::no_place());
    }
    let Some(cursor) = &ask.after else {
        return Ok(match ask.skip {
            0 if asked.by_cursor => Spot::At(None, size),
            skip => Spot::Numbered(skip - skip % size, size),
        });
    };
    let number = |text: &str| text.parse::<u64>().map_err(|_| Error::no_place());
    if let Some((before, size)) = cursor.0.strip_prefix('p').and_then(|rest| rest.split_once('.')) {
        return Ok(Spot::Numbered(number(before)?, number(size)?.clamp(1, 100)));
    }
    if let Some(place) = cursor.0.strip_prefix('w') {
        return Edge::spot(place);
    }
    let place = cursor.0.strip_prefix('c').and_then(|rest| rest.split_once('.')).ok_or_else(Error::no_place)?;
    if !asked.by_cursor {
        return Err(Error::no_place());
    }
    Ok(Spot::At(Some(place.1.to_owned()), number(place.0)?.clamp(1, 100)))
}

const BESIDE: &str = "include=users,organizations,comment_count";

fn of_tickets(ask: &ListAsk, known: &Known) -> Result<Asked, Error> {
    let me = known.session.me.id;
    let by_cursor = ask.skip == 0;
    let plain = ask.narrow.is_none() && ask.sort.is_none();
    let narrow = ask.narrow.as_deref().unwrap_or_default();
    match &ask.source {
        Source::View(slug) => {
            let (id, json) = known.view(slug)?;
            let path = format!("views/{id}/tickets?{BESIDE}");
            match (&ask.narrow, ask.sort) {
                (None, None) => Ok(Asked { by_cursor, ..Asked::list(path, "tickets") }),
                (None, Some(sort)) => {
                    let by = view_order(sort).ok_or(Error::NotHere(Capability::Sorting))?;
                    Ok(Asked::list(format!("{path}&sort_by={by}&sort_order={}", way(sort)), "tickets"))
                }
                (Some(narrow), sort) => {
                    let conditions = serde_json::from_value(Row(json).get("conditions").0.clone());
                    let conditions: Conditions = conditions.map_err(|_| Error::NotHere(Capability::Searching))?;
                    let when = conditions.read(&known.directory).map_err(|_| Error::NotHere(Capability::Searching))?;
                    search(&of_condition(&when, known)?, narrow, sort, known)
                }
            }
        }
        Source::Incidents(problem) if plain => {
            Ok(Asked { by_cursor, ..Asked::list(format!("tickets/{problem}/incidents?{BESIDE}"), "tickets") })
        }
        Source::Incidents(_) => Err(Error::NotHere(Capability::Sorting)),
        Source::Mine => search("requester:me", narrow, ask.sort, known),
        Source::Ccd => search("cc:me", narrow, ask.sort, known),
        Source::Organization => match &known.session.organization {
            Some(own) => {
                let both = format!("organization:{} -requester:{me}", own.id);
                search(&both, narrow, ask.sort, known)
            }
            None => Err(Error::NotFound),
        },
        // Everything: the account's own list, which knows at once of what was just written.
        Source::Search(text) if text.trim().is_empty() && ask.narrow.is_none() => {
            let sort = ask.sort.unwrap_or(Sort::LATEST);
            let by = match sort.by {
                SortKey::Updated | SortKey::Relevance => "updated_at",
                SortKey::Id => "id",
                SortKey::Status => "status",
                SortKey::Priority => return search("", "", Some(sort), known),
            };
            let sign = if sort.descending { "-" } else { "" };
            let numbered = format!("&sort_by={}&sort_order={}", if by == "id" { "created_at" } else { by }, way(sort));
            let order = if by_cursor { format!("&sort={sign}{by}") } else { numbered };
            Ok(Asked { by_cursor, ..Asked::list(format!("tickets?{BESIDE}{order}"), "tickets") })
        }
        Source::Search(text) => search(text, narrow, ask.sort, known),
    }
}

/// What views are sorted by.
const fn view_order(sort: Sort) -> Option<&'static str> {
    match sort.by {
        SortKey::Updated => Some("updated"),
        SortKey::Id => Some("nice_id"),
        SortKey::Status => Some("status"),
        SortKey::Priority => Some("priority"),
        SortKey::Relevance => None,
    }
}

/// A search for tickets that both texts are true of.
fn search(base: &str, narrow: &str, sort: Option<Sort>, known: &Known) -> Result<Asked, Error> {
    let (first, second) = (sought(base, known)?, sought(narrow, known)?);
    let usual = if narrow.trim().is_empty() { first.sort } else { second.sort };
    let sort = sort.unwrap_or(usual);
    let order = order(sort).map_or_else(String::new, |by| format!("&sort_by={by}&sort_order={}", way(sort)));
    Ok(far::of_tickets(&format!("{} {}", first.text, second.text), sort, &order))
}

fn of_requests(ask: &ListAsk, known: &Known) -> Result<Asked, Error> {
    let own = || known.session.organization.as_ref().map(|one| one.id);
    let sort = ask.sort.unwrap_or(Sort::LATEST);
    let by = match sort.by {
        SortKey::Updated | SortKey::Relevance => "updated_at",
        SortKey::Id => "created_at",
        SortKey::Status | SortKey::Priority => return Err(Error::NotHere(Capability::Sorting)),
    };
    let order = format!("sort_by={by}&sort_order={}", way(sort));
    let query = |more: &str, text: &str| {
        let sought = sought(text, known)?;
        let path = format!("requests/search?query={}{more}&{order}", encoded(&sought.text));
        Ok(Asked { most: SEARCHED, ..Asked::list(path, "requests") })
    };
    let narrow = ask.narrow.as_deref().filter(|text| !text.trim().is_empty());
    match (&ask.source, narrow) {
        (Source::View(_) | Source::Incidents(_), _) => Err(Error::Denied),
        (Source::Mine, None) => Ok(Asked::list(format!("requests?{order}"), "requests")),
        (Source::Mine, Some(text)) => query("", &format!("requester:me {text}")),
        (Source::Ccd, None) => Ok(Asked::list(format!("requests/ccd?{order}"), "requests")),
        (Source::Ccd, Some(text)) => query("&cc_id=true", text),
        (Source::Organization, narrow) => {
            let id = own().ok_or(Error::NotFound)?;
            match narrow {
                None => Ok(Asked::list(format!("organizations/{id}/requests?{order}"), "requests")),
                Some(text) => query(&format!("&organization_id={id}"), text),
            }
        }
        (Source::Search(text), narrow) => query("", &format!("{text} {}", narrow.unwrap_or_default())),
    }
}
