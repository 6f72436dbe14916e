//! How a report looks.

use super::{PERIODS, State, zone};
use crate::client::Names;
use crate::domain::report::{Cell, Measure, Row};
use crate::language::args;
use crate::safe::Safe;
use crate::tui::input::Size;
use crate::tui::layout::areas;
use crate::tui::model::Shared;
use crate::tui::sentence;
use crate::tui::text::{Pieces, line};
use crate::tui::theme::Look;
use crate::tui::widgets;
use crate::words::{Counted, Known, bar};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Cells of a column of numbers.
const NUMBER: usize = 9;
/// From this width on times have columns, from the next one what was reopened, from the last how long nine of ten took at
/// most.
const WIDE: (u16, u16, u16) = (70, 100, 120);

pub(super) struct Parts {
    /// What is counted by what, and when.
    chosen: Rect,
    header: Rect,
    pub(super) rows: Rect,
    total: Rect,
}

pub(super) fn parts(size: Size) -> Parts {
    let body = areas(size).body;
    let row = |y: u16| Rect { y: body.y + y.min(body.height.saturating_sub(1)), height: 1.min(body.height), ..body };
    let rows = Rect { y: body.y + 3, height: body.height.saturating_sub(4), ..body };
    Parts { chosen: row(0), header: row(2), rows, total: row(body.height.saturating_sub(1)) }
}

/// A column of numbers: of which measure, and whether of the nine of ten.
type Column = (Measure, bool);

/// The number that is chosen always has one.
fn columns(width: u16, chosen: Measure) -> Vec<Column> {
    let mut columns = vec![(Measure::Opened, false), (Measure::Solved, false), (Measure::Unsolved, false)];
    if width < WIDE.0 {
        if chosen.is_time() {
            columns[2] = (chosen, false);
        }
        return columns;
    }
    if width >= WIDE.1 {
        columns.push((Measure::Reopened, false));
    }
    for measure in [Measure::FirstAnswer, Measure::Solution] {
        columns.push((measure, false));
        if width >= WIDE.2 {
            columns.push((measure, true));
        }
    }
    columns
}

/// Where names end and bars begin, in cells.
fn name_cells(width: u16, columns: usize) -> usize {
    let room = usize::from(width).saturating_sub(2 + columns * NUMBER + 2);
    // The bars have a third of what is left, and what is too much for names.
    (room * 2 / 3).clamp(8.min(room), 34)
}

impl State {
    /// Draws it.
    pub fn draw(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let parts = parts(shared.size);
        frame.render_widget(self.chosen(shared).line(), parts.chosen);
        let Some((_, reported)) = &self.counted else {
            let text = self.failed.as_ref().map_or_else(|| shared.word("reports-waiting"), |error| sentence::error(shared, error));
            return widgets::told(shared, frame, parts.rows.union(parts.header), 2, &text);
        };
        let none = Names::default();
        let known = match &shared.session {
            Some(session) => Known::new(session, &reported.names, zone(shared)),
            None => Known::from(&none),
        };
        let counted = Counted { words: &shared.words, known };
        match &self.failed {
            Some(error) => {
                let text = Safe::concat([Safe::blank(2), sentence::error(shared, error)]);
                frame.render_widget(line(shared.theme, Look::Warning, &text), parts.header);
            }
            None => frame.render_widget(self.header(shared, &counted).line(), parts.header),
        }
        let rows = &reported.report.rows;
        let greatest = rows.iter().map(|row| row.cell.measure(self.measure())).max().unwrap_or_default();
        for (n, (place, cursor, _)) in (0..parts.rows.height).zip(self.list.shown()) {
            let Some(row) = rows.get(place.0) else { continue };
            let pieces = self.row(shared, &counted, row, cursor, greatest);
            frame.render_widget(pieces.line(), Rect { y: parts.rows.y + n, height: 1, ..parts.rows });
        }
        if rows.is_empty() {
            widgets::told(shared, frame, parts.rows, 2, &shared.word("reports-empty"));
        }
        let columns = columns(shared.size.width, self.measure());
        let name = shared.word("reports-total").fit(name_cells(shared.size.width, columns.len()));
        let mut pieces = Pieces::default().gap(shared.theme, 2).and(shared.theme, Look::Strong, &name);
        for column in columns {
            let text = number(&counted, &reported.report.total, column).pad_start(NUMBER);
            pieces = pieces.and(shared.theme, Look::Strong, &text);
        }
        frame.render_widget(pieces.line(), parts.total);
    }

