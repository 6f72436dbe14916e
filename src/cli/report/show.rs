use super::csv::{Cell, line};
use crate::cli::context::Context;
use crate::cli::table::Table;
use crate::client::{Reported, Session};
use crate::domain::report::{self, Ask, Dimension, Key, Measure, Row, Spread};
use crate::language::{Zone, args};
use crate::report::Failure;
use crate::safe::Safe;
use crate::wire::{self, Time};
use crate::words::{self, Counted, Known};
use serde_json::{Map, Value};

/// A report to be printed.
pub(super) struct Shown<'a> {
    pub(super) ask: &'a Ask,
    pub(super) reported: &'a Reported,
    pub(super) session: &'a Session,
    pub(super) zone: Zone,
}

/// From this width on, reopened ones have a column; from the other one, means too.
const WIDE: (usize, usize) = (90, 120);
/// The longest name beside a bar.
const LABEL: usize = 28;

impl Shown<'_> {
    fn counted<'c>(&'c self, cx: &'c Context) -> Counted<'c> {
        Counted { words: &cx.words, known: Known::new(self.session, &self.reported.names, self.zone) }
    }

    fn keys<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = (Dimension, &'c Key)> {
        self.ask.by.iter().copied().zip(&row.keys)
    }

    fn rows(&self) -> &[Row] {
        &self.reported.report.rows
    }

    pub(super) fn table(&self, cx: &mut Context) -> Result<(), Failure> {
        let width = cx.out.width;
        let counted = self.counted(cx);
        let (reopened, means) = (width.is_none_or(|width| width >= WIDE.0), width.is_none_or(|width| width >= WIDE.1));
        let mut headings: Vec<String> = self.ask.by.iter().map(|one| counted.dimension(*one)).collect();
        if headings.is_empty() {
            headings.push(String::new());
        }
        let labels = headings.len();
        let counts: &[Measure] = if reopened { &Measure::ALL[..4] } else { &Measure::ALL[..3] };
        headings.extend(counts.iter().map(|one| counted.measure(*one)));
        for measure in [Measure::FirstAnswer, Measure::Solution] {
            headings.push(counted.measure(measure));
            headings.push(cx.word("reports-p90"));
            headings.extend(means.then(|| cx.word("reports-mean")));
        }
        let cells = |cell: &report::Cell| {
            let mut cells: Vec<String> = counts.iter().map(|one| counted.number(cell, *one)).collect();
            for spread in [cell.first_answer, cell.solution] {
                let brief = |of: fn(&Spread) -> i64| spread.map_or_else(|| "–".into(), |one| cx.words.brief(of(&one)));
                cells.extend([brief(|one| one.median.0), brief(|one| one.p90.0)]);
                cells.extend(means.then(|| brief(|one| one.mean.0)));
            }
            cells
        };
        let last = headings.len();
        let mut table = (labels..last).fold(Table::new(&headings, 0), Table::number);
        for row in self.rows() {
            let mut line: Vec<String> = self.keys(row).map(|(one, key)| counted.key(one, key)).collect();
            line.extend(cells(&row.cell));
            table.row(&line);
        }
        // Programs that read rows add them up themselves.
        if width.is_some() || self.ask.by.is_empty() {
            let mut line = vec![String::new(); labels];
            line[0] = cx.word("reports-total");
            line.extend(cells(&self.reported.report.total));
            table.row(&line);
        }
        cx.out.table(&table)?;
        self.say_period(cx);
        Ok(())
    }

    pub(super) fn chart(&self, cx: &mut Context, measure: Measure) -> Result<(), Failure> {
        let width = cx.out.width.unwrap_or(80);
        let counted = self.counted(cx);
        let separator = Safe::from_static(" · ");
        let label =
            |row: &Row| Safe::join(&separator, self.keys(row).map(|(one, key)| Safe::line(&counted.key(one, key))));
        let greatest = self.rows().iter().map(|row| row.cell.measure(measure)).max().unwrap_or_default();
        let labels: Vec<Safe> = self.rows().iter().map(label).collect();
        let numbers: Vec<Safe> =
            self.rows().iter().map(|row| Safe::line(&counted.number(&row.cell, measure))).collect();
        let widest = |texts: &[Safe]| texts.iter().map(Safe::width).max().unwrap_or_default();
        let (left, right) = (widest(&labels).min(LABEL.min(width / 2)), widest(&numbers));
        let room = width.saturating_sub(left + right + 3).max(1);
        let mut lines = Vec::new();
        for ((row, label), number) in self.rows().iter().zip(&labels).zip(&numbers) {
            let bar = Safe::line(&words::bar(row.cell.measure(measure), greatest, room));
            lines.push(Safe::join(&Safe::blank(1), [label.fit(left), number.pad_start(right), bar]));
        }
        let total = Safe::line(&counted.number(&self.reported.report.total, measure));
        let heading = Safe::join(&Safe::blank(1), [Safe::line(&counted.measure(measure)), total]);
        cx.out.heading(&heading)?;
        for line in lines {
            cx.out.line(&line)?;
        }
        self.say_period(cx);
        Ok(())
    }

    pub(super) fn csv(&self, cx: &mut Context) -> Result<(), Failure> {
        let names = self.ask.by.iter().map(|one| one.name());
        let numbers = ["opened", "solved", "unsolved", "reopened"];
        let times = ["first_answer", "solution"].iter().flat_map(|time| {
            ["count", "median_seconds", "p90_seconds", "mean_seconds"].map(|number| format!("{time}_{number}"))
        });
        let head = names.chain(numbers).map(str::to_owned).chain(times);
        let mut text = line(head.map(|name| Cell::text(&name)));
        let total = Row { keys: Vec::new(), cell: self.reported.report.total.clone() };
        let whole = std::slice::from_ref(&total);
        for row in if self.ask.by.is_empty() { whole } else { self.rows() } {
            let counted = self.counted(cx);
            let mut cells: Vec<Cell> = self.keys(row).map(|(one, key)| Cell::text(&counted.key(one, key))).collect();
            let counts = &Measure::ALL[..numbers.len()];
            cells.extend(counts.iter().map(|one| Cell::number(Some(row.cell.measure(*one)))));
            for spread in [row.cell.first_answer, row.cell.solution] {
                let seconds = |span: i64| u64::try_from(span / 1_000).unwrap_or_default();
                let numbers =
                    spread.map(|one| [one.count, seconds(one.median.0), seconds(one.p90.0), seconds(one.mean.0)]);
                cells.push(Cell::number(Some(numbers.map_or(0, |numbers| numbers[0]))));
                cells.extend((1..4).map(|at| Cell::number(numbers.map(|numbers| numbers[at]))));
            }
            text.push_str(&line(cells));
        }
        cx.out.raw(&text)
    }

    pub(super) fn json(&self, cx: &mut Context) -> Result<(), Failure> {
        let counted = self.counted(cx);
        let search = |row: &Row| self.ask.query(&row.keys, Measure::Opened).map(|query| query.to_string());
        let name = |dimension: Dimension, key: &Key| counted.key(dimension, key);
        let row = |row: &Row| wire::report_row(&self.ask.by, row, &name, search(row));
        let rows: Vec<Map<String, Value>> = self.rows().iter().map(row).collect();
        let more = Map::from_iter([
            ("from".to_owned(), Time(self.ask.from).text().into()),
            ("until".to_owned(), Time(self.ask.until).text().into()),
            ("total".to_owned(), Value::Object(wire::report_cell(&self.reported.report.total))),
        ]);
        cx.out.list("rows", rows, more)
    }

    fn say_period(&self, cx: &mut Context) {
        let total = &self.reported.report.total;
        let (from, until) = (cx.words.stamp(self.ask.from.0, self.zone), cx.words.stamp(self.ask.until.0, self.zone));
        let text = cx.say("reports-period", args![from = from, until = until]);
        cx.out.note(&text);
        if (total.opened, total.solved, total.unsolved) == (0, 0, 0) {
            let text = cx.word("reports-empty");
            cx.out.note(&text);
        }
    }
}
