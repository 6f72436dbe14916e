//! Tickets on which something may be due at another time, because somebody or something that they point to has changed.

use super::{Decision, Facts};
use crate::domain::id::{OrganizationId, PersonId};
use crate::domain::person::Person;
use crate::domain::time::Timestamp;

/// Whose tickets have to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anew {
    /// Those of a requester.
    Requester(PersonId),
    /// Those of an organization.
    Organization(OrganizationId),
}

/// Tells whose, if automations ask of people and organizations what has become different of them (D25).
pub(super) fn tell(facts: &Facts, decision: &mut Decision, now: Timestamp) {
    let nobody = decision.people.is_empty() && decision.organizations.is_empty();
    if nobody || !facts.setup.automations_ask_of_people() {
        return;
    }
    let people = decision.people.iter().filter(|after| {
        let before = facts.people.get(&after.id);
        before.is_some_and(|before| asked(before) != asked(after))
    });
    let people = people.map(|person| Anew::Requester(person.id));
    let organizations = decision.organizations.iter().filter(|after| {
        let before = facts.organizations.get(&after.id);
        before.is_some_and(|before| (&before.name, &before.fields) != (&after.name, &after.fields))
    });
    let organizations = organizations.map(|organization| Anew::Organization(organization.id));
    decision.anew = people.chain(organizations).map(|whose| (whose, now)).collect();
}

/// What conditions ask of a requester.
fn asked(person: &Person) -> impl PartialEq + '_ {
    (&person.name, &person.email, &person.language, person.role, &person.fields)
}
