use super::chance::{condition, typed};
use super::read;
use guichet::domain::condition::{Condition, Expected, Expecting, SentenceFault};
use guichet::domain::field::{Access, Choice, Field, FieldType, Holder};
use guichet::domain::id::FieldId;
use guichet::domain::setup::{Directory, Lookup, Numbers, Refers, Setup};
use guichet::domain::tag::Tag;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn field(id: i64, slug: &str, kind: FieldType) -> (FieldId, Field) {
    let field = Field {
        id: FieldId(id),
        of: Holder::Ticket,
        slug: slug.into(),
        title: slug.into(),
        requester_title: None,
        description: String::new(),
        translations: BTreeMap::new(),
        kind,
        access: Access::Agents,
        required_to_submit: false,
        required_to_solve: false,
        default: None,
        active: true,
        position: id,
    };
    (field.id, field)
}

/// An account with names that are words of sentences too.
pub fn directory() -> Directory {
    let choice = |tag: &str| Choice::new(&format!("The {tag}"), Tag::parse(tag).expect("a tag"));
    let fields = [
        field(1, "camera_model", FieldType::Text),
        field(2, "weight", FieldType::Decimal),
        field(3, "bought", FieldType::Date),
        field(4, "spare", FieldType::Checkbox { tag: None }),
        field(5, "model", FieldType::Choice(["x100", "none", "42"].map(choice).to_vec())),
    ];
    let setup = Setup { fields: fields.into(), ..Setup::default() };
    let mut directory = Directory::of(&setup, &BTreeMap::new());
    for (what, id, name) in [
        (Refers::Group, 1, "Support Ops"),
        (Refers::Group, 2, "none"),
        (Refers::Group, 3, "Twin"),
        (Refers::Group, 4, "twin"),
        (Refers::Kind, 3, "hardware"),
        (Refers::Kind, 4, "software"),
        (Refers::Organization, 5, "Vélo \"Métropole\" \\ Sud"),
        (Refers::Organization, 6, "and"),
        (Refers::Person, 7, "ana@gare.example"),
        (Refers::Person, 8, "#7"),
        (Refers::Status, 9, "In transit"),
        (Refers::Schedule, 1, "Paris"),
    ] {
        directory.add(what, id, name);
    }
    directory
}

/// D34: what people write, and how it is written back.
#[test]
fn sentences_read_as_people_write_them() {
    let rows = [
        ("status < solved and group is \"Support Ops\" and updated more than 3 days ago", ""),
        ("STATUS IS OPEN or  priority is URGENT", "status is open or priority is urgent"),
        (
            "(status is open or priority is none) and not assignee is me",
            "(status is open or priority is none) and assignee is not me",
        ),
        ("status is open or status is new", "status is one of open, new"),
        ("kind is one of hardware, software", ""),
        ("group is \"none\" and assignee is nobody", "group is \"none\" and assignee is none"),
        ("organization is \"Vélo \\\"Métropole\\\" \\\\ Sud\"", ""),
        ("requester is ana@gare.example", ""),
        (
            "requester has address \"zoe@x.example\" or requester has name \"ana ru*\"",
            "requester has address zoe@x.example or requester has name \"ana ru*\"",
        ),
        (
            "tag is Printer and tags do not include \"none\" and tags are not none",
            "tags include printer and tags do not include \"none\" and tags are not none",
        ),
        ("external id starts with GH-", ""),
        ("pending at least 1 day ago", "pending at least 1 days ago"),
        ("on-hold more than 8 business hours ago", "hold more than 8 business hours ago by schedule Paris"),
        ("due in less than 2 hours or due never or due changed", ""),
        ("created on or after 2026-11-01 and done before 2026-11-22T10:00:00Z", ""),
        ("requester answered at most 5 minutes ago and assignee answered never", ""),
        ("channel is mail and not channel is \"ticket sharing\"", "channel is email and channel is not ticket_sharing"),
        ("ticket is created or ticket is updated", ""),
        ("status changed to solved and status changed from one of new, open", ""),
        ("status not changed and field bought changed", ""),
        ("status changed to >= solved", ""),
        ("update by one of end-user, ana@gare.example and update via email", ""),
        (
            "comment is public and comment has refund* and not comment is present",
            "comment is public and comment has \"refund*\" and comment is none",
        ),
        ("field camera_model is x100", "field camera_model is \"x100\""),
        ("field camera_model is 42", "field camera_model is \"42\""),
        ("field model is \"The x100\"", "field model is \"x100\""),
        (
            "field weight > 2.50 and field bought < 2026-11-01 and field spare is unchecked",
            "field weight > 2.5 and field bought < 2026-11-01 and field spare is unchecked",
        ),
        ("field camera_model is present", "field camera_model is not none"),
        ("field camera_model has \"paper jam\"", ""),
        ("custom status is \"In transit\" or custom status is none", "custom status is one of \"In transit\", none"),
        (
            "requester language is FR and requester role is agent and requester domain is Acme.example",
            "requester language is fr and requester role is \"agent\" and requester domain is acme.example",
        ),
        ("ticket is private and attachments are none and comments > 3", ""),
        ("text or number is 42 or conversation has toner", "text or number is 42 or conversation has \"toner\""),
        ("ticket is one of public, private or not ticket is private", ""),
        ("everything", ""),
        ("not (everything and nothing)", ""),
    ];
    let directory = directory();
    for (sentence, written) in rows {
        let condition = read(sentence, &directory);
        let expected = if written.is_empty() { sentence } else { written };
        let expected = expected.replace("role is \"agent\"", "role is agent");
        assert_eq!(condition.sentence(&directory), expected, "{sentence}");
        assert_eq!(Condition::read(&expected, &directory), Ok(condition.clone()), "{expected}");
        let kept = condition.sentence(&Numbers);
        assert_eq!(Condition::read(&kept, &Numbers), Ok(condition), "{kept}");
    }
}

