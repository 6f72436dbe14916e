use super::{Things, doc_text as text, show};
use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::domain::act::Deed;
use crate::domain::setup::{Datum, Document, Item, ItemFault, ItemKind, Key, Mentions, Takes, Why};
pub use crate::domain::text::slug;
use crate::language::args;
use crate::report::{Failure, Status};
use crate::wire::document as wire;
use crate::words;
use clap::Args;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The largest file, in bytes.
pub const MOST_BYTES: u64 = 1 << 20;

/// The longest condition that is shown again with the place where it is wrong, in characters.
const SHOWN_CHARS: usize = 300;

/// What is to be set.
#[derive(Args, Debug)]
pub struct Set {
    #[command(flatten)]
    given: Given,
    /// Only say what would change, and what stands against it
    #[arg(long)]
    dry_run: bool,
}

/// A thing, or what it is to become.
#[derive(Args, Debug)]
pub struct Given {
    /// Its name, or # and its number; the file's own name of it when not given
    name: Option<String>,
    /// A file with TOML or JSON as show prints it, - for standard input; what it leaves out stays
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// One key with its value: a word, or JSON; can be given again; after the file
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pairs: Vec<String>,
    /// A key that is to have nothing; can be given again
    #[arg(long, value_name = "KEY")]
    unset: Vec<String>,
    /// What is left out becomes as usual, instead of staying
    #[arg(long)]
    whole: bool,
}

/// What is meant by what is said.
pub(super) struct Meant {
    /// As it is to be.
    pub item: Item,
    /// The names under which it differs from what was; none of a new one.
    keys: Option<BTreeSet<String>>,
    /// The languages in which it is still called as before.
    left_behind: Vec<String>,
}

/// What is said, and where.
struct Said {
    document: Document,
    nothing: Vec<String>,
    place: String,
    /// The file, for the lines of what is wrong in it.
    file: String,
}

impl Set {
    pub(super) async fn run(self, cx: &mut Context, account: &Account, things: &Things) -> Result<(), Failure> {
        let Meant { item, keys, left_behind } = self.given.meant(cx, account, things).await?;
        let deed = Deed::SetItem(Box::new(item.clone()));
        if self.dry_run {
            account.client.check(deed).await?;
            told(cx, &item, keys.as_ref(), None)?;
            left(cx, &left_behind);
            return Ok(());
        }
        let made = account.act(deed).await?.outcome.item;
        let things = Things::load(account, things.kind).await?;
        let Some(item) = things.items.iter().find(|one| Some(one.key()) == made) else { return Ok(()) };
        if cx.out.is_json() {
            show(cx, &things, item)?;
        } else {
            told(cx, item, keys.as_ref(), Some(item.key().id))?;
        }
        left(cx, &left_behind);
        Ok(())
    }
}

impl Given {
    /// Whether it says more than a name.
    pub(super) const fn says_something(&self) -> bool {
        self.file.is_some() || !self.pairs.is_empty() || !self.unset.is_empty()
    }

