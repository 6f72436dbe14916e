//! How much one caller may ask.

use axum::http::header::{AUTHORIZATION, HeaderName};
use axum::http::{HeaderValue, Request, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// So many callers are remembered before those who asked nothing of late are forgotten.
const MOST_CALLERS: usize = 50_000;

/// What a server takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests a minute from one caller: one sign-in, or one address without one.
    pub per_minute: NonZeroU32,
    /// Requests that are answered at once; further ones wait.
    pub at_once: usize,
    /// The longest body, in bytes.
    pub body_bytes: usize,
    /// The longest a request may take.
    pub answer_within: Duration,
    /// Whether `X-Forwarded-For`, `-Proto` and `-Host` are a proxy's own words and can be relied on.
    pub behind_proxy: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_minute: NonZeroU32::new(700).unwrap_or(NonZeroU32::MIN),
            at_once: 256,
            body_bytes: 64 * 1024 * 1024,
            answer_within: Duration::from_secs(60),
            behind_proxy: false,
        }
    }
}

/// Whose requests are counted together.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Who {
    /// A sign-in, known by its hash alone.
    SignIn([u8; 32]),
    /// An address without one.
    Address(Option<IpAddr>),
}

type Keyed = RateLimiter<Who, DashMapStateStore<Who>, DefaultClock, StateInformationMiddleware>;

/// Counts requests by caller.
pub(super) struct Limiter {
    settings: Limits,
    calls: Keyed,
}

/// What a caller may still ask this minute.
pub(super) struct Left {
    limit: u32,
    remaining: u32,
}

impl Limiter {
    pub(super) fn new(settings: &Limits) -> Self {
        let calls = RateLimiter::dashmap(Quota::per_minute(settings.per_minute)).with_middleware();
        Self { settings: settings.clone(), calls }
    }

    pub(super) fn settings(&self) -> Limits {
        self.settings.clone()
    }

    /// Counts a request.
    ///
    /// # Errors
    /// The seconds after which its caller may ask again.
    pub(super) fn count<B>(&self, request: &Request<B>, from: Option<IpAddr>) -> Result<Left, u64> {
        if self.calls.len() > MOST_CALLERS {
            self.calls.retain_recent();
        }
        let who = request
            .headers()
            .get(AUTHORIZATION)
            .map_or(Who::Address(from), |said| Who::SignIn(Sha256::digest(said.as_bytes()).into()));
        match self.calls.check_key(&who) {
            Ok(state) => {
                Ok(Left { limit: state.quota().burst_size().get(), remaining: state.remaining_burst_capacity() })
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Err(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
            }
        }
    }
}

impl Left {
    /// Tells the caller.
    pub(super) fn tell<B>(&self, response: &mut Response<B>) {
        let missing = u64::from(self.limit.saturating_sub(self.remaining));
        let reset = (missing * 60).div_ceil(u64::from(self.limit.max(1)));
        let headers = response.headers_mut();
        for (name, value) in [
            ("x-rate-limit", u64::from(self.limit)),
            ("x-rate-limit-remaining", u64::from(self.remaining)),
            ("ratelimit-limit", u64::from(self.limit)),
            ("ratelimit-remaining", u64::from(self.remaining)),
            ("ratelimit-reset", reset),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}
