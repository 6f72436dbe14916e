//! Room for what is sent and for what is answered. Who sends slowly, or much, or often at once takes it from nobody else:
//! a body is read whole before its request takes the place of one that is answered, and long bodies have few places.

use super::App;
use super::caller::Here;
use super::operating::is_for_operators;
use super::problem::Problem;
use super::shares::{Share, Shares};
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
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
    answers: Arc<Semaphore>,
    senders: Shares<Option<IpAddr>>,
}

impl Places {
    /// So many requests are answered at once.
    pub(super) fn new(answers: usize) -> Self {
        let semaphore = |places| Arc::new(Semaphore::new(places));
        let (bodies, long_bodies, answers) = (semaphore(BODIES), semaphore(LONG_BODIES), semaphore(answers));
        Self { bodies, long_bodies, answers, senders: Shares::new(BODIES_OF_ADDRESS) }
    }
}

/// Reads what is sent, waits for a place among those that are answered, and goes on. Operators never wait.
pub(super) async fn take_place(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_for_operators(request.uri().path()) {
        return next.run(request).await;
    }
    let places = app.places();
    let received = match received(places, request, app.body_bytes()).await {
        Ok(received) => received,
        Err(problem) => return problem.into_response(),
    };
    match turn(&places.answers).await {
        Ok(_place) => next.run(received.request).await,
        Err(problem) => problem.into_response(),
    }
}

/// A request with all of its body, and the places that it takes until it is answered.
struct Received {
    request: Request,
    _sender: Option<Share<Option<IpAddr>>>,
    _body: Option<OwnedSemaphorePermit>,
    _long: Option<OwnedSemaphorePermit>,
}

async fn received(places: &Places, request: Request, most: usize) -> Result<Received, Problem> {
    if request.body().is_end_stream() {
        return Ok(Received { request, _sender: None, _body: None, _long: None });
    }
    let from = request.extensions().get::<Here>().and_then(|here| here.from);
    let sender = timeout(TURN, places.senders.wait(from)).await.map_err(|_| Problem::too_fast(1))?;
    let place = turn(&places.bodies).await?;
    let (parts, body) = request.into_parts();
    if body.size_hint().lower() > most as u64 {
        return Err(Problem::too_large());
    }
    let (bytes, long) = whole(places, body, most).await?;
    let request = Request::from_parts(parts, Body::from(bytes));
    Ok(Received { request, _sender: Some(sender), _body: Some(place), _long: long })
}

async fn whole(places: &Places, mut body: Body, most: usize) -> Result<(Bytes, Option<OwnedSemaphorePermit>), Problem> {
    let begun = now();
    let (mut bytes, mut long) = (Vec::new(), None);
    let mut waited = Duration::ZERO;
    loop {
        let frame =
            timeout(PAUSE, poll_fn(|cx| Pin::new(&mut body).poll_frame(cx))).await.map_err(|_| Problem::too_slow())?;
        let Some(frame) = frame else { return Ok((Bytes::from(bytes), long)) };
        let frame = frame.map_err(|_| Problem::bad_body("The body broke off"))?;
        bytes.extend_from_slice(frame.data_ref().map_or(&[], |data| data));
        if bytes.len() > most {
            return Err(Problem::too_large());
        }
        if bytes.len() > LONG && long.is_none() {
            let waits = now();
            long = Some(turn(&places.long_bodies).await?);
            waited = waits.elapsed();
        }
        let patience = PATIENCE + Duration::from_secs(bytes.len() as u64 / LEAST_A_SECOND);
        if begun.elapsed().saturating_sub(waited) > patience {
            return Err(Problem::too_slow());
        }
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
