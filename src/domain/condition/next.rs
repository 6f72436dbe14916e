use super::{Asker, Condition, Facts, Op, Test, Unit, When};
use crate::domain::time::{Span, Timestamp};
use std::collections::BTreeSet;

impl Condition {
    /// How long something must have been so at least, where the condition waits for one such time.
    pub fn waits(&self) -> Option<Span> {
        let mut waits = self.tests().into_iter().filter_map(|test| match test {
            Test::Time(_, Op::AtMost | Op::Below, When::Away(count, unit)) => Some(unit.times(*count)),
            _ => None,
        });
        let first = waits.next();
        first.filter(|_| waits.next().is_none())
    }

    /// The same with another time to wait for.
    #[must_use]
    pub fn waiting(&self, span: Span) -> Self {
        match self {
            Self::All(parts) => Self::All(parts.iter().map(|part| part.waiting(span)).collect()),
            Self::Any(parts) => Self::Any(parts.iter().map(|part| part.waiting(span)).collect()),
            Self::Not(part) => Self::Not(Box::new(part.waiting(span))),
            Self::Test(Test::Time(moment, op @ (Op::AtMost | Op::Below), When::Away(..))) => {
                let (count, unit) = Unit::of(span);
                Self::Test(Test::Time(*moment, *op, When::Away(count, unit)))
            }
            Self::Test(test) => Self::Test(test.clone()),
        }
    }

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
