use super::difference;
use super::known::Known;
use super::plan::{Change, Entry, Plan};
use crate::cli::account::{Account, new_key};
use crate::cli::context::Context;
use crate::client::rehearsal::Rehearsal;
use crate::client::{Error, Key};
use crate::domain::act::Deed;
use crate::domain::decide::Outcome;
use crate::domain::person::Role;
use crate::domain::setup::ItemKind;
use crate::language::args;
use crate::report::{Failure, Report, Status};
use crate::safe::Safe;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Makes the account's set-up what the files of a folder say, or only says what would change and what would stand against
/// it: the same deeds in the same order, rehearsed.
pub async fn run(
    cx: &mut Context,
    mut account: Account,
    folder: &Path,
    (dry_run, delete): (bool, bool),
) -> Result<(), Failure> {
    if account.session.me.role != Role::Admin {
        return Err(Error::Denied.into());
    }
    let Plan { entries, same, mut known } = Plan::of(cx, &account, folder, delete).await?;
    let mut stage = if dry_run { Stage::Rehearsal(account.client.rehearse().await?) } else { Stage::Account };
    let mut counts = Counts::default();
    let mut told = Vec::new();
    for entry in &entries {
        let why = stage.apply(cx, &mut account, &mut known, entry).await?;
        counts.count(&entry.change, why.is_some());
        if cx.out.is_json() {
            told.push(object(entry, why.as_deref()));
        } else {
            tell(cx, entry, why.as_deref(), dry_run)?;
        }
    }
    let same = i64::try_from(same).unwrap_or(i64::MAX);
    if cx.out.is_json() {
        let meta = json!({ "dry_run": dry_run, "same": same });
        cx.out.whole(Map::from_iter([("changes".to_owned(), Value::Array(told)), ("meta".to_owned(), meta)]))?;
    } else {
        counts.tell(cx, dry_run, same);
    }
    let left = if dry_run { "setup-import-would-leave" } else { "setup-import-left" };
    match counts.wrong {
        0 => Ok(()),
        wrong => Err(Failure::said(left, Status::Failed).with("count", wrong.to_string())),
    }
}

/// Where an import does what it does.
enum Stage {
    /// Really.
    Account,
    /// Nowhere: it is told what would become of it.
    Rehearsal(Box<dyn Rehearsal>),
}

impl Stage {
    /// Does one thing; says why not when a rule stands against it. Anything else ends the import: it can be run again.
    async fn apply(
        &mut self,
        cx: &Context,
        account: &mut Account,
        known: &mut Known,
        entry: &Entry,
    ) -> Result<Option<String>, Failure> {
        let deed = match known.deed(cx, account, entry) {
            Ok(deed) => deed,
            Err(why) => return Ok(Some(why)),
        };
        match self.act(account, deed.clone()).await {
            Ok(outcome) => {
                known.learn(&mut account.session.groups, &deed, &outcome);
                Ok(None)
            }
            Err(failure @ Failure::Client(Error::Refused(_) | Error::NotFound | Error::Denied)) => {
                let report = Report::of(&failure, &cx.words);
                Ok(report.map(|report| report.sentence.as_str().to_owned()))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn act(&mut self, account: &Account, deed: Deed) -> Result<Outcome, Failure> {
        match self {
            Self::Account => Ok(account.client.act(Key(new_key()?), deed).await?.outcome),
            Self::Rehearsal(rehearsal) => Ok(rehearsal.act(deed).await?),
        }
    }
}

fn object(entry: &Entry, why: Option<&str>) -> Value {
    let none = BTreeSet::new();
    let (change, keys) = match &entry.change {
        _ if why.is_some() => ("refused", &none),
        Change::Set { before: None, .. } => ("added", &none),
        Change::Set { keys, .. } => ("changed", keys),
        Change::Remove(_) => ("removed", &none),
        Change::Wrong(_) => ("refused", &none),
    };
    json!({ "kind": entry.kind, "name": entry.name, "change": change, "keys": keys, "why": why })
}

/// `+ trigger Cameras`, with what differs below it when nothing is done.
fn tell(cx: &mut Context, entry: &Entry, why: Option<&str>, dry_run: bool) -> Result<(), Failure> {
    let Entry { kind, name, change } = entry;
    if let Some(why) = why {
        return cx.out.signed('!', &Safe::line(&format!("! {kind} {name}: {why}")));
    }
    let (sign, keys) = match change {
        Change::Set { before: None, .. } => ('+', String::new()),
        Change::Set { keys, .. } => ('~', format!(": {}", keys.iter().cloned().collect::<Vec<_>>().join(", "))),
        Change::Remove(_) => ('-', String::new()),
        Change::Wrong(_) => ('!', String::new()),
    };
    cx.out.signed(sign, &Safe::line(&format!("{sign} {kind} {name}{keys}")))?;
    let Change::Set { wanted, before: Some(before), .. } = change else { return Ok(()) };
    if dry_run {
        let form = ItemKind::parse(kind).map_or(&[][..], ItemKind::form);
        for (sign, line) in difference::lines(before, wanted, form) {
            let shown = if line.is_empty() { format!("    {sign}") } else { format!("    {sign} {line}") };
            cx.out.signed(sign, &Safe::line(&shown))?;
        }
    }
    Ok(())
}

/// How many are added, changed and taken away.
#[derive(Default)]
struct Counts {
    added: i64,
    changed: i64,
    removed: i64,
    /// How many could not be.
    wrong: i64,
}

impl Counts {
    const fn count(&mut self, change: &Change, refused: bool) {
        let count = match change {
            _ if refused => &mut self.wrong,
            Change::Set { before: None, .. } => &mut self.added,
            Change::Set { .. } => &mut self.changed,
            Change::Remove(_) => &mut self.removed,
            Change::Wrong(_) => &mut self.wrong,
        };
        *count += 1;
    }

    fn tell(&self, cx: &mut Context, dry_run: bool, same: i64) {
        let key = match (self.added + self.changed + self.removed, dry_run) {
            (0, true) => "setup-would-import-nothing",
            (0, false) => "setup-imported-nothing",
            (_, true) => "setup-would-import",
            (_, false) => "setup-imported",
        };
        let (added, changed, removed) = (self.added, self.changed, self.removed);
        let text = cx.say(key, args![added = added, changed = changed, removed = removed, same = same]);
        cx.out.note(&text);
    }
}
