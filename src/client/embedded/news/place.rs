//! Where somebody's news go on. It travels with them, and is sealed: a number in it would tell an end user how much happens
//! in the account, and when.

use crate::client::{Cursor, Error};
use crate::domain::id::PersonId;
use crate::domain::time::Timestamp;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};

/// What the secret is used for here, so that nothing else made with it can stand in.
const PURPOSE: &[u8] = b"guichet news 2";

/// Where somebody's news go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// In which feed.
    pub(super) feed: i64,
    /// Which place of it is next.
    pub(super) next: u64,
    /// Up to which audit: for where that feed is gone.
    pub(super) audit: i64,
    /// When.
    pub(super) at: Timestamp,
    /// Which session was known.
    pub(super) session: u64,
    /// How many unread notices were known.
    pub(super) unread: u64,
}

/// What seals one person's places.
pub(super) struct Seal {
    secret: Vec<u8>,
    person: PersonId,
}

impl Seal {
    pub(super) fn new(secret: Vec<u8>, person: PersonId) -> Self {
        Self { secret, person }
    }

    pub(super) fn close(&self, place: &Place) -> Result<Cursor, Error> {
        let broken = || Error::Garbled("a place in the news could not be sealed".to_owned());
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| broken())?;
        let (key, mut numbers) = (self.key().ok_or_else(broken)?, place.bytes());
        // Chance alone: one person gets far fewer places than after which two nonces are the same.
        let unique = Nonce::assume_unique_for_key(nonce);
        key.seal_in_place_append_tag(unique, Aad::from(PURPOSE), &mut numbers).map_err(|_| broken())?;
        Ok(Cursor(BASE64_URL_SAFE_NO_PAD.encode([&nonce[..], &numbers].concat())))
    }

    /// None when it is not one that this account gave to this person.
    pub(super) fn open(&self, cursor: &Cursor) -> Option<Place> {
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(&cursor.0).ok()?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        Place::of(self.key()?.open_in_place(nonce, Aad::from(PURPOSE), sealed).ok()?)
    }

    /// One for each person.
    fn key(&self) -> Option<LessSafeKey> {
        if self.secret.is_empty() {
            return None;
        }
        let person = self.person.0.to_be_bytes();
        let made = Salt::new(HKDF_SHA256, PURPOSE).extract(&self.secret);
        let key = UnboundKey::from(made.expand(&[&person], &CHACHA20_POLY1305).ok()?);
        Some(LessSafeKey::new(key))
    }
}

impl Place {
    fn bytes(&self) -> Vec<u8> {
        let Self { feed, next, audit, at, session, unread } = self;
        let numbers = [*feed, next.cast_signed(), *audit, at.0, session.cast_signed(), unread.cast_signed()];
        numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    /// From as many bytes as [`bytes`](Self::bytes) makes.
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes.chunks_exact(8).filter_map(|part| part.try_into().ok().map(i64::from_be_bytes));
        let mut next = || numbers.next();
        Some(Self {
            feed: next()?,
            next: next()?.cast_unsigned(),
            audit: next()?,
            at: Timestamp(next()?),
            session: next()?.cast_unsigned(),
            unread: next()?.cast_unsigned(),
        })
    }
}

/// A place is read by whom it was given to alone, and tells them nothing.
#[test]
fn a_place_is_sealed() -> Result<(), Error> {
    let place = Place { feed: -3, next: 7, audit: 99, at: Timestamp(5), session: u64::MAX, unread: 2 };
    let seal = Seal::new(vec![7; 32], PersonId(1));
    let (one, other) = (seal.close(&place)?, seal.close(&place)?);
    assert_ne!(one, other, "the same place looks another each time");
    assert_eq!(seal.open(&one), Some(place.clone()));
    assert_eq!(Seal::new(vec![7; 32], PersonId(2)).open(&one), None);
    assert_eq!(Seal::new(vec![8; 32], PersonId(1)).open(&one), None);
    // Whatever of it is another: nonce, numbers or tag.
    for at in 0..one.0.len() {
        let other = if one.0.as_bytes()[at] == b'A' { "B" } else { "A" };
        let forged = format!("{}{other}{}", &one.0[..at], &one.0[at + 1..]);
        assert_eq!(seal.open(&Cursor(forged)), None, "{at}");
    }
    assert_eq!(seal.open(&Cursor(one.0[..20].to_owned())), None);
    assert_eq!(Seal::new(Vec::new(), PersonId(1)).close(&place).ok(), None, "without a secret nothing is sealed");
    assert_eq!(seal.open(&Cursor(String::new())), None);
    Ok(())
}
