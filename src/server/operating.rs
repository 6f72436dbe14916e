//! What operators ask: whether it works, and numbers for Prometheus. Nothing of any account is in it.

use super::App;
use super::problem::Problem;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use utoipa::openapi::OpenApi;

/// Where the time of answers is cut into, in milliseconds.
const BUCKETS_MS: [u64; 9] = [1, 2, 5, 10, 20, 50, 100, 500, 2000];
const PATHS: [&str; 2] = ["/health", "/metrics"];

/// Numbers since the start.
#[derive(Default)]
pub(super) struct Counters {
    running: AtomicU64,
    /// Answers by the first digit of their status code.
    by_class: [AtomicU64; 6],
    /// Answers by how long they took at most; the last took longer.
    by_time: [AtomicU64; BUCKETS_MS.len() + 1],
    micros: AtomicU64,
}

/// A request that is being answered.
pub(super) struct Running<'c>(&'c Counters);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Counters {
    pub(super) fn begin(&self) -> Running<'_> {
        self.running.fetch_add(1, Ordering::Relaxed);
        Running(self)
    }

    pub(super) fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).min(self.by_class.len() - 1);
        self.by_class[class].fetch_add(1, Ordering::Relaxed);
        let ms = took.as_millis();
        let bucket = BUCKETS_MS.iter().position(|most| ms <= u128::from(*most)).unwrap_or(BUCKETS_MS.len());
        self.by_time[bucket].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// As Prometheus reads it.
    fn text(&self) -> String {
        let of = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let mut text = String::from("# TYPE guichet_requests_running gauge\n");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "guichet_requests_running {}", of(&self.running));
        text.push_str("# TYPE guichet_requests_total counter\n");
        for (class, count) in self.by_class.iter().enumerate().skip(1) {
            let _ = writeln!(text, "guichet_requests_total{{status=\"{class}xx\"}} {}", of(count));
        }
        text.push_str("# TYPE guichet_request_seconds histogram\n");
        let mut so_far = 0;
        for (most, count) in BUCKETS_MS.iter().zip(&self.by_time) {
            so_far += of(count);
            let seconds = Duration::from_millis(*most).as_secs_f64();
            let _ = writeln!(text, "guichet_request_seconds_bucket{{le=\"{seconds}\"}} {so_far}");
        }
        so_far += of(&self.by_time[BUCKETS_MS.len()]);
        let seconds = Duration::from_micros(of(&self.micros)).as_secs_f64();
        let _ = writeln!(text, "guichet_request_seconds_bucket{{le=\"+Inf\"}} {so_far}");
        let _ = writeln!(text, "guichet_request_seconds_sum {seconds}\nguichet_request_seconds_count {so_far}");
        text
    }
}

/// Whether a path is one of operators'.
pub(super) fn is_for_operators(path: &str) -> bool {
    PATHS.contains(&path)
}

/// Says `anyOf` wherever it says `oneOf`: who gets less of a thing gets a part of what others get, so that it is of
/// several shapes at once.
fn any_of(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(shapes) = map.remove("oneOf") {
                map.insert("anyOf".to_owned(), shapes);
            }
            map.values_mut().for_each(any_of);
        }
        Value::Array(list) => list.iter_mut().for_each(any_of),
        _ => {}
    }
}

/// The operators' routes, and the document of all others.
pub(super) fn routes(document: &OpenApi) -> Router<App> {
    let mut document = json!(document);
    any_of(&mut document);
    // Written once: whoever asks for it costs no more than its bytes.
    let document = Bytes::from(document.to_string());
    let document = move || std::future::ready(([(CONTENT_TYPE, "application/json")], document.clone()));
    Router::new().route(PATHS[0], get(health)).route(PATHS[1], get(metrics)).route("/api/v2/openapi", get(document))
}

/// Whether every account answers.
async fn health(State(app): State<App>) -> Result<Response, Problem> {
    for site in app.sites().all() {
        site.door.is_well().await.map_err(|_| Problem::unavailable())?;
    }
    Ok(([(CONTENT_TYPE, "text/plain")], "ok\n").into_response())
}

/// The operators' routes alone, for an address of their own.
pub(super) fn apart() -> Router<App> {
    Router::new().route(PATHS[0], get(health)).route(PATHS[1], get(numbers))
}

/// Whether a request comes from this machine itself, and not through a proxy on it.
fn is_from_here(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let proxied =
        ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| request.headers().contains_key(*name));
    peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback()) && !proxied
}

/// Numbers, for whoever asks from this machine: to all others it is as if there were none.
async fn metrics(State(app): State<App>, request: Request) -> Response {
    if is_from_here(&request) { numbers(State(app)).await } else { Problem::no_such_route().into_response() }
}

async fn numbers(State(app): State<App>) -> Response {
    let streams = app.streams().count();
    let text = format!("{}# TYPE guichet_streams_open gauge\nguichet_streams_open {streams}\n", app.0.counters.text());
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