    /// The one of that name.
    pub(super) fn named<'t>(&self, cx: &Context, things: &'t Things) -> Result<&'t Item, Failure> {
        let name = self.name.as_deref().ok_or(Failure::said("setup-nothing-to-try", Status::Usage))?;
        things.find(cx, name)
    }

    /// What it is to become.
    pub(super) async fn meant(&self, cx: &mut Context, account: &Account, things: &Things) -> Result<Meant, Failure> {
        let mut said = self.said(cx, things.kind)?;
        let known = match self.name.as_deref().or_else(|| text(&said.document, things.kind.name_key())) {
            Some(name) => things.look(cx, name)?,
            None => named_otherwise(cx, things, &said.document)?,
        };
        if known.is_none() {
            name_it(&mut said.document, things.kind, self.name.as_deref());
        }
        let document = match known {
            Some(item) if !self.whole => patched(item.document(&things.directory), &said),
            Some(item) => with_name(said.document.clone(), item),
            None => said.document.clone(),
        };
        let mentions = Mentions::of_document(things.kind, &document, &things.directory);
        let mentions = known.map(Mentions::of_item).into_iter().fold(mentions, Mentions::and);
        let directory = account.client.directory(mentions).await?;
        let id = known.map_or(0, |item| item.key().id);
        let item = Item::read(things.kind, id, &document, &directory)
            .map_err(|fault| wrong(cx, things.kind, &said, &document, &fault))?;
        let (before, now) = (known.map(|known| known.document(&directory)), item.document(&directory));
        let keys = before.as_ref().map(|before| before.differing(&now));
        let left_behind = before.map(|before| before.left_behind(&now)).unwrap_or_default().into_iter().collect();
        Ok(Meant { item, keys, left_behind })
    }

    fn said(&self, cx: &mut Context, kind: ItemKind) -> Result<Said, Failure> {
        if self.file.is_none() && self.pairs.is_empty() && self.unset.is_empty() {
            return Err(Failure::said("setup-nothing-to-set", Status::Usage));
        }
        let mut said = Said {
            document: Document::default(),
            nothing: self.unset.clone(),
            place: cx.word("setup-given"),
            file: String::new(),
        };
        if let Some(path) = &self.file {
            said.place = path.display().to_string();
            said.file = read_text(cx, path)?;
            let (document, nothing) = super::read_document(&said.file, &cx.words).map_err(|why| {
                Failure::said("setup-wrong", Status::Failed).with("where", said.place.as_str()).with("why", why)
            })?;
            said.document = unwrapped(document, kind);
            said.nothing.extend(nothing);
        }
        for pair in &self.pairs {
            let bad = || Failure::said("setup-bad-pair", Status::Usage).with("pair", pair);
            let (key, value) = pair.split_once('=').ok_or_else(bad)?;
            let path: Vec<&str> = key.trim().split('.').collect();
            put(&mut said.document, &path, typed(kind.form(), path[0], value).ok_or_else(bad)?);
        }
        Ok(said)
    }
}

/// A file, or standard input.
fn read_text(cx: &mut Context, path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        cx.around.stdin.by_ref().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(path);
        let read = file.and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
        read.map_err(|error| Failure::file(path, error))?;
    }
    let shown = path.display().to_string();
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::said("setup-too-large", Status::Failed).with("path", shown));
    }
    String::from_utf8(bytes).map_err(|_| Failure::said("setup-not-text", Status::Failed).with("path", shown))
}

/// The document itself: not the object around it that `--json` prints, nor its number.
fn unwrapped(mut document: Document, kind: ItemKind) -> Document {
    if document.0.len() == 1
        && let Some(Datum::Table(inner)) = document.get(wire::singular(kind)).or_else(|| document.get(kind.name()))
    {
        document = inner.clone();
    }
    document.0.remove("id");
    document
}

/// A value as typed on the command line.
fn typed(form: &[Key], key: &str, value: &str) -> Option<Datum> {
    let json = |value: &str| {
        let object = serde_json::from_str(&format!("{{\"value\": {value}}}")).ok()?;
        wire::document(object).ok()?.0.remove("value")
    };
    match form.iter().find(|one| one.name == key).map(|one| one.takes) {
        Some(Takes::Flag(_) | Takes::Number | Takes::Rows(_)) => json(value),
        Some(Takes::Names(_) | Takes::Columns | Takes::Actions | Takes::Texts) => {
            json(value).or_else(|| Some(Datum::List(vec![value.into()])))
        }
        _ if value.starts_with('"') => json(value),
        _ => Some(value.into()),
    }
}

fn put(document: &mut Document, path: &[&str], datum: Datum) {
    match path {
        [] => {}
        [key] => _ = document.0.insert((*key).to_owned(), datum),
        [key, rest @ ..] => {
            let inner = document.0.entry((*key).to_owned()).or_insert_with(|| Document::default().into());
            if !matches!(inner, Datum::Table(_)) {
                *inner = Document::default().into();
            }
            if let Datum::Table(inner) = inner {
                put(inner, rest, datum);
            }
        }
    }
}

/// Who says only the title means the one that has it.
fn named_otherwise<'s>(cx: &Context, things: &'s Things, said: &Document) -> Result<Option<&'s Item>, Failure> {
    match text(said, "title").or_else(|| text(said, "name")) {
        Some(title) => things.look(cx, title),
        None => Ok(None),
    }
}

/// Gives a new one its name: the one on the command line, or one made of its title.
fn name_it(document: &mut Document, kind: ItemKind, given: Option<&str>) {
    let key = kind.name_key();
    if document.get(key).is_some() {
        return;
    }
    let title = text(document, "title").or_else(|| text(document, "name")).map(slug);
    if let Some(name) = given.map(str::to_owned).or(title).filter(|name| !name.is_empty()) {
        document.0.insert(key.to_owned(), name.into());
    }
}

