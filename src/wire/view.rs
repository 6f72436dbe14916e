use serde::Serialize;

/// An agents' list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Its name in scripts.
    pub slug: String,
    /// As people read it.
    pub title: String,
    /// Whether it is offered.
    pub active: bool,
    /// Its place among the others, from 0.
    pub position: usize,
    /// How many tickets it has.
    pub count: u64,
    /// Or more: nobody counts past a bound.
    pub count_or_more: bool,
}
