use super::dice::Dice;
use crate::domain::time::{Span, Timestamp};

const HOUR: i64 = Span::hours(1).0;
const DAY: i64 = Span::days(1).0;
/// How far back the oldest ticket lies.
const PAST: i64 = Span::days(730).0;

/// When tickets are opened: ever more of them, twice as many a day at the end as on average, the newest just now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    pub now: Timestamp,
    pub tickets: u64,
}

impl Calendar {
    /// A moment at which ticket k is opened: later than all before it, earlier than all after it. In the daytime where
    /// tickets are so few that there is a choice.
    pub fn opened(&self, k: u64, dice: &mut Dice) -> Timestamp {
        let (from, to) = self.cell(k);
        let mut at = dice.between(from.0, to.0);
        for _ in 0..3 {
            if to.0 - from.0 > HOUR && !is_daytime(at) {
                at = dice.between(from.0, to.0);
            }
        }
        Timestamp(at)
    }

    /// That age as near as ticket k can have it.
    pub fn opened_near(&self, k: u64, age: Span) -> Timestamp {
        let (from, to) = self.cell(k);
        Timestamp((self.now.0 - age.0).clamp(from.0, (to.0 - 1).max(from.0)))
    }

    /// The ticket that is opened when so much time is left until now.
    pub fn at_age(&self, age: Span) -> u64 {
        let elapsed = square((PAST - age.0).max(0));
        let k = u128::from(self.tickets) * elapsed / square(PAST);
        u64::try_from(k).unwrap_or(0).min(self.tickets.saturating_sub(1))
    }

    fn cell(&self, k: u64) -> (Timestamp, Timestamp) {
        (self.edge(k), self.edge(k + 1))
    }

    fn edge(&self, k: u64) -> Timestamp {
        let since_start = (square(PAST) * u128::from(k) / u128::from(self.tickets.max(1))).isqrt();
        Timestamp(self.now.0 - PAST + i64::try_from(since_start).unwrap_or(0))
    }
}

/// The same moment, or the next morning when it falls into the night: agents sleep.
pub(super) fn at_work(at: Timestamp, dice: &mut Dice) -> Timestamp {
    if is_daytime(at.0) {
        return at;
    }
    let midnight = at.0 - at.0.rem_euclid(DAY);
    let morning = if at.0.rem_euclid(DAY) < 12 * HOUR { midnight } else { midnight + DAY };
    Timestamp(morning + dice.between(7 * HOUR, 10 * HOUR))
}

fn is_daytime(at: i64) -> bool {
    (7 * HOUR..20 * HOUR).contains(&at.rem_euclid(DAY))
}

fn square(n: i64) -> u128 {
    let n = u128::from(n.unsigned_abs());
    n * n
}
