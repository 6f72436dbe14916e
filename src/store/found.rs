//! The beginning of an account: its set-up, its first group and its owner.

use super::act::Clock;
use super::dialect::{Batch, Conn, Dialect};
use super::fault::{Error, Fault, FaultKind};
use super::numbers::{self, Numbers};
use super::write::{Heads, Writing};
use super::{Store, account, open, setup};
use crate::domain::account::{Account, Group, Settings};
use crate::domain::act::Who;
use crate::domain::comment::Channel;
use crate::domain::decide::{Decision, Entry, Needs};
use crate::domain::event::{Chain, Event};
use crate::domain::history::START;
use crate::domain::id::{GroupId, PersonId};
use crate::domain::person::{EmailAddress, Person, Role};
use crate::domain::refusal::{Field, Refusal};
use crate::domain::text::hex;
use crate::domain::time::Timestamp;
use serde::Deserialize;
use std::sync::Arc;

/// An account to be founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// Its name and address.
    pub account: Account,
    /// Its first admin's name.
    pub owner: String,
    /// Its first admin's address.
    pub email: EmailAddress,
    /// The account's language, such as `en`.
    pub language: String,
}

#[derive(Deserialize)]
struct Groups {
    group: Vec<StockGroup>,
}

#[derive(Deserialize)]
struct StockGroup {
    name: String,
}

impl Store {
    /// Makes a store at `sqlite:PATH` or in an empty PostgreSQL database, with an account in it.
    ///
    /// # Errors
    /// [`FaultKind::Taken`] when there is an account in it already.
    pub async fn found(url: &str, founding: Founding, clock: &Clock) -> Result<Self, Error> {
        for (text, field) in [(&founding.account.name, Field::Name), (&founding.owner, Field::Name)] {
            if text.trim().is_empty() {
                return Err(Refusal::Empty(field).into());
            }
        }
        let store = open::create(url).await?;
        let now = clock();
        let founding = Arc::new(founding);
        let done = store.inner.writer.write(Arc::new(move |conn| {
            let founding = Arc::clone(&founding);
            Box::pin(async move { Ok(write(conn, &founding, now).await?) })
        }));
        match done.await {
            Ok(()) => Ok(store),
            Err(error) => {
                store.close().await;
                Err(error)
            }
        }
    }
}

async fn write(conn: &mut Conn<'_>, founding: &Founding, now: Timestamp) -> Result<(), Fault> {
    let needs = Needs { people: 1, groups: 1, ..Needs::default() };
    let mut ask = Batch::default();
    numbers::push(&mut ask, conn.dialect(), needs);
    let rows = ask.rows(conn).await?;
    let none = || Fault::new(FaultKind::Other, "no numbers");
    let mut numbers = Numbers::read(conn.dialect(), rows.first().ok_or_else(none)?)?;
    let mut fresh = numbers.fresh(needs);
    let first = (fresh.people.pop_front().ok_or_else(none)?, fresh.groups.pop_front().ok_or_else(none)?);
    let decision = decision(founding, first, now)?;
    account_rows(founding, conn.dialect(), now)?.run(conn).await?;
    let mut heads = Heads { account: (START, 0), ..Heads::default() };
    let mut writing = Writing::new(conn.dialect());
    writing.provide(numbers.audits_in(conn, decision.entries.len()).await?);
    writing.take(&decision, &mut heads)?;
    writing.finish().run(conn).await
}

/// New things of the set-up have numbers after those of the stock.
pub(super) const ITEMS_GO_ON: &str = "SELECT setval('items_numbers', max(id) + 1, false) FROM items";

/// The account and its set-up, which nothing refers to before they are there.
fn account_rows(founding: &Founding, dialect: Dialect, now: Timestamp) -> Result<Batch, Fault> {
    let mut identity = [0; 16];
    super::fill(&mut identity)?;
    let mut batch = Batch::default();
    let settings = Settings { language: founding.language.clone(), ..Settings::default() };
    batch.push(
        "INSERT INTO account (id, identity, name, url, settings, revision, link, version, created_at, stock) \
         VALUES (1, $1, $2, $3, $4, 1, $5, 0, $6, $7)",
        vec![
            hex(&identity).into(),
            founding.account.name.as_str().into(),
            founding.account.url.clone().into(),
            account::write_settings(&settings).into(),
            START.as_slice().into(),
            now.0.into(),
            super::along::STOCK.into(),
        ],
    );
    for item in setup::stock()? {
        setup::push_set(&mut batch, &item, now);
    }
    if dialect == Dialect::Pg {
        batch.push(ITEMS_GO_ON, Vec::new());
    }
    Ok(batch)
}

fn stock<T: for<'t> Deserialize<'t>>(text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| Fault::new(FaultKind::Other, error.to_string()))
}

/// The beginning as any other act: what the audits say.
fn decision(founding: &Founding, (person, group): (PersonId, GroupId), now: Timestamp) -> Result<Decision, Fault> {
    let groups: Groups = stock(include_str!("../../assets/stock/groups.toml"))?;
    let name = groups.group.into_iter().next().map(|group| group.name);
    let name = name.ok_or_else(|| Fault::new(FaultKind::Other, "no group in the stock"))?;
    let owner = Person {
        email: Some(founding.email.clone()),
        groups: vec![group],
        ..Person::new(person, founding.owner.trim(), Role::Admin, now)
    };
    let settings = Settings { language: founding.language.clone(), default_group: Some(group), ..Settings::default() };
    let events = vec![Event::Founded, Event::GroupCreated(group), Event::PersonCreated { person, role: Role::Admin }];
    let entry = Entry { chain: Chain::Account, who: Who::System, via: Channel::Api, at: now, events };
    Ok(Decision {
        entries: vec![entry],
        people: vec![owner],
        groups: vec![Group::new(group, name)],
        settings: Some(settings),
        ..Decision::default()
    })
}
