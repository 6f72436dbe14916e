//! Conditions as sentences (D34), why they hold (Z09), when they will (Z10), and what triggers ask (R138, R139).

pub mod chance;
mod names;
mod sentence;
mod time;
mod update;

use crate::support::world::{LEA, MARC, NOW, OPS, T, a_ticket};
use guichet::domain::condition::{Around, Asker, Condition, Facts, Link, Sight, Text};
use guichet::domain::setup::Directory;
use guichet::domain::ticket::Ticket;
use std::sync::Arc;

/// An agent's eyes.
fn agent(around: Around) -> Asker {
    Asker {
        person: MARC,
        groups: vec![OPS],
        organization: None,
        now: NOW,
        sight: Sight::Staff,
        around: Arc::new(around),
    }
}

fn nobody(_: Link, _: i64) -> Option<(Vec<String>, Option<String>)> {
    None
}

/// A ticket with all that can be asked of it, but its requester's names.
fn facts<'a>(ticket: &'a Ticket, text: &'a Text) -> Facts<'a> {
    Facts { ticket, text, has_attachment: false, names: &nobody, requester: None, organization: None, update: None }
}

/// A sentence that is understood.
fn read(sentence: &str, directory: &Directory) -> Condition {
    Condition::read(sentence, directory).unwrap_or_else(|error| panic!("{sentence}: {error:?}"))
}

/// Lea's ticket, with a text.
fn leas() -> (Ticket, Text) {
    let ticket = a_ticket().world().tickets[&T].clone();
    assert_eq!(ticket.requester, LEA);
    let text = Text::of(&ticket.subject, ["It jams again"]);
    (ticket, text)
}
