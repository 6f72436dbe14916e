//! People and organizations that changed, in the order in which the account's own history tells of it.

use super::{Place, SAMPLE, SETTLED_AFTER, onward, page_size, start};
use crate::client::{Client as _, Cursor, LogAsk, PeopleAsk};
use crate::domain::act::OrganizationRef;
use crate::domain::event::{Event, Named};
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::life::PersonEvent;
use crate::domain::refusal::Sort;
use crate::domain::time::Timestamp;
use crate::server::App;
use crate::server::ask::Ask;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::Listed;
use crate::server::users::{AnyUser, Looking};
use crate::wire::{Organization, User};
use axum::Json;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// So many entries of the history are read at once.
const AT_ONCE: u32 = 100;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(users))
        .routes(routes!(users_by_cursor))
        .routes(routes!(users_sample))
        .routes(routes!(organizations))
        .routes(routes!(organizations_sample))
}

/// People that changed, by time.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct UsersByTime {
    users: Vec<User>,
    count: u64,
    end_of_stream: bool,
    next_page: String,
    end_time: i64,
}

/// People that changed, by cursor.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct UsersByCursor {
    users: Vec<User>,
    after_url: Option<String>,
    after_cursor: Option<String>,
    before_url: Option<String>,
    before_cursor: Option<String>,
    end_of_stream: bool,
}

/// Organizations that changed, by time.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct OrganizationsByTime {
    organizations: Vec<Organization>,
    count: u64,
    end_of_stream: bool,
    next_page: String,
    end_time: i64,
}

/// What changed, and up to where that is known.
struct Changed<T> {
    rows: Vec<T>,
    /// The number of the last entry that was looked at.
    last: i64,
    /// When that was.
    at: Option<Timestamp>,
    more: bool,
}

/// Walks along the account's history after an entry, and gathers what its events are about, each once. Whoever goes on by
/// time is told all of the last second, and gets beyond the one in which they began.
async fn changed<T: Ord + Copy>(
    caller: &Caller,
    (after, since): (i64, i64),
    most: usize,
    by_time: bool,
    about: impl Fn(&Event) -> BTreeSet<T>,
) -> Result<Changed<T>, Problem> {
    let settled = caller.client.now().0 - SETTLED_AFTER.0;
    let (mut known, mut found) = (BTreeSet::new(), Changed { rows: Vec::new(), last: after, at: None, more: true });
    while found.more {
        let place = (found.last > 0).then(|| Cursor(found.last.to_string()));
        let ask = LogAsk { newest_first: false, after: place, limit: AT_ONCE };
        let page = caller.say(caller.client.admin_log(ask).await)?;
        found.more = page.next.is_some();
        for audit in page.rows {
            let second = |at: Timestamp| at.0.div_euclid(1000);
            let same = found.at.is_some_and(|at| second(at) == second(audit.at) || second(at) <= since);
            if audit.at.0 >= settled {
                found.more = false;
                return Ok(found);
            }
            if found.rows.len() >= most && !(by_time && same) {
                found.more = true;
                return Ok(found);
            }
            for one in audit.events.iter().flat_map(&about) {
                if known.insert(one) {
                    found.rows.push(one);
                }
            }
            (found.last, found.at) = (audit.number, Some(audit.at));
        }
    }
    Ok(found)
}

/// Who is another by an event of the account. By what they sign in with nobody is.
fn people(event: &Event) -> BTreeSet<PersonId> {
    let person = match event {
        Event::Person(what) => {
            matches!(what, PersonEvent::Merged { .. } | PersonEvent::Deleted(_) | PersonEvent::Erased { .. })
        }
        _ => matches!(event, Event::PersonCreated { .. } | Event::PersonChanged { .. }),
    };
    if person { Named::by([event]).people } else { BTreeSet::new() }
}

fn organizations_of(event: &Event) -> BTreeSet<OrganizationId> {
    match event {
        Event::OrganizationCreated(_) | Event::OrganizationChangedIn { .. } => Named::by([event]).organizations,
        _ => BTreeSet::new(),
    }
}

async fn shown(caller: &Caller, ids: &[PersonId]) -> Result<Vec<AnyUser>, Problem> {
    let looking = Looking::staff(caller).await?;
    let mut users = Vec::with_capacity(ids.len());
    for some in ids.chunks(100) {
        let page = caller.say(caller.client.people(PeopleAsk::Ids(some.to_vec())).await)?;
        let place = |id: PersonId| some.iter().position(|one| *one == id);
        let mut rows = page.rows;
        rows.sort_by_key(|person| place(person.id));
        users.extend(rows.iter().map(|person| looking.user(person)));
    }
    Ok(users)
}

