//! What the program wants from outside: plain data. `runtime::perform` makes exactly one message of each.

use super::message::ScreenId;
use crate::client::told::InboxAsk;
use crate::client::{Cursor, Key, ListAsk, LogAsk, PeopleAsk, Source};
use crate::domain::act::Deed;
use crate::domain::draft::{Draft, DraftPlace};
use crate::domain::id::{AttachmentId, CommentId, OrganizationId, PersonId, RuleId, TicketId, WebhookId};
use crate::domain::person::PersonRef;
use crate::domain::presence::Doing;
use crate::domain::report::Ask as ReportAsk;
use crate::domain::setup::{Item, ItemKind, Mentions};
use crate::domain::time::{Span, Timestamp};

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the account; a [`Message::Answered`](super::message::Message::Answered) brings the answer.
    Ask {
        /// Who wants to know.
        to: ScreenId,
        /// What.
        question: Question,
    },
    /// Do something; a [`Message::Acted`](super::message::Message::Acted) says whether it was done.
    Act {
        /// Who wants it.
        to: ScreenId,
        /// Under which key, kept with the draft before sending.
        key: Key,
        /// What.
        deed: Box<Deed>,
    },
    /// Read all drafts.
    LoadDrafts,
    /// Keep what is written so far.
    KeepDraft(Box<Draft>),
    /// Keep it in another place: first there, then no longer here.
    MoveDraft {
        /// Where it was.
        from: DraftPlace,
        /// As it is now.
        draft: Box<Draft>,
    },
    /// Forget what was written: it has been sent, or thrown away on purpose.
    DropDraft(DraftPlace),
    /// Say so after a while; a later one with the same token takes its place.
    Rest {
        /// To whom.
        to: ScreenId,
        /// What comes back.
        token: u64,
        /// After how many milliseconds.
        wait_ms: u64,
    },
    /// After a while let happen what is due by itself; a [`Message::CaughtUp`](super::message::Message::CaughtUp) says
    /// what did.
    CatchUp {
        /// After how many milliseconds.
        wait_ms: u64,
    },
    /// After a while listen for what is new after a place; a [`Message::News`](super::message::Message::News) says what is.
    Listen {
        /// Where the news go on; at their beginning when none.
        after: Option<Cursor>,
        /// After how many milliseconds.
        wait_ms: u64,
    },
    /// Move the demo's clock ahead; a [`Message::ClockMoved`](super::message::Message::ClockMoved) says what happened.
    MoveClock {
        /// How far at most.
        span: Span,
        /// Only until something has happened.
        to_next: bool,
    },
    /// Hand a file in for a comment.
    Upload {
        /// Who wants it.
        to: ScreenId,
        /// The file, as typed.
        path: String,
        /// The most that the account takes, in bytes.
        limit: u64,
    },
    /// Save a file of a comment among the person's downloads.
    Save(AttachmentId),
    /// Let the person write a text in `$VISUAL` or `$EDITOR`.
    Edit {
        /// Who wants it.
        to: ScreenId,
        /// A short name of ours for the file, such as `ticket-1042`.
        name: String,
        /// The text so far.
        text: String,
    },
    /// Put a text into the clipboard.
    Copy(String),
    /// Open an address of ours in the person's browser.
    OpenLink(String),
    /// Let the mouse go, or take it.
    Mouse(bool),
    /// Write every cell anew.
    Redraw,
    /// Go on as another of the demo's people, by their place among them.
    Become(usize),
    /// Go on in another of the person's accounts, by its place among them, with a ticket of it where one is named.
    Switch {
        /// Which account.
        place: usize,
        /// What is opened there.
        ticket: Option<TicketId>,
    },
    /// Stop, as ctrl-z does to other programs.
    Suspend,
    /// End the program, after everything that must not be cut off.
    Quit,
}

