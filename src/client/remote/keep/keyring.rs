//! The system's keyring. It may be locked until somebody types its password, or not be there at all, and what stands between
//! is another program: everything that is asked of it has its time.

use super::{Place, broken};
use crate::client::Error;
use crate::domain::secret::Secret;
use keyring_core::{CredentialStore, Entry, Error as Fault};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long it may take to find a keyring.
const FINDING: Duration = Duration::from_secs(3);
/// How long it may take to answer: time for whoever has to unlock it.
const ANSWERING: Duration = Duration::from_secs(30);
/// Under what name it has what is ours.
const SERVICE: &str = "guichet";

/// Any keyring.
pub type Store = Arc<CredentialStore>;

/// Why there is no keyring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoKeyring {
    /// This program was built without it.
    NotBuiltIn,
    /// It cannot be reached; in the system's words.
    Silent(String),
}

/// One entry of a keyring.
pub(super) struct Keyring {
    store: Store,
    name: String,
}

impl Keyring {
    pub(super) fn new(store: Store, folder: &Path, profile: &str) -> Self {
        // Two folders are two people, or one who tries something.
        let digest = crate::domain::text::hex(&Sha256::digest(folder.as_os_str().as_encoded_bytes())[..4]);
        Self { store, name: format!("{profile} ({digest})") }
    }

    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Entry) -> Result<T, Fault> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        let (store, name) = (Arc::clone(&self.store), self.name.clone());
        let done = within(ANSWERING, move || work(&store.build(SERVICE, &name, None)?));
        match done {
            Ok(done) => Ok(Some(done)),
            Err(Some(Fault::NoEntry)) => Ok(None),
            Err(Some(fault)) => Err(broken(&said(&fault))),
            Err(None) => Err(broken("the keyring does not answer")),
        }
    }
}

impl Place for Keyring {
    fn read(&self) -> Result<Option<Secret>, Error> {
        Ok(self.ask(Entry::get_password)?.map(Secret::new))
    }

    fn write(&self, text: &Secret) -> Result<(), Error> {
        let text = text.clone();
        self.ask(move |entry| entry.set_password(text.expose())).map(|_| ())
    }

    fn forget(&self) -> Result<(), Error> {
        self.ask(Entry::delete_credential).map(|_| ())
    }
}

/// What comes of something within its time; `None` when nothing does. A thread of its own, because no task may be waited for
/// in a task, and because it is left behind when it does not end.
fn within<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Option<Fault>> {
    let (tell, told) = sync_channel(1);
    let begun = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || tell.send(work()).ok());
    if begun.is_err() {
        return Err(None);
    }
    told.recv_timeout(time).map_err(|_| None)?.map_err(Some)
}

/// Without what was kept, which some faults hold.
fn said(fault: &Fault) -> String {
    match fault {
        Fault::BadEncoding(_) | Fault::BadDataFormat(..) => "it is not as it was written".to_owned(),
        Fault::Ambiguous(_) => "there are several of it in the keyring".to_owned(),
        other => other.to_string(),
    }
}

/// The system's own keyring, found within seconds or not at all.
///
/// # Errors
/// There is none.
pub fn native() -> Result<Store, NoKeyring> {
    // The way to it is closed by waiting for it, which no task may do: once open it stays so.
    static FOUND: Mutex<Option<Store>> = Mutex::new(None);
    let silent = |fault: Option<Fault>| {
        NoKeyring::Silent(fault.map_or_else(|| "it does not answer".to_owned(), |fault| said(&fault)))
    };
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if found.is_none() {
        *found = within(FINDING, open).map_err(silent)?;
    }
    found.clone().ok_or(NoKeyring::NotBuiltIn)
}

#[cfg(all(feature = "desktop", any(target_os = "linux", target_os = "freebsd")))]
fn open() -> Result<Option<Store>, Fault> {
    zbus_secret_service_keyring_store::Store::new().map(|store| Some(store as Store))
}

#[cfg(target_os = "macos")]
fn open() -> Result<Option<Store>, Fault> {
    apple_native_keyring_store::keychain::Store::new().map(|store| Some(store as Store))
}

#[cfg(windows)]
fn open() -> Result<Option<Store>, Fault> {
    windows_native_keyring_store::Store::new().map(|store| Some(store as Store))
}

#[cfg(not(any(
    all(feature = "desktop", any(target_os = "linux", target_os = "freebsd")),
    target_os = "macos",
    windows
)))]
#[expect(clippy::unnecessary_wraps, reason = "as where there is one")]
fn open() -> Result<Option<Store>, Fault> {
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_answer_is_not_waited_for() {
        let (_open, shut) = sync_channel::<()>(0);
        let silent = move || shut.recv().map_err(|_| Fault::NoEntry);
        assert!(matches!(within(Duration::from_millis(20), silent), Err(None)));
        assert!(matches!(within(ANSWERING, || Err::<(), _>(Fault::NoEntry)), Err(Some(Fault::NoEntry))));
        // A fault of whoever is asked is no end of ours.
        assert!(matches!(within::<()>(ANSWERING, || Err(Fault::BadEncoding(b"secret".to_vec()))), Err(Some(_))));
        assert!(!said(&Fault::BadEncoding(b"secret".to_vec())).contains("secret"));
    }
}
