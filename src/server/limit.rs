//! How much one caller may ask.

use super::caller::Here;
use crate::domain::text::hex;
use crate::domain::time::Span;
use axum::http::header::{AUTHORIZATION, HeaderName};
use axum::http::{HeaderValue, Request, Response};
use governor::clock::{Clock as _, DefaultClock, QuantaInstant};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many callers are remembered before those who asked nothing of late are forgotten.
const MOST_CALLERS: usize = 50_000;
/// How many callers' worth one address may ask in all: who makes up another sign-in for each request is one address.
const CALLERS_OF_ADDRESS: u32 = 20;

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
    /// So many rows of a job are done before it is answered; the others after.
    pub job_rows: usize,
    /// Whether `X-Forwarded-For`, `-Proto` and `-Host` are a proxy's own words and can be relied on.
    pub behind_proxy: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_minute: NonZeroU32::new(700).unwrap_or(NonZeroU32::MIN),
            at_once: 256,
            body_bytes: 64 * 1024 * 1024,
            answer_within: Duration::from_mins(1),
            job_rows: 25,
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
    of_addresses: Keyed,
    /// At how many callers it is looked next for those who can be forgotten.
    full_at: AtomicUsize,
}

/// So often signing in may fail within [`TRIES_WITHIN`]: with one address from one place, from one place at all, and with
/// one address from anywhere.
const TRIES: (u32, u32, u32) = (5, 30, 50);
const TRIES_WITHIN: Duration = Duration::from_mins(1);
/// The same by the account's clock.
const SHARED_WITHIN: Span = Span::minutes(1);
/// So many are remembered.
const MOST_TRIED: usize = 100_000;

/// Who tried to sign in and could not: from where, as whom, or both.
type Tried = String;

/// Counts what failed, so that nobody guesses on and on: in the account, for all who serve it together, and here, for where
/// that cannot be written. An empty address counts for the place alone.
#[derive(Default)]
pub(super) struct Tries(Mutex<BTreeMap<Tried, (u32, Option<Instant>)>>);

impl Tries {
    fn keys(from: Option<IpAddr>, address: &str) -> Vec<(Tried, u32)> {
        let (both, of_place, of_address) = TRIES;
        let from = from.map(|from| from.to_string()).unwrap_or_default();
        let mut keys = vec![(format!("from {from}"), of_place)];
        if !address.is_empty() {
            let address = hex(&Sha256::digest(address.trim().to_lowercase().as_bytes()));
            keys.extend([(format!("both {from} {address}"), both), (format!("as {address}"), of_address)]);
        }
        keys
    }

    /// Whether it failed too often of late.
    pub(super) async fn are_used_up(&self, here: &Here, address: &str) -> bool {
        let keys = Self::keys(here.from, address);
        if self.are_used_up_here(&keys) {
            return true;
        }
        let names: Vec<String> = keys.iter().map(|(name, _)| name.clone()).collect();
        match here.site.door.guesses(&names, SHARED_WITHIN).await {
            Ok(counts) => keys.iter().zip(counts).any(|((_, most), count)| count >= u64::from(*most)),
            Err(error) => {
                tracing::warn!(%error, "counting sign-ins");
                false
            }
        }
    }

    fn are_used_up_here(&self, keys: &[(Tried, u32)]) -> bool {
        let tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |since: &Option<Instant>| since.is_some_and(|since| since.elapsed() < TRIES_WITHIN);
        keys.iter().any(|(key, most)| tried.get(key).is_some_and(|(count, at)| count >= most && recent(at)))
    }

    /// It failed once more.
    pub(super) async fn failed(&self, here: &Here, address: &str) {
        let keys = Self::keys(here.from, address);
        let names: Vec<String> = keys.iter().map(|(name, _)| name.clone()).collect();
        self.failed_here(keys);
        if let Err(error) = here.site.door.guessed(&names, SHARED_WITHIN).await {
            tracing::warn!(%error, "counting sign-ins");
        }
    }

