//! Things of the set-up: kinds, fields, statuses, views, macros, triggers, automations, texts and webhooks, all in the same
//! manner.

mod set;
mod text;
mod things;
mod trial;

use super::account::Account;
use super::context::Context;
use super::pages;
use super::table::Table;
use crate::domain::act::Deed;
use crate::domain::setup::{Datum, Document, Item, ItemKind};
use crate::language::args;
use crate::notation;
use crate::report::{Failure, Status};
use crate::wire::document as wire;
use crate::words;
use clap::Subcommand;
pub(super) use set::{MOST_BYTES, slug};
pub(super) use text::read as read_document;
pub(super) use things::Things;
pub(super) use trial::Try;

/// What can be done with things of one kind.
#[derive(Debug, Subcommand)]
pub enum Setup {
    /// List all in their order, those that are switched off too
    List,
    /// Show one as TOML, the way back into set
    Show {
        /// Its name, or # and its number
        name: String,
        /// As TOML, the way back into set: so it is shown unless JSON is wanted
        #[arg(long)]
        toml: bool,
    },
    #[command(flatten)]
    Change(Change),
}

/// What can be done with macros, triggers and automations.
#[derive(Debug, Subcommand)]
pub enum Rule {
    /// Say what it would do on the last thousand tickets, as it is or as a file says; nothing is done
    Try(trial::Try),
    #[command(flatten)]
    Setup(Setup),
}

/// What changes them.
#[derive(Debug, Subcommand)]
pub enum Change {
    /// Make one, or change what is said
    Set(set::Set),
    /// Delete one; while something uses it, that is told instead
    Delete {
        /// Its name, or # and its number
        name: String,
    },
    /// Put them into another order; those that are not named follow
    Order {
        /// Their names, or # and their numbers
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Switch one on
    On {
        /// Its name, or # and its number
        name: String,
    },
    /// Switch one off
    Off {
        /// Its name, or # and its number
        name: String,
    },
}

impl Rule {
    pub(super) async fn run(self, kind: ItemKind, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Try(one) => tried(one, kind, cx).await,
            Self::Setup(setup) => setup.run(kind, cx).await,
        }
    }
}

/// What something would do on the last tickets.
pub(super) async fn tried(one: Try, kind: ItemKind, cx: &mut Context) -> Result<(), Failure> {
    let account = cx.account().await?;
    let things = Things::load(&account, kind).await?;
    one.run(cx, &account, &things).await
}

impl Setup {
    pub(super) async fn run(self, kind: ItemKind, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::List => {
                let account = cx.account().await?;
                list(cx, &Things::load(&account, kind).await?)
            }
            Self::Show { name, toml: _ } => {
                let account = cx.account().await?;
                let things = Things::load(&account, kind).await?;
                show(cx, &things, things.find(cx, &name)?)
            }
            Self::Change(change) => change.run(kind, cx).await,
        }
    }
}

impl Change {
    pub(super) async fn run(self, kind: ItemKind, cx: &mut Context) -> Result<(), Failure> {
        let account = cx.account().await?;
        let things = Things::load(&account, kind).await?;
        match self {
            Self::Set(set) => set.run(cx, &account, &things).await,
            Self::Delete { name } => delete(cx, &account, things.find(cx, &name)?).await,
            Self::Order { names } => order(cx, &account, &things, &names).await,
            Self::On { name } => switch(cx, &account, &things, &name, true).await,
            Self::Off { name } => switch(cx, &account, &things, &name, false).await,
        }
    }
}

pub(super) fn list(cx: &mut Context, things: &Things) -> Result<(), Failure> {
    if cx.out.is_json() {
        let rows: Vec<_> = things.items.iter().map(|item| wire::item(item, &things.directory)).collect();
        return cx.out.list(wire::plural(things.kind), rows, pages::meta(None)?);
    }
    // Those whose name in scripts is another than what people call them have both.
    let titled = things.items.iter().any(|item| words::item_title(&cx.words, item) != item.name());
    let keys: &[&str] = if titled {
        &["cli-name", "cli-title", "setup-active", "setup-in-short"]
    } else {
        &["cli-name", "setup-active", "setup-in-short"]
    };
    let mut table = Table::new(&cx.headings(keys), keys.len() - 1);
    for item in &things.items {
        let active = if item.is_active() { cx.word("setup-yes") } else { cx.word("setup-no") };
        let title = titled.then(|| words::item_title(&cx.words, item));
        let short = words::item_in_short(&cx.words, item, &things.directory);
        let cells = [Some(item.name().to_owned()), title, Some(active), Some(short)];
        table.row(&cells.into_iter().flatten().collect::<Vec<_>>());
    }
    cx.rows(&table, things.items.is_empty(), false)
}

pub(super) fn show(cx: &mut Context, things: &Things, item: &Item) -> Result<(), Failure> {
    if cx.out.is_json() {
        return cx.out.object(wire::singular(things.kind), wire::item(item, &things.directory));
    }
    cx.out.raw(&notation::write(&item.document(&things.directory), things.kind.form()))
}

async fn delete(cx: &mut Context, account: &Account, item: &Item) -> Result<(), Failure> {
    account.act(Deed::DeleteItem(item.key())).await?;
    said(cx, item, "setup-deleted")
}

async fn order(cx: &mut Context, account: &Account, things: &Things, names: &[String]) -> Result<(), Failure> {
    if !things.kind.form().iter().any(|key| key.name == "position") {
        return Err(Failure::said("setup-no-order", Status::Usage));
    }
    let mut order = Vec::new();
    for name in names {
        order.push(things.find(cx, name)?.key().id);
    }
    account.act(Deed::OrderItems { kind: things.kind, order }).await?;
    let things = Things::load(account, things.kind).await?;
    if cx.out.is_json() {
        return list(cx, &things);
    }
    let names: Vec<&str> = things.items.iter().map(Item::name).collect();
    let text = cx.say("setup-ordered", args![names = cx.words.list(&names)]);
    cx.out.done(&text, &names.join("\n"))
}

async fn switch(cx: &mut Context, account: &Account, things: &Things, name: &str, on: bool) -> Result<(), Failure> {
    let item = things.find(cx, name)?;
    let changed = item.clone().switched(on).ok_or_else(|| Failure::said("setup-no-switch", Status::Usage))?;
    account.act(Deed::SetItem(Box::new(changed.clone()))).await?;
    if cx.out.is_json() {
        return show(cx, things, &changed);
    }
    said(cx, item, if on { "setup-on" } else { "setup-off" })
}

fn said(cx: &mut Context, item: &Item, key: &str) -> Result<(), Failure> {
    let what = words::the_item(&cx.words, item.kind());
    let text = cx.say(key, args![what = what, name = item.name()]);
    cx.out.done(&text, "")
}

/// What a document says under a name, when that is a text.
pub(super) fn doc_text<'d>(document: &'d Document, key: &str) -> Option<&'d str> {
    match document.get(key) {
        Some(Datum::Text(text)) => Some(text),
        _ => None,
    }
}
