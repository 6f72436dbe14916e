use super::folder::{Files, GROUPS, ORGANIZATIONS, SETTINGS};
use super::{all, text};
use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::cli::setup::Things;
use crate::domain::account::{Organization, folded_name};
use crate::domain::act::OrganizationRef;
use crate::domain::id::OrganizationId;
use crate::domain::person::Role;
use crate::domain::rule::Owner;
use crate::domain::setup::{Datum, Document, Item, ItemKind, Mentions, Refers};
use crate::language::args;
use crate::notation;
use crate::report::Failure;
use serde_json::Value;
use std::path::Path;

/// Writes the whole set-up: everything but people, what is theirs alone, and the account's own name and address.
pub async fn run(cx: &mut Context, account: &Account, folder: &Path) -> Result<(), Failure> {
    if account.session.me.role != Role::Admin {
        return Err(crate::client::Error::Denied.into());
    }
    let mut files = Files::default();
    files.add(SETTINGS, &notation::write(&settings(account), &[]));
    let group = |name: &str| Document::default().with("name", name);
    let groups: Vec<Document> = account.session.groups.iter().map(|one| group(&one.name)).collect();
    files.add(GROUPS, &notation::write_list("group", &groups));
    let mut mentions = Mentions::default();
    for kind in ItemKind::ALL {
        let things = Things::load(account, kind).await?;
        let mut shared: Vec<(&Item, Document)> = things
            .items
            .iter()
            .filter(|item| is_shared(item))
            .map(|one| (one, one.document(&things.directory)))
            .collect();
        shared.sort_by_key(|(item, document)| (folded_name(item.name()), owner(document)));
        for (item, document) in &shared {
            mentions =
                mentions.and(Mentions::of_item(item)).and(Mentions::of_document(kind, document, &things.directory));
            files.add_item(kind, item.name(), &notation::write(document, kind.form()));
        }
    }
    let organizations = mentioned(account, &mentions).await?;
    if !organizations.is_empty() {
        let rows: Vec<Document> = organizations.iter().map(organization).collect();
        files.add(ORGANIZATIONS, &notation::write_list("organization", &rows));
    }
    files.write(folder)?;
    let count = i64::try_from(files.len()).unwrap_or(i64::MAX);
    let said = cx.say("setup-exported", args![count = count, path = folder.display().to_string()]);
    cx.out.done(&said, "")
}

/// What is somebody's alone goes with them.
pub fn is_shared(item: &Item) -> bool {
    !matches!(item.owner(), Owner::Person(_))
}

fn owner(document: &Document) -> String {
    match document.get("owner") {
        Some(Datum::Text(owner)) => owner.clone(),
        _ => String::new(),
    }
}

/// The settings as they stand in files. What the account is called and where it is found are no set-up.
pub fn settings(account: &Account) -> Document {
    let known = all(account).into_iter().filter(|(name, _)| !name.starts_with("account."));
    known.fold(Document::default(), |document, (name, value)| match value {
        Value::Bool(flag) => document.with(&name, flag),
        Value::Number(number) if number.is_i64() => document.with(&name, number.as_i64().unwrap_or_default()),
        Value::Array(list) => document.with(&name, list.iter().map(text).collect::<Vec<_>>()),
        other => document.with(&name, text(&other)),
    })
}

/// An organization as it stands in files.
pub fn organization(one: &Organization) -> Document {
    Document::default()
        .with("name", one.name.as_str())
        .with("domains", one.domains.clone())
        .with("shared_tickets", one.shared_tickets)
        .with("shared_comments", one.shared_comments)
}

async fn mentioned(account: &Account, mentions: &Mentions) -> Result<Vec<Organization>, Failure> {
    let by_number = mentions.ids.iter().filter(|(what, _)| *what == Refers::Organization);
    let by_number = by_number.map(|(_, id)| OrganizationRef::Id(OrganizationId(*id)));
    let by_name = mentions.names.iter().filter(|(what, _)| *what == Refers::Organization);
    let by_name = by_name.map(|(_, name)| OrganizationRef::Name(name.clone()));
    let mut found: Vec<Organization> = Vec::new();
    for which in by_number.chain(by_name) {
        // One that is gone is named by nothing that works.
        if let Ok(one) = account.client.organization(which).await
            && !found.contains(&one)
        {
            found.push(one);
        }
    }
    found.sort_by_key(|one| folded_name(&one.name));
    Ok(found)
}
