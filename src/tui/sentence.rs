//! What went well or wrong, as a sentence with what to do next.

use super::command::Command;
use super::message::OutsideError;
use super::model::Shared;
use crate::client::{Capability, Error, StoreFault};
use crate::domain::act::Deed;
use crate::domain::comment::Visibility;
use crate::domain::id::TicketId;
use crate::domain::life::PersonDeed;
use crate::domain::mailroom::MailDeed;
use crate::domain::removal::Removal;
use crate::language::args;
use crate::safe::Safe;
use crate::words;

impl Shared {
    /// What the account lacks for a command, if it does.
    pub fn lack(&self, command: Command) -> Option<Capability> {
        self.session.as_ref().and_then(|session| session.lack(command.needs()))
    }
}

/// Why the account did not do it.
pub(super) fn error(shared: &Shared, error: &Error) -> Safe {
    match error {
        Error::NotFound => shared.word("error-not-found"),
        Error::Conflict { .. } => shared.word("error-conflict"),
        Error::Refused(refusal) => Safe::line(&words::refusal(&shared.words, refusal)),
        Error::Denied => shared.word("error-denied"),
        Error::SignedOut => shared.word("error-signed-out"),
        Error::Unclear(what) => Safe::line(&words::query_error(&shared.words, what)),
        Error::Throttled(until) => shared.say("error-throttled", args![until = shared.time(*until).into_string()]),
        Error::Unreachable(why) => shared.say("error-unreachable", args![why = why.as_str()]),
        Error::KeyReused => shared.word("error-key-reused"),
        Error::NotRehearsed => shared.word("error-not-rehearsed"),
        Error::NotHere(lack) => Safe::line(&words::lack(&shared.words, *lack)),
        Error::Said(text) => shared.say("error-said", args![text = Safe::line(text).into_string()]),
        Error::Garbled(_) => shared.word("error-garbled"),
        Error::Store(fault) => shared.word(match fault {
            StoreFault::ReadOnly(_) => "error-store-read-only",
            StoreFault::Full(_) => "error-store-full",
            StoreFault::Locked(_) => "error-store-locked",
            StoreFault::Foreign(_) => "error-store-foreign",
            StoreFault::Newer(_) => "error-store-newer",
            StoreFault::Overtaken(_) => "error-store-overtaken",
            StoreFault::Missing(_) => "error-store-missing",
            StoreFault::Damaged(_) => "error-store-damaged",
            StoreFault::Io(_) => "error-store-io",
            StoreFault::Other(_) => "error-store-other",
        }),
    }
}

/// Why something outside the account was not done.
pub(super) fn outside(shared: &Shared, problem: &OutsideError) -> Safe {
    match problem {
        OutsideError::Client(inner) => error(shared, inner),
        OutsideError::File { path, why } => shared.say("error-file", args![path = path.as_str(), why = why.as_str()]),
        OutsideError::TooLarge { path, max } => {
            shared.say("error-too-large", args![path = path.as_str(), max = shared.words.size(*max)])
        }
        OutsideError::Program { program, why } => {
            shared.say("error-program", args![program = program.as_str(), why = why.as_str()])
        }
        OutsideError::NotText { path } => shared.say("error-not-text", args![path = path.as_str()]),
        OutsideError::Terminal(why) => shared.say("error-terminal", args![why = why.as_str()]),
    }
}

/// What was done.
pub(super) fn done(shared: &Shared, deed: &Deed, ticket: Option<TicketId>) -> Safe {
    let number = ticket.map(|id| id.to_string()).unwrap_or_default();
    let key = match deed {
        Deed::CreateTicket(_) => "notice-created",
        Deed::UpdateTicket { comment: Some(comment), .. } => match comment.visibility {
            Visibility::Public => "notice-replied",
            Visibility::Internal => "notice-noted",
        },
        Deed::MakeInternal { .. } => "notice-made-internal",
        Deed::Merge { .. } => "notice-merged",
        Deed::UpdateTicket { .. } => "notice-updated",
        Deed::Person(deed) => return person_done(shared, deed),
        Deed::Removal(removal) => removal_done(removal),
        Deed::Mail(MailDeed::DropMail(mail)) => return shared.say("mail-dropped", args![number = mail.to_string()]),
        _ => return shared.word("notice-done"),
    };
    shared.say(key, args![number = number])
}

const fn removal_done(removal: &Removal) -> &'static str {
    match removal {
        Removal::Delete(_) => "notice-ticket-deleted",
        Removal::Spam(_) => "notice-ticket-spam",
        Removal::Restore(_) => "notice-ticket-restored",
        Removal::Purge(_) => "notice-ticket-purged",
        Removal::Redact { .. } => "notice-redacted",
        Removal::RedactFile { .. } => "notice-file-redacted",
    }
}

/// What was done with somebody as a whole; who that is, as long as the account knows it.
fn person_done(shared: &Shared, deed: &PersonDeed) -> Safe {
    let (key, person) = match deed {
        PersonDeed::Approve(person) => ("notice-person-approved", *person),
        PersonDeed::Merge { target, .. } => ("notice-person-merged", *target),
        PersonDeed::Delete(person) => ("notice-person-deleted", *person),
        PersonDeed::Erase { texts: false, .. } => return shared.word("notice-person-erased"),
        PersonDeed::Erase { texts: true, .. } => return shared.word("notice-person-erased-texts"),
        _ => return shared.word("notice-done"),
    };
    shared.say(key, args![name = shared.person(person).into_string()])
}
