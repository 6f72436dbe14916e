//! A set-up as files in a folder, made to be kept in git: the same set-up is always the same bytes.

use crate::cli::setup::{MOST_BYTES, slug};
use crate::domain::setup::ItemKind;
use crate::report::{Failure, Status};
use crate::safe::file_name;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// The first line of every file that an export writes, and by which the next one knows it again.
const MARK: &str = "# Written by guichet setting export.\n";
/// The settings. A folder with this file is a whole set-up: what has no file in it is not in it.
pub const SETTINGS: &str = "settings.toml";
/// The names of the groups.
pub const GROUPS: &str = "groups.toml";
/// The organizations that something of the set-up names.
pub const ORGANIZATIONS: &str = "organizations.toml";
/// The longest name of a file without its ending, in characters.
const MOST_CHARS: usize = 60;
/// The most files of one kind.
const MOST_FILES: usize = 10_000;

/// Files by their paths within the folder.
#[derive(Default)]
pub struct Files(BTreeMap<PathBuf, String>);

impl Files {
    /// One of the files that stand in the folder itself.
    pub fn add(&mut self, name: &str, text: &str) {
        self.0.insert(PathBuf::from(name), format!("{MARK}{text}"));
    }

    /// The file of one thing, named after it as far as file systems allow. Of two that would have one name, the second
    /// gets a number.
    pub fn add_item(&mut self, kind: ItemKind, name: &str, text: &str) {
        let stem: String = slug(name).chars().take(MOST_CHARS).collect();
        let stem = if stem.is_empty() { kind.name() } else { stem.trim_end_matches('-') };
        let path = |end: &str| Path::new(kind.name()).join(file_name(&format!("{stem}{end}.toml")));
        let numbered = (2..).map(|number| path(&format!("-{number}")));
        let free = std::iter::once(path("")).chain(numbered).find(|path| !self.0.contains_key(path));
        if let Some(path) = free {
            self.0.insert(path, format!("{MARK}{text}"));
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Writes what is different, and takes away what an earlier export wrote and this one did not.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        let made = |path: &Path| std::fs::create_dir_all(path).map_err(|error| Failure::file(path, error));
        made(folder)?;
        let folders: BTreeSet<&Path> = self.0.keys().filter_map(|path| path.parent()).collect();
        for inner in folders {
            made(&folder.join(inner))?;
        }
        for (path, text) in &self.0 {
            write(&folder.join(path), text)?;
        }
        for kind in ItemKind::ALL {
            for path in listed(&folder.join(kind.name()))? {
                let known = self.0.contains_key(&Path::new(kind.name()).join(path.file_name().unwrap_or_default()));
                if !known && read(&path)?.starts_with(MARK) {
                    std::fs::remove_file(&path).map_err(|error| Failure::file(&path, error))?;
                }
            }
        }
        Ok(())
    }
}

/// Replaces a file as a whole, unless it says that already.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if std::fs::read(path).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(());
    }
    let failed = |error| Failure::file(path, error);
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// The TOML files of a folder by name; none of a folder that is not there.
pub fn listed(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::file(folder, error)),
    };
    let mut found = Vec::new();
    for entry in entries.take(MOST_FILES) {
        let path = entry.map_err(|error| Failure::file(folder, error))?.path();
        if path.extension().is_some_and(|end| end == "toml") && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// What a file says.
pub fn read(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path);
    let read = file.and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| Failure::file(path, error))?;
    let shown = || path.display().to_string();
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::said("setup-too-large", Status::Failed).with("path", shown()));
    }
    String::from_utf8(bytes).map_err(|_| Failure::said("setup-not-text", Status::Failed).with("path", shown()))
}

#[cfg(test)]
mod test {
    use super::Files;
    use crate::domain::setup::ItemKind;

    /// Whatever things are called, their files stand in the folder of their kind, and each has its own.
    #[test]
    fn names_of_files_are_harmless_and_all_different() {
        let names = [
            "../../etc/passwd",
            "..",
            ".",
            "",
            "/",
            "CON",
            "nul",
            "com1",
            "-rf",
            "~",
            "a\u{202e}b",
            "Café",
            "cafe\u{301}",
            "CAFÉ",
            "日本",
            "??",
            "Notify requester",
            "notify  REQUESTER",
            "a\\b",
            "a:b",
        ];
        let mut files = Files::default();
        for name in names {
            files.add_item(ItemKind::Trigger, name, "");
        }
        files.add_item(ItemKind::Trigger, &"x".repeat(10_000), "");
        assert_eq!(files.len(), names.len() + 1);
        for path in files.0.keys() {
            let path = path.to_str().expect("a path of letters");
            let stem = path.strip_prefix("trigger/").and_then(|name| name.strip_suffix(".toml")).expect(path);
            assert!(
                stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) && stem.len() < 70,
                "{stem}"
            );
            assert!(!["con", "nul", "com1"].contains(&stem), "{stem}");
        }
    }
}
