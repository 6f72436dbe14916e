/// The text without what no database can hold: NUL becomes its picture.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

/// A text as one line without edges.
pub(super) fn one_line(text: &str) -> String {
    storable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