/// What can be asked of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who am I, where.
    Session,
    /// How many are in each list.
    Counts(Vec<Source>),
    /// A page of tickets.
    Tickets(Box<ListAsk>),
    /// A page of requests.
    Requests(Box<ListAsk>),
    /// A ticket with its newest comments.
    Ticket {
        /// Which.
        id: TicketId,
        /// How many comments.
        comments: u32,
    },
    /// A request with its newest comments.
    Request {
        /// Which.
        id: TicketId,
        /// How many comments.
        comments: u32,
    },
    /// Earlier comments.
    Comments {
        /// Of which ticket.
        ticket: TicketId,
        /// Before which comment.
        before: CommentId,
        /// How many.
        limit: u32,
    },
    /// A ticket's history.
    Audits {
        /// Of which ticket.
        ticket: TicketId,
        /// After which number.
        after: i64,
        /// How many.
        limit: u32,
    },
    /// What one was told.
    Inbox(InboxAsk),
    /// Marks notices as read, all when none are named; and how much is unread then.
    MarkRead(Option<Vec<i64>>),
    /// People.
    People(PeopleAsk),
    /// Tickets counted.
    Report(Box<ReportAsk>),
    /// Whether somebody's organization reads their public tickets along (Z01).
    ReadAlong(PersonRef),
    /// One has a ticket open, or no longer; who else has?
    Present {
        /// Which.
        ticket: TicketId,
        /// What one does.
        doing: Option<Doing>,
    },
    /// Everything of a kind of the set-up.
    Items(ItemKind),
    /// The names to which documents refer.
    Directory(Mentions),
    /// What stands against an act.
    Check(Box<Deed>),
    /// The rules that one can ask about.
    Rules,
    /// Why a rule did something to a ticket, or did not.
    Why {
        /// To which.
        ticket: TicketId,
        /// Which rule: `#` and its number.
        rule: String,
    },
    /// What a macro would do to tickets.
    TryMacro {
        /// To which.
        tickets: Vec<TicketId>,
        /// Which macro.
        which: RuleId,
    },
    /// What was done to people, groups, organizations and settings.
    AdminLog(LogAsk),
    /// What will happen by itself until a moment.
    Forecast {
        /// Until when.
        until: Timestamp,
        /// How much at most.
        limit: u32,
    },
    /// The last calls of a webhook.
    Calls(WebhookId),
    /// Calls a webhook now.
    TestWebhook(WebhookId),
    /// Mails that are nobody's, the newest first.
    SuspendedMails {
        /// Where the page before ended.
        after: Option<Cursor>,
        /// How many.
        limit: u32,
    },
    /// What one of them says.
    SuspendedMail(i64),
    /// Tickets that can be brought back, the last deleted first.
    DeletedTickets {
        /// Where the page before ended.
        after: Option<Cursor>,
        /// How many.
        limit: u32,
    },
    /// Makes a ticket of one, or a note on a ticket.
    TakeMail {
        /// Which.
        id: i64,
        /// On which ticket it becomes a note; a new one when none.
        ticket: Option<TicketId>,
        /// What stands above its text.
        head: String,
    },
    /// Makes a link that lets somebody set a password: shown once.
    AccessLink {
        /// Under which key.
        key: Key,
        /// For whom.
        person: PersonId,
    },
    /// One organization.
    Organization(OrganizationId),
    /// What something of the set-up would do on the last tickets.
    Try(Box<Item>),
    /// What waits in another of the person's accounts, by its place among them.
    Beside(usize),
    /// Organizations by name.
    Organizations {
        /// What was typed.
        text: String,
        /// Where the page before ended.
        after: Option<Cursor>,
        /// How many.
        limit: u32,
    },
}

/// How an effect stands to those under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Beside all others.
    Free,
    /// The newest one of a slot ends the older ones.
    Latest(Slot),
    /// After those before it in its lane; never cut off, not even by quitting.
    InTurn(Lane),
}

/// Where only the newest counts: search as you type, a preview.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    screen: ScreenId,
    what: &'static str,
    /// Which of several rests.
    token: u64,
}

/// What must happen in order, and whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Drafts.
    Drafts,
    /// Acts.
    Acts,
}

impl Effect {
    /// How it stands to those under way.
    pub fn order(&self) -> Order {
        match self {
            Self::Ask { to, question } => {
                question.slot().map_or(Order::Free, |what| Order::Latest(Slot { screen: *to, what, token: 0 }))
            }
            Self::Rest { to, token, .. } => Order::Latest(Slot { screen: *to, what: "rest", token: *token }),
            Self::KeepDraft(_) | Self::MoveDraft { .. } | Self::DropDraft(_) | Self::LoadDrafts => {
                Order::InTurn(Lane::Drafts)
            }
            Self::Act { .. } => Order::InTurn(Lane::Acts),
            _ => Order::Free,
        }
    }

    /// Whether it makes one that still waits before it needless: a later text of the same draft.
    pub fn replaces(&self, waiting: &Self) -> bool {
        match (self, waiting) {
            (Self::KeepDraft(new), Self::KeepDraft(old)) => new.place == old.place,
            (Self::DropDraft(place), Self::KeepDraft(old)) => *place == old.place,
            _ => false,
        }
    }
}

impl Question {
    /// What a later question makes needless; none where every answer counts.
    const fn slot(&self) -> Option<&'static str> {
        match self {
            // A first page takes the place of whatever was asked for the list before.
            Self::Tickets(_) | Self::Requests(_) => Some("list"),
            Self::Ticket { .. } | Self::Request { .. } => Some("ticket"),
            Self::Counts(_) => Some("counts"),
            Self::Inbox(_) => Some("inbox"),
            Self::Report(_) => Some("report"),
            Self::People(_) => Some("people"),
            Self::Organizations { .. } => Some("organizations"),
            Self::ReadAlong(_) => Some("read-along"),
            Self::Present { .. } => Some("present"),
            Self::Directory(_) => Some("directory"),
            Self::Check(_) => Some("check"),
            Self::Try(_) => Some("try"),
            Self::Why { .. } => Some("why"),
            Self::TryMacro { .. } => Some("macro"),
            Self::Forecast { .. } => Some("forecast"),
            Self::Calls(_) => Some("calls"),
            Self::SuspendedMails { .. } => Some("mails"),
            Self::SuspendedMail(_) => Some("mail"),
            Self::DeletedTickets { .. } => Some("deleted"),
            Self::MarkRead(_)
            | Self::TestWebhook(_)
            | Self::AccessLink { .. }
            | Self::TakeMail { .. }
            | Self::AdminLog(_)
            | Self::Organization(_)
            | Self::Rules
            | Self::Beside(_)
            | Self::Items(_)
            | Self::Session
            | Self::Comments { .. }
            | Self::Audits { .. } => None,
        }
    }
}
