//! From any text to a safe one, in two passes of linear time: characters become visible, then clusters get their bounds.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use super::char_kind::{attaches, hidden, joining_script, mark, pictograph, picture, skin_tone, variation};
use super::cluster::{cluster_width, clusters, end_within};

const CLUSTER_MARKS: usize = 4;
const CLUSTER_BYTES: usize = 64;
const CLUSTER_COLUMNS: usize = 16;
const TAB_COLUMNS: usize = 4;
/// What a mark without a letter is put on.
const DOTTED_CIRCLE: char = '\u{25cc}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// One line of at most so many columns.
pub(super) fn line(text: &str, columns: usize) -> String {
    let cleaned = if plain_ascii(text, false) {
        text.to_owned()
    } else {
        // More than this cannot be shown; the work is bounded however long the text is.
        bounded_clusters(&Visible::new(text, false).collect(columns.saturating_mul(CLUSTER_BYTES)))
    };
    if end_within(&cleaned, columns).is_none() {
        return cleaned;
    }
    let end = end_within(&cleaned, columns.saturating_sub(1)).unwrap_or(cleaned.len());
    format!("{}…", &cleaned[..end])
}

/// Many lines of any length.
pub(super) fn text(text: &str) -> String {
    if plain_ascii(text, true) {
        return text.to_owned();
    }
    bounded_clusters(&Visible::new(text, true).collect(usize::MAX))
}

fn plain_ascii(text: &str, many_lines: bool) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~') || many_lines && byte == b'\n')
}

/// First pass: nothing invisible is left but combining marks.
struct Visible<'a> {
    chars: Peekable<Chars<'a>>,
    many_lines: bool,
    out: String,
    /// The letter or picture to which a selector or joiner would belong.
    base: Option<char>,
    /// A variation selector was left out just now.
    varied: bool,
}

impl<'a> Visible<'a> {
    fn new(text: &'a str, many_lines: bool) -> Self {
        Self { chars: text.chars().peekable(), many_lines, out: String::new(), base: None, varied: false }
    }

    /// All of it, or what fills `bytes` and an `…`.
    fn collect(mut self, bytes: usize) -> String {
        while let Some(c) = self.chars.next() {
            if self.out.len() >= bytes {
                self.out.push('…');
                break;
            }
            self.take(c);
        }
        self.out
    }

    fn take(&mut self, c: char) {
        let varied = std::mem::take(&mut self.varied);
        match c {
            '\n' => self.line_break(),
            '\r' if self.chars.peek() == Some(&'\n') => {}
            '\t' if self.many_lines => self.put('\t'),
            '\t' => self.put(' '),
            ' '..='~' => self.put(c),
            ZERO_WIDTH_JOINER | '\u{200c}' => self.joiner(c),
            _ if variation(c) && !varied && self.base.is_some_and(takes_variation) => self.varied = true,
            _ if skin_tone(c) && self.base.is_some_and(pictograph) => {}
            '\u{e0067}' if self.base == Some('\u{1f3f4}') && self.flag_tags() => {}
            _ if hidden(c) => self.code(c),
            _ => self.put(picture(c).unwrap_or(c)),
        }
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.base = Some(c);
    }

    fn code(&mut self, c: char) {
        push_code(&mut self.out, c);
        self.base = None;
    }

    fn line_break(&mut self) {
        if self.many_lines {
            self.put('\n');
            self.base = None;
            return;
        }
        while self.chars.next_if(|c| matches!(c, '\n' | ' ' | '\t')).is_some() {}
        if !self.out.ends_with(' ') {
            self.put(' ');
        }
    }

    /// Joiners: part of an emoji sequence (the first element stands for it), part of the spelling in scripts that need
    /// them (left out), visible anywhere else.
    fn joiner(&mut self, c: char) {
        let next = self.chars.peek().copied();
        match (self.base, next) {
            (Some(base), Some(next)) if c == ZERO_WIDTH_JOINER && pictograph(base) && pictograph(next) => {
                self.chars.next();
            }
            (Some(base), Some(next)) if joining_script(base) && joining_script(next) && !hidden(next) => {}
            _ => self.code(c),
        }
    }

    /// The rest of the flags of England, Scotland and Wales, which are a black flag with tags; true when it was one.
    fn flag_tags(&mut self) -> bool {
        const FLAGS: [&str; 3] = [
            "\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
        ];
        let found = FLAGS.iter().any(|flag| self.chars.clone().take(5).eq(flag.chars()));
        if found {
            self.chars.by_ref().take(5).for_each(drop);
            self.base = None;
        }
        found
    }
}

fn takes_variation(base: char) -> bool {
    !base.is_ascii() || base.is_ascii_digit() || matches!(base, '#' | '*')
}

fn push_code(out: &mut String, c: char) {
    // Writing to a String cannot fail.
    let _ = write!(out, "<U+{:04X}>", c as u32);
}

/// Second pass: no cluster is longer, wider or higher than it may be, and none is without width.
fn bounded_clusters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for cluster in clusters(text) {
        match cluster {
            "\n" => {
                out.push('\n');
                column = 0;
            }
            "\t" => {
                let blanks = TAB_COLUMNS - column % TAB_COLUMNS;
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            _ if cluster.len() == 1 => {
                out.push_str(cluster);
                column += 1;
            }
            _ => {
                let start = out.len();
                push_cluster(&mut out, cluster);
                column += cluster_width(&out[start..]);
            }
        }
    }
    out
}

fn push_cluster(out: &mut String, cluster: &str) {
    let start = out.len();
    let mut chars = cluster.chars();
    let first = chars.next().unwrap_or_default();
    if attaches(first) {
        out.push(DOTTED_CIRCLE);
        chars = cluster.chars();
    } else {
        out.push(first);
    }
    let (mut marks, mut too_long) = (0, false);
    for c in chars {
        let is_mark = mark(c);
        marks += usize::from(is_mark);
        if is_mark && marks > CLUSTER_MARKS {
            continue;
        }
        too_long = out.len() - start + c.len_utf8() > CLUSTER_BYTES;
        if too_long {
            break;
        }
        out.push(c);
    }
    let width = cluster_width(&out[start..]);
    if width == 0 {
        let without_width = out.split_off(start);
        without_width.chars().for_each(|c| push_code(out, c));
    }
    if width > CLUSTER_COLUMNS || too_long && width > 0 {
        cut(out, start);
    } else if too_long {
        out.push('…');
    }
}

/// Shortens the cluster that starts there until an `…` has room in it.
fn cut(out: &mut String, start: usize) {
    let room = '…'.len_utf8();
    while out.len() - start + room > CLUSTER_BYTES || cluster_width(&out[start..]) + 1 > CLUSTER_COLUMNS {
        out.pop();
    }
    out.push('…');
}
