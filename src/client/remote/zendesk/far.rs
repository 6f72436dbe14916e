//! How a search goes on behind its first thousand rows, which is all that an account tells of one. In the order of a moment
//! the same is searched once more, from the moment at which the rows before ended; in other orders a search ends there. An
//! account has an export of searches without an end (`search/export`) as well: in one order only, with fewer questions a
//! minute than anything else, so that whoever types fast would wait, and with places that are good for an hour.

use super::api::encoded;
use super::list::{Asked, Found, Spot};
use crate::client::{Cursor, Error};
use crate::domain::time::Timestamp;
use crate::domain::view::{Sort, SortKey};
use crate::wire::Time;
use crate::wire::received::Row;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// A search tells no more than so many rows.
pub(super) const SEARCHED: u64 = 1_000;

/// A search that can be asked again from a moment on.
pub(super) struct Beyond {
    /// What is searched.
    text: String,
    /// The rest of the address.
    rest: String,
    /// By which moment, in the words of searches and under the name of rows.
    keyword: &'static str,
    name: &'static str,
    descending: bool,
}

/// From where on, and what of it was told already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edge {
    second: i64,
    told: BTreeSet<i64>,
}

/// All tickets that a search finds, in the order that the account has for it.
pub(super) fn of_tickets(text: &str, sort: Sort, order: &str) -> Asked {
    let beside = "include=tickets(users,organizations)";
    let text = format!("type:ticket {}", text.trim());
    let rest = format!("{order}&{beside}");
    let by = match sort.by {
        SortKey::Updated => Some(("updated", "updated_at")),
        SortKey::Id => Some(("created", "created_at")),
        SortKey::Status | SortKey::Priority | SortKey::Relevance => None,
    };
    let path = format!("search?query={}{rest}", encoded(text.trim()));
    let beyond = by.map(|(keyword, name)| Beyond { text, rest, keyword, name, descending: sort.descending });
    Asked { most: SEARCHED, beyond, ..Asked::list(path, "results") }
}

impl Beyond {
    /// The address of what follows.
    pub(super) fn path(&self, edge: &Edge) -> String {
        // An account says seconds, and may know more of a moment.
        let bound = if self.descending {
            format!("{}<{}", self.keyword, moment(edge.second + 1))
        } else {
            format!("{}>={}", self.keyword, moment(edge.second))
        };
        format!("search?query={}{}", encoded(format!("{} {bound}", self.text.trim()).trim()), self.rest)
    }

    /// Where the rows end that were told; nowhere when all of them are of one second, so that nothing would follow.
    pub(super) fn edge(&self, rows: Row<'_>, before: &Edge) -> Option<Edge> {
        let at = |row: &Row<'_>| row.time(self.name).map(|at| at.0.div_euclid(1_000));
        let rows: Vec<Row<'_>> = rows.list("results").collect();
        let second = rows.last().and_then(at)?;
        let told: BTreeSet<i64> =
            rows.iter().filter(|row| at(row) == Some(second)).filter_map(|row| row.int("id")).collect();
        (second != before.second).then_some(Edge { second, told })
    }
}

impl Found {
    /// Whether a row is told for the first time.
    pub(super) fn is_new(&self, row: Row<'_>) -> bool {
        self.told.is_empty() || row.int("id").is_none_or(|id| !self.told.contains(&id))
    }
}

impl Edge {
    /// What of it was told already.
    pub(super) fn told(self) -> BTreeSet<i64> {
        self.told
    }

    /// As a place in a list, after so many rows, in pages of so many.
    pub(super) fn cursor(&self, before: u64, size: u64) -> Cursor {
        let ids: Vec<String> = self.told.iter().map(i64::to_string).collect();
        Cursor(format!("w{}.{before}.{size}.{}", self.second, ids.join("-")))
    }

    /// Such a place.
    pub(super) fn spot(text: &str) -> Result<Spot, Error> {
        let read = || {
            let mut parts = text.splitn(4, '.');
            let second = parts.next()?.parse().ok()?;
            let (before, size): (u64, u64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            let ids = parts.next()?.split('-').filter(|id| !id.is_empty()).map(str::parse);
            let told = ids.collect::<Result<_, _>>().ok()?;
            Some(Spot::After(Self { second, told }, before, size.clamp(1, 100)))
        };
        read().ok_or_else(Error::no_place)
    }
}

/// The place behind a page: in the same search, or where its rows ended.
pub(super) fn next(asked: &Asked, body: &Json, edge: &Edge, before: u64, size: u64) -> Option<Cursor> {
    let row = Row(body);
    let after = before + size;
    if after < asked.most {
        let more = !row.get("next_page").is_nothing();
        return more.then(|| {
            if *edge == Edge::default() { Cursor(format!("p{after}.{size}")) } else { edge.cursor(after, size) }
        });
    }
    let full = row.list(asked.name).count() as u64 == size;
    let beyond = asked.beyond.as_ref().filter(|_| full)?;
    beyond.edge(row, edge).map(|edge| edge.cursor(0, size))
}

fn moment(second: i64) -> String {
    Time(Timestamp(second.saturating_mul(1_000))).text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_behind_a_search_reads_back_as_it_was_written() {
        let edge = Edge { second: 1_795_334_400, told: BTreeSet::from([7, 42]) };
        assert!(matches!(Edge::spot(&edge.cursor(200, 100).0[1..]), Ok(Spot::After(found, 200, 100)) if found == edge));
        for text in ["", "1", "1.2", "1.2.3", "x.0.100.", "1.0.100.a-b", "1.-1.100.7"] {
            assert!(Edge::spot(text).is_err(), "{text}");
        }
    }
}
