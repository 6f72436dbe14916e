//! Reports: the tickets that they count are read in their order, many in one row, and counted by `domain::report`. So
//! both databases count alike, and neither has to know what a median or a time zone is.

use super::Store;
use super::condition::Frame;
use super::dialect::{Dialect, read_row};
use super::fault::{Fault, FaultKind};
use super::list::{Base, Source};
use super::reader::Reader;
use super::ticket::{channel, priority, status};
use super::visible::Bound;
use crate::domain::condition::Condition;
use crate::domain::id::{GroupId, KindId, OrganizationId, PersonId};
use crate::domain::report::{Ask, Dimension, Fact, Fold, Key, Population, Report, TooMany, Values};
use crate::domain::tag::Tag;
use crate::domain::time::Timestamp;
use sqlx::Row;

/// How many tickets are read at once.
const AT_ONCE: usize = 20_000;
/// Between what is said of one ticket: in no number, and in JSON only as an escape.
const UNIT: char = '\u{1f}';
/// Between tickets.
const RECORD: char = '\u{1e}';

/// Some tickets, in one text; none when there is none.
struct Packed(Option<String>);

read_row!(Packed, |row| Ok(Self(row.try_get(0)?)));

/// Why there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreported {
    /// It has too many rows.
    TooMany,
    /// There are no such business hours.
    Schedule,
}

impl Store {
    /// A report on what somebody may see.
    pub async fn report(&self, reader: &Reader, ask: &Ask) -> Result<Result<Report, Unreported>, Fault> {
        let common = self.common().await?;
        let frame = reader.frame(self.db(), &common);
        let hours = match ask.schedule.map(|id| common.around.schedules.get(&id)) {
            None => None,
            Some(Some(schedule)) => Some(&schedule.hours),
            Some(None) => return Ok(Err(Unreported::Schedule)),
        };
        let condition = frame.resolved(self.db(), &ask.only).await?;
        let mut fold = Fold::new(ask, hours);
        for pass in Pass::ALL {
            let wanted = Wanted { ask, condition: &condition, pass };
            let mut after = None;
            loop {
                let mut bound = Bound::default();
                let sql = wanted.statement(&frame, after, &mut bound);
                let rows: Vec<Packed> = self.db().read(sql, bound.values()).await?;
                let Some(Packed(Some(text))) = rows.first() else { break };
                let mut count = 0;
                for line in text.split(RECORD) {
                    let (place, fact) = wanted.read(line).ok_or_else(damaged)?;
                    for population in wanted.counts(&fact) {
                        if let Err(TooMany) = fold.take(population, &fact) {
                            return Ok(Err(Unreported::TooMany));
                        }
                    }
                    after = after.max(Some(place));
                    count += 1;
                }
                if count < AT_ONCE {
                    break;
                }
            }
        }
        Ok(Ok(fold.finish()))
    }
}

fn damaged() -> Fault {
    Fault::new(FaultKind::Damaged, "a ticket cannot be counted")
}

/// Which tickets are read after each other. Most that were solved in a period were opened in it: they are read once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// Those opened in the period, solved in it or not.
    Opened,
    /// Those solved in it which were not opened in it.
    Solved,
    /// Those unsolved now.
    Unsolved,
}

impl Pass {
    pub(super) const ALL: [Self; 3] = [Self::Opened, Self::Solved, Self::Unsolved];
}

/// Which tickets are read.
pub(super) struct Wanted<'a> {
    pub(super) ask: &'a Ask,
    pub(super) condition: &'a Condition,
    pub(super) pass: Pass,
}

