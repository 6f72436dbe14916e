//! What an import would do: the difference between the files of a folder and the account.

use super::export::{is_shared, organization, settings};
use super::folder::{self, GROUPS, ORGANIZATIONS, SETTINGS};
use super::known::Known;
use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::cli::setup::{Things, doc_text, read_document};
use crate::domain::account::folded_name;
use crate::domain::act::OrganizationRef;
use crate::domain::field::FieldType;
use crate::domain::id::GroupId;
use crate::domain::setup::{Datum, Directory, Document, Item, ItemKey, ItemKind, Lookup, Mentions, Refers};
use crate::language::args;
use crate::report::Failure;
use crate::words;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Something that is different, or cannot be understood.
pub struct Entry {
    /// `group`, `organization`, `setting`, or the name of a kind of thing.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// What an import does.
    pub change: Change,
}

/// What an import does with something.
pub enum Change {
    /// Makes or changes it: what the files say, what is there now, and under which names the two differ.
    Set {
        /// What the files say.
        wanted: Document,
        /// What is there; none for what is new.
        before: Option<Document>,
        /// What differs.
        keys: BTreeSet<String>,
    },
    /// Takes it away.
    Remove(Gone),
    /// Nothing: the files cannot be understood.
    Wrong(String),
}

/// What is in the account and not in the files.
pub enum Gone {
    /// A thing of the set-up.
    Item(ItemKey),
    /// A group.
    Group(GroupId),
}

/// The difference between files and account.
pub struct Plan {
    /// In the order in which it is applied: each refers only to what stands before it.
    pub entries: Vec<Entry>,
    /// How much is the same.
    pub same: usize,
    /// What the names mean before anything is done.
    pub known: Known,
}

impl Plan {
    /// Compares; nothing is changed.
    pub async fn of(cx: &Context, account: &Account, path: &Path, delete: bool) -> Result<Self, Failure> {
        let mut files = Folder::read(cx, path)?;
        let mut fresh = -1;
        let mut names = files.mentions(account.client.directory(Mentions::default()).await?);
        let mut everything = BTreeMap::new();
        for kind in ItemKind::ALL {
            let things = Things::load(account, kind).await?;
            names = things.items.iter().map(Mentions::of_item).fold(names, Mentions::and);
            everything.insert(kind, things);
        }
        let mut directory = account.client.directory(names).await?;
        let known = Known::new(directory.clone());
        let mut plan = Self { entries: std::mem::take(&mut files.wrong), same: 0, known };
        everything.values().flat_map(|things| &things.items).for_each(|item| plan.known.add(item));
        plan.groups(account, &files, (&mut directory, &mut fresh), delete);
        plan.organizations(account, &files, (&mut directory, &mut fresh)).await?;
        plan.settings(account, &files);
        for kind in ItemKind::ALL {
            let docs = files.items.remove(&kind).unwrap_or_default();
            if let Some(things) = everything.get(&kind) {
                plan.items(cx, things, &docs, (&mut directory, &mut fresh));
            }
        }
        if delete {
            plan.removals(&files, &everything);
        }
        Ok(plan)
    }

    fn compare(&mut self, kind: &'static str, name: &str, wanted: Document, before: Option<Document>) {
        let keys = before.as_ref().map(|before| before.differing(&wanted)).unwrap_or_default();
        if before.is_some() && keys.is_empty() {
            self.same += 1;
            return;
        }
        self.entries.push(Entry { kind, name: name.to_owned(), change: Change::Set { wanted, before, keys } });
    }

    fn wrong(&mut self, kind: &'static str, name: &str, why: String) {
        self.entries.push(Entry { kind, name: name.to_owned(), change: Change::Wrong(why) });
    }

    fn groups(&mut self, account: &Account, files: &Folder, (directory, fresh): Names<'_>, delete: bool) {
        let Some(wanted) = &files.groups else { return };
        let known = &account.session.groups;
        for document in wanted {
            let name = doc_text(document, "name").unwrap_or_default();
            let same = known.iter().find(|group| folded_name(&group.name) == folded_name(name));
            if same.is_none() {
                directory.add(Refers::Group, *fresh, name);
                *fresh -= 1;
            }
            let before = same.map(|group| Document::default().with("name", group.name.as_str()));
            self.compare("group", name, document.clone(), before);
        }
        let kept: BTreeSet<String> = wanted.iter().filter_map(|one| doc_text(one, "name")).map(folded_name).collect();
        for group in known.iter().filter(|group| delete && !kept.contains(&folded_name(&group.name))) {
            let change = Change::Remove(Gone::Group(group.id));
            self.entries.push(Entry { kind: "group", name: group.name.clone(), change });
        }
    }

