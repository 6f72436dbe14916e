//! What no ticket, or every ticket, fulfils.

use crate::domain::condition::{
    Asker, Condition, FieldTest, Label, Link, Moment, Op, Person, Sight, Target, Test, Value, When,
};
use crate::domain::id::PersonId;
use crate::domain::status::{Priority, Status};
use crate::domain::time::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A test, or its opposite.
type Literal<'a> = (bool, &'a Test);

/// Whether no ticket can be so: tests that must all be true exclude each other. Not everything that cannot be is found.
pub(super) fn contradicts_itself(when: &Condition) -> bool {
    never(when, true)
}

/// Whether every ticket is so: the opposite excludes itself.
pub(super) fn leaves_none_out(when: &Condition) -> bool {
    never(when, false)
}

/// The statuses in which a ticket can be so.
pub(super) fn statuses(when: &Condition) -> BTreeSet<Status> {
    let (literals, _) = parts(when, true);
    Status::ALL.into_iter().filter(|status| status_is(&literals, *status)).collect()
}

/// The same without what is said of statuses and times.
pub(super) fn timeless(when: &Condition) -> Condition {
    let (literals, others) = parts(when, true);
    let of_time = |test: &Test| matches!(test, Test::Status(..) | Test::CustomStatus(_) | Test::Time(..));
    let of = |(holds, part): (bool, Condition)| if holds { part } else { Condition::Not(Box::new(part)) };
    let literals = literals.into_iter().filter(|(_, test)| !of_time(test));
    let literals = literals.map(|(holds, test)| of((holds, Condition::Test(test.clone()))));
    Condition::All(literals.chain(others.into_iter().map(|(holds, part)| of((holds, part.clone())))).collect())
}

/// Whether a condition, or its opposite, can never be.
fn never(when: &Condition, holds: bool) -> bool {
    let (literals, others) = parts(when, holds);
    let none = others.into_iter().any(|(holds, part)| match part {
        Condition::All(parts) | Condition::Any(parts) => {
            // Who writes `nothing` means it.
            (!holds || !parts.is_empty()) && parts.iter().all(|part| never(part, holds))
        }
        Condition::Not(_) | Condition::Test(_) => false,
    });
    none || clash(&literals)
}

/// What must all be true: tests or their opposites, and choices between several.
fn parts(when: &Condition, holds: bool) -> (Vec<Literal<'_>>, Vec<(bool, &Condition)>) {
    let (mut literals, mut others, mut left) = (Vec::new(), Vec::new(), vec![(holds, when)]);
    while let Some((holds, part)) = left.pop() {
        match part {
            Condition::Test(test) => literals.push((holds, test)),
            Condition::Not(inner) => left.push((!holds, inner)),
            Condition::All(parts) if holds => left.extend(parts.iter().map(|part| (true, part))),
            Condition::Any(parts) if !holds => left.extend(parts.iter().map(|part| (false, part))),
            Condition::All(_) | Condition::Any(_) => others.push((holds, part)),
        }
    }
    (literals, others)
}