impl Wanted<'_> {
    /// A page of them, after a place. Without words they come in the order of the index of the moment that counts; with
    /// words in that of the full-text index. SQLite is told so: by itself it may take an index that fits a condition
    /// better, and then sort everything anew for each page.
    pub(super) fn statement(&self, frame: &Frame<'_>, after: Option<(i64, i64)>, bound: &mut Bound) -> String {
        let unit = bound.put(UNIT.to_string());
        let source = Source::of(frame, Base::Visible, self.condition, bound);
        let (key, index) = match self.pass {
            Pass::Opened => ("t.created_at", "tickets_by_creation"),
            Pass::Solved => ("t.solved_at", "tickets_by_solution"),
            Pass::Unsolved => ("coalesce(t.priority, -1)", "tickets_unsolved"),
        };
        let in_order = source.words.is_none();
        let mut filter = vec![source.filter.clone()];
        if self.pass == Pass::Unsolved {
            filter.push("t.status < 4".to_owned());
        } else {
            let (from, until) = (bound.put(self.ask.from.0), bound.put(self.ask.until.0));
            filter.push(format!("{key} >= {from}"));
            filter.push(format!("{key} < {until}"));
            if self.pass == Pass::Solved {
                filter.push(format!("(t.created_at < {from} OR t.created_at >= {until})"));
            }
        }
        let number = source.number(frame);
        if let Some((at, id)) = after {
            filter.push(if in_order {
                format!("({key}, t.id) > ({}, {})", bound.put(at), bound.put(id))
            } else {
                format!("{number} > {}", bound.put(id))
            });
        }
        let order = if in_order { format!("{key}, t.id") } else { number };
        let by_index = if in_order && frame.dialect == Dialect::Sqlite {
            format!("{} INDEXED BY {index}", source.from)
        } else {
            source.from.clone()
        };
        let mut columns = vec![if in_order { key } else { "0" }, "t.id"];
        columns.extend(self.moments());
        columns.extend(self.ask.by.iter().filter_map(|one| column(*one)));
        format!(
            "SELECT string_agg(p.line, {}) FROM (SELECT concat_ws({unit}, {}) AS line FROM {by_index} WHERE {} \
             ORDER BY {order} LIMIT {AT_ONCE}) AS p",
            bound.put(RECORD.to_string()),
            columns.join(", "),
            filter.join(" AND "),
        )
    }

    /// What else than its values is asked of a ticket, and never null: a value that is not there would be left out.
    fn moments(&self) -> &'static [&'static str] {
        let times = self.ask.by.iter().any(|one| matches!(one, Dimension::Time(_)));
        match self.pass {
            Pass::Opened => {
                &["t.created_at", "coalesce(t.solved_at, -1)", "coalesce(t.first_answered_at, -1)", "t.reopened"]
            }
            Pass::Solved => &["t.created_at", "t.solved_at"],
            Pass::Unsolved if times => &["t.created_at"],
            Pass::Unsolved => &[],
        }
    }

    /// As what a ticket counts.
    fn counts(&self, fact: &Fact) -> impl Iterator<Item = Population> + use<> {
        let within = |at: Timestamp| self.ask.from <= at && at < self.ask.until;
        let populations = match self.pass {
            Pass::Opened => {
                (Some(Population::Opened), fact.solved_at.is_some_and(within).then_some(Population::Solved))
            }
            Pass::Solved => (Some(Population::Solved), None),
            Pass::Unsolved => (Some(Population::Unsolved), None),
        };
        populations.0.into_iter().chain(populations.1)
    }

    /// A ticket of a page, with its place.
    fn read(&self, line: &str) -> Option<((i64, i64), Fact)> {
        let mut parts = line.split(UNIT);
        let mut number = || parts.next()?.parse::<i64>().ok();
        let place = (number()?, number()?);
        let moments = self.moments().len();
        let created_at = Timestamp(if moments > 0 { number()? } else { 0 });
        let mut fact =
            Fact { created_at, solved_at: None, first_answered_at: None, reopened: false, values: Default::default() };
        let some = |at: i64| Some(at).filter(|at| *at >= 0).map(Timestamp);
        if self.pass != Pass::Unsolved {
            fact.solved_at = some(number()?);
        }
        if self.pass == Pass::Opened {
            fact.first_answered_at = some(number()?);
            fact.reopened = number()? > 0;
        }
        for (dimension, values) in self.ask.by.iter().zip(&mut fact.values) {
            if column(*dimension).is_some() {
                *values = read(*dimension, parts.next()?)?;
            }
        }
        Some((place, fact))
    }
}

/// Where the value of a dimension stands; never null.
const fn column(dimension: Dimension) -> Option<&'static str> {
    Some(match dimension {
        Dimension::Status => "t.status",
        Dimension::Kind => "coalesce(t.kind_id, 0)",
        Dimension::Organization => "coalesce(t.organization_id, 0)",
        Dimension::Group => "coalesce(t.group_id, 0)",
        Dimension::Assignee => "coalesce(t.assignee_id, 0)",
        Dimension::Requester => "t.requester_id",
        Dimension::Channel => "t.via",
        Dimension::Priority => "coalesce(t.priority, -1)",
        Dimension::Tag => "t.tags",
        Dimension::Time(_) => return None,
    })
}

fn read(dimension: Dimension, text: &str) -> Option<Values> {
    let id = || text.parse::<i64>().ok();
    let some = |id: i64| Some(id).filter(|id| *id > 0);
    Some(Values::One(match dimension {
        Dimension::Status => Key::Status(status(id()?)?),
        Dimension::Kind => Key::Kind(some(id()?).map(KindId)),
        Dimension::Organization => Key::Organization(some(id()?).map(OrganizationId)),
        Dimension::Group => Key::Group(some(id()?).map(GroupId)),
        Dimension::Assignee => Key::Assignee(some(id()?).map(PersonId)),
        Dimension::Requester => Key::Requester(PersonId(id()?)),
        Dimension::Channel => Key::Channel(channel(text).ok()?),
        Dimension::Priority => {
            let number = Some(id()?).filter(|number| *number >= 0);
            Key::Priority(number.map(priority).transpose().ok()?)
        }
        Dimension::Tag if text == "[]" => Key::Tag(None),
        Dimension::Tag => {
            let texts: Vec<String> = serde_json::from_str(text).ok()?;
            let tags = texts.iter().map(|tag| Tag::parse(tag).ok().map(|tag| Key::Tag(Some(tag))));
            return tags.collect::<Option<Vec<Key>>>().map(Values::Many);
        }
        Dimension::Time(_) => return Some(Values::None),
    }))
}