    async fn organizations(
        &mut self,
        account: &Account,
        files: &Folder,
        (directory, fresh): Names<'_>,
    ) -> Result<(), Failure> {
        for document in files.organizations.iter().flatten() {
            let name = doc_text(document, "name").unwrap_or_default();
            let known = match account.client.organization(OrganizationRef::Name(name.to_owned())).await {
                Ok(one) => {
                    self.known.add_organization(one.id, &one.name);
                    Some(organization(&one))
                }
                Err(crate::client::Error::Refused(_) | crate::client::Error::NotFound) => None,
                Err(error) => return Err(error.into()),
            };
            if known.is_none() {
                directory.add(Refers::Organization, *fresh, name);
                *fresh -= 1;
            }
            self.compare("organization", name, document.clone(), known);
        }
        Ok(())
    }

    fn settings(&mut self, account: &Account, files: &Folder) {
        let known = settings(account);
        for (name, datum) in files.settings.iter().flat_map(|document| &document.0) {
            let one = |datum: &Datum| Document::default().with(name, datum.clone());
            self.compare("setting", name, one(datum), known.get(name).map(one));
        }
    }

    fn items(&mut self, cx: &Context, things: &Things, docs: &[(String, Document)], (directory, fresh): Names<'_>) {
        let kind = things.kind;
        let mut seen = BTreeSet::new();
        let called = |one: &Item| (one.owner(), folded_name(one.name()));
        let there: BTreeMap<_, &Item> = things.items.iter().map(|one| (called(one), one)).collect();
        for (file, document) in docs {
            let item = match Item::read(kind, 0, document, directory) {
                Ok(item) => item,
                Err(fault) => {
                    self.wrong(kind.name(), file, words::item_fault(&cx.words, kind.form(), &fault));
                    continue;
                }
            };
            if !seen.insert(called(&item)) {
                self.wrong(kind.name(), file, cx.say("setup-twice", args![name = item.name()]));
                continue;
            }
            let known = there.get(&called(&item)).copied();
            // Where the files say no place, it stays where it is.
            let item = if item.position() > 0 { item } else { item.at(known.map_or(0, Item::position)) };
            // What comes after it may name what only this has: an option of a field.
            directory.add_item(&item.clone().numbered(known.map_or(*fresh, |known| known.key().id)));
            *fresh -= i64::from(known.is_none());
            let (wanted, before) = (item.document(directory), known.map(|known| known.document(directory)));
            self.compare(kind.name(), item.name(), wanted, before);
        }
    }

    /// Things that others refer to come last.
    fn removals(&mut self, files: &Folder, everything: &BTreeMap<ItemKind, Things>) {
        let is_group = |entry: &Entry| matches!(entry.change, Change::Remove(Gone::Group(_)));
        let (groups, kept): (Vec<Entry>, _) = std::mem::take(&mut self.entries).into_iter().partition(is_group);
        self.entries = kept;
        for kind in ItemKind::ALL.into_iter().rev().filter(|kind| files.whole || files.kinds.contains(kind)) {
            let Some(things) = everything.get(&kind) else { continue };
            let gone = |item: &&Item| is_shared(item) && !is_built_in(item) && !files.has(item);
            for item in things.items.iter().filter(gone) {
                let change = Change::Remove(Gone::Item(item.key()));
                self.entries.push(Entry { kind: kind.name(), name: item.name().to_owned(), change });
            }
        }
        self.entries.extend(groups);
    }
}

/// The names that are known, and the next number of one that is not there yet.
type Names<'a> = (&'a mut Directory, &'a mut i64);

/// What every account has needs no file.
fn is_built_in(item: &Item) -> bool {
    matches!(item, Item::Field(field) if matches!(field.kind, FieldType::System(_)))
}

