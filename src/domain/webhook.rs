use super::id::{TicketId, WebhookId};
use super::refusal::{Field, Refusal};
use super::secret::Secret;
use super::text::one_line;
use super::time::{Span, Timestamp};

/// An address to which triggers and automations send what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Which.
    pub id: WebhookId,
    /// As people read it; unique among the webhooks.
    pub name: String,
    /// Where it goes: `https://…`.
    pub url: String,
    /// Whether anything is sent.
    pub active: bool,
}

/// What is wanted of a webhook beside what its document says: its secrets stand in no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookDeed {
    /// It signs with another secret from now on; made by whoever hands it in.
    Renew(Secret),
    /// How it signs in at its server from now on; none when it does not.
    SignIn(Option<SignIn>),
}

impl WebhookDeed {
    /// What of the webhook becomes different, as history names it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Renew(_) => "signing_secret",
            Self::SignIn(_) => "authentication",
        }
    }
}

/// How calls sign in at the server that they go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// `Authorization: Bearer …`
    Bearer(Secret),
    /// `Authorization: Basic …`
    Basic {
        /// As whom.
        user: String,
        /// With what.
        password: Secret,
    },
    /// A header of the server's own.
    Header {
        /// Its name.
        name: String,
        /// Its value.
        value: Secret,
    },
}

impl SignIn {
    /// The longest secret, in bytes.
    const MOST_BYTES: usize = 4096;
    /// Headers that say something else than who calls.
    const TAKEN: [&'static str; 12] = [
        "accept",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "expect",
        "host",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    ];

    /// The name in scripts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Bearer(_) => "bearer",
            Self::Basic { .. } => "basic",
            Self::Header { .. } => "header",
        }
    }

    /// What of it is no secret: the user, or the header.
    pub fn shown(&self) -> Option<&str> {
        match self {
            Self::Bearer(_) => None,
            Self::Basic { user, .. } => Some(user),
            Self::Header { name, .. } => Some(name),
        }
    }

    /// What of it must not be seen.
    pub const fn secret(&self) -> &Secret {
        match self {
            Self::Bearer(secret) | Self::Basic { password: secret, .. } | Self::Header { value: secret, .. } => secret,
        }
    }

    /// Whether it can be sent as it is.
    ///
    /// # Errors
    /// What of it cannot be.
    pub fn check(&self) -> Result<(), Refusal> {
        let secret = self.secret().expose();
        if secret.is_empty() {
            return Err(Refusal::Empty(Field::Token));
        }
        if secret.len() > Self::MOST_BYTES {
            return Err(Refusal::TooLong { field: Field::Token, max: Self::MOST_BYTES as u64 });
        }
        let shown = |text: &str| text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
        // A basic password is wrapped up, so it may have any letters; none of them may be the end of a line.
        let fine = match self {
            Self::Bearer(_) | Self::Header { .. } => shown(secret) && secret.trim() == secret,
            Self::Basic { .. } => !secret.chars().any(char::is_control),
        };
        if !fine {
            return Err(Refusal::Malformed(Field::Token));
        }
        let named = match self {
            Self::Bearer(_) => true,
            Self::Basic { user, .. } => !user.is_empty() && !user.contains(':') && !user.chars().any(char::is_control),
            Self::Header { name, .. } => is_header(name) && !Self::is_taken(name),
        };
        if named { Ok(()) } else { Err(Refusal::Malformed(Field::Name)) }
    }

    fn is_taken(name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        Self::TAKEN.contains(&name.as_str()) || name.starts_with("x-zendesk-webhook") || name == "x-zendesk-account-id"
    }
}

fn is_header(name: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.len() <= 100 && name.chars().all(token)
}

/// What calls of a webhook need beside what its document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// What it signs with: the key is this text as it stands.
    pub signing: Secret,
    /// How it signs in.
    pub sign_in: Option<SignIn>,
}

/// What of them an admin is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookKeys {
    /// What it signs with: whoever checks signatures must have it.
    pub signing: Secret,
    /// How it signs in: `bearer`, `basic` or `header`.
    pub way: Option<String>,
    /// The user, or the header.
    pub name: Option<String>,
}

/// A call as it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Its number in the log.
    pub id: i64,
    /// The row of the outbox; none when it was a test.
    pub outbox: Option<i64>,
    /// About which ticket.
    pub ticket: Option<TicketId>,
    /// When it was begun.
    pub at: Timestamp,
    /// How long it took.
    pub took: Span,
    /// What the server answered with, if it did.
    pub status: Option<u16>,
    /// Why it was not taken, by the name in scripts; none when it was.
    pub reason: Option<String>,
    /// The beginning of what the server said when it did not take it: hostile text.
    pub said: Option<String>,
}

/// How a webhook's server has been doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// How many calls in a row went wrong for a reason that others would share.
    pub failures: u32,
    /// Nobody calls before.
    pub rests_until: Option<Timestamp>,
}

impl Health {
    /// After so many failures in a row it is left alone for a while.
    pub const PATIENCE: u32 = 3;
    const FIRST_REST: Span = Span(30_000);
    const LONGEST_REST: Span = Span::minutes(15);

    /// After a call that went wrong at a moment; the server may have said how long it wants to be left alone.
    #[must_use]
    pub fn failed(self, now: Timestamp, asked: Option<Span>) -> Self {
        let failures = self.failures.saturating_add(1);
        let doublings = failures.checked_sub(Self::PATIENCE);
        let own = doublings.map(|times| Span((Self::FIRST_REST.0 << times.min(10)).min(Self::LONGEST_REST.0)));
        let asked = asked.map(|span| Span(span.0.clamp(0, Retry::MOST_ASKED.0)));
        Self { failures, rests_until: own.max(asked).filter(|span| span.0 > 0).map(|span| now + span) }
    }
}

/// How often and how long a call is tried: after 10 seconds, then twice as long each time, an hour at most, for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry;

impl Retry {
    const FIRST: Span = Span(10_000);
    const LONGEST: Span = Span::hours(1);
    /// Given up when the first try is longer ago than this.
    pub const GIVE_UP: Span = Span::days(1);
    /// What a server asks for is heeded up to this.
    pub const MOST_ASKED: Span = Span::hours(6);

    /// How long to wait after so many failures, `age` after the first try; none when it is given up. `chance`, from 0 to
    /// 1000, spreads the wait over its upper half; a server that says when to come again is not visited before.
    pub fn wait(failures: u32, age: Span, asked: Option<Span>, chance: u32) -> Option<Span> {
        let full = (Self::FIRST.0 << failures.saturating_sub(1).min(20)).min(Self::LONGEST.0);
        let own = full / 2 + full / 2 * i64::from(chance.min(1000)) / 1000;
        let wait = own.max(asked.map_or(0, |span| span.0.clamp(0, Self::MOST_ASKED.0)));
        (age.0.saturating_add(wait) <= Self::GIVE_UP.0).then_some(Span(wait))
    }
}

/// The most characters that are kept of what a server said.
const MOST_SAID: usize = 200;

/// The beginning of what a server said, as one line, without what it was told in confidence: some repeat what they got.
pub fn beginning(body: &[u8], hidden: &[&str]) -> Option<String> {
    let mut text = String::from_utf8_lossy(body).into_owned();
    for secret in hidden.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "***");
    }
    let line = one_line(&text);
    let cut: String = line.chars().take(MOST_SAID).collect();
    (!cut.is_empty()).then_some(cut)
}
