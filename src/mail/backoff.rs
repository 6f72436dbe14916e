use crate::domain::time::Span;

/// How often and how long a letter is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The wait after the first failure; it doubles with each one.
    pub first: Span,
    /// The longest wait.
    pub longest: Span,
    /// Given up when the first try is longer ago than this.
    pub give_up: Span,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Span::minutes(1), longest: Span::hours(6), give_up: Span::days(5) }
    }
}

impl Backoff {
    /// How long to wait after so many failures (1 is the first), `age` after the first try. `chance`, evenly drawn from
    /// 0 to 1, spreads the wait over its upper half, so that what failed together is not tried together. None when it is
    /// given up: the wait would end after [`Self::give_up`].
    pub fn wait(&self, failures: u32, age: Span, chance: f64) -> Option<Span> {
        let doubled = self.first.0.saturating_mul(1_i64.checked_shl(failures.saturating_sub(1)).unwrap_or(i64::MAX));
        // A shift by 63 is negative: more than any bound as well.
        let full = if doubled <= 0 { self.longest.0 } else { doubled.min(self.longest.0) };
        let half = full / 2;
        let chance = if chance.is_finite() { chance.clamp(0.0, 1.0) } else { 1.0 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most half of some hours")]
        let spread = ((full - half) as f64 * chance) as i64;
        let wait = half + spread;
        (age.0.saturating_add(wait) <= self.give_up.0).then_some(Span(wait))
    }
}
