//! Room for what is sent and for what is answered. Who sends slowly, or much, or often at once takes it from nobody else:
//! a body is read whole before its request takes the place of one that is answered, and long bodies have few places.

use super::App;
use super::caller::{Caller, Here};
use super::operating::is_for_operators;
use super::problem::Problem;
use super::shares::{Share, Shares};
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// So many bodies are read at once, and so many from one address.
const BODIES: usize = 512;
const BODIES_OF_ADDRESS: usize = 64;
/// From so many bytes on a body is long, and so many of those are read and answered at once.
const LONG: usize = 256 * 1024;
const LONG_BODIES: usize = 8;
/// How long a sender may pause.
const PAUSE: Duration = Duration::from_secs(10);
/// A body must be there after so long, and so many bytes more for each further second.
const PATIENCE: Duration = Duration::from_secs(20);
const LEAST_A_SECOND: u64 = 32 * 1024;
/// How long a request waits for its turn.
const TURN: Duration = Duration::from_secs(20);

/// The places of a server.
pub(super) struct Places {
    bodies: Arc<Semaphore>,
    long_bodies: Arc<Semaphore>,
    long_senders: Shares<Option<IpAddr>>,
    answers: Arc<Semaphore>,
    senders: Shares<Option<IpAddr>>,
}

impl Places {
    /// So many requests are answered at once.
    pub(super) fn new(answers: usize) -> Self {
        let semaphore = |places| Arc::new(Semaphore::new(places));
        let (bodies, long_bodies, answers) = (semaphore(BODIES), semaphore(LONG_BODIES), semaphore(answers));
        let (senders, long_senders) = (Shares::new(BODIES_OF_ADDRESS), Shares::new(LONG_BODIES / 2));
        Self { bodies, long_bodies, long_senders, answers, senders }
    }
}

/// Reads what is sent, waits for a place among those that are answered, and goes on. Operators never wait.
pub(super) async fn take_place(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_for_operators(request.uri().path()) {
        return next.run(request).await;
    }
    let received = match received(&app, request).await {
        Ok(received) => received,
        Err(problem) => return problem.into_response(),
    };
    match turn(&app.places().answers).await {
        Ok(_place) => next.run(received.request).await,
        Err(problem) => problem.into_response(),
    }
}

/// A request with all of its body, and the places that it takes until it is answered.
struct Received {
    request: Request,
    _sender: Option<Share<Option<IpAddr>>>,
    _body: Option<OwnedSemaphorePermit>,
    _long: Option<Long>,
}

/// The place of a long body, among all and among those of one address.
struct Long {
    _of_all: OwnedSemaphorePermit,
    _of_address: Share<Option<IpAddr>>,
}

async fn received(app: &App, request: Request) -> Result<Received, Problem> {
    if request.body().is_end_stream() {
        return Ok(Received { request, _sender: None, _body: None, _long: None });
    }
    let places = app.places();
    let from = request.extensions().get::<Here>().and_then(|here| here.from);
    let sender = timeout(TURN, places.senders.wait(from)).await.map_err(|_| Problem::too_fast(1))?;
    let place = turn(&places.bodies).await?;
    let (mut parts, mut body) = request.into_parts();
    let (mut bytes, mut long) = (Vec::new(), None);
    let told = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let most = app.body_bytes();
    if told > most {
        return Err(Problem::too_large());
    }
    let mut patience = Patience::new();
    loop {
        if long.is_none() && told.max(bytes.len()) > LONG {
            let waits = now();
            long = Some(long_place(app, &mut parts, from).await?);
            patience.begun += waits.elapsed();
        }
        let Some(data) = patience.next(&mut body, bytes.len()).await? else { break };
        bytes.extend_from_slice(&data);
        if bytes.len() > most {
            return Err(Problem::too_large());
        }
    }
    let request = Request::from_parts(parts, Body::from(bytes));
    Ok(Received { request, _sender: Some(sender), _body: Some(place), _long: long })
}

/// Only who is somebody sends much, and no address takes all the places for that.
async fn long_place(app: &App, parts: &mut Parts, from: Option<IpAddr>) -> Result<Long, Problem> {
    <Caller as FromRequestParts<App>>::from_request_parts(parts, app).await?;
    let places = app.places();
    let of_address = timeout(TURN, places.long_senders.wait(from)).await.map_err(|_| Problem::too_fast(1))?;
    Ok(Long { _of_all: turn(&places.long_bodies).await?, _of_address: of_address })
}

/// How long a sender is waited for.
struct Patience {
    begun: Instant,
}

impl Patience {
    fn new() -> Self {
        Self { begun: now() }
    }

    /// What comes next, after so many bytes; none at the end.
    async fn next(&self, body: &mut Body, bytes: usize) -> Result<Option<Bytes>, Problem> {
        let frame = timeout(PAUSE, poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx))).await;
        let Some(frame) = frame.map_err(|_| Problem::too_slow())? else { return Ok(None) };
        if self.begun.elapsed() > PATIENCE + Duration::from_secs(bytes as u64 / LEAST_A_SECOND) {
            return Err(Problem::too_slow());
        }
        let frame = frame.map_err(|_| Problem::bad_body("The body broke off"))?;
        Ok(Some(frame.into_data().unwrap_or_default()))
    }
}

async fn turn(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    let place = timeout(TURN, Arc::clone(places).acquire_owned()).await;
    place.ok().and_then(Result::ok).ok_or_else(Problem::unavailable)
}

/// How fast somebody sends is a matter of this program's own time.
fn now() -> Instant {
    Instant::now()
}
