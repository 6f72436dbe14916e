//! Long text for the screen: wrapped once into an index of rows, of which a window is drawn.
//!
//! Wrapping takes linear time and four bytes a row; drawing N rows takes N rows' work, wherever they are in however long
//! a text. A place in the text survives another width as its offset: `row_at(offset_of(row))`.

use std::ops::Range;
use std::sync::Arc;

use crate::safe::{Safe, cluster_width, clusters};

/// Before each level of quotation.
const BAR: Safe = Safe::from_static("│ ");
const BAR_COLUMNS: usize = 2;

/// How a text is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Columns of a row, margin included.
    pub columns: usize,
    /// Before every row: blanks, or a bar.
    pub margin: Safe,
    /// Whether lines that begin with `>` are quotations, drawn with bars that go on when the line is wrapped.
    pub quotes: bool,
}

impl Shape {
    /// Columns that the text itself gets at a level of quotation; one at least.
    fn room(&self, level: usize) -> usize {
        self.inner().saturating_sub(level * BAR_COLUMNS).max(1)
    }

    fn inner(&self) -> usize {
        self.columns.saturating_sub(self.margin.width())
    }

    /// Level of quotation of a line as it is drawn, and where its text begins. Bars take a quarter of the row at most.
    fn quotation(&self, line: &str) -> (usize, usize) {
        if !self.quotes || !line.starts_with('>') {
            return (0, 0);
        }
        let (mut level, mut at) = (0, 0);
        let bytes = line.as_bytes();
        while bytes.get(at) == Some(&b'>') {
            level += 1;
            at += 1 + usize::from(bytes.get(at + 1) == Some(&b' '));
        }
        (level.min(self.inner() / (4 * BAR_COLUMNS)), at)
    }
}

/// A text and its rows at one width. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    text: Arc<Safe>,
    shape: Shape,
    /// Where each row begins.
    starts: Arc<[u32]>,
    /// From which row on which level of quotation holds.
    levels: Arc<[(u32, usize)]>,
}

/// One row as it is drawn: margin, bars, text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The shape's margin.
    pub margin: Safe,
    /// Level of quotation: so many bars.
    pub level: usize,
    /// The words.
    pub text: Safe,
}

impl Row {
    /// The bars before the text.
    pub fn bars(&self) -> Safe {
        Safe::concat(vec![BAR; self.level])
    }

    /// All of it in one piece.
    pub fn whole(&self) -> Safe {
        Safe::concat([&self.margin, &self.bars(), &self.text])
    }
}

impl Wrapped {
    /// Wraps a text. Of more than 4 GiB only the first are shown.
    pub fn new(text: Safe, shape: Shape) -> Self {
        Self::of(Arc::new(text), shape)
    }

    fn of(text: Arc<Safe>, shape: Shape) -> Self {
        let mut index = Index { shape: &shape, starts: Vec::new(), levels: Vec::new() };
        index.wrap(text.as_str());
        let (starts, levels) = (index.starts.into(), index.levels.into());
        Self { text, shape, starts, levels }
    }

    /// The same text in another shape; nothing happens when it is the one it has.
    pub fn reshape(&mut self, shape: Shape) {
        if self.shape != shape {
            *self = Self::of(Arc::clone(&self.text), shape);
        }
    }

    /// The text as it was given.
    pub fn text(&self) -> &Safe {
        &self.text
    }

    /// The shape that it has.
    pub const fn shape(&self) -> &Shape {
        &self.shape
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.starts.len()
    }

    /// Where a row begins in the text; the end for a row behind the last.
    pub fn offset_of(&self, row: usize) -> usize {
        self.starts.get(row).map_or(self.text.as_str().len(), |start| *start as usize)
    }

