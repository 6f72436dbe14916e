//! Who sees which tickets, said in SQL: what `domain::audience::may_see` says in Rust. Every read of tickets, whether it
//! lists, shows, searches, counts or exports, has this predicate in its text; a property test holds the two together.

use super::dialect::Value;
use crate::domain::audience::Viewer;

/// The text of a statement while it is made, with what is bound to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bound {
    values: Vec<Value>,
}

impl Bound {
    /// Binds a value; the answer is its place, such as `$3`.
    pub(crate) fn put(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// All values, in order.
    pub(crate) fn values(self) -> Vec<Value> {
        self.values
    }
}

/// True of the `tickets t` that somebody may know of (R109, R115, R116): agents of all, others of those that are public
/// and theirs (R164), or have them in copy (R165), or are of an organization that shares them (R166).
pub(crate) fn visible(viewer: &Viewer, bound: &mut Bound) -> String {
    if viewer.is_staff() { "TRUE".to_owned() } else { requests(viewer, bound) }
}

/// True of the `tickets t` that are somebody's requests, whatever their role: what is public and concerns them.
pub(crate) fn requests(viewer: &Viewer, bound: &mut Bound) -> String {
    let me = bound.put(viewer.person.0);
    let ways = format!(
        "t.requester_id = {me} OR t.id IN (SELECT r.ticket_id FROM ticket_people r \
         WHERE r.person_id = {me} AND r.relation = 0)"
    );
    match viewer.shared_organization {
        Some(organization) => {
            format!("(t.public AND ({ways} OR t.organization_id = {}))", bound.put(organization.0))
        }
        None => format!("(t.public AND ({ways}))"),
    }
}
