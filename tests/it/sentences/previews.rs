//! What would happen is told in other words than what has; and by which rule somebody was told something.

use super::{comment, names, rule};
use guichet::domain::comment::{Channel, Visibility};
use guichet::domain::event::Event;
use guichet::domain::id::{PersonId, RuleId, TextId};
use guichet::domain::notice::{Addressee, HeldBack, NoticeRef};
use guichet::domain::status::{Priority, Status};
use guichet::domain::tag::Tag;
use guichet::language::Language;
use guichet::words::{self, Known};
use std::collections::BTreeSet;

/// A preview tells of what is to come, in words that stand after "it will" (R136).
#[test]
fn what_would_happen_is_not_told_as_if_it_had() {
    let names = names();
    let tag = |name: &str| BTreeSet::from([Tag::parse(name).unwrap()]);
    let both = |one: &str, other: &str| tag(one).into_iter().chain(tag(other)).collect::<BTreeSet<_>>();
    for (event, said) in [
        (Event::TagsChanged { added: tag("a"), removed: BTreeSet::new() }, "add the tag a"),
        (Event::TagsChanged { added: BTreeSet::new(), removed: both("a", "b") }, "remove the tags a and b"),
        (Event::AssigneeChanged { from: None, to: Some(PersonId(2)) }, "assign it to Marc Oni"),
        (Event::PriorityChanged { from: Some(Priority::Low), to: None }, "take the priority Low away"),
        (Event::StatusChanged { from: Status::Open, to: Status::Hold }, "set the status from Open to On-hold"),
        (Event::VisibilityChanged(Visibility::Public), "make the ticket public"),
        (comment(Visibility::Internal, Channel::Web, 2), "write an internal note with 2 files"),
        (Event::RuleRan(rule("close")), "run the automation \"close\""),
    ] {
        assert_eq!(words::would(&Language::english(), &event, &names), said, "{event:?}");
    }
}

/// Who was told something is told with the title of the rule that did, as it was then.
#[test]
fn the_history_says_by_which_rule_somebody_was_told() {
    let names = names();
    let to = |id: i64| NoticeRef { rule: RuleId(id), text: TextId(1), to: Addressee::Person(PersonId(1)) };
    let all = [
        Event::RuleRan(rule("Tell the requester")),
        Event::Notified(to(1)),
        Event::HeldBack { notice: to(1), why: HeldBack::Suspended },
        Event::Notified(to(2)),
    ];
    let known = Known::from(&names).beside(&all);
    let told: Vec<String> = all.iter().map(|event| words::event(&Language::english(), event, known)).collect();
    assert_eq!(told[1], "told Léa Petit: “Tell the requester”");
    assert_eq!(told[2], "did not tell Léa Petit “Tell the requester”: they are suspended");
    assert_eq!(told[3], "told Léa Petit", "a rule that did not run by the same act");
}
