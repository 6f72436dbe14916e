//! Both ways in which lists come in pages: by cursor when `page[size]` is asked for, else by numbered pages.

use super::ask::Ask;
use super::problem::Problem;
use crate::client::listed::{Part, Slice, Spot};
use crate::client::{Count, Cursor};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The most rows of a page.
const MOST: u32 = 100;
/// Numbered pages end here: who wants more goes by cursor.
const DEEPEST: u64 = 10_000;

/// Which page of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// After or before a place.
    Cursor {
        /// How many rows.
        size: u32,
        /// After this place.
        after: Option<Cursor>,
        /// Or before this one.
        before: Option<Cursor>,
    },
    /// By its number.
    Offset {
        /// From 1.
        page: u64,
        /// How many rows.
        size: u32,
    },
}

impl Paging {
    /// The page that a request asks for.
    ///
    /// # Errors
    /// A parameter makes no sense, or the page lies deeper than numbered pages go.
    pub fn of(ask: &Ask) -> Result<Self, Problem> {
        let Some(size) = ask.get("page[size]") else { return Self::numbered(ask) };
        let bad = || Problem::bad_paging("InvalidPaginationParameter", "page[size] is invalid");
        let size: u32 = size.parse().map_err(|_| bad())?;
        if size == 0 {
            return Err(bad());
        }
        let place = |name: &str| ask.get(name).map(read_cursor).transpose();
        Ok(Self::Cursor { size: size.min(MOST), after: place("page[after]")?, before: place("page[before]")? })
    }

    /// The page that a request asks for where there are none with numbers.
    ///
    /// # Errors
    /// A parameter makes no sense.
    pub fn by_cursor(ask: &Ask) -> Result<Self, Problem> {
        if ask.get("page[size]").is_some() {
            return Self::of(ask);
        }
        let place = |name: &str| ask.get(name).map(read_cursor).transpose();
        Ok(Self::Cursor { size: MOST, after: place("page[after]")?, before: place("page[before]")? })
    }

    fn numbered(ask: &Ask) -> Result<Self, Problem> {
        let page = ask.number::<u64>("page")?.unwrap_or(1).max(1);
        let size = ask.number::<u32>("per_page")?.unwrap_or(MOST).clamp(1, MOST);
        if (page - 1).saturating_mul(u64::from(size)) >= DEEPEST {
            return Err(Problem::bad_paging("InvalidPaginationDepth", "Number of records exceeds 10000; use cursors"));
        }
        Ok(Self::Offset { page, size })
    }

    /// How many rows are wanted.
    pub const fn size(&self) -> u32 {
        match self {
            Self::Cursor { size, .. } | Self::Offset { size, .. } => *size,
        }
    }

    /// The part of a list that goes by number. It can be wanted the other way round; it has no other order.
    ///
    /// # Errors
    /// The place is none of such a list, or another order is wanted.
    pub fn part(&self, ask: &Ask) -> Result<Part, Problem> {
        let number = |cursor: &Cursor| cursor.0.parse().map_err(|_| bad_cursor());
        let spot = match self {
            Self::Cursor { before: Some(before), .. } => Spot::Before(number(before)?),
            Self::Cursor { after: Some(after), .. } => Spot::After(number(after)?),
            Self::Cursor { .. } => Spot::Skip(0),
            Self::Offset { .. } => Spot::Skip(self.skip()),
        };
        let descending = match (self, ask.get("sort")) {
            // A sort of the other scheme is left alone, as real servers do.
            (Self::Offset { .. }, _) => ask.get("sort_order") == Some("desc"),
            (Self::Cursor { .. }, None | Some("id" | "created_at")) => false,
            (Self::Cursor { .. }, Some("-id" | "-created_at")) => true,
            (Self::Cursor { .. }, Some(_)) => {
                return Err(Problem::bad_paging("InvalidPaginationParameter", "sort is not valid"));
            }
        };
        Ok(Part { spot, descending, limit: self.size() })
    }

    /// Whether numbered pages are wanted, which tell how many rows there are.
    pub const fn counts(&self) -> bool {
        matches!(self, Self::Offset { .. })
    }

    /// How many rows come before those that are wanted.
    pub const fn skip(&self) -> u64 {
        match self {
            Self::Cursor { .. } => 0,
            Self::Offset { page, size } => (*page - 1) * *size as u64,
        }
    }
}

