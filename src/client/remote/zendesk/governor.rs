//! Keeps all requests of this process to one account within what the account allows, and says why somebody waits.

use crate::client::{Error, Waiting};
use crate::domain::time::{Span, Timestamp};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// Nobody says for how long to wait.
const WAIT: Duration = Duration::from_mins(1);
/// Longer than this nobody waits: they are told when to ask again.
const PATIENCE: Duration = Duration::from_mins(2);
/// Nobody waits longer because a server says so.
const LONGEST: Duration = Duration::from_hours(1);
/// Of what is allowed in a minute this part is left for what somebody waits for.
const RESERVE: u32 = 10;

/// Those of this process, one an account.
static ALL: Mutex<BTreeMap<String, Weak<Governor>>> = Mutex::new(BTreeMap::new());

/// What one account allows.
pub struct Governor {
    state: Mutex<State>,
    waiting: watch::Sender<Option<Waiting>>,
}

#[derive(Default)]
struct State {
    /// Nothing is asked before.
    until: Option<Instant>,
    /// So much is allowed in a minute.
    allowed: Option<u32>,
    /// So much is left of it.
    left: Option<u32>,
    /// When it is whole again.
    renews: Option<Instant>,
    waiters: u32,
}

/// How much somebody wants an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Haste {
    /// They wait for it.
    Awaited,
    /// It is only to be newer.
    Refresh,
}

impl Governor {
    /// The one of an account, for everybody in this process.
    pub fn of(base: &str) -> Arc<Self> {
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| one.strong_count() > 0);
        if let Some(known) = all.get(base).and_then(Weak::upgrade) {
            return known;
        }
        let one = Arc::new(Self { state: Mutex::default(), waiting: watch::Sender::new(None) });
        all.insert(base.to_owned(), Arc::downgrade(&one));
        one
    }

    /// Why somebody waits, whenever that changes.
    pub fn waiting(&self) -> watch::Receiver<Option<Waiting>> {
        self.waiting.subscribe()
    }

    /// Waits until something may be asked.
    ///
    /// # Errors
    /// [`Error::Throttled`] when that is too long to wait.
    pub(super) async fn pass(&self, haste: Haste, now: Timestamp) -> Result<(), Error> {
        let Some(wait) = self.wait(haste, Instant::now()) else { return Ok(()) };
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let until = now + Span(1_000 * i64::try_from(seconds).unwrap_or(i64::MAX / 2_000));
        if wait > PATIENCE {
            return Err(Error::Throttled(until));
        }
        let _told = self.tell(until);
        while let Some(wait) = self.wait(haste, Instant::now()) {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// For how long to wait at some moment; whoever need not has asked.
    fn wait(&self, haste: Haste, now: Instant) -> Option<Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.renews.is_some_and(|renews| renews <= now) {
            (state.left, state.renews) = (None, None);
        }
        let held = state.until.filter(|until| *until > now);
        let least = match haste {
            Haste::Awaited => 0,
            Haste::Refresh => state.allowed.unwrap_or_default() / RESERVE,
        };
        let spent = state.renews.filter(|_| state.left.is_some_and(|left| left <= least));
        let until = held.max(spent);
        if until.is_none() {
            state.left = state.left.map(|left| left.saturating_sub(1));
        }
        until.map(|until| until - now)
    }

    fn tell(&self, until: Timestamp) -> Told<'_> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiters += 1;
        self.waiting.send_replace(Some(Waiting { until, allowed: state.allowed }));
        Told(self)
    }

    /// Reads what an answer says of the limits; for how long to wait where it was no answer.
    pub(super) fn heard(&self, status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
        let number = |names: [&str; 2]| {
            let text = names.into_iter().find_map(|name| headers.get(name)?.to_str().ok());
            text.and_then(|text| text.trim().parse::<u32>().ok())
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.allowed = number(["x-rate-limit", "ratelimit-limit"]).filter(|allowed| *allowed > 0).or(state.allowed);
        if let Some(left) = number(["x-rate-limit-remaining", "ratelimit-remaining"]) {
            let resets = number(["ratelimit-reset", "x-rate-limit-reset"]).unwrap_or(60);
            let renews = Instant::now() + Duration::from_secs(u64::from(resets.min(60)));
            state.left = Some(state.left.map_or(left, |known| known.min(left)));
            state.renews = state.renews.or(Some(renews));
        }
        let said = retry_after(headers, now);
        let wait = match status.as_u16() {
            429 => Some(said.unwrap_or(WAIT)),
            503 => said,
            _ => None,
        }?;
        let wait = wait.clamp(Duration::from_secs(1), LONGEST);
        state.until = state.until.max(Some(Instant::now() + wait));
        Some(wait)
    }
}

/// Somebody waits as long as this is there.
struct Told<'a>(&'a Governor);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiters = state.waiters.saturating_sub(1);
        if state.waiters == 0 {
            self.0.waiting.send_replace(None);
        }
    }
}

/// After how long to ask again: so many seconds, or a moment.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = text.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
    let moment = || {
        let at = chrono::DateTime::parse_from_rfc2822(text).ok()?.timestamp_millis();
        u64::try_from((at - now.0).max(0)).ok().map(Duration::from_millis)
    };
    seconds.map(|seconds| Duration::from_secs_f64(seconds.min(86_400.0))).or_else(moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn said(rows: &[(&'static str, &'static str)]) -> HeaderMap {
        rows.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    /// For how many whole seconds, rounded up.
    fn seconds(wait: Option<Duration>) -> u64 {
        wait.map_or(0, |wait| wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
    }

    #[test]
    fn everybody_waits_as_long_as_the_account_says() {
        let rows = [("7", 7), ("Thu, 01 Jan 1970 00:00:09 GMT", 9), ("soon", 60), ("0", 1), ("99999", 3_600)];
        for (after, expected) in rows {
            let governor = Governor::of(&format!("https://{expected}.example"));
            governor.heard(StatusCode::TOO_MANY_REQUESTS, &said(&[("retry-after", after)]), Timestamp(0));
            let now = Instant::now();
            assert_eq!(seconds(governor.wait(Haste::Awaited, now)), expected, "{after}");
            let then = now + Duration::from_secs(expected);
            assert_eq!(governor.wait(Haste::Awaited, then), None, "{after}");
        }
    }

    #[test]
    fn all_of_a_process_go_through_the_same_one() {
        let one = Governor::of("https://same.example");
        one.heard(StatusCode::TOO_MANY_REQUESTS, &said(&[("retry-after", "5")]), Timestamp(0));
        assert!(Governor::of("https://same.example").wait(Haste::Awaited, Instant::now()).is_some());
        assert!(Governor::of("https://other.example").wait(Haste::Awaited, Instant::now()).is_none());
    }

    #[test]
    fn what_only_refreshes_leaves_the_rest_of_a_minute_to_what_is_awaited() {
        let governor = Governor::of("https://three.example");
        let limits = [("ratelimit-limit", "100"), ("ratelimit-remaining", "10"), ("ratelimit-reset", "30")];
        governor.heard(StatusCode::OK, &said(&limits), Timestamp(0));
        let now = Instant::now();
        assert_eq!(governor.wait(Haste::Awaited, now), None);
        assert_eq!(seconds(governor.wait(Haste::Refresh, now)), 30);
        let spent = [("ratelimit-limit", "100"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "30")];
        governor.heard(StatusCode::OK, &said(&spent), Timestamp(0));
        assert!(governor.wait(Haste::Awaited, now).is_some());
        assert_eq!(
            governor.wait(Haste::Awaited, now + Duration::from_secs(31)),
            None,
            "the next minute is whole again"
        );
    }
}
