use super::{Ask, Dimension, Key, Measure};
use crate::domain::condition::{Condition, Label, Link, Moment, Op, Precision, Target, Test, Value, When};
use crate::domain::search::{Query, Term};
use crate::domain::status::Status;
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;

impl Ask {
    /// What is true of exactly the tickets that a number counts: those of all rows without keys. What was reopened and
    /// answered is counted among those opened, so these are told for it. None where a row has no such tickets by what
    /// it means.
    pub fn behind(&self, keys: &[Key], measure: Measure) -> Option<Condition> {
        let mut parts = match &self.only {
            Condition::All(parts) => parts.clone(),
            other => vec![other.clone()],
        };
        let moment = match measure {
            Measure::Opened | Measure::Reopened | Measure::FirstAnswer => Some(Moment::Created),
            Measure::Solved | Measure::Solution => Some(Moment::Solved),
            Measure::Unsolved => None,
        };
        let (mut from, mut until) = match moment {
            Some(_) => (Some(self.from), Some(self.until)),
            None => (None, None),
        };
        for (dimension, key) in self.by.iter().zip(keys) {
            match (dimension, key) {
                (Dimension::Time(step), Key::Time(begins)) => {
                    let stretch = self.stretch(*step, *begins);
                    from = from.max(Some(stretch.0));
                    until = Some(until.map_or(stretch.1, |until| until.min(stretch.1)));
                }
                (_, Key::Before | Key::After) if moment.is_some() => return None,
                (_, Key::Before) => until = Some(until.map_or(self.from, |until| until.min(self.from))),
                (_, Key::After) => from = from.max(Some(self.until)),
                _ => parts.extend(key.test().map(Condition::Test)),
            }
        }
        if moment.is_none() {
            parts.push(Condition::Test(Test::Status(Op::Below, Status::Solved)));
        }
        let moment = moment.unwrap_or(Moment::Created);
        let time = |op: Op, at: Timestamp| {
            let precision = if at.0 % 1_000 == 0 { Precision::Second } else { Precision::Millisecond };
            Condition::Test(Test::Time(moment, op, When::At(at, precision)))
        };
        parts.extend(from.map(|at| time(Op::AtLeast, at)));
        parts.extend(until.map(|at| time(Op::Below, at)));
        Some(Condition::All(parts))
    }

    /// The same as a query that finds them; none where the condition is more than a query can say.
    pub fn query(&self, keys: &[Key], measure: Measure) -> Option<Query> {
        Query::of(&self.behind(keys, measure)?)
    }
}

impl Key {
    /// What is true of its tickets; none for times, which the ask knows.
    fn test(&self) -> Option<Test> {
        let link = |link: Link, id: Option<i64>| Some(Test::Link(link, id.map_or(Target::Nobody, Target::Id)));
        match self {
            Self::Status(status) => Some(Test::Status(Op::Is, *status)),
            Self::Kind(id) => link(Link::Kind, id.map(|id| id.0)),
            Self::Organization(id) => link(Link::Organization, id.map(|id| id.0)),
            Self::Group(id) => link(Link::Group, id.map(|id| id.0)),
            Self::Assignee(id) => link(Link::Assignee, id.map(|id| id.0)),
            Self::Requester(id) => link(Link::Requester, Some(id.0)),
            Self::Channel(channel) => Some(Test::Via(*channel)),
            Self::Priority(priority) => Some(Test::Priority(Op::Is, *priority)),
            Self::Tag(tag) => {
                let value = |tag: &Tag| Value::Is(tag.as_str().to_owned());
                Some(Test::Label(Label::Tag, tag.as_ref().map_or(Value::Missing, value)))
            }
            Self::Before | Self::Time(_) | Self::After => None,
        }
    }
}

impl Query {
    /// A query that means just that; none where queries cannot say it.
    pub fn of(condition: &Condition) -> Option<Self> {
        let single = std::slice::from_ref(condition);
        let parts = if let Condition::All(parts) = condition { parts.as_slice() } else { single };
        let term = |part: &Condition| match part {
            Condition::Test(test) => Some(Term { negated: false, test: test.clone() }),
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Test(test) => Some(Term { negated: true, test: test.clone() }),
                _ => None,
            },
            Condition::All(_) | Condition::Any(_) => None,
        };
        let query = Self { terms: parts.iter().map(term).collect::<Option<_>>()?, sort: None };
        // The same keyword twice means either in a query, and some tests have no words in it.
        let whole = Condition::All(parts.to_vec());
        let read = Self::parse(&query.to_string()).ok()?;
        (query.condition() == whole && read.condition() == whole).then_some(query)
    }
}
