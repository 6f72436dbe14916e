//! The code itself: what no compiler checks and every reader relies on. Each complaint names file, line and what to do.

mod described;
mod form;
mod layers;
mod source;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};

use guichet::language::Language;
use source::Source;

/// Something to mend.
pub struct Complaint {
    path: String,
    line: usize,
    text: String,
}

impl Complaint {
    fn new(source: &Source, line: usize, text: &str) -> Self {
        Self { path: source.path.clone(), line, text: text.to_owned() }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.text)
    }
}

#[track_caller]
fn none(complaints: impl IntoIterator<Item = Complaint>) {
    let lines: Vec<String> = complaints.into_iter().map(|complaint| complaint.to_string()).collect();
    assert!(lines.is_empty(), "{} to mend:\n{}", lines.len(), lines.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder of the repository as (path, content), without what is built or is git's.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository") {
            let path = entry.expect("an entry of a folder of the repository").path();
            let name = relative(&path);
            if path.is_dir() {
                if !["target", ".git", ".worktrees"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name != ".git" {
                found.push((name, std::fs::read(&path).expect("a file of the repository")));
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    let inner = path.strip_prefix(root()).expect("a path in the repository");
    inner.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn sources(folder: &str) -> Vec<Source> {
    let rust = files(folder).into_iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "rs"));
    let found: Vec<Source> =
        rust.map(|(path, content)| Source::new(&path, &String::from_utf8(content).expect("Rust is UTF-8"))).collect();
    assert!(!found.is_empty(), "nothing in {folder}: nobody could complain");
    found
}

#[test]
fn every_layer_names_only_what_it_may_know() {
    none(sources("src").iter().flat_map(layers::check));
}

#[test]
fn every_file_is_short_enough_to_be_read_at_once() {
    none(
        ["src", "tests", "examples", "benches"]
            .into_iter()
            .filter(|folder| root().join(folder).exists())
            .flat_map(|folder| sources(folder).iter().flat_map(form::size).collect::<Vec<_>>()),
    );
}

#[test]
fn no_file_is_called_mod() {
    none(sources("src").iter().chain(&sources("tests")).flat_map(form::name));
}

#[test]
fn nothing_panics_without_a_proof_that_it_cannot() {
    none(sources("src").iter().flat_map(form::panics));
}

#[test]
fn sql_is_in_the_store_alone() {
    none(sources("src").iter().flat_map(form::sql));
}

#[test]
fn every_word_that_is_asked_for_exists() {
    none(sources("src").iter().flat_map(|source| words::missing(source, &Language::english())));
}

#[test]
fn every_word_is_asked_for() {
    none(words::unused(&sources("src"), &Language::english()));
}

#[test]
fn no_two_types_have_one_name_in_the_document() {
    none(described::twice(&sources("src")));
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    let texts = files(".").into_iter().filter_map(|(path, content)| Some((path, String::from_utf8(content).ok()?)));
    none(texts.flat_map(|(path, text)| form::places(&path, &text)));
}