fn by_time<T>(
    (caller, ask): (&Caller, &Ask),
    since: i64,
    found: &Changed<T>,
    (key, rows): (&str, Value),
) -> Map<String, Value> {
    let end = found.at.map_or(since, |at| at.0.div_euclid(1000)).max(since);
    let mut body = Map::new();
    body.insert("count".to_owned(), json!(rows.as_array().map_or(0, Vec::len)));
    body.insert(key.to_owned(), rows);
    body.insert("end_of_stream".to_owned(), json!(!found.more));
    body.insert("end_time".to_owned(), json!(end));
    body.insert("next_page".to_owned(), json!(onward(caller, ask, &[("start_time", end.to_string())])));
    body
}

async fn users_since(caller: &Caller, ask: &Ask, most: usize) -> Result<Listed, Problem> {
    caller.admin().await?;
    let since = start(caller, ask)?;
    let after = caller.say(caller.client.logged_before(Timestamp(since.saturating_mul(1000))).await)?;
    let found = changed(caller, (after, since), most, true, people).await?;
    let rows = json!(shown(caller, &found.rows).await?);
    Ok(Json(by_time((caller, ask), since, &found, ("users", rows))))
}

/// People that changed since a moment, as they are now, the longest ago first.
#[utoipa::path(get, path = "/incremental/users", tag = "Incremental Export",
    params(("start_time" = i64, Query), ("per_page" = Option<u32>, Query)),
    responses((status = 200, description = "People", body = UsersByTime)))]
async fn users(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    users_since(&caller, &ask, page_size(&ask)?).await
}

/// The first of them.
#[utoipa::path(get, path = "/incremental/users/sample", tag = "Incremental Export",
    params(("start_time" = i64, Query)), responses((status = 200, description = "People", body = UsersByTime)))]
async fn users_sample(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    users_since(&caller, &ask, SAMPLE).await
}

/// People that changed since a moment, as they are now, each page from where the one before ended.
#[utoipa::path(get, path = "/incremental/users/cursor", tag = "Incremental Export",
    params(("start_time" = Option<i64>, Query), ("cursor" = Option<String>, Query), ("per_page" = Option<u32>, Query)),
    responses((status = 200, description = "People", body = UsersByCursor)))]
async fn users_by_cursor(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    caller.admin().await?;
    let bad = || Problem::bad_parameter("cursor");
    let (since, after) = if let Some(cursor) = ask.get("cursor") {
        let place = Place::read(cursor)?;
        let after = place.after.as_ref().map_or(Ok(0), |after| after.0.parse().map_err(|_| bad()))?;
        (place.since, after)
    } else {
        let since = start(&caller, &ask)?;
        (since, caller.say(caller.client.logged_before(Timestamp(since.saturating_mul(1000))).await)?)
    };
    let found = changed(&caller, (after, since), page_size(&ask)?, false, people).await?;
    let place = Place { since, after: Some(Cursor(found.last.to_string())) }.write();
    let mut body = Map::new();
    body.insert("users".to_owned(), json!(shown(&caller, &found.rows).await?));
    body.insert("after_url".to_owned(), json!(onward(&caller, &ask, &[("cursor", place.clone())])));
    body.insert("after_cursor".to_owned(), json!(place));
    body.insert("before_url".to_owned(), Value::Null);
    body.insert("before_cursor".to_owned(), Value::Null);
    body.insert("end_of_stream".to_owned(), json!(!found.more));
    Ok(Json(body))
}

async fn organizations_since(caller: &Caller, ask: &Ask, most: usize) -> Result<Listed, Problem> {
    let session = caller.admin().await?;
    let place = caller.place(&session);
    let since = start(caller, ask)?;
    let after = caller.say(caller.client.logged_before(Timestamp(since.saturating_mul(1000))).await)?;
    let found = changed(caller, (after, since), most, true, organizations_of).await?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for id in &found.rows {
        match caller.client.organization(OrganizationRef::Id(*id)).await {
            Ok(known) => rows.push(Organization::of(&known, &place)),
            // It was deleted since.
            Err(error) if error.sort() == Sort::NotFound => {}
            Err(error) => return Err(caller.problem(&error)),
        }
    }
    Ok(Json(by_time((caller, ask), since, &found, ("organizations", json!(rows)))))
}

/// Organizations that changed since a moment, as they are now, the longest ago first.
#[utoipa::path(get, path = "/incremental/organizations", tag = "Incremental Export",
    params(("start_time" = i64, Query), ("per_page" = Option<u32>, Query)),
    responses((status = 200, description = "Organizations", body = OrganizationsByTime)))]
async fn organizations(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    organizations_since(&caller, &ask, page_size(&ask)?).await
}

/// The first of them.
#[utoipa::path(get, path = "/incremental/organizations/sample", tag = "Incremental Export",
    params(("start_time" = i64, Query)), responses((status = 200, description = "Organizations", body = OrganizationsByTime)))]
async fn organizations_sample(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    organizations_since(&caller, &ask, SAMPLE).await
}
