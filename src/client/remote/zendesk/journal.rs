//! What is under way: the keys of changes that were sent and not answered yet. Kept on the disk before a change is sent, so
//! that whoever comes after a program that was ended in between looks for a change before making it again.

use crate::client::drafts::private_folder;
use crate::client::{Error, Key};
use crate::domain::time::{Span, Timestamp};
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Nobody sends again after so long what was never answered.
const GOOD: Span = Span::days(60);
/// So many at most; the oldest go.
const MOST: usize = 1_000;

/// Keys of changes of which nobody knows whether they were made, with when they were sent.
#[derive(Default)]
pub(super) struct Journal {
    /// Those of this process, and those that were there when it began.
    lost: Mutex<BTreeMap<String, Timestamp>>,
    /// Where they stand for the next process; nowhere in tests of one.
    path: Option<PathBuf>,
}

impl Journal {
    /// What stands in a file. One that cannot be read says nothing: it is no reason to change nothing at all.
    pub(super) fn at(path: PathBuf) -> Self {
        let lost = read(&path).unwrap_or_else(|error| {
            tracing::warn!(%error, "what was under way cannot be read");
            BTreeMap::new()
        });
        Self { lost: Mutex::new(lost), path: Some(path) }
    }

    /// When a change was sent of which no answer came.
    pub(super) fn sent(&self, key: &Key) -> Option<Timestamp> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).get(&name(key)).copied()
    }

    /// It is about to be sent: the first time counts.
    ///
    /// # Errors
    /// That cannot be kept, so that nobody would know after an end in between.
    pub(super) async fn begin(&self, key: &Key, now: Timestamp) -> Result<(), Error> {
        let name = name(key);
        if self.lost.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&name) {
            return Ok(());
        }
        let note = name.clone();
        self.change(move |all| {
            all.retain(|_, at| now.0 - at.0 < GOOD.0);
            while all.len() >= MOST {
                let oldest = all.iter().min_by_key(|(_, at)| **at).map(|(name, _)| name.clone());
                oldest.and_then(|name| all.remove(&name));
            }
            all.insert(note, now);
        })
        .await?;
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).insert(name, now);
        Ok(())
    }

    /// What became of it is known.
    pub(super) async fn end(&self, key: &Key) {
        let name = name(key);
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).remove(&name);
        // That it stays costs one more look.
        let _kept = self.change(move |all| _ = all.remove(&name)).await;
    }

    /// Changes the file, in which others write too.
    async fn change(
        &self,
        change: impl FnOnce(&mut BTreeMap<String, Timestamp>) + Send + 'static,
    ) -> Result<(), Error> {
        let Some(path) = self.path.clone() else { return Ok(()) };
        let work = move || {
            let folder = path.parent().unwrap_or(Path::new("."));
            private_folder(folder)?;
            let lock = fs::File::create(path.with_extension("sent-lock"))?;
            lock.lock()?;
            let mut all = read(&path).unwrap_or_default();
            change(&mut all);
            let json: Map<String, Json> = all.into_iter().map(|(name, at)| (name, at.0.into())).collect();
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(Json::Object(json).to_string().as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            fs::File::open(folder)?.sync_all()
        };
        let failed =
            |error: &io::Error| Error::Garbled(format!("what is under way cannot be kept on this machine: {error}"));
        tokio::task::spawn_blocking(work).await.map_err(io::Error::other).flatten().map_err(|error| failed(&error))
    }
}

/// Keys may hold anything; what stands in the file tells nothing.
fn name(key: &Key) -> String {
    crate::domain::text::hex(&Sha256::digest(&key.0)[..16])
}

fn read(path: &Path) -> io::Result<BTreeMap<String, Timestamp>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let all: BTreeMap<String, i64> = serde_json::from_str(&text).map_err(io::Error::other)?;
    Ok(all.into_iter().map(|(name, at)| (name, Timestamp(at))).collect())
}