/// What was, with what is said laid over it.
fn patched(mut before: Document, said: &Said) -> Document {
    if said.document.get("type").is_some_and(|now| before.get("type") != Some(now)) {
        // What belonged to its type before means nothing with another.
        for key in ["options", "pattern", "tag", "default"] {
            before.0.remove(key);
        }
    }
    for key in &said.nothing {
        before.0.remove(key);
    }
    lay(&mut before, &said.document);
    before
}

fn lay(under: &mut Document, over: &Document) {
    for (key, datum) in &over.0 {
        match (under.0.get_mut(key), datum) {
            (Some(Datum::Table(under)), Datum::Table(over)) => lay(under, over),
            _ => _ = under.0.insert(key.clone(), datum.clone()),
        }
    }
}

/// A whole document that is about a known one keeps its name and its place.
fn with_name(mut document: Document, item: &Item) -> Document {
    let key = item.kind().name_key();
    document.0.entry(key.to_owned()).or_insert_with(|| item.name().into());
    if item.position() > 0 {
        document.0.entry("position".to_owned()).or_insert_with(|| item.position().into());
    }
    document
}

fn wrong(cx: &Context, kind: ItemKind, said: &Said, document: &Document, fault: &ItemFault) -> Failure {
    let mut why = words::item_fault(&cx.words, kind.form(), fault);
    if let (Why::Condition(error), Some(condition)) = (&fault.why, text(document, &fault.key))
        && !condition.contains('\n')
        && condition.chars().count() <= SHOWN_CHARS
    {
        why = format!("{why}\n  {condition}\n  {}^", " ".repeat(error.at));
    }
    let place = match line_of(&said.file, &fault.key) {
        Some(line) => format!("{}:{line}", said.place),
        None => said.place.clone(),
    };
    Failure::said("setup-wrong", Status::Failed).with("where", place).with("why", why)
}

/// The line of a file on which a key begins.
fn line_of(file: &str, key: &str) -> Option<usize> {
    let first = key.split('.').next()?;
    let begins = |line: &str| {
        let line = line.trim_start().trim_start_matches(['[', '"']);
        let rest = line.strip_prefix(first)?.trim_start_matches('"').trim_start();
        (rest.starts_with(['=', ']', '.', ':'])).then_some(())
    };
    file.lines().position(|line| begins(line).is_some()).map(|at| at + 1)
}

/// In which languages it is still called as before.
fn left(cx: &mut Context, languages: &[String]) {
    if !languages.is_empty() {
        let count = i64::try_from(languages.len()).unwrap_or(i64::MAX);
        let text = cx.say("setup-left-behind", args![languages = cx.words.list(languages), count = count]);
        cx.out.note(&text);
    }
}

/// What was done, or would be.
fn told(cx: &mut Context, item: &Item, keys: Option<&BTreeSet<String>>, made: Option<i64>) -> Result<(), Failure> {
    let what = words::the_item(&cx.words, item.kind());
    let (name, number) = (item.name(), made.unwrap_or_default().to_string());
    let list: Vec<&String> = keys.into_iter().flatten().collect();
    let listed = cx.words.list(&list);
    if cx.out.is_json() {
        let keys: Vec<&String> = keys.into_iter().flatten().collect();
        let object = serde_json::json!({ "name": name, "new": list.is_empty(), "keys": keys });
        return cx.out.object("change", object);
    }
    let text = match (keys, made.is_some()) {
        (None, true) => cx.say("setup-made", args![what = what, name = name, number = number]),
        (None, false) => cx.say("setup-would-make", args![what = what, name = name]),
        (Some(keys), true) if keys.is_empty() => cx.say("setup-same", args![what = what, name = name]),
        (Some(keys), false) if keys.is_empty() => cx.say("setup-would-stay", args![what = what, name = name]),
        (Some(_), true) => cx.say("setup-changed", args![what = what, name = name, keys = listed]),
        (Some(_), false) => cx.say("setup-would-change", args![what = what, name = name, keys = listed]),
    };
    cx.out.done(&text, &made.map(|id| id.to_string()).unwrap_or_default())
}
