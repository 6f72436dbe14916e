//! How people come into an account, prove who they are, become one with others, and leave it.

use super::grant::{Code, Grant, GrantDeed};
use super::id::{CommentId, PersonId, TicketId, WebhookId};
use super::outgoing::Delivery;
use super::person::EmailAddress;
use super::secret::{Digest, PasswordHash};
use super::stranger::{Strangers, Waiting};
use super::time::{Span, Timestamp};
use super::webhook::WebhookDeed;
use std::collections::BTreeSet;

/// What is wanted of a person as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonDeed {
    /// Lets in who asked for access, where somebody of the team has to.
    Approve(PersonId),
    /// An end user turns out to be somebody else, to whom everything of theirs goes.
    Merge {
        /// Who is no more.
        source: PersonId,
        /// To whom their number leads from now on.
        target: PersonId,
    },
    /// Takes somebody out of the account. Their name stays on what they did.
    Delete(PersonId),
    /// Takes somebody out of the account, with all that the account knows of them (D35).
    Erase {
        /// Whom.
        person: PersonId,
        /// Whether what they wrote and attached goes too.
        texts: bool,
    },
    /// Takes who is gone, or works no longer, off a ticket; only the account itself does.
    Settle {
        /// Off which.
        ticket: TicketId,
        /// Whom.
        person: PersonId,
    },
    /// Takes texts and files off a ticket for good; only the account itself does.
    Forget {
        /// Off which.
        ticket: TicketId,
        /// Those of somebody who was erased; all when none, if the ticket was closed long enough ago.
        whose: Option<PersonId>,
    },
    /// Somebody without a password asks for access, or for a new password; only the account itself does, for them.
    AskAccess {
        /// As what they want to be known; none when they say that they are known.
        name: Option<String>,
        /// Where a link is to be sent.
        email: EmailAddress,
    },
    /// A link that lets somebody set a password, once.
    MakeLink {
        /// Whom.
        person: PersonId,
        /// What is in it, hashed.
        link: Digest,
    },
    /// A password is set by what was in a link; only the account itself does, for them.
    UseLink {
        /// What was in it, hashed.
        link: Digest,
        /// The password, hashed.
        password: PasswordHash,
    },
    /// A password is set without a link.
    SetPassword {
        /// Whose.
        person: PersonId,
        /// The password, hashed.
        password: PasswordHash,
    },
    /// Lets a program act for somebody.
    AddToken {
        /// For whom.
        person: PersonId,
        /// What it signs in with, hashed.
        token: Digest,
    },
    /// A program is signed in by a browser, or goes on to be.
    Grant(GrantDeed),
    /// A program acts for somebody no longer.
    RevokeToken {
        /// For whom.
        person: PersonId,
        /// Which, by its [name](Digest::name).
        name: String,
    },
}

/// What has happened to a person as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonEvent {
    /// They turned out to be somebody else.
    Merged {
        /// Who is no more.
        person: PersonId,
        /// Who they are.
        into: PersonId,
    },
    /// They were taken out of the account.
    Deleted(PersonId),
    /// All that the account knew of them was taken out of it.
    Erased {
        /// Who.
        person: PersonId,
        /// Whether what they wrote went too.
        texts: bool,
    },
    /// A link for a new password was made for them.
    LinkMade(PersonId),
    /// A program may act for them.
    TokenMade {
        /// For whom.
        person: PersonId,
        /// Its name.
        name: String,
    },
    /// A program may act for them no longer.
    TokenRevoked {
        /// For whom.
        person: PersonId,
        /// Its name.
        name: String,
    },
    /// Texts and files were taken off a ticket for good (D35).
    TextsErased(BTreeSet<CommentId>),
    /// Its subject, and what its fields held as text, were taken off a ticket for good (D35).
    WordsErased,
}

