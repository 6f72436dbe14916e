//! Requests of somebody who has not signed in. Whose address they give nobody knows: so whoever has it is told little, and
//! seldom.

use super::comment::{Channel, Comment};
use super::person::{EmailAddress, Person, Standing};
use super::ticket::Ticket;
use super::time::{Span, Timestamp};

/// How much is taken from those who have not signed in, and how often others are told of it.
#[derive(Debug)]
pub struct StrangerBounds;

impl StrangerBounds {
    /// So many requests within [`Self::WITHIN`], whoever sends them.
    pub const REQUESTS: usize = 200;
    /// To so many addresses a letter goes within it.
    pub const LETTERS: usize = 100;
    /// The time in which is counted. An address gets one letter within it.
    pub const WITHIN: Span = Span::hours(1);
    /// The longest text, in bytes.
    pub const TEXT_BYTES: usize = 64 * 1024;
}

/// When such requests came and were told of, as far as it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strangers {
    /// When such requests came, the newest [`StrangerBounds::REQUESTS`].
    pub asked: Vec<Timestamp>,
    /// When the address was told of one last.
    pub told: Option<Timestamp>,
    /// When any address was told of one, the newest [`StrangerBounds::LETTERS`].
    pub told_of_all: Vec<Timestamp>,
}

impl Strangers {
    /// Whether another request is taken.
    pub fn may_ask(&self, now: Timestamp) -> bool {
        recent(&self.asked, now) < StrangerBounds::REQUESTS
    }

    /// Whether a letter goes to the address.
    pub fn may_be_told(&self, now: Timestamp) -> bool {
        recent(self.told.as_slice(), now) == 0 && recent(&self.told_of_all, now) < StrangerBounds::LETTERS
    }
}

fn recent(times: &[Timestamp], now: Timestamp) -> usize {
    times.iter().filter(|at| **at + StrangerBounds::WITHIN > now).count()
}

/// Whether a letter to somebody holds no word of whoever wrote the request: it may be a stranger who uses their address, and
/// wants us to carry what they wrote. What the team answers is sent as it is.
pub fn holds_no_words(ticket: &Ticket, said: Option<&Comment>, to: &Person) -> bool {
    let unproven = match said {
        Some(said) => said.via == Channel::Anonymous,
        None => to.standing != Standing::Active,
    };
    unproven && ticket.via == Channel::Anonymous && !to.role.is_staff()
}

/// A request that waits for somebody of the team: it came with an address whose owner signs in, or is shut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The address that was given.
    pub email: EmailAddress,
    /// The name that was given, as one line.
    pub name: String,
    /// As one line.
    pub subject: String,
    /// What was said.
    pub body: String,
    /// When it came.
    pub at: Timestamp,
}

impl Waiting {
    /// As a mail would have said it, for it waits among mails.
    pub fn as_mail(&self) -> String {
        let Self { email, subject, body, .. } = self;
        format!("From: {email}\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}")
    }
}
