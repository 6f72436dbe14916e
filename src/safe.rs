//! Text that cannot do anything to a terminal.
//!
//! Whatever other people wrote (subjects, names, comments, file names, a server's error) is hostile until it has become
//! a [`Safe`]. The store keeps the true bytes; a screen, a title, a log line and plain output take a `Safe`.
//! What is invisible or acts on a terminal becomes visible (`␛`, `<U+202E>`), nothing is hidden.
//!
//! What is drawn: `width()` counts cells as ratatui draws them, cluster by cluster. Joined emoji are reduced to their
//! first element, and variation selectors and skin tones after an emoji are left out, because terminals disagree about
//! the cells of these; what is left takes the same room everywhere as far as `unicode-width` knows.
//!
//! Right-to-left letters stay. All controls of direction are made visible, so such a text can be reordered only by the
//! letters themselves, and only by terminals that reorder at all, within one line of the screen.

mod char_kind;
mod clean;
mod cluster;
mod file_name;

use std::borrow::Cow;
use std::fmt;
use std::fmt::Write as _;

pub use cluster::{Clusters, cluster_width, clusters};
pub use file_name::file_name;

/// Columns of a line at most; more is cut and ends in `…`.
const LINE_COLUMNS: usize = 4096;
/// Characters of a window title at most.
const TITLE_CHARS: usize = 64;
const ELLIPSIS: &str = "…";

/// Text that cannot do anything to a terminal. Made only here; see the module's text for what it promises.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Safe(Cow<'static, str>);

impl Safe {
    /// One line: line breaks with the blanks after them and tabs become one space. At most 4,096 columns, then `…`.
    pub fn line(text: &str) -> Self {
        Self(Cow::Owned(clean::line(text, LINE_COLUMNS)))
    }

    /// Many lines: LF stays, CRLF becomes LF, tabs go to the next multiple of four columns. Lines may have any length.
    pub fn text(text: &str) -> Self {
        Self(Cow::Owned(clean::text(text)))
    }

    /// A window title or desktop notice: at most 64 of those ASCII characters that mean nothing to a shell, should a
    /// terminal type them back. Western accents are folded, everything else becomes `_`.
    pub fn title(text: &str) -> Self {
        Self(Cow::Owned(text.chars().take(TITLE_CHARS).map(char_kind::plain).collect()))
    }

    /// A literal or symbol of our own, never somebody's words. Does not compile in a `const` and panics otherwise if it
    /// holds a control character; other invisible characters are the author's duty.
    pub const fn from_static(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at] >= b' ' && bytes[at] != 0x7f || bytes[at] == b'\n', "a control character in a literal");
            at += 1;
        }
        Self(Cow::Borrowed(text))
    }

    /// `count` blanks.
    pub fn blank(count: usize) -> Self {
        Self(Cow::Owned(" ".repeat(count)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, given away.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Cells that it takes when drawn; of many lines, the widest.
    pub fn width(&self) -> usize {
        self.0.split('\n').map(|line| clusters(line).map(cluster_width).sum()).max().unwrap_or(0)
    }

    /// Its lines, each a `Safe`.
    pub fn lines(&self) -> impl Iterator<Item = Safe> + '_ {
        // Clusters never span a line break, so a line of a safe text is safe as it is.
        self.0.lines().map(|line| Self(Cow::Owned(line.to_owned())))
    }

    /// At most this many columns of its first line; what is cut is replaced by `…`.
    #[must_use]
    pub fn truncate(&self, columns: usize) -> Self {
        let line = self.0.split('\n').next().unwrap_or_default();
        let more = line.len() < self.0.len();
        match cluster::end_within(line, columns) {
            None if !more => self.clone(),
            _ if columns == 0 => Self::default(),
            None if Self::line_width(line) < columns => Self(Cow::Owned(format!("{line}{ELLIPSIS}"))),
            _ => {
                let end = cluster::end_within(line, columns - 1).unwrap_or(line.len());
                Self(Cow::Owned(format!("{}{ELLIPSIS}", &line[..end])))
            }
        }
    }

    /// With blanks behind it up to this many columns; never shorter than it was.
    #[must_use]
    pub fn pad(&self, columns: usize) -> Self {
        let blanks = columns.saturating_sub(self.width());
        Self(Cow::Owned(format!("{}{:blanks$}", self.0, "")))
    }

    /// With blanks before it up to this many columns (numbers in a column); never shorter than it was.
    #[must_use]
    pub fn pad_start(&self, columns: usize) -> Self {
        let blanks = columns.saturating_sub(self.width());
        Self(Cow::Owned(format!("{:blanks$}{}", "", self.0)))
    }

    /// Exactly this many columns: cut or padded.
    #[must_use]
    pub fn fit(&self, columns: usize) -> Self {
        self.truncate(columns).pad(columns)
    }

    /// The pieces one after the other.
    pub fn concat<I>(pieces: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<Safe>,
    {
        Self::join(&Self::default(), pieces)
    }

    /// The pieces with `separator` between them.
    pub fn join<I>(separator: &Safe, pieces: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<Safe>,
    {
        let mut all = String::new();
        for (at, piece) in pieces.into_iter().enumerate() {
            if at > 0 {
                all.push_str(&separator.0);
            }
            all.push_str(&piece.as_ref().0);
        }
        // Letters at a joint can grow together (a flag of two halves, a stack of consonants), so the bounds are
        // checked anew; a safe text itself passes unchanged.
        if all.is_ascii() { Self(Cow::Owned(all)) } else { Self(Cow::Owned(clean::text(&all))) }
    }

    fn line_width(line: &str) -> usize {
        clusters(line).map(cluster_width).sum()
    }
}

impl fmt::Display for Safe {
    /// With a width (`{:20}`) it is padded by cells.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)?;
        let blanks = f.width().map_or(0, |columns| columns.saturating_sub(self.width()));
        (0..blanks).try_for_each(|_| f.write_char(' '))
    }
}

impl AsRef<Safe> for Safe {
    fn as_ref(&self) -> &Safe {
        self
    }
}

impl FromIterator<Safe> for Safe {
    fn from_iter<I: IntoIterator<Item = Safe>>(pieces: I) -> Self {
        Self::concat(pieces)
    }
}

impl PartialEq<str> for Safe {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Safe {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// Whether a character does something to a terminal, hides, or turns text.
pub const fn acts(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}
