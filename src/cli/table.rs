use crate::safe::Safe;

/// Blanks between columns.
const GAP: usize = 2;
/// What is left of the column that gives way, at least.
const LEAST: usize = 12;

/// Rows under headings.
pub struct Table {
    headings: Vec<Safe>,
    rows: Vec<Vec<Safe>>,
    /// The column that gives way when the room does not do.
    elastic: usize,
    /// Columns of numbers.
    numbers: Vec<usize>,
}

impl Table {
    /// Rows to come under these headings; `elastic` is the column that is cut when the room does not do.
    pub fn new(headings: &[String], elastic: usize) -> Self {
        let headings = headings.iter().map(|heading| Safe::line(heading)).collect();
        Self { headings, rows: Vec::new(), elastic, numbers: Vec::new() }
    }

    /// Aligns a column of numbers.
    #[must_use]
    pub fn number(mut self, column: usize) -> Self {
        self.numbers.push(column);
        self
    }

    /// Adds a row of as many cells as there are headings.
    pub fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.iter().map(|cell| Safe::line(cell)).collect());
    }

    /// One line a row, tabs between: for other programs.
    pub(super) fn tabbed(&self) -> String {
        let line = |row: &Vec<Safe>| row.iter().map(Safe::as_str).collect::<Vec<_>>().join("\t") + "\n";
        self.rows.iter().map(line).collect()
    }

    /// Aligned, with headings, within so many columns.
    pub(super) fn fitted(&self, width: usize, colours: bool) -> String {
        let mut widths: Vec<usize> = (0..self.headings.len()).map(|column| self.widest(column)).collect();
        let whole: usize = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        if let Some(elastic) = widths.get_mut(self.elastic) {
            *elastic = elastic.saturating_sub(whole.saturating_sub(width)).max(LEAST.min(*elastic));
        }
        let (on, off) = if colours { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let mut text = format!("{on}{}{off}\n", self.line(&self.headings, &widths));
        for row in &self.rows {
            text.push_str(&self.line(row, &widths));
            text.push('\n');
        }
        text
    }

    fn line(&self, cells: &[Safe], widths: &[usize]) -> String {
        let fit = |(at, (cell, width)): (usize, (&Safe, &usize))| {
            if self.numbers.contains(&at) { cell.pad_start(*width) } else { cell.fit(*width) }
        };
        let cells = cells.iter().zip(widths).enumerate().map(fit);
        Safe::join(&Safe::blank(GAP), cells).as_str().trim_end().to_owned()
    }

    fn widest(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(Safe::width);
        cells.chain(self.headings.get(column).map(Safe::width)).max().unwrap_or(0)
    }
}