/// What the files of a folder say.
#[derive(Default)]
struct Folder {
    /// Whether what has no file is not in the set-up.
    whole: bool,
    settings: Option<Document>,
    groups: Option<Vec<Document>>,
    organizations: Option<Vec<Document>>,
    /// With the names of the files.
    items: BTreeMap<ItemKind, Vec<(String, Document)>>,
    /// Kinds that have a folder.
    kinds: BTreeSet<ItemKind>,
    /// Names that the files have, also of those that cannot be understood: they are not taken away for that.
    names: BTreeSet<(ItemKind, String)>,
    wrong: Vec<Entry>,
}

impl Folder {
    fn read(cx: &Context, path: &Path) -> Result<Self, Failure> {
        let mut read = Self::default();
        if !path.is_dir() {
            let error = std::fs::read_dir(path).err().unwrap_or_else(|| std::io::ErrorKind::NotFound.into());
            return Err(Failure::file(path, error));
        }
        if let Some(document) = read.file(cx, path, SETTINGS)? {
            read.whole = true;
            read.settings = Some(flat(&document, ""));
        }
        read.groups = read.file(cx, path, GROUPS)?.map(|document| rows(&document, "group"));
        read.organizations = read.file(cx, path, ORGANIZATIONS)?.map(|document| rows(&document, "organization"));
        for kind in ItemKind::ALL {
            let inner = path.join(kind.name());
            if inner.is_dir() {
                read.kinds.insert(kind);
            }
            for file in folder::listed(&inner)? {
                let shown = file.strip_prefix(path).unwrap_or(&file).display().to_string();
                let text = folder::read(&file)?;
                match read_document(&text, &cx.words) {
                    Ok((document, _)) => {
                        let name = doc_text(&document, kind.name_key()).unwrap_or_default();
                        read.names.insert((kind, folded_name(name)));
                        read.items.entry(kind).or_default().push((shown, document));
                    }
                    Err(why) => {
                        read.wrong.push(Entry { kind: kind.name(), name: shown, change: Change::Wrong(why) });
                        // What it is about is not known: nothing of its kind is taken away.
                        read.names.insert((kind, String::new()));
                    }
                }
            }
        }
        Ok(read)
    }

    fn file(&mut self, cx: &Context, folder: &Path, name: &'static str) -> Result<Option<Document>, Failure> {
        let path = folder.join(name);
        if !path.exists() {
            return Ok(None);
        }
        match read_document(&folder::read(&path)?, &cx.words) {
            Ok((document, _)) => Ok(Some(document)),
            Err(why) => {
                let kind = name.trim_end_matches(".toml").trim_end_matches('s');
                let kind = if kind == "setting" {
                    "setting"
                } else if kind == "group" {
                    "group"
                } else {
                    "organization"
                };
                self.wrong.push(Entry { kind, name: name.to_owned(), change: Change::Wrong(why) });
                Ok(None)
            }
        }
    }

    fn has(&self, item: &Item) -> bool {
        let has = |name: String| self.names.contains(&(item.kind(), name));
        has(folded_name(item.name())) || has(String::new())
    }

    /// What the files name. What their own fields hold must be known to read conditions on them.
    fn mentions(&self, mut directory: Directory) -> Mentions {
        for (at, (_, document)) in (1..).zip(self.items.get(&ItemKind::Field).into_iter().flatten()) {
            if let Ok(item) = Item::read(ItemKind::Field, -at, document, &directory)
                && directory.id(Refers::Field, item.name()).is_none()
            {
                directory.add_item(&item);
            }
        }
        let known: &dyn Lookup = &directory;
        let all = self.items.iter().flat_map(|(kind, docs)| docs.iter().map(move |(_, document)| (*kind, document)));
        all.map(|(kind, document)| Mentions::of_document(kind, document, known))
            .fold(Mentions::default(), Mentions::and)
    }
}

/// Dotted names, whether they stand in quotes or as tables.
fn flat(document: &Document, before: &str) -> Document {
    let mut all = Document::default();
    for (key, datum) in &document.0 {
        let name = format!("{before}{key}");
        match datum {
            Datum::Table(inner) => all.0.extend(flat(inner, &format!("{name}.")).0),
            other => all = all.with(&name, other.clone()),
        }
    }
    all
}

fn rows(document: &Document, name: &str) -> Vec<Document> {
    let Some(Datum::List(rows)) = document.get(name) else { return Vec::new() };
    rows.iter().filter_map(|row| if let Datum::Table(row) = row { Some(row.clone()) } else { None }).collect()
}
