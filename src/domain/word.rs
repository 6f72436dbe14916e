//! What counts as the same word. Text is cut and folded here and nowhere else: the indexes of both databases hold words
//! that went through this module and the matcher in memory reads the same ones, so that all three agree on every input.
//!
//! The rules are those of SQLite's `unicode61 remove_diacritics 2` and of PostgreSQL's `simple` after `unaccent`: a
//! word is a run of letters and digits, without case and accents, with no stemming and no stop words. Where those two
//! differ from each other (`ß`, `æ`, `ø`, `ł`), PostgreSQL's reading wins, for it is how people type them.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The longest word, in characters; what comes after is not looked at, in texts as in queries.
pub const MAX_WORD_CHARS: usize = 64;

/// How many words of one text can be found; PostgreSQL's index holds no more.
pub const MAX_WORDS: usize = 16_000;

/// The words of a text, folded, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { rest: text.chars(), ready: Vec::new(), word: String::new(), chars: 0 }
}

/// The words of some texts, joined by single spaces: what an index is fed with. At most [`MAX_WORDS`] of them.
pub fn indexed<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for word in texts.into_iter().flat_map(words).take(MAX_WORDS) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&word);
    }
    joined
}

/// A text by which two names are compared: its words, joined by single spaces.
pub fn folded(text: &str) -> String {
    indexed([text])
}

/// See [`words`].
#[derive(Debug)]
pub struct Words<'a> {
    rest: std::str::Chars<'a>,
    /// Words that one character ended or made (`½` is two), last first.
    ready: Vec<String>,
    word: String,
    chars: usize,
}

impl Words<'_> {
    fn take(&mut self, c: char) {
        if c.is_alphanumeric() {
            if self.chars < MAX_WORD_CHARS {
                self.word.push(c);
            }
            self.chars += 1;
        } else {
            self.end();
        }
    }

    fn end(&mut self) {
        self.chars = 0;
        if !self.word.is_empty() {
            self.ready.insert(0, std::mem::take(&mut self.word));
        }
    }
}

impl Iterator for Words<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            if let Some(word) = self.ready.pop() {
                return Some(word);
            }
            match self.rest.next() {
                Some(c) if c.is_ascii() => self.take(c.to_ascii_lowercase()),
                Some(c) => fold(c, &mut |plain| self.take(plain)),
                None => {
                    self.end();
                    return self.ready.pop();
                }
            }
        }
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
