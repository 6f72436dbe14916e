//! Drafts as files: one for each place, in a folder of their own for each person of each store. They lie with the
//! program's state and not in the store, so that a store that is full, locked or out of reach loses nothing (Z07).

use crate::domain::draft::{Draft, DraftPlace, FormOf};
use crate::domain::id::TicketId;
use crate::domain::person::EmailAddress;
use crate::domain::text::hex;
use crate::domain::time::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The drafts of one person in one store.
#[derive(Clone, Debug)]
pub struct DraftFolder {
    path: PathBuf,
}

impl DraftFolder {
    /// The folder below the program's state; it is made with the first draft.
    pub fn of(state: &Path, database: &str, person: &EmailAddress) -> Self {
        let store = database.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
        // The same file by another path is the same store.
        let store = store.map(|path| fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path)));
        let store = store.map_or_else(|| database.to_owned(), |path| path.display().to_string());
        let digest = Sha256::digest(format!("{store}\0{}", person.folded()));
        Self { path: state.join("drafts").join(hex(&digest[..12])) }
    }

    /// All drafts, the last written first. A file that cannot be read as a draft is left alone and left out.
    pub fn all(&self) -> io::Result<Vec<Draft>> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut drafts = Vec::new();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "json") {
                drafts.extend(fs::read(&path).ok().and_then(|bytes| read(&bytes)));
            }
        }
        drafts.sort_by_key(|draft| (std::cmp::Reverse(draft.updated_at), draft.place));
        Ok(drafts)
    }

    /// Keeps a draft in place of the one that was there. It is on the disk when this returns.
    pub fn keep(&self, draft: &Draft) -> io::Result<()> {
        private_folder(&self.path)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.path)?;
        file.write_all(write(draft).as_bytes())?;
        file.as_file().sync_data()?;
        file.persist(self.file(draft.place)).map_err(|error| error.error)?;
        fs::File::open(&self.path)?.sync_all()
    }

    /// Forgets a draft; says whether there was one.
    pub fn forget(&self, place: DraftPlace) -> io::Result<bool> {
        match fs::remove_file(self.file(place)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn file(&self, place: DraftPlace) -> PathBuf {
        self.path.join(format!("{}.json", place_name(place)))
    }
}

/// The name of a draft's place in files and scripts: `reply-12`, `note-12`, `new`, `form-trigger-3`.
pub fn place_name(place: DraftPlace) -> String {
    match place {
        DraftPlace::Reply(id) => format!("reply-{id}"),
        DraftPlace::Note(id) => format!("note-{id}"),
        DraftPlace::NewTicket => "new".to_owned(),
        DraftPlace::Form(of, id) => format!("form-{}-{id}", of.name()),
    }
}

/// The place of that name.
pub fn parse_place(name: &str) -> Option<DraftPlace> {
    if name == "new" {
        return Some(DraftPlace::NewTicket);
    }
    if let Some((of, id)) = name.strip_prefix("form-").and_then(|form| form.rsplit_once('-')) {
        return Some(DraftPlace::Form(FormOf::parse(of)?, id.parse().ok()?));
    }
    let (kind, number) = name.split_once('-')?;
    let id = TicketId(number.parse().ok()?);
    match kind {
        "reply" => Some(DraftPlace::Reply(id)),
        "note" => Some(DraftPlace::Note(id)),
        _ => None,
    }
}

fn write(draft: &Draft) -> String {
    json!({
        "place": place_name(draft.place),
        "body": draft.body,
        "fields": draft.fields,
        "files": draft.files,
        "key": draft.key,
        "updated_at": draft.updated_at.0,
    })
    .to_string()
}

fn read(bytes: &[u8]) -> Option<Draft> {
    let object: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let fields = object.get("fields").and_then(Value::as_object);
    let fields =
        fields.into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    let files = object.get("files").and_then(Value::as_array);
    Some(Draft {
        place: parse_place(&text("place")?)?,
        body: text("body")?,
        fields: fields.collect(),
        files: files.into_iter().flatten().filter_map(|file| file.as_str().map(str::to_owned)).collect(),
        key: text("key")?,
        updated_at: Timestamp(object.get("updated_at").and_then(Value::as_i64)?),
    })
}

/// A folder that only its owner can look into.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
