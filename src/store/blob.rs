//! The bytes of files, under their digest and never under a name from outside. Beside SQLite they lie in a folder; in
//! PostgreSQL, which several servers may share, in a table.

use super::dialect::{Batch, Conn, Db, Rows, read_row};
use super::fault::{Error, Fault, FaultKind};
use crate::domain::comment::Attachment;
use crate::domain::text::hex;
use sha2::{Digest, Sha256};
use sqlx::Row;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct Kept;

read_row!(Kept, |row| row.try_get::<&[u8], _>(0).map(|_| Self));

/// The folder of a store's files.
pub(super) fn folder_beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".files");
    PathBuf::from(name)
}

/// Makes a folder and those above it that are missing, for the owner alone.
pub(super) fn private_folder(folder: &Path) -> Result<(), Fault> {
    Ok(std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?)
}

/// The digest under which bytes are kept.
pub(super) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Keeps bytes so that they are there after a loss of power: only then may a row name them.
pub(super) fn put(folder: &Path, digest: &[u8; 32], bytes: &[u8]) -> Result<(), Fault> {
    let place = path(folder, digest);
    let home = place.parent().unwrap_or(folder);
    private_folder(home)?;
    // What lies there may be damaged, or the loss of power may come before its folder is on the disk.
    if !holds(&place, bytes) {
        keep(home, &place, bytes)?;
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for folder in [home, folder, above] {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Whether a file is there with just these bytes.
fn holds(place: &Path, bytes: &[u8]) -> bool {
    let about = std::fs::symlink_metadata(place);
    let fits = about.is_ok_and(|about| about.is_file() && about.len() == bytes.len() as u64);
    fits && std::fs::read(place).is_ok_and(|found| found == bytes)
}

fn keep(home: &Path, place: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut random = [0; 8];
    super::fill(&mut random)?;
    let draft = home.join(format!("{}.part", hex(&random)));
    let written = write_down(&draft, bytes).and_then(|()| std::fs::rename(&draft, place));
    if let Err(error) = written {
        std::fs::remove_file(&draft).ok();
        return Err(error.into());
    }
    Ok(())
}

fn write_down(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Takes bytes away for good.
pub(super) fn remove(folder: &Path, digest: &[u8; 32]) -> Result<(), Fault> {
    match std::fs::remove_file(path(folder, digest)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The bytes under a digest, which is checked.
pub(super) fn get(folder: &Path, wanted: &[u8; 32]) -> Result<Vec<u8>, Fault> {
    let bytes = std::fs::read(path(folder, wanted)).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Fault::new(FaultKind::Damaged, format!("file {} is missing", hex(wanted))),
        _ => error.into(),
    })?;
    checked(bytes, wanted)
}

fn checked(bytes: Vec<u8>, wanted: &[u8; 32]) -> Result<Vec<u8>, Fault> {
    if digest(&bytes) == *wanted {
        Ok(bytes)
    } else {
        Err(Fault::new(FaultKind::Damaged, format!("file {} is not what it was", hex(wanted))))
    }
}

fn path(folder: &Path, digest: &[u8; 32]) -> PathBuf {
    let name = hex(digest);
    folder.join(&name[..2]).join(name)
}

impl super::Store {
    /// Keeps the bytes of a file and says under which digest.
    pub(super) async fn put_blob(&self, bytes: &Arc<Vec<u8>>) -> Result<[u8; 32], Error> {
        let folder = self.files().map(Path::to_owned);
        let kept = Arc::clone(bytes);
        let work = tokio::task::spawn_blocking(move || -> Result<_, Fault> {
            let digest = digest(&kept);
            if let Some(folder) = &folder {
                put(folder, &digest, &kept)?;
            }
            Ok(digest)
        });
        let digest = work.await.map_err(|error| Fault::new(FaultKind::Other, error.to_string()))??;
        if let Db::Pg(pool) = self.db() {
            sqlx::query("INSERT INTO blobs (digest, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(digest.as_slice())
                .bind(bytes.as_slice())
                .execute(pool)
                .await?;
        }
        Ok(digest)
    }

    /// Whether the bytes under a digest are still there, and stay: asked in the transaction that writes a row which names
    /// them, for an erasure may have taken them away in between.
    pub(super) async fn stays(conn: &mut Conn<'_>, folder: Option<&Path>, digest: [u8; 32]) -> Result<bool, Fault> {
        if let Some(folder) = folder {
            return Ok(path(folder, &digest).exists());
        }
        let mut batch = Batch::default();
        batch.push("SELECT digest FROM blobs WHERE digest = $1 FOR KEY SHARE", vec![digest.as_slice().into()]);
        let rows = batch.rows(conn).await?;
        Ok(!rows.first().map(Rows::read::<Kept>).transpose()?.unwrap_or_default().is_empty())
    }

    /// The bytes of a file.
    pub(super) async fn get_blob(&self, digest: [u8; 32]) -> Result<Vec<u8>, Error> {
        // Of what was taken away for good nothing is kept.
        if digest == Attachment::NOTHING {
            return Ok(Vec::new());
        }
        match (self.db(), self.files().map(Path::to_owned)) {
            (Db::Pg(pool), _) => {
                let found: Option<Vec<u8>> = sqlx::query_scalar("SELECT bytes FROM blobs WHERE digest = $1")
                    .bind(digest.as_slice())
                    .fetch_optional(pool)
                    .await?;
                let missing = || Fault::new(FaultKind::Damaged, format!("file {} is missing", hex(&digest)));
                Ok(checked(found.ok_or_else(missing)?, &digest)?)
            }
            (Db::Sqlite(_), Some(folder)) => {
                let work = tokio::task::spawn_blocking(move || get(&folder, &digest));
                Ok(work.await.map_err(|error| Fault::new(FaultKind::Other, error.to_string()))??)
            }
            (Db::Sqlite(_), None) => Err(Fault::new(FaultKind::Damaged, "no folder for files").into()),
        }
    }
}
