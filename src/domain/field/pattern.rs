use super::BadValue;
use regex::{Regex, RegexBuilder};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A regular expression that the whole of a text must fit. It is made once, when it is first needed, for all that share it.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    made: Arc<OnceLock<Option<Regex>>>,
}

impl Pattern {
    /// The longest expression, in characters.
    pub const MAX_CHARS: usize = 1_000;
    /// The most memory that one may need, in bytes, for itself and again while it is looked for.
    const MAX_BYTES: usize = 1 << 20;

    /// As it is written. One that is none, or needs too much, [fits nothing](Self::is_sound).
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), made: Arc::default() }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is an expression that can be made.
    pub fn is_sound(&self) -> bool {
        self.regex().is_some()
    }

    fn regex(&self) -> Option<&Regex> {
        let make = || {
            let short = self.text.chars().count() <= Self::MAX_CHARS;
            // By itself first: what closes a bracket of ours is no expression.
            let sound = short && builder(&self.text).build().is_ok();
            sound.then(|| builder(&format!("^(?:{})$", self.text)).build().ok()).flatten()
        };
        self.made.get_or_init(make).as_ref()
    }

    /// The text, if the whole of it fits.
    pub(super) fn read(&self, text: &str) -> Result<String, BadValue> {
        let fits = self.regex().is_some_and(|regex| regex.is_match(text));
        if fits { Ok(super::super::text::one_line(text)) } else { Err(BadValue::Pattern(self.text.clone())) }
    }
}

fn builder(text: &str) -> RegexBuilder {
    let mut builder = RegexBuilder::new(text);
    builder.size_limit(Pattern::MAX_BYTES).dfa_size_limit(Pattern::MAX_BYTES);
    builder
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}
