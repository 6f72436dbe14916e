//! How two documents differ, line by line, as people compare texts: what is the same stands only around what is not.

use crate::domain::setup::{Datum, Document, Key};
use crate::notation;

/// So many lines that are the same stand before and after those that are not.
const AROUND: usize = 2;
/// Texts of more lines than that, one by the other, are not compared line by line.
const MOST_CELLS: usize = 4_000_000;
/// What stands in place of lines that are left out.
const GAP: &str = "…";

/// The lines in which two documents differ, each with its sign: `-` is only in the first, `+` only in the second.
pub fn lines(before: &Document, after: &Document, form: &[Key]) -> Vec<(char, String)> {
    let (before, after) = parted(before, after);
    let keys: Vec<String> = before.0.keys().chain(after.0.keys()).cloned().collect();
    let is_heading = |line: &str| {
        let inner = line.trim_start_matches('[');
        inner.len() < line.len() && keys.iter().any(|key| inner.starts_with(key.as_str()))
    };
    let (before, after) = (notation::write(&before, form), notation::write(&after, form));
    shortened(&compared(&before, &after), is_heading)
}

/// Both without what they have in common, as far down as there are names.
fn parted(before: &Document, after: &Document) -> (Document, Document) {
    let (mut left, mut right) = (Document::default(), Document::default());
    for key in before.differing(after) {
        match (before.get(&key), after.get(&key)) {
            (Some(Datum::Table(one)), Some(Datum::Table(other))) => {
                let (one, other) = parted(one, other);
                left = left.with(&key, one);
                right = right.with(&key, other);
            }
            (one, other) => {
                left = left.with_some(&key, one.cloned());
                right = right.with_some(&key, other.cloned());
            }
        }
    }
    (left, right)
}

/// All lines of both: the longest row of lines that both have, in order, with what only one has between them.
fn compared<'t>(before: &'t str, after: &'t str) -> Vec<(char, &'t str)> {
    let (one, other): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let width = other.len() + 1;
    if (one.len() + 1).saturating_mul(width) > MOST_CELLS {
        let gone = one.into_iter().map(|line| ('-', line));
        return gone.chain(other.into_iter().map(|line| ('+', line))).collect();
    }
    // How many lines both have from a place in each on.
    let mut common = vec![0_u32; (one.len() + 1) * width];
    for at in (0..one.len()).rev() {
        for there in (0..other.len()).rev() {
            let (here, below) = (at * width + there, (at + 1) * width + there);
            common[here] =
                if one[at] == other[there] { common[below + 1] + 1 } else { common[below].max(common[here + 1]) };
        }
    }
    let (mut at, mut there) = (0, 0);
    let mut lines = Vec::with_capacity(one.len() + other.len());
    while at < one.len() || there < other.len() {
        if at < one.len() && there < other.len() && one[at] == other[there] {
            lines.push((' ', one[at]));
            (at, there) = (at + 1, there + 1);
        } else if at < one.len()
            && (there == other.len() || common[(at + 1) * width + there] >= common[at * width + there + 1])
        {
            lines.push(('-', one[at]));
            at += 1;
        } else {
            lines.push(('+', other[there]));
            there += 1;
        }
    }
    lines
}

/// What differs with the lines around it, and the heading under which each of it stands.
fn shortened(lines: &[(char, &str)], is_heading: impl Fn(&str) -> bool) -> Vec<(char, String)> {
    let mut kept = vec![false; lines.len()];
    for at in (0..lines.len()).filter(|at| lines[*at].0 != ' ') {
        kept[at.saturating_sub(AROUND)..lines.len().min(at + AROUND + 1)].fill(true);
        if let Some(heading) = (0..at).rev().find(|before| is_heading(lines[*before].1)) {
            kept[heading] = true;
        }
    }
    let mut shown = Vec::new();
    let mut last = None;
    for (at, (sign, line)) in lines.iter().enumerate().filter(|(at, _)| kept[*at]) {
        // A gap of one line takes no more room than that line.
        match last.map_or(at, |last: usize| at - last - 1) {
            0 => {}
            1 => shown.push((' ', lines[at - 1].1.to_owned())),
            _ => shown.push((' ', GAP.to_owned())),
        }
        shown.push((*sign, (*line).to_owned()));
        last = Some(at);
    }
    shown
}

#[cfg(test)]
mod test {
    use super::{compared, lines};
    use crate::domain::setup::{Datum, Document, ItemKind};

    fn shown(before: &Document, after: &Document) -> String {
        let lines = lines(before, after, ItemKind::Text.form());
        let lines: Vec<String> = lines.into_iter().map(|(sign, line)| format!("{sign}{line}")).collect();
        lines.join("\n")
    }

    /// Whatever they are: without its signs the one side is the first text, the other the second.
    #[test]
    fn both_texts_can_be_read_out_of_their_difference() {
        let texts = ["", "a\n", "a\nb\nc\n", "c\nb\na\n", "a\na\nb\n", "x\ny\n", "b\n", "a\n\nc\nc\n"];
        for before in texts {
            for after in texts {
                let lines = compared(before, after);
                let side = |sign: char| -> Vec<&str> {
                    let side = lines.iter().filter(|(one, _)| *one == sign || *one == ' ');
                    side.map(|(_, line)| *line).collect()
                };
                assert_eq!((side('-'), side('+')), (before.lines().collect(), after.lines().collect()));
            }
        }
    }

    #[test]
    fn what_is_the_same_stands_only_around_what_is_not() {
        let text = |subject: &str, body: &str| Document::default().with("subject", subject).with("body", body);
        let texts = |en: Document| {
            let all = Document::default().with("fr", text("Bonjour", "a\nb")).with("en", en);
            Document::default().with("slug", "hello").with("texts", Datum::Table(all))
        };
        let body = |line: &str| format!("one\ntwo\nthree\nfour\nfive\n{line}\nseven\neight\nnine\nten");
        let (before, after) = (texts(text("Hello", &body("six"))), texts(text("Hello", &body("sechs"))));
        assert_eq!(shown(&before, &after), " [texts.en]\n …\n four\n five\n-six\n+sechs\n seven\n eight");
        let after = texts(text("Good day", &body("six")));
        assert_eq!(shown(&before, &after), " [texts.en]\n-subject = \"Hello\"\n+subject = \"Good day\"");
        let nothing = Document::default().with("slug", "hello");
        assert_eq!(shown(&nothing, &before).lines().filter(|line| line.starts_with('+')).count(), 19);
        assert_eq!(shown(&before, &before), "");
    }
}
