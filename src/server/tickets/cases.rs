//! Tickets as cases: problems and their incidents, how they were rated, how long they took.

use super::list::{Tickets, page, quoted, sorted, total, wanted};
use super::ticket;
use super::write::{acted, key_of, looked_up};
use crate::client::{Client as _, Source};
use crate::domain::act::Deed;
use crate::domain::case::{CaseDeed, Score};
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::domain::view::{Sort, SortKey};
use crate::server::App;
use crate::server::ask::{Ask, Id};
use crate::server::body::{Body, unreadable};
use crate::server::caller::Caller;
use crate::server::paging::{Paging, Rows};
use crate::server::problem::Problem;
use crate::server::shape::{Counted, Listed, Pages, envelope, page};
use crate::wire::{SatisfactionRating, TicketMetric, Time};
use axum::Json;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Who only wants a number is counted for this far.
const FAR: u64 = 100_000;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(incidents))
        .routes(routes!(problems))
        .routes(routes!(autocomplete))
        .routes(routes!(metrics_of))
        .routes(routes!(metrics_list))
        .routes(routes!(metrics_show))
        .routes(routes!(rate))
        .routes(routes!(ratings))
        .routes(routes!(ratings_count))
        .routes(routes!(rating))
}

/// Tickets that a problem caused.
#[utoipa::path(get, path = "/tickets/{ticket_id}/incidents", tag = "Tickets",
    params(("ticket_id" = i64, Path), Pages, ("include" = Option<String>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn incidents(caller: Caller, Id(id): Id, ask: Ask) -> Result<Json<Value>, Problem> {
    page(&caller, &ask, Source::Incidents(TicketId(id))).await
}

/// Tickets that are problems, the last changed first.
#[utoipa::path(get, path = "/problems", tag = "Tickets", params(Pages, ("include" = Option<String>, Query)),
    responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn problems(caller: Caller, ask: Ask) -> Result<Json<Value>, Problem> {
    sorted(&caller, &ask, Source::Search("ticket_type:problem".to_owned()), Sort::LATEST).await
}

/// What a problem is about.
#[derive(Default, Deserialize, ToSchema)]
struct Typed {
    #[serde(default)]
    text: Option<String>,
}

/// Problems whose subject has the words that are sent, in the body or the address; the last changed first.
#[utoipa::path(post, path = "/problems/autocomplete", tag = "Tickets", params(("text" = Option<String>, Query)),
    request_body = Option<Typed>, responses((status = 200, description = "A page of tickets", body = Tickets)))]
async fn autocomplete(caller: Caller, ask: Ask, body: Bytes) -> Result<Json<Value>, Problem> {
    let sent: Typed = if body.is_empty() {
        Typed::default()
    } else {
        serde_json::from_slice(&body).map_err(|error| unreadable(&error))?
    };
    let text = sent.text.as_deref().or_else(|| ask.get("text")).map(str::trim).filter(|text| !text.is_empty());
    let words = text.unwrap_or_default().split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    let words = words.map(|word| format!("subject:{}*", quoted(word)));
    let query = std::iter::once("ticket_type:problem".to_owned()).chain(words).collect::<Vec<_>>().join(" ");
    sorted(&caller, &ask, Source::Search(query), Sort::LATEST).await
}

envelope!(
    /// How long a ticket took.
    MetricOne { ticket_metric: TicketMetric }
);
page!(
    /// How long tickets took.
    MetricPage { ticket_metrics: TicketMetric }
);

/// How long a ticket took, and how often it changed hands.
#[utoipa::path(get, path = "/tickets/{ticket_id}/metrics", tag = "Ticket Metrics", params(("ticket_id" = i64, Path)),
    responses((status = 200, description = "Its metrics", body = MetricOne)))]
async fn metrics_of(caller: Caller, Id(id): Id) -> Result<Json<MetricOne>, Problem> {
    let place = caller.place(&caller.staff().await?);
    let metrics = caller.say(caller.client.metrics(TicketId(id)).await)?;
    Ok(Json(MetricOne { ticket_metric: TicketMetric::of(TicketId(id), &metrics, &place) }))
}

