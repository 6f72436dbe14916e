//! Where somebody's news go on. It travels with them, and is sealed: a number in it would tell an end user how much happens
//! in the account, and when.

use crate::client::{Cursor, Error};
use crate::domain::id::PersonId;
use crate::domain::time::Timestamp;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Said before what is made with the secret, so that nothing else made with it can stand in.
const PURPOSE: &[u8] = b"guichet news 1\0";
const NONCE: usize = 16;
const NUMBERS: usize = 6 * 8;
const TAG: usize = 16;

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
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| broken())?;
        let mut bytes = nonce.to_vec();
        bytes.extend(self.mixed(&nonce, &place.bytes()).ok_or_else(broken)?);
        let tag = self.tag(&bytes).ok_or_else(broken)?;
        bytes.extend(tag);
        Ok(Cursor(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// None when it is not one that this account gave to this person.
    pub(super) fn open(&self, cursor: &Cursor) -> Option<Place> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&cursor.0).ok()?;
        let (sealed, tag) = bytes.split_at_checked(NONCE + NUMBERS)?;
        if !bool::from(self.tag(sealed)?.as_slice().ct_eq(tag)) {
            return None;
        }
        let (nonce, numbers) = sealed.split_at_checked(NONCE)?;
        Place::of(&self.mixed(nonce, numbers)?)
    }

    /// Numbers made unreadable, or readable again.
    fn mixed(&self, nonce: &[u8], numbers: &[u8]) -> Option<Vec<u8>> {
        let mut mixed = numbers.to_vec();
        for (part, count) in mixed.chunks_mut(32).zip(0_u8..) {
            for (byte, other) in part.iter_mut().zip(self.made(&[b"mix", nonce, &[count]])?) {
                *byte ^= other;
            }
        }
        Some(mixed)
    }

    fn tag(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        Some(self.made(&[b"tag", bytes])?[..TAG].to_vec())
    }

    fn made(&self, of: &[&[u8]]) -> Option<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).ok().filter(|_| !self.secret.is_empty())?;
        mac.update(PURPOSE);
        mac.update(&self.person.0.to_be_bytes());
        for part in of {
            mac.update(part);
        }
        Some(mac.finalize().into_bytes().into())
    }
}

impl Place {
    fn bytes(&self) -> Vec<u8> {
        let Self { feed, next, audit, at, session, unread } = self;
        let numbers = [*feed, next.cast_signed(), *audit, at.0, session.cast_signed(), unread.cast_signed()];
        numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

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
    assert_eq!(seal.open(&one), Some(place));
    assert_eq!(Seal::new(vec![7; 32], PersonId(2)).open(&one), None);
    assert_eq!(Seal::new(vec![8; 32], PersonId(1)).open(&one), None);
    assert_eq!(seal.open(&Cursor(format!("A{}", &one.0[1..]))).is_some(), one.0.starts_with('A'));
    assert_eq!(seal.open(&Cursor(String::new())), None);
    Ok(())
}
