//! Files by links that can be followed without signing in: whoever holds one reads as the person for whom it was made, as
//! far as that person may at that moment, until it expires.

use super::Embedded;
use crate::client::Error;
use crate::client::access::Visitor;
use crate::domain::comment::{Attachment, UploadToken};
use crate::domain::id::{AttachmentId, PersonId};
use crate::domain::time::{Span, Timestamp};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Said before what is signed, so that no other signature with the same secret can stand in.
const PURPOSE: &[u8] = b"guichet file link 1\0";
/// How long a link is good at least, and in what steps that goes on: objects are the same as long as they are asked for
/// within a step.
const GOOD_FOR: Span = Span::hours(1);
/// Bytes of numbers before the signature.
const NUMBERS: usize = 24;

/// What signs links to files for one person.
#[derive(Clone)]
pub struct FileLinks {
    secret: Vec<u8>,
    person: PersonId,
    until: Timestamp,
}

impl FileLinks {
    /// Links for somebody, from a moment on.
    pub(in crate::client) fn new(secret: Vec<u8>, person: PersonId, now: Timestamp) -> Self {
        let step = GOOD_FOR.0;
        let until = Timestamp((now.0.div_euclid(step) + 2) * step);
        Self { secret, person, until }
    }

    /// What stands in a link to a file.
    pub fn token(&self, file: AttachmentId) -> String {
        let numbers = numbers(file, self.person, self.until);
        let mut token = numbers.to_vec();
        token.extend(signature(&self.secret, &numbers));
        BASE64_URL_SAFE_NO_PAD.encode(token)
    }
}

fn numbers(file: AttachmentId, person: PersonId, until: Timestamp) -> [u8; NUMBERS] {
    let mut bytes = [0; NUMBERS];
    for (place, number) in bytes.chunks_exact_mut(8).zip([file.0, person.0, until.0]) {
        place.copy_from_slice(&number.to_be_bytes());
    }
    bytes
}

fn signature(secret: &[u8], numbers: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return Vec::new() };
    mac.update(PURPOSE);
    mac.update(numbers);
    mac.finalize().into_bytes().to_vec()
}

/// What a token says, if the account made it and it is still good.
fn read(token: &str, secret: &[u8], now: Timestamp) -> Option<(AttachmentId, PersonId)> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    let (numbers, signed) = bytes.split_at_checked(NUMBERS)?;
    let expected = signature(secret, numbers);
    if secret.is_empty() || expected.is_empty() || !bool::from(expected.as_slice().ct_eq(signed)) {
        return None;
    }
    let mut read = numbers.chunks_exact(8).filter_map(|part| part.try_into().ok().map(i64::from_be_bytes));
    let (file, person, until) = (read.next()?, read.next()?, read.next()?);
    (now < Timestamp(until)).then_some((AttachmentId(file), PersonId(person)))
}

impl Embedded {
    /// Takes away a file of one's own that waits for its comment; whether it was there.
    pub async fn drop_upload(&self, token: UploadToken) -> Result<bool, Error> {
        let me = self.me().await?;
        Ok(self.store.drop_upload(me.person.id, token).await?)
    }
}

impl Visitor {
    /// The file of a link; [`Error::NotFound`] whatever is wrong with it.
    pub async fn file_by_link(&self, token: &str) -> Result<(Attachment, Vec<u8>), Error> {
        let now = (self.clock)();
        let secret = self.store.reply_secret(now).await?;
        let (file, person) = read(token, &secret, now).ok_or(Error::NotFound)?;
        let owner = Embedded::new(self.store.clone(), person, self.via, std::sync::Arc::clone(&self.clock));
        owner.read_attachment(file).await.map_err(|error| match error {
            Error::Store(fault) => Error::Store(fault),
            _ => Error::NotFound,
        })
    }
}
