//! Names that look like something else: whatever things are called, what a rule says of them reads back as it was written.

use guichet::domain::condition::{Condition, Link, Target, Test};
use guichet::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, TextId, WebhookId};
use guichet::domain::rule::{Action, Recipient, Whom};
use guichet::domain::setup::{Directory, Refers};
use proptest::prelude::*;
use proptest::sample::select;

/// Words and signs that mean something in sentences and actions.
const PIECES: [&str; 30] = [
    "and",
    "or",
    "not",
    "none",
    "me",
    "is",
    "one of",
    "group",
    "field",
    "requester",
    "assignee",
    "nobody",
    ":",
    ",",
    "\"",
    "\\",
    "'",
    "#",
    "#7",
    "(",
    ")",
    "<",
    "=",
    "a",
    "É",
    "日本",
    "status: open",
    "notify",
    "\\\"",
    "person",
];

/// A name as one may be given: a single line without spaces at its ends.
fn name() -> impl Strategy<Value = String> {
    let spaces = select(vec!["", " "]);
    let parts = prop::collection::vec((select(PIECES.to_vec()), spaces), 1..5);
    parts.prop_map(|parts| {
        parts.into_iter().flat_map(|(part, space)| [part, space]).collect::<String>().trim().to_owned()
    })
}

const NAMED: [Refers; 8] = [
    Refers::Group,
    Refers::Field,
    Refers::Status,
    Refers::Kind,
    Refers::Text,
    Refers::Webhook,
    Refers::Organization,
    Refers::Schedule,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// D34: names with colons, quotes, `and`, `or` and words of the sentences themselves.
    #[test]
    fn what_is_said_of_a_name_is_of_that_name(one in name(), other in name(), value in name()) {
        let mut directory = Directory::default();
        for what in NAMED {
            directory.add(what, 1, &one);
            directory.add(what, 2, &other);
        }
        directory.add(Refers::Person, 1, "\"a:b\"@x.example");
        directory.add(Refers::Person, 2, "ana@x.example");
        for id in [1, 2] {
            let group = GroupId(id);
            let actions = [
                Action::Field(FieldId(id), value.clone()),
                Action::Group(Some(group)),
                Action::Kind(KindId(id)),
                Action::CustomStatus(StatusId(id)),
                Action::Webhook(WebhookId(id)),
                Action::Assignee(Whom::Person(PersonId(id))),
                Action::AddCc(Whom::Person(PersonId(id))),
                Action::Notify(Recipient::GroupOf(group), TextId(id)),
                Action::Notify(Recipient::Group, TextId(id)),
                Action::Notify(Recipient::Person(PersonId(id)), TextId(id)),
            ];
            for action in actions {
                let line = action.written(&directory);
                prop_assert_eq!(Action::parse(&line, &directory), Ok(action), "{}", line);
            }
            let tests = [
                Test::Link(Link::Group, Target::Id(id)),
                Test::Link(Link::Kind, Target::Id(id)),
                Test::Link(Link::Organization, Target::Id(id)),
                Test::CustomStatus(Some(StatusId(id))),
                Test::Link(Link::Requester, Target::Id(id)),
            ];
            let all = Condition::All(tests.into_iter().map(Condition::Test).collect());
            let sentence = all.sentence(&directory);
            prop_assert_eq!(Condition::read(&sentence, &directory), Ok(all), "{}", sentence);
        }
    }
}

/// What people write without quotes is still read, as far as it can mean only one thing.
#[test]
fn names_without_quotes_are_read_as_before() {
    let mut directory = Directory::default();
    directory.add(Refers::Group, 1, "none");
    directory.add(Refers::Group, 2, "\"A\" team");
    directory.add(Refers::Text, 3, "ended");
    for (line, action) in [
        ("group: none", Action::Group(None)),
        ("group: \"none\"", Action::Group(Some(GroupId(1)))),
        ("group: \"A\" team", Action::Group(Some(GroupId(2)))),
        ("notify group \"A\" team: ended", Action::Notify(Recipient::GroupOf(GroupId(2)), TextId(3))),
        ("notify group \"\\\"A\\\" team\" : ended", Action::Notify(Recipient::GroupOf(GroupId(2)), TextId(3))),
        ("notify group none: #3", Action::Notify(Recipient::GroupOf(GroupId(1)), TextId(3))),
    ] {
        assert_eq!(Action::parse(line, &directory), Ok(action), "{line}");
    }
}
