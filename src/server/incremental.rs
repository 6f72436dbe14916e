//! Everything that changed since a moment, for whoever keeps a copy. What changed within the last minute waits: it may not
//! be over yet.

mod events;
mod people;

use super::App;
use super::ask::Ask;
use super::caller::Caller;
use super::paging::Paging;
use super::problem::Problem;
use super::shape::Listed;
use super::tickets::list::wanted;
use super::tickets::shown::{Shown, beside, shown};
use crate::client::{Client as _, Cursor, Source};
use crate::domain::ticket::Ticket;
use crate::domain::time::{Span, Timestamp};
use crate::domain::view::{Sort, SortKey};
use crate::wire::Time;
use axum::Json;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// So many tickets come at once, more only where they changed within the same second.
const MOST: usize = 1_000;
/// So many are read at once.
const AT_ONCE: u32 = 100;
/// So many come as a sample.
const SAMPLE: usize = 50;
/// What is younger waits.
const SETTLED_AFTER: Span = Span(60_000);

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(tickets))
        .routes(routes!(tickets_by_cursor))
        .routes(routes!(tickets_sample))
        .merge(people::routes())
        .merge(events::routes())
}

/// Tickets that changed, by time.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct ByTime {
    tickets: Vec<Shown>,
    count: u64,
    end_of_stream: bool,
    next_page: String,
    end_time: i64,
}

/// Tickets that changed, by cursor.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct ByCursor {
    tickets: Vec<Shown>,
    after_url: Option<String>,
    after_cursor: Option<String>,
    before_url: Option<String>,
    before_cursor: Option<String>,
    end_of_stream: bool,
}

/// Where an export goes on: from which moment on, and after which place in the list of what changed since.
struct Place {
    since: i64,
    after: Option<Cursor>,
}

impl Place {
    fn read(text: &str) -> Result<Self, Problem> {
        let bad = || Problem::bad_parameter("cursor");
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| bad())?;
        let text = String::from_utf8(bytes).map_err(|_| bad())?;
        let (since, after) = text.split_once('/').ok_or_else(bad)?;
        let after = Some(after).filter(|after| !after.is_empty()).map(|after| Cursor(after.to_owned()));
        Ok(Self { since: since.parse().map_err(|_| bad())?, after })
    }

    fn write(&self) -> String {
        let after = self.after.as_ref().map(|cursor| cursor.0.as_str()).unwrap_or_default();
        BASE64_URL_SAFE_NO_PAD.encode(format!("{}/{after}", self.since))
    }
}

/// Tickets that changed since a moment, the longest ago first.
#[utoipa::path(get, path = "/incremental/tickets", tag = "Incremental Export",
    params(("start_time" = i64, Query), ("include" = Option<String>, Query), ("per_page" = Option<u32>, Query)),
    responses((status = 200, description = "Tickets", body = ByTime)))]
async fn tickets(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    since(&caller, &ask, page_size(&ask)?).await
}

/// The first of them.
#[utoipa::path(get, path = "/incremental/tickets/sample", tag = "Incremental Export",
    params(("start_time" = i64, Query), ("include" = Option<String>, Query)),
    responses((status = 200, description = "Tickets", body = ByTime)))]
async fn tickets_sample(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    since(&caller, &ask, SAMPLE).await
}

async fn since(caller: &Caller, ask: &Ask, most: usize) -> Result<Listed, Problem> {
    caller.admin().await?;
    let since = start(caller, ask)?;
    let (tickets, _, more) = changed(caller, &Place { since, after: None }, most, true).await?;
    let mut body = told(caller, ask, &tickets).await?;
    let end = tickets.last().map_or(since, |last| last.updated_at.0.div_euclid(1000));
    // Of the last second some may be missing still: it comes once more.
    body.insert("count".to_owned(), json!(tickets.len()));
    body.insert("end_of_stream".to_owned(), json!(!more));
    body.insert("end_time".to_owned(), json!(end));
    body.insert("next_page".to_owned(), json!(onward(caller, ask, &[("start_time", end.to_string())])));
    Ok(Json(body))
}

/// Tickets that changed since a moment, the longest ago first, each page from where the one before ended.
#[utoipa::path(get, path = "/incremental/tickets/cursor", tag = "Incremental Export",
    params(("start_time" = Option<i64>, Query), ("cursor" = Option<String>, Query), ("include" = Option<String>, Query),
        ("per_page" = Option<u32>, Query)),
    responses((status = 200, description = "Tickets", body = ByCursor)))]
