//! What people are told: notices as they are read, and what leaves the account.

use super::Error;
use crate::domain::id::{PersonId, RuleId, TextId, TicketId};
use crate::domain::notice::{Scene, Tongue, Written};
use crate::domain::time::Timestamp;
use crate::language::Language;
use crate::store::{Matter, Store};
use std::collections::BTreeSet;

/// A notice as somebody reads it in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub id: i64,
    /// About which ticket.
    pub ticket: TicketId,
    /// By which rule.
    pub rule: RuleId,
    /// With which text.
    pub text: TextId,
    /// When.
    pub at: Timestamp,
    /// Whether it was read.
    pub read: bool,
    /// What it is about, as one line: hostile text.
    pub subject: String,
    /// What it says: hostile text.
    pub body: String,
}

/// Which notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxAsk {
    /// Only what was not read.
    pub unread_only: bool,
    /// Where the page before ended.
    pub after: Option<super::Cursor>,
    /// How many at most; 100 at most.
    pub limit: u32,
}

/// Values in the words of the program.
#[derive(Clone, Copy, Debug)]
pub struct Words;

impl Tongue for Words {
    fn written(&self, languages: &str, what: Written<'_>) -> String {
        let words = Language::written(languages);
        match what {
            Written::Status(status) => words.word(&format!("status-{}", status.name())),
            Written::Priority(priority) => words.word(&format!("priority-{}", priority.name())),
            Written::Day(day) => words.date_long(day),
            Written::Decimal(number) => words.decimal(number),
            Written::Flag(on) => words.word(if on { "value-yes" } else { "value-no" }),
        }
    }
}

/// Hands everything that notices about some matter name to whoever makes them.
pub(super) async fn with_scene<T: Send>(
    store: &Store,
    matter: &Matter,
    make: impl FnOnce(&Scene<'_>) -> T + Send,
) -> Result<T, Error> {
    let common = store.common().await?;
    let tickets = || matter.tickets.values();
    let on_them = tickets().flat_map(|one| [Some(one.requester), one.assignee]).flatten();
    let people: BTreeSet<PersonId> = on_them.chain(matter.comments.values().map(|one| one.author)).collect();
    let organizations: BTreeSet<_> = tickets().filter_map(|one| one.organization).collect();
    let names = store.names(people, organizations).await?;
    Ok(make(&Scene {
        account: &common.account,
        settings: &common.settings,
        setup: &common.setup,
        groups: &common.groups,
        people: &names.people,
        organizations: &names.organizations,
        tongue: &Words,
    }))
}
