//! Just enough reading of Rust to tell code, comments and texts apart and to see which paths the code names.

use std::iter::Peekable;
use std::str::Chars;

/// A source file, taken apart.
pub struct Source {
    /// Where it is, relative to the repository, with `/` between the parts.
    pub path: String,
    pub text: String,
    /// The text with comments and what is between quotes replaced by blanks, line by line at the same place.
    pub code: String,
    /// What stands between quotes in the code.
    pub literals: Vec<Literal>,
}

/// A text between quotes.
pub struct Literal {
    pub line: usize,
    pub text: String,
    /// Where in the code its opening quote is.
    at: usize,
}

/// A name or a sign of the code with its line, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub line: usize,
    pub text: String,
}

/// A path that the code names, groups in `use` taken apart: `use a::{b, c::d}` names `a::b` and `a::c::d`.
#[derive(Debug, PartialEq)]
pub struct Named {
    pub line: usize,
    pub parts: Vec<String>,
    /// How many `mod name { … }` of the same file stand around it.
    pub inline: usize,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let (code, literals) = Reader { rest: text.chars().peekable(), line: 1, code: String::new() }.read();
        let code = without_tests(&code);
        let literals = literals.into_iter().filter(|literal| code[literal.at..].starts_with('"')).collect();
        Self { path: path.to_owned(), text: text.to_owned(), code, literals }
    }

    /// The code before a literal, up to its last sign.
    pub fn before(&self, literal: &Literal) -> &str {
        self.code[..literal.at].trim_end()
    }

    /// Lines of text and of code side by side, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        self.text.lines().zip(self.code.lines()).enumerate().map(|(at, (text, code))| (at + 1, text, code))
    }

    /// Whether a comment with this word stands on the line or directly above it.
    pub fn has_comment(&self, line: usize, word: &str) -> bool {
        let lines: Vec<&str> = self.text.lines().collect();
        let above = lines[..line - 1].iter().rev().take_while(|text| text.trim_start().starts_with("//"));
        above.chain([&lines[line - 1]]).any(|text| text.split_once("//").is_some_and(|(_, said)| said.contains(word)))
    }

    pub fn named(&self) -> Vec<Named> {
        let tokens = tokens(&self.code);
        let mut named = Vec::new();
        let (mut braces, mut modules) = (0_usize, Vec::new());
        let mut at = 0;
        while at < tokens.len() {
            let text = tokens[at].text.as_str();
            match text {
                "{" => {
                    if at >= 2 && tokens[at - 2].text == "mod" {
                        modules.push(braces);
                    }
                    braces += 1;
                }
                "}" => {
                    braces = braces.saturating_sub(1);
                    if modules.last() == Some(&braces) {
                        modules.pop();
                    }
                }
                _ if is_name(text) => {
                    let from = named.len();
                    at = path(&tokens, at, &[], &mut named);
                    named[from..].iter_mut().for_each(|path| path.inline = modules.len());
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        named
    }
}

/// Reads the path that begins at a token, adds what it names and says where the reading goes on.
fn path(tokens: &[Token], mut at: usize, before: &[String], named: &mut Vec<Named>) -> usize {
    let mut parts = before.to_vec();
    let line = tokens[at].line;
    while let Some(token) = tokens.get(at) {
        if token.text == "{" {
            at += 1;
            while tokens.get(at).is_some_and(|token| token.text != "}") {
                at = if is_name(&tokens[at].text) { path(tokens, at, &parts, named) } else { at + 1 };
            }
            return at + 1;
        }
        if !is_name(&token.text) {
            break;
        }
        parts.push(token.text.clone());
        at += 1;
        if tokens.get(at).is_none_or(|token| token.text != "::") {
            break;
        }
        at += 1;
    }
    named.push(Named { line, parts, inline: 0 });
    at
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

pub fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (at, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if first.is_alphanumeric() || first == '_' {
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push(Token { line: at + 1, text: rest[..length].to_owned() });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// Blanks every item that exists in tests alone.
fn without_tests(code: &str) -> String {
    let mut code = code.to_owned();
    while let Some(start) = code.find("#[cfg(test)]") {
        let mut depth = 0_usize;
        let mut end = code.len();
        for (at, c) in code[start..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && (c == '}' || c == ';') {
                end = start + at + c.len_utf8();
                break;
            }
        }
        let blank: String = code[start..end].bytes().map(|c| if c == b'\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blank);
    }
    code
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
    code: String,
}

impl Reader<'_> {
    fn read(mut self) -> (String, Vec<Literal>) {
        let mut literals = Vec::new();
        while let Some(c) = self.rest.next() {
            let (line, at) = (self.line, self.code.len());
            match c {
                '/' if self.rest.peek() == Some(&'/') => {
                    while self.rest.peek().is_some_and(|c| *c != '\n') {
                        self.rest.next();
                    }
                }
                '/' if self.rest.peek() == Some(&'*') => self.comment(),
                'r' if matches!(self.rest.peek(), Some('"' | '#')) => {
                    if let Some(text) = self.raw() {
                        literals.push(Literal { line, text, at });
                    }
                }
                '"' => {
                    let text = self.quoted();
                    literals.push(Literal { line, text, at });
                }
                '\'' => self.character(),
                _ => self.keep(c),
            }
        }
        (self.code, literals)
    }

    fn keep(&mut self, c: char) {
        if c == '\n' {
            self.line += 1;
        }
        self.code.push(c);
    }

    fn blank(&mut self, c: char) {
        self.keep(if c == '\n' { c } else { ' ' });
    }

    fn comment(&mut self) {
        let (mut depth, mut last) = (0, '/');
        while let Some(c) = self.rest.next() {
            self.blank(c);
            match (last, c) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    last = c;
                    continue;
                }
            }
            if depth == 0 {
                break;
            }
            last = ' ';
        }
    }

    fn quoted(&mut self) -> String {
        self.code.push('"');
        let mut literal = String::new();
        while let Some(c) = self.rest.next() {
            match c {
                '"' => break,
                '\\' => {
                    self.blank(c);
                    literal.push(c);
                    if let Some(escaped) = self.rest.next() {
                        self.blank(escaped);
                        literal.push(escaped);
                    }
                }
                _ => {
                    self.blank(c);
                    literal.push(c);
                }
            }
        }
        self.code.push('"');
        literal
    }

    fn raw(&mut self) -> Option<String> {
        let mut hashes = 0;
        while self.rest.next_if_eq(&'#').is_some() {
            hashes += 1;
        }
        // `r#name` is a name.
        self.rest.next_if_eq(&'"')?;
        self.code.push('"');
        let end = format!("\"{}", "#".repeat(hashes));
        let mut literal = String::new();
        for c in self.rest.by_ref() {
            literal.push(c);
            if literal.ends_with(&end) {
                literal.truncate(literal.len() - end.len());
                break;
            }
        }
        literal.chars().for_each(|c| self.blank(c));
        self.code.push('"');
        Some(literal)
    }

    /// A character in quotes, or the quote before the name of a lifetime.
    fn character(&mut self) {
        let mut ahead = self.rest.clone();
        let first = ahead.next();
        if first == Some('\\') {
            self.rest.next();
            self.rest.next();
            while self.rest.next().is_some_and(|c| c != '\'') {}
        } else if ahead.next() == Some('\'') {
            self.rest.next();
            self.rest.next();
        } else {
            return;
        }
        self.code.push_str("' '");
    }
}

#[test]
fn comments_and_texts_are_told_from_code() {
    let source = Source::new(
        "x.rs",
        "let a = \"SQL // no\"; // crate::b\nlet c = r#\"x \"y\" z\"#; /* crate::d /* */ */ f('\"', 'a, '\\'');\nlet e = \"a\nb\"; g();",
    );
    let code: Vec<String> = source.code.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(code, ["leta=\"\";", "letc=\"\";f('',a,'');", "lete=\"", "\";g();"]);
    let literals: Vec<_> = source.literals.iter().map(|literal| (literal.line, literal.text.as_str())).collect();
    assert_eq!(literals, [(1, "SQL // no"), (2, "x \"y\" z"), (3, "a\nb")]);
}

#[test]
fn what_exists_in_tests_alone_is_no_code() {
    let source = Source::new("x.rs", "a();\n#[cfg(test)]\nmod tests {\n fn b() { c() }\n}\nd();");
    assert_eq!(source.code.split_whitespace().collect::<Vec<_>>(), ["a();", "d();"]);
    assert_eq!(source.code.lines().count(), 6);
}

#[test]
fn groups_in_use_are_taken_apart() {
    let source =
        Source::new("x.rs", "use crate::{a, b::{self, c}};\nmod m { use super::d; }\nlet x: crate::E = f::g();");
    let named: Vec<_> = source.named().iter().map(|named| (named.line, named.parts.join("::"), named.inline)).collect();
    for expected in [(1, "crate::a", 0), (1, "crate::b::self", 0), (1, "crate::b::c", 0), (2, "super::d", 1)] {
        assert!(named.iter().any(|(line, path, inline)| (*line, path.as_str(), *inline) == expected), "{named:?}");
    }
    assert!(named.contains(&(3, "crate::E".to_owned(), 0)), "{named:?}");
}