    /// The row that shows what is at this place of the text.
    pub fn row_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// These rows, as many as there are of them.
    pub fn rows(&self, window: Range<usize>) -> impl Iterator<Item = Row> + '_ {
        let end = window.end.min(self.height());
        (window.start.min(end)..end).map(|row| self.row(row))
    }

    fn row(&self, row: usize) -> Row {
        let level = match self.levels.partition_point(|(first, _)| *first as usize <= row) {
            0 => 0,
            after => self.levels[after - 1].1,
        };
        let room = self.shape.room(level);
        let all = &self.text.as_str()[self.offset_of(row)..self.offset_of(row + 1)];
        let (mut end, mut width) = (0, 0);
        // The room is the bound: the blanks at which a row was broken may be many.
        for cluster in clusters(all).take_while(|cluster| *cluster != "\n") {
            width += cluster_width(cluster);
            if width > room && end > 0 {
                break;
            }
            end += cluster.len();
        }
        Row {
            margin: self.shape.margin.clone(),
            level,
            text: Safe::line(all[..end].trim_end_matches(' ')).truncate(room),
        }
    }
}

struct Index<'s> {
    shape: &'s Shape,
    starts: Vec<u32>,
    levels: Vec<(u32, usize)>,
}

impl Index<'_> {
    fn wrap(&mut self, text: &str) {
        let mut begin = 0;
        for line in text.split_inclusive('\n') {
            let (level, skipped) = self.shape.quotation(line);
            if level != self.levels.last().map_or(0, |(_, level)| *level) {
                self.levels.push((u32::try_from(self.starts.len()).unwrap_or(u32::MAX), level));
            }
            if !self.push(begin + skipped) {
                return;
            }
            let words = line[skipped..].trim_end_matches('\n');
            let room = self.shape.room(level);
            if words.is_ascii() {
                self.wrap_ascii(words.as_bytes(), begin + skipped, room);
            } else {
                self.wrap_clusters(words, begin + skipped, room);
            }
            begin += line.len();
        }
    }

    /// Begins a row there; false when the index ends.
    fn push(&mut self, start: usize) -> bool {
        u32::try_from(start).map(|start| self.starts.push(start)).is_ok()
    }

    /// One byte, one cell: looks back from the end of each row for the last blank behind a word.
    fn wrap_ascii(&mut self, line: &[u8], begin: usize, room: usize) {
        let mut start = 0;
        while line.len() - start > room {
            let limit = start + room;
            let row = &line[start..limit];
            let word = row.iter().position(|byte| *byte != b' ').unwrap_or(row.len());
            let cut = match row.iter().rposition(|byte| *byte == b' ') {
                _ if line[limit] == b' ' => limit,
                Some(blank) if blank > word => start + blank,
                _ => limit,
            };
            let Some(blanks) = line[cut..].iter().position(|byte| *byte != b' ') else { return };
            start = cut + blanks;
            if !self.push(begin + start) {
                return;
            }
        }
    }

    /// As above, by cells; wide letters (Chinese, Japanese, Korean) can be parted anywhere but before closing signs.
    fn wrap_clusters(&mut self, line: &str, begin: usize, room: usize) {
        let (mut start, mut at, mut cells) = (0, 0, 0);
        // Where the row can be broken, and the cells before that place.
        let mut gap: Option<(usize, usize)> = None;
        let (mut word, mut after_wide) = (false, false);
        for cluster in clusters(line) {
            let width = cluster_width(cluster);
            let end = at + cluster.len();
            if cluster == " " {
                cells += 1;
                if word {
                    gap = Some((end, cells));
                }
            } else {
                let wide = width > 1;
                if (wide || after_wide) && at > start && !closes(cluster) {
                    gap = Some((at, cells));
                }
                while cells + width > room && at > start {
                    let (next, before) = gap.take().unwrap_or((at, cells));
                    (start, cells) = (next, cells - before);
                    if !self.push(begin + start) {
                        return;
                    }
                }
                cells += width;
                (word, after_wide) = (true, wide);
            }
            at = end;
        }
    }
}

/// Signs that do not begin a row.
fn closes(cluster: &str) -> bool {
    cluster.starts_with([
        '、', '。', '，', '．', '！', '？', '：', '；', '）', '」', '』', '】', '》', '〉', '…', ')', ']', '}', ',',
        '.', '!', '?', ':', ';',
    ])
}
