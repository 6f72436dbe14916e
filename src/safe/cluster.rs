//! What a person takes for one character, and the cells that it takes.

use unicode_segmentation::{Graphemes, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// Grapheme clusters of `text`, quickly where it is ASCII.
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { rest: text, mixed: "".graphemes(true) }
}

/// See [`clusters`].
#[derive(Clone, Debug)]
pub struct Clusters<'a> {
    rest: &'a str,
    mixed: Graphemes<'a>,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if let Some(cluster) = self.mixed.next() {
            return Some(cluster);
        }
        let bytes = self.rest.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        // Between two ASCII characters there is always a boundary (but in CRLF, which a safe text does not hold).
        let end = if ascii_at(bytes, 0) && ascii_at(bytes, 1) {
            1
        } else {
            (1..bytes.len()).find(|&at| bytes[at - 1].is_ascii() && bytes[at].is_ascii()).unwrap_or(bytes.len())
        };
        let (now, later) = self.rest.split_at(end);
        self.rest = later;
        if end == 1 {
            return Some(now);
        }
        self.mixed = now.graphemes(true);
        self.mixed.next()
    }
}

/// Whether the byte there is ASCII, or there is none.
fn ascii_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(u8::is_ascii)
}

/// Cells that one cluster takes, as ratatui counts them.
pub fn cluster_width(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    let sound_marks = cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    cluster.width() + sound_marks
}

/// Where to cut so that at most `columns` are left, at the end of a cluster; `None` when all of it fits.
pub(super) fn end_within(line: &str, columns: usize) -> Option<usize> {
    let (mut end, mut width) = (0, 0);
    for cluster in clusters(line) {
        width += cluster_width(cluster);
        if width > columns {
            return Some(end);
        }
        end += cluster.len();
    }
    None
}
