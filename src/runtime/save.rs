//! Files of comments, saved among the person's downloads: never opened, never made executable, never over another file.

use crate::client::Client;
use crate::domain::id::AttachmentId;
use crate::safe::file_name;
use crate::tui::message::OutsideError;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many names are tried when there are files of that name already.
const TRIES: u32 = 1000;

/// Saves a file; says where.
pub(super) async fn save(client: &dyn Client, id: AttachmentId) -> Result<String, OutsideError> {
    let (attachment, bytes) = client.attachment(id).await.map_err(OutsideError::Client)?;
    let folder = folder();
    let name = file_name(&attachment.name);
    let fail =
        |path: &Path, why: io::Error| OutsideError::File { path: path.display().to_string(), why: why.to_string() };
    let (path, mut file) = create(&folder, &name).map_err(|why| fail(&folder.join(&name), why))?;
    file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(|why| fail(&path, why))?;
    Ok(path.display().to_string())
}

/// The system's folder for downloads, or the present one.
fn folder() -> PathBuf {
    let folders = directories::UserDirs::new();
    let downloads = folders.as_ref().and_then(directories::UserDirs::download_dir).filter(|folder| folder.is_dir());
    downloads.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// `photo.jpg`, `photo-2.jpg`, …
fn create(folder: &Path, name: &str) -> io::Result<(PathBuf, File)> {
    let bare = Path::new(name);
    let stem = bare.file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned());
    let extension = bare.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    for n in 1..=TRIES {
        let path = folder.join(if n == 1 { name.to_owned() } else { format!("{stem}-{n}{extension}") });
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (path, file)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