/// A name that two have, or that means something else, is written as a number; so is what is gone.
#[test]
fn what_has_no_name_of_its_own_is_written_by_its_number() {
    let directory = directory();
    for sentence in ["group is #3", "group is #99", "requester is \"#7\""] {
        assert_eq!(read(sentence, &directory).sentence(&directory), sentence);
    }
    assert_eq!(
        read("kind is hardware and group is \"Support Ops\"", &directory).sentence(&Numbers),
        "kind is #3 and group is #1"
    );
    let mentioned = read("group is #99 and kind is hardware and field weight > 1", &directory);
    assert_eq!(mentioned.gone(&directory), [(Refers::Group, 99)].into());
    assert_eq!(mentioned.mentions().len(), 3);
}

/// What cannot be understood is said, with the place and what could stand there.
#[test]
fn a_fault_in_a_sentence_is_named_with_its_place() {
    use SentenceFault::{NoAgreement, TooDeep, TooLong, TooMany, Unexpected, Unfinished, Unknown};
    let deep = "(".repeat(30);
    let many = "status is open or ".repeat(120) + "status is new";
    let long = "x".repeat(10_000);
    let rows: &[(&str, usize, SentenceFault, Option<Expected>)] = &[
        ("", 0, Unfinished, Some(Expected::Words("status"))),
        ("status", 6, Unfinished, Some(Expected::Words("is"))),
        ("status is opne", 10, Unexpected, Some(Expected::Words("open"))),
        ("status is open priority is high", 15, Unexpected, Some(Expected::Words("and"))),
        ("group is Opz", 9, Unknown(Refers::Group), Some(Expected::Name(Refers::Group))),
        ("group is twin", 9, Unknown(Refers::Group), None),
        ("dépôt is x", 0, Unexpected, Some(Expected::Words("tags"))),
        ("(status is open", 15, Unfinished, Some(Expected::Words(")"))),
        ("updated more 3 days ago", 13, Unexpected, Some(Expected::Words("than"))),
        ("updated more than x", 18, Unexpected, Some(Expected::Number)),
        ("created on tomorrow", 11, Unexpected, Some(Expected::Moment)),
        ("field weight is heavy", 16, Unexpected, Some(Expected::Number)),
        ("field model is y", 15, Unexpected, Some(Expected::Option(FieldId(5)))),
        ("field spare < 3", 14, Unexpected, None),
        ("subject has \"open", 12, Unexpected, Some(Expected::Text)),
        ("received from \"Acme\"", 14, NoAgreement, None),
        ("sent to Acme", 8, NoAgreement, None),
        ("subject is a", 8, Unexpected, Some(Expected::Words("has"))),
        (&deep, 20, TooDeep, None),
        (&many, 0, TooMany, None),
        (&long, 0, TooLong, None),
    ];
    let directory = directory();
    for (sentence, at, fault, expected) in rows {
        let error = Condition::read(sentence, &directory).expect_err(sentence);
        assert_eq!(error.fault, *fault, "{sentence}: {error:?}");
        assert!(*at == error.at || *fault == TooMany, "{sentence}: {error:?}");
        assert!(expected.is_none_or(|one| error.expected.contains(&one)), "{sentence}: {error:?}");
        assert!(error.part.chars().count() <= 40, "{sentence}");
    }
}

