//! What a form looks like.

use super::{State, Verdict};
use crate::domain::setup::Takes;
use crate::language::args;
use crate::safe::Safe;
use crate::tui::layout::{areas, holds};
use crate::tui::model::Shared;
use crate::tui::text::{Pieces, line, wrap};
use crate::tui::theme::Look;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Cells of the names.
const LABEL: u16 = 22;
/// The most rows of a text that has the keys, and of one that has not.
const MOST_ROWS: u16 = 10;
const FEW_ROWS: u16 = 3;

/// Where a line of the form is.
struct Placed {
    at: usize,
    /// The label and what is typed.
    area: Rect,
    /// What is wrong with it, or can stand there.
    below: Option<(Look, Safe)>,
    below_area: Rect,
}

/// The lines of the form that fit, so that the one with the keys is among them.
fn placed(state: &State, shared: &Shared) -> Vec<Placed> {
    let body = areas(shared.size).body;
    let body = Rect { height: body.height.saturating_sub(1), ..body };
    let width = body.width.saturating_sub(LABEL + 3).max(8);
    let heights: Vec<_> = (0..state.entries.len())
        .map(|at| {
            let below = below(state, shared, at);
            let rows = below.as_ref().map_or(0, |(_, text)| wrap(text, width).len());
            (height(state, at, width), below, u16::try_from(rows).unwrap_or(1))
        })
        .collect();
    let whole = |at: usize| heights[at].0 + heights[at].2;
    let mut first = 0;
    while first < state.at && (first..=state.at).map(whole).sum::<u16>() > body.height {
        first += 1;
    }
    let mut y = body.y;
    let end = body.y + body.height;
    let mut all = Vec::new();
    for (at, (height, below, rows)) in heights.into_iter().enumerate().skip(first) {
        if y >= end {
            break;
        }
        let area = Rect { y, height: height.min(end - y), ..body };
        let below_y = (y + height).min(end);
        let below_area =
            Rect { x: body.x + LABEL + 2, y: below_y, width, height: rows.min(end - below_y) };
        all.push(Placed { at, area, below, below_area });
        y = below_y + rows;
    }
    all
}

fn height(state: &State, at: usize, width: u16) -> u16 {
    let entry = &state.entries[at];
    match entry.editor().filter(|_| entry.has_lines()) {
        Some(editor) => editor.rows(width).clamp(1, if at == state.at { MOST_ROWS } else { FEW_ROWS }),
        None => 1,
    }
}

fn below(state: &State, shared: &Shared, at: usize) -> Option<(Look, Safe)> {
    let key = &state.entries[at].key;
    match &state.verdict {
        Verdict::Bad(Some(name), why) if name == key.name => {
            return Some((Look::Bad, Safe::concat([Safe::from_static("✕ "), why.clone()])));
        }
        _ if at != state.at => return None,
        _ => {}
    }
    let help = match key.takes {
        Takes::OneOf(names) => shared.say("admin-one-of", args![names = shared.words.list_or(names)]),
        Takes::Texts | Takes::Names(_) | Takes::Columns => shared.word("admin-one-a-line"),
        Takes::Actions => shared.word("admin-actions"),
        Takes::Condition => shared.word("admin-condition"),
        Takes::Rows(keys) => {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            shared.say("admin-rows", args![key = key.name, names = shared.words.list_or(&names)])
        }
        Takes::Languages(_) => shared.word("admin-tables"),
        Takes::Owner => shared.word("admin-owner"),
        Takes::Flag(_) => shared.word("admin-flag"),
        Takes::Line | Takes::Lines | Takes::Number | Takes::Column | Takes::Pairs => return None,
    };
    Some((Look::Dim, help))
}

