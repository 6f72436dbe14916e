use super::parse;
use super::plan::{Change, Entry, Gone, Plan};
use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::cli::setup::{Things, doc_text};
use crate::client::Error;
use crate::domain::account::folded_name;
use crate::domain::act::{Deed, NewOrganization, OrganizationChange, OrganizationRef};
use crate::domain::person::Role;
use crate::domain::setup::{Datum, Document, Item, ItemKind, Mentions};
use crate::language::args;
use crate::notation;
use crate::report::{Failure, Report, Status};
use crate::safe::Safe;
use crate::words;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Makes the account's set-up what the files of a folder say, or only says what would change.
pub async fn run(
    cx: &mut Context,
    mut account: Account,
    folder: &Path,
    (dry_run, delete): (bool, bool),
) -> Result<(), Failure> {
    if account.session.me.role != Role::Admin {
        return Err(Error::Denied.into());
    }
    let plan = Plan::of(cx, &account, folder, delete).await?;
    let mut wrong = 0;
    let mut told = Vec::new();
    for entry in &plan.entries {
        let why = match &entry.change {
            Change::Wrong(why) => Some(why.clone()),
            _ if dry_run => stands_against(cx, &account, entry).await?,
            _ => apply(cx, &mut account, entry).await?,
        };
        wrong += i64::from(why.is_some());
        if cx.out.is_json() {
            told.push(object(entry, why.as_deref()));
        } else {
            tell(cx, entry, why.as_deref(), dry_run)?;
        }
    }
    let (changes, same) = (plan.entries.len(), i64::try_from(plan.same).unwrap_or(i64::MAX));
    if cx.out.is_json() {
        let meta = json!({ "dry_run": dry_run, "same": same });
        cx.out.whole(Map::from_iter([("changes".to_owned(), Value::Array(told)), ("meta".to_owned(), meta)]))?;
    } else {
        let count = i64::try_from(changes).unwrap_or(i64::MAX) - wrong;
        let key = if dry_run { "setup-would-import" } else { "setup-imported" };
        let text = cx.say(key, args![count = count, same = same]);
        cx.out.note(&text);
    }
    match wrong {
        0 => Ok(()),
        wrong => Err(Failure::said("setup-import-left", Status::Failed).with("count", wrong.to_string())),
    }
}