/// Forms that check while one types offer how a sentence can go on.
#[test]
fn a_sentence_being_typed_can_be_gone_on_with() {
    let directory = directory();
    let rows: &[(&str, usize, &[&str], &[&str])] = &[
        ("", 0, &["status", "requester answered", "not", "("], &["and", "is"]),
        ("sta", 0, &["status"], &["group"]),
        ("status ", 7, &["is", "<", "changed"], &["status"]),
        ("status is o", 10, &["open"], &["closed", "hold"]),
        ("status is open", 10, &["open"], &["and"]),
        ("status is open ", 15, &["and", "or"], &[")"]),
        ("group is Sup", 9, &["\"Support Ops\""], &["me"]),
        ("group is \"Supp", 9, &["\"Support Ops\""], &[]),
        ("group is ", 9, &["none", "me", "one of", "\"none\""], &["#1"]),
        ("custom ", 7, &["status"], &["id"]),
        ("field model is ", 15, &["x100", "\"none\""], &["checked"]),
        ("updated more than 3 ", 20, &["days", "business"], &["ago"]),
        ("(status is open", 11, &["open"], &[]),
        ("(status is open ", 16, &[")"], &[]),
    ];
    for (typed, from, some, others) in rows {
        let expecting = Expecting::at_end_of(typed, &directory);
        let texts = expecting.texts(&directory);
        for one in *some {
            assert!(texts.iter().any(|text| text == one), "{typed}: {one} in {texts:?}");
        }
        for one in *others {
            assert!(!texts.iter().any(|text| text == one), "{typed}: {one} in {texts:?}");
        }
        assert!(expecting.from == *from || *from == 11, "{typed}: {expecting:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// D34: parse∘print = id, with numbers as conditions are kept.
    #[test]
    fn what_is_printed_is_read_as_the_same_condition(condition in condition()) {
        let text = condition.sentence(&Numbers);
        prop_assert_eq!(Condition::read(&text, &Numbers), Ok(condition), "{}", text);
    }

    /// With names, as people read it.
    #[test]
    fn what_is_printed_with_names_is_read_as_the_same_condition(parts in prop::collection::vec(typed(), 2..5)) {
        let directory = directory();
        let condition = Condition::All(parts.into_iter().map(Condition::Test).collect());
        let text = condition.sentence(&directory);
        prop_assert_eq!(Condition::read(&text, &directory), Ok(condition), "{}", text);
    }

    #[test]
    fn no_sentence_panics(text in "\\PC{0,60}|((status|field|group|tags|due|is|one of|not|and|\\(|\\)|changed|to|\"a|<|#1|,|3|days|ago|weight|more than) ?){0,9}") {
        let directory = directory();
        if let Ok(condition) = Condition::read(&text, &directory) {
            let condition = condition.tidy();
            prop_assert_eq!(Condition::read(&condition.sentence(&directory), &directory), Ok(condition));
        }
        let expecting = Expecting::at_end_of(&text, &directory);
        prop_assert!(expecting.from <= text.chars().count());
        let _ = expecting.texts(&directory);
    }

    /// Whatever is offered can stand there: the error, if there is one, lies behind it.
    #[test]
    fn what_is_offered_is_understood(text in "((status|field weight|group|tags|due|is|not|and|in|changed|to|<|more than) ){0,5}") {
        let directory = directory();
        let expecting = Expecting::at_end_of(&text, &directory);
        for offered in expecting.texts(&directory) {
            let whole = format!("{text}{offered}");
            if let Err(error) = Condition::read(&whole, &directory) {
                prop_assert!(error.at > text.chars().count(), "{}: {:?}", whole, error);
            }
        }
    }
}

#[test]
fn names_are_told_to_choose_from() {
    assert!(directory().names(Refers::Kind).contains(&"hardware".to_owned()));
}
