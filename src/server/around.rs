//! What surrounds every request: which account it asks, how much its caller may ask, the log, and the headers that every
//! answer has. Logs hold neither what stands behind a `?` nor any text of a ticket.

use super::caller::Here;
use super::limit::Limits;
use super::places::take_place;
use super::problem::Problem;
use super::{App, plain};
use crate::client::native::MARK;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderName, IF_NONE_MATCH, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;
use tower::ServiceBuilder;
use tower::util::MapRequestLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const VERSION: HeaderName = HeaderName::from_static("x-zendesk-api-version");
const RUNTIME: HeaderName = HeaderName::from_static("x-runtime");

/// Puts everything around the routes. What changes a path comes before the routes look at it.
pub(super) fn wrap(routes: Router, app: App, limits: &Limits) -> Router {
    let layers = ServiceBuilder::new()
        .layer(MapRequestLayer::new(plain))
        .layer(SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static("x-content-type-options"),
            HeaderValue::from_static("nosniff"),
        ))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), answer))
        .layer(from_fn_with_state(app, take_place))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.answer_within))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a request came to a bad end");
            let said = "Something went wrong here; nothing was changed unless a look shows that it was";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", said).into_response()
        }))
        .layer(DefaultBodyLimit::max(limits.body_bytes));
    // A service of its own, so that the path is changed before any route looks at it.
    Router::new().fallback_service(layers.service(routes))
}

/// What is asked here has no route.
pub(super) async fn no_such_route() -> Problem {
    Problem::no_such_route()
}

async fn answer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let _running = app.0.counters.begin();
    let limits = app.0.limits.settings();
    let from = address(&request, limits.behind_proxy);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let id = uuid::Uuid::now_v7().simple().to_string();
    let known_tag = request.headers().get(IF_NONE_MATCH).cloned();
    let mut response = match admitted(&app, &mut request, from, &limits) {
        Ok(left) => {
            let mut response = next.run(request).await;
            if let Some(left) = left {
                left.tell(&mut response);
            }
            response
        }
        Err(problem) => {
            let mut response = problem.into_response();
            if response.status() == StatusCode::TOO_MANY_REQUESTS {
                app.0.limits.nothing_left().tell(&mut response);
            }
            response
        }
    };
    if method == Method::GET {
        response = tagged(response, known_tag.as_ref()).await;
    }
    let (status, took) = (response.status(), begun.elapsed());
    app.0.counters.count(status, took);
    let route = without_secrets(&path);
    tracing::info!(%id, %method, route, status = status.as_u16(), took_ms = took.as_millis(), "answered");
    let headers = response.headers_mut();
    headers.insert(VERSION, HeaderValue::from_static("v2"));
    headers.insert(HeaderName::from_static(MARK), HeaderValue::from_static("v1"));
    for (name, value) in [(REQUEST_ID, id), (RUNTIME, format!("{:.6}", took.as_secs_f64()))] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    // Some clients take it for a failure wherever it stands.
    if !matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        headers.remove(RETRY_AFTER);
    }
    response
}

/// A path as it may stand in a log: some hold a link that lets whoever has it choose a password or read a file.
fn without_secrets(path: &str) -> String {
    let mut before = "";
    let mut shown = Vec::new();
    for part in path.split('/') {
        let of_word = part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let is_secret = ["access", "token", "uploads"].contains(&before) || (part.len() > 16 && !of_word);
        shown.push(if is_secret && !part.is_empty() { "{token}" } else { part });
        before = part;
    }
    shown.join("/")
}

/// Counts a request and says which account it asks. Those of operators are not counted.
fn admitted(
    app: &App,
    request: &mut Request,
    from: Option<IpAddr>,
    limits: &Limits,
) -> Result<Option<super::limit::Left>, Problem> {
    if super::operating::is_for_operators(request.uri().path()) {
        return Ok(None);
    }
    let left = app.0.limits.count(request, from).map_err(Problem::too_fast)?;
    let host = host(request, limits.behind_proxy).ok_or_else(|| Problem::bad_parameter("Host"))?;
    let site = app.sites().of(&host).ok_or_else(Problem::no_such_route)?;
    if is_of_another_page(request, &host) {
        return Err(Problem::forbidden());
    }
    let scheme = scheme(request, limits.behind_proxy);
    let here = Here {
        site: std::sync::Arc::clone(site),
        base: format!("{scheme}://{host}"),
        path: request.uri().path().to_owned(),
        from,
    };
    request.extensions_mut().insert(here);
    Ok(Some(left))
}

/// Whether a request came by TLS: put beside it by whoever listens.
#[derive(Clone, Copy)]
pub struct ByTls;

fn scheme(request: &Request, behind_proxy: bool) -> &'static str {
    let forwarded = behind_proxy.then(|| header(request.headers(), "x-forwarded-proto")).flatten();
    let tls = forwarded.map_or_else(|| request.extensions().get::<ByTls>().is_some(), |proto| proto == "https");
    if tls { "https" } else { "http" }
}

/// The host as it was asked for. What could not be one is none, and of two nobody knows which one is meant.
fn host(request: &Request, behind_proxy: bool) -> Option<String> {
    if request.headers().get_all(HOST).iter().nth(1).is_some() {
        return None;
    }
    let forwarded = behind_proxy.then(|| header(request.headers(), "x-forwarded-host")).flatten();
    let host = forwarded
        .or_else(|| request.headers().get(HOST)?.to_str().ok())
        .or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str))?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte);
    (!host.is_empty() && host.bytes().all(fits)).then(|| host.to_owned())
}

/// Whether a page of somebody else's sends a change: a browser adds the name and password that its reader typed here once to
/// whatever any page sends. Programs that are no browsers say nothing of a page.
fn is_of_another_page(request: &Request, host: &str) -> bool {
    if request.method().is_safe() || !request.uri().path().starts_with("/api/") {
        return false;
    }
    let said = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => !["same-origin", "none"].contains(&site),
        (None, Some(origin)) => origin.split_once("://").is_none_or(|(_, from)| !from.eq_ignore_ascii_case(host)),
        (None, None) => false,
    }
}

/// The last word of a header: what the nearest proxy wrote.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()?.rsplit(',').next().map(str::trim)
}

/// Where a request comes from: the last that the proxy wrote, for what stands before it anybody can have written.
fn address(request: &Request, behind_proxy: bool) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = || {
        let all = request.headers().get_all("x-forwarded-for").iter().next_back()?;
        all.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    let from = if behind_proxy { forwarded().or(peer) } else { peer };
    from.map(place)
}

/// Where an address belongs to: of the newer ones, everybody has a whole network.
pub fn place(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(one) => IpAddr::V6((u128::from(one) >> 64 << 64).into()),
        four @ IpAddr::V4(_) => four,
    }
}

/// Gives JSON a tag by its bytes; who knows it already gets no body.
async fn tagged(response: Response, known: Option<&HeaderValue>) -> Response {
    let json =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !json || response.status() != StatusCode::OK || response.headers().contains_key(ETAG) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::unavailable().into_response();
    };
    let digest: [u8; 32] = Sha256::digest(&bytes).into();
    let tag = format!("W/\"{}\"", crate::domain::text::hex(&digest[..16]));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(ETAG, tag);
    }
    parts.headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("max-age=0, private, must-revalidate"));
    let same = known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == "*" || bare(one) == bare(&tag)));
    if same {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(CONTENT_TYPE);
        parts.headers.remove(axum::http::header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn bare(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag)
}
