//! Pages of tickets, in every order, each beginning where the one before ended; and how many there are.

mod page;

use super::condition::{Frame, Parted};
use super::dialect::{Db, Dialect, read_row};
use super::fault::Fault;
use super::search;
use super::ticket::{TicketRow, ticket_columns};
use super::visible::{Bound, THERE};
use crate::domain::condition::{Condition, Test};
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::domain::view::{Column, Sort, SortKey};
use page::Place;
use sqlx::Row;

/// How many of the newest finds of a search are put in another order than the newest first.
const WEIGHED: u32 = 2_000;

/// How far is counted.
pub(crate) const COUNTED: u64 = 1_000;

/// Which tickets, before any condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// All that the one who reads may know of.
    Visible,
    /// Their own requests (R164).
    Mine,
    /// Requests that have them in copy (R165).
    Ccd,
    /// Requests of their organization (R166).
    Organization,
    /// The incidents of a problem, of those that they may know of.
    Incidents(TicketId),
}

/// What is asked of a list.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Which tickets.
    pub base: Base,
    /// What must be true of them.
    pub condition: &'a Condition,
    /// In which order.
    pub sort: Sort,
    /// By what they are gathered before that.
    pub group_by: Option<Column>,
    /// Where the page before ended.
    pub after: Option<&'a str>,
    /// Where the page after it begins: the rows are those before it. Counts only where nothing stands in `after`.
    pub before: Option<&'a str>,
    /// How many rows are passed over.
    pub skip: u64,
    /// How many at most.
    pub limit: u32,
}

/// A page of tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The tickets, as they are: what leaves for a requester is made of them by `Request::of`.
    pub tickets: Vec<Ticket>,
    /// Where the next page begins; none where rows before a place were asked for.
    pub next: Option<String>,
    /// The places of the first and of the last ticket.
    pub edges: Option<(String, String)>,
    /// Whether there are more in the direction that was asked.
    pub more: bool,
}

impl<'a> Wanted<'a> {
    /// The first page of what a condition is true of.
    pub const fn first(base: Base, condition: &'a Condition, sort: Sort, limit: u32) -> Self {
        Self { base, condition, sort, group_by: None, after: None, before: None, skip: 0, limit }
    }

    /// Whether the rows before a place are wanted.
    const fn is_backward(&self) -> bool {
        self.before.is_some() && self.after.is_none()
    }

    /// The way in which rows are read: the other way round when those before a place are wanted.
    fn way(&self) -> Sort {
        Sort { descending: self.sort.descending != self.is_backward(), ..self.sort }
    }
}

/// A place where a list was said to go on, but which is none of that list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPlace;

/// A page of a list.
pub(crate) async fn page(db: &Db, frame: &Frame<'_>, wanted: &Wanted<'_>) -> Result<Result<Found, BadPlace>, Fault> {
    let group_by = wanted.group_by.filter(|column| column.gathers());
    let place = match wanted.after.or(wanted.before).map(|text| Place::parse(text, wanted.sort, group_by)).transpose() {
        // How well words fit has no way back: it is known by how many rows came before.
        Ok(Some(_)) if wanted.is_backward() && wanted.sort.by == SortKey::Relevance => return Ok(Err(BadPlace)),
        Ok(place) => place,
        Err(bad) => return Ok(Err(bad)),
    };
    let mut bound = Bound::default();
    let condition = &frame.resolved(db, wanted.condition).await?;
    let wanted = &Wanted { condition, group_by, ..wanted.clone() };
    let sql = statement(frame, wanted, place, &mut bound);
    let rows: Vec<TicketRow> = db.read(sql, bound.values()).await?;
    let mut tickets: Vec<Ticket> = rows.into_iter().map(|row| row.0).collect();
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let more = tickets.len() > limit;
    tickets.truncate(limit);
    if wanted.is_backward() {
        tickets.reverse();
    }
    let at = |ticket| Place::after(ticket, wanted, frame, place, limit).print();
    let next = tickets.last().filter(|_| more && !wanted.is_backward()).map(at);
    let edges = tickets.first().map(at).zip(tickets.last().map(at));
    Ok(Ok(Found { tickets, next, edges, more }))
}

