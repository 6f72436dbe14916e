//! Rows as a view wants them: its own columns, and headings above those that belong together. Headings are no rows: the
//! cursor passes them.

use super::{Rows, SIGNS, signs};
use crate::domain::status::Status;
use crate::domain::ticket::Ticket;
use crate::domain::view::Column;
use crate::safe::Safe;
use crate::tui::item::{self, Item};
use crate::tui::model::Shared;
use crate::tui::text::Pieces;
use crate::tui::theme::Look;
use crate::words::{self, Known};

/// How a view wants its rows.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// What rows show; the usual when empty.
    pub columns: Vec<Column>,
    /// By what they are gathered.
    pub group_by: Option<Column>,
}

/// The least that is left of a subject before a column goes.
const LEAST_SUBJECT: usize = 18;

/// A line of the list.
pub(super) enum Laid<'r> {
    /// What the rows below have in common.
    Heading(Safe),
    /// The n-th row of the window, whether the cursor is on it, whether it is marked.
    Row(u16, &'r Item, bool, bool),
}

impl Rows {
    /// The lines of a window. The cursor's row is always among them.
    pub(super) fn laid(&self, shared: &Shared, height: u16) -> Vec<Laid<'_>> {
        let by = self.shape.as_ref().and_then(|shape| shape.group_by);
        let rows: Vec<_> = (0..).zip(self.list.shown()).collect();
        let height = usize::from(height);
        for from in 0..rows.len().max(1) {
            let mut lines = Vec::new();
            let mut last = None;
            let mut cursor = 0;
            for (n, (row, at, marked)) in rows.iter().skip(from) {
                let heading = by.and_then(|by| heading(row, by, shared));
                if heading.is_some() && heading != last {
                    lines.extend(heading.clone().map(Laid::Heading));
                    last = heading;
                }
                if *at {
                    cursor = lines.len();
                }
                lines.push(Laid::Row(*n, row, *at, *marked));
            }
            if cursor < height {
                lines.truncate(height);
                return lines;
            }
        }
        Vec::new()
    }

    /// The row of the window that stands on a line, if one does.
    pub fn row_at(&self, line: u16, shared: &Shared, height: u16) -> Option<u16> {
        match self.laid(shared, height).get(usize::from(line)) {
            Some(Laid::Row(n, ..)) => Some(*n),
            _ => None,
        }
    }
}

fn known(shared: &Shared) -> Option<Known<'_>> {
    Some(Known::new(shared.session.as_ref()?, &shared.names, shared.zone))
}

fn heading(row: &Item, by: Column, shared: &Shared) -> Option<Safe> {
    let text = words::gathered(&shared.words, row.ticket()?, by, known(shared)?, &shared.present());
    Some(Safe::line(&text))
}

/// A view's own columns, as wide as what is shown needs; what does not fit goes, the last first.
pub(super) struct Own {
    columns: Vec<(Column, usize)>,
}

impl Own {
    /// Of rows that a view shapes; none where it wants the usual columns.
    pub fn of(rows: &Rows, shared: &Shared, width: u16) -> Option<Self> {
        let shape = rows.shape.as_ref().filter(|shape| !shape.columns.is_empty())?;
        let known = known(shared)?;
        let widest = |column: Column| {
            let shown = rows.list.shown().filter_map(|(row, ..)| Some(cell(row.ticket()?, column, shared).width()));
            let name = Safe::line(&words::column(&shared.words, column, known)).width();
            shown.chain([name]).max().unwrap_or(0).min(if width >= 100 { 24 } else { 16 })
        };
        let mut columns: Vec<(Column, usize)> = shape
            .columns
            .iter()
            .map(|column| (*column, if *column == Column::Subject { LEAST_SUBJECT } else { widest(*column) }))
            .collect();
        let room = usize::from(width).saturating_sub(SIGNS);
        let taken = |columns: &[(Column, usize)]| columns.iter().map(|(_, width)| width + 2).sum::<usize>();
        while taken(&columns) > room + 2 {
            let last = columns.iter().rposition(|(column, _)| !matches!(column, Column::Id | Column::Subject));
            match last {
                Some(last) => _ = columns.remove(last),
                None => break,
            }
        }
        let left = (room + 2).saturating_sub(taken(&columns));
        if let Some((_, subject)) = columns.iter_mut().find(|(column, _)| *column == Column::Subject) {
            *subject += left;
        }
        Some(Self { columns })
    }

    pub fn header(&self, shared: &Shared, more_above: bool) -> Pieces {
        let theme = shared.theme;
        let above = Safe::from_static(if more_above { " ↑ " } else { "   " });
        let pieces = Pieces::default().and(theme, Look::Strong, &above);
        let Some(known) = known(shared) else { return pieces };
        self.columns.iter().fold(pieces, |pieces, (column, width)| {
            let name = Safe::line(&words::column(&shared.words, *column, known));
            let name = if *column == Column::Id { name.pad_start(*width) } else { name.fit(*width) };
            pieces.and(theme, Look::Dim, &name).gap(theme, 2)
        })
    }

    pub fn row(&self, shared: &Shared, row: &Item, cursor: bool, marked: bool) -> Pieces {
        let theme = shared.theme;
        let look = |look: Look| if cursor { Look::Cursor } else { look };
        let strong = if row.is_changed(shared) { Look::Strong } else { Look::Plain };
        let mut pieces = Pieces::default().and(theme, look(strong), &signs(shared, row, cursor, marked));
        let Some(ticket) = row.ticket() else { return pieces };
        for (n, (column, width)) in self.columns.iter().enumerate() {
            let text = cell(ticket, *column, shared);
            let text = if *column == Column::Id { text.pad_start(*width) } else { text.fit(*width) };
            let of = match column {
                Column::Subject => strong,
                Column::Id | Column::Created | Column::Updated => Look::Dim,
                Column::Priority => item::priority_look(ticket.priority),
                Column::Status => item::status_look(ticket.status()),
                Column::Due if ticket.due_at.is_some_and(|at| at < shared.now && ticket.status() < Status::Solved) => {
                    Look::Warning
                }
                _ => Look::Plain,
            };
            let gap = if n == 0 { 0 } else { 2 };
            pieces = pieces.and(theme, look(Look::Plain), &Safe::blank(gap)).and(theme, look(of), &text);
        }
        pieces
    }
}

fn cell(ticket: &Ticket, column: Column, shared: &Shared) -> Safe {
    let Some(known) = known(shared) else { return Safe::default() };
    let text = || Safe::line(&words::cell(&shared.words, ticket, column, known, &shared.present()));
    match column {
        Column::Subject if !ticket.is_public() => Safe::concat([Safe::from_static("⊘ "), text()]),
        Column::Priority => item::priority(shared, ticket.priority),
        Column::Status => Safe::join(&Safe::blank(1), [Safe::from_static(item::status_sign(ticket.status())), text()]),
        _ => text(),
    }
}
