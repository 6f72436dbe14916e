use super::{Asker, Condition, Facts, Test};
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;

impl Condition {
    /// The first moment, from the asker's on, at which it is true if nobody touches the ticket (Z10); none when that
    /// never comes. Never early by a millisecond (R172, R173, R177).
    ///
    /// Only tests of time turn by themselves, and each only at few moments: those are tried, in order.
    pub fn next_true(&self, facts: &Facts<'_>, asker: &Asker) -> Option<Timestamp> {
        let mut turns: BTreeSet<Timestamp> = BTreeSet::from([asker.now]);
        for test in self.tests() {
            if let Test::Time(moment, _, when) = test
                && let Some(at) = asker.moment(*moment, facts.ticket)
            {
                turns.extend(when.turns(*moment, at, asker));
            }
        }
        let mut then = asker.clone();
        turns.into_iter().filter(|at| *at >= asker.now && at.0 < i64::MAX).find(|at| {
            then.now = *at;
            self.holds(facts, &then)
        })
    }
}
