use super::words::{BEGINNINGS, DATED, FORWARDS, HEADS, MOBILE, SEPARATORS, WROTE};

/// Bytes of a line that are looked at from either end.
const LOOK: usize = 300;
/// Words of the line that a telephone adds.
const MOBILE_WORDS: usize = 8;

/// A line, and what it looks like.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// Without blanks around it, its first bytes, in small letters, stars of emphasis gone.
    head: String,
    /// Its last bytes likewise.
    tail: String,
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bare = text.trim();
        let head = &bare[..bare.floor_char_boundary(LOOK)];
        let tail = &bare[bare.ceil_char_boundary(bare.len().saturating_sub(LOOK))..];
        Self { text, head: plain(head), tail: plain(tail) }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.head.is_empty()
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.head.starts_with('>')
    }

    pub(super) fn has_digit(&self) -> bool {
        self.head.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// Words of the writer.
    pub(super) fn is_own(&self) -> bool {
        !self.is_blank() && !self.is_quoted() && !self.is_rule()
    }

    /// `-- `, which means a signature and nothing else.
    pub(super) fn is_signature_mark(&self) -> bool {
        self.text == "-- "
    }

    /// What looks like it, as many programs leave it.
    pub(super) fn is_loose_mark(&self) -> bool {
        matches!(self.head.as_str(), "--" | "—" | "–" | "__")
    }

    /// A line drawn across.
    pub(super) fn is_rule(&self) -> bool {
        let drawn = |c: char| "_-=─━—*".contains(c);
        self.head.chars().count() >= 10 && self.head.chars().all(drawn)
    }

    /// The line above the foot of a mailing list.
    pub(super) fn is_foot_rule(&self) -> bool {
        self.head.len() >= 20 && self.head.bytes().all(|byte| byte == b'_')
    }

    /// Whether it has an address, a year or a time of day.
    pub(super) fn is_precise(&self) -> bool {
        let digits: Vec<&str> = self.head.split(|c: char| !c.is_ascii_digit()).collect();
        let year = digits.iter().any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")));
        let timed = |at: usize| {
            let around = self.head.get(at.saturating_sub(1)..at + 3);
            around.is_some_and(|text| text.bytes().filter(u8::is_ascii_digit).count() == 3)
        };
        year || self.head.contains('@') || self.head.match_indices(':').any(|(at, _)| timed(at))
    }

    /// `-----Original Message-----`.
    pub(super) fn is_separator(&self) -> bool {
        let Some(inner) = self.head.strip_prefix("--") else { return false };
        let inner = inner.trim_matches(['-', ' ']);
        self.head.ends_with("--") && SEPARATORS.contains(&inner)
    }

    /// `---------- Forwarded message ---------`: what follows was to be said.
    pub(super) fn is_forward(&self) -> bool {
        let inner = self.head.trim_matches(['-', ' ', ':']);
        inner.len() < self.head.len() && FORWARDS.contains(&inner)
    }

    pub(super) fn begins_head(&self) -> bool {
        HEADS[0].iter().any(|name| self.names(name))
    }

    pub(super) fn is_head_line(&self) -> bool {
        HEADS.iter().flat_map(|names| names.iter()).any(|name| self.names(name))
    }

    /// `From: …`, also with the French blank before the colon.
    fn names(&self, name: &str) -> bool {
        self.head.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':'))
    }

    pub(super) fn begins_announcement(&self) -> bool {
        let dated = self.head.get(..10).is_some_and(is_date);
        dated || BEGINNINGS.iter().any(|word| self.head.starts_with(word)) || self.is_whole_announcement()
    }

    /// `Ana <ana@acme.example> wrote on 2 May:`, all in one line and without a date before it.
    fn is_whole_announcement(&self) -> bool {
        self.head.contains('@') && self.head.contains('<') && self.ends_announcement()
    }

    pub(super) fn ends_announcement(&self) -> bool {
        let Some(before) = self.tail.strip_suffix(':') else { return false };
        let before = before.trim_end();
        WROTE.iter().any(|word| before.ends_with(word))
            || DATED.iter().any(|word| before.contains(word)) && (before.len() < LOOK)
            // A name and an address alone; what announces them stands above.
            || before.ends_with('>') && self.head.contains('@')
    }

    /// "Sent from my iPhone": the whole line and short, else somebody may have meant it.
    pub(super) fn is_mobile(&self) -> bool {
        let known = MOBILE.iter().any(|(start, end)| self.head.starts_with(start) && self.tail.ends_with(end));
        let short = self.head.split_whitespace().count() <= MOBILE_WORDS && self.text.trim().len() <= 80;
        let said = self.head.contains(", ") || self.head.contains(". ");
        known && short && !said
    }
}

fn plain(text: &str) -> String {
    text.replace(['*', '\u{a0}'], " ").trim().to_lowercase().replace("  ", " ")
}

/// `2026-05-02` or `02.05.2026` or `02/05/2026`.
fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    matches!(shape.as_str(), "0000-00-00" | "0000/00/00" | "00.00.0000" | "00/00/0000")
}
