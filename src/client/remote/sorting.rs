//! What went wrong on the way, by what whoever asked can do next. Nothing that a server wrote gets into a sentence of ours.

use crate::client::Error;
use crate::domain::time::{Span, Timestamp};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use url::Url;

/// Nobody says for how long to wait.
const WAIT: i64 = 60;
/// Nobody waits longer because a server says so.
const LONGEST_WAIT: i64 = 3_600;

pub(super) fn garbled(why: &str) -> Error {
    Error::Garbled(why.to_owned())
}

/// What a status code says that no answer of the account itself explains.
pub(super) fn by_status(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Error {
    match status.as_u16() {
        401 => Error::SignedOut,
        403 => Error::Denied,
        404 | 405 | 410 => garbled("what answers there does not know this question"),
        413 => garbled("it is too large for the server"),
        408 | 502..=504 => Error::Unreachable(format!("the server cannot answer at the moment ({})", status.as_u16())),
        429 => Error::Throttled(now + Span(1_000 * retry_after(headers, now))),
        300..=399 => garbled("the server sends elsewhere"),
        _ => garbled(&format!("the server answers with status {}", status.as_u16())),
    }
}

/// After how many seconds to ask again.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> i64 {
    let said = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::trim);
    let moment =
        |text: &str| Some((chrono::DateTime::parse_from_rfc2822(text).ok()?.timestamp_millis() - now.0) / 1_000);
    said.and_then(|text| text.parse::<i64>().ok().or_else(|| moment(text))).unwrap_or(WAIT).clamp(1, LONGEST_WAIT)
}

/// What became of a question to a machine that got no whole answer.
pub(super) fn by_way(error: &reqwest::Error, asked: &Url) -> Error {
    let why = if error.is_timeout() {
        "it takes too long"
    } else if error.is_connect() {
        "there is no connection"
    } else if error.is_body() || error.is_decode() {
        return garbled("the answer ended before its end");
    } else {
        "the connection broke"
    };
    // Several accounts may be open, and more than one machine be asked for one of them.
    unreachable(why, error.url().unwrap_or(asked))
}

/// Why a machine gives no answer, with its name.
pub(super) fn unreachable(why: &str, asked: &Url) -> Error {
    let host = asked.host_str().unwrap_or_default();
    let named = asked.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    Error::Unreachable(format!("{why} ({named})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn a_server_is_not_asked_before_the_time_it_says_nor_never_again() {
        let wait = |said: Option<&'static str>| {
            let headers = said.map(|said| (RETRY_AFTER, HeaderValue::from_static(said))).into_iter().collect();
            match by_status(StatusCode::TOO_MANY_REQUESTS, &headers, Timestamp(0)) {
                Error::Throttled(until) => until.0 / 1_000,
                _ => -1,
            }
        };
        let rows = [(Some("7"), 7), (Some("0"), 1), (Some("-5"), 1), (Some("99999999999"), 3_600), (Some("soon"), 60)];
        for (said, expected) in rows {
            assert_eq!(wait(said), expected, "{said:?}");
        }
        assert_eq!(wait(None), 60);
    }
}