/// The same by the number of the metrics, which is their ticket's.
#[utoipa::path(get, path = "/ticket_metrics/{ticket_metric_id}", tag = "Ticket Metrics",
    params(("ticket_metric_id" = i64, Path)), responses((status = 200, description = "The metrics", body = MetricOne)))]
async fn metrics_show(caller: Caller, id: Id) -> Result<Json<MetricOne>, Problem> {
    metrics_of(caller, id).await
}

/// How long tickets took, the newest ticket first.
#[utoipa::path(get, path = "/ticket_metrics", tag = "Ticket Metrics", params(Pages),
    responses((status = 200, description = "A page", body = MetricPage)))]
async fn metrics_list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let place = caller.place(&caller.staff().await?);
    let page = cases(&caller, &paging, String::new()).await?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for ticket in &page.rows {
        let metrics = caller.say(caller.client.metrics(ticket.id).await)?;
        rows.push(TicketMetric::of(ticket.id, &metrics, &place));
    }
    let page = Rows { rows, first: page.first, last: page.last, more: page.more, count: page.count };
    Ok(Json(page.body("ticket_metrics", &paging, &caller.here.url(), &ask)))
}

/// A page of tickets, the newest first, with where it lies.
async fn cases(caller: &Caller, paging: &Paging, query: String) -> Result<Rows<Ticket>, Problem> {
    let source = Source::Search(query);
    let sort = Sort { by: SortKey::Id, descending: true };
    let found = caller.say(caller.client.tickets(wanted(source.clone(), sort, paging)).await)?;
    let (first, last, more) = match found.edges {
        Some(edges) => (Some(edges.first), Some(edges.last), edges.more),
        None => (None, None, false),
    };
    let count = match total(paging, found.rows.len(), more) {
        None if paging.counts() => Some(caller.say(caller.client.count_up_to(&source, FAR).await)?),
        known => known,
    };
    Ok(Rows { rows: found.rows, first, last, more, count })
}

envelope!(
    /// A rating.
    RatingOne { satisfaction_rating: SatisfactionRating }
);
page!(
    /// A page of ratings.
    RatingPage { satisfaction_ratings: SatisfactionRating }
);

/// What a requester thought.
#[derive(Deserialize, ToSchema)]
struct RatingSent {
    satisfaction_rating: RatingGiven,
}

/// `good` or `bad`, and why.
#[derive(Deserialize, ToSchema)]
struct RatingGiven {
    score: String,
    #[serde(default)]
    comment: Option<String>,
}

/// A requester says what they thought of how their request was solved.
#[utoipa::path(post, path = "/tickets/{ticket_id}/satisfaction_rating", tag = "Satisfaction Ratings",
    params(("ticket_id" = i64, Path)), request_body = RatingSent,
    responses((status = 200, description = "The rating", body = RatingOne)))]
async fn rate(
    caller: Caller,
    Id(id): Id,
    headers: HeaderMap,
    Body(sent): Body<RatingSent>,
) -> Result<Response, Problem> {
    let key = key_of(&headers)?;
    let invalid = || Problem::invalid("score", "InvalidValue", "score is good or bad");
    let score = Score::parse(&sent.satisfaction_rating.score).ok_or_else(invalid)?;
    let comment = sent.satisfaction_rating.comment;
    let deed = Deed::Case(CaseDeed::Rate { ticket: TicketId(id), score, comment });
    let receipt = caller.say(acted(&caller, key, deed).await)?;
    let place = caller.place(&caller.session().await?);
    let request = caller.say(caller.client.request(TicketId(id), 0).await)?.item;
    let rating = SatisfactionRating::of_request(&request, &place).ok_or_else(Problem::not_found)?;
    Ok(looked_up(Json(RatingOne { satisfaction_rating: rating }).into_response(), &headers, &receipt))
}