/// Does one thing; says why not when a rule stands against it. Anything else ends the import: it can be run again.
async fn apply(cx: &Context, account: &mut Account, entry: &Entry) -> Result<Option<String>, Failure> {
    let deed = match deed(cx, account, entry).await? {
        Ok(deed) => deed,
        Err(why) => return Ok(Some(why)),
    };
    let done = account.client.act(crate::client::Key(crate::cli::account::new_key()?), deed).await;
    match done {
        Ok(_) if matches!(entry.kind, "group" | "setting") => {
            account.session = account.client.session().await?;
            Ok(None)
        }
        Ok(_) => Ok(None),
        Err(error @ (Error::Refused(_) | Error::NotFound | Error::Denied)) => {
            let report = Report::of(&error.into(), &cx.words);
            Ok(report.map(|report| report.sentence.as_str().to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// What is wrong with a thing by itself. Of what depends on others, some may only come with the same import.
async fn stands_against(cx: &Context, account: &Account, entry: &Entry) -> Result<Option<String>, Failure> {
    let is_item = matches!(entry.change, Change::Set { .. }) && ItemKind::parse(entry.kind).is_some();
    let Some(Ok(deed)) = (if is_item { Some(deed(cx, account, entry).await?) } else { None }) else { return Ok(None) };
    match account.client.check(deed).await {
        Err(error @ Error::Refused(_)) if matches!(&error, Error::Refused(refusal) if refusal.is_of_itself()) => {
            let report = Report::of(&error.into(), &cx.words);
            Ok(report.map(|report| report.sentence.as_str().to_owned()))
        }
        _ => Ok(None),
    }
}

async fn deed(cx: &Context, account: &Account, entry: &Entry) -> Result<Result<Deed, String>, Failure> {
    let wanted = match &entry.change {
        Change::Set { wanted, .. } => wanted,
        Change::Remove(Gone::Item(key)) => return Ok(Ok(Deed::DeleteItem(*key))),
        Change::Remove(Gone::Group(id)) => return Ok(Ok(Deed::DeleteGroup { group: *id })),
        Change::Wrong(why) => return Ok(Err(why.clone())),
    };
    match entry.kind {
        "group" => Ok(Ok(group(account, entry, wanted))),
        "organization" => organization(account, wanted).await,
        "setting" => Ok(setting(cx, account, entry, wanted)),
        kind => match ItemKind::parse(kind) {
            Some(kind) => item(cx, account, kind, wanted).await,
            None => Ok(Err(String::new())),
        },
    }
}

fn group(account: &Account, entry: &Entry, wanted: &Document) -> Deed {
    let name = doc_text(wanted, "name").unwrap_or_default().to_owned();
    let known = account.session.groups.iter().find(|one| folded_name(&one.name) == folded_name(&entry.name));
    match known {
        Some(group) => Deed::RenameGroup { group: group.id, name },
        None => Deed::CreateGroup { name },
    }
}

async fn organization(account: &Account, wanted: &Document) -> Result<Result<Deed, String>, Failure> {
    let name = doc_text(wanted, "name").unwrap_or_default().to_owned();
    let flag = |key: &str| matches!(wanted.get(key), Some(Datum::Flag(true)));
    let domains = match wanted.get("domains") {
        Some(Datum::List(list)) => list.as_slice(),
        _ => &[],
    };
    let domain = |one: &Datum| if let Datum::Text(domain) = one { Some(domain.clone()) } else { None };
    let domains: Vec<String> = domains.iter().filter_map(domain).collect();
    let (shared_tickets, shared_comments) = (flag("shared_tickets"), flag("shared_comments"));
    let deed = match account.client.organization(OrganizationRef::Name(name.clone())).await {
        Ok(known) => {
            let change = OrganizationChange {
                name: Some(name),
                domains: Some(domains),
                shared_tickets: Some(shared_tickets),
                shared_comments: Some(shared_comments),
                ..OrganizationChange::default()
            };
            Deed::UpdateOrganization { organization: known.id, change }
        }
        Err(Error::Refused(_) | Error::NotFound) => {
            Deed::CreateOrganization(NewOrganization { name, domains, shared_tickets, shared_comments })
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Ok(deed))
}

fn setting(cx: &Context, account: &Account, entry: &Entry, wanted: &Document) -> Result<Deed, String> {
    let name = entry.name.as_str();
    let typed = match wanted.get(name) {
        Some(Datum::Text(text)) => text.clone(),
        Some(other) => {
            let object = crate::wire::document::object(&Document::default().with("value", other.clone()));
            object.get("value").map(ToString::to_string).unwrap_or_default()
        }
        None => String::new(),
    };
    let said = |failure: &Failure| {
        Report::of(failure, &cx.words).map(|report| report.sentence.as_str().to_owned()).unwrap_or_default()
    };
    if matches!(entry.change, Change::Set { before: None, .. }) {
        return Err(said(&Failure::said("cli-no-setting", Status::NotFound).with("name", name)));
    }
    match parse(account, name, &typed) {
        Some(Ok(setting)) => Ok(Deed::Set(setting)),
        Some(Err(failure)) => Err(said(&failure)),
        None => {
            let takes = cx.word(&format!("cli-takes-{}", name.replace(['.', '_'], "-")));
            let failure = Failure::said("cli-bad-setting", Status::Failed).with("name", name);
            Err(said(&failure.with("value", typed).with("takes", takes)))
        }
    }
}

/// What it refers to is there by now, or was refused itself.
async fn item(
    cx: &Context,
    account: &Account,
    kind: ItemKind,
    wanted: &Document,
) -> Result<Result<Deed, String>, Failure> {
    let things = Things::load(account, kind).await?;
    let directory = account.client.directory(Mentions::of_document(kind, wanted, &things.directory)).await?;
    Ok(match Item::read(kind, 0, wanted, &directory) {
        Err(fault) => Err(words::item_fault(&cx.words, kind.form(), &fault)),
        Ok(item) => {
            let same = |one: &&Item| one.owner() == item.owner() && folded_name(one.name()) == folded_name(item.name());
            let id = things.items.iter().find(same).map_or(0, |one| one.key().id);
            Ok(Deed::SetItem(Box::new(item.numbered(id))))
        }
    })
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
        return cx.out.line(&Safe::line(&format!("! {kind} {name}: {why}")));
    }
    let (sign, keys) = match change {
        Change::Set { before: None, .. } => ('+', String::new()),
        Change::Set { keys, .. } => ('~', format!(": {}", keys.iter().cloned().collect::<Vec<_>>().join(", "))),
        Change::Remove(_) => ('-', String::new()),
        Change::Wrong(_) => ('!', String::new()),
    };
    cx.out.line(&Safe::line(&format!("{sign} {kind} {name}{keys}")))?;
    let Change::Set { wanted, before: Some(before), keys } = change else { return Ok(()) };
    if !dry_run {
        return Ok(());
    }
    for (sign, document) in [('-', before), ('+', wanted)] {
        let part = document.0.iter().filter(|(key, _)| keys.contains(*key));
        let part = Document(part.map(|(key, datum)| (key.clone(), datum.clone())).collect());
        for line in notation::write(&part, &[]).lines() {
            cx.out.line(&Safe::line(&format!("    {sign} {line}")))?;
        }
    }
    Ok(())
}