/// How many there are, and whether it may be more.
pub(crate) async fn count(
    db: &Db,
    frame: &Frame<'_>,
    base: Base,
    condition: &Condition,
    most: u64,
) -> Result<(u64, bool), Fault> {
    let mut bound = Bound::default();
    let condition = &frame.resolved(db, condition).await?;
    let source = Source::of(frame, base, condition, &mut bound);
    // Whoever asks by time asks for what is new: counted from there, the bound is soon reached.
    let timed = condition.tests().iter().any(|test| matches!(test, Test::Time(..)));
    let newest =
        if timed && source.words.is_none() { format!(" ORDER BY {} DESC", frame.updated()) } else { String::new() };
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 AS one FROM {} WHERE {}{newest} LIMIT {}) AS counted",
        source.from,
        source.filter,
        most.saturating_add(1)
    );
    let rows: Vec<Counted> = db.read(sql, bound.values()).await?;
    let counted = rows.first().map_or(0, |row| u64::try_from(row.0).unwrap_or_default());
    Ok((counted.min(most), counted > most))
}

struct Counted(i64);

read_row!(Counted, |row| Ok(Self(row.try_get(0)?)));

/// Where tickets come from, and which of them.
pub(super) struct Source {
    /// What stands after FROM: `tickets t`, with the full-text index before it when words are looked for.
    pub(super) from: String,
    /// What stands after WHERE.
    pub(super) filter: String,
    /// What was asked of the index, as the place of a bound value; none without words.
    pub(super) words: Option<String>,
    /// How well a row fits, the smaller the better.
    rank: String,
}

impl Source {
    pub(super) fn of(frame: &Frame<'_>, base: Base, condition: &Condition, bound: &mut Bound) -> Self {
        let mut parted = Parted::of(condition, &frame.asker);
        if frame.as_requester() && !parted.all.is_empty() {
            parted.all.push(search::seen(frame.viewer));
        }
        let mut filter = vec![base_test(frame, base, bound)];
        filter.extend(parted.rest.iter().map(|part| frame.sql(part, bound)));
        filter.retain(|part| part != "TRUE");
        let words =
            (!parted.all.is_empty()).then(|| bound.put(search::query(frame.dialect, &parted.all, &parted.none)));
        let (index, column) = frame.index();
        let mut source = Self { from: "tickets t".into(), filter: String::new(), words, rank: String::new() };
        if let Some(words) = &source.words {
            match frame.dialect {
                Dialect::Sqlite => {
                    source.from = format!("{index} CROSS JOIN tickets t ON t.id = {index}.rowid");
                    source.rank = format!("{index}.rank");
                    filter.push(format!("{index} MATCH {words}"));
                }
                Dialect::Pg => {
                    source.from = "ticket_search w JOIN tickets t ON t.id = w.ticket_id".into();
                    source.rank = format!("-ts_rank(w.{column}, CAST({words} AS TSQUERY))");
                    filter.push(format!("w.{column} @@ CAST({words} AS TSQUERY)"));
                }
            }
        }
        source.filter = if filter.is_empty() { "TRUE".to_owned() } else { filter.join(" AND ") };
        source
    }

    /// The number by which rows of this source are read in order: the index's own where there is one.
    pub(super) fn number(&self, frame: &Frame<'_>) -> String {
        match (frame.dialect, &self.words) {
            (Dialect::Sqlite, Some(_)) => format!("{}.rowid", frame.index().0),
            _ => "t.id".to_owned(),
        }
    }
}

/// Which tickets a list begins with. Whatever it is, it lies within what may be seen: an agent who works with some
/// tickets reads their own request as a requester, or not at all.
fn base_test(frame: &Frame<'_>, base: Base, bound: &mut Bound) -> String {
    if base != Base::Visible && !frame.as_requester() {
        let visible = frame.visible(bound);
        return format!("{visible} AND {}", theirs(frame, base, bound));
    }
    theirs(frame, base, bound)
}

fn theirs(frame: &Frame<'_>, base: Base, bound: &mut Bound) -> String {
    match base {
        Base::Visible => frame.visible(bound),
        Base::Mine => format!("{THERE} AND t.public AND t.requester_id = {}", bound.put(frame.viewer.person.0)),
        Base::Ccd => format!(
            "{THERE} AND t.public AND t.id IN (SELECT r.ticket_id FROM ticket_people r WHERE r.person_id = {} AND r.relation = 0)",
            bound.put(frame.viewer.person.0)
        ),
        Base::Incidents(problem) => {
            format!("t.problem_id IS NOT NULL AND t.problem_id = {}", bound.put(problem.0))
        }
        Base::Organization => match frame.viewer.shared_organization {
            Some(organization) => format!("{THERE} AND t.public AND t.organization_id = {}", bound.put(organization.0)),
            None => "FALSE".to_owned(),
        },
    }
}

/// The statement of a first page, to look at how the database would answer it.
#[cfg(test)]
pub(super) fn first_page(frame: &Frame<'_>, wanted: &Wanted<'_>, bound: &mut Bound) -> String {
    statement(frame, wanted, None, bound)
}