/// A text that has not the keys: its beginning.
fn at_rest(shared: &Shared, frame: &mut Frame<'_>, area: Rect, text: &str) {
    let rows: Vec<Safe> = Safe::text(text).lines().flat_map(|one| wrap(&one, area.width)).collect();
    let most = usize::from(area.height);
    for (n, row) in (0..area.height).zip(&rows) {
        let last = usize::from(n) + 1 == most && rows.len() > most;
        let row = if last { Safe::concat([row.truncate(usize::from(area.width) - 2), Safe::from_static(" …")]) } else { row.clone() };
        frame.render_widget(line(shared.theme, Look::Plain, &row), Rect { y: area.y + n, height: 1, ..area });
    }
}

/// The line of the form on which something was clicked.
pub fn hit(state: &State, shared: &Shared, column: u16, row: u16) -> Option<usize> {
    placed(state, shared).into_iter().find(|one| holds(one.area, column, row)).map(|one| one.at)
}

/// Draws the form, and what is known of the whole in its last line.
pub fn draw(state: &State, shared: &Shared, frame: &mut Frame<'_>) {
    let theme = shared.theme;
    let body = areas(shared.size).body;
    for one in placed(state, shared) {
        let entry = &state.entries[one.at];
        let here = one.at == state.at;
        let mark = Safe::from_static(if here { "▌ " } else { "  " });
        // A rule that does nothing is refused, though its document can be read.
        let needed = entry.key.must || matches!(entry.key.takes, Takes::Actions);
        let must = Safe::from_static(if needed { " *" } else { "" });
        let label = Safe::concat([shared.word(&format!("setup-key-{}", entry.key.name)), must]);
        let look = if here { Look::Strong } else { Look::Dim };
        let pieces = Pieces::default().and(theme, Look::Plain, &mark).and(theme, look, &label.fit(usize::from(LABEL) - 1));
        let first = Rect { height: 1.min(one.area.height), ..one.area };
        frame.render_widget(pieces.line(), Rect { width: LABEL + 1, ..first });
        let value = Rect { x: one.area.x + LABEL + 2, width: one.area.width.saturating_sub(LABEL + 3), ..one.area };
        match (entry.editor(), entry.ticked()) {
            (Some(editor), _) if here => editor.draw(frame, value, true),
            (Some(editor), _) => at_rest(shared, frame, value, &editor.text()),
            (None, ticked) => {
                let (sign, word) = if ticked == Some(true) { ("[x] ", "setup-yes") } else { ("[ ] ", "setup-no") };
                let text = Safe::concat([Safe::from_static(sign), shared.word(word)]);
                frame.render_widget(line(theme, Look::Plain, &text), value);
                if here {
                    frame.set_cursor_position((value.x + 1, value.y));
                }
            }
        }
        if let Some((look, text)) = &one.below {
            let width = one.below_area.width;
            for (n, row) in (0..one.below_area.height).zip(wrap(text, width)) {
                let area = Rect { y: one.below_area.y + n, height: 1, ..one.below_area };
                frame.render_widget(line(theme, *look, &row), area);
            }
        }
    }
    let last = Rect { y: body.y + body.height.saturating_sub(1), height: 1.min(body.height), ..body };
    let (look, sign, text) = match &state.verdict {
        _ if state.sending => (Look::Dim, "  ", shared.word("admin-saving")),
        Verdict::Unknown => (Look::Dim, "  ", shared.word("admin-checking")),
        Verdict::Good => (Look::Good, "✓ ", shared.word("admin-good")),
        Verdict::Bad(None, why) => (Look::Bad, "✕ ", why.clone()),
        Verdict::Bad(Some(_), _) => (Look::Bad, "✕ ", shared.word("admin-bad")),
    };
    // Over the end of the form when it is longer than a line: what is wrong is read in full.
    let mut rows = wrap(&text, last.width.saturating_sub(4).max(1));
    rows.truncate(usize::from(body.height / 4).max(1));
    let count = u16::try_from(rows.len()).unwrap_or(1);
    for (n, row) in (0..count).zip(&rows) {
        let sign = Safe::from_static(if n == 0 { sign } else { "  " });
        let text = Safe::concat([Safe::blank(1), sign, row.clone()]).fit(usize::from(last.width));
        frame.render_widget(line(theme, look, &text), Rect { y: last.y + 1 + n - count, ..last });
    }
}
