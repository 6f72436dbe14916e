use super::event::Known;
use super::{channel, kind, priority, status};
use crate::domain::id::PersonId;
use crate::domain::report::{Cell, Dimension, Key, Measure, Step};
use crate::language::Language;

/// What a report's rows and numbers are called. The names of people and organizations are hostile text.
#[derive(Clone, Copy)]
pub struct Counted<'a> {
    /// The reader's language.
    pub words: &'a Language,
    /// What is known by name, and the time zone of days, weeks and months.
    pub known: Known<'a>,
}

impl Counted<'_> {
    /// `Group`
    pub fn dimension(&self, dimension: Dimension) -> String {
        self.words.word(&format!("reports-by-{}", dimension.name()))
    }

    /// `Opened`
    pub fn measure(&self, measure: Measure) -> String {
        self.words.word(&format!("reports-measure-{}", measure.name()))
    }

    /// A value of a dimension: `Support Ops`, `none`, `2026-W47`.
    pub fn key(&self, dimension: Dimension, key: &Key) -> String {
        let known = &self.known;
        let none = || self.words.word("reports-none");
        match key {
            Key::Status(one) => status(self.words, *one),
            Key::Kind(id) => id.map_or_else(none, |id| {
                let found = known.kinds.iter().find(|kind| kind.id == id);
                found.map_or_else(|| format!("#{id}"), |found| kind(self.words, found))
            }),
            Key::Organization(id) => id.map_or_else(none, |id| {
                known.names.organizations.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
            }),
            Key::Group(id) => id.map_or_else(none, |id| {
                let found = known.groups.iter().find(|group| group.id == id);
                found.map_or_else(|| format!("#{id}"), |group| group.name.clone())
            }),
            Key::Assignee(id) => id.map_or_else(none, |id| self.person(id)),
            Key::Requester(id) => self.person(*id),
            Key::Channel(one) => channel(self.words, *one),
            Key::Priority(one) => one.map_or_else(none, |one| priority(self.words, one)),
            Key::Tag(tag) => tag.as_ref().map_or_else(none, |tag| tag.as_str().to_owned()),
            Key::Before => self.words.word("reports-before"),
            Key::After => self.words.word("reports-after"),
            Key::Time(at) => {
                let wall = known.zone.wall(at.0);
                // The same in every language, to be sorted and compared.
                let form = match dimension {
                    Dimension::Time(Step::Week) => "%G-W%V",
                    Dimension::Time(Step::Month) => "%Y-%m",
                    _ => "%Y-%m-%d",
                };
                wall.format(form).to_string()
            }
        }
    }

    fn person(&self, id: PersonId) -> String {
        self.known.names.people.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
    }

    /// One number of a cell: `1,042`, or the median `3.2 h`; a dash where there is none.
    pub fn number(&self, cell: &Cell, measure: Measure) -> String {
        let spread = match measure {
            Measure::FirstAnswer => cell.first_answer,
            Measure::Solution => cell.solution,
            _ => return self.words.number(i64::try_from(cell.measure(measure)).unwrap_or(i64::MAX)),
        };
        spread.map_or_else(|| "–".to_owned(), |spread| self.words.brief(spread.median.0))
    }
}

/// A bar for a value where the greatest fills so many cells. What is not nothing is seen.
pub fn bar(value: u64, greatest: u64, cells: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if value == 0 || greatest == 0 {
        return String::new();
    }
    let cells = u128::try_from(cells).unwrap_or_default();
    let eighths = (u128::from(value.min(greatest)) * cells * 8).div_ceil(u128::from(greatest));
    let whole = usize::try_from(eighths / 8).unwrap_or_default();
    "█".repeat(whole) + PARTS[usize::try_from(eighths % 8).unwrap_or_default()]
}
