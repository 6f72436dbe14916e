use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization as _;

/// The text without what no database can hold: NUL becomes its picture.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

/// A text as one line without edges.
pub(super) fn one_line(text: &str) -> String {
    storable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Camera model` as `camera-model`.
pub fn slug(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase);
    let mut slug = String::new();
    for c in plain {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Bytes as lower-case digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}
