//! The reply token: who answers a letter about a ticket shows that they got that letter.
//!
//! An address can be claimed by anybody, so an incoming mail is taken as somebody's only with their address *and* the
//! token of (ticket, person) that only their own letters carry: in the reply address (`support+1042.TOKEN@…`) and in the
//! Message-IDs, which answers repeat in `References`. A token opens one ticket for one person, and nothing once the
//! account's secret is changed; what that person may still do is asked anew each time.

use crate::domain::id::{PersonId, TicketId};
use crate::domain::person::EmailAddress;
use crate::mail::letter::MessageId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Said before what is signed, so that no other signature with the same secret can stand in.
const PURPOSE: &[u8] = b"guichet reply token 1\0";
/// The same for what answers a note.
const NOTES: &[u8] = b"guichet note token 1\0";
/// Bytes of the signature that are kept: 80 bits.
const BYTES: usize = 10;
/// Characters of a token.
const CHARS: usize = 16;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// The longest local part of an address.
const LOCAL_BYTES: usize = 64;
/// The longest serial of a Message-ID.
const SERIAL_CHARS: usize = 64;

/// The token of one person for one ticket: 16 characters, `a` to `z` and `2` to `7`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token that the account's secret makes for them.
    pub fn new(secret: &[u8], ticket: TicketId, person: PersonId) -> Self {
        Self::signed(PURPOSE, secret, ticket, person)
    }

    /// The one that letters about notes carry: who answers a note writes a note (R126).
    pub fn of_note(secret: &[u8], ticket: TicketId, person: PersonId) -> Self {
        Self::signed(NOTES, secret, ticket, person)
    }

    fn signed(purpose: &[u8], secret: &[u8], ticket: TicketId, person: PersonId) -> Self {
        // proof: HMAC takes a key of any length
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
        mac.update(purpose);
        mac.update(&ticket.0.to_be_bytes());
        mac.update(&person.0.to_be_bytes());
        Self(base32(&mac.finalize().into_bytes()[..BYTES]))
    }

    /// Its characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What may be a token, found in a mail; [`Candidate::is_of`] tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The ticket it claims to be for.
    pub ticket: TicketId,
    /// In small letters.
    token: String,
}

impl Candidate {
    /// Whether it is the token of this person for its ticket. Takes the same time wherever a wrong one differs.
    pub fn is_of(&self, secret: &[u8], person: PersonId) -> bool {
        self.is(&Token::new(secret, self.ticket, person))
    }

    /// Whether it is the one of this person for notes on its ticket. The same time again.
    pub fn is_of_note(&self, secret: &[u8], person: PersonId) -> bool {
        self.is(&Token::of_note(secret, self.ticket, person))
    }

    fn is(&self, right: &Token) -> bool {
        right.0.as_bytes().ct_eq(self.token.as_bytes()).into()
    }

    /// The one in an address, `anything+1042.TOKEN@anywhere`.
    pub fn in_address(address: &str) -> Option<Self> {
        let (local, _) = address.rsplit_once('@')?;
        let (_, tag) = local.rsplit_once('+')?;
        Self::read(tag).filter(|_| tag.split('.').count() == 2)
    }

    /// The one in a Message-ID of ours, `1042.TOKEN.serial@anywhere`, with or without its angle brackets.
    pub fn in_message_id(id: &str) -> Option<Self> {
        let (left, _) = id.trim().trim_start_matches('<').split_once('@')?;
        Self::read(left)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let number = parts.next()?;
        let token = parts.next()?.to_ascii_lowercase();
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let formed = token.len() == CHARS && token.bytes().all(|byte| ALPHABET.contains(&byte));
        let ticket = number.parse().ok().filter(|_| digits && formed)?;
        Some(Self { ticket: TicketId(ticket), token })
    }
}

/// The address to which somebody answers: the account's with the ticket and their token. None when it would be longer
/// than an address can be; the Message-ID carries the token still.
pub fn reply_address(account: &EmailAddress, ticket: TicketId, token: &Token) -> Option<EmailAddress> {
    let (local, domain) = account.as_str().rsplit_once('@')?;
    let local = format!("{local}+{ticket}.{token}", token = token.as_str());
    (local.len() <= LOCAL_BYTES).then(|| EmailAddress::parse(&format!("{local}@{domain}")).ok()).flatten()
}

/// The Message-ID of a letter about a ticket: the same serial gives the same one.
pub fn message_id(ticket: TicketId, token: &Token, serial: &str, domain: &str) -> Option<MessageId> {
    MessageId::parse(&format!("{ticket}.{token}.{serial}@{domain}", token = token.as_str(), serial = plain(serial)))
}

/// The Message-ID that stands for a ticket as one person has it: no letter bears it, all refer to it, and so mail
/// programs show them as one thread.
pub fn thread_id(ticket: TicketId, token: &Token, domain: &str) -> Option<MessageId> {
    MessageId::parse(&format!("{ticket}.{token}@{domain}", token = token.as_str()))
}

/// The Message-ID of a letter that is about no ticket.
pub fn loose_id(serial: &str, domain: &str) -> Option<MessageId> {
    MessageId::parse(&format!("guichet.{serial}@{domain}", serial = plain(serial)))
}

fn plain(serial: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c.to_ascii_lowercase() } else { '-' };
    serial.chars().take(SERIAL_CHARS).map(kept).collect()
}

/// RFC 4648 in small letters; five bytes give eight characters.
fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(CHARS);
    for five in bytes.chunks(5) {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            text.push(char::from(ALPHABET[usize::try_from(bits >> (place * 5) & 31).unwrap_or_default()]));
        }
    }
    text
}
