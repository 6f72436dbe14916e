//! Pieces that several screens draw.

use super::choices::Choices;
use super::layout::{inside, popup};
use super::model::Shared;
use super::text::{line, span, wrap};
use super::theme::Look;
use crate::safe::Safe;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

/// A border with a title; returns what is inside.
pub fn boxed(shared: &Shared, frame: &mut Frame<'_>, area: Rect, title: &Safe, look: Look, kind: BorderType) -> Rect {
    let width = usize::from(area.width.saturating_sub(4));
    let title = Safe::concat([Safe::blank(1), title.truncate(width), Safe::blank(1)]);
    let block = Block::bordered().border_type(kind).border_style(shared.theme.style(look)).title(span(
        shared.theme,
        if look == Look::Border { Look::Strong } else { look },
        &title,
    ));
    frame.render_widget(block, area);
    inside(area)
}

/// A title of a box as wide as this: in full if that fits (`no`), in brief if not (`yes`).
pub fn title(width: u16, of: impl Fn(&'static str) -> Safe) -> Safe {
    let full = of("no");
    if full.width() <= usize::from(width.saturating_sub(4)) { full } else { of("yes") }
}

/// A box over the screen; returns what is inside.
pub fn over(shared: &Shared, frame: &mut Frame<'_>, width: u16, height: u16, title: &Safe) -> Rect {
    let area = popup(shared.size, width, height);
    frame.render_widget(Clear, area);
    boxed(shared, frame, area, title, Look::ActiveBorder, BorderType::Rounded)
}

/// Lines of text into an area, from the given one on; what does not fit is left out.
pub fn lines(frame: &mut Frame<'_>, area: Rect, lines: &[Line<'static>], from: usize) {
    let shown: Vec<Line<'static>> = lines.iter().skip(from).take(usize::from(area.height)).cloned().collect();
    frame.render_widget(Paragraph::new(shown), area);
}

/// A sentence in the place of rows, so many cells from the left: in as many lines as it needs.
pub fn told(shared: &Shared, frame: &mut Frame<'_>, area: Rect, left: u16, text: &Safe) {
    let area = Rect { x: area.x + left.min(area.width), width: area.width.saturating_sub(left), ..area };
    for (n, part) in (0..area.height).zip(wrap(text, area.width)) {
        frame.render_widget(line(shared.theme, Look::Dim, &part), Rect { y: area.y + n, height: 1, ..area });
    }
}

/// A line to type above the things to choose from.
pub fn choices<V: Clone + PartialEq>(shared: &Shared, frame: &mut Frame<'_>, area: Rect, choices: &Choices<V>) {
    choices_or(shared, frame, area, choices, &Safe::default());
}

/// The same with what can be typed there, said until something is.
pub fn choices_or<V: Clone + PartialEq>(
    shared: &Shared,
    frame: &mut Frame<'_>,
    area: Rect,
    choices: &Choices<V>,
    placeholder: &Safe,
) {
    let theme = shared.theme;
    let typed = Rect { height: 1.min(area.height), ..area };
    frame.render_widget(line(theme, Look::KeyName, &Safe::from_static("› ")), typed);
    let typing = Rect { x: typed.x + 2, width: typed.width.saturating_sub(2), ..typed };
    choices.filter().draw(frame, typing, true);
    if choices.filter().is_blank() {
        frame.render_widget(line(theme, Look::Dim, placeholder), typing);
    }
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for (n, (choice, cursor)) in (0..rest.height).zip(choices.shown(rest.height)) {
        let row = Rect { y: rest.y + n, height: 1, ..rest };
        let sign = Safe::from_static(match (cursor, choice.present) {
            (true, true) => "▌✓ ",
            (true, false) => "▌  ",
            (false, true) => " ✓ ",
            (false, false) => "   ",
        });
        let width = usize::from(row.width);
        let note = choice.note.truncate(width / 2);
        let room = width.saturating_sub(sign.width() + note.width() + 1);
        let label = choice.label.fit(room);
        let look = if cursor { Look::Cursor } else { Look::Plain };
        let note_look = if cursor { Look::Cursor } else { Look::Dim };
        let spans =
            vec![span(theme, look, &Safe::concat([sign, label, Safe::blank(1)])), span(theme, note_look, &note)];
        frame.render_widget(Line::from(spans), row);
    }
    let silent = choices.filter().is_blank() && placeholder.width() > 0;
    if choices.found().next().is_none() && !silent {
        let row = Rect { height: 1.min(rest.height), ..rest };
        frame.render_widget(line(theme, Look::Dim, &shared.word("picker-none")), row);
    }
}