fn statement(frame: &Frame<'_>, wanted: &Wanted<'_>, place: Option<Place>, bound: &mut Bound) -> String {
    let source = Source::of(frame, wanted.base, wanted.condition, bound);
    let columns = ticket_columns!();
    let number = source.number(frame);
    let read = wanted.way();
    let way = if read.descending { "DESC" } else { "ASC" };
    let by = order(frame, wanted.sort.by, source.words.is_some());
    if source.words.is_none() || by.is_none() {
        // What words are looked for in is in their order, not in that of groups.
        let group =
            wanted.group_by.filter(|_| source.words.is_none()).and_then(|column| grouped(frame, column, wanted.sort));
        let keys: Vec<&str> = group.as_deref().into_iter().chain(by).chain([number.as_str()]).collect();
        let begin = place.map(|place| place.test(&keys, by.is_some(), read, bound)).unwrap_or_default();
        let limit = limit(wanted, bound);
        let keys: Vec<String> = keys.into_iter().map(|key| format!("{key} {way}")).collect();
        return format!(
            "SELECT {columns} FROM {} WHERE {}{begin} ORDER BY {} {limit}",
            source.from,
            source.filter,
            keys.join(", ")
        );
    }
    weighed(frame, wanted, &source, place, bound)
}

/// A search in another order than the newest first: its newest finds, put in order.
fn weighed(frame: &Frame<'_>, wanted: &Wanted<'_>, source: &Source, place: Option<Place>, bound: &mut Bound) -> String {
    let columns = ticket_columns!();
    let number = source.number(frame);
    let newest = format!(
        "(SELECT t.id AS id, {} AS fit FROM {} WHERE {} ORDER BY {number} DESC LIMIT {WEIGHED}) AS f",
        source.rank, source.from, source.filter
    );
    if wanted.sort.by == SortKey::Relevance {
        let limit = bound.put(i64::from(wanted.limit) + 1);
        let skip = i64::try_from(wanted.skip).unwrap_or(i64::MAX);
        let skip = bound.put(place.map_or(0, |place| place.value).saturating_add(skip));
        return format!(
            "SELECT {columns} FROM {newest} JOIN tickets t ON t.id = f.id \
             ORDER BY f.fit ASC, t.id DESC LIMIT {limit} OFFSET {skip}"
        );
    }
    let read = wanted.way();
    let way = if read.descending { "DESC" } else { "ASC" };
    let by = order(frame, wanted.sort.by, true).unwrap_or("t.id");
    let begin = place.map(|place| place.test(&[by, "t.id"], true, read, bound)).unwrap_or_default();
    let limit = limit(wanted, bound);
    format!(
        "SELECT {columns} FROM {newest} JOIN tickets t ON t.id = f.id \
         WHERE TRUE{begin} ORDER BY {by} {way}, t.id {way} {limit}"
    )
}

/// How many rows, one more than wanted to see whether there are more, after those that are passed over.
fn limit(wanted: &Wanted<'_>, bound: &mut Bound) -> String {
    let limit = bound.put(i64::from(wanted.limit) + 1);
    let skip = |bound: &mut Bound| bound.put(i64::try_from(wanted.skip).unwrap_or(i64::MAX));
    if wanted.skip == 0 { format!("LIMIT {limit}") } else { format!("LIMIT {limit} OFFSET {}", skip(bound)) }
}

/// What rows are gathered by: the most urgent first, all else in the order in which it was made, whichever way the rows
/// themselves are ordered.
fn grouped(frame: &Frame<'_>, column: Column, sort: Sort) -> Option<String> {
    let (key, descending) = match column {
        Column::Status => (frame.status(), false),
        Column::Priority => ("coalesce(t.priority, -1)", true),
        Column::Requester => ("t.requester_id", false),
        Column::Organization => ("coalesce(t.organization_id, 0)", false),
        Column::Assignee => ("coalesce(t.assignee_id, 0)", false),
        Column::Group => ("coalesce(t.group_id, 0)", false),
        Column::Kind => ("coalesce(t.kind_id, 0)", false),
        Column::Type => ("coalesce(t.ticket_type, -1)", false),
        _ => return None,
    };
    Some(if descending == sort.descending { key.to_owned() } else { format!("-({key})") })
}

/// What rows are ordered by, before their number; none when by the number alone.
fn order(frame: &Frame<'_>, by: SortKey, words: bool) -> Option<&'static str> {
    match by {
        SortKey::Id => None,
        SortKey::Updated => Some(frame.updated()),
        SortKey::Status => Some(frame.status()),
        SortKey::Priority => Some("coalesce(t.priority, -1)"),
        SortKey::Relevance => words.then_some("f.fit"),
    }
}
