//! What the program is told: plain data, so that a session can be logged, compared and played again.

use super::command::Command;
use super::effect::{Effect, Question};
use super::input::{Input, Key, Mouse};
use crate::client::access::AccessLink;
use crate::client::beside::Beside;
use crate::client::lab::Happened;
use crate::client::told::Told;
use crate::client::{
    AppliedAll, Count, DueTicket, Error, Names, News, Page, Receipt, Reported, RuleTitle, RuleWhy, Session, Thread,
    Trial, Waiting,
};
use crate::domain::account::Organization;
use crate::domain::act::Deed;
use crate::domain::comment::{Comment, Upload};
use crate::domain::draft::Draft;
use crate::domain::event::Audit;
use crate::domain::id::TicketId;
use crate::domain::person::Person;
use crate::domain::presence::Present;
use crate::domain::removal::DeletedTicket;
use crate::domain::setup::{Directory, Item};
use crate::domain::suspended::Suspended;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::{Span, Timestamp};
use crate::domain::webhook::Called;
use std::collections::BTreeSet;

/// An open screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScreenId(pub u64);

/// Something that the loop tells the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// The terminal sent something.
    Input(Input),
    /// It is this late.
    Clock(Timestamp),
    /// An answer to [`Effect::Ask`].
    Answered {
        /// Who asked.
        to: ScreenId,
        /// What.
        question: Question,
        /// The answer.
        result: Result<Answer, Error>,
    },
    /// The end of [`Effect::Act`].
    Acted {
        /// Who wanted it.
        to: ScreenId,
        /// Under which key.
        key: crate::client::Key,
        /// What.
        deed: Box<Deed>,
        /// Whether it was done.
        result: Result<Receipt, Error>,
    },
    /// All drafts.
    Drafts(Result<Vec<Draft>, Error>),
    /// A draft was kept or dropped, or not.
    DraftKept(Result<(), Error>),
    /// A rest is over.
    Rested {
        /// Whose.
        to: ScreenId,
        /// Which.
        token: u64,
    },
    /// The end of [`Effect::CatchUp`]: how many things happened by themselves.
    CaughtUp(Result<u64, Error>),
    /// The end of [`Effect::Listen`]: what is new, if anything is.
    News(Result<News, Error>),
    /// The end of [`Effect::MoveClock`]: what happened on the way, and how far the clock is ahead now.
    ClockMoved(Result<(Vec<Happened>, Span), Error>),
    /// A file was handed in.
    Uploaded {
        /// Who wanted it.
        to: ScreenId,
        /// As typed.
        path: String,
        /// The upload.
        result: Result<Upload, OutsideError>,
    },
    /// A file was saved: where.
    Saved(Result<String, OutsideError>),
    /// The person came back from their editor. `None`: nothing was changed.
    Edited {
        /// Who wanted it.
        to: ScreenId,
        /// The text.
        result: Result<Option<String>, OutsideError>,
    },
    /// Something of the terminal's was done, or not.
    Outside(Box<Effect>, Result<(), OutsideError>),
    /// The account allows no more for now, until then; or it does again.
    Held(Option<Waiting>),
    /// A task broke off; what it was.
    Panicked(Box<Effect>),
}

/// Why something outside the account failed, for the person to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutsideError {
    /// The account refused.
    Client(Error),
    /// A file could not be read or written: which, and the system's words.
    File {
        /// Its path.
        path: String,
        /// Why.
        why: String,
    },
    /// A file is larger than the account takes.
    TooLarge {
        /// Its path.
        path: String,
        /// The most, in bytes.
        max: u64,
    },
    /// A program could not be started, or failed.
    Program {
        /// Which.
        program: String,
        /// Why.
        why: String,
    },
    /// The edited text is not UTF-8; it is kept in that file.
    NotText {
        /// Where.
        path: String,
    },
    /// The terminal cannot do that.
    Terminal(String),
}

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// Its number.
    pub id: i64,
    /// All of it: hostile text. None when it cannot be read.
    pub text: Option<String>,
    /// The names of its files: hostile text.
    pub files: Vec<String>,
}