/// Rows with where they lie in their list.
pub struct Rows<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The place before the first of them, where there are any.
    pub first: Option<Cursor>,
    /// The place after the last of them.
    pub last: Option<Cursor>,
    /// Whether more come in the direction that was asked.
    pub more: bool,
    /// How many there are in all, for numbered pages.
    pub count: Option<Count>,
}

impl<T> Rows<T> {
    /// A part of a list that goes by number.
    pub fn by_number(slice: Slice<T>, count: Option<u64>, number: impl Fn(&T) -> i64) -> Self {
        let place = |row: &T| Cursor(number(row).to_string());
        let (first, last) = (slice.rows.first().map(place), slice.rows.last().map(place));
        let count = count.map(|value| Count { value, or_more: false });
        Self { rows: slice.rows, first, last, more: slice.more, count }
    }

    /// All of a list that is never long, of which a page is cut.
    pub fn whole(all: Vec<T>, paging: &Paging) -> Result<Self, Problem> {
        let count = Count { value: all.len() as u64, or_more: false };
        let place = |cursor: &Cursor| cursor.0.parse::<usize>().map_err(|_| bad_cursor());
        let size = paging.size() as usize;
        let (from, to, backward) = match paging {
            Paging::Cursor { before: Some(before), .. } => {
                let to = place(before)?.min(all.len());
                (to.saturating_sub(size), to, true)
            }
            Paging::Cursor { after, .. } => {
                let from = after.as_ref().map(place).transpose()?.unwrap_or(0).min(all.len());
                (from, (from + size).min(all.len()), false)
            }
            Paging::Offset { .. } => {
                let from = usize::try_from(paging.skip()).unwrap_or(usize::MAX).min(all.len());
                (from, (from + size).min(all.len()), false)
            }
        };
        let more = if backward { from > 0 } else { to < all.len() };
        let rows: Vec<T> = all.into_iter().skip(from).take(to - from).collect();
        let any = !rows.is_empty();
        let (first, last) = (Cursor(from.to_string()), Cursor(to.to_string()));
        Ok(Self { rows, first: any.then_some(first), last: any.then_some(last), more, count: Some(count) })
    }

    /// The same rows as something else.
    pub fn map<U>(self, to: impl FnMut(T) -> U) -> Rows<U> {
        let Self { rows, first, last, more, count } = self;
        Rows { rows: rows.into_iter().map(to).collect(), first, last, more, count }
    }
}

impl<T: Serialize> Rows<T> {
    /// The page as the API answers it: the rows under their name, and where the neighbours are. `here` is the address
    /// that was asked, without what stands behind the `?`.
    pub fn body(self, key: &str, paging: &Paging, here: &str, ask: &Ask) -> Map<String, Value> {
        let mut body = Map::new();
        body.insert(key.to_owned(), json!(self.rows));
        match paging {
            Paging::Cursor { .. } => {
                let (first, last) = (self.first.as_ref().map(write_cursor), self.last.as_ref().map(write_cursor));
                let link = |name: &str, place: &Option<String>| {
                    place.as_ref().map(|place| with(here, ask, &["page[after]", "page[before]"], (name, place)))
                };
                let links = json!({ "prev": link("page[before]", &first), "next": link("page[after]", &last) });
                let meta = json!({ "has_more": self.more, "after_cursor": last, "before_cursor": first });
                body.insert("meta".to_owned(), meta);
                body.insert("links".to_owned(), links);
            }
            Paging::Offset { page, .. } => {
                let at = |page: u64| with(here, ask, &["page"], ("page", &page.to_string()));
                body.insert("next_page".to_owned(), json!(self.more.then(|| at(page + 1))));
                body.insert("previous_page".to_owned(), json!((*page > 1).then(|| at(page - 1))));
                if let Some(count) = self.count {
                    body.insert("count".to_owned(), json!(count.value));
                }
            }
        }
        body
    }
}

fn bad_cursor() -> Problem {
    Problem::bad_paging("InvalidPaginationParameter", "That is no place of this list")
}

fn read_cursor(text: &str) -> Result<Cursor, Problem> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| bad_cursor())?;
    String::from_utf8(bytes).map(Cursor).map_err(|_| bad_cursor())
}

fn write_cursor(cursor: &Cursor) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&cursor.0)
}

/// The same question with another value for a name, and without some others.
fn with(here: &str, ask: &Ask, without: &[&str], (name, value): (&str, &str)) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let kept = ask.pairs().iter().filter(|(key, _)| !without.contains(&key.as_str()));
    query.extend_pairs(kept);
    query.append_pair(name, value);
    format!("{here}?{}", query.finish())
}
