//! Random conditions.

use crate::query::{op, pattern, test as plain};
use guichet::domain::comment::Channel;
use guichet::domain::condition::{
    By, Changeable, CommentTest, Condition, FieldTest, Label, Test, Unit, UpdateTest, Value, When,
};
use guichet::domain::id::{FieldId, PersonId};
use proptest::prelude::*;
use proptest::sample::select;

/// Conditions that sentences can say: none has a part of a single part.
pub fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        8 => single().prop_map(Condition::Test),
        1 => Just(Condition::All(Vec::new())),
        1 => Just(Condition::Any(Vec::new())),
    ];
    let whole = leaf.prop_recursive(4, 24, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several().prop_map(Condition::All),
            several().prop_map(Condition::Any),
            prop::collection::vec(single().prop_map(Condition::Test), 2..4).prop_map(Condition::Any),
            inner.clone().prop_map(|part| Condition::Not(Box::new(part))),
        ]
    });
    whole.prop_map(Condition::tidy)
}

/// A test as sentences say it.
fn single() -> impl Strategy<Value = Test> {
    prop_oneof![4 => sayable(), 2 => update().prop_map(Test::Update)]
}

fn sayable() -> impl Strategy<Value = Test> {
    let away = (any::<u32>(), select(Unit::ALL.to_vec())).prop_map(|(count, unit)| When::Away(count, unit));
    (plain(), away).prop_map(|(test, away)| match test {
        Test::Label(Label::Tag, Value::Is(tag)) => Test::Label(Label::Tag, Value::Is(tag.to_lowercase())),
        Test::Label(Label::Tag, Value::Starts(tag)) => Test::Label(Label::Tag, Value::Starts(tag.to_lowercase())),
        // So long ago on the dot can be said too.
        Test::Time(moment, op, When::Away(..)) => Test::Time(moment, op, away),
        Test::Priority(_, None) => Test::Priority(guichet::domain::condition::Op::Is, None),
        other => other,
    })
}

fn update() -> impl Strategy<Value = UpdateTest> {
    let mut changes = Changeable::SYSTEM.to_vec();
    changes.push(Changeable::Field(FieldId(3)));
    let value = sayable().prop_filter("is of a value", |test| {
        let plain = !matches!(test, Test::Field(_, FieldTest::Words(_)) | Test::Label(_, Value::Starts(_)));
        let of_id = !matches!(test, Test::Link(_, target) if !is_value(target));
        test.is_of_value() && plain && of_id
    });
    let by = vec![By::Agent, By::EndUser, By::Requester, By::Assignee, By::Account, By::Person(PersonId(7))];
    prop_oneof![
        Just(UpdateTest::Created),
        select(changes).prop_map(UpdateTest::Changed),
        (any::<bool>(), value).prop_map(|(to, test)| {
            let test = Box::new(test);
            if to { UpdateTest::Became(test) } else { UpdateTest::Ceased(test) }
        }),
        select(Channel::ALL.to_vec()).prop_map(UpdateTest::Via),
        select(by).prop_map(UpdateTest::By),
        select(vec![CommentTest::Present, CommentTest::Public, CommentTest::Internal]).prop_map(UpdateTest::Comment),
        pattern().prop_map(|pattern| UpdateTest::Comment(CommentTest::Words(pattern))),
    ]
}

const fn is_value(target: &guichet::domain::condition::Target) -> bool {
    use guichet::domain::condition::Target;
    matches!(target, Target::Nobody | Target::Me | Target::Id(_))
}

/// Tests of what fields of these types hold: 1 a text, 2 a number with decimals, 3 a day, 4 a tick, 5 options.
pub fn typed() -> impl Strategy<Value = Test> {
    use guichet::domain::condition::Number;
    use guichet::domain::field::Day;
    prop_oneof![
        (1..6_i64).prop_map(|id| (id, FieldTest::Missing)),
        "[a-z0-9\"\\\\ é:-]{0,8}[a-z]".prop_map(|text| (1, FieldTest::Is(text))),
        pattern().prop_map(|pattern| (1, FieldTest::Words(pattern))),
        (op(), -9_000_000..9_000_000_i128).prop_map(|(op, number)| (2, FieldTest::Number(op, Number(number)))),
        (op(), 0..40_000_i64).prop_map(|(op, day)| (3, FieldTest::Date(op, Day::of(day).expect("a day")))),
        Just((4, FieldTest::Checked)),
        select(vec!["x100", "none", "42"]).prop_map(|tag| (5, FieldTest::Is(tag.into()))),
    ]
    .prop_map(|(id, test)| Test::Field(FieldId(id), test))
}
