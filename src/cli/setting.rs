mod difference;
mod export;
mod folder;
mod import;
mod known;
mod plan;

use super::account::Account;
use super::context::Context;
use super::history;
use super::pages::{self, Part};
use super::table::Table;
use crate::domain::act::{Deed, Setting as Domain};
use crate::language::{args, nearest};
use crate::report::{Failure, Status};
use crate::{wire, words};
use clap::Subcommand;
use serde_json::{Map, Value};
use std::path::PathBuf;

/// Settings of the account by their dotted names.
#[derive(Debug, Subcommand)]
pub enum Setting {
    /// List the settings
    List,
    /// Show a setting
    Show {
        /// Its dotted name
        name: String,
    },
    /// List what was done to people, groups, organizations and settings; for admins
    Log {
        #[command(flatten)]
        part: Part,
    },
    /// Write the whole set-up as files, to be kept in git: settings, groups, kinds, fields, rules and so on
    Export {
        /// The folder; what an earlier export wrote there is brought up to date
        dir: PathBuf,
    },
    /// Make the set-up what the files of a folder say; run again, nothing is left to do
    Import {
        /// The folder
        dir: PathBuf,
        /// Only show the difference, and what stands against it
        #[arg(long)]
        dry_run: bool,
        /// Also delete what has no file there
        #[arg(long)]
        delete: bool,
    },
    /// Change a setting
    Set {
        /// Its dotted name
        name: String,
        /// Its new value: a word, JSON, a span such as 4d or 36h, or none
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

impl Setting {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let mut account = cx.account().await?;
        let only = match &self {
            Self::Log { part } => return log(cx, &account, part).await,
            Self::Export { dir } => return export::run(cx, &account, dir).await,
            Self::Import { dir, dry_run, delete } => {
                return import::run(cx, account, dir, (*dry_run, *delete)).await;
            }
            Self::List => None,
            Self::Show { name } | Self::Set { name, .. } => Some(name.clone()),
        };
        let known = all(&account);
        if let Some(name) = only.as_ref().filter(|name| !known.contains_key(*name)) {
            return Err(unknown(name, &known));
        }
        if let Self::Set { name, value } = &self {
            let setting = parse(&account, name, value).ok_or_else(|| {
                let failure = Failure::said("cli-bad-setting", Status::Usage).with("name", name);
                failure
                    .with("value", value)
                    .with("takes", cx.word(&format!("cli-takes-{}", name.replace(['.', '_'], "-"))))
            })?;
            account.act(Deed::Set(setting?)).await?;
            account.session = account.client.session().await?;
        }
        let mut shown = all(&account);
        shown.retain(|name, _| only.as_ref().is_none_or(|only| only == name));
        if cx.out.is_json() {
            return cx.out.whole(Map::from_iter([("settings".to_owned(), Value::Object(shown))]));
        }
        if let Self::Set { name, .. } = &self {
            let value = shown.get(name).map(text).unwrap_or_default();
            let said = cx.say("cli-setting-set", args![name = name.as_str(), value = value.as_str()]);
            return cx.out.done(&said, "");
        }
        let mut table = Table::new(&cx.headings(&["cli-name", "cli-value"]), 1);
        for (name, value) in &shown {
            table.row(&[name.clone(), text(value)]);
        }
        cx.rows(&table, false, false)
    }
}

async fn log(cx: &mut Context, account: &Account, part: &Part) -> Result<(), Failure> {
    let (audits, next) = history::fetch(account, None, part).await?;
    if !cx.out.is_json() {
        return cx.history(account, &audits);
    }
    let known = words::Known::new(&account.session, &audits.names, cx.around.present.zone);
    let entry = |audit| wire::LogEntry::of(audit, |event| words::event(&cx.words, event, known));
    let rows: Vec<wire::LogEntry> = audits.rows.iter().map(entry).collect();
    cx.out.list("audit_logs", rows, pages::meta(next.as_ref())?)
}

fn all(account: &Account) -> Map<String, Value> {
    let session = &account.session;
    let mut all = wire::settings(&session.account, &session.settings, &session.groups);
    if !account.is_staff() {
        // They are not told to end users.
        let ours = [
            "agent_ticket_deletion",
            "anonymous_requests",
            "default_group",
            "link_expires",
            "mail_tickets",
            "notices_per_hour",
            "portal.on_hold",
            "private_tickets",
            "purge_days",
            "retention_days",
            "sign_up",
            "webhooks.allow_hosts",
        ];
        all.retain(|name, _| !ours.contains(&name.as_str()));
    }
    all
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn unknown(name: &str, known: &Map<String, Value>) -> Failure {
    match nearest(name, known.keys().map(String::as_str)) {
        Some(near) => Failure::said("cli-no-setting-but", Status::NotFound).with("name", name).with("nearest", near),
        None => Failure::said("cli-no-setting", Status::NotFound).with("name", name),
    }
}

/// The setting of a name with a value as typed; none when it takes no such value.
fn parse(account: &Account, name: &str, typed: &str) -> Option<Result<Domain, Failure>> {
    // A value may be JSON (`"as_open"`, `true`, a list) or the bare word.
    let word = serde_json::from_str::<String>(typed)
        .or_else(|_| serde_json::from_str::<Vec<String>>(typed).map(|list| list.join(", ")))
        .unwrap_or_else(|_| typed.to_owned());
    if name == "default_group" && !matches!(word.as_str(), "none" | "null" | "") {
        return Some(account.group(&word).map(|id| Domain::DefaultGroup(Some(id))));
    }
    Domain::read(name, &word, &account.session.groups).ok().map(Ok)
}
