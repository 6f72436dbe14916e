use crate::domain::condition::{Condition, Expected, Misfit, SentenceError, SentenceFault, Unfit, Use};
use crate::domain::setup::{Lookup, Refers};
use crate::language::{Language, args};

/// How many of the things that could stand somewhere are named.
const NAMED: usize = 12;

/// What is wrong with a condition's sentence, and what to write instead (D34).
pub fn sentence_error(words: &Language, error: &SentenceError) -> String {
    let part = error.part.as_str();
    // What goes on with what is typed is what was meant: the rest would only hide it.
    let begun = part.to_lowercase();
    let goes_on =
        |one: &&Expected| matches!(one, Expected::Words(text) if !begun.is_empty() && text.starts_with(&begun));
    let mut meant: Vec<&Expected> = error.expected.iter().filter(goes_on).collect();
    if meant.is_empty() {
        meant.extend(&error.expected);
    }
    let known: Vec<String> = meant.into_iter().take(NAMED).map(|one| expected(words, *one)).collect();
    match error.fault {
        SentenceFault::TooLong => words.word("condition-too-long"),
        SentenceFault::TooMany => words.say("condition-too-many", args![most = Condition::MAX_TESTS]),
        SentenceFault::TooDeep => words.say("condition-too-deep", args![part = part]),
        SentenceFault::Unexpected if known.is_empty() => words.say("condition-unexpected", args![part = part]),
        SentenceFault::Unexpected => {
            words.say("condition-unexpected-but", args![part = part, known = words.list_or(&known)])
        }
        SentenceFault::Unfinished if known.is_empty() => words.word("condition-unfinished"),
        SentenceFault::Unfinished => words.say("condition-unfinished-but", args![known = words.list_or(&known)]),
        SentenceFault::Unknown(what) => words.say("condition-unknown", args![what = refers(what), part = part]),
        SentenceFault::NoAgreement => words.word("condition-no-agreement"),
    }
}

/// Why a test cannot be used where it stands.
pub fn unfit(words: &Language, unfit: &Unfit, place: Use, lookup: &dyn Lookup) -> String {
    let test = Condition::Test(unfit.test.clone()).sentence(lookup);
    let test = test.as_str();
    let place = match place {
        Use::Search => "search",
        Use::View => "view",
        Use::Trigger => "trigger",
        Use::Automation => "automation",
    };
    match unfit.why {
        Misfit::NothingDone => words.say("condition-nothing-done", args![use = place, test = test]),
        Misfit::Words => words.say("condition-words", args![test = test]),
        Misfit::Files => words.say("condition-files", args![use = place, test = test]),
        Misfit::Nobody => words.say("condition-nobody", args![test = test]),
        Misfit::NoValue => words.say("condition-no-value", args![test = test]),
    }
}

/// What could stand somewhere: the words themselves, or what they would be.
pub fn expected(words: &Language, expected: Expected) -> String {
    match expected {
        Expected::Words(text) => text.to_owned(),
        Expected::Name(what) => words.say("condition-a", args![what = refers(what)]),
        Expected::Number => words.word("condition-a-number"),
        Expected::Text => words.word("condition-a-text"),
        Expected::Moment => words.word("condition-a-moment"),
        Expected::Tag => words.word("condition-a-tag"),
        Expected::Option(_) => words.word("condition-an-option"),
    }
}

const fn refers(what: Refers) -> &'static str {
    match what {
        Refers::Field => "field",
        Refers::Status => "status",
        Refers::Kind => "kind",
        Refers::Group => "group",
        Refers::Person => "person",
        Refers::Organization => "organization",
        Refers::Schedule => "schedule",
        Refers::Text | Refers::Webhook => "other",
    }
}
