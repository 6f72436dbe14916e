//! What people and programs sign in with, as far as the rules know it: never the thing itself, only its hash.

use super::refusal::{Field, Refusal};
use super::text::hex;
use super::time::Timestamp;
use sha2::{Digest as _, Sha256};
use std::fmt;
use subtle::ConstantTimeEq as _;

/// The shortest password, in characters.
pub const MIN_PASSWORD_CHARS: usize = 10;
/// The longest, in bytes: more would only cost time.
pub const MAX_PASSWORD_BYTES: usize = 1024;

/// A text that must not be seen: a password, or what is in a link. It shows itself to nobody by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A text as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Whether there is no text at all.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text itself, for whoever must have it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of a secret that is made by chance.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0.as_bytes()).into())
    }
}

/// What a program signs in with, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// By what it is told from others.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The SHA-256 of a secret of at least 128 bits of chance, or of an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// What an address is counted under.
    pub fn of_address(address: &super::person::EmailAddress) -> Self {
        Self(Sha256::digest(address.folded().as_bytes()).into())
    }

    /// Whether it is the other one, in a time that does not tell where they differ.
    pub fn same(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    /// A short name by which people tell one from another.
    pub fn name(&self) -> String {
        hex(&self.0[..6])
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A password as it is kept: Argon2id, with its salt and costs, as a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Whether a text can be a password: long enough to be hard to guess, and not so long that it costs time.
///
/// # Errors
/// [`Refusal::TooShort`] or [`Refusal::TooLong`].
pub fn check_password(password: &Secret) -> Result<(), Refusal> {
    let text = password.expose();
    let different: std::collections::BTreeSet<char> = text.chars().collect();
    if text.chars().count() < MIN_PASSWORD_CHARS || different.len() < MIN_PASSWORD_CHARS / 2 {
        return Err(Refusal::TooShort { field: Field::Password, min: MIN_PASSWORD_CHARS as u64 });
    }
    if text.len() > MAX_PASSWORD_BYTES {
        return Err(Refusal::TooLong { field: Field::Password, max: MAX_PASSWORD_BYTES as u64 });
    }
    Ok(())
}