/// What is written beside records and events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Somebody asked for access; to a person a link is to be sent.
    Asked {
        /// With which address.
        address: Digest,
        /// To whom; nobody when there is none, or none who may have one.
        person: Option<PersonId>,
        /// When.
        at: Timestamp,
    },
    /// Somebody asked who has not signed in.
    Stranger {
        /// With which address.
        address: Digest,
        /// When.
        at: Timestamp,
        /// Whether the address is told of it.
        told: bool,
    },
    /// What they asked waits for somebody of the team.
    Waiting(Box<Waiting>),
    /// A link is good until a moment.
    Link {
        /// For whom.
        person: PersonId,
        /// What is in it.
        link: Digest,
        /// From when.
        at: Timestamp,
        /// Until when.
        expires_at: Timestamp,
    },
    /// A password, and no link any more.
    Password {
        /// Whose.
        person: PersonId,
        /// Hashed.
        password: PasswordHash,
        /// From when.
        at: Timestamp,
    },
    /// A program may sign in.
    Token {
        /// For whom.
        person: PersonId,
        /// With what.
        token: Digest,
        /// From when.
        at: Timestamp,
    },
    /// A code waits for its program.
    Code(Code),
    /// The code was used.
    CodeGone(Digest),
    /// A program may act for somebody, with these tokens and no others.
    Granted(Grant),
    /// A program may sign in no longer.
    TokenGone {
        /// For whom.
        person: PersonId,
        /// Which.
        name: String,
    },
    /// No program and no link lets them in any more; their password neither when they are gone.
    ShutOut {
        /// Whom.
        person: PersonId,
        /// Whether the password goes too.
        password: bool,
    },
    /// Somebody is gone or works no longer, and is still on tickets.
    Unsettled {
        /// Who.
        person: PersonId,
        /// Whether their texts are to go too.
        texts: bool,
    },
    /// A problem was solved: its incidents are to be solved with it.
    ProblemSolved {
        /// Which.
        ticket: TicketId,
        /// What was said in public then.
        comment: Option<CommentId>,
    },
    /// Retention has been at a ticket.
    Forgotten(TicketId),
    /// A webhook signs or signs in with something else.
    Webhook {
        /// Which.
        webhook: WebhookId,
        /// With what.
        deed: WebhookDeed,
    },
    /// A letter waits again, or is not sent any more.
    Letter {
        /// Which.
        letter: i64,
        /// Whether it is not sent any more.
        drop: bool,
        /// When.
        at: Timestamp,
    },
    /// A mail that was nobody's is there no longer.
    MailGone(i64),
}

/// What decisions on people as a whole look at, and others that are as rare; asked only for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeFacts {
    /// How many unsolved requests the person has; a bound is enough.
    pub unsolved: u64,
    /// The names of their tokens.
    pub tokens: BTreeSet<String>,
    /// The link that was used: what is in it, whose it is, until when it is good.
    pub link: Option<(Digest, PersonId, Timestamp)>,
    /// The code that was used.
    pub code: Option<Code>,
    /// The program that has, or had, the token that was used.
    pub grant: Option<Grant>,
    /// When access was asked for with the address, the newest [`AccessBounds::ADDRESS`].
    pub asked: Vec<Timestamp>,
    /// When access was asked for at all, the newest [`AccessBounds::ALL`].
    pub asked_of_all: Vec<Timestamp>,
    /// Requests of those who have not signed in.
    pub strangers: Strangers,
    /// The comments of the ticket whose texts are still there, with their authors.
    pub said: Vec<(CommentId, PersonId)>,
    /// Where the letter stands.
    pub letter: Option<Delivery>,
    /// Whether the mail that is nobody's is there.
    pub mail: bool,
}

/// How often access may be asked for.
#[derive(Debug)]
pub struct AccessBounds;

impl AccessBounds {
    /// With one address within [`Self::WITHIN`].
    pub const ADDRESS: usize = 3;
    /// With any address within it.
    pub const ALL: usize = 200;
    /// The time in which is counted.
    pub const WITHIN: Span = Span::hours(1);
    /// How many programs may act for one person.
    pub const TOKENS: usize = 50;
}

/// Who may ask for access.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignUp {
    /// Everybody (R154).
    #[default]
    Open,
    /// Everybody, but somebody of the team has to let them in.
    Approval,
    /// Nobody: people are made known by the team.
    Closed,
}

impl SignUp {
    /// All.
    pub const ALL: [Self; 3] = [Self::Open, Self::Approval, Self::Closed];

    /// The name in scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approval => "approval",
            Self::Closed => "closed",
        }
    }

    /// The choice of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What an admin has chosen about people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleSettings {
    /// `sign_up`
    pub sign_up: SignUp,
    /// `link_expires`: how long a link for a password is good.
    pub link_expires: Span,
    /// `retention_days`: how long after its closing a ticket keeps what was said on it; for good when none.
    pub retention_days: Option<u32>,
    /// `time_zone`: where the account is, by its IANA name.
    pub time_zone: String,
}

impl Default for PeopleSettings {
    fn default() -> Self {
        Self { sign_up: SignUp::Open, link_expires: Span::hours(24), retention_days: None, time_zone: "UTC".to_owned() }
    }
}

impl PeopleSettings {
    /// The shortest and longest life of a link.
    pub const LINK_EXPIRES: (Span, Span) = (Span::minutes(5), Span::days(7));
    /// The longest retention, in days: a hundred years.
    pub const MAX_RETENTION_DAYS: u32 = 36_500;
}

/// One of [`PeopleSettings`] with its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleSetting {
    /// `sign_up`
    SignUp(SignUp),
    /// `link_expires`
    LinkExpires(Span),
    /// `retention_days`
    RetentionDays(Option<u32>),
    /// `time_zone`
    TimeZone(String),
}

impl PeopleSetting {
    /// The name in scripts and history.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SignUp(_) => "sign_up",
            Self::LinkExpires(_) => "link_expires",
            Self::RetentionDays(_) => "retention_days",
            Self::TimeZone(_) => "time_zone",
        }
    }
}
