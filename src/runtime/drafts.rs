//! Where drafts are kept: beside the account's data, from the first keystroke (Z07).

use crate::client::drafts::DraftFolder;
use crate::client::{Error, StoreFault};
use crate::domain::draft::{Draft, DraftPlace};
use futures::future::BoxFuture;
use std::io;

/// The drafts of the person who works here. Each method answers when it is done for good.
pub trait Drafts: Send + Sync {
    /// All of them.
    fn all(&self) -> BoxFuture<'_, Result<Vec<Draft>, Error>>;

    /// Keeps one, in place of what was kept there.
    fn keep(&self, draft: Draft) -> BoxFuture<'_, Result<(), Error>>;

    /// Forgets one; nothing happens when there is none.
    fn forget(&self, place: DraftPlace) -> BoxFuture<'_, Result<(), Error>>;
}

/// Drafts in files.
pub(super) struct Files(pub DraftFolder);

impl Drafts for Files {
    fn all(&self) -> BoxFuture<'_, Result<Vec<Draft>, Error>> {
        let folder = self.0.clone();
        Box::pin(async move { apart(move || folder.all()).await })
    }

    fn keep(&self, draft: Draft) -> BoxFuture<'_, Result<(), Error>> {
        let folder = self.0.clone();
        Box::pin(async move { apart(move || folder.keep(&draft)).await })
    }

    fn forget(&self, place: DraftPlace) -> BoxFuture<'_, Result<(), Error>> {
        let folder = self.0.clone();
        Box::pin(async move { apart(move || folder.forget(place).map(drop)).await })
    }
}

/// Runs work on files on a thread of its own, so that a slow disk never holds up the screen.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await.map_err(io::Error::other).flatten();
    done.map_err(|error| {
        let why = error.to_string();
        Error::Store(match error.kind() {
            io::ErrorKind::StorageFull => StoreFault::Full(why),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => StoreFault::ReadOnly(why),
            _ => StoreFault::Io(why),
        })
    })
}
