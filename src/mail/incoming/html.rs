use html2text::config;
use html2text::render::{TaggedLine, TextDecorator};
use std::borrow::Cow;

/// Bytes of a page that are read.
const MOST_BYTES: usize = 512 * 1024;
/// Tags of a page that is laid out; of one with more only the letters are kept.
const MOST_TAGS: usize = 20_000;
/// Elements within each other in a page that is laid out.
const MOST_DEPTH: usize = 200;
/// Lines are as long as their writer made them, nearly.
const WIDTH: usize = 4000;

/// The text of a page: paragraphs, lists and quotes as plain text has them, links followed by their target.
pub(super) fn to_text(source: &str) -> String {
    let source = &source[..source.floor_char_boundary(MOST_BYTES)];
    if is_wild(source) {
        return letters(source);
    }
    let laid_out = config::with_decorator(Plain::default())
        .raw_mode(true)
        .no_link_wrapping()
        .allow_width_overflow()
        .string_from_read(source.as_bytes(), WIDTH);
    match laid_out {
        Ok(text) => tidy(&text),
        Err(_) => letters(source),
    }
}

/// Whether laying it out could cost more than any mail is worth.
fn is_wild(source: &str) -> bool {
    let mut depth = 0_usize;
    let mut tags = 0_usize;
    for (at, _) in source.match_indices('<') {
        tags += 1;
        match source.as_bytes().get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() && !is_void(&source[at + 1..]) => depth += 1,
            _ => {}
        }
        if tags > MOST_TAGS || depth > MOST_DEPTH {
            return true;
        }
    }
    false
}

/// Elements that have no end, and those whose end is often left out.
fn is_void(tag: &str) -> bool {
    let end = tag.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let void = ["br", "hr", "img", "meta", "link", "input", "wbr", "col", "area", "base", "p", "li", "td", "tr", "th"];
    void.iter().any(|name| tag[..end].eq_ignore_ascii_case(name))
}

/// What is outside of tags, each tag a blank.
fn letters(source: &str) -> String {
    let mut text = String::new();
    for piece in source.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, outside)| outside));
        text.push(' ');
    }
    text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

/// Rules as long as the page become short, and of many blank lines one stays.
fn tidy(text: &str) -> String {
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        let rule = line.len() > 20 && line.chars().all(|c| "─-".contains(c));
        let line = if rule { Cow::Borrowed("---") } else { once(line) };
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// A link whose words are its target already says it once: `https://a.example (https://a.example)`.
fn once(line: &str) -> Cow<'_, str> {
    if !line.contains(" (http") {
        return Cow::Borrowed(line);
    }
    let mut words: Vec<&str> = Vec::new();
    for word in line.split(' ') {
        let target = word.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(target, _)| target);
        let said =
            |before: &&str| target.is_some_and(|target| target.trim_end_matches('/') == before.trim_end_matches('/'));
        if !words.last().is_some_and(said) {
            words.push(word);
        }
    }
    Cow::Owned(words.join(" "))
}

/// Plain text: no marks for emphasis, `> ` for quotes, the target of a link behind its words.
#[derive(Clone, Debug, Default)]
struct Plain {
    target: String,
}

impl TextDecorator for Plain {
    type Annotation = ();

    fn decorate_link_start(&mut self, url: &str) -> (String, Self::Annotation) {
        url.clone_into(&mut self.target);
        (String::new(), ())
    }

    fn decorate_link_end(&mut self) -> String {
        let target = std::mem::take(&mut self.target);
        let shown = target.starts_with("http://") || target.starts_with("https://");
        if shown { format!(" ({target})") } else { String::new() }
    }

    fn decorate_em_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) -> Self::Annotation {}

    fn decorate_preformat_cont(&self) -> Self::Annotation {}

    fn decorate_image(&mut self, _src: &str, title: &str) -> (String, Self::Annotation) {
        (title.to_owned(), ())
    }

    fn header_prefix(&self, _level: usize) -> String {
        String::new()
    }

    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "- ".to_owned()
    }

    fn ordered_item_prefix(&self, i: i64) -> String {
        format!("{i}. ")
    }

    fn make_subblock_decorator(&self) -> Self {
        Self::default()
    }

    fn finalise(&mut self, _links: Vec<String>) -> Vec<TaggedLine<Self::Annotation>> {
        Vec::new()
    }
}
