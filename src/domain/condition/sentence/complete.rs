use super::lexer::{Kind, tokens};
use super::parse::Parser;
use super::print::name;
use super::{Condition, Expected};
use crate::domain::field::FieldType;
use crate::domain::setup::Lookup;

/// What could stand where a sentence is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expecting {
    /// From which character on it would stand in place of what is there, in characters from 0.
    pub from: usize,
    /// What is there so far, without a quote.
    pub typed: String,
    /// What could stand there.
    pub expected: Vec<Expected>,
}

impl Expecting {
    /// What could stand at the end of a text.
    pub fn at_end_of(text: &str, lookup: &dyn Lookup) -> Self {
        let mut tokens = if text.len() > Condition::MAX_BYTES { Vec::new() } else { tokens(text) };
        let end = text.chars().count();
        let mut typed = String::new();
        let mut from = end;
        // What touches the end may not be whole yet.
        let unfinished = tokens.last().and_then(|token| match &token.kind {
            Kind::Word(word) if token.end == end => Some((token.at, word.clone())),
            Kind::Quoted(text, false) => Some((token.at, text.clone())),
            _ => None,
        });
        if let Some((at, word)) = unfinished {
            tokens.pop();
            (from, typed) = (at, word);
        }
        let mut parser = Parser::new(tokens, lookup);
        // Whatever it means so far: only what comes next is asked for.
        let _ = parser.whole();
        Self { from, typed, expected: parser.expected_at_end().to_vec() }
    }

    /// The texts that go on with what was typed, as they would be written.
    pub fn texts(&self, lookup: &dyn Lookup) -> Vec<String> {
        let typed = self.typed.to_lowercase();
        let fits = |text: &str| text.to_lowercase().starts_with(&typed);
        let named = |names: Vec<String>| names.into_iter().filter(|name| fits(name)).map(|text| name(&text));
        let mut texts: Vec<String> = Vec::new();
        for expected in &self.expected {
            match expected {
                Expected::Words(words) if fits(words) => texts.push((*words).to_owned()),
                Expected::Name(what) => {
                    let known = lookup.names(*what).into_iter();
                    texts.extend(named(known.filter(|name| lookup.id(*what, name).is_some()).collect()));
                }
                Expected::Option(id) => {
                    let options = lookup.field(id.0).map(FieldType::options).unwrap_or_default();
                    texts.extend(named(options.iter().map(|option| option.tag.to_string()).collect()));
                }
                Expected::Words(_) | Expected::Number | Expected::Text | Expected::Moment | Expected::Tag => {}
            }
        }
        texts
    }
}