fn clash(literals: &[Literal<'_>]) -> bool {
    let private = |private: bool| {
        possible(literals, |test| match test {
            Test::Private(wanted) => Some(private == *wanted),
            _ => None,
        })
    };
    let any_priority = std::iter::once(None).chain(Priority::ALL.map(Some)).any(|one| priority_is(literals, one));
    let no_status = !Status::ALL.into_iter().any(|status| status_is(literals, status));
    no_status || !any_priority || ![true, false].into_iter().any(private) || pairs(literals) || empty_times(literals)
}

fn possible(literals: &[Literal<'_>], says: impl Fn(&Test) -> Option<bool>) -> bool {
    literals.iter().all(|(holds, test)| says(test) != Some(!holds))
}

fn status_is(literals: &[Literal<'_>], status: Status) -> bool {
    possible(literals, |test| match test {
        Test::Status(op, wanted) => Some(op.compares(&status, wanted)),
        // What asks since when a ticket has been so asks for its being so.
        Test::Time(Moment::Entered(wanted), ..) if status != *wanted => Some(false),
        Test::Time(Moment::Solved, ..) if status.is_unsolved() => Some(false),
        _ => None,
    })
}

fn priority_is(literals: &[Literal<'_>], priority: Option<Priority>) -> bool {
    possible(literals, |test| match test {
        Test::Priority(op, Some(wanted)) => Some(priority.is_some_and(|one| op.compares(&one, wanted))),
        Test::Priority(Op::Is, None) => Some(priority.is_none()),
        _ => None,
    })
}

/// Whether two of them exclude each other.
fn pairs(literals: &[Literal<'_>]) -> bool {
    literals.iter().enumerate().any(|(at, (holds, test))| {
        literals[at + 1..].iter().any(|(other_holds, other)| {
            (test == other && holds != other_holds)
                || (*holds && *other_holds && (excludes(test, other) || excludes(other, test)))
        })
    })
}

fn excludes(one: &Test, other: &Test) -> bool {
    match (one, other) {
        (Test::Link(link, one), Test::Link(same, other)) if link == same => {
            let of_many = matches!(link, Link::Cc | Link::Follower);
            match (one, other) {
                (Target::Nobody, other) => *other != Target::Nobody,
                (Target::Id(one), Target::Id(other)) => !of_many && one != other,
                _ => false,
            }
        }
        (Test::Label(label, Value::Missing), Test::Label(same, other)) => label == same && *other != Value::Missing,
        (Test::Label(Label::ExternalId, Value::Is(one)), Test::Label(Label::ExternalId, Value::Is(other))) => {
            one != other
        }
        (Test::CustomStatus(one), Test::CustomStatus(other)) => one != other,
        (Test::Via(one), Test::Via(other)) => one != other,
        (Test::HasAttachment(one), Test::HasAttachment(other)) => one != other,
        (Test::Never(moment), Test::Time(same, ..)) => moment == same,
        (Test::Field(id, FieldTest::Missing), Test::Field(same, other)) => id == same && *other != FieldTest::Missing,
        (Test::Field(id, FieldTest::Number(op, number)), Test::Field(same, FieldTest::Number(other, limit))) => {
            id == same && apart((*op, number.0), (*other, limit.0))
        }
        (Test::Field(id, FieldTest::Date(op, day)), Test::Field(same, FieldTest::Date(other, limit))) => {
            id == same && op_excludes((*op, day), (*other, limit))
        }
        (Test::Number(op, number), Test::Number(other, limit)) => {
            apart((*op, i128::from(*number)), (*other, i128::from(*limit)))
        }
        (Test::Comments(op, count), Test::Comments(other, limit)) => {
            apart((*op, i128::from(*count)), (*other, i128::from(*limit)))
        }
        (Test::Requester(Person::Role(one)), Test::Requester(Person::Role(other))) => one != other,
        (Test::Requester(Person::Language(one)), Test::Requester(Person::Language(other)))
        | (Test::Requester(Person::Domain(one)), Test::Requester(Person::Domain(other))) => one != other,
        _ => false,
    }
}

/// Whether no whole number is both.
fn apart((op, number): (Op, i128), (other, limit): (Op, i128)) -> bool {
    let around = [number - 1, number, number + 1, limit - 1, limit, limit + 1];
    !around.iter().any(|one| op.compares(one, &number) && other.compares(one, &limit))
}

/// The same of what has an order: nothing lies below the smaller of two and above the greater.
fn op_excludes<T: Ord>((op, one): (Op, &T), (other, limit): (Op, &T)) -> bool {
    let below = |op: Op| matches!(op, Op::Below | Op::AtMost | Op::Is);
    let above = |op: Op| matches!(op, Op::Above | Op::AtLeast | Op::Is);
    let meet =
        op.compares(limit, one) && other.compares(limit, limit) || other.compares(one, limit) && op.compares(one, one);
    !meet && ((below(op) && above(other) && one <= limit) || (above(op) && below(other) && limit <= one))
}

/// Whether a moment would have to lie before and after another: `created more than 5 days ago and created less than 3
/// days ago`. Days and times away from now are not compared with each other.
fn empty_times(literals: &[Literal<'_>]) -> bool {
    let asker = Asker {
        person: PersonId(0),
        groups: Vec::new(),
        organization: None,
        now: Timestamp(0),
        sight: Sight::Staff,
        around: Arc::default(),
    };
    let ranges = |moment: Moment, relative: bool| {
        literals.iter().filter_map(move |(holds, test)| match test {
            Test::Time(of, op, when) if *holds && *of == moment => match when {
                When::Away(..) if relative => Some((*op, *when)),
                When::At(..) if !relative => Some((*op, *when)),
                _ => None,
            },
            _ => None,
        })
    };
    Moment::ALL.into_iter().any(|moment| {
        [true, false].into_iter().any(|relative| {
            let (mut from, mut until) = (i64::MIN, i64::MAX);
            for (op, when) in ranges(moment, relative) {
                let (begin, end) = when.range(moment, op, &asker);
                (from, until) = (from.max(begin), until.min(end));
            }
            from >= until
        })
    })
}
