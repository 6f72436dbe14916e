//! What counts as the same word. Text is cut and folded here and nowhere else: the indexes of both databases hold words
//! that went through this module and the matcher in memory reads the same ones, so that all three agree on every input.
//!
//! The rules are those of SQLite's `unicode61 remove_diacritics 2` and of PostgreSQL's `simple` after `unaccent`: a
//! word is a run of letters and digits, without case and accents, with no stemming and no stop words. Where those two
//! differ from each other (`ß`, `æ`, `ø`, `ł`), PostgreSQL's reading wins, for it is how people type them.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The longest word, in characters; what comes after is not looked at, in texts as in queries.
pub const MAX_WORD_CHARS: usize = 64;

/// How many words of a ticket's subject can be found.
pub const MAX_SUBJECT_WORDS: usize = 300;

/// How many words of all that was said on a ticket can be found: PostgreSQL's index holds no more.
pub const MAX_COMMENT_WORDS: usize = 16_000;

/// How many bytes of either can be found, for the same reason.
pub const MAX_BYTES: usize = 400_000;

/// The words of a text, folded, in order.
pub fn words(text: &str) -> Vec<String> {
    folded(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A text by which two names are compared: its words, joined by single spaces.
pub fn folded(text: &str) -> String {
    indexed([text], usize::MAX, usize::MAX)
}

/// The words of a ticket's subject, as an index is fed with them.
pub fn indexed_subject(subject: &str) -> String {
    indexed([subject], MAX_SUBJECT_WORDS, MAX_BYTES)
}

/// The words of what was said on a ticket, as an index is fed with them.
pub fn indexed_comments<'a>(comments: impl IntoIterator<Item = &'a str>) -> String {
    indexed(comments, MAX_COMMENT_WORDS, MAX_BYTES)
}

fn indexed<'a>(texts: impl IntoIterator<Item = &'a str>, max_words: usize, max_bytes: usize) -> String {
    let mut cutter = Cutter { words: String::new(), left: max_words, chars: 0 };
    for text in texts {
        cutter.chars = 0;
        for c in text.chars() {
            if c.is_ascii() {
                cutter.take(c.to_ascii_lowercase());
            } else {
                fold(c, &mut |plain| cutter.take(plain));
            }
            if cutter.words.len() > max_bytes || (cutter.left == 0 && cutter.chars == 0) {
                return cutter.words;
            }
        }
    }
    cutter.words
}

/// Collects characters as words with single spaces between them.
struct Cutter {
    words: String,
    /// How many more words may begin.
    left: usize,
    /// How long the present word is; none has begun at 0.
    chars: usize,
}

impl Cutter {
    fn take(&mut self, c: char) {
        if !c.is_alphanumeric() {
            self.chars = 0;
            return;
        }
        if self.chars == 0 {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            if !self.words.is_empty() {
                self.words.push(' ');
            }
        }
        if self.chars < MAX_WORD_CHARS {
            self.words.push(c);
        }
        self.chars += 1;
    }
}

/// A character without case and accents: none (a lone accent), one, or several. Separators come out as they are.
fn fold(c: char, out: &mut impl FnMut(char)) {
    decompose_compatible(c, |part| {
        for lower in part.to_lowercase() {
            match lower {
                // They stand inside words without being seen.
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
                mark if is_combining_mark(mark) => {}
                'ß' => ['s', 's'].into_iter().for_each(&mut *out),
                'æ' => ['a', 'e'].into_iter().for_each(&mut *out),
                'œ' => ['o', 'e'].into_iter().for_each(&mut *out),
                'þ' => ['t', 'h'].into_iter().for_each(&mut *out),
                'ø' => out('o'),
                'đ' | 'ð' => out('d'),
                'ł' => out('l'),
                'ħ' => out('h'),
                'ı' => out('i'),
                'ς' => out('σ'),
                other => out(other),
            }
        }
    });
}
