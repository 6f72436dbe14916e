use super::condition::Condition;
use super::search::Query;

/// In which order tickets are listed; equal ones by number, the same way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sort {
    /// By what.
    pub by: SortKey,
    /// Largest or latest first.
    pub descending: bool,
}

impl Sort {
    /// The latest opened first.
    pub const NEWEST: Self = Self { by: SortKey::Id, descending: true };
    /// The latest changed first.
    pub const LATEST: Self = Self { by: SortKey::Updated, descending: true };
    /// The most urgent first (R159).
    pub const URGENT: Self = Self { by: SortKey::Priority, descending: true };
}

/// By what tickets are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortKey {
    /// The last change (for requests: that their requester may know of).
    Updated,
    /// The number, which is the order of opening.
    Id,
    /// The status.
    Status,
    /// The priority; tickets without one count as the least.
    Priority,
    /// How well a search's words fit, best first either way; only the newest finds are weighed.
    Relevance,
}

impl SortKey {
    /// All.
    pub const ALL: [Self; 5] = [Self::Updated, Self::Id, Self::Status, Self::Priority, Self::Relevance];

    /// The name in queries and scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Updated => "updated",
            Self::Id => "created",
            Self::Status => "status",
            Self::Priority => "priority",
            Self::Relevance => "relevance",
        }
    }

    /// The key of that name; the REST API's `updated_at` and `created_at` are understood too.
    pub fn parse(name: &str) -> Option<Self> {
        let bare = name.strip_suffix("_at").unwrap_or(name);
        if bare == "id" { Some(Self::Id) } else { Self::ALL.into_iter().find(|key| key.name() == bare) }
    }
}

/// A saved list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its name in scripts, such as `unassigned`.
    pub slug: String,
    /// As people read it; none for stock ones, whose names stand in the words files by their slug.
    pub title: Option<String>,
    /// What it lists and in which order (D34).
    pub query: Query,
}

impl View {
    /// Which tickets it lists.
    pub fn condition(&self) -> Condition {
        self.query.condition()
    }

    /// In which order.
    pub fn sort(&self) -> Sort {
        self.query.order()
    }
}

/// The lists of a new account's agents, in the order of their tabs. Where work waits, the urgent stands on top (R159).
pub const STOCK: [(&str, &str); 7] = [
    ("unassigned", "status<solved assignee:none order_by:priority sort:desc"),
    ("mine", "status<solved assignee:me order_by:priority sort:desc"),
    ("my-groups", "status<solved group:me order_by:priority sort:desc"),
    ("all-unsolved", "status<solved order_by:priority sort:desc"),
    ("recently-solved", "status:solved order_by:updated sort:desc"),
    ("pending", "status:pending order_by:updated sort:desc"),
    ("on-hold", "status:hold order_by:updated sort:desc"),
];

/// See [`STOCK`]; every line of it is a query, as a test shows.
pub fn stock() -> Vec<View> {
    let view = |(slug, text): &(&str, &str)| {
        Query::parse(text).ok().map(|query| View { slug: (*slug).to_owned(), title: None, query })
    };
    STOCK.iter().filter_map(view).collect()
}
