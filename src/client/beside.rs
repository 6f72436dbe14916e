//! The accounts of one person side by side: what waits for them in each.

use super::{Client, Error, ListAsk, Source};
use crate::domain::id::TicketId;
use crate::domain::status::Status;
use crate::domain::time::Timestamp;
use crate::domain::view::Sort;
use futures::future::BoxFuture;

/// So many are named of each account; the last changed ones.
pub const NAMED: u32 = 50;
/// What waits for somebody of the team.
const ASSIGNED: &str = "assignee:me status<solved";
/// What waits for a requester.
const UNSOLVED: &str = "status<solved";

/// What waits for somebody in one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The account's name.
    pub account: String,
    /// Who they are there.
    pub me: String,
    /// Tickets that are theirs to solve, or their own requests that are not solved; the last changed first.
    pub rows: Vec<Waits>,
    /// Whether there are more than are named.
    pub more: bool,
}

/// A ticket or request in one of several accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Its number there.
    pub id: TicketId,
    /// What it is about.
    pub subject: String,
    /// How it stands, as they see it.
    pub status: Status,
    /// When it last changed, as they see it.
    pub updated_at: Timestamp,
}

/// The accounts that one can be in from here. Each is opened when it is first asked, and stays open.
pub trait Accounts: Send + Sync {
    /// By which names, in their order.
    fn names(&self) -> Vec<String>;

    /// By what one signs in to one of them, by its place, as a word; nothing where one does not.
    fn signs_in(&self, place: usize) -> Option<String>;

    /// What waits in one of them, by its place; why it cannot be told, as a sentence.
    fn waiting(&self, place: usize) -> BoxFuture<'_, Result<Beside, String>>;
}

/// What waits in an account for who asks.
///
/// # Errors
/// As the account answers.
pub async fn waiting(client: &dyn Client) -> Result<Beside, Error> {
    let session = client.session().await?;
    let ask = |source, narrow: Option<&str>| ListAsk {
        sort: Some(Sort::LATEST),
        narrow: narrow.map(str::to_owned),
        limit: NAMED,
        ..ListAsk::first(source)
    };
    let (rows, next) = if session.me.role.is_staff() {
        let page = client.tickets(ask(Source::Search(ASSIGNED.to_owned()), None)).await?;
        let row = |one: crate::domain::ticket::Ticket| Waits {
            id: one.id,
            status: one.status(),
            subject: one.subject,
            updated_at: one.updated_at,
        };
        (page.rows.into_iter().map(row).collect(), page.next)
    } else {
        let page = client.requests(ask(Source::Mine, Some(UNSOLVED))).await?;
        let row = |one: crate::domain::ticket::Request| Waits {
            id: one.id,
            status: one.status(),
            subject: one.subject,
            updated_at: one.updated_at,
        };
        (page.rows.into_iter().map(row).collect(), page.next)
    };
    Ok(Beside { account: session.account.name, me: session.me.name, rows, more: next.is_some() })
}
