//! How often it is looked whether something is new: less and less often while nothing changes, seldom while nobody looks at the
//! screen, and at once when somebody does again.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// How long from one look to the next, at first and at most.
const FIRST: Duration = Duration::from_secs(15);
const MOST: Duration = Duration::from_mins(2);
/// The same while nobody looks.
const AWAY: Duration = Duration::from_mins(10);

/// When the next look is.
pub(super) struct Rhythm {
    /// When it was looked last, and how long from then to the next time while somebody looks.
    last: Mutex<(Option<Instant>, Duration)>,
    looks: watch::Sender<bool>,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { last: Mutex::new((None, FIRST)), looks: watch::Sender::new(true) }
    }
}

impl Rhythm {
    /// Whether anybody looks.
    pub(super) fn attend(&self, looks: bool) {
        self.looks.send_if_modified(|known| std::mem::replace(known, looks) != looks);
    }

    /// Waits until it is time to look; false when that is not before some moment.
    pub(super) async fn next(&self, until: Instant) -> bool {
        let mut looks = self.looks.subscribe();
        loop {
            let due = self.due(*looks.borrow_and_update());
            if due.is_none_or(|due| due <= Instant::now()) {
                return true;
            }
            if Instant::now() >= until {
                return false;
            }
            tokio::select! {
                () = sleep_until(due.unwrap_or(until).min(until)) => {}
                // Whoever comes back sees what is new.
                _ = looks.changed() => {}
            }
        }
    }

    /// It was looked, and something had changed or not.
    pub(super) fn looked(&self, changed: bool) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = if changed { FIRST } else { (last.1 * 3 / 2).min(MOST) };
        *last = (Some(Instant::now()), pause);
    }

    /// When it is to be looked; at once when it never was.
    fn due(&self, looks: bool) -> Option<Instant> {
        let (last, pause) = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.map(|last| last + if looks { pause } else { AWAY })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many seconds from one look to the next.
    fn seconds(rhythm: &Rhythm, looks: bool) -> u64 {
        let last = rhythm.last.lock().expect("unlocked").0.expect("a look");
        rhythm.due(looks).expect("a moment").duration_since(last).as_secs()
    }

    #[test]
    fn it_is_looked_less_and_less_often_while_nothing_changes_and_seldom_while_nobody_looks() {
        let rhythm = Rhythm::default();
        assert_eq!(rhythm.due(true), None, "at once");
        let mut found = Vec::new();
        for changed in [true, false, false, false, false, false, false, false, true] {
            rhythm.looked(changed);
            found.push(seconds(&rhythm, true));
            assert_eq!(seconds(&rhythm, false), 600);
        }
        assert_eq!(found, [15, 22, 33, 50, 75, 113, 120, 120, 15]);
    }

    /// Whoever comes back finds what was due meanwhile looked for at once, and not after the longer time.
    #[tokio::test]
    async fn whoever_comes_back_sees_what_is_new() {
        let rhythm = Rhythm::default();
        let long_ago = Instant::now().checked_sub(Duration::from_mins(1)).expect("the machine ran for a minute");
        *rhythm.last.lock().expect("unlocked") = (Some(long_ago), FIRST);
        rhythm.attend(false);
        let until = Instant::now() + Duration::from_mins(5);
        assert!(!rhythm.next(Instant::now()).await, "it goes on with the next question");
        let (looked, ()) = tokio::join!(rhythm.next(until), async { rhythm.attend(true) });
        assert!(looked && Instant::now() < until);
    }
}
