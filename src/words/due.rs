use crate::domain::time::Timestamp;
use crate::domain::timer::{Does, Due};
use crate::language::{Language, Present, args};

/// What comes next and how soon, for a column: `closes in 1 d`, `reminder now` (Z10).
pub fn due(words: &Language, due: &Due, present: &Present) -> String {
    let when = if due.at <= Timestamp(present.now) { words.word("age-now") } else { words.age(due.at.0, present) };
    say(words, due, when)
}

/// What comes next and at which time: `closes Thu 10:00` (Z10).
pub fn due_at(words: &Language, due: &Due, present: &Present) -> String {
    say(words, due, words.time(due.at.0, present))
}

fn say(words: &Language, due: &Due, when: String) -> String {
    match due.does {
        Does::Works => words.say("due-work", args![slug = due.slug.as_str(), when = when]),
        does => words.say(&format!("due-{}", does.name()), args![when = when]),
    }
}