/// What an account can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To [`Question::Session`].
    Session(Box<Session>),
    /// To [`Question::Counts`].
    Counts(Vec<Count>),
    /// To [`Question::Tickets`].
    Tickets(Page<Ticket>),
    /// To [`Question::Requests`].
    Requests(Page<Request>),
    /// To [`Question::Ticket`].
    Ticket(Box<Thread<Ticket>>),
    /// To [`Question::Request`].
    Request(Box<Thread<Request>>),
    /// To [`Question::Comments`].
    Comments(Page<Comment>),
    /// To [`Question::Audits`].
    Audits(Page<Audit>),
    /// To [`Question::AdminLog`].
    AdminLog(Page<Audit>),
    /// To [`Question::AccessLink`].
    AccessLink(AccessLink),
    /// To [`Question::Inbox`].
    Inbox(Page<Told>),
    /// To [`Question::MarkRead`]: how much is unread.
    Unread(u64),
    /// To [`Question::People`].
    People(Page<Person>),
    /// To [`Question::Items`], with the names to which they refer.
    Items(Vec<Item>, Directory),
    /// To [`Question::Directory`].
    Directory(Directory),
    /// To [`Question::Forecast`].
    Forecast(Vec<DueTicket>),
    /// To [`Question::Calls`].
    Calls(Page<Called>),
    /// To [`Question::TestWebhook`].
    Called(Called),
    /// To [`Question::SuspendedMails`].
    SuspendedMails(Page<Suspended>),
    /// To [`Question::SuspendedMail`].
    SuspendedMail(Box<MailText>),
    /// To [`Question::DeletedTickets`].
    DeletedTickets(Page<DeletedTicket>),
    /// To [`Question::TakeMail`]: on which ticket it is, and whether all of it; none when it cannot be read.
    MailTaken(Option<(TicketId, bool)>),
    /// To [`Question::Check`]: nothing stands against it.
    Checked,
    /// To [`Question::Try`].
    Tried(Box<Trial>),
    /// To [`Question::Rules`].
    Rules(Vec<RuleTitle>),
    /// To [`Question::Why`].
    Why(Box<RuleWhy>),
    /// To [`Question::TryMacro`].
    Applied(Box<AppliedAll>),
    /// To [`Question::Organization`].
    Organization(Box<Organization>),
    /// To [`Question::Organizations`].
    Organizations(Page<Organization>),
    /// To [`Question::Report`].
    Report(Box<Reported>),
    /// To [`Question::Present`].
    Present(Vec<Present>, Names),
    /// To [`Question::ReadAlong`].
    ReadAlong(bool),
    /// To [`Question::Beside`]; why it cannot be told.
    Beside(Result<Box<Beside>, String>),
}

/// What one screen is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It has just been put on top.
    Opened,
    /// It is on top again.
    Uncovered,
    /// A command, with the last key that gave it.
    Command(Command, Key),
    /// A key that is no command here: text.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The terminal has another size.
    Resized,
    /// An answer to what it asked.
    Answer(Question, Result<Answer, Error>),
    /// Something that it did was done, or refused. Texts and drafts are looked after already.
    Acted(Box<Deed>, Result<Receipt, Error>),
    /// What everybody may know of the account is new: its lists, kinds and fields.
    Session,
    /// Something was done to a ticket, by whatever screen: what is shown of it may be old. None: perhaps to all.
    Changed(Option<TicketId>),
    /// Somebody did something to those tickets, or the inbox is another.
    Heard(BTreeSet<TicketId>),
    /// Others have those tickets open now, or no longer, or begin to answer them.
    Around(BTreeSet<TicketId>),
    /// One's own new ticket or request is there; that something changed is told next.
    Made(TicketId),
    /// All drafts have been read.
    Drafts,
    /// A rest is over.
    Rested(u64),
    /// A file was handed in.
    Uploaded(String, Result<Upload, OutsideError>),
    /// The person came back from their editor.
    Edited(Result<Option<String>, OutsideError>),
    /// A picker that it opened was answered.
    Picked(super::screens::picker::Value),
    /// What a macro that was chosen for its tickets would do.
    Applied(Box<AppliedAll>),
    /// A question that it opened was answered with yes.
    Confirmed(super::screens::question::Matter),
    /// A name that it let choose.
    Named(String),
    /// A line that it asked for was typed.
    Typed(super::screens::prompt::Purpose, String),
}
