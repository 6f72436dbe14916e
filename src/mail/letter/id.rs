use std::fmt;

/// The longest Message-ID: with its header's name it fits on a line.
const MAX_BYTES: usize = 250;

/// A Message-ID without its angle brackets. It can stand in any header: visible ASCII only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// Reads one, with or without angle brackets. None when it cannot stand in a header.
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        let bare = trimmed.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(trimmed);
        let (left, right) = bare.split_once('@')?;
        let visible = bare.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>(),;:\\\"".contains(&byte));
        let fits = !left.is_empty() && !right.is_empty() && bare.len() <= MAX_BYTES;
        (visible && fits).then(|| Self(bare.to_owned()))
    }

    /// Without angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    /// With angle brackets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}
