/// A word or sign of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it begins, in characters from 0.
    pub at: usize,
    /// After its last character.
    pub end: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// As written.
    Word(String),
    /// Without the quotes; whether they were closed.
    Quoted(String, bool),
    /// `<` and its like, `(`, `)` or `,`.
    Sign(&'static str),
}

const SIGNS: [&str; 7] = ["<=", ">=", "<", ">", "(", ")", ","];

/// Cuts a sentence.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut at) = (text, 0);
    loop {
        let begin = rest.trim_start();
        at += rest[..rest.len() - begin.len()].chars().count();
        if begin.is_empty() {
            return tokens;
        }
        let (kind, bytes) = one(begin);
        let end = at + begin[..bytes].chars().count();
        tokens.push(Token { at, end, kind });
        (rest, at) = (&begin[bytes..], end);
    }
}

/// The token at the front, and how many bytes it takes.
fn one(text: &str) -> (Kind, usize) {
    if let Some(sign) = SIGNS.into_iter().find(|sign| text.starts_with(sign)) {
        return (Kind::Sign(sign), sign.len());
    }
    if let Some(inner) = text.strip_prefix('"') {
        let (value, closed, bytes) = quoted(inner);
        return (Kind::Quoted(value, closed), bytes + 1);
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>(),\"".contains(c)).unwrap_or(text.len());
    (Kind::Word(text[..end].to_owned()), end)
}

/// What stands behind a quote, up to the next one: whether there is one, and how many bytes it takes.
pub(in crate::domain) fn quoted(inner: &str) -> (String, bool, usize) {
    let mut value = String::new();
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, true, at + 1),
            '\\' => match chars.peek() {
                Some((_, next @ ('"' | '\\'))) => {
                    value.push(*next);
                    chars.next();
                }
                _ => value.push('\\'),
            },
            other => value.push(other),
        }
    }
    (value, false, inner.len())
}
