use super::{Place, broken};
use crate::client::Error;
use crate::client::drafts::private_folder;
use crate::domain::secret::Secret;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file that only its owner reads.
pub(super) struct File {
    pub(super) path: PathBuf,
}

/// The file of a profile.
pub(super) fn path(folder: &Path, profile: &str) -> PathBuf {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    let name: String = profile.chars().map(plain).collect();
    // Two names that look alike without their other letters are two files all the same.
    let digest = crate::domain::text::hex(&Sha256::digest(profile)[..4]);
    folder.join(format!("{name}-{digest}.json"))
}

impl Place for File {
    fn read(&self) -> Result<Option<Secret>, Error> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(broken(&error.to_string())),
        }
    }

    /// A file beside it takes its place when it is on the disk.
    fn write(&self, text: &Secret) -> Result<(), Error> {
        let write = || {
            let folder = self.path.parent().unwrap_or(Path::new("."));
            private_folder(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(text.expose().as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.path)?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|error: io::Error| broken(&error.to_string()))
    }

    fn forget(&self) -> Result<(), Error> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(broken(&error.to_string())),
            _ => Ok(()),
        }
    }
}
