use crate::domain::condition::Op;

/// A part of a query, cut out but not yet understood.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// Where it begins, in characters from 0.
    pub at: usize,
    /// All of it as written.
    pub whole: &'a str,
    /// Whether a `-` stands before it.
    pub negated: bool,
    /// The keyword in lower case with its operator, if it has one.
    pub keyword: Option<(String, Op)>,
    /// What stands after that.
    pub value: Value,
}

/// The value of a part.
#[derive(Debug)]
pub(super) struct Value {
    /// Without quotes and the star.
    pub text: String,
    /// Whether it was quoted.
    pub quoted: bool,
    /// Whether a `*` stood at its end.
    pub open: bool,
}

/// Cuts a query into its parts.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, byte: 0, chars: 0 }
}

/// See [`pieces`].
pub(super) struct Pieces<'a> {
    text: &'a str,
    byte: usize,
    chars: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = &self.text[self.byte..];
        let begin = rest.trim_start();
        let space = rest.len() - begin.len();
        if begin.is_empty() {
            return None;
        }
        let at = self.chars + rest[..space].chars().count();
        let signless =
            begin.strip_prefix('-').filter(|after| !after.is_empty() && !after.starts_with(char::is_whitespace));
        let negated = signless.is_some();
        let inner = signless.unwrap_or(begin);
        let (keyword, after) = match keyword(inner) {
            Some((name, op, after)) => (Some((name, op)), after),
            None => (None, inner),
        };
        let (value, left) = value(after);
        let whole = &begin[..begin.len() - left.len()];
        self.byte += space + whole.len();
        self.chars = at + whole.chars().count();
        Some(Piece { at, whole, negated, keyword, value })
    }
}

/// A keyword with its operator at the front, and what follows. `http://…` and `12:30` have none.
fn keyword(text: &str) -> Option<(String, Op, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let (name, rest) = text.split_at(end);
    let operators = [("<=", Op::AtMost), (">=", Op::AtLeast), (":", Op::Is), ("<", Op::Below), (">", Op::Above)];
    let (sign, op) = operators.into_iter().find(|(sign, _)| rest.starts_with(sign))?;
    let after = &rest[sign.len()..];
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !after.starts_with("//");
    is_word.then(|| (name.to_ascii_lowercase(), op, after))
}

/// The value at the front, and what is left.
fn value(text: &str) -> (Value, &str) {
    if let Some(inner) = text.strip_prefix('"') {
        return quoted(inner);
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (bare, left) = text.split_at(end);
    let open = bare.ends_with('*');
    (Value { text: bare.trim_end_matches('*').to_owned(), quoted: false, open }, left)
}

fn quoted(inner: &str) -> (Value, &str) {
    let mut text = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                let left = &inner[at + 1..];
                let after_star = left.trim_start_matches('*');
                return (Value { text, quoted: true, open: after_star.len() < left.len() }, after_star);
            }
            '\\' => match chars.clone().next() {
                Some((_, next @ ('"' | '\\'))) => {
                    text.push(next);
                    chars.next();
                }
                _ => text.push('\\'),
            },
            other => text.push(other),
        }
    }
    (Value { text, quoted: true, open: false }, "")
}
