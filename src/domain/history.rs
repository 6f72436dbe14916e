use sha2::{Digest, Sha256};

/// A link of a hash chain: what an audit's row bears.
pub type Link = [u8; 32];

/// The link before the first.
pub const START: Link = [0; 32];

/// The link of an audit: over the one before it and the bytes that the store keeps of it. Texts and files are in those
/// bytes only as [`salted`] digests, so that they can be erased and the chain stays valid (D35).
pub fn link(before: &Link, number: i64, bytes: &[u8]) -> Link {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(number.to_be_bytes());
    hash.update(bytes);
    hash.finalize().into()
}

/// The digest of a text under its own salt, without which it could be guessed from the digest of a short text.
pub fn salted(salt: &[u8; 16], text: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(text);
    hash.finalize().into()
}
