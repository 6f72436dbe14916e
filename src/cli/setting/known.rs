use super::parse;
use super::plan::{Change, Entry, Gone};
use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::cli::setup::doc_text;
use crate::domain::account::{Group, folded_name};
use crate::domain::act::{Deed, NewOrganization};
use crate::domain::decide::Outcome;
use crate::domain::id::{GroupId, OrganizationId};
use crate::domain::rule::Owner;
use crate::domain::setup::{Datum, Directory, Document, Item, ItemKind, Refers};
use crate::report::{Failure, Report, Status};
use crate::words;
use std::collections::BTreeMap;

/// What the names in files mean while an import goes on: after each deed what is there by then. What was refused is not.
pub struct Known {
    directory: Directory,
    /// By whose they are and what they are called.
    items: BTreeMap<(ItemKind, Owner, String), i64>,
    /// By name; those that the files name.
    organizations: BTreeMap<String, OrganizationId>,
}

impl Known {
    /// With the names of all that is there before anything is done.
    pub const fn new(directory: Directory) -> Self {
        Self { directory, items: BTreeMap::new(), organizations: BTreeMap::new() }
    }

    /// With a thing.
    pub fn add(&mut self, item: &Item) {
        self.items.insert((item.kind(), item.owner(), folded_name(item.name())), item.key().id);
        self.directory.add_item(item);
    }

    /// With an organization.
    pub fn add_organization(&mut self, id: OrganizationId, name: &str) {
        self.organizations.insert(folded_name(name), id);
        self.directory.add(Refers::Organization, id.0, name);
    }

    /// What is to be done for an entry, or why it cannot even be said.
    pub fn deed(&self, cx: &Context, account: &Account, entry: &Entry) -> Result<Deed, String> {
        let wanted = match &entry.change {
            Change::Set { wanted, .. } => wanted,
            Change::Remove(Gone::Item(key)) => return Ok(Deed::DeleteItem(*key)),
            Change::Remove(Gone::Group(id)) => return Ok(Deed::DeleteGroup { group: *id }),
            Change::Wrong(why) => return Err(why.clone()),
        };
        match entry.kind {
            "group" => Ok(group(account, entry, wanted)),
            "organization" => Ok(self.organization(wanted)),
            "setting" => setting(cx, account, entry, wanted),
            kind => ItemKind::parse(kind).map_or_else(|| Err(String::new()), |kind| self.item(cx, kind, wanted)),
        }
    }

    /// What a deed has led to. Nothing refers to what is taken away: that comes last.
    pub fn learn(&mut self, groups: &mut Vec<Group>, deed: &Deed, outcome: &Outcome) {
        match deed {
            Deed::SetItem(item) => {
                if let Some(key) = outcome.item {
                    self.add(&(**item).clone().numbered(key.id));
                }
            }
            Deed::CreateGroup { name } => {
                if let Some(id) = outcome.group {
                    self.name_group(groups, id, name);
                }
            }
            Deed::RenameGroup { group, name } => self.name_group(groups, *group, name),
            Deed::CreateOrganization(new) => {
                if let Some(id) = outcome.organization {
                    self.add_organization(id, &new.name);
                }
            }
            _ => {}
        }
    }

    fn name_group(&mut self, groups: &mut Vec<Group>, id: GroupId, name: &str) {
        groups.retain(|group| group.id != id);
        groups.push(Group::new(id, name));
        groups.sort_by_key(|group| folded_name(&group.name));
        self.directory.add(Refers::Group, id.0, name);
    }

    fn organization(&self, wanted: &Document) -> Deed {
        let name = doc_text(wanted, "name").unwrap_or_default().to_owned();
        let flag = |key: &str| matches!(wanted.get(key), Some(Datum::Flag(true)));
        let domains = match wanted.get("domains") {
            Some(Datum::List(list)) => list.as_slice(),
            _ => &[],
        };
        let domain = |one: &Datum| if let Datum::Text(domain) = one { Some(domain.clone()) } else { None };
        let domains: Vec<String> = domains.iter().filter_map(domain).collect();
        let (shared_tickets, shared_comments) = (flag("shared_tickets"), flag("shared_comments"));
        let known = self.organizations.get(&folded_name(&name)).copied();
        NewOrganization { name, domains, shared_tickets, shared_comments }.deed(known)
    }

    /// What it refers to is there by now, or was refused itself.
    fn item(&self, cx: &Context, kind: ItemKind, wanted: &Document) -> Result<Deed, String> {
        let item = Item::read(kind, 0, wanted, &self.directory)
            .map_err(|fault| words::item_fault(&cx.words, kind.form(), &fault))?;
        let id = self.items.get(&(kind, item.owner(), folded_name(item.name()))).copied().unwrap_or_default();
        Ok(Deed::SetItem(Box::new(item.numbered(id))))
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
