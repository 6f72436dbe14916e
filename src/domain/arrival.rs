//! What becomes of a mail that comes in. What it says it is counts for nothing: it is its writer's only with their address
//! and the token of a ticket that only their own letters carry. Everything else waits for somebody of the team.

use super::account::Settings;
use super::id::{PersonId, TicketId};
use super::person::Person;

/// What is known of a mail before anything is done with it.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Whether a machine wrote it.
    pub automatic: bool,
    /// Whether a comment can hold all that it says and brings.
    pub whole: bool,
    /// Whoever has the address that it comes from.
    pub sender: Option<&'a Person>,
    /// The ticket whose token it carries, theirs.
    pub answers: Option<Answered>,
}

/// What a mail answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The ticket.
    pub ticket: TicketId,
    /// Whether it answers a letter about a note: then it is one (R126).
    pub note: bool,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A comment of this person's.
    Comment(PersonId, Answered),
    /// A request of this person's.
    Request(PersonId),
    /// It waits, for this reason.
    Suspended(Cause),
}

/// Why a mail waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A machine wrote it: nobody answers it, so that two machines do not answer each other.
    Automatic,
    /// It is nobody's, or the account takes no requests by mail (D14, D32).
    Stranger,
    /// It says or brings more than a comment may: nothing is left out in silence.
    TooBig,
    /// A rule stands against it.
    Refused,
    /// It is about a closed ticket.
    Closed,
    /// It is no mail, but was asked by somebody who has not signed in, with the address of one who does, or is shut out.
    Unsigned,
}

impl Cause {
    /// Its name, in the store, in logs and as the key of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Stranger => "stranger",
            Self::TooBig => "too-big",
            Self::Refused => "refused",
            Self::Closed => "closed",
            Self::Unsigned => "unsigned",
        }
    }
}

impl Arrival<'_> {
    /// What becomes of it in an account with these settings (D14).
    pub fn becomes(self, settings: &Settings) -> Becomes {
        let Some(sender) = self.sender else {
            return Becomes::Suspended(if self.automatic { Cause::Automatic } else { Cause::Stranger });
        };
        match self.answers {
            _ if self.automatic => Becomes::Suspended(Cause::Automatic),
            None if !settings.mail_tickets => Becomes::Suspended(Cause::Stranger),
            // An address is easily claimed: nothing is done in the name of the team by it alone.
            None if sender.role.is_staff() => Becomes::Suspended(Cause::Refused),
            _ if !self.whole => Becomes::Suspended(Cause::TooBig),
            Some(answered) => Becomes::Comment(sender.id, answered),
            None => Becomes::Request(sender.id),
        }
    }
}
