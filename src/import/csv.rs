use super::map::Map;
use super::record::Place;
use super::row::{Row, record};
use super::{Fault, Input, Trouble, Why};

/// Reads comma-separated values (comma, semicolon or tab, whichever the heading line has most of) by a mapping.
///
/// # Errors
/// The heading lacks a column that the mapping names, or cannot be read.
pub fn read(name: &str, bytes: &[u8], map: &Map) -> Result<Input, Trouble> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let table = Table::read(name, bytes).map_err(Trouble::Unreadable)?;
    let missing: Vec<&str> = map.columns().into_iter().filter(|column| table.column(column).is_none()).collect();
    if !missing.is_empty() {
        return Err(Trouble::Columns { missing: missing.join(", "), present: table.headings.join(", ") });
    }
    let records = table.rows().map(|row| row.and_then(|row| record(&row, map, row.place()))).collect();
    Ok(Input { format: "csv", source: None, records })
}

/// A file of comma-separated values with a heading line.
pub(super) struct Table {
    name: String,
    headings: Vec<String>,
    /// Each with its line in the file.
    rows: Vec<(u64, Result<csv::ByteRecord, String>)>,
}

impl Table {
    /// Reads a whole file. A row that cannot be read stays as its fault.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(bytes)).flexible(true).from_reader(bytes);
        let headings = reader.byte_headers().map_err(|error| error.to_string())?;
        let headings: Vec<String> = headings.iter().map(|one| String::from_utf8_lossy(one).trim().to_owned()).collect();
        let mut lines = Lines::of(bytes);
        let rows = reader
            .into_byte_records()
            .map(|row| match row {
                Ok(row) => (lines.at(row.position()), Ok(row)),
                Err(error) => (lines.at(error.position()), Err(error.to_string())),
            })
            .collect();
        Ok(Self { name: name.to_owned(), headings, rows })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading == name)
    }

    /// Whether the heading has that column.
    pub fn has(&self, name: &str) -> bool {
        self.column(name).is_some()
    }

    /// The rows in order, each whole and as text, or the fault that it is not.
    pub fn rows(&self) -> impl Iterator<Item = Result<TableRow<'_>, Fault>> {
        self.rows.iter().map(|(line, row)| match row {
            Ok(cells) => TableRow { table: self, line: *line, cells }.checked(),
            Err(why) => Err(self.fault(*line, Why::Unreadable(why.clone()))),
        })
    }

    fn fault(&self, line: u64, why: Why) -> Fault {
        Fault { file: self.name.clone(), line, why }
    }
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct TableRow<'a> {
    table: &'a Table,
    line: u64,
    cells: &'a csv::ByteRecord,
}

impl<'a> TableRow<'a> {
    /// The row's place in its file.
    pub fn place(&self) -> Place {
        Place { file: self.table.name.clone(), line: self.line }
    }

    /// Whether the table has that column, filled here or not.
    pub fn has(&self, column: &str) -> bool {
        self.table.has(column)
    }

    fn checked(self) -> Result<TableRow<'a>, Fault> {
        let bad = self.cells.iter().position(|cell| std::str::from_utf8(cell).is_err());
        let heading = |at: usize| self.table.headings.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
        match bad {
            Some(at) => Err(self.table.fault(self.line, Why::NotText(heading(at)))),
            None if self.cells.len() != self.table.headings.len() => {
                let counted = format!("{} / {}", self.cells.len(), self.table.headings.len());
                Err(self.table.fault(self.line, Why::BadValue("columns", counted)))
            }
            None => Ok(self),
        }
    }
}

impl Row for TableRow<'_> {
    fn value(&self, column: &str) -> Option<String> {
        let cell = self.cells.get(self.table.column(column)?)?;
        std::str::from_utf8(cell).ok().filter(|text| !text.trim().is_empty()).map(str::to_owned)
    }

    fn list(&self, _: &str) -> Vec<Box<dyn Row + '_>> {
        Vec::new()
    }
}

fn delimiter(bytes: &[u8]) -> u8 {
    let heading = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| heading.split(|byte| *byte == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// Counts lines by the places of rows. The reader's own count is one behind where lines end with CR LF.
struct Lines<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, counted: 0, line: 1 }
    }

    /// The line of a place at or after the last one.
    fn at(&mut self, place: Option<&csv::Position>) -> u64 {
        let place = place.map_or(self.counted, |place| usize::try_from(place.byte()).unwrap_or(self.counted));
        // A row's place may still lie before the line feed that ends the row before.
        let rest = self.bytes.get(place..).unwrap_or_default();
        let begins = place + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        for byte in self.bytes.get(self.counted..begins).unwrap_or_default() {
            self.line += u64::from(*byte == b'\n');
        }
        self.counted = self.counted.max(begins);
        self.line
    }
}
