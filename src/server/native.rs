//! Guichet's own dialect: each method of a client as a route, answered without loss. What is asked and answered stands in
//! [`client::native`](crate::client::native); here it gets a caller, a status code and a description.

mod described;

use super::App;
use super::caller::Caller;
use crate::client::native::{self, Answered, Call, Fault, KEY, METHODS, Method, VIA};
use crate::client::{Error, Key, StoreFault};
use crate::domain::comment::Channel;
use crate::domain::grant::Scope;
use crate::domain::refusal::Sort;
use crate::wire::native::{Travels, framed, unframed};
use crate::wire::weight::{MOST_SENT, values};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use url::form_urlencoded;
use utoipa_axum::router::OpenApiRouter;

/// Every method as a route.
pub(super) fn routes() -> OpenApiRouter<App> {
    let route = |router: OpenApiRouter<App>, method: &'static Method| {
        let handler = move |State(app): State<App>, caller: Caller, headers: HeaderMap, body: Bytes| async move {
            if !may_everything(&caller) {
                return problem(StatusCode::FORBIDDEN, Error::Denied);
            }
            match asked(method, &headers, &body) {
                Ok(call) => {
                    let client = coming(caller, &headers);
                    respond(method, native::answer(&client, &app.0.rehearsals, method.name, call).await)
                }
                Err(why) => problem(StatusCode::BAD_REQUEST, Error::Garbled(why)),
            }
        };
        let (schemas, paths) = described::described(method);
        router.routes((schemas, paths, post(handler)))
    };
    METHODS.iter().fold(OpenApiRouter::new(), route)
}

/// Whether a program that acts for them was let do everything: these routes are not told apart by what scopes name.
fn may_everything(caller: &Caller) -> bool {
    let everything = |scope: &Scope| scope.allows("guichet", false) && scope.allows("guichet", true);
    caller.let_in.as_ref().is_none_or(|let_in| everything(&let_in.scope))
}

/// The caller by the way that they say they come. What they say tells nothing to anybody but themselves and the team.
fn coming(caller: Caller, headers: &HeaderMap) -> crate::client::Embedded {
    let web = headers.get(VIA).is_some_and(|via| via == "web");
    // Who waits holds a stream; a call is answered at once.
    let client = caller.client.at_once();
    if web { client.coming_by(Channel::Web) } else { client }
}

fn asked(method: &Method, headers: &HeaderMap, body: &[u8]) -> Result<Call, String> {
    let key = Key(headers.get(KEY).and_then(|key| key.to_str().ok()).map(decoded).unwrap_or_default());
    if method.keyed && key.0.is_empty() {
        return Err("there is no Idempotency-Key".to_owned());
    }
    if method.takes_file {
        let (ask, file) = unframed(body).map_err(|trouble| trouble.to_string())?;
        return Ok(Call { key, ask, file: file.to_vec() });
    }
    if values(body) > MOST_SENT {
        return Err("that is more than is taken at once".to_owned());
    }
    let ask = if body.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(body) };
    Ok(Call { key, ask: ask.map_err(|_| "the body is no JSON".to_owned())?, file: Vec::new() })
}

/// A key as it was before it was made to fit a header.
fn decoded(key: &str) -> String {
    form_urlencoded::parse(key.as_bytes()).map(|(key, _)| key.into_owned()).next().unwrap_or_default()
}

fn respond(method: &Method, answered: Result<Answered, Fault>) -> Response {
    match answered {
        Ok(Answered { answer, file: Some(file) }) => {
            ([(CONTENT_TYPE, "application/octet-stream")], framed(&answer, &file)).into_response()
        }
        Ok(Answered { answer, file: None }) => axum::Json(answer).into_response(),
        Err(Fault::Unclear(trouble)) => problem(StatusCode::BAD_REQUEST, Error::Garbled(trouble.to_string())),
        // The store's own faults have words of their own: this is what was sent, such as a place in no list.
        Err(Fault::Failed(error @ Error::Garbled(_))) => problem(StatusCode::BAD_REQUEST, error),
        Err(Fault::Failed(error)) => {
            let status = status(error.sort());
            if status.is_server_error() {
                tracing::error!(method = method.name, %error, "not answered");
            }
            problem(status, told(error))
        }
    }
}

/// What is told of an error: a store's own words are for whoever runs it.
fn told(error: Error) -> Error {
    match error {
        Error::Store(StoreFault::ReadOnly(_)) => Error::Store(StoreFault::ReadOnly(String::new())),
        Error::Store(StoreFault::Overtaken(_)) => Error::Store(StoreFault::Overtaken(String::new())),
        Error::Store(StoreFault::Full(_)) => Error::Store(StoreFault::Full(String::new())),
        Error::Store(_) => Error::Unreachable("the account cannot answer at the moment".to_owned()),
        other => other,
    }
}

/// Why somebody may not listen.
pub(super) fn refused(error: Error) -> Response {
    problem(status(error.sort()), told(error))
}

/// The error itself, beside what the REST API says in its place.
fn problem(status: StatusCode, error: Error) -> Response {
    let name = status.canonical_reason().unwrap_or("Error");
    (status, axum::Json(json!({ "error": name, "guichet": error.pack() }))).into_response()
}

const fn status(sort: Sort) -> StatusCode {
    match sort {
        Sort::NotFound => StatusCode::NOT_FOUND,
        Sort::Denied | Sort::ShutOut => StatusCode::FORBIDDEN,
        Sort::Conflict => StatusCode::CONFLICT,
        Sort::KeyReused | Sort::Rule | Sort::Unsupported => StatusCode::UNPROCESSABLE_ENTITY,
        Sort::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Sort::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Sort::Unclear => StatusCode::BAD_REQUEST,
        Sort::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Sort::Stuck => StatusCode::INSUFFICIENT_STORAGE,
        Sort::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
