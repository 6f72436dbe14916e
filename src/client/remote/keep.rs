//! What this machine keeps of a sign-in, and how it goes on: a pair of tokens, of which the next is fetched with the one
//! before. What is fetched is kept before it is used, so that nobody is signed out by an end in between.

mod file;
mod keyring;

pub use keyring::{NoKeyring, Store, native};

use super::SignIn;
use crate::client::Error;
use crate::client::drafts::private_folder;
use crate::domain::person::EmailAddress;
use crate::domain::secret::Secret;
use file::File;
use keyring::Keyring;
use serde_json::{Value as Json, json};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A pair of tokens as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// To act with.
    pub access: Secret,
    /// To fetch the next pair with.
    pub refresh: Secret,
}

/// Where a pair is kept: the system's keyring, or a file that only its owner reads. All of it may wait for a disk, or for
/// somebody who unlocks their keyring.
pub trait Keeper: Send + Sync {
    /// The pair; none when nobody is signed in.
    ///
    /// # Errors
    /// It cannot be read.
    fn read(&self) -> Result<Option<Signed>, Error>;

    /// Keeps a pair in place of the one before; it is there after a loss of power when this has answered.
    ///
    /// # Errors
    /// It cannot be written.
    fn write(&self, signed: &Signed) -> Result<(), Error>;

    /// Keeps other programs from fetching the next pair at the same time, until what is answered is dropped.
    ///
    /// # Errors
    /// Nobody can be kept from it.
    fn hold(&self) -> Result<Box<dyn Send>, Error>;
}

/// Where one text is kept, whole or not at all.
trait Place: Send + Sync {
    fn read(&self) -> Result<Option<Secret>, Error>;
    fn write(&self, text: &Secret) -> Result<(), Error>;
    fn forget(&self) -> Result<(), Error>;
}

/// What signs somebody in to the account of a profile.
pub struct Keep {
    place: Box<dyn Place>,
    /// Where its file is, or would be.
    path: PathBuf,
}

impl Keep {
    /// In a file that only its owner reads, in a folder that is made when it is needed.
    pub fn in_file(folder: &Path, profile: &str) -> Self {
        let path = file::path(folder, profile);
        Self { place: Box::new(File { path: path.clone() }), path }
    }

    /// In a keyring. The folder is for what keeps two programs from fetching at the same time; the same profile in another
    /// folder is another one.
    pub fn in_keyring(keyring: Store, folder: &Path, profile: &str) -> Self {
        let path = file::path(folder, profile);
        Self { place: Box::new(Keyring::new(keyring, folder, profile)), path }
    }

    /// Where its file is; with a keyring there is none.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps nothing any more.
    ///
    /// # Errors
    /// It cannot be removed. That there was nothing is none.
    pub fn forget(&self) -> Result<(), Error> {
        self.place.forget()
    }

    /// An API token or a password that is kept in place of a pair, with whose it is.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn by_hand(&self) -> Result<Option<SignIn>, Error> {
        let Some(kept) = self.json()? else { return Ok(None) };
        let text = |name: &str| kept.get(name).and_then(Json::as_str);
        let Some(email) = text("email").and_then(|email| EmailAddress::parse(email).ok()) else { return Ok(None) };
        let token = text("token").map(|token| SignIn::Token(email.clone(), Secret::new(token)));
        Ok(token.or_else(|| text("password").map(|password| SignIn::Password(email, Secret::new(password)))))
    }

    /// Keeps such a thing.
    ///
    /// # Errors
    /// It cannot be written, or is none of the two.
    pub fn keep_by_hand(&self, sign_in: &SignIn) -> Result<(), Error> {
        let json = match sign_in {
            SignIn::Token(email, token) => json!({ "email": email.as_str(), "token": token.expose() }),
            SignIn::Password(email, password) => json!({ "email": email.as_str(), "password": password.expose() }),
            SignIn::Bearer(_) | SignIn::Nobody => return Err(broken("there is nothing to keep")),
        };
        self.place.write(&Secret::new(json.to_string()))
    }

    fn json(&self) -> Result<Option<Json>, Error> {
        let read =
            |text: Secret| serde_json::from_str(text.expose()).map_err(|_| broken("it is not as it was written"));
        self.place.read()?.map(read).transpose()
    }
}

impl Keeper for Keep {
    fn read(&self) -> Result<Option<Signed>, Error> {
        let Some(kept) = self.json()? else { return Ok(None) };
        let text = |name: &str| kept.get(name).and_then(Json::as_str).map(Secret::new);
        Ok(text("access").zip(text("refresh")).map(|(access, refresh)| Signed { access, refresh }))
    }

    fn write(&self, signed: &Signed) -> Result<(), Error> {
        let json = json!({ "access": signed.access.expose(), "refresh": signed.refresh.expose() });
        self.place.write(&Secret::new(json.to_string()))
    }

    fn hold(&self) -> Result<Box<dyn Send>, Error> {
        let lock = || {
            private_folder(self.path.parent().unwrap_or(Path::new(".")))?;
            let file = fs::File::create(self.path.with_extension("lock"))?;
            file.lock()?;
            Ok(file)
        };
        lock().map(|file| Box::new(file) as Box<dyn Send>).map_err(|error: io::Error| broken(&error.to_string()))
    }
}

/// Where a profile's changes stand that are under way.
pub fn under_way(folder: &Path, profile: &str) -> PathBuf {
    file::path(folder, profile).with_extension("sent")
}

fn broken(why: &str) -> Error {
    Error::Garbled(format!("the sign-in that is kept on this machine: {why}"))
}
