//! An account over HTTP: Zendesk's REST API v2 before a client of the embedded store. It has no rules of its own; whoever
//! asks becomes a [`Client`](crate::client::Client), and what that answers becomes JSON.
//!
//! A request goes through [`around`] (host, limits, log, headers that every answer has), becomes a [`caller::Caller`], and
//! is answered by one short function of the resource's file. Every route has a description in the OpenAPI document,
//! because the same table makes both.

mod access;
mod account;
mod around;
mod ask;
mod body;
mod caller;
mod files;
mod groups;
mod guess;
mod incremental;
mod jobs;
mod limit;
mod native;
mod news;
mod operating;
mod organizations;
mod page;
mod paging;
mod places;
mod problem;
mod refusals;
mod requests;
mod rules;
mod search;
mod setup;
mod shape;
mod shares;
mod sign_in;
mod site;
mod suspended;
mod tags;
mod tickets;
mod users;

pub use around::{ByTls, place};
pub use caller::SignedIn;
pub use limit::Limits;
pub use shares::{Share, Shares};
pub use site::{Site, Sites};

use crate::client::native::Rehearsals;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Request;
use operating::Counters;
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;

/// Where the API begins.
pub const API: &str = "/api/v2";

/// The longest body of a page's form, in bytes.
const PAGE_BYTES: usize = 64 * 1024;

/// What all answers have in common.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    sites: Sites,
    limits: limit::Limiter,
    counters: Counters,
    tries: limit::Tries,
    lanes: guess::Lanes,
    places: places::Places,
    rehearsals: Rehearsals,
    streams: news::Streams,
    strangers: limit::Strangers,
}

#[derive(OpenApi)]
#[openapi(info(title = "Guichet", description = "A help desk, spoken to as Zendesk's REST API v2 is."))]
struct Described;

impl App {
    /// Accounts to be served within limits.
    pub fn new(sites: Sites, limits: &Limits) -> Self {
        let places = places::Places::new(limits.at_once);
        let limits = limit::Limiter::new(limits);
        let (counters, rehearsals, tries) = (Counters::default(), Rehearsals::default(), limit::Tries::default());
        let streams = news::Streams::default();
        let strangers = limit::Strangers::default();
        Self(Arc::new(Inner {
            sites,
            limits,
            counters,
            tries,
            lanes: guess::Lanes::default(),
            places,
            rehearsals,
            streams,
            strangers,
        }))
    }

    /// Every account that is served.
    pub fn sites(&self) -> &Sites {
        &self.0.sites
    }

    /// So many rows of a job are done before it is answered.
    fn job_rows(&self) -> usize {
        self.0.limits.settings().job_rows
    }

    /// Ends every stream: whoever listens goes on with another server.
    pub fn end_streams(&self) {
        self.0.streams.end();
    }

    fn streams(&self) -> &news::Streams {
        &self.0.streams
    }

    /// The room for requests.
    fn places(&self) -> &places::Places {
        &self.0.places
    }

    /// The longest body, in bytes.
    fn body_bytes(&self) -> usize {
        self.0.limits.settings().body_bytes
    }

    /// Where guesses wait for each other.
    fn lanes(&self) -> &guess::Lanes {
        &self.0.lanes
    }

    /// Who asked of late without signing in.
    fn strangers(&self) -> &limit::Strangers {
        &self.0.strangers
    }

    /// Who could not sign in of late.
    fn tries(&self) -> &limit::Tries {
        &self.0.tries
    }

    /// What operators ask, for an address that only they reach.
    pub fn operators(self) -> Router {
        operating::apart().with_state(self)
    }

    /// All that is answered, ready to be served.
    pub fn service(self) -> Router {
        let limits = self.0.limits.settings();
        let (router, document) = parts();
        let router = router
            .merge(operating::routes(&document))
            .merge(files::downloads())
            .fallback(around::no_such_route)
            .method_not_allowed_fallback(around::no_such_route)
            .with_state(self.clone());
        around::wrap(router, self, &limits)
    }
}

/// The OpenAPI document of everything that is answered.
pub fn document() -> Document {
    parts().1
}

fn parts() -> (Router<App>, Document) {
    let (router, mut document) = routes().split_for_parts();
    refusals::describe(&mut document);
    (router, document)
}

/// Every route of the API with its description.
fn routes() -> OpenApiRouter<App> {
    let api = OpenApiRouter::new()
        .merge(users::routes())
        .merge(tickets::routes())
        .merge(requests::routes())
        .merge(search::routes())
        .merge(incremental::routes())
        .merge(jobs::routes())
        .merge(organizations::routes())
        .merge(groups::routes())
        .merge(rules::routes())
        .merge(setup::routes())
        .merge(files::routes())
        .merge(account::routes())
        .merge(suspended::routes())
        .merge(tags::routes())
        .merge(sign_in::routes());
    // Whoever comes here is nobody yet, and has little to say.
    let pages = sign_in::pages().merge(access::pages()).layer(DefaultBodyLimit::max(PAGE_BYTES));
    OpenApiRouter::with_openapi(Described::openapi())
        .nest(API, api)
        .merge(native::routes())
        .merge(news::routes())
        .merge(pages)
}

/// A path as the routes have it: without `.json` or `/` at its end, and with one `/` where some clients put two.
fn plain<B>(mut request: Request<B>) -> Request<B> {
    let uri = request.uri();
    if !uri.path().starts_with(API) {
        return request;
    }
    let parts: Vec<&str> = uri.path().split('/').filter(|part| !part.is_empty()).collect();
    let path = format!("/{}", parts.join("/"));
    let path = path.strip_suffix(".json").unwrap_or(&path);
    if path == uri.path() {
        return request;
    }
    let whole = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = whole.parse().ok();
    if let Ok(uri) = axum::http::Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
    request
}
