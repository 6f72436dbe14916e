//! Random queries.

use guichet::domain::case::{Satisfaction, TicketType};
use guichet::domain::comment::Channel;
use guichet::domain::condition::{
    FieldTest, Label, Link, Moment, Number, Op, OpenUnit, Pattern, Person as Is, Place, Precision, Target, Test, Unit,
    Value, When,
};
use guichet::domain::field::Day;
use guichet::domain::id::{FieldId, ScheduleId, StatusId};
use guichet::domain::person::Role;
use guichet::domain::search::{Query, Term};
use guichet::domain::status::{Priority, Status};
use guichet::domain::time::Timestamp;
use guichet::domain::view::{Sort, SortKey};
use guichet::domain::word::words;
use proptest::prelude::*;

pub fn pattern() -> impl Strategy<Value = Pattern> {
    ("[a-zé0-9ß]{1,6}( [a-z0-9]{1,3}){0,2}", any::<bool>())
        .prop_map(|(text, open)| Pattern { words: words(&text), open })
}

pub fn op() -> impl Strategy<Value = Op> {
    prop::sample::select(Op::ALL.to_vec())
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        Just(Target::Nobody),
        Just(Target::Me),
        any::<i64>().prop_map(Target::Id),
        pattern().prop_map(Target::Name),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Missing),
        "[a-z0-9_*\"\\\\ é:-]{1,8}".prop_map(Value::Is),
        "[a-z0-9_*\"\\\\ é:-]{0,8}".prop_map(Value::Starts),
    ]
}

fn when() -> impl Strategy<Value = When> {
    let days = (-700_000..2_900_000_i64).prop_map(|day| When::At(Timestamp(day * 86_400_000), Precision::Day));
    let seconds = (0..4_000_000_000_i64).prop_map(|s| When::At(Timestamp(s * 1000), Precision::Second));
    let millis = (0..4_000_000_000_000_i64).prop_map(|ms| When::At(Timestamp(ms), Precision::Millisecond));
    let away = (any::<u32>(), prop::sample::select(Unit::ALL.to_vec())).prop_map(|(n, unit)| When::Away(n, unit));
    let open = (any::<u32>(), prop::sample::select(OpenUnit::ALL.to_vec()), any::<i64>())
        .prop_map(|(n, unit, id)| When::Open(n, unit, ScheduleId(id)));
    prop_oneof![days, seconds, millis, away, open]
}

pub fn test() -> impl Strategy<Value = Test> {
    let moments = Moment::ALL.to_vec();
    let places = vec![Place::Anywhere, Place::Subject, Place::Comments];
    let persons: Vec<Link> = Link::ALL.into_iter().filter(|link| link.is_person()).collect();
    prop_oneof![
        (op(), any::<i64>()).prop_map(|(op, id)| Test::Number(op, id)),
        (op(), prop::sample::select(Status::ALL.to_vec())).prop_map(|(op, status)| Test::Status(op, status)),
        (op(), prop::sample::select(Priority::ALL.to_vec())).prop_map(|(op, p)| Test::Priority(op, Some(p))),
        Just(Test::Priority(Op::Is, None)),
        prop::sample::select(Satisfaction::ALL.to_vec()).prop_map(Test::Satisfaction),
        prop::option::of(prop::sample::select(TicketType::ALL.to_vec())).prop_map(Test::Type),
        (prop::sample::select(Link::ALL.to_vec()), target()).prop_map(|(link, target)| Test::Link(link, target)),
        (prop::sample::select(persons), "[a-z0-9*.]{1,5}@[a-z*]{1,4}")
            .prop_map(|(link, address)| Test::Link(link, Target::Address(address))),
        (prop::sample::select(vec![Label::Tag, Label::ExternalId]), value()).prop_map(|(l, v)| Test::Label(l, v)),
        (prop::sample::select(moments), op(), when()).prop_filter_map("has a way", |(moment, op, when)| {
            (op != Op::Is || !matches!(when, When::Away(..) | When::Open(..))).then_some(Test::Time(moment, op, when))
        }),
        prop::sample::select(Moment::ALL[2..].to_vec()).prop_map(Test::Never),
        prop::sample::select(Channel::ALL.to_vec()).prop_map(Test::Via),
        any::<bool>().prop_map(Test::HasAttachment),
        any::<bool>().prop_map(Test::Private),
        (prop::sample::select(places), pattern()).prop_map(|(place, pattern)| Test::Text(place, pattern)),
        "[0-9]{1,15}".prop_map(Test::NumberOrWord),
        (op(), any::<u32>()).prop_map(|(op, count)| Test::Comments(op, count)),
        prop::option::of(any::<i64>()).prop_map(|id| Test::CustomStatus(id.map(StatusId))),
        (0..i64::MAX, field_test()).prop_map(|(id, test)| Test::Field(FieldId(id), test)),
        "[a-z*\" ]{1,5}".prop_map(|word| Test::Requester(Is::Language(word))),
        "[a-z.*-]{1,5}".prop_map(|word| Test::Requester(Is::Domain(word))),
        prop::sample::select(vec![Role::EndUser, Role::Agent, Role::Admin])
            .prop_map(|role| Test::Requester(Is::Role(role))),
    ]
}

fn field_test() -> impl Strategy<Value = FieldTest> {
    let number = -1_000_000_000_000_000_000_000_000_i128..1_000_000_000_000_000_000_000_000;
    prop_oneof![
        Just(FieldTest::Missing),
        Just(FieldTest::Checked),
        "[a-z0-9*\"\\\\ é:-]{0,8}|none|true|42|2026-11-22".prop_map(FieldTest::Is),
        (op(), number).prop_map(|(op, number)| FieldTest::Number(op, Number(number))),
        (op(), -700_000..2_900_000_i64).prop_map(|(op, day)| FieldTest::Date(op, Day::of(day).expect("a day"))),
        pattern().prop_map(FieldTest::Words),
    ]
}

pub fn query() -> impl Strategy<Value = Query> {
    let term = (any::<bool>(), test()).prop_map(|(negated, test)| Term { negated, test });
    let sort = (prop::sample::select(SortKey::ALL.to_vec()), any::<bool>())
        .prop_map(|(by, descending)| Sort { by, descending });
    (prop::collection::vec(term, 0..12), prop::option::of(sort)).prop_map(|(terms, sort)| Query { terms, sort })
}
