//! The keys of `assets/words` that the code asks for, and those that it does not.

use std::collections::BTreeSet;

use guichet::language::Language;

use super::Complaint;
use super::source::Source;

/// How a call that asks for a word ends before the word's key.
const ASKING: &[&str] = &[".say(", ".word("];

/// How it ends where the key is put together from a beginning and a value.
const ASKING_BUILT: &[&str] = &[".say(&format!(", ".word(&format!("];

/// The messages of a file of words, with the lines where they begin.
fn keys(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter_map(|(at, line)| {
        let (key, _) = line.split_once('=')?;
        key.starts_with(|c: char| c.is_ascii_lowercase()).then(|| (at + 1, key.trim_end()))
    })
}

/// What stands before the first place that is filled in.
fn beginning(literal: &str) -> &str {
    literal.split('{').next().unwrap_or_default()
}

pub fn missing(source: &Source, words: &Language) -> Vec<Complaint> {
    let all: BTreeSet<&str> = words.files().iter().flat_map(|(_, text)| keys(text)).map(|(_, key)| key).collect();
    let wrong = source.literals.iter().filter(|literal| {
        let before = source.before(literal);
        if ASKING.iter().any(|call| before.ends_with(call)) {
            return !words.has(&literal.text);
        }
        let start = beginning(&literal.text);
        ASKING_BUILT.iter().any(|call| before.ends_with(call)) && !all.iter().any(|key| key.starts_with(start))
    });
    let text = |key: &str| format!("no word is called {key:?}: write it into a file of assets/words/en");
    wrong.map(|literal| Complaint::new(source, literal.line, &text(&literal.text))).collect()
}

pub fn unused(sources: &[Source], words: &Language) -> Vec<Complaint> {
    let literals = || sources.iter().flat_map(|source| &source.literals);
    let whole: BTreeSet<&str> = literals().map(|literal| literal.text.split('.').next().unwrap_or_default()).collect();
    let starts: BTreeSet<&str> = literals()
        .filter(|literal| literal.text.contains('{'))
        .map(|literal| beginning(&literal.text))
        .filter(|start| start.ends_with('-'))
        .collect();
    let mut complaints = Vec::new();
    for (area, text) in words.files() {
        for (line, key) in keys(text) {
            let quoted = words.files().iter().any(|(_, text)| text.contains(&format!("{{ {key} }}")));
            if !whole.contains(key) && !quoted && !starts.iter().any(|start| key.starts_with(start)) {
                let path = format!("assets/words/{}/{area}.ftl", words.code());
                complaints.push(Complaint { path, line, text: format!("nothing asks for {key:?}: take it out") });
            }
        }
    }
    complaints
}

#[test]
fn a_key_that_no_file_of_words_has_is_found() {
    let code =
        "fn f(l: &L) {\n l.say(\n\"no-such-word\", args![]); l.word(\"list-and\"); l.say(&format!(\"nope-{x}\"), a) }";
    let lines: Vec<usize> =
        missing(&Source::new("src/x.rs", code), &Language::english()).iter().map(|complaint| complaint.line).collect();
    assert_eq!(lines, [3, 3]);
}
