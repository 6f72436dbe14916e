//! Programs that act for somebody who let them, signed in by their browser: OAuth 2 with PKCE (RFC 6749, 7636, 8252).
//! A program shows what it was let to do by a short-lived token, and gets a new pair for an old one.

use super::id::PersonId;
use super::person::{Person, Role};
use super::secret::{Digest, Secret};
use super::time::{Span, Timestamp};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// This program itself, as whoever signs in with it calls it. It has no secret that it could keep.
pub const OWN_PROGRAM: &str = "guichet";
/// Where a code goes that is shown to be typed elsewhere.
pub const SHOWN: &str = "urn:ietf:wg:oauth:2.0:oob";

/// What is wanted of a program's right to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantDeed {
    /// Somebody lets a program act for them: a code is good for it, once and for a short time. Only the account itself
    /// does, after they have said who they are: no program widens what it may do.
    Open {
        /// Who.
        person: PersonId,
        /// What.
        asked: Box<Asked>,
    },
    /// The program fetches a pair of tokens by the code; only the account itself does, for them.
    Redeem {
        /// What was in the code, hashed.
        code: Digest,
        /// Which program says that it is.
        program: String,
        /// Where it says that the code was sent.
        redirect: String,
        /// What only the program knows that asked for the code.
        verifier: Secret,
        /// The pair, hashed.
        pair: Pair,
    },
    /// The program fetches a new pair for an old one; only the account itself does, for them.
    Renew {
        /// What it has, hashed.
        refresh: Digest,
        /// Which program says that it is.
        program: String,
        /// The new pair, hashed.
        pair: Pair,
    },
}

/// What a program asked for and somebody said yes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is in the code, hashed.
    pub code: Digest,
    /// Who asked.
    pub program: String,
    /// Where the code goes.
    pub redirect: String,
    /// The SHA-256 of what only the program knows, as PKCE writes it.
    pub challenge: String,
    /// What it may do.
    pub scope: Scope,
}

/// Two tokens: one to act with, one to fetch the next pair with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// To act with.
    pub access: Digest,
    /// To fetch the next pair with.
    pub refresh: Digest,
    /// How long the first is good.
    pub good_for: Span,
}

/// A code that waits for its program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Who said yes.
    pub person: PersonId,
    /// To what.
    pub asked: Asked,
    /// Until when it is good.
    pub until: Timestamp,
}

/// A program that may act for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// For whom.
    pub person: PersonId,
    /// By what its owner tells it from others.
    pub name: String,
    /// Which program.
    pub program: String,
    /// What it may do.
    pub scope: Scope,
    /// What it acts with.
    pub access: Digest,
    /// Until when.
    pub access_until: Timestamp,
    /// What it fetches the next pair with.
    pub refresh: Digest,
    /// Until when.
    pub refresh_until: Timestamp,
    /// What it fetched this pair with, and when: an answer can have been lost.
    pub former: Option<(Digest, Timestamp)>,
    /// Since when it may act.
    pub created_at: Timestamp,
}

/// How long things are good.
#[derive(Debug)]
pub struct GrantLife;

impl GrantLife {
    /// A code.
    pub const CODE: Span = Span::minutes(2);
    /// What a program acts with, where it does not ask otherwise.
    pub const ACCESS: Span = Span::minutes(30);
    /// The shortest and longest that it can ask for.
    pub const ACCESS_BOUNDS: (Span, Span) = (Span::minutes(5), Span::days(2));
    /// What it fetches the next pair with.
    pub const REFRESH: Span = Span::days(30);
    /// So long the former one is taken again: whoever got no answer asks once more. Later it was stolen.
    pub const REPEAT: Span = Span::minutes(1);
}

/// What a program may do, as it was asked for: words with spaces between them. Words that nobody knows allow nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(String);

impl Scope {
    /// The longest, in bytes.
    pub const MAX_BYTES: usize = 1_000;

    /// What was asked for; everything that an ordinary program needs when nothing was.
    pub fn new(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() { Self("read write".to_owned()) } else { Self(words.join(" ")) }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn has(&self, word: &str) -> bool {
        self.0.split(' ').any(|one| one == word)
    }

    /// Whether something of a family of things (`tickets`, `users`, …) may be read, or changed.
    pub fn allows(&self, family: &str, change: bool) -> bool {
        let verb = if change { "write" } else { "read" };
        self.has(verb) || self.has(&format!("{family}:{verb}"))
    }

    /// Whether it may act for others.
    pub fn allows_impersonation(&self) -> bool {
        self.has("impersonate")
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether somebody may be acted for by somebody else: only by those who run the account, and only who runs nothing.
pub fn may_act_as(actor: &Person, other: &Person) -> bool {
    matches!(actor.role, Role::Admin) && !other.role.is_staff() && other.may_act()
}

/// Whether a program may be sent back there: this program to its own machine, or to nowhere when the code is shown.
pub fn may_be_sent_to(program: &str, redirect: &str) -> bool {
    program == OWN_PROGRAM && (redirect == SHOWN || is_loopback(redirect))
}

/// `http://127.0.0.1:PORT/…`, whatever the port (RFC 8252, 7.3).
fn is_loopback(redirect: &str) -> bool {
    let Some(rest) = ["http://127.0.0.1:", "http://[::1]:"].iter().find_map(|start| redirect.strip_prefix(start))
    else {
        return false;
    };
    let (port, path) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte);
    port.parse::<u16>().is_ok_and(|port| port > 0) && path.bytes().all(plain)
}

/// Whether a text can be a challenge: the SHA-256 of something in 43 letters, as RFC 7636 writes it.
pub fn is_challenge(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Whether what a program shows is what its challenge was made of.
pub fn answers(challenge: &str, verifier: &Secret) -> bool {
    let length = verifier.expose().len();
    if !(43..=128).contains(&length) {
        return false;
    }
    let made = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes()));
    Secret::new(made).digest().same(&Secret::new(challenge).digest())
}
