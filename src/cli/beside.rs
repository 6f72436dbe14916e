//! The person's accounts side by side: those of their profiles, and the one that was chosen without a profile.

use super::context::Context;
use super::door::{Keys, Opening};
use super::table::Table;
use crate::client::beside::{Accounts, Beside, waiting};
use crate::client::{Client, Embedded};
use crate::config::{Choice, Flags, choose};
use crate::domain::comment::Channel;
use crate::language::Language;
use crate::report::{Failure, Report};
use crate::wire::Time;
use crate::words;
use futures::future::BoxFuture;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// The accounts of somebody's profiles.
pub struct Profiles {
    keys: Keys,
    words: Language,
    each: Vec<One>,
}

struct One {
    name: String,
    /// What on the command line leads there.
    flags: Flags,
    choice: Choice,
    open: Mutex<Option<Opened>>,
}

#[derive(Clone)]
struct Opened {
    client: Arc<dyn Client>,
    /// To be closed at the end, where it is in a store of one's own.
    here: Option<Embedded>,
}

impl Profiles {
    /// Those of the configuration, by name; before them the one that was chosen otherwise.
    pub fn new(cx: &Context) -> Result<Self, Failure> {
        let chosen = cx.choice()?;
        let mut each = Vec::new();
        if !cx.config.profiles.keys().any(|name| chosen.profile.as_ref() == Some(name)) {
            let name = chosen.database.as_deref().map(crate::report::without_password).unwrap_or_default();
            each.push(One { name, flags: cx.flags.clone(), choice: chosen, open: Mutex::default() });
        }
        for name in cx.config.profiles.keys() {
            let flags = Flags { profile: Some(name.clone()), ..Flags::default() };
            let choice = choose(&cx.config, &cx.around.env, &flags, &cx.places)?;
            each.push(One { name: name.clone(), flags, choice, open: Mutex::default() });
        }
        Ok(Self { keys: cx.keys(), words: cx.words.clone(), each })
    }

    /// What on the command line leads to one of them.
    pub fn flags(&self, place: usize) -> Option<Flags> {
        self.each.get(place).map(|one| one.flags.clone())
    }

    /// Which of them was chosen.
    pub fn place_of(&self, flags: &Flags, choice: &Choice) -> Option<usize> {
        let same =
            |one: &One| one.flags == *flags || one.choice.profile.is_some() && one.choice.profile == choice.profile;
        self.each.iter().position(same)
    }

    async fn client(&self, one: &One) -> Result<Arc<dyn Client>, Failure> {
        let known = one.open.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known {
            return Ok(known.client);
        }
        let opening = self.keys.open(&one.choice, Channel::Web).await?;
        let here = if let Opening::Here(account) = &opening { Some(account.clone()) } else { None };
        let client: Arc<dyn Client> = Arc::from(opening.client());
        let opened = Opened { client: Arc::clone(&client), here };
        *one.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
        Ok(client)
    }

    /// Closes what was opened.
    pub async fn close(&self) {
        for one in &self.each {
            let opened = one.open.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(account) = opened.and_then(|opened| opened.here) {
                account.close().await;
            }
        }
    }

    async fn ask(&self, place: usize) -> Result<Beside, Failure> {
        let one = self.each.get(place).ok_or(Failure::Client(crate::client::Error::NotFound))?;
        Ok(waiting(&*self.client(one).await?).await?)
    }
}

impl Accounts for Profiles {
    fn names(&self) -> Vec<String> {
        self.each.iter().map(|one| one.name.clone()).collect()
    }

    fn signs_in(&self, place: usize) -> Option<String> {
        self.each.get(place).and_then(|one| super::kept::of_choice(&one.choice, &self.words))
    }

    fn waiting(&self, place: usize) -> BoxFuture<'_, Result<Beside, String>> {
        Box::pin(async move {
            let said = |failure| Report::of(&failure, &self.words).map(|report| report.sentence.into_string());
            self.ask(place).await.map_err(|failure| said(failure).unwrap_or_default())
        })
    }
}

/// What waits in all of them, as a table or as JSON.
pub(super) async fn run(cx: &mut Context) -> Result<(), Failure> {
    let profiles = Profiles::new(cx)?;
    let names = profiles.names();
    let found = futures::future::join_all((0..names.len()).map(|place| profiles.waiting(place))).await;
    profiles.close().await;
    if cx.out.is_json() {
        let one = |(name, found): (&String, &Result<Beside, String>)| match found {
            Ok(beside) => {
                let row = |one: &crate::client::beside::Waits| {
                    json!({ "id": one.id.0, "subject": one.subject, "status": one.status.name(),
                        "updated_at": Time(one.updated_at).text() })
                };
                json!({ "profile": name, "account": beside.account, "name": beside.me, "more": beside.more,
                    "tickets": beside.rows.iter().map(row).collect::<Vec<_>>() })
            }
            Err(why) => json!({ "profile": name, "error": why }),
        };
        return cx.out.list("accounts", names.iter().zip(&found).map(one).collect::<Vec<Value>>(), Map::new());
    }
    let mut table = Table::new(&cx.headings(&["cli-name", "cli-number", "field-subject", "field-status"]), 2);
    for (name, found) in names.iter().zip(&found) {
        match found {
            Ok(beside) => {
                for one in &beside.rows {
                    let status = words::status(&cx.words, one.status);
                    table.row(&[name.clone(), one.id.to_string(), one.subject.clone(), status]);
                }
            }
            Err(why) => {
                let text =
                    cx.say("cli-account-silent", crate::language::args![profile = name.as_str(), why = why.as_str()]);
                cx.out.note(&text);
            }
        }
    }
    let none = found.iter().flatten().all(|beside| beside.rows.is_empty());
    cx.rows(&table, none, false)
}
