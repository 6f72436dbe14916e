//! Random tests whose values exist in the world, most of the time.

use super::world::{NOW, OPTIONS, TAGS, VOCABULARY, World};
use guichet::domain::case::{Satisfaction, TicketType};
use guichet::domain::comment::Channel;
use guichet::domain::condition::{
    ANY_FIELD, FieldTest, Label, Link, Moment, Number, Op, Pattern, Person as Is, Place, Precision, Target, Test, Unit,
    Value, When,
};
use guichet::domain::field::Day;
use guichet::domain::id::{FieldId, StatusId};
use guichet::domain::person::Role;
use guichet::domain::status::{Priority, Status};
use guichet::domain::time::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

pub fn test(world: &World) -> impl Strategy<Value = Test> + use<> {
    let moments = Moment::ALL.to_vec();
    let places = vec![Place::Anywhere, Place::Anywhere, Place::Subject, Place::Comments];
    prop_oneof![
        2 => (op(), 0..90_i64).prop_map(|(op, id)| Test::Number(op, id)),
        3 => (op(), select(Status::ALL.to_vec())).prop_map(|(op, status)| Test::Status(op, status)),
        3 => (op(), select(Priority::ALL.to_vec())).prop_map(|(op, priority)| Test::Priority(op, Some(priority))),
        1 => Just(Test::Priority(Op::Is, None)),
        2 => select(Satisfaction::ALL.to_vec()).prop_map(Test::Satisfaction),
        2 => prop::option::of(select(TicketType::ALL.to_vec())).prop_map(Test::Type),
        6 => (select(Link::ALL.to_vec()), target(world)).prop_map(|(link, target)| Test::Link(link, target)),
        3 => (select(vec![Label::Tag, Label::ExternalId]), value()).prop_map(|(label, value)| Test::Label(label, value)),
        4 => (select(moments.clone()), op(), when()).prop_map(|(moment, op, when)| Test::Time(moment, op, when)),
        1 => select(moments).prop_map(Test::Never),
        1 => select(vec![Channel::Web, Channel::Mail, Channel::Api]).prop_map(Test::Via),
        1 => any::<bool>().prop_map(Test::HasAttachment),
        1 => any::<bool>().prop_map(Test::Private),
        1 => (op(), 0..4_u32).prop_map(|(op, count)| Test::Comments(op, count)),
        2 => is().prop_map(Test::Requester),
        1 => select(vec![None, Some(StatusId(1))]).prop_map(Test::CustomStatus),
        12 => field(world),
        6 => (select(places), pattern()).prop_map(|(place, pattern)| Test::Text(place, pattern)),
        2 => (0..90_u32).prop_map(|number| Test::NumberOrWord(number.to_string())),
        1 => Just(Test::NumberOrWord("007".into())),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    select(Op::ALL.to_vec())
}

/// Some words of the vocabulary in a row, the last perhaps cut short.
fn pattern() -> impl Strategy<Value = Pattern> {
    let words = prop::collection::vec(select(VOCABULARY.to_vec()), 1..3);
    (words, any::<bool>(), 1..4_usize).prop_map(|(words, open, keep)| {
        let mut pattern = Pattern::parse(&words.join(" "), open).expect("words of the vocabulary");
        if open && let Some(last) = pattern.words.last_mut() {
            *last = last.chars().take(keep).collect();
        }
        pattern
    })
}

fn target(world: &World) -> impl Strategy<Value = Target> + use<> {
    let addresses: Vec<String> = world.people.iter().filter_map(|one| Some(one.email.as_ref()?.folded())).collect();
    let mut names: Vec<String> = world.people.iter().map(|one| one.name.clone()).collect();
    names.extend(["Support Ops", "Dépôt", "hardware", "software issue", "Gare du Nord", "nobody"].map(String::from));
    prop_oneof![
        Just(Target::Nobody),
        Just(Target::Me),
        (0..14_i64).prop_map(Target::Id),
        select(addresses).prop_map(Target::Address),
        (select(names), any::<bool>(), 1..8_usize).prop_filter_map("has words", |(name, open, keep)| {
            let cut: String = if open { name.chars().take(keep).collect() } else { name };
            Pattern::parse(&cut, open).map(Target::Name)
        }),
    ]
}

/// A test of a field, mostly of what its type holds.
fn field(world: &World) -> impl Strategy<Value = Test> + use<> {
    let fields: Vec<FieldId> = world.fields.iter().map(|(id, ..)| *id).chain([FieldId(9_999), ANY_FIELD]).collect();
    let texts: Vec<&str> = OPTIONS
        .into_iter()
        .chain(VOCABULARY)
        .chain(["X_100", "Depot", "printer toner", "2", "1.25", "2026-11-20"])
        .collect();
    let number = (op(), -3..5_i128, 0..4_i128);
    let number = number
        .prop_map(|(op, whole, quarters)| FieldTest::Number(op, Number(whole * Number::ONE + quarters * 250_000)));
    let date = (op(), 18..26_u32)
        .prop_map(|(op, day)| FieldTest::Date(op, Day::parse(&format!("2026-11-{day}")).expect("a day")));
    let test = prop_oneof![
        1 => Just(FieldTest::Missing),
        3 => select(texts).prop_map(|text| FieldTest::Is(text.into())),
        3 => number,
        3 => date,
        1 => Just(FieldTest::Checked),
        3 => pattern().prop_map(FieldTest::Words),
    ];
    (select(fields), test).prop_map(|(id, test)| Test::Field(id, test))
}

fn is() -> impl Strategy<Value = Is> {
    prop_oneof![
        select(vec!["fr", "en", "pt-br", "de"]).prop_map(|language| Is::Language(language.into())),
        select(vec![Role::EndUser, Role::Agent, Role::Admin]).prop_map(Is::Role),
        select(vec!["acme0.example", "acme4.example", "example"]).prop_map(|domain| Is::Domain(domain.into())),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let labels: Vec<&str> = TAGS.iter().copied().chain(["GH-1", "GH-12", "gh-1", "é%_"]).collect();
    prop_oneof![
        Just(Value::Missing),
        select(labels.clone()).prop_map(|label| Value::Is(label.into())),
        (select(labels), 0..4_usize).prop_map(|(label, keep)| Value::Starts(label.chars().take(keep).collect())),
    ]
}

fn when() -> impl Strategy<Value = When> {
    let day = 86_400_000;
    prop_oneof![
        (-30..4_i64).prop_map(move |away| When::At(Timestamp((NOW.0 / day + away) * day), Precision::Day)),
        (-2_000..300_i64).prop_map(|away| When::At(Timestamp(NOW.0 + away * 1_000_000), Precision::Second)),
        (0..40_u32, select(vec![Unit::Hours, Unit::Days])).prop_map(|(count, unit)| When::Away(count, unit)),
    ]
}
