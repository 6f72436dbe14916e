//! What a request brings: JSON, whatever it says of itself, for clients are careless with that.

use super::problem::Problem;
use crate::wire::weight::{MOST_SENT, values};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

/// The JSON of a request. Names that nobody knows are left alone; what is there must be of the right type.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = bytes(request, state).await?;
        if values(&bytes) > MOST_SENT {
            return Err(Problem::too_large());
        }
        serde_json::from_slice(&bytes).map(Self).map_err(|error| unreadable(&error))
    }
}

/// What is wrong with JSON that was sent, without the names that things have in the program.
pub fn unreadable(error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    let mut words = Vec::new();
    let mut parts = said.split(' ').peekable();
    while let Some(word) = parts.next() {
        if !matches!(word, "struct" | "enum" | "variant") {
            words.push(word);
            continue;
        }
        let name = parts.next().unwrap_or_default();
        words.push(if name.ends_with(',') { "an object," } else { "an object" });
    }
    Problem::bad_body(&words.join(" "))
}

/// The bytes of a request, as they came.
///
/// # Errors
/// There are more than are taken, or they broke off.
pub async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
        _ => Problem::bad_body("The body broke off"),
    })
}