    fn failed_here(&self, keys: Vec<(Tried, u32)>) {
        let mut tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: &Option<Instant>| at.is_some_and(|at| at.elapsed() < TRIES_WITHIN);
        if tried.len() > MOST_TRIED {
            tried.retain(|_, (_, at)| recent(at));
        }
        for (key, _) in keys {
            let entry = tried.entry(key).or_default();
            if !recent(&entry.1) {
                *entry = (0, Some(now()));
            }
            entry.0 += 1;
        }
    }
}

/// So many requests an hour from one place by those who have not signed in.
const STRANGERS: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);

/// Counts requests of those who have not signed in, by place.
pub(super) struct Strangers(RateLimiter<Option<IpAddr>, DashMapStateStore<Option<IpAddr>>, DefaultClock>);

impl Default for Strangers {
    fn default() -> Self {
        Self(RateLimiter::dashmap(Quota::per_hour(STRANGERS)))
    }
}

impl Strangers {
    /// Counts one.
    ///
    /// # Errors
    /// The seconds after which another is taken from there.
    pub(super) fn count(&self, from: Option<IpAddr>) -> Result<(), u64> {
        if self.0.len() > MOST_CALLERS {
            self.0.retain_recent();
        }
        self.0.check_key(&from.map(network)).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }
}

/// Whoever has one address of IPv6 has 2^64 of them.
fn network(from: IpAddr) -> IpAddr {
    match from {
        IpAddr::V6(from) => match from.to_ipv4_mapped() {
            Some(from) => IpAddr::V4(from),
            None => IpAddr::V6(Ipv6Addr::from_bits(from.to_bits() >> 64 << 64)),
        },
        IpAddr::V4(_) => from,
    }
}

/// How fast somebody asks is a matter of this program's own time.
fn now() -> Instant {
    Instant::now()
}

/// What a caller may still ask this minute.
pub(super) struct Left {
    limit: u32,
    remaining: u32,
}

impl Limiter {
    pub(super) fn new(settings: &Limits) -> Self {
        let calls = RateLimiter::dashmap(Quota::per_minute(settings.per_minute)).with_middleware();
        let of_address =
            settings.per_minute.saturating_mul(NonZeroU32::new(CALLERS_OF_ADDRESS).unwrap_or(NonZeroU32::MIN));
        let of_addresses = RateLimiter::dashmap(Quota::per_minute(of_address)).with_middleware();
        Self { settings: settings.clone(), calls, of_addresses, full_at: AtomicUsize::new(MOST_CALLERS) }
    }

    /// What is told to who asked too much.
    pub(super) fn nothing_left(&self) -> Left {
        Left { limit: self.settings.per_minute.get(), remaining: 0 }
    }

    pub(super) fn settings(&self) -> Limits {
        self.settings.clone()
    }

    /// Counts a request.
    ///
    /// # Errors
    /// The seconds after which its caller may ask again.
    pub(super) fn count<B>(&self, request: &Request<B>, from: Option<IpAddr>) -> Result<Left, u64> {
        self.forget();
        let address = Who::Address(from);
        self.of_addresses.check_key(&address).map_err(|not_until| seconds(&not_until))?;
        let who = request
            .headers()
            .get(AUTHORIZATION)
            .map_or(address, |said| Who::SignIn(Sha256::digest(said.as_bytes()).into()));
        let state = self.calls.check_key(&who).map_err(|not_until| seconds(&not_until))?;
        Ok(Left { limit: state.quota().burst_size().get(), remaining: state.remaining_burst_capacity() })
    }

    /// Forgets who asked nothing of late, where there are many; where all of them did, it is looked again at twice as many.
    fn forget(&self) {
        let callers = self.calls.len() + self.of_addresses.len();
        if callers > self.full_at.load(Ordering::Relaxed) {
            self.calls.retain_recent();
            self.of_addresses.retain_recent();
            let left = self.calls.len() + self.of_addresses.len();
            self.full_at.store((left * 2).max(MOST_CALLERS), Ordering::Relaxed);
        }
    }
}

/// After how many seconds it may be asked again, rounded up.
fn seconds(not_until: &NotUntil<QuantaInstant>) -> u64 {
    let wait = not_until.wait_time_from(DefaultClock::default().now());
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
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