async fn tickets_by_cursor(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    caller.admin().await?;
    let from = match ask.get("cursor") {
        Some(cursor) => Place::read(cursor)?,
        None => Place { since: start(&caller, &ask)?, after: None },
    };
    let (tickets, last, more) = changed(&caller, &from, page_size(&ask)?, false).await?;
    let mut body = told(&caller, &ask, &tickets).await?;
    let after = Place { since: from.since, after: last.or(from.after) }.write();
    body.insert("after_url".to_owned(), json!(onward(&caller, &ask, &[("cursor", after.clone())])));
    body.insert("after_cursor".to_owned(), json!(after));
    body.insert("before_url".to_owned(), Value::Null);
    body.insert("before_cursor".to_owned(), Value::Null);
    body.insert("end_of_stream".to_owned(), json!(!more));
    Ok(Json(body))
}

fn page_size(ask: &Ask) -> Result<usize, Problem> {
    Ok(ask.number::<usize>("per_page")?.unwrap_or(MOST).clamp(1, MOST))
}

/// The second that is meant: a number, of which some programs write fractions, or a time.
fn second(text: &str) -> Option<i64> {
    let text = text.trim();
    let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let number = whole.map_or(text, |(whole, _)| whole).parse().ok();
    number.or_else(|| Some(Time::parse(text)?.0.0.div_euclid(1000)))
}

/// Where it goes on: with all that was asked for but where it began.
fn onward(caller: &Caller, ask: &Ask, place: &[(&str, String)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in place {
        query.append_pair(name, value);
    }
    let kept = ask.pairs().iter().filter(|(name, _)| !["start_time", "cursor", "since"].contains(&name.as_str()));
    query.extend_pairs(kept);
    format!("{}?{}", caller.here.url(), query.finish())
}

/// From which second on: at least a minute ago.
fn start(caller: &Caller, ask: &Ask) -> Result<i64, Problem> {
    let since = ask.get("start_time").and_then(second).ok_or_else(|| Problem::bad_parameter("start_time"))?;
    let latest = (caller.client.now().0 - SETTLED_AFTER.0).div_euclid(1000);
    let too_recent = || {
        Problem::invalid("start_time", "InvalidValue", "Too recent start_time. Use a start_time older than 60 seconds")
    };
    if (0..=latest).contains(&since) { Ok(since) } else { Err(too_recent()) }
}

/// What changed from a place on, where it ends, and whether there is more. Whoever goes on by `onward` gets beyond the second
/// in which they began, however much changed in it.
async fn changed(
    caller: &Caller,
    from: &Place,
    most: usize,
    onward: bool,
) -> Result<(Vec<Ticket>, Option<Cursor>, bool), Problem> {
    let moment = |seconds: i64| Time(Timestamp(seconds.saturating_mul(1000))).text();
    let settled = (caller.client.now().0 - SETTLED_AFTER.0).div_euclid(1000);
    let query = format!("updated>={} updated<{}", moment(from.since), moment(settled));
    let sort = Sort { by: SortKey::Updated, descending: false };
    let (mut all, mut after, mut more): (Vec<Ticket>, _, _) = (Vec::new(), from.after.clone(), true);
    while more {
        let left = most.saturating_sub(all.len());
        let stands = all.last().is_none_or(|last| last.updated_at.0.div_euclid(1000) <= from.since);
        if left == 0 && !(onward && stands) {
            break;
        }
        let size = if left == 0 { AT_ONCE } else { u32::try_from(left).unwrap_or(AT_ONCE).min(AT_ONCE) };
        let paging = Paging::Cursor { size, after: after.clone(), before: None };
        let found = caller.say(caller.client.tickets(wanted(Source::Search(query.clone()), sort, &paging)).await)?;
        more = found.edges.as_ref().is_some_and(|edges| edges.more);
        after = found.edges.map(|edges| edges.last).or(after);
        all.extend(found.rows);
    }
    Ok((all, after, more))
}

async fn told(caller: &Caller, ask: &Ask, tickets: &[Ticket]) -> Result<Map<String, Value>, Problem> {
    let session = caller.session().await?;
    let include = ask.include();
    let rows = shown(caller, &caller.place(&session), tickets, &include).await?;
    let mut body = Map::new();
    body.insert("tickets".to_owned(), json!(rows));
    body.extend(beside(caller, &session, tickets, &include).await?);
    Ok(body)
}
