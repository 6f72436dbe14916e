//! Where drafts are kept: beside the account's data, from the first keystroke (Z07).

use crate::client::Error;
use crate::domain::draft::{Draft, DraftPlace};
use futures::future::BoxFuture;

/// The drafts of the person who works here. Each method answers when it is done for good.
pub trait Drafts: Send + Sync {
    /// All of them.
    fn all(&self) -> BoxFuture<'_, Result<Vec<Draft>, Error>>;

    /// Keeps one, in place of what was kept there.
    fn keep(&self, draft: Draft) -> BoxFuture<'_, Result<(), Error>>;

    /// Forgets one; nothing happens when there is none.
    fn forget(&self, place: DraftPlace) -> BoxFuture<'_, Result<(), Error>>;
}
