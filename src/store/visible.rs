//! Who sees which tickets, said in SQL: what `domain::audience::may_see` says in Rust. Every read of tickets, whether it
//! lists, shows, searches, counts or exports, has this predicate in its text; a property test holds the two together.

use super::dialect::Value;
use crate::domain::audience::{Viewer, Within};

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

/// True of the `tickets t` that are not deleted. It is said so that no index is taken by it: nearly all tickets are there.
pub(crate) const THERE: &str = "t.status <> 6";

/// True of the `tickets t` that somebody has before them: agents all that they work with (`audience::works_on`), others
/// their [`requests`].
pub(crate) fn visible(viewer: &Viewer, bound: &mut Bound) -> String {
    if viewer.is_staff() { worked(viewer, bound) } else { requests(viewer, bound) }
}

/// True of the `tickets t` that somebody may know of in any way (R109, R115, R116: `audience::may_see`).
pub(crate) fn known(viewer: &Viewer, bound: &mut Bound) -> String {
    match worked(viewer, bound) {
        all if viewer.is_staff() && !viewer.is_restricted() => all,
        worked => format!("({worked} OR {})", requests(viewer, bound)),
    }
}

/// True of the `tickets t` with which somebody works (`audience::works_on`).
pub(crate) fn worked(viewer: &Viewer, bound: &mut Bound) -> String {
    if !viewer.is_staff() {
        return "FALSE".to_owned();
    }
    let within = match &viewer.within {
        Within::All => return THERE.to_owned(),
        Within::Groups(groups) if !groups.is_empty() => {
            let places: Vec<String> = groups.iter().map(|group| bound.put(group.0)).collect();
            // Plain true or false: whoever negates it must not get an unknown.
            format!("(t.group_id IS NOT NULL AND t.group_id IN ({}))", places.join(", "))
        }
        Within::Organization(Some(organization)) => {
            format!("(t.organization_id IS NOT NULL AND t.organization_id = {})", bound.put(organization.0))
        }
        Within::Groups(_) | Within::Organization(None) | Within::Assigned => "FALSE".to_owned(),
    };
    let me = bound.put(viewer.person.0);
    format!(
        "({THERE} AND ({within} OR (t.assignee_id IS NOT NULL AND t.assignee_id = {me}) OR t.id IN (SELECT r.ticket_id \
         FROM ticket_people r WHERE r.person_id = {me} AND r.relation = 1)))"
    )
}

/// True of the `tickets t` that are somebody's requests, whatever their role: those that are public and theirs (R164), or
/// have them in copy (R165), or are of an organization that shares them (R166).
pub(crate) fn requests(viewer: &Viewer, bound: &mut Bound) -> String {
    let me = bound.put(viewer.person.0);
    let ways = format!(
        "t.requester_id = {me} OR t.id IN (SELECT r.ticket_id FROM ticket_people r \
         WHERE r.person_id = {me} AND r.relation = 0)"
    );
    match viewer.shared_organization {
        Some(organization) => {
            format!("({THERE} AND t.public AND ({ways} OR t.organization_id = {}))", bound.put(organization.0))
        }
        None => format!("({THERE} AND t.public AND ({ways}))"),
    }
}
