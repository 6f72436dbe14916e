//! What happens to an account and to its people, each with its sentence.

use guichet::domain::act::Setting;
use guichet::domain::event::Event;
use guichet::domain::id::{CommentId, GroupId, OrganizationId, PersonId};
use guichet::domain::life::PersonEvent;
use guichet::domain::person::Role;
use guichet::domain::refusal::Field;
use std::collections::BTreeSet;

/// What happens to an account as a whole.
pub fn events() -> Vec<(Event, &'static str)> {
    let fields = BTreeSet::from([Field::Name, Field::Email]);
    vec![
        (Event::Founded, "opened the account"),
        (Event::PersonCreated { person: PersonId(1), role: Role::EndUser }, "added Léa Petit as end user"),
        (
            Event::PersonChanged { person: PersonId(1), fields: fields.clone() },
            "changed Léa Petit: Name and Mail address",
        ),
        (Event::OrganizationCreated(OrganizationId(1)), "added the organization Shop"),
        (
            Event::OrganizationChangedIn { organization: OrganizationId(1), fields },
            "changed Shop: Name and Mail address",
        ),
        (Event::GroupCreated(GroupId(1)), "added the group Support Ops"),
        (Event::GroupRenamed(GroupId(1)), "changed the group Support Ops"),
        (Event::GroupDeleted { group: GroupId(9), name: "Night".to_owned() }, "deleted the group Night"),
        (
            Event::OrganizationDeleted { organization: OrganizationId(9), name: "D".into() },
            "deleted the organization D",
        ),
        (Event::SettingChanged(Setting::PrivateTickets(false)), "changed the setting private_tickets to false"),
    ]
}

/// What happens to people as a whole.
pub fn events_of_people() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::Person(PersonEvent::Merged { person: PersonId(3), into: PersonId(1) }),
            "merged person #3 into Léa Petit",
        ),
        (Event::Person(PersonEvent::Deleted(PersonId(1))), "deleted Léa Petit"),
        (Event::Person(PersonEvent::Erased { person: PersonId(1), texts: false }), "erased person #1"),
        (
            Event::Person(PersonEvent::Erased { person: PersonId(1), texts: true }),
            "erased person #1 with all that they wrote",
        ),
        (Event::Person(PersonEvent::LinkMade(PersonId(1))), "made a link for a new password of Léa Petit"),
        (
            Event::Person(PersonEvent::TokenMade { person: PersonId(2), name: "0a1b".into() }),
            "made the token 0a1b for Marc Oni",
        ),
        (
            Event::Person(PersonEvent::TokenRevoked { person: PersonId(2), name: "0a1b".into() }),
            "revoked the token 0a1b of Marc Oni",
        ),
        (
            Event::Person(PersonEvent::TextsErased(BTreeSet::from([CommentId(1)]))),
            "erased the text and the files of a comment for good",
        ),
    ]
}
