//! News as a stream of server-sent events, for whoever listens as long as they may.
//!
//! Each event has a place as its id, by which a stream goes on where another ended, on whichever server. Whoever listens is
//! asked for again whenever something of the account changes and at every beat: who was shut out hears nothing more.

use super::App;
use super::caller::Caller;
use super::native;
use super::problem::Problem;
use crate::client::{Client as _, Cursor, Embedded, Error, News};
use crate::domain::grant::Scope;
use crate::domain::id::PersonId;
use crate::wire::native::Travels as _;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// So many streams one person may have open.
const MOST: u32 = 8;
/// How often something is sent where nothing happens.
const BEAT: Duration = Duration::from_secs(15);
/// How long a stream lasts by a password: to look at one again takes too much to do it at every beat.
const BY_PASSWORD: Duration = Duration::from_mins(1);
/// How long any other lasts: whoever holds it opens another.
const LASTS: Duration = Duration::from_hours(1);
/// What a stream that ended goes on after.
const LAST: HeaderName = HeaderName::from_static("last-event-id");

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(listen))
}

/// The streams that are open.
pub(super) struct Streams {
    of: Mutex<BTreeMap<(usize, PersonId), u32>>,
    ending: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { of: Mutex::default(), ending: watch::Sender::new(false) }
    }
}

impl Streams {
    /// Ends all of them: the server does.
    pub(super) fn end(&self) {
        self.ending.send_replace(true);
    }

    /// How many are open.
    pub(super) fn count(&self) -> u32 {
        self.of.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    fn open(&self, whose: (usize, PersonId)) -> bool {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of.entry(whose).or_default();
        let fits = *count < MOST;
        *count += u32::from(fits);
        fits
    }

    fn close(&self, whose: (usize, PersonId)) {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = of.get_mut(&whose) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                of.remove(&whose);
            }
        }
    }
}

/// What has changed for the one who asks, as it does: events named `news` with what they were told as JSON. A stream ends
/// when its server does, or its sign-in; with `Last-Event-ID` the next one goes on where it ended.
#[utoipa::path(get, path = "/api/guichet/v1/news", tag = "Guichet", operation_id = "guichet_news_stream",
    params(("last-event-id" = Option<String>, Header, description = "The id of the last event that was heard")),
    responses((status = 200, description = "News as they come", body = String, content_type = "text/event-stream")))]
async fn listen(State(app): State<App>, Asker { caller, parts }: Asker) -> Result<Response, Response> {
    let everything = |scope: &Scope| scope.allows("guichet", false) && scope.allows("guichet", true);
    if caller.let_in.as_ref().is_some_and(|let_in| !everything(&let_in.scope)) {
        return Err(native::refused(Error::Denied));
    }
    let client = caller.client.clone().stirring();
    let session = client.session().await.map_err(native::refused)?;
    let whose = (Arc::as_ptr(&caller.here.site) as usize, session.me.id);
    if !app.streams().open(whose) {
        return Err(Problem::too_fast(BEAT.as_secs()).into_response());
    }
    let open = Open { app: app.clone(), whose };
    let after = parts.headers.get(LAST).and_then(|id| id.to_str().ok()).map(|id| Cursor(id.to_owned()));
    // Who begins is told at once where it does.
    let told = match &after {
        None => Some(client.news(None, 0).await.map_err(native::refused)?),
        Some(_) => None,
    };
    let by_password = parts.headers.get(header::AUTHORIZATION).is_some_and(is_password);
    let until = Instant::now() + if by_password { BY_PASSWORD } else { LASTS };
    let ending = app.streams().ending.subscribe();
    let place = told.as_ref().map(|news| news.place.clone()).or(after);
    let stream = Stream { open, client, parts, told, place, until, by_password, ending };
    let events = futures::stream::unfold(stream, |mut stream| async move {
        let event = stream.next().await?;
        Some((Ok::<_, Infallible>(event), stream))
    });
    let mut response = Sse::new(events).into_response();
    // Proxies are not to gather what is to be heard at once.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

fn is_password(said: &HeaderValue) -> bool {
    let basic =
        said.to_str().ok().and_then(|said| said.split_once(' ')).filter(|(way, _)| way.eq_ignore_ascii_case("basic"));
    basic.is_some()
}

/// Who asks, with what they asked by, to be looked at again.
struct Asker {
    caller: Caller,
    parts: Parts,
}

impl FromRequestParts<App> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = <Caller as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        Ok(Self { caller, parts: parts.clone() })
    }
}

/// One of the streams that are open.
struct Open {
    app: App,
    whose: (usize, PersonId),
}

impl Drop for Open {
    fn drop(&mut self) {
        self.app.streams().close(self.whose);
    }
}

struct Stream {
    open: Open,
    client: Embedded,
    parts: Parts,
    /// What is to be told first.
    told: Option<News>,
    place: Option<Cursor>,
    until: Instant,
    by_password: bool,
    ending: watch::Receiver<bool>,
}

impl Stream {
    /// The next event; none when it ends.
    async fn next(&mut self) -> Option<Event> {
        if let Some(news) = self.told.take() {
            return Some(event(news));
        }
        let beat = Instant::now() + BEAT;
        loop {
            let now = Instant::now();
            if now >= self.until || *self.ending.borrow() {
                return None;
            }
            let wait = beat.saturating_duration_since(now).min(self.until - now);
            let wait = u32::try_from(wait.as_millis()).unwrap_or(u32::MAX);
            let heard = tokio::select! {
                heard = self.client.news(self.place.clone(), wait) => heard,
                _ = self.ending.changed() => return None,
            };
            let news: Result<News, Error> = heard;
            let Ok(news) = news else { return None };
            self.place = Some(news.place.clone());
            // It may have waited for long, or something of the account changed: a token, perhaps.
            if !self.is_still_let_in().await {
                return None;
            }
            if !news.is_none() {
                return Some(event(news));
            }
            if Instant::now() >= beat {
                return Some(Event::default().id(news.place.0).comment("beat"));
            }
        }
    }

    async fn is_still_let_in(&mut self) -> bool {
        if self.by_password {
            // Whether they are suspended the client has looked.
            return true;
        }
        let found = <Caller as FromRequestParts<App>>::from_request_parts(&mut self.parts, &self.open.app).await;
        found.is_ok()
    }
}

fn event(news: News) -> Event {
    let id = news.place.0.clone();
    let json = news.pack().to_string();
    Event::default().event("news").id(id).data(json)
}