    /// `By ◂ Group ▸   30 days to 22 Nov   Bars: Opened`
    fn chosen(&self, shared: &Shared) -> Pieces {
        let theme = shared.theme;
        let known = Names::default();
        let counted = Counted { words: &shared.words, known: Known::from(&known) };
        let ask = self.wanted(shared);
        let present = crate::language::Present { now: shared.now.0, zone: zone(shared) };
        let day = |at: i64| shared.words.day(at, &present);
        let args = args![days = PERIODS[self.period], from = day(ask.from.0), to = day(ask.until.0 - 1)];
        let by = Safe::line(&counted.dimension(self.dimension()));
        let dimension = Safe::concat([Safe::from_static("◂ "), by, Safe::from_static(" ▸")]);
        Pieces::default()
            .gap(theme, 2)
            .and(theme, Look::Dim, &shared.word("reports-by"))
            .gap(theme, 1)
            .and(theme, Look::Cursor, &dimension)
            .gap(theme, 3)
            .and(theme, Look::Plain, &shared.say("reports-days", args))
    }

    fn header(&self, shared: &Shared, counted: &Counted<'_>) -> Pieces {
        let theme = shared.theme;
        let columns = columns(shared.size.width, self.measure());
        let name = Safe::line(&counted.dimension(self.dimension()));
        let name = name.fit(name_cells(shared.size.width, columns.len()));
        let mut pieces = Pieces::default().gap(theme, 2).and(theme, Look::Dim, &name);
        for (measure, ninety) in columns {
            let chosen = measure == self.measure() && !ninety;
            let text =
                if ninety { shared.word("reports-p90") } else { Safe::line(&counted.measure(measure)) };
            let text = if chosen { Safe::concat([Safe::from_static("▪"), text]) } else { text };
            let look = if chosen { Look::Strong } else { Look::Dim };
            pieces = pieces.and(theme, look, &text.pad_start(NUMBER));
        }
        pieces
    }

    fn row(&self, shared: &Shared, counted: &Counted<'_>, row: &Row, cursor: bool, greatest: u64) -> Pieces {
        let theme = shared.theme;
        let look = |look: Look| if cursor { Look::Cursor } else { look };
        let columns = columns(shared.size.width, self.measure());
        let cells = name_cells(shared.size.width, columns.len());
        let name = row.keys.first().map_or_else(String::new, |key| counted.key(self.dimension(), key));
        let sign = Safe::from_static(if cursor { "▌ " } else { "  " });
        let mut pieces = Pieces::default()
            .and(theme, look(Look::Plain), &sign)
            .and(theme, look(Look::Plain), &Safe::line(&name).fit(cells));
        for column in columns {
            let text = number(counted, &row.cell, column).pad_start(NUMBER);
            pieces = pieces.and(theme, look(Look::Plain), &text);
        }
        let room = usize::from(shared.size.width).saturating_sub(pieces.width() + 3);
        let text = bar(row.cell.measure(self.measure()), greatest, room);
        pieces.gap(theme, 2).and(theme, Look::Plain, &Safe::line(&text))
    }
}

fn number(counted: &Counted<'_>, cell: &Cell, (measure, ninety): Column) -> Safe {
    let spread = if measure == Measure::FirstAnswer { cell.first_answer } else { cell.solution };
    Safe::line(&match spread {
        Some(spread) if ninety => counted.words.brief(spread.p90.0),
        _ => counted.number(cell, measure),
    })
}
