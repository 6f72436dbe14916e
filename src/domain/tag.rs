use std::fmt;

/// A label on a ticket: lower case, no spaces, at most [`Tag::MAX_CHARS`] characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The longest tag, in characters.
    pub const MAX_CHARS: usize = 80;

    /// Reads one tag; case is folded and the spaces around it are dropped.
    ///
    /// # Errors
    /// The text itself when it is empty, too long, or holds a character that a tag cannot have.
    pub fn parse(text: &str) -> Result<Self, BadTag> {
        let folded = text.trim().to_lowercase();
        let fits = !folded.is_empty() && folded.chars().count() <= Self::MAX_CHARS;
        if fits && folded.chars().all(allowed) { Ok(Self(folded)) } else { Err(BadTag(text.to_owned())) }
    }

    /// The tag as people write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn allowed(c: char) -> bool {
    c.is_alphanumeric() || "_-./:+#@".contains(c)
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTag(pub String);
