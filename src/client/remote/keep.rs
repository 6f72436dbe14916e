//! What this machine keeps of a sign-in, and how it goes on: a pair of tokens, of which the next is fetched with the one
//! before. What is fetched is kept before it is used, so that nobody is signed out by an end in between.

use super::SignIn;
use crate::client::Error;
use crate::client::drafts::private_folder;
use crate::domain::person::EmailAddress;
use crate::domain::secret::Secret;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A pair of tokens as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// To act with.
    pub access: Secret,
    /// To fetch the next pair with.
    pub refresh: Secret,
}

/// Where a pair is kept: the system's keyring, or a file that only its owner reads. All of it may wait for a disk.
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

/// A pair in a file that only its owner reads.
pub struct FileKeeper {
    path: PathBuf,
}

impl FileKeeper {
    /// The pair of a profile, in a folder that is made when it is needed.
    pub fn new(folder: &Path, profile: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
        let name: String = profile.chars().map(plain).collect();
        // Two names that look alike without their other letters are two files all the same.
        let digest = crate::domain::text::hex(&Sha256::digest(profile)[..4]);
        Self { path: folder.join(format!("{name}-{digest}.json")) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps nothing any more.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn forget(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// An API token or a password that is kept in place of a pair, with whose it is.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn by_hand(&self) -> Result<Option<SignIn>, Error> {
        let Some(kept) = self.json().map_err(|error| kept(&error))? else { return Ok(None) };
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
            SignIn::Bearer(_) | SignIn::Nobody => return Err(kept(&io::Error::other("there is nothing to keep"))),
        };
        self.write_json(&json).map_err(|error| kept(&error))
    }

    fn json(&self) -> io::Result<Option<Json>> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        serde_json::from_str(&text).map(Some).map_err(io::Error::other)
    }

    fn read_file(&self) -> io::Result<Option<Signed>> {
        let Some(kept) = self.json()? else { return Ok(None) };
        let text = |name: &str| kept.get(name).and_then(Json::as_str).map(Secret::new);
        Ok(text("access").zip(text("refresh")).map(|(access, refresh)| Signed { access, refresh }))
    }

    /// Whole or not at all: a file beside it takes its place when it is on the disk.
    fn write_file(&self, signed: &Signed) -> io::Result<()> {
        self.write_json(&json!({ "access": signed.access.expose(), "refresh": signed.refresh.expose() }))
    }

    fn write_json(&self, json: &Json) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        private_folder(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(json.to_string().as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        fs::File::open(folder)?.sync_all()
    }
}

impl Keeper for FileKeeper {
    fn read(&self) -> Result<Option<Signed>, Error> {
        self.read_file().map_err(|error| kept(&error))
    }

    fn write(&self, signed: &Signed) -> Result<(), Error> {
        self.write_file(signed).map_err(|error| kept(&error))
    }

    fn hold(&self) -> Result<Box<dyn Send>, Error> {
        let lock = || {
            private_folder(self.path.parent().unwrap_or(Path::new(".")))?;
            let file = fs::File::create(self.path.with_extension("lock"))?;
            file.lock()?;
            Ok(file)
        };
        lock().map(|file| Box::new(file) as Box<dyn Send>).map_err(|error: io::Error| kept(&error))
    }
}

fn kept(error: &io::Error) -> Error {
    Error::Garbled(format!("the sign-in that is kept on this machine: {error}"))
}
