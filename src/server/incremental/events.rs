//! What was done to tickets that changed, ticket by ticket: the longest unchanged first, each with everything that was done
//! to it since the moment from which somebody follows.

use super::{Place, SAMPLE, changed, onward, start};
use crate::client::Client as _;
use crate::domain::comment::Visibility;
use crate::domain::event::{Audit as Domain, Event};
use crate::server::App;
use crate::server::ask::Ask;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use crate::server::shape::Listed;
use crate::server::tickets::said::AuditShown;
use crate::wire;
use axum::Json;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The history of so many tickets comes at once, more only where they changed within the same second.
const TICKETS: usize = 100;
/// So many entries of a history are read at once.
const AT_ONCE: u32 = 100;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events)).routes(routes!(sample))
}

/// What was done to tickets, by time.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct TicketEvents {
    ticket_events: Vec<Value>,
    count: u64,
    end_of_stream: bool,
    next_page: String,
    end_time: i64,
}

/// What was done to tickets since a moment. `since`, which `next_page` has, is the moment from which one follows: pages go on
/// by the tickets' last changes.
#[utoipa::path(get, path = "/incremental/ticket_events", tag = "Incremental Export",
    params(("start_time" = i64, Query), ("since" = Option<i64>, Query), ("include" = Option<String>, Query)),
    responses((status = 200, description = "What was done", body = TicketEvents)))]
async fn events(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    since(&caller, &ask, TICKETS).await
}

/// The first of it.
#[utoipa::path(get, path = "/incremental/ticket_events/sample", tag = "Incremental Export",
    params(("start_time" = i64, Query), ("include" = Option<String>, Query)),
    responses((status = 200, description = "What was done", body = TicketEvents)))]
async fn sample(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    since(&caller, &ask, SAMPLE).await
}

async fn since(caller: &Caller, ask: &Ask, most: usize) -> Result<Listed, Problem> {
    let session = caller.admin().await?;
    let place = caller.place(&session);
    let from = start(caller, ask)?;
    let since = ask.number::<i64>("since")?.unwrap_or(from).min(from);
    let (tickets, _, more) = changed(caller, &Place { since: from, after: None }, most, true).await?;
    let comments = ask.include().contains("comment_events");
    let mut rows = Vec::new();
    for ticket in &tickets {
        let mut after = 0;
        loop {
            let page = caller.say(caller.client.audits(ticket.id, after, AT_ONCE).await)?;
            let Some(last) = page.rows.last() else { break };
            after = last.number;
            let late = page.rows.iter().filter(|audit| audit.at.0.div_euclid(1000) >= since);
            rows.extend(late.map(|audit| shown(audit, &place, comments)));
            if page.next.is_none() {
                break;
            }
        }
    }
    let end = tickets.last().map_or(from, |last| last.updated_at.0.div_euclid(1000));
    let mut body = Map::new();
    body.insert("count".to_owned(), json!(rows.len()));
    body.insert("ticket_events".to_owned(), json!(rows));
    body.insert("end_of_stream".to_owned(), json!(!more));
    body.insert("end_time".to_owned(), json!(end));
    // Whoever has it all begins anew there.
    let mut place = vec![("start_time", end.to_string())];
    if more {
        place.push(("since", since.to_string()));
    }
    body.insert("next_page".to_owned(), json!(onward(caller, ask, &place)));
    Ok(Json(body))
}

/// An entry of a history with what happened in it under the names of the fields; what was said only where it is asked for.
fn shown(audit: &Domain, place: &wire::Place, comments: bool) -> Value {
    let entry = json!(AuditShown::of(audit, place));
    let said = audit.events.iter().find_map(|event| match event {
        Event::Commented(said) => Some(said.visibility == Visibility::Public),
        _ => None,
    });
    let happened = entry["events"].as_array().into_iter().flatten().filter_map(Value::as_object);
    let child = |event: &Map<String, Value>| {
        let mut child = event.clone();
        let kind = child.remove("type").unwrap_or_default();
        if kind == "Comment" && !comments {
            let id = event.get("id").cloned().unwrap_or_default();
            return json!({ "id": id, "event_type": kind, "comment_present": true, "comment_public": said });
        }
        if let (Some(Value::String(name)), Some(value)) = (child.remove("field_name"), child.remove("value")) {
            child.insert(name, value);
        }
        child.insert("event_type".to_owned(), kind);
        Value::Object(child)
    };
    json!({
        "id": entry["id"],
        "ticket_id": entry["ticket_id"],
        "timestamp": audit.at.0.div_euclid(1000),
        "created_at": entry["created_at"],
        "updater_id": entry["author_id"],
        "via": entry["via"]["channel"],
        "system": {},
        "metadata": {},
        "event_type": "Audit",
        "child_events": happened.map(child).collect::<Vec<_>>(),
    })
}
