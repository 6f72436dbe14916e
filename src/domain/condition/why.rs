use super::{Actual, Asker, Condition, Facts};
use crate::domain::setup::Refers;
use std::collections::BTreeSet;

/// Why a condition is true of a ticket, or not (Z09).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Whether it is.
    pub holds: bool,
    /// What was asked: the condition, or a part of it.
    pub asked: Condition,
    /// What the ticket has; only of a single test.
    pub has: Option<Actual>,
    /// The same of each part.
    pub parts: Vec<Self>,
}

impl Why {
    /// What has to be known by name to tell it.
    pub fn mentions(&self) -> BTreeSet<(Refers, i64)> {
        let mut found = self.asked.mentions();
        let mut left: Vec<&Self> = vec![self];
        while let Some(why) = left.pop() {
            if let Some(has) = &why.has {
                has.mentions(&mut found);
            }
            left.extend(&why.parts);
        }
        found
    }
}

impl Condition {
    /// Whether it is true of a ticket for somebody at a moment.
    pub fn holds(&self, facts: &Facts<'_>, asker: &Asker) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(facts, asker)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(facts, asker)),
            Self::Not(part) => !part.holds(facts, asker),
            Self::Test(test) => test.holds(facts, asker),
        }
    }

    /// The same with the reason: every part is looked at, whether it decides or not.
    pub fn explain(&self, facts: &Facts<'_>, asker: &Asker) -> Why {
        let (holds, parts, has) = match self {
            Self::All(parts) => {
                let parts = explained(parts, facts, asker);
                (parts.iter().all(|part| part.holds), parts, None)
            }
            Self::Any(parts) => {
                let parts = explained(parts, facts, asker);
                (parts.iter().any(|part| part.holds), parts, None)
            }
            Self::Not(part) => {
                let part = part.explain(facts, asker);
                (!part.holds, vec![part], None)
            }
            Self::Test(test) => (test.holds(facts, asker), Vec::new(), Actual::of(test, facts, asker)),
        };
        Why { holds, asked: self.clone(), has, parts }
    }
}

fn explained(parts: &[Condition], facts: &Facts<'_>, asker: &Asker) -> Vec<Why> {
    parts.iter().map(|part| part.explain(facts, asker)).collect()
}