/// Which ratings are asked for, as a query.
fn rated(ask: &Ask) -> Result<String, Problem> {
    let score = match ask.get("score").unwrap_or_default() {
        "" => "-satisfaction:unoffered",
        "offered" => "satisfaction:offered",
        // Of what was never offered there is no rating.
        "unoffered" => "satisfaction:offered satisfaction:unoffered -satisfaction:unoffered -satisfaction:offered",
        "received" => "satisfaction:good satisfaction:bad",
        "received_with_comment" => "satisfaction:good_with_comment satisfaction:bad_with_comment",
        "received_without_comment" => {
            "satisfaction:good satisfaction:bad -satisfaction:good_with_comment -satisfaction:bad_with_comment"
        }
        "good" => "satisfaction:good",
        "good_with_comment" => "satisfaction:good_with_comment",
        "good_without_comment" => "satisfaction:good -satisfaction:good_with_comment",
        "bad" => "satisfaction:bad",
        "bad_with_comment" => "satisfaction:bad_with_comment",
        "bad_without_comment" => "satisfaction:bad -satisfaction:bad_with_comment",
        _ => return Err(Problem::bad_parameter("score")),
    };
    Ok(score.to_owned())
}

/// Between which moments they were offered or given.
fn between(ask: &Ask) -> Result<(Option<Time>, Option<Time>), Problem> {
    let moment = |name: &str| {
        let seconds = ask.number::<i64>(name)?;
        Ok::<_, Problem>(seconds.map(|seconds| Time(crate::domain::time::Timestamp(seconds.saturating_mul(1000)))))
    };
    Ok((moment("start_time")?, moment("end_time")?))
}

/// Ratings of tickets that can be seen, those that were offered and not given yet too; the newest ticket first. Between
/// moments pages may have fewer rows than they could.
#[utoipa::path(get, path = "/satisfaction_ratings", tag = "Satisfaction Ratings",
    params(Pages, ("score" = Option<String>, Query), ("start_time" = Option<i64>, Query), ("end_time" = Option<i64>, Query)),
    responses((status = 200, description = "A page of ratings", body = RatingPage)))]
async fn ratings(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::of(&ask)?;
    let place = caller.place(&caller.staff().await?);
    let (since, until) = between(&ask)?;
    let mut query = rated(&ask)?;
    // Whoever is rated has changed by it, and was there before.
    query.extend(since.map(|since| format!(" updated>={}", since.text())));
    query.extend(until.map(|until| format!(" created<={}", until.text())));
    let page = cases(&caller, &paging, query).await?;
    let within = |ticket: &&Ticket| {
        let at = ticket.rating.as_ref().map(|rating| rating.created_at);
        at.is_some_and(|at| since.is_none_or(|since| at >= since.0) && until.is_none_or(|until| at <= until.0))
    };
    let rows: Vec<_> =
        page.rows.iter().filter(within).filter_map(|ticket| SatisfactionRating::of(ticket, &place)).collect();
    let page = Rows { rows, first: page.first, last: page.last, more: page.more, count: page.count };
    Ok(Json(page.body("satisfaction_ratings", &paging, &caller.here.url(), &ask)))
}

/// How many ratings there are.
#[utoipa::path(get, path = "/satisfaction_ratings/count", tag = "Satisfaction Ratings",
    params(("score" = Option<String>, Query)), responses((status = 200, description = "How many", body = Counted)))]
async fn ratings_count(caller: Caller, ask: Ask) -> Result<Json<Counted>, Problem> {
    caller.staff().await?;
    let count = caller.say(caller.client.count_up_to(&Source::Search(rated(&ask)?), FAR).await)?;
    Ok(Counted::now(count.value, &caller))
}

/// A rating, by the number of its ticket.
#[utoipa::path(get, path = "/satisfaction_ratings/{satisfaction_rating_id}", tag = "Satisfaction Ratings",
    params(("satisfaction_rating_id" = i64, Path)), responses((status = 200, description = "The rating", body = RatingOne)))]
async fn rating(caller: Caller, Id(id): Id) -> Result<Json<RatingOne>, Problem> {
    let place = caller.place(&caller.staff().await?);
    let ticket = ticket(&caller, id).await?;
    let rating = SatisfactionRating::of(&ticket, &place).ok_or_else(Problem::not_found)?;
    Ok(Json(RatingOne { satisfaction_rating: rating }))
}
